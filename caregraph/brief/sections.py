"""Sections of a brief: what is asked of the graph for each purpose, and the parts that its answers make.

Nothing here is written by hand but labels, headings and notes: every sentence is a quotation with its citation or a
count with its question.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from caregraph.brief.answers import (
    Asker,
    Brief,
    count_of,
    finished_brief,
    older_grades,
    open_requests,
    quoted_rows,
    requests_in,
)
from caregraph.brief.blocks import Block, Part, Table, quotation_of
from caregraph.graph.improvement.states import (
    AGAIN,
    IMPROVED,
    MENTIONED,
    NOT_INSPECTED,
    PARTLY,
    PERHAPS,
    PRAISED,
    SILENT,
)
from caregraph.graph.queries.questions import LEDGER
from caregraph.graph.wording import sentence_case
from caregraph.ontology.errors import BadQuestion

PURPOSES = ("visit", "challenge", "board")
MOST_TOPICS, MOST_QUOTATIONS, MOST_NEIGHBOURS, MOST_THINGS = 6, 3, 3, 12
LEDGER_QUOTATIONS = 8  # of each state
TITLES = {
    "visit": "Brief for a visit",
    "challenge": "Brief for a peer challenge",
    "board": "Brief for an improvement board",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """Council, topic and purpose of a brief; ``theme`` may be missing."""

    authority: str
    purpose: str
    theme: str | None

    @property
    def values(self) -> dict[str, str]:
        """Parameters that most questions about the subject have."""
        return {"authority": self.authority} | ({"concept": self.theme} if self.theme else {})


def make_brief(graph: Asker, *, authority: str, purpose: str = "visit", theme: str | None = None) -> Brief:
    """Make the brief on a council.

    Args:
        purpose: one of `PURPOSES`; it decides which sections there are, and their order.
        theme: a concept to which findings are narrowed.

    Raises:
        BadQuestion: if the purpose, the council or the theme is unknown, or no report on the council was read.
    """
    if purpose not in PURPOSES:
        raise BadQuestion(f"no purpose called {purpose!r}; expected one of {', '.join(PURPOSES)}")
    inspections = graph.ask("inspections", authority=authority)
    if not inspections:
        raise BadQuestion(f"no inspection of {authority} was read, so there is nothing to quote")
    subject = Subject(inspections[0]["authority"], purpose, theme)
    parts = [part for section in SECTIONS[purpose] for part in section(graph, subject)]
    recipe = {"authority": subject.authority, "for": purpose} | ({"theme": theme} if theme else {})
    return finished_brief(f"{TITLES[purpose]}: {subject.authority}", parts, recipe)


def _count(graph: Asker, label: str, question: str, **values: str) -> Block:
    return count_of(label, graph.ask(question, **values), question, **values)


def _grades(graph: Asker, subject: Subject) -> Iterator[Part]:
    yield Block("heading", "Grades, and where the framework changed")
    yield _count(graph, "Inspections and visits that were read", "inspections", authority=subject.authority)
    rows = graph.ask("judgements-over-time", authority=subject.authority)
    yield count_of("Grades that were given", rows, "judgements-over-time", authority=subject.authority)
    if rows:
        cells = []
        for row in sorted(
            quoted_rows(rows), key=lambda row: (-row["started"].toordinal() if row["started"] else 0, row["area"])
        ):
            quoted = quotation_of(row, subject.authority, fact=f"{row['area']} {row['grade']}").line()
            day = row["started"].isoformat() if row["started"] else "no day"
            cells.append((day, row["framework"] or "no framework", quoted))
        yield Table(
            "Grades by inspection", ("Inspection began", "Framework", "Words that give the grade"), tuple(cells)
        )
    yield from older_grades(rows, named=False)
    frameworks = list(dict.fromkeys(row["framework"] for row in rows if row["framework"]))
    if len(frameworks) > 1:
        yield Block("note", f"Do not compare grades across frameworks: {', '.join(frameworks)}.")


def _ledger(graph: Asker, subject: Subject, states: Sequence[str]) -> Iterator[Part]:
    yield Block("heading", "What must improve, and what became of it")
    ledger = graph.ask(LEDGER, **subject.values)
    yield count_of("Asked for in all", ledger, LEDGER, **subject.values)
    for state in states:
        rows = [row for row in ledger if row["state"] == state]
        yield from requests_in(state, ledger, quoted_rows(rows, LEDGER_QUOTATIONS), subject.values)


def _topics(graph: Asker, subject: Subject) -> list[str]:
    rows = graph.ask("concepts-of", authority=subject.authority)
    return [subject.theme] if subject.theme else [row["concept"] for row in rows[:MOST_TOPICS]]


def _findings(graph: Asker, subject: Subject, polarities: Sequence[str]) -> Iterator[Part]:
    yield Block("heading", "Strengths and concerns by topic")
    for topic in _topics(graph, subject):
        yield Block("subheading", sentence_case(topic))
        for polarity in polarities:
            values = {"authority": subject.authority, "concept": topic, "polarity": polarity}
            rows = graph.ask("strengths-and-concerns", **values)
            label = f"Findings on {topic} that are a {polarity}"
            yield count_of(label, rows, "strengths-and-concerns", **values)
            for row in quoted_rows(rows, MOST_QUOTATIONS):
                yield Block("quotation", quotation_of(row, subject.authority, fact=polarity).line())


def _neighbours(graph: Asker, subject: Subject) -> Iterator[Part]:
    yield Block("heading", "Who does well nearby, and how")
    for topic in _topics(graph, subject):
        rows = graph.ask("who-near-us-does-well", authority=subject.authority, concept=topic)
        yield Block("subheading", f"{sentence_case(topic)}, among statistical neighbours")
        label = f"Strengths on {topic} in reports on neighbours"
        yield count_of(label, rows, "who-near-us-does-well", authority=subject.authority, concept=topic)
        first = {row["neighbour"]: row for row in reversed(quoted_rows(rows))}  # the first row of each
        nearest = sorted(first.values(), key=lambda row: row["rank"])[:MOST_NEIGHBOURS]
        for row in nearest:
            yield Block("quotation", quotation_of(row, row["neighbour"], fact="strength").line())


def _services(graph: Asker, subject: Subject) -> Iterator[Part]:
    yield Block("heading", "Shared services, and what each report says")
    yield _count(graph, "Named services and agencies", "services-of", authority=subject.authority)
    rows = [row for row in graph.ask("services-of", authority=subject.authority) if row["scope"] == "regional"]
    for row in rows[:MOST_THINGS]:
        yield Block("subheading", row["thing"])
        said = graph.ask("what-is-said-of", thing=row["thing"], authority=subject.authority)
        label = f"Findings on {row['thing']}"
        yield count_of(label, said, "what-is-said-of", thing=row["thing"], authority=subject.authority)
        for finding in quoted_rows(said, MOST_QUOTATIONS):
            yield Block("quotation", quotation_of(finding, subject.authority, fact=finding["polarity"]).line())


def _unknown(graph: Asker, subject: Subject) -> Iterator[Part]:
    """What is not known: not said, not read, not inspected, each by its name."""
    yield Block("heading", "What is not known")
    yield from open_requests(graph.ask(LEDGER, **subject.values), subject.values)
    label = "Not said: topics of most other reports that the latest report leaves out"
    yield _count(graph, label, "concepts-left-out", authority=subject.authority)
    neighbours = graph.ask("neighbours", authority=subject.authority)
    unread = [row["neighbour"] for row in neighbours if not row["reports"]]
    yield count_of("Statistical neighbours that are listed", neighbours, "neighbours", authority=subject.authority)
    if unread:
        yield Block("note", f"Not read: no report was read on these neighbours: {', '.join(unread)}.")


Section = Callable[[Asker, Subject], Iterator[Part]]
SECTIONS: Mapping[str, tuple[Section, ...]] = {
    "visit": (
        _grades,
        lambda graph, subject: _ledger(graph, subject, (AGAIN, PARTLY, MENTIONED, PERHAPS, SILENT, NOT_INSPECTED)),
        lambda graph, subject: _findings(graph, subject, ("concern", "strength")),
        _services,
        _unknown,
    ),
    "challenge": (
        _grades,
        lambda graph, subject: _findings(graph, subject, ("strength", "concern")),
        _neighbours,
        lambda graph, subject: _ledger(graph, subject, (AGAIN, PARTLY, PRAISED, IMPROVED)),
        _unknown,
    ),
    "board": (
        _grades,
        lambda graph, subject: _ledger(
            graph, subject, (IMPROVED, PRAISED, PARTLY, AGAIN, MENTIONED, PERHAPS, SILENT, NOT_INSPECTED)
        ),
        _services,
        _unknown,
    ),
}
