"""Commands about identity: mentions, and the group resolve."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Literal

import typer

from caregraph.api import Graph
from caregraph.cli.commands.documents import print_report
from caregraph.cli.commands.interview import decision_row, doubt_row, interview, known
from caregraph.cli.messages import note, tell
from caregraph.cli.options import Csv, Json, Limit, Workers, output_form
from caregraph.cli.terminal import show, working
from caregraph.graph.resolution.decision_files import read_automatic_decisions
from caregraph.graph.resolution.decisions import Verdict
from caregraph.graph.resolution.explain import explain_identities
from caregraph.graph.resolution.review import ReviewPair, pairs_for_review, record_decision, record_undo
from caregraph.ontology.iris import full_iri
from caregraph.settings import data_directory
from caregraph.workspace import Workspace

app = typer.Typer(rich_markup_mode=None)
group = typer.Typer(rich_markup_mode=None, help="Decide which names are one thing: list doubtful pairs, decide, undo.")
app.add_typer(group, name="resolve")

Iri = Annotated[str, typer.Argument(help="An IRI, whole or short: person/ann-example.")]
Why = Annotated[str, typer.Option(help="The reason, for whoever reads the decision later.")]
By = Annotated[str, typer.Option(help="The person who decides.", envvar="USER")]


def _workspace() -> Workspace:
    return Workspace(data_directory())


@app.command()
def mentions(json_: Json = False, csv: Csv = False) -> None:
    """List every place that names a thing or a person, its identity, and why."""
    workspace = _workspace()
    rows = [asdict(place) for record in workspace.records() for place in explain_identities(record, workspace.resolver)]
    show(rows, output_form(json_, csv))
    _note_outdated(workspace)


def _note_outdated(workspace: Workspace) -> None:
    """Say how many documents were read by another version, or with other registers, and what to do."""
    if count := len(workspace.outdated_documents()):
        documents = "1 document was" if count == 1 else f"{count} documents were"
        note(
            f"caregraph: {documents} read by another version of caregraph, or before a register was added, and some of"
            " this may be missing; `caregraph resolve apply` reads them again"
        )


def _doubts(workspace: Workspace) -> list[ReviewPair]:
    return pairs_for_review(workspace.records(), workspace.vocabulary, workspace.decisions)


@group.callback(invoke_without_command=True)
def resolve(context: typer.Context, by: By = "somebody") -> None:
    """Decide which names are one thing: list doubtful pairs, decide, undo."""
    if context.invoked_subcommand is None:
        workspace = _workspace()
        _note_outdated(workspace)
        decisions = interview(
            _doubts(workspace),
            workspace.decisions_file,
            by=by,
            when=date.today(),
            ask=lambda words: typer.prompt(words, "", show_default=False),
        )
        count = len(decisions)
        note(f"{count} decisions; `caregraph resolve apply` puts them into the graph" if count else "no decisions")


@group.command("list")
def list_doubts(limit: Limit = 20, json_: Json = False) -> None:
    """List doubtful pairs, the likeliest first, with the reports' words on both sides and the reasons."""
    workspace = _workspace()
    doubts = _doubts(workspace)
    show([doubt_row(doubt) for doubt in doubts[:limit]], output_form(json_, False))
    note(f"{len(doubts)} pairs are doubtful")
    _note_outdated(workspace)


@group.command()
def decided(
    rules: Annotated[bool, typer.Option("--rules", help="Also the automatic decisions of the last build.")] = False,
    json_: Json = False,
    csv: Csv = False,
) -> None:
    """List the decisions that stand: what, by whom or by which rule, when and why."""
    workspace = _workspace()
    decisions = [
        *workspace.decisions.current,
        *(read_automatic_decisions(workspace.automatic_decisions_file).decisions if rules else ()),
    ]
    show([decision_row(decision) for decision in decisions], output_form(json_, csv))


@group.command()
def same(left: Iri, right: Iri, why: Why, by: By = "somebody") -> None:
    """Decide that two are one."""
    _decide("same", left, right, why, by)


@group.command()
def different(left: Iri, right: Iri, why: Why, by: By = "somebody") -> None:
    """Decide that two are two."""
    _decide("different", left, right, why, by)


@group.command()
def unsure(left: Iri, right: Iri, why: Why, by: By = "somebody") -> None:
    """Note that nobody can tell: the rules do not join them either."""
    _decide("unsure", left, right, why, by)


@group.command("undo")
def undo_decision(left: Iri, right: Iri, why: Why = "taken back", by: By = "somebody") -> None:
    """Undo the decision about two; the one before it stands again."""
    _decide("undone", left, right, why, by)


def _decide(verdict: Verdict | Literal["undone"], left: str, right: str, why: str, by: str) -> None:
    workspace, today = _workspace(), date.today()
    if verdict == "undone":
        decision = record_undo(workspace.decisions_file, full_iri(left), full_iri(right), by=by, why=why, when=today)
    else:
        iris = workspace.iris()
        pair = known(left, iris), known(right, iris)
        decision = record_decision(workspace.decisions_file, *pair, verdict, by=by, why=why, when=today)
    show([decision_row(decision)], "table")
    note("`caregraph resolve apply` puts it into the graph, and so does the next build")


@group.command()
def apply(workers: Workers = None) -> None:
    """Put decisions into the graph, without reading any report again."""
    with Graph(progress=tell) as graph, working("Resolving") as step:
        report = graph.apply_decisions(workers=workers, progress=step)
    if not report.outcomes:
        note("the graph is empty")
    print_report(report)
    raise typer.Exit(1 if report.failed else 0)
