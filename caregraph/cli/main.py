"""The ``caregraph`` command: every command a thin call.

Progress goes to stderr, results to stdout. Exit codes: 0 done; 1 some of it
failed, each failure named with its reason and the rest done; 2 used wrongly.
"""

import json
import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from caregraph.cli.terminal import Form, note, show, tell, working
from caregraph.graph.server import launcher
from caregraph.ontology.errors import CaregraphError
from caregraph.settings import ServerAddress, data_directory, external_server

SAMPLES = Path(__file__).parents[1] / "samples"
SHARED = Path("../shared")  # where those who have labelled reports keep them, beside the repository
LOOPBACK = "127.0.0.1"

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
neo4j_app = typer.Typer(no_args_is_help=True, help="Our own Neo4j: start it, stop it, ask after it.")
app.add_typer(neo4j_app, name="neo4j")
resolve_app = typer.Typer(help="What is one thing: list what is doubtful, decide, and take decisions back.")
app.add_typer(resolve_app, name="resolve")

Paths = Annotated[list[Path], typer.Argument(help="Report files, or folders that hold some.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Workers = Annotated[int | None, typer.Option(help="Processes that read side by side; one a core if not given.")]
Host = Annotated[str, typer.Option(help="The address to listen on; who reaches it can read, add and decide.")]
ReadOnly = Annotated[bool, typer.Option("--read-only", help="Nobody adds documents or decides in it.")]
Port = Annotated[int | None, typer.Option(help="The port; the first free one from 8501 if not given.")]
One = Annotated[str, typer.Argument(help="An IRI, with or without what all have in common: person/ann-example.")]
Why = Annotated[str, typer.Option(help="The reason, for whoever reads the decision later.")]
By = Annotated[str, typer.Option(help="Who decides.", envvar="USER")]
Parameters = Annotated[list[str] | None, typer.Option("--param", help="A value for the question, as name=value.")]


def main() -> None:
    """Run the command line; no failure of ours shows a traceback."""
    logging.basicConfig(level=logging.WARNING, format="caregraph: %(message)s", stream=sys.stderr)
    try:
        app()
    except CaregraphError as error:
        note(f"caregraph: {error}")
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        note("caregraph: stopped")
        sys.exit(130)


def _data() -> Path:
    return data_directory()


def _address(data: Path) -> ServerAddress:
    """The server in the environment, else our own, started if need be."""
    return external_server() or launcher.start(data, progress=tell)


@contextmanager
def _store(data: Path) -> Iterator[Any]:
    from caregraph.graph.neo4j.store import Neo4jStore

    with Neo4jStore.connect(_address(data)) as store:
        yield store


def _form(json_: bool, csv: bool) -> Form:
    if json_ and csv:
        raise typer.BadParameter("choose one of --json and --csv")
    return "json" if json_ else "csv" if csv else "table"


@app.command()
def build(
    paths: Paths,
    register: Annotated[
        list[Path] | None, typer.Option(help="A further register or thesaurus in Turtle; kept for later commands.")
    ] = None,
    workers: Workers = None,
    json_: Json = False,
) -> None:
    """Read reports into the graph: new ones are added, changed ones replaced, known ones skipped."""
    failed = build_into(_data(), paths, registers=register or (), workers=workers, form=_form(json_, False))
    raise typer.Exit(1 if failed else 0)


def build_into(
    data: Path, paths: Sequence[Path], *, registers: Sequence[Path], workers: int | None, form: Form | None
) -> int:
    """Build, load and print what became of each file, unless no form is asked for; return how many failed."""
    from caregraph.build import build as build_files
    from caregraph.build import files_in
    from caregraph.data_directory import Workspace
    from caregraph.graph.dataset.store import Dataset

    workspace = Workspace(data)
    for path in registers:
        workspace.add_register(path)
    files = files_in(paths)
    if not files:
        note("caregraph: no PDF, HTML or text files there")
        return 1
    outcomes = []
    with working("Reading", total=len(files)) as step:
        for outcome in build_files(workspace, files, workers=workers, progress=step):
            outcomes.append(outcome)
    rows = [
        {"document": one.source, "outcome": one.status, "judgements": one.judgements, "people": one.people,
         "mentions": one.mentions, "findings": one.findings, "reason": one.reason}
        for one in outcomes
    ]  # fmt: skip
    if form:
        show(rows, form)
    counts = Counter(one.status for one in outcomes)
    note(", ".join(f"{count} {status}" for status, count in sorted(counts.items())))
    with Dataset.read(workspace.dataset_folder) as dataset, _store(data) as store:
        with working("Loading into Neo4j") as step:
            loaded = store.sync(dataset, workspace.kept, progress=step)
        note(f"Neo4j: {loaded}")
        for name, reason in loaded.refused.items():
            note(f"caregraph: {name} is not in Neo4j: {reason}")
    return counts["failed"] + len(loaded.refused)


@app.command()
def extract(paths: Paths, json_: Json = False, workers: Workers = None) -> None:
    """Print what reports say, a record a document, without touching the graph."""
    from caregraph.build import files_in
    from caregraph.data_directory import Workspace
    from caregraph.extractors.worker_pool import extracted

    workspace = Workspace(_data())
    failed = 0
    for one in extracted(files_in(paths), vocabulary=workspace.vocabulary, workers=workers):
        if one.record is None:
            failed += 1
            note(f"{one.path.name}: {one.reason}")
            continue
        record = workspace.resolver.resolve(one.record)
        if json_:
            print(json.dumps(record.as_json(), ensure_ascii=False))
        else:
            show([_summary(record.as_json())], "table")
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
    """Take a document back, with every fact that only it supported."""
    from caregraph.build import remove as take_back
    from caregraph.data_directory import Workspace
    from caregraph.graph.dataset.store import Dataset

    workspace = Workspace(_data())
    if not take_back(workspace, document):
        note(f"caregraph: no document called {document!r}; `caregraph status` lists them")
        raise typer.Exit(1)
    with Dataset.read(workspace.dataset_folder) as dataset, _store(_data()) as store:
        note(f"Neo4j: {store.sync(dataset, workspace.kept)}")


@app.command()
def status(json_: Json = False, csv: Csv = False) -> None:
    """List the documents: what was read, what failed and why, and what a document gives that could not be read."""
    from caregraph.data_directory import Workspace
    from caregraph.graph.dataset.status import document_rows
    from caregraph.graph.dataset.store import Dataset

    workspace = Workspace(_data())
    with Dataset.read(workspace.dataset_folder) as dataset:
        rows = document_rows(dataset)
    if not rows and not json_:
        note("The graph is empty. `caregraph build PATH` fills it.")
    show(rows, _form(json_, csv))


@app.command()
def mentions(json_: Json = False, csv: Csv = False) -> None:
    """List every place that names a thing or a person, what it was taken for, and why."""
    from dataclasses import asdict

    from caregraph.data_directory import Workspace
    from caregraph.graph.resolution.explain import places

    workspace = Workspace(_data())
    rows = [asdict(place) for record in workspace.records() for place in places(record, workspace.resolver)]
    show(rows, _form(json_, csv))


@resolve_app.callback(invoke_without_command=True)
def resolve(context: typer.Context, by: By = "somebody") -> None:
    """List what is doubtful about identity, one pair after another, and take decisions."""
    if context.invoked_subcommand is None:
        from caregraph.cli.resolve import interview

        workspace, doubts = _doubts()
        asked = interview(
            doubts,
            workspace.decisions_file,
            by=by,
            when=date.today(),
            ask=lambda words: typer.prompt(words, "", show_default=False),
        )
        note(f"{len(asked)} decisions; `caregraph resolve apply` puts them into the graph" if asked else "no decisions")


def _doubts() -> tuple[Any, list[Any]]:
    from caregraph.data_directory import Workspace
    from caregraph.graph.resolution.review import doubtful

    workspace = Workspace(_data())
    return workspace, doubtful(workspace.records(), workspace.vocabulary, workspace.decisions)


@resolve_app.command("list")
def resolve_list(limit: Annotated[int, typer.Option(help="Pairs at most.")] = 20, json_: Json = False) -> None:
    """List what is doubtful, the likest first, with what reports say of both sides and the reasons."""
    from caregraph.cli.resolve import doubt_row

    _, doubts = _doubts()
    show([doubt_row(doubt) for doubt in doubts[:limit]], _form(json_, False))
    note(f"{len(doubts)} pairs are doubtful")


@resolve_app.command("decided")
def resolve_decided(
    rules: Annotated[bool, typer.Option("--rules", help="What the rules decided in the last build too.")] = False,
    json_: Json = False,
    csv: Csv = False,
) -> None:
    """List the decisions that stand: what, by whom or by which rule, when and why."""
    from caregraph.cli.resolve import decision_row
    from caregraph.data_directory import Workspace
    from caregraph.graph.resolution.decisions import read_rulings

    workspace = Workspace(_data())
    decided = [*workspace.decisions.standing, *(read_rulings(workspace.rulings_file)[1] if rules else ())]
    show([decision_row(one) for one in decided], _form(json_, csv))


@resolve_app.command("same")
def resolve_same(left: One, right: One, why: Why, by: By = "somebody") -> None:
    """Decide that two are one."""
    _decide("same", left, right, why, by)


@resolve_app.command("different")
def resolve_different(left: One, right: One, why: Why, by: By = "somebody") -> None:
    """Decide that two are two."""
    _decide("different", left, right, why, by)


@resolve_app.command("unsure")
def resolve_unsure(left: One, right: One, why: Why, by: By = "somebody") -> None:
    """Note that it cannot be told: the rules do not join them either."""
    _decide("unsure", left, right, why, by)


@resolve_app.command("undo")
def resolve_undo(left: One, right: One, why: Why = "taken back", by: By = "somebody") -> None:
    """Take back what was decided about two; what stood before it stands again."""
    _decide("undone", left, right, why, by)


def _decide(verdict: Any, left: str, right: str, why: str, by: str) -> None:
    from caregraph.cli.resolve import decision_row, known
    from caregraph.data_directory import Workspace
    from caregraph.graph.resolution.review import decide, undo
    from caregraph.ontology.iris import full_iri

    workspace = Workspace(_data())
    if verdict == "undone":
        decision = undo(workspace.decisions_file, full_iri(left), full_iri(right), by=by, why=why, when=date.today())
    else:
        iris = workspace.iris()
        one, other = known(left, iris), known(right, iris)
        decision = decide(workspace.decisions_file, one, other, verdict, by=by, why=why, when=date.today())
    show([decision_row(decision)], "table")
    note("`caregraph resolve apply` puts it into the graph, and so does the next build")


@resolve_app.command("apply")
def resolve_apply(workers: Workers = None) -> None:
    """Put decisions into the graph, without reading any report again."""
    from caregraph.build import rebuild
    from caregraph.data_directory import Workspace
    from caregraph.graph.dataset.store import Dataset

    workspace = Workspace(_data())
    with working("Resolving") as step:
        counts = Counter(_stepped(outcome.status, step) for outcome in rebuild(workspace, workers=workers))
    note(", ".join(f"{count} {status}" for status, count in sorted(counts.items())) or "the graph is empty")
    with Dataset.read(workspace.dataset_folder) as dataset, _store(_data()) as store:
        note(f"Neo4j: {store.sync(dataset, workspace.kept)}")
    raise typer.Exit(1 if counts["failed"] else 0)


def _stepped(status: str, step: Any) -> str:
    step()
    return status


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="A question's name; all are listed if none is given.")] = None,
    param: Parameters = None,
    json_: Json = False,
    csv: Csv = False,
) -> None:
    """Ask a named question of the graph, one of ours or of your own."""
    from caregraph.graph.queries.questions import EVIDENCE, known_questions
    from caregraph.graph.queries.questions import ask as answer

    questions, faults = known_questions()
    form = _form(json_, csv)
    for fault in faults:
        note(f"caregraph: {fault}")
    if question is None:
        rows = [
            {"group": one.group, "question": one.name, "asks": one.heading, "parameters": one.usage}
            for one in questions.values()
        ]
        show(rows, form)
        return
    if question not in questions:
        raise typer.BadParameter(f"no question called {question!r}; `caregraph ask` lists them")
    with _store(_data()) as store:
        found = answer(store, questions[question], **_pairs(param))
    hidden = EVIDENCE if form == "table" else None  # IRIs are for programs
    show([{column: row[column] for column in row if column != hidden} for row in found], form)


def _pairs(params: Sequence[str] | None) -> dict[str, str]:
    pairs = {}
    for text in params or ():
        name, sign, value = text.partition("=")
        if not sign:
            raise typer.BadParameter(f"expected name=value, got {text!r}")
        pairs[name.strip()] = value
    return pairs


@app.command()
def query(
    cypher: Annotated[str, typer.Argument(help="A statement that only reads.")],
    param: Parameters = None,
    json_: Json = False,
    csv: Csv = False,
) -> None:
    """Ask the graph in Cypher, in a read transaction with limits."""
    with _store(_data()) as store:
        answer = store.query(cypher, _pairs(param))
    show(answer.rows, _form(json_, csv))
    if answer.cut:
        note(f"only the first {len(answer.rows)} rows")


@app.command()
def sparql(
    query: Annotated[str, typer.Argument(help="A SELECT, ASK, CONSTRUCT or DESCRIBE query.")],
    json_: Json = False,
    csv: Csv = False,
) -> None:
    """Ask the RDF dataset in SPARQL, with limits."""
    from caregraph.data_directory import Workspace
    from caregraph.graph.dataset import sparql_worker

    answer = sparql_worker.answer(Workspace(_data()).dataset_folder, query)
    show([dict(row) for row in answer.rows], _form(json_, csv))
    if answer.cut:
        note(f"only the first {len(answer.rows)} rows")


@app.command()
def search(
    text: str,
    polarity: Annotated[str | None, typer.Option(help="Only findings: strength, concern, mixed or neutral.")] = None,
    concept: Annotated[str | None, typer.Option(help="Only findings about it, or a part of it.")] = None,
    authority: Annotated[str | None, typer.Option(help="Only reports on it.")] = None,
    region: Annotated[str | None, typer.Option(help="Only reports on authorities there.")] = None,
    kind: Annotated[str | None, typer.Option(help="Of documents, as ilacs, or of findings, as recommendation.")] = None,
    since: Annotated[int | None, typer.Option(help="Only inspections that began in this year or later.")] = None,
    until: Annotated[int | None, typer.Option(help="Only inspections that began in this year or before.")] = None,
    meaning: Annotated[bool, typer.Option("--meaning", help="Findings that mean nearly this, in any words.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Rows at most.")] = 20,
    json_: Json = False,
    csv: Csv = False,
) -> None:
    """Find names, however spelled, and findings and passages by their words; with a filter, only the latter."""
    from caregraph.graph.queries.search import COLUMNS, Filter

    among = Filter(
        polarity=polarity, concept=concept, authority=authority, region=region, kind=kind, since=since, until=until
    )
    with _store(_data()) as store:
        if not meaning:
            show(store.search(text, among, limit=limit), _form(json_, csv))
            return
        from caregraph.extractors.findings.embeddings import Encoder
        from caregraph.graph.queries.semantic_search import alike, embedded

        some, every = embedded(store)
        rows = alike(store, Encoder()([text])[0].tolist(), among, limit=limit) if some else []
        show([{column: row[column] for column in COLUMNS} for row in rows], _form(json_, csv))
        if some < every:
            note(f"{every - some:,} of {every:,} findings cannot be found by meaning yet: run caregraph embed")


@app.command()
def embed() -> None:
    """Let findings be searched by their meaning; after a build those that are new (needs the extra "meaning")."""
    from caregraph.extractors.findings.embeddings import Encoder
    from caregraph.graph.queries import semantic_search

    encode = Encoder()
    with _store(_data()) as store, working("Embedding") as step:
        done = semantic_search.embed(store, encode, progress=step)
    note(f"{done:,} findings can now be found by meaning, too" if done else "no finding is new")


@app.command()
def export(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="csv, xlsx, graphml, gexf, parquet, cypher or neo4j-admin; or as RDF trig, nquads, turtle or jsonld.",
        ),
    ],
    to: Annotated[Path | None, typer.Option(help="A file; standard output if not given.")] = None,
) -> None:
    """Take the graph away for a spreadsheet, another program or another database, with its licence statement."""
    from caregraph.cli import export as exporting
    from caregraph.data_directory import Workspace

    if form not in exporting.forms():
        raise typer.BadParameter(f"no format called {form!r}; expected one of {', '.join(exporting.forms())}")
    data = _data()
    exporting.export(Workspace(data).dataset_folder, lambda: _store(data), form, to)


@app.command()
def validate(json_: Json = False, csv: Csv = False) -> None:
    """Check every document's statements against the shapes."""
    from caregraph.data_directory import Workspace
    from caregraph.graph.dataset.status import violation_rows
    from caregraph.graph.dataset.store import Dataset

    with Dataset.read(Workspace(_data()).dataset_folder) as dataset:
        rows = list(violation_rows(dataset))
    show(rows, _form(json_, csv))
    note(f"{len(rows)} statements break the shapes")
    raise typer.Exit(1 if rows else 0)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Option(help="The folder of labels.")] = SHARED / "gold",
    reports: Annotated[Path, typer.Option(help="The folder of the labelled documents.")] = SHARED / "corpus",
    details: Annotated[bool, typer.Option(help="Tell every difference, on standard error.")] = False,
    workers: Workers = None,
    json_: Json = False,
    csv: Csv = False,
) -> None:
    """Compare what is extracted with hand labels."""
    from caregraph.data_directory import Workspace
    from caregraph.evaluation.evaluate import evaluate as compare

    workspace = Workspace(_data())
    rows = compare(workspace, gold, reports, tell=note if details else None, workers=workers)
    show(rows, _form(json_, csv))


@app.command()
def explore(host: Host = LOOPBACK, port: Port = None, read_only: ReadOnly = False) -> None:
    """Open the explorer, until Ctrl-C."""
    from caregraph.cli import serving

    if read_only:
        os.environ["CAREGRAPH_READ_ONLY"] = "1"
    raise typer.Exit(serving.explore(_data(), host=host, port=port, tell=tell, ready=_opened))


@app.command()
def demo(host: Host = LOOPBACK, port: Port = None) -> None:
    """Build a graph from the invented samples, apart from your own, and open the explorer."""
    from caregraph.cli import serving

    if not SAMPLES.is_dir():
        raise CaregraphError("the samples are not there; the package is not whole")
    data = _data() / "demo"
    note("caregraph: a graph of five invented councils, built from samples/")
    with serving.neo4j_while_needed(data, tell=tell):
        if failed := build_into(data, [SAMPLES], registers=[SAMPLES / "register.ttl"], workers=1, form=None):
            raise CaregraphError(f"{failed} samples could not be read")
        raise typer.Exit(serving.explore(data, host=host, port=port, tell=tell, ready=_opened_demo))


def _opened(address: str) -> None:
    note(f"The explorer is at {address}. Ctrl-C stops it.")


def _opened_demo(address: str) -> None:
    note(f"\nThe explorer is at {address}\n\nThree things to try there:")
    note("  1. Search for “Farrowdale Adoption Alliance”, click it, and read what each council's report says of it.")
    note("  2. Open “Shared services” and see which councils are silent about what they share.")
    note("  3. Search for “Ashmere”, double-click it, and follow its grades over three inspections.")
    note("\nCtrl-C stops everything.")


@app.command()
def doctor(json_: Json = False) -> None:
    """Check what caregraph needs on this machine, and say what to do where something is missing."""
    from caregraph.cli.doctor import checks

    rows = [{"check": one.name, "fine": one.fine, "says": one.says} for one in checks(_data(), os.environ)]
    show(rows, _form(json_, False))
    raise typer.Exit(0 if all(row["fine"] for row in rows) else 1)


@neo4j_app.command("start")
def neo4j_start() -> None:
    """Start our own Neo4j, or find it running."""
    address = launcher.start(_data(), progress=tell)
    note(f"Neo4j answers at {address.uri}; `caregraph neo4j stop` stops it")


@neo4j_app.command("stop")
def neo4j_stop() -> None:
    """Stop our own Neo4j."""
    note("Neo4j has stopped" if launcher.stop(_data()) else "Neo4j was not running")


@neo4j_app.command("status")
def neo4j_status(json_: Json = False) -> None:
    """Say whether our own Neo4j runs, and where."""
    from dataclasses import asdict

    show([asdict(launcher.status(_data()))], _form(json_, False))


if __name__ == "__main__":
    main()
