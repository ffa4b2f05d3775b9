"""Events: which documents are witnesses of one inspection, and which of them speaks for it.

An inspection is an event; a report, its copies in other formats, its corrected
version and news of it are witnesses. One of them, the principal, speaks: its
findings are counted. A **copy** has nearly the same words and the same grades;
a **version** has nearly the same words and other grades; **news** tells of the
event in words of its own. News of no known event and without days of its own
is **undated**: it is nobody's latest.

Documents of nearly the same words are found by sketches of their text. In 1,206
pairs of different reports on one authority the greatest share of common
five-word runs was 0.14; copies and versions have more than 0.9.
"""

import heapq
import re
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import chain, combinations
from typing import Literal

import networkx as nx

from caregraph.graph.resolution.decisions import Decision, Decisions
from caregraph.graph.resolution.identity import authority_key_of
from caregraph.ontology.iris import document_iri, inspection_iri
from caregraph.ontology.records import INSPECTOR_ROLES, Record

Role = Literal["principal", "copy", "version", "news", "undated"]

SAME_WORDS = 0.5  # share of five-word runs from which on two documents have the same words
SKETCH = 256  # hashes kept of a document: the share is right within 0.03
SHINGLE = 5  # words
SHARED_HASHES = 24  # of their sketches, by which documents are compared at all
MOST_TIED = 50  # documents to which one hash ties another
NEWS_DELAY = timedelta(days=200)  # from the last day of an inspection to news of its report

_WORD = re.compile(r"\w+")
_CORRECTED = re.compile(
    r"\b(?:corrected|amended|revised|re-?published) (?:version|report|letter|on|in)\b"
    r"|\bthis (?:report|letter) (?:was|has been) (?:corrected|amended|revised|re-?published)\b"
    r"|\b(?:correction|erratum)\b",
    re.IGNORECASE,
)
_OPENING = 2_000  # characters of the opening and of the end in which a correction is declared
_FORMATS = (".pdf", ".docx", ".odt", ".html", ".htm", ".txt", ".md")  # the likeliest original first


@dataclass(frozen=True, slots=True)
class Witness:
    """Part of a document in an event.

    ``event`` is the inspection's IRI, None if the document tells of none;
    ``principal`` is the hash of the document that speaks for the event, its
    own for a principal. ``reason`` says in words why.
    """

    sha256: str
    role: Role
    event: str | None
    principal: str | None
    reason: str = ""

    def as_json(self) -> dict[str, str | None]:
        """Plain values, of which ``Witness(**values)`` makes it again."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """Facts of a record that decide its event."""

    sha256: str
    authority: str | None
    kind: str | None
    started: date | None
    ended: date | None
    published: date | None
    grades: Mapping[str, frozenset[str]]
    tells_of_inspection: bool
    corrected: bool
    findings: int
    format: int
    sketch: tuple[int, ...]

    @property
    def iri(self) -> str:
        """IRI of the document."""
        return document_iri(self.sha256)


def facts_of(record: Record) -> DocumentFacts:
    """Collect the facts of a record that decide its event."""
    grades: dict[str, set[str]] = defaultdict(set)
    for judgement in record.judgements:
        grades[judgement.area].add(judgement.grade)
    suffix = f".{record.source.rsplit('.', 1)[-1].lower()}"
    return DocumentFacts(
        sha256=record.sha256,
        authority=authority_key_of(record),
        kind=record.kind,
        started=min((first for first, _ in record.inspected), default=None),
        ended=max((last for _, last in record.inspected), default=None),
        published=record.published,
        grades={area: frozenset(given) for area, given in grades.items()},
        tells_of_inspection=bool(
            record.inspected or grades or any(person.role in INSPECTOR_ROLES for person in record.people)
        ),
        corrected=_declares_correction(record),
        findings=len(record.findings),
        format=_FORMATS.index(suffix) if suffix in _FORMATS else len(_FORMATS),
        sketch=record.without_words.sketch if record.without_words else _sketch_of(record),
    )


def _sketch_of(record: Record) -> tuple[int, ...]:
    return sketch(passage.text for passage in record.passages)


def _declares_correction(record: Record) -> bool:
    if record.without_words:
        return record.without_words.corrected
    text = "\n".join(passage.text for passage in record.passages)
    return bool(_CORRECTED.search(text[:_OPENING]) or _CORRECTED.search(text[-_OPENING:]))


def sketch(texts: Iterable[str]) -> tuple[int, ...]:
    """Smallest hashes of the five-word runs of a text, in rising order, whatever its line ends and punctuation.

    >>> sketch(["Leaders know their services well."]) == sketch(["Leaders know", "their services – well"])
    True
    """
    words = [word for text in texts for word in _WORD.findall(text.lower())]
    runs = {" ".join(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1))}
    return tuple(heapq.nsmallest(SKETCH, {zlib.crc32(run.encode()) for run in runs if run}))


def similarity(left: Sequence[int], right: Sequence[int]) -> float:
    """Estimate the share of five-word runs that two texts have in common, from their sketches, from 0 to 1."""
    union = heapq.nsmallest(SKETCH, {*left, *right})
    common = {*left} & {*right}
    return sum(value in common for value in union) / len(union) if union else 0.0


def find_witnesses(
    facts: Iterable[DocumentFacts], decisions: Decisions, *, incumbents: Collection[str] = ()
) -> dict[str, Witness]:
    """Assign every document, by its hash, to its event.

    Args:
        decisions: people's decisions about two documents' IRIs: `same` makes them witnesses of one event, `different`
            of two.
        incumbents: hashes of the documents that speak for their events now. One of them goes on speaking while nothing
            corrects it, so that a further copy changes nothing and addresses stay true. But for that the result depends
            on documents and decisions alone, not on their order.
    """
    documents = {document.sha256: document for document in sorted(facts, key=lambda document: document.sha256)}
    witnesses: dict[str, Witness] = {}
    reports = {sha256: document for sha256, document in documents.items() if document.kind != "news"}
    by_event: dict[str | None, list[DocumentFacts]] = defaultdict(list)
    for group in _groups(reports, decisions):
        principal = _principal([reports[sha256] for sha256 in group], incumbents)
        event = _event_of(principal)
        if any(_said_different(decisions, principal, earlier) for earlier in by_event[event]):
            event = _event_of(principal, apart=True)
        by_event[event].append(principal)
        for sha256 in group:
            witnesses[sha256] = _as_witness(reports[sha256], principal, event)
    reported: dict[str | None, list[DocumentFacts]] = defaultdict(list)
    for sha256, witness in witnesses.items():
        if witness.role == "principal":
            reported[reports[sha256].authority].append(reports[sha256])
    news = {sha256: document for sha256, document in documents.items() if document.kind == "news"}
    for group in _groups(news, decisions):
        principal = _principal([news[sha256] for sha256 in group], incumbents)
        news_witness = _news_witness(principal, reported, witnesses, decisions)
        witnesses[principal.sha256] = news_witness
        for sha256 in group - {principal.sha256}:
            witnesses[sha256] = Witness(
                sha256, "copy", news_witness.event, principal.sha256, _same_words(news[sha256], principal)
            )
    return witnesses


def witness_decisions(witnesses: Mapping[str, Witness]) -> list[Decision]:
    """Decisions that the rules took about documents: each witness is one with the principal of its event."""
    return [
        Decision(
            left=document_iri(witness.sha256),
            right=document_iri(witness.principal),
            verdict="same",
            by=f"rule:witness-{witness.role}",
            why=witness.reason,
        )
        for witness in sorted(witnesses.values(), key=lambda witness: witness.sha256)
        if witness.principal and witness.principal != witness.sha256
    ]


def _groups(documents: Mapping[str, DocumentFacts], decisions: Decisions) -> Iterator[frozenset[str]]:
    """Yield the documents that have the same words, or that a person made one, in the order of their hashes."""
    graph = nx.Graph()
    graph.add_nodes_from(documents)
    by_iri = {facts.iri: sha256 for sha256, facts in documents.items()}
    for left, right in _similar_pairs(documents):
        decision = decisions.for_pair(documents[left].iri, documents[right].iri)
        if decision is None or decision.verdict == "same":
            graph.add_edge(left, right)
    for iri, sha256 in by_iri.items():
        graph.add_edges_from((sha256, by_iri[same]) for same in decisions.cluster_of(iri) if same in by_iri)
    for component in sorted(nx.connected_components(graph), key=min):
        yield from _parted(component, documents, decisions)


def _parted(
    component: set[str], documents: Mapping[str, DocumentFacts], decisions: Decisions
) -> Iterator[frozenset[str]]:
    """Part documents that a person called different though a third one links them; the rest stay together."""
    groups: list[set[str]] = []
    for sha256 in sorted(component):
        document = documents[sha256]
        fitting = (
            group
            for group in groups
            if not any(_said_different(decisions, document, documents[peer]) for peer in group)
        )
        group = next(fitting, None)
        if group is None:
            groups.append({sha256})
        else:
            group.add(sha256)
    yield from map(frozenset, groups)


def _similar_pairs(documents: Mapping[str, DocumentFacts]) -> Iterator[tuple[str, str]]:
    """Yield pairs of documents whose sketches share enough; only those that have hashes in common are compared.

    A hash that many documents have is of words that all reports have: it ties a document to the last few of them alone.
    """
    by_hash: dict[int, list[str]] = defaultdict(list)
    for sha256, facts in documents.items():
        shared: dict[str, int] = defaultdict(int)
        for value in facts.sketch:
            for earlier in by_hash[value][-MOST_TIED:]:
                shared[earlier] += 1
            by_hash[value].append(sha256)
        for earlier, count in shared.items():
            enough = min(SHARED_HASHES, len(facts.sketch) // 2, len(documents[earlier].sketch) // 2)
            if count >= enough and similarity(facts.sketch, documents[earlier].sketch) >= SAME_WORDS:
                yield earlier, sha256


def _principal(group: Sequence[DocumentFacts], incumbents: Collection[str]) -> DocumentFacts:
    """Choose the document that speaks for an event.

    A corrected one, and where grades differ the later published one, comes first; then the one that speaks already;
    then the one of which most is known, in the form that is likeliest the original.
    """
    differ = any(_grades_differ(left, right) for left, right in combinations(group, 2))

    def rank(facts: DocumentFacts) -> tuple[object, ...]:
        known = (facts.authority is not None) + (facts.kind is not None) + (facts.started is not None)
        day = facts.published or date.min if differ else date.min
        incumbent = facts.sha256 in incumbents
        return facts.corrected, day, incumbent, known, -facts.format, facts.findings, facts.sha256

    return max(group, key=rank)


def _event_of(principal: DocumentFacts, *, apart: bool = False) -> str | None:
    """IRI of the inspection that a document tells of; None if it tells of none.

    Documents on one authority, of one kind and first day tell of one inspection, each in words of its own.

    Args:
        apart: a person said that it is another one than that of the same authority, kind and day.
    """
    if not principal.tells_of_inspection and principal.kind in (None, "news"):
        return None
    first_day = str(principal.started or principal.sha256)
    if apart:
        first_day = f"{first_day}-{principal.sha256[:8]}"
    return inspection_iri(principal.authority or principal.sha256, principal.kind or "unknown", first_day)


def _as_witness(facts: DocumentFacts, principal: DocumentFacts, event: str | None) -> Witness:
    if facts is principal:
        return Witness(facts.sha256, "principal", event, facts.sha256)
    role: Role = "version" if _grades_differ(facts, principal) else "copy"
    return Witness(facts.sha256, role, event, principal.sha256, _same_words(facts, principal))


def _grades_differ(facts: DocumentFacts, principal: DocumentFacts) -> bool:
    return any(facts.grades[area] != principal.grades[area] for area in facts.grades.keys() & principal.grades.keys())


def _same_words(facts: DocumentFacts, principal: DocumentFacts) -> str:
    share = round(100 * similarity(facts.sketch, principal.sketch))
    words = f"{share}% of their words are the same"
    if not _grades_differ(facts, principal):
        return words
    if principal.corrected and not facts.corrected:
        return f"{words}, grades differ, and the deciding document says that it is corrected"
    if principal.published and principal.published != facts.published:
        return f"{words}, grades differ, and the deciding document was published later"
    return f"{words}, grades differ, and neither says that it is the later one"


def _news_witness(
    news: DocumentFacts,
    reported: Mapping[str | None, Sequence[DocumentFacts]],
    witnesses: Mapping[str, Witness],
    decisions: Decisions,
) -> Witness:
    """Assign news to the event that it must be about; with days of its own it may tell of an event without a report."""
    candidates = [
        (report, reason)
        for report in reported.get(news.authority, ())
        if not _said_different(decisions, news, report) and (reason := _news_reason(news, report))
    ]
    peers = decisions.cluster_of(news.iri) - {news.iri}
    decided = [report for report in chain(*reported.values()) if report.iri in peers] if peers else []
    if decided:
        candidates = [(decided[0], "a person said so")]
    if len({witnesses[report.sha256].event for report, _ in candidates}) == 1:
        report, reason = candidates[0]
        return Witness(news.sha256, "news", witnesses[report.sha256].event, report.sha256, reason)
    if news.started and news.authority:
        return Witness(news.sha256, "principal", _event_of(news), news.sha256)
    reason = "several inspections fit" if candidates else "no inspection is known that fits"
    return Witness(news.sha256, "undated", None, None, reason)


def _said_different(decisions: Decisions, left: DocumentFacts, right: DocumentFacts) -> bool:
    decision = decisions.for_pair(left.iri, right.iri)
    return decision is not None and decision.verdict != "same"


def _news_reason(news: DocumentFacts, report: DocumentFacts) -> str | None:
    """Reason why news is about the inspection of a report; None if nothing ties them together."""
    if not news.authority or news.authority != report.authority:
        return None
    if news.started and report.started and report.ended:
        same_days = news.started <= report.ended and (news.ended or news.started) >= report.started
        return "it names the days of the inspection" if same_days else None
    agreeing = [area for area, grades in news.grades.items() if report.grades.get(area) == grades]
    if not news.grades or len(agreeing) < len(news.grades) or not report.started:
        return None
    if news.published is None:
        return "it gives the same grades"
    after = report.ended or report.started
    in_time = after <= news.published <= after + NEWS_DELAY
    return "it gives the same grades, and came out when the report did" if in_time else None
