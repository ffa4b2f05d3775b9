"""Brief on a region: grades of its councils, what was asked of whom, what they share, and what is not known."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby

from caregraph.brief.answers import (
    STATE_HEADINGS,
    Asker,
    Brief,
    Rows,
    count_of,
    finished_brief,
    older_grades,
    open_requests,
    quoted_rows,
    requests_in,
)
from caregraph.brief.blocks import Block, Part, Table, quotation_of
from caregraph.graph.improvement.states import AGAIN, TOLD
from caregraph.graph.queries.questions import LEDGER
from caregraph.graph.wording import sentence_case
from caregraph.ontology.errors import BadQuestion

GRADES = ("outstanding", "good", "requires-improvement", "inadequate")
SILENT_MEMBER = "expected but silent"
LEDGER_QUOTATIONS, MOST_THINGS, MOST_QUOTATIONS = 8, 12, 3


def make_region_brief(graph: Asker, *, region: str, theme: str | None = None) -> Brief:
    """Make the brief on a region.

    Args:
        theme: a concept to which requests are narrowed, and of which the brief has strengths and concerns.

    Raises:
        BadQuestion: if the region or the theme is unknown, or no report on its councils was read.
    """
    coverage = graph.ask("coverage", region=region)
    if not coverage or not coverage[0]["reports"]:
        raise BadQuestion(f"no report on a council of {region} was read, so there is nothing to quote")
    region = coverage[0]["region"]
    values = {"region": region} | ({"concept": theme} if theme else {})
    ledger = graph.ask(LEDGER, **values)
    parts = [
        *_grades(graph, region),
        *_asked(ledger, values, theme),
        *(_theme(graph, region, theme) if theme else ()),
        *_shared(graph, region),
        *_unknown(graph, region, coverage, open_requests(ledger, values)),
    ]
    return finished_brief(
        f"Brief on a region: {region}", parts, {"region": region} | ({"theme": theme} if theme else {})
    )


def _grades(graph: Asker, region: str) -> Iterator[Part]:
    """Latest overall grade of each council, with the words that give it."""
    yield Block("heading", "Grades of its councils")
    rows = graph.ask("latest-grades", area="overall", region=region)
    yield count_of("Councils with an overall grade that was read", rows, "latest-grades", area="overall", region=region)
    for grade in GRADES:
        given = [row for row in rows if row["grade"] == grade]
        label = f"Councils whose latest overall grade is {grade.replace('-', ' ')}"
        yield count_of(label, given, "latest-grades", area="overall", grade=grade, region=region)
    cells = tuple(
        (
            row["authority"],
            row["inspected"].isoformat() if row["inspected"] else "no day",
            row["framework"] or "no framework",
            quotation_of(row, row["authority"], fact=f"overall {row['grade']}").line(),
        )
        for row in sorted(quoted_rows(rows), key=lambda row: row["authority"])
    )
    if cells:
        head = ("Council", "Inspection began", "Framework", "Words that give the grade")
        yield Table("Latest overall grade of each council", head, cells)
    yield from older_grades([{**row, "area": "overall", "started": row["inspected"]} for row in rows], named=True)
    frameworks = sorted({row["framework"] for row in rows if row["framework"]})
    if len(frameworks) > 1:
        yield Block("note", f"Do not compare grades across frameworks: {', '.join(frameworks)}.")


def _asked(ledger: Rows, values: Mapping[str, str], theme: str | None) -> Iterator[Part]:
    """What was asked of whom, and what became of it: by state, then council by council."""
    yield Block("heading", "What was asked of whom, and what became of it")
    yield count_of("Requests to all its councils", ledger, LEDGER, **values)
    for state in (state for state in STATE_HEADINGS if state in TOLD):
        rows = quoted_rows([row for row in ledger if row["state"] == state])
        yield from requests_in(state, ledger, _of_each_council(rows)[:LEDGER_QUOTATIONS], values)
    yield Block("subheading", "Council by council")
    for authority, group in groupby(sorted(ledger, key=_council), key=_council):
        rows = list(group)
        own = {"authority": authority} | ({"concept": theme} if theme else {})
        yield count_of(f"Requests to {authority}", rows, LEDGER, **own)
        again = [row for row in rows if row["state"] == AGAIN]
        yield count_of(f"Requests to {authority} that are {AGAIN}", again, LEDGER, **own, state=AGAIN)


def _council(row: Mapping[str, str]) -> str:
    return row["authority"]


def _of_each_council(rows: Rows) -> Rows:
    """Rows in another order: the first of each council, then the second of each, and so on."""
    seen: dict[str, int] = {}
    turns = []
    for row in rows:
        seen[row["authority"]] = seen.get(row["authority"], 0) + 1
        turns.append((seen[row["authority"]], row))
    return [row for _, row in sorted(turns, key=lambda turn: turn[0])]


def _theme(graph: Asker, region: str, theme: str) -> Iterator[Part]:
    yield Block("heading", f"Strengths and concerns: {sentence_case(theme)}")
    for polarity in ("strength", "concern"):
        values = {"concept": theme, "polarity": polarity, "region": region}
        rows = graph.ask("strengths-and-concerns", **values)
        yield count_of(f"Findings on {theme} that are a {polarity}", rows, "strengths-and-concerns", **values)
        for row in _of_each_council(quoted_rows(rows))[:LEDGER_QUOTATIONS]:
            yield Block("quotation", quotation_of(row, row["authority"], fact=polarity).line())


def _shared(graph: Asker, region: str) -> Iterator[Part]:
    """Regional agencies and services that its councils share, and what reports on each of them say."""
    yield Block("heading", "What its councils share, and what is said of it")
    values = {"region": region, "scope": "regional"}
    rows = graph.ask("shared-services", **values)
    label = "Councils of the region that share something of the region, one for each council and thing"
    yield count_of(label, rows, "shared-services", **values)
    members = Counter(row["thing"] for row in rows)
    for name in sorted(members, key=lambda name: (-members[name], name))[:MOST_THINGS]:
        of_thing = [row for row in rows if row["thing"] == name]
        yield Block("subheading", name)
        label = f"Councils of the region that share {name}"
        yield count_of(label, of_thing, "shared-services", thing=name, **values)
        said = graph.ask("what-is-said-of", thing=name)
        yield count_of(f"Findings on {name}, wherever they are made", said, "what-is-said-of", thing=name)
        for row in _of_each_council(quoted_rows(said))[:MOST_QUOTATIONS]:
            yield Block("quotation", quotation_of(row, row["authority"], fact=row["polarity"]).line())


def _unknown(graph: Asker, region: str, coverage: Rows, open_counts: Iterator[Block]) -> Iterator[Part]:
    """What is not known: not read, not sure, not found, not inspected, not said, each by its name."""
    yield Block("heading", "What is not known")
    councils = graph.ask("authorities", region=region)
    yield count_of("Councils on which a report was read", councils, "authorities", region=region)
    unread = [name for row in coverage for name in row["without"]]
    if unread:
        yield Block("note", f"Not read: no report was read on {', '.join(sorted(unread))}.")
    yield from open_counts
    members = graph.ask("silent-members", region=region)
    label = "Members and users of shared agencies, with what reports say of each"
    yield count_of(label, members, "silent-members", region=region)
    for thing in dict.fromkeys(row["thing"] for row in members):
        silent = [row["authority"] for row in members if row["thing"] == thing and row["finding"] == SILENT_MEMBER]
        if silent:
            said = f"a list has these councils as members of {thing}, and no report on them names it"
            yield Block("note", f"Not said: {said}: {', '.join(silent)}.")
