"""Answers of questions as parts of a brief: counts, quotations, the improvement ledger and what it leaves open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from caregraph.brief.blocks import Block, Count, Part, quotation_of, recipe_line
from caregraph.graph.improvement.states import (
    AGAIN,
    IMPROVED,
    MENTIONED,
    NOT_COMPARED,
    NOT_INSPECTED,
    PARTLY,
    PERHAPS,
    PRAISED,
    SILENT,
)
from caregraph.graph.queries.comparison.grade_status import NOT_READ, OLDER
from caregraph.graph.queries.questions import LEDGER
from caregraph.ontology.licence import attribution

STATE_HEADINGS = {
    AGAIN: "Asked for, and a concern again",
    PARTLY: "Asked for, and both praised and questioned since",
    IMPROVED: "Asked for, and improved",
    PRAISED: "Asked for, and praised since, in whole or in part",
    MENTIONED: "Asked for, and mentioned since",
    PERHAPS: "Asked for, and perhaps spoken of since: the nearest sentence",
    SILENT: "Asked for, and no later sentence found",
    NOT_INSPECTED: "Asked for at the latest inspection",
}
# States that leave open what became of a request, and what a brief says of each.
OPEN_STATES = {
    PERHAPS: "Not sure: requests with no sentence of a later report that surely speaks of them",
    SILENT: "Not found: requests to which no sentence of a later report is even near",
    NOT_INSPECTED: "Not inspected: requests with no later inspection that was read",
    NOT_COMPARED: "Not fetched: requests that no words of a later report can be compared with",
}
NOTE = (
    "Each sentence is a quotation of a report with its place, or a count with the question that gives it. caregraph "
    "verify finds each of them again. A program read the reports and can be wrong: read the page before you rely on it."
)

Rows = Sequence[Mapping[str, Any]]


class Asker(Protocol):
    """What answers named questions, as `caregraph.Graph` does."""

    def ask(self, question: str, **parameters: object) -> Rows: ...


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief: its title, and its parts in order."""

    title: str
    parts: tuple[Part, ...]


def finished_brief(title: str, parts: Sequence[Part], recipe: Mapping[str, str]) -> Brief:
    """Make a brief of its sections, with what any brief begins and ends with; the recipe says how to make it again."""
    source = (
        Block("heading", "Source"),
        Block("note", " ".join(attribution().split())),
        Block("recipe", recipe_line(recipe)),
    )
    return Brief(title, (Block("title", title), Block("note", NOTE), *parts, *source))


def count_of(label: str, rows: Rows, question: str, **values: str) -> Block:
    """Count of the rows of an answer, with the question that gives them."""
    return Block("count", Count(label, len(rows), question, values).line())


def quoted_rows(rows: Rows, most: int | None = None) -> list[Mapping[str, Any]]:
    """The first rows that have words of a report, with the page on which they stand."""
    return [row for row in rows if row["quotation"] and row["page"]][:most]


def requests_in(state: str, ledger: Rows, shown: Rows, values: Mapping[str, str]) -> Iterator[Part]:
    """Requests in a state: how many there are, and both sentences of those that are shown."""
    rows = [row for row in ledger if row["state"] == state]
    yield Block("subheading", STATE_HEADINGS[state])
    yield count_of(f"Requests that are {state}", rows, LEDGER, **values, state=state)
    for row in shown:
        yield Block("quotation", quotation_of(row, row["authority"]).line("Asked"))
        if row["later"] and row["later_page"]:
            later = quotation_of(row, row["authority"], prefix="later_", fact=row["later_polarity"])
            yield Block("quotation", later.line("Later"))


def open_requests(ledger: Rows, values: Mapping[str, str]) -> Iterator[Block]:
    """Counts of requests of which nobody can say what became of them, each silence by its name."""
    for state, label in OPEN_STATES.items():
        rows = [row for row in ledger if row["state"] == state]
        yield count_of(label, rows, LEDGER, **values, state=state)


def older_grades(rows: Rows, *, named: bool) -> Iterator[Block]:
    """Notes on grades that are older than the latest full inspection; ``named``: with the name of the council."""
    for row in rows:
        if row.get("status") in (OLDER, NOT_READ):
            words = f"{row['area']}: {row['grade']}".replace("-", " ")
            said = "gave no grade for it" if row["status"] == OLDER else "has no grade that was read"
            newer = f"The full inspection that began on {row['newer_inspection']} {said}."
            council = f"{row['authority']}, " if named else ""
            yield Block("note", f"Older than the latest: {council}{words}, inspection of {row['started']}. {newer}")
