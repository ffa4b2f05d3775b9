"""The command evaluate."""

from pathlib import Path
from typing import Annotated

import typer

from caregraph.cli.messages import note
from caregraph.cli.options import Csv, Json, Workers, output_form
from caregraph.cli.terminal import show
from caregraph.evaluation.evaluate import evaluation_rows
from caregraph.settings import data_directory
from caregraph.workspace import Workspace

app = typer.Typer(rich_markup_mode=None)


@app.command()
def evaluate(
    gold: Annotated[Path | None, typer.Option(help="Required: a folder of hand labels, as samples/expected.")] = None,
    reports: Annotated[Path | None, typer.Option(help="Required: the folder of the labelled documents.")] = None,
    details: Annotated[bool, typer.Option(help="List every difference, on standard error.")] = False,
    workers: Workers = None,
    json_: Json = False,
    csv: Csv = False,
) -> None:
    """Compare what is extracted with hand labels."""
    if gold is None or reports is None:  # typer's own message would not say what they are
        raise typer.BadParameter(
            "two folders are needed: --gold, the hand labels (as samples/expected), and --reports, the documents that"
            " they label (as samples)",
            param_hint="--gold and --reports",
        )
    workspace = Workspace(data_directory())
    rows = evaluation_rows(workspace, gold, reports, on_difference=note if details else None, workers=workers)
    show(rows, output_form(json_, csv))
