"""Improvement ledger: what became of each thing that an inspection asked of a council.

A row is a recommendation, a priority action or an area for improvement, and one later inspection that speaks of the
same matter. Each later inspection keeps its row: what a newer report says takes nothing of an older one away.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from caregraph.graph.improvement.matching import Match, Matcher, Statement

IMPROVED, PARTLY, AGAIN = "improved", "partly", "again a concern"
SILENT, NOT_INSPECTED = "not spoken of since", "not inspected since"
NOT_COMPARED = "words not fetched"  # of the report that asked, or of a later one; so nothing can be said
STATES = (IMPROVED, PARTLY, AGAIN, SILENT, NOT_INSPECTED, NOT_COMPARED)
ASKING = frozenset({"recommendation", "priority-action", "area-for-improvement"})  # kinds of finding
MIN_PRAISE_SCORE = 0.44  # of a strength: to say wrongly that a matter has improved is worse than to say nothing
# Praise of a part, of a beginning or by the staff themselves is no full improvement; nor is a concern for a few full.
_HEDGED = {
    "strength": re.compile(
        r"\b(?:(?<!not )some (?:young people|children|social workers|staff|teams?|families|plans|care leavers)|for some"
        r"|in some|some improvements?|a few|being developed|(?:has|have) begun|beginning to|early stages?"
        r"|early signs|starting to|(?:is|are) improving|(?:is|are) acting to|being prioritised|plans? to"
        r"|too (?:soon|early)|reported by|report that)\b",
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
    asks about other concepts, and ``has_words`` where only the place of its words is known.
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
    statement: Statement


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
    return polarity == "strength" and any(side.search(text) and not side.search(asked) for side in _SIDES)


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
    ledger = (row for said in by_authority.values() for row in _rows_of(said, every=values["show"] == "all"))
    return [row for row in ledger if values["state"] in (None, row["state"])]


def _rows_of(said: Sequence[Said], *, every: bool) -> Iterator[dict[str, Any]]:
    """Rows of one council, the latest requests first; of the later inspections ``every`` one, or the latest."""
    matcher = Matcher(finding.statement.text for finding in said if finding.has_words)
    days = sorted({finding.inspected for finding in said})
    rated = [finding for finding in said if finding.polarity != "neutral"]
    for asked in said:
        if asked.kind not in ASKING or not asked.wanted:
            continue
        found: dict[date, list[tuple[Match, Said]]] = defaultdict(list)
        silent = SILENT
        for later in rated:
            if later.inspected <= asked.inspected:
                continue
            if not (asked.has_words and later.has_words):
                silent = NOT_COMPARED
                continue
            match = matcher.match(asked.statement, later.statement)
            if match and (later.polarity != "strength" or match.score >= MIN_PRAISE_SCORE):
                found[later.inspected].append((match, later))
        for day in sorted(found, reverse=True)[: None if every else 1]:
            yield _row(asked, found[day])
        if not found:
            yield _silent_row(asked, NOT_INSPECTED if asked.inspected == days[-1] else silent)


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
        "evidence": [asked.iri, *(said.iri for _, said in ordered)],
    }


def _silent_row(asked: Said, state: str) -> dict[str, Any]:
    later = ("later", "later_polarity", "later_inspected", "later_document", "later_page", "later_paragraph")
    empty = dict.fromkeys(later)
    return {**_asked_columns(asked, state), **empty, "sentences": 0, "score": None, "reasons": None,
            "evidence": [asked.iri]}  # fmt: skip


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
