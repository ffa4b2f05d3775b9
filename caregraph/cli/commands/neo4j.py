"""The commands of our own Neo4j: start, stop, status."""

from dataclasses import asdict

import typer

from caregraph.cli.messages import note, tell
from caregraph.cli.options import Json, output_form
from caregraph.cli.terminal import show
from caregraph.graph.server import launcher
from caregraph.settings import data_directory

app = typer.Typer(rich_markup_mode=None)
neo4j = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="Start, stop and look at our own Neo4j.")
app.add_typer(neo4j, name="neo4j")


@neo4j.command()
def start() -> None:
    """Start our own Neo4j, or find it running."""
    address = launcher.start(data_directory(), progress=tell)
    note(f"Neo4j answers at {address.uri}; `caregraph neo4j stop` stops it")


@neo4j.command()
def stop() -> None:
    """Stop our own Neo4j."""
    note("Neo4j has stopped" if launcher.stop(data_directory()) else "Neo4j was not running")


@neo4j.command()
def status(json_: Json = False) -> None:
    """Show whether our own Neo4j runs, and where."""
    show([asdict(launcher.status(data_directory()))], output_form(json_, False))
