"""Commands about documents: build, extract, remove, status, validate."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from caregraph.api import BuildReport, Graph
from caregraph.cli.messages import note, tell
from caregraph.cli.options import Csv, Json, Paths, Workers, output_form
from caregraph.cli.terminal import Form, as_json, show, working
from caregraph.extractors.worker_pool import extract_files
from caregraph.graph.dataset.status import violation_rows
from caregraph.graph.dataset.store import Dataset
from caregraph.inputs import find_inputs
from caregraph.settings import data_directory
from caregraph.workspace import Workspace

app = typer.Typer(rich_markup_mode=None)


@app.command()
def build(
    paths: Paths,
    register: Annotated[
        list[Path] | None, typer.Option(help="A further register or thesaurus in Turtle; kept for later commands.")
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Retract documents whose files are gone.")] = False,
    workers: Workers = None,
    cluster: Annotated[
        str | None,
        typer.Option(help="Read on a Dask cluster, by its scheduler's address (tcp://…); DASK_SCHEDULER_ADDRESS too."),
    ] = None,
    json_: Json = False,
) -> None:
    """Read reports into the graph: add new ones, replace changed ones, skip known ones."""
    report = build_into(
        data_directory(),
        paths,
        registers=register or (),
        prune=prune,
        workers=workers,
        cluster=cluster,
        form=output_form(json_, False),
    )
    raise typer.Exit(1 if report.failed else 0)


def build_into(
    data: Path,
    paths: Sequence[Path],
    *,
    registers: Sequence[Path] = (),
    prune: bool = False,
    workers: int | None = None,
    cluster: str | None = None,
    form: Form | None = None,
) -> BuildReport:
    """Build, load, and print the outcome for each document, unless no form is asked for."""
    total = len(find_inputs(paths).files)
    with Graph(data, progress=tell) as graph, working("Reading", total=total) as step:
        report = graph.build(*paths, registers=registers, prune=prune, workers=workers, cluster=cluster, progress=step)
    if not total:
        note("caregraph: no PDF, Word, OpenDocument, HTML, Markdown, mail or text files there")
    if form:
        show([_outcome_row(outcome) for outcome in report.outcomes if outcome.status != "gone"], form)
    print_report(report)
    return report


def _outcome_row(outcome: Any) -> dict[str, object]:
    return {
        "document": outcome.source, "outcome": outcome.status, "judgements": outcome.judgements,
        "people": outcome.people, "mentions": outcome.mentions, "findings": outcome.findings,
        "reason": outcome.reason,
    }  # fmt: skip


def print_report(report: BuildReport) -> None:
    """Say on standard error how many documents had which outcome, and what changed in Neo4j."""
    gone = [outcome.source for outcome in report.outcomes if outcome.status == "gone"]
    counts = Counter(outcome.status for outcome in report.outcomes if outcome.status != "gone")
    if report.ignored:
        note(f"not read, of other kinds: {_listed(report.ignored)}")
    if gone:
        note(f"no longer in the folder: {_listed(gone)}; build again with --prune to retract them")
    if counts:
        note(", ".join(f"{count} {status}" for status, count in sorted(counts.items())))
    if report.synced:
        note(f"Neo4j: {report.synced}")
        for name, reason in report.synced.refused.items():
            note(f"caregraph: {name} is not in Neo4j: {reason}")


def _listed(names: Sequence[str], most: int = 10) -> str:
    """Names in a line, the first ones and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{len(names)} file{'s' if len(names) > 1 else ''} ({', '.join(names[:most])}{more})"


@app.command()
def extract(paths: Paths, json_: Json = False, workers: Workers = None) -> None:
    """Print what reports say, a record a document, without touching the graph."""
    workspace = Workspace(data_directory())
    failed = 0
    sources = {file.path: file.source for file in find_inputs(paths).files}
    for outcome in extract_files(list(sources), vocabulary=workspace.vocabulary, workers=workers):
        source = sources[outcome.path]
        if outcome.record is None:
            failed += 1
            note(f"{source}: {outcome.reason}")
            continue
        record = workspace.resolver.resolve(replace(outcome.record, source=source)).as_json()
        if json_:
            print(as_json(record))
        else:
            show([_summary(record)], "table")
    raise typer.Exit(1 if failed else 0)


def _summary(record: Mapping[str, Any]) -> dict[str, object]:
    grades = dict.fromkeys(f"{row['area']}: {row['grade']}" for row in record["judgements"])
    people = dict.fromkeys(f"{row['name']} ({row['role']})" for row in record["people"])
    return {
        "document": record["source"],
        "authority": record["authority"] and record["authority"]["name"],
        "kind": record["kind"],
        "inspected": "; ".join(" to ".join(period) for period in record["inspected"]),
        "judgements": "\n".join(grades),
        "people": "\n".join(people),
        "named things": len({row["iri"] for row in record["mentions"]}),
        "findings": len(record["findings"]),
    }


@app.command()
def remove(
    document: Annotated[str, typer.Argument(help="The name of the document's file, as status lists it.")],
) -> None:
    """Retract a document, with every fact that only it supported."""
    with Graph(progress=tell) as graph:
        report = graph.remove(document)
    for source, reason in report.failed.items():
        note(f"caregraph: {source}: {reason}")
    print_report(report)
    raise typer.Exit(1 if report.failed else 0)


@app.command()
def status(json_: Json = False, csv: Csv = False) -> None:
    """List the documents: what was read, what failed and why, what could not be read in each."""
    rows = Graph().documents()
    if not rows and not json_:
        note("The graph is empty. `caregraph build PATH` fills it.")
    show(rows, output_form(json_, csv))


@app.command()
def validate(json_: Json = False, csv: Csv = False) -> None:
    """Check every document's statements against the shapes."""
    with Dataset.read(Workspace(data_directory()).dataset_folder) as dataset:
        rows = list(violation_rows(dataset))
    show(rows, output_form(json_, csv))
    note(f"{len(rows)} statements break the shapes")
    raise typer.Exit(1 if rows else 0)
