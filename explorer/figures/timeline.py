"""Judgements through time: an area a row, an inspection a column, and a line wherever the framework changed."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from caregraph.explorer.figures.dom import Tree, link, tag
from caregraph.explorer.labels import day, sentence_case, value
from caregraph.explorer.network.node_style import GRADES, area_order
from caregraph.explorer.state.links import address_of
from caregraph.graph.queries.judgements import InspectionSummary

NO_GRADES = "no grades"


def timeline(visits: Sequence[InspectionSummary], proof: Callable[[str], str]) -> Tree:
    """The table of a council's inspections, the latest first, those without a date last.

    Args:
        proof: the address at which a judgement, by its IRI, shows its words.
    """
    columns = sorted(visits, key=lambda visit: visit.started or "", reverse=True)
    breaks = framework_breaks(columns)
    areas = sorted({one.area for visit in columns for one in visit.grades}, key=area_order)
    head = tag("thead", _frameworks(columns, breaks), _inspections(columns, breaks))
    body = tag("tbody", *(_row(area, columns, breaks, proof) for area in areas))
    caption = "Grades by area and inspection, the latest first"
    return tag(
        "div",
        tag("table", tag("caption", caption), head, body),
        class_="table timeline", tabindex="0", role="region", aria_label=caption,
    )  # fmt: skip


def framework_breaks(columns: Sequence[InspectionSummary]) -> set[int]:
    """The numbers of the columns that give grades under another framework than the last one with grades before them.

    Visits without grades break nothing: they stand in between.
    """
    found, before = set(), None
    for number, visit in enumerate(columns):
        if visit.grades:
            now = _framework(visit)
            if before is not None and now != before:
                found.add(number)
            before = now
    return found


def _framework(visit: InspectionSummary) -> str:
    if visit.framework:
        return visit.framework.name
    return value("kind", visit.kind) if visit.kind else "framework not told"


def _frameworks(columns: Sequence[InspectionSummary], breaks: set[int]) -> Tree:
    cells = []
    for name, run in groupby(range(len(columns)), key=lambda number: _framework(columns[number])):
        numbers = list(run)
        cells.append(
            tag(
                "th",
                sentence_case(name),
                scope="colgroup",
                colspan=len(numbers),
                class_="break" if numbers[0] in breaks else None,
            )
        )
    return tag("tr", tag("th", "Framework", scope="row"), *cells)


def _inspections(columns: Sequence[InspectionSummary], breaks: set[int]) -> Tree:
    cells = []
    for number, visit in enumerate(columns):
        when = day(visit.started) or "no date"
        cells.append(
            tag(
                "th",
                link(when, address_of(visit.document)) if visit.document else when,
                tag("small", NO_GRADES) if not visit.grades else None,
                scope="col",
                class_="break" if number in breaks else None,
            )
        )
    return tag("tr", tag("th", "Inspection began", scope="row"), *cells)


def _row(area: str, columns: Sequence[InspectionSummary], breaks: set[int], proof: Callable[[str], str]) -> Tree:
    cells = []
    for number, visit in enumerate(columns):
        given = next((one for one in visit.grades if one.area == area), None)
        chip = None
        if given:
            chip = link_to_grade(given.grade, proof(given.judgement))
        cells.append(tag("td", chip, class_="break" if number in breaks else None))
    return tag("tr", tag("th", value("area", area), scope="row"), *cells)


def link_to_grade(grade: str, address: str | None, *, words: str | None = None) -> Tree:
    """A grade as a letter on its colour and in words, or with other words where a key says what the letter means."""
    name = sentence_case(value("grade", grade))
    return tag(
        "a" if address else "span",
        tag("i", GRADES.get(grade, "?"), class_=f"tile grade-{grade}", aria_hidden="true"),
        words or name,
        class_="grade",
        href=address,
        aria_label=f"{name}, {words}" if words else None,
        title=name if words else None,
    )


def key(grades: Iterable[str]) -> Tree:
    """What the letters of these grades mean."""
    shown = sorted(set(grades), key=lambda grade: list(GRADES).index(grade) if grade in GRADES else len(GRADES))
    return tag("ul", *(tag("li", link_to_grade(grade, None)) for grade in shown), class_="key")
