"""The command export."""

import sys
from pathlib import Path
from typing import Annotated, BinaryIO, cast

import typer

from caregraph.api import Graph
from caregraph.cli.messages import note, tell
from caregraph.graph.dataset.store import FORMATS
from caregraph.graph.export.destination import form_names
from caregraph.graph.export.formats import FORMS
from caregraph.ontology.errors import StoreError

app = typer.Typer(rich_markup_mode=None)


@app.command()
def export(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help=f"{', '.join(FORMS)}; or as RDF {', '.join(FORMATS)}.",
        ),
    ],
    to: Annotated[Path | None, typer.Option(help="A file; standard output if not given.")] = None,
    region: Annotated[
        str | None, typer.Option(help="Only this region: its councils, reports and what they name.")
    ] = None,
    without_findings: Annotated[
        bool, typer.Option("--without-findings", help="No findings and passages: no sentence of a report.")
    ] = False,
) -> None:
    """Export the graph for a spreadsheet, another program or another database.

    Every form carries the licence statement.
    """
    if form not in form_names():
        raise typer.BadParameter(f"no format called {form!r}; expected one of {', '.join(form_names())}")
    if to is None and form in FORMS and not FORMS[form].printable and sys.stdout.isatty():
        raise StoreError(f"{form} is not for a terminal: name a file with --to graph{FORMS[form].suffix}")
    target = to or cast(BinaryIO, sys.stdout.buffer)
    with Graph(progress=tell) as graph:
        tables = graph.export(form, target, region=region, findings=not without_findings)
    if to and form in FORMS and FORMS[form].suffix == ".zip" and to.suffix.lower() != ".zip":
        note(f"{to} is a zip of several files, whatever its name says")
    if tables:
        nodes, edges = (sum(table.count for table in group) for group in (tables.nodes, tables.edges))
        note(f"{nodes} nodes and {edges} relationships{f' in {to}' if to else ''}")
