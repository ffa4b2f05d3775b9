"""Commands about snapshots, facts without words: snapshot, england."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

import caregraph
from caregraph import extras
from caregraph.api import Graph
from caregraph.changes import find_changes
from caregraph.cli.messages import note, tell
from caregraph.cli.options import Host, Json, Port, output_form
from caregraph.cli.serving import LOOPBACK, neo4j_while_needed, serve
from caregraph.cli.terminal import show
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.errors import CaregraphError
from caregraph.ontology.vocabulary import load_vocabulary
from caregraph.settings import data_directory
from caregraph.snapshot import read_snapshot

app = typer.Typer(rich_markup_mode=None)

ENGLAND = Path(caregraph.__file__).with_name("england.jsonl.xz")


@app.command()
def snapshot(
    to: Annotated[Path | None, typer.Option(help="A file, such as facts.jsonl.xz.")] = None,
    diff: Annotated[
        tuple[Path, Path] | None, typer.Option(help="Two snapshots, the older first, to be compared.")
    ] = None,
    onto: Annotated[
        Path | None, typer.Option(help="An older snapshot: documents that only it has are written too.")
    ] = None,
    json_: Json = False,
) -> None:
    """Write the facts of the graph without any words of the reports to a file, or compare two such files."""
    if (to is None) == (diff is None) or (onto and diff):
        raise typer.BadParameter("choose one of --to FILE [--onto OLD] and --diff OLD NEW")
    if to:
        count = Graph().write_snapshot(to, onto=onto)
        note(f"{count} documents, {to.stat().st_size / 1e6:.1f} MB, in {to}")
        return
    if diff:
        old, new = ([document.record for document in read_snapshot(path)] for path in diff)
        rows = find_changes(old, new, Resolver(load_vocabulary(), Decisions()))
        show([asdict(row) for row in rows], output_form(json_, False))


@app.command()
def england(
    host: Host = LOOPBACK,
    port: Port = None,
    load: Annotated[bool, typer.Option("--load", help="Load it, and open nothing.")] = False,
) -> None:
    """Open the explorer with the facts of real reports on all councils, whose words are fetched when asked for."""
    extras.require("explorer", "the explorer")
    data = data_directory() / "england"
    with neo4j_while_needed(data, tell=tell, at_once=False), Graph(data, progress=tell) as graph:
        if not graph.has_snapshot(ENGLAND):
            tell("Loading the facts of all reports, once, which takes some minutes")
            report = graph.load_snapshot(ENGLAND)
            if report.failed:
                raise CaregraphError(f"{len(report.failed)} documents of the snapshot could not be loaded")
        graph.close()
        if not load:
            raise typer.Exit(serve(data, host=host, port=port, tell=tell, ready=_opened_england))


def _opened_england(address: str) -> None:
    note(f"\nThe explorer is at {address}\n\nThe facts are those of real reports. Their words are not here: where a")
    note("sentence is wanted, “Get this report” fetches it from the inspectorate's site. What was read, and how")
    note("well, is on the page “What this is, and is not” of the documentation.\n\nCtrl-C stops everything.")
