"""The commands brief and verify."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from caregraph.api import Graph
from caregraph.brief.files import read_lines, write_brief
from caregraph.brief.region import make_region_brief
from caregraph.brief.sections import PURPOSES, make_brief
from caregraph.brief.verification import verify_lines
from caregraph.cli.messages import note, tell
from caregraph.cli.options import Json, output_form
from caregraph.cli.terminal import show
from caregraph.ontology.errors import BadQuestion

app = typer.Typer(rich_markup_mode=None)


@app.command()
def brief(
    subject: Annotated[str, typer.Argument(metavar="COUNCIL|REGION", help="A council, by name or code, or a region.")],
    to: Annotated[Path, typer.Option(help="The file to write: .docx, .html or .md.")],
    theme: Annotated[str | None, typer.Option(help="A topic to which findings are narrowed, such as adoption.")] = None,
    purpose: Annotated[
        str | None,
        typer.Option("--for", help=f"What a brief on a council is for: {', '.join(PURPOSES)}; a visit if left out."),
    ] = None,
) -> None:
    """Write a brief on a council or a region: each sentence is a quotation or a count, with its place or question."""
    with Graph(progress=tell) as graph:
        if not _is_region(graph, subject):
            made = make_brief(graph, authority=subject, purpose=purpose or PURPOSES[0], theme=theme)
        elif purpose is None:
            made = make_region_brief(graph, region=subject, theme=theme)
        else:
            raise BadQuestion(f"{subject} is a region: --for is for briefs on a council")
    write_brief(made, to)
    note(f"{made.title} in {to}")


def _is_region(graph: Graph, name: str) -> bool:
    try:
        graph.ask("coverage", region=name)
    except BadQuestion:
        return False
    return True


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A brief, edited or not: .docx, .html or .md.")], json_: Json = False
) -> None:
    """Find every quotation of a brief on its page and ask every count again; list what is not proved."""
    lines = read_lines(file)
    with Graph(progress=tell) as graph:
        checks = verify_lines(graph, lines)
    faults = [check for check in checks if check.state != "proved"]
    rows = [{"state": check.state, "line": check.line, "reason": check.reason} for check in faults]
    if rows or json_:
        show(rows, output_form(json_, False))
    counts = Counter(check.state for check in checks)
    note(f"{file.name}: " + ", ".join(f"{counts[state]} {state}" for state in ("proved", "changed", "unproved")))
    raise typer.Exit(1 if faults else 0)
