"""Improvement ledger: what became of each thing that an inspection asked of a council.

A row is a recommendation, a priority action or an area for improvement, and one later inspection that speaks of the
same matter. Each later inspection keeps its row: what a newer report says takes nothing of an older one away.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from caregraph.graph.improvement.content_words import content_words
from caregraph.graph.improvement.matching import BACK_REFERENCE, Match, Matcher, Statement
from caregraph.graph.improvement.requests import goes_on, parts_asked

IMPROVED, PARTLY, AGAIN = "improved", "partly", "again a concern"
SILENT, NOT_INSPECTED = "not spoken of since", "not inspected since"
NOT_COMPARED = "words not fetched"  # of the report that asked, or of a later one; so nothing can be said
STATES = (IMPROVED, PARTLY, AGAIN, SILENT, NOT_INSPECTED, NOT_COMPARED)
ASKING = frozenset({"recommendation", "priority-action", "area-for-improvement"})  # kinds of finding
MAX_GAP = 3  # characters between a request and the sentence that goes on about it
# Of a strength: to say wrongly that a matter has improved is worse than to say nothing.
MIN_PRAISE_SCORE, MIN_COVERED = 0.5, 0.4
# Praise of a part, of a beginning or by the staff themselves is no full improvement; nor is a concern for a few full.
_HEDGED = {
    "strength": re.compile(
        r"\b(?:(?<!not )some (?:young people|children|social workers|staff|teams?|families|plans|care leavers)|for some"
        r"|in some|some improvements?|a few|being developed|(?:has|have) begun|beginning to|early stages?"
        r"|early signs|starting to|(?:is|are) improving|(?:is|are) acting to|being prioritised|plans? to"
        r"|too (?:soon|early)|reported by|report that|steps (?:have|has) been taken|(?:has|have) taken steps"
        r"|some (?:work|progress)|(?:made|making) (?:\w+ )?progress|(?:increasing|growing) (?:number|proportion)"
        r"|continu(?:e|es|ing) to|working to|underway|usually)\b",
        re.IGNORECASE,
    ),
    "concern": re.compile(r"\b(?:(?:very )?small number|(?:a|very) few)\b", re.IGNORECASE),
}

# Sides of a matter: that a thing is offered or done in time says nothing of how well it is done.
_SIDES = (
    re.compile(
        r"\b(?:timel(?:y|iness)|prompt(?:ly)?|swift(?:ly)?|quick(?:ly)?|delay(?:s|ed)?|late|drift)\b", re.IGNORECASE
    ),
    re.compile(r"\boffer(?:s|ed|ing)?\b", re.IGNORECASE),
)


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
    page: int | None
    paragraph: str | None
    wanted: bool
    has_words: bool
    start: int
    end: int
    statement: Statement
    more: tuple[str, ...] = ()


def state_of(asked: str, later: Iterable[tuple[str, str]]) -> str:
    """State of what was asked that an inspection attests by its sentences, each with its polarity.

    >>> state_of("The quality of plans.", [("strength", "Plans are clear.")])
    'improved'
    >>> state_of("The quality of plans.", [("strength", "Plans are reviewed in a timely way.")])
    'partly'
    >>> state_of("The quality of plans.", [("strength", "Plans are clear."), ("concern", "Reviews of them are not.")])
    'partly'
    """
    views = {PARTLY if _is_partial(asked, polarity, text) else polarity for polarity, text in later}
    if views == {"strength"}:
        return IMPROVED
    return AGAIN if views == {"concern"} else PARTLY


def _is_partial(asked: str, polarity: str, text: str) -> bool:
    """Tell if a sentence speaks of a part of what was asked, or praises another side of it than the one asked about."""
    if polarity in _HEDGED and _HEDGED[polarity].search(text):
        return True
    if polarity != "strength":
        return False
    parts, said = parts_asked(asked), content_words(text)
    of_few_parts = 2 * sum(not part.isdisjoint(said) for part in parts) <= len(parts)
    return of_few_parts or any(side.search(text) and not side.search(asked) for side in _SIDES)


def ledger_rows(rows: Iterable[Mapping[str, Any]], values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of the ledger, from all that inspections say of each council.

    Args:
        rows: findings, as `questions/improvement-ledger.cypher` returns them.
        values: of the question's parameters: ``state`` and ``show``.
    """
    by_authority: dict[str, list[Said]] = defaultdict(list)
    for row in rows:
        statement = Statement(" ".join(row["text"].split()), tuple(row["concepts"]), tuple(row["things"]), row["send"])
        fields = {key: value for key, value in row.items() if key not in ("text", "concepts", "things", "send")}
        by_authority[row["authority"]].append(Said(**fields, statement=statement))
    every = values["show"] == "all"
    ledger = (row for said in by_authority.values() for row in _rows_of(_join_requests(said), every=every))
    return [row for row in ledger if values["state"] in (None, row["state"])]


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
            and 0 <= finding.start - before.end <= MAX_GAP
            and goes_on(finding.statement.text)
            and finding.polarity != "strength"
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


def _rows_of(said: Sequence[Said], *, every: bool) -> Iterator[dict[str, Any]]:
    """Rows of one council, the latest requests first; of the later inspections ``every`` one, or the latest."""
    matcher = Matcher(finding.statement.text for finding in said if finding.has_words)
    rated = [finding for finding in said if finding.polarity != "neutral"]
    about: dict[str, list[Said]] = defaultdict(list)
    for finding in rated:
        for concept in finding.statement.concepts if finding.has_words else ():
            about[concept].append(finding)
    latest = max(finding.inspected for finding in said)
    latest_wordless = max((finding.inspected for finding in rated if not finding.has_words), default=date.min)
    for asked in said:
        if asked.kind not in ASKING or not asked.wanted:
            continue
        found: dict[date, list[tuple[Match, Said]]] = defaultdict(list)
        for later in _candidates(asked, about):
            match = matcher.match(asked.statement, later.statement)
            if match and (later.polarity != "strength" or is_sure_praise(match, later.statement.text)):
                found[later.inspected].append((match, later))
        for day in sorted(found, reverse=True)[: None if every else 1]:
            yield _row(asked, found[day])
        if not found:
            compared = asked.has_words and latest_wordless <= asked.inspected
            silent = SILENT if compared else NOT_COMPARED
            yield _silent_row(asked, NOT_INSPECTED if asked.inspected == latest else silent)


def _candidates(asked: Said, about: Mapping[str, Sequence[Said]]) -> Iterable[Said]:
    """Findings of later inspections that share a concept with a request, each once."""
    if not asked.has_words:
        return ()
    concepts = asked.statement.concepts
    shared = (later for concept in concepts for later in about.get(concept, ()) if later.inspected > asked.inspected)
    return {later.iri: later for later in shared}.values()


def is_sure_praise(match: Match, praise: str) -> bool:
    """Tell if praise is near enough to what was asked, and says itself what it praises."""
    return match.score >= MIN_PRAISE_SCORE and match.covered >= MIN_COVERED and not BACK_REFERENCE.match(praise)


def _row(asked: Said, pairs: Sequence[tuple[Match, Said]]) -> dict[str, Any]:
    ordered = sorted(pairs, key=lambda pair: (-pair[0].score, pair[1].iri))
    state = state_of(asked.statement.text, ((later.polarity, later.statement.text) for _, later in ordered))
    match, later = ordered[0]
    return {
        **_asked_columns(asked, state),
        "later": later.statement.text,
        "later_polarity": later.polarity,
        "later_inspected": later.inspected,
        "later_document": later.document,
        "later_page": later.page,
        "later_paragraph": later.paragraph,
        "sentences": len(ordered),
        "score": match.score,
        "reasons": "; ".join(match.reasons),
        "evidence": [asked.iri, *(said.iri for _, said in ordered), *asked.more],
    }


def _silent_row(asked: Said, state: str) -> dict[str, Any]:
    later = ("later", "later_polarity", "later_inspected", "later_document", "later_page", "later_paragraph")
    empty = dict.fromkeys(later)
    return {**_asked_columns(asked, state), **empty, "sentences": 0, "score": None, "reasons": None,
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
