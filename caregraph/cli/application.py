"""Application of the command line: its commands and its own options."""

from importlib.metadata import version
from typing import Annotated

import typer

from caregraph.cli.command_table import LazyGroup

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
