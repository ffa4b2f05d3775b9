"""The commands brief and verify."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from caregraph.api import Graph
from caregraph.brief.files import read_lines, write_brief
from caregraph.brief.sections import PURPOSES, make_brief
from caregraph.brief.verification import verify_lines
from caregraph.cli.messages import note, tell
from caregraph.cli.options import Json, output_form
from caregraph.cli.terminal import show

app = typer.Typer(rich_markup_mode=None)


@app.command()
def brief(
    authority: Annotated[str, typer.Argument(help="A council, by name or code.")],
    to: Annotated[Path, typer.Option(help="The file to write: .docx, .html or .md.")],
    theme: Annotated[str | None, typer.Option(help="A topic to which findings are narrowed, such as adoption.")] = None,
    purpose: Annotated[str, typer.Option("--for", help=f"What it is for: {', '.join(PURPOSES)}.")] = PURPOSES[0],
) -> None:
    """Write a brief on a council: every sentence is a quotation with its place, or a count with its question."""
    with Graph(progress=tell) as graph:
        made = make_brief(graph, authority=authority, purpose=purpose, theme=theme)
    write_brief(made, to)
    note(f"{made.title} in {to}")


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
