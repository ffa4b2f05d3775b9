"""The command doctor."""

import typer

from caregraph.cli.checks import checks
from caregraph.cli.options import Json, output_form
from caregraph.cli.terminal import show
from caregraph.settings import data_directory

app = typer.Typer(rich_markup_mode=None)


@app.command()
def doctor(json_: Json = False) -> None:
    """Check what caregraph needs on this machine, and say what to do where something is missing."""
    rows = [{"check": check.name, "fine": check.fine, "says": check.says} for check in checks(data_directory())]
    show(rows, output_form(json_, False))
    raise typer.Exit(0 if all(row["fine"] for row in rows) else 1)
