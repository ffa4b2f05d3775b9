"""Commands that correct what was read: the group correct."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from caregraph.cli.commands.resolve import By, Why
from caregraph.cli.messages import note
from caregraph.cli.options import Csv, Json, output_form
from caregraph.cli.terminal import show
from caregraph.graph.atomic_files import write_atomically
from caregraph.graph.dataset.corrections import (
    UNDONE,
    Correction,
    Field,
    append_corrections,
    place_of,
    read_corrections,
)
from caregraph.ontology.errors import BadDecision
from caregraph.ontology.iris import full_iri, short_iri
from caregraph.settings import data_directory
from caregraph.workspace import Workspace

app = typer.Typer(rich_markup_mode=None)
group = typer.Typer(
    rich_markup_mode=None, help="Correct what was read of a sentence or a name, with a reason; list, undo, share."
)
app.add_typer(group, name="correct")

Finding = Annotated[str, typer.Argument(help="A finding's IRI, whole or short; answers have it in evidence.")]
Place = Annotated[str, typer.Argument(help="The place, as `caregraph correct list` gives it.")]
File = Annotated[Path, typer.Argument(help="A file of corrections, in JSON lines.")]


def _workspace() -> Workspace:
    return Workspace(data_directory())


def _correct(workspace: Workspace, about: str, field: Field, value: str, why: str, by: str) -> None:
    correction = workspace.correct(full_iri(about), field, value, by=by, why=why, when=date.today())
    show([_row(correction)], "table")
    note("`caregraph resolve apply` puts it into the graph, and so does the next build")


def _row(correction: Correction) -> dict[str, Any]:
    row = asdict(correction)
    return {"place": short_iri(correction.about)} | {key: row[key] for key in ("field", "value", "by", "when", "why")}


@group.command()
def polarity(finding: Finding, value: str, why: Why, by: By = "somebody") -> None:
    """Correct if a finding is a strength, a concern, mixed or neutral."""
    _correct(_workspace(), finding, "polarity", value, why, by)


@group.command()
def topics(
    finding: Finding,
    ids: Annotated[str, typer.Argument(help="Ids of topics, with commas between, or none.")],
    why: Why,
    by: By = "somebody",
) -> None:
    """Correct what a finding is about."""
    _correct(_workspace(), finding, "topics", ids, why, by)


@group.command()
def kind(
    document: Annotated[str, typer.Argument(help="The document, by its source or its file's name.")],
    name: Annotated[str, typer.Argument(help="The name, as the document has it.")],
    value: Annotated[str, typer.Argument(help="agency, service, programme, body or process.")],
    why: Why,
    by: By = "somebody",
) -> None:
    """Correct the kind of thing that a name stands for, wherever the document has it."""
    workspace = _workspace()
    places = [
        place_of(record.sha256, mention.start, "kind")
        for record in workspace.records(as_read=True)
        if document in (record.source, record.source.rpartition("/")[2])
        for mention in record.mentions
        if name.casefold() in (mention.name.casefold(), mention.text.casefold())
    ]
    if not places:
        raise BadDecision(f"no document called {document!r} names {name!r}; `caregraph mentions` lists what is named")
    _correct(workspace, places[0], "kind", value, why, by)


@group.command()
def undo(
    place: Place,
    field: Annotated[str, typer.Argument(help="polarity, topics or kind.")],
    why: Why = "taken back",
    by: By = "somebody",
) -> None:
    """Undo a correction; the one before it, or what was read, stands again."""
    _correct(_workspace(), place, field, UNDONE, why, by)  # type: ignore[arg-type]


@group.command("list")
def list_corrections(json_: Json = False, csv: Csv = False) -> None:
    """List the corrections that stand: what, by whom, when and why."""
    workspace = _workspace()
    corrections = workspace.corrections
    show([_row(correction) for correction in corrections.current], output_form(json_, csv))
    idle = sum(len(corrections.without_effect(record)) for record in workspace.records(as_read=True))
    if idle:
        note(f"{idle} of them have no effect: the document is read otherwise now")


@group.command("export")
def export_corrections(file: File) -> None:
    """Write the corrections that stand to a file that others can import."""
    corrections = _workspace().corrections.current
    write_atomically(file, "".join(f"{correction.line}\n" for correction in corrections).encode())
    note(f"{len(corrections)} corrections in {file}")


@group.command("import")
def import_corrections(file: File) -> None:
    """Add the corrections of a file, those that are not here yet; of documents that are not here they wait."""
    workspace = _workspace()
    if not file.is_file():
        raise BadDecision(f"{file} does not exist")
    known = workspace.vocabulary.topics
    count = append_corrections(workspace.corrections_file, read_corrections(file, known), known)
    note(f"{count} corrections added; `caregraph resolve apply` puts them into the graph")
