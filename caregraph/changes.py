"""Changes between two states of the documents: what is new, which grades changed, what is named for the first time.

Both states are records, with words or without; nothing of their words is compared.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from caregraph.graph.queries.comparison.as_at import FULL_INSPECTIONS
from caregraph.graph.resolution.identity import authority_key_of
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.records import Record

Change = Literal["new document", "document gone", "document changed", "grade", "first named", "recommendation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One change. ``about`` is a judgement area or a thing; ``before`` and ``after`` are grades with their days;
    ``after`` says so where a newer full inspection gives no grade for the area.

    Of a recommendation, ``about`` has its words, ``before`` the year in which it was made, ``after`` its state.
    """

    change: Change
    authority: str | None
    document: str
    kind: str | None
    day: date | None
    about: str | None = None
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class _State:
    documents: Mapping[str, Record]
    grades: Mapping[tuple[str, str], tuple[date, str, str]]  # day, grade and document, by council and area
    named: Mapping[tuple[str, str], tuple[str, str]]  # name and document, by council and thing
    full: Mapping[str, tuple[date, str]]  # day and document of the latest full inspection with grades, by council


def find_changes(before: Iterable[Record], after: Iterable[Record], resolver: Resolver) -> list[ChangeRow]:
    """List the changes, by document; grades and names are told for councils that had a document before.

    Args:
        resolver: gives both states the same identities.
    """
    old, new = _state_of(before, resolver), _state_of(after, resolver)
    known = {record.authority.name for record in old.documents.values() if record.authority}
    rows = [*_document_changes(old, new)]
    for key, (day, grade, document) in new.grades.items():
        was = old.grades.get(key)
        if was and was[1] != grade and was[0] <= day:
            record = new.documents[document]
            after_words = f"{grade} ({day})"
            rows.append(_row("grade", record, about=key[1], before=f"{was[1]} ({was[0]})", after=after_words))
    rows += _grades_not_given_again(old, new)
    for (authority, thing), (name, document) in new.named.items():
        if (authority, thing) not in old.named and authority in known and document not in old.documents:
            rows.append(_row("first named", new.documents[document], about=name))
    return sorted(rows, key=lambda row: (row.document, row.change, row.about or ""))


def _grades_not_given_again(old: _State, new: _State) -> Iterator[ChangeRow]:
    """Grades of a council's latest full inspection before for areas that a new one gives none for."""
    for authority, (day, document) in new.full.items():
        _, former = old.full.get(authority, (day, ""))
        if document in old.documents:
            continue
        for (of, area), (was_day, grade, given_in) in old.grades.items():
            stands = (of, area) in new.grades and new.grades[of, area][2] == former
            if of == authority and given_in == former and stands and was_day < day:
                before, after = f"{grade} ({was_day})", f"no grade ({day})"
                yield _row("grade", new.documents[document], about=area, before=before, after=after)


def _state_of(records: Iterable[Record], resolver: Resolver) -> _State:
    documents = {record.source: resolver.resolve(record) for record in records}
    grades: dict[tuple[str, str], tuple[date, str, str]] = {}
    named: dict[tuple[str, str], tuple[str, str]] = {}
    full: dict[str, tuple[date, str]] = {}
    for source, record in sorted(documents.items(), key=lambda item: (_day_of(item[1]) or date.min, item[0])):
        if record.authority is None or authority_key_of(record) is None:
            continue
        for area in {judgement.area for judgement in record.judgements}:
            given = {judgement.grade for judgement in record.judgements if judgement.area == area}
            if len(given) == 1 and (day := _day_of(record)):
                grades[record.authority.name, area] = (day, given.pop(), source)
        if record.kind in FULL_INSPECTIONS and record.judgements and (day := _day_of(record)):
            full[record.authority.name] = (day, source)
        for mention in record.mentions:
            if mention.iri:
                named.setdefault((record.authority.name, mention.iri), (mention.name, source))
    return _State(documents, grades, named, full)


def _document_changes(old: _State, new: _State) -> Iterator[ChangeRow]:
    for source, record in new.documents.items():
        if source not in old.documents:
            yield _row("new document", record)
        elif _facts(record) != _facts(old.documents[source]):
            yield _row("document changed", record)
    for source in old.documents.keys() - new.documents.keys():
        yield _row("document gone", old.documents[source])


def _facts(record: Record) -> tuple[object, ...]:
    """Facts of a record that are the same whether or not its words are here."""
    return (
        record.sha256,
        record.kind,
        record.inspected,
        record.published,
        [(part.area, part.grade, part.start) for part in record.judgements],
        [(part.name, part.role, part.start) for part in record.people],
        [(part.iri, part.start) for part in record.mentions],
        [(part.start, part.end, part.polarity, part.kind, part.topics) for part in record.findings],
    )


def _row(change: Change, record: Record, **fields: str | None) -> ChangeRow:
    name = record.authority.name if record.authority else None
    return ChangeRow(
        change=change, authority=name, document=record.source, kind=record.kind, day=_day_of(record), **fields
    )


def _day_of(record: Record) -> date | None:
    return max((last for _, last in record.inspected), default=record.published)
