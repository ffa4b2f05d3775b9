"""Improvement ledger: what became of each thing that an inspection asked of a council.

A row is a recommendation, a priority action or an area for improvement, and one later inspection that speaks of the
same matter. Each later inspection keeps its row: what a newer report says takes nothing of an older one away.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from caregraph.graph.improvement.matching import Matcher, Statement
from caregraph.graph.improvement.nearness import Near, NearnessIndex
from caregraph.graph.improvement.requests import ASKING, MAX_GAP, asks_something, belongs_to_request
from caregraph.graph.improvement.states import (
    GOOD,
    MENTIONED,
    NOT_COMPARED,
    NOT_INSPECTED,
    PERHAPS,
    QUESTIONING,
    SILENT,
    View,
    judge,
    turns,
)

MOST_ALSO = 2  # sentences beside the nearest


@dataclass(frozen=True, slots=True)
class Said:
    """A finding of one inspection, with the words and the place of it.

    ``inspected`` is the first day of the inspection, ``kind`` the finding's; ``wanted`` is False where the question
    asks about other concepts, and ``has_words`` where only the place of its words is known. ``start`` and ``end`` are
    characters of the document; ``more`` are the IRIs of findings that go on about a request and were joined to it.
    """

    authority: str
    inspected: date
    document: str
    iri: str
    kind: str
    polarity: str
    confidence: float
    page: int | None
    paragraph: str | None
    wanted: bool
    has_words: bool
    start: int
    end: int
    statement: Statement
    more: tuple[str, ...] = ()


def ledger_rows(rows: Iterable[Mapping[str, Any]], values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of the ledger, from all that inspections say of each council.

    Args:
        rows: findings, as `questions/improvement-ledger.cypher` returns them.
        values: of the question's parameters: ``state`` and ``show``.
    """
    return select_rows(requests_followed(rows), values)


def requests_followed(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of each request, a row for each later inspection that speaks of it, the latest first.

    Args:
        rows: as of `ledger_rows`.
    """
    by_authority: dict[str, list[Said]] = defaultdict(list)
    for row in rows:
        statement = Statement(" ".join(row["text"].split()), tuple(row["concepts"]), tuple(row["things"]), row["send"])
        fields = {key: value for key, value in row.items() if key not in ("text", "concepts", "things", "send")}
        by_authority[row["authority"]].append(Said(**fields, statement=statement))
    for said in by_authority.values():
        yield from _rows_of(_join_requests(said))


def select_rows(requests: Iterable[Sequence[dict[str, Any]]], values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Select of the rows of each request those that a question asks for; its values are those of `ledger_rows`."""
    shown = (rows if values["show"] == "all" else [_latest_claim(rows)] for rows in requests)
    return [row for rows in shown for row in rows if values["state"] in (None, row["state"])]


def _join_requests(said: Iterable[Said]) -> list[Said]:
    """Join what goes on about a request, in the sentence right after it, to the request."""
    joined: list[Said] = []
    for finding in said:
        before = joined[-1] if joined else None
        if (
            before
            and before.kind in ASKING
            and finding.has_words
            and finding.document == before.document
            and belongs_to_request(finding.statement.text, finding.polarity, gap=finding.start - before.end)
        ):
            joined[-1] = _joined(before, finding)
        else:
            joined.append(finding)
    return joined


def _joined(request: Said, following: Said) -> Said:
    first, second = request.statement, following.statement
    statement = replace(
        first,
        text=f"{first.text} {second.text}",
        concepts=tuple(dict.fromkeys((*first.concepts, *second.concepts))),
        things=tuple(dict.fromkeys((*first.things, *second.things))),
    )
    return replace(
        request,
        statement=statement,
        end=following.end,
        wanted=request.wanted or following.wanted,
        more=(*request.more, following.iri),
    )


def _rows_of(said: Sequence[Said]) -> Iterator[list[dict[str, Any]]]:
    """Rows of each request of one council, the latest requests first."""
    rated = [finding for finding in said if finding.polarity != "neutral" or finding.kind in ASKING]
    matcher = Matcher(finding.statement.text for finding in rated if finding.has_words)
    about: dict[str, list[Said]] = defaultdict(list)
    for finding in said:
        for concept in finding.statement.concepts if finding.has_words else ():
            about[concept].append(finding)
    turned = _turned(said)
    nearness = NearnessIndex([finding.statement for finding in said])
    for asked in said:
        is_request = asked.kind in ASKING and (not asked.has_words or asks_something(asked.statement.text))
        if not (is_request and asked.wanted):
            continue
        found: dict[date, list[tuple[View, Said]]] = defaultdict(list)
        for later in _candidates(asked, about, said):
            if match := matcher.match(asked.statement, later.statement):
                view = View(match, later.polarity, later.confidence, later.statement.text, turned=later.iri in turned)
                found[later.inspected].append((view, later))
        rows = [_row(asked, found[day]) for day in sorted(found, reverse=True)]
        yield rows or [_unmatched_row(asked, said, nearness)]


def _unmatched_row(asked: Said, said: Sequence[Said], nearness: NearnessIndex) -> dict[str, Any]:
    """Row of a request that no later sentence matches: its topic may be spoken of, or nobody has looked, or silence."""
    if not any(finding.inspected > asked.inspected for finding in said):
        return _silent_row(asked, NOT_INSPECTED)
    wordless = any(
        finding.inspected > asked.inspected and not finding.has_words and finding.polarity != "neutral"
        for finding in said
    )
    if wordless or not asked.has_words:
        return _silent_row(asked, NOT_COMPARED)
    later = {number for number, finding in enumerate(said) if finding.has_words and finding.inspected > asked.inspected}
    near = nearness.nearest(asked.statement, later)
    return _near_row(asked, near, said) if near else _silent_row(asked, SILENT)


def _turned(said: Sequence[Said]) -> frozenset[str]:
    """Findings, by their IRIs, that the sentence right after them questions: "However, …"."""
    return frozenset(
        finding.iri
        for finding, following in pairwise(said)
        if following.document == finding.document
        and 0 <= following.start - finding.end <= MAX_GAP
        and turns(following.statement.text, following.polarity)
    )


def _candidates(asked: Said, about: Mapping[str, Sequence[Said]], said: Sequence[Said]) -> Iterable[Said]:
    """Findings of later inspections that share a concept with a request, each once; of one without concepts, all."""
    if not asked.has_words:
        return ()
    concepts = asked.statement.concepts
    found = [later for concept in concepts for later in about.get(concept, ())] if concepts else said
    return {later.iri: later for later in found if later.has_words and later.inspected > asked.inspected}.values()


def _latest_claim(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Of one request's rows, the latest first, the latest that claims something, or the latest if none does.

    Nothing good is claimed past a newer inspection that may have a concern about the same matter.
    """
    for number, row in enumerate(rows):
        if row["state"] != MENTIONED:
            newer = [doubt for doubt in rows[:number] if doubt["later_polarity"] in QUESTIONING]
            return newer[0] if newer and row["state"] in GOOD else row
    return rows[0]


def _row(asked: Said, views: Sequence[tuple[View, Said]]) -> dict[str, Any]:
    ordered = sorted(views, key=lambda pair: (not pair[0].is_sure, -pair[0].match.score, pair[1].iri))
    state = judge(asked.statement.text, [view for view, _ in ordered])
    first = ordered[0][0].match
    return _later_row(asked, state, [said for _, said in ordered], score=first.score, reasons=first.reasons)


def _near_row(asked: Said, near: Sequence[Near], said: Sequence[Said]) -> dict[str, Any]:
    nearest = [said[sentence.number] for sentence in near[: 1 + MOST_ALSO]]
    return _later_row(asked, PERHAPS, nearest, score=near[0].nearness, reasons=near[0].reasons)


def _later_row(
    asked: Said, state: str, later: Sequence[Said], *, score: float, reasons: Sequence[str]
) -> dict[str, Any]:
    first = later[0]
    return {
        **_asked_columns(asked, state),
        "later": first.statement.text,
        "later_polarity": first.polarity,
        "later_inspected": first.inspected,
        "later_document": first.document,
        "later_page": first.page,
        "later_paragraph": first.paragraph,
        "also": [f"{said.statement.text} ({said.document}, page {said.page})" for said in later[1 : 1 + MOST_ALSO]],
        "sentences": len(later),
        "score": score,
        "reasons": "; ".join(reasons),
        "evidence": [asked.iri, *(said.iri for said in later), *asked.more],
    }


def _silent_row(asked: Said, state: str) -> dict[str, Any]:
    later = ("later", "later_polarity", "later_inspected", "later_document", "later_page", "later_paragraph")
    empty = dict.fromkeys(later)
    return {**_asked_columns(asked, state), **empty, "also": [], "sentences": 0, "score": None, "reasons": None,
            "evidence": [asked.iri, *asked.more]}  # fmt: skip


def _asked_columns(asked: Said, state: str) -> dict[str, Any]:
    return {
        "authority": asked.authority,
        "state": state,
        "kind": asked.kind,
        "inspected": asked.inspected,
        "quotation": asked.statement.text,
        "concepts": list(asked.statement.concepts),
        "document": asked.document,
        "page": asked.page,
        "paragraph": asked.paragraph,
    }
