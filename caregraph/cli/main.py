"""The ``caregraph`` command.

Progress goes to stderr, results to stdout. Exit codes: 0 done; 1 some of it
failed, each failure named with its reason and the rest done; 2 used wrongly;
130 interrupted.
"""

import logging
import os
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from caregraph.cli.commands import LazyGroup
from caregraph.cli.terminal import note
from caregraph.ontology.errors import CaregraphError

app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"caregraph {version('caregraph')}")
        raise typer.Exit


@app.callback()
def caregraph(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Build and ask a knowledge graph of England's children's services, from the reports that inspectors publish."""


def main() -> None:
    """Run the command line; no failure of ours shows a traceback."""
    logging.basicConfig(level=logging.WARNING, format="caregraph: %(message)s", stream=sys.stderr)
    try:
        app()
    except CaregraphError as error:
        note(f"caregraph: {error}")
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        note("caregraph: stopped")
        sys.exit(130)


if __name__ == "__main__":
    main()
