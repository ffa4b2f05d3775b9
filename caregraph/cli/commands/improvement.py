"""The command plan."""

from pathlib import Path
from typing import Annotated

import typer

from caregraph.api import Graph
from caregraph.cli.messages import note, tell

app = typer.Typer(rich_markup_mode=None)


@app.command()
def plan(
    to: Annotated[Path, typer.Option(help="The workbook to write, such as plan.xlsx.")],
    authority: Annotated[str | None, typer.Option(help="A council, by name or code.")] = None,
    region: Annotated[str | None, typer.Option(help="A region, by name.")] = None,
    as_of: Annotated[str | None, typer.Option(help="As reports stood on this day, such as 2024-01-31.")] = None,
) -> None:
    """Write what inspections asked of a council or a region, and what became of it, as an improvement plan."""
    if authority is None and region is None:
        raise typer.BadParameter("name a council with --authority, or a region with --region")
    with Graph(progress=tell) as graph:
        rows = graph.improvement_plan(to, authority=authority, region=region, as_of=as_of)
    note(f"{rows} recommendations, priority actions and areas for improvement in {to}")
