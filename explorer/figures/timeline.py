"""Judgements over time: a row for each area, a column for each inspection, and a line where the framework changed."""

from collections.abc import Callable, Sequence
from itertools import groupby

from caregraph.explorer.figures.dom import Tree, node_link, tag
from caregraph.explorer.figures.grade_mark import grade_link
from caregraph.explorer.labels import NO_DATE, format_day, scheme_label, scheme_order
from caregraph.graph.queries.comparison.as_at import FULL_INSPECTIONS
from caregraph.graph.queries.judgements import InspectionSummary
from caregraph.graph.wording import sentence_case

NO_GRADES = "no grades"
NOT_GRADED = "no grade"  # for an area that a full inspection before the latest judged


def timeline(visits: Sequence[InspectionSummary], evidence_address: Callable[[str], str]) -> Tree:
    """Table of a council's inspections, the latest first, those without a date last.

    Args:
        evidence_address: gives the address at which a judgement, by its IRI, shows its words.
    """
    columns = sorted(visits, key=lambda visit: visit.started or "", reverse=True)
    breaks = framework_breaks(columns)
    areas = sorted(
        {grade.area for visit in columns for grade in visit.grades}, key=lambda area: scheme_order("area", area)
    )
    head = tag("thead", _framework_row(columns, breaks), _inspection_row(columns, breaks))
    body = tag("tbody", *(_area_row(area, columns, breaks, evidence_address) for area in areas))
    caption = "Grades by judgement and inspection, the latest first"
    return tag(
        "div",
        tag("table", tag("caption", caption), head, body),
        class_="table timeline", tabindex="0", role="region", aria_label=caption,
    )  # fmt: skip


def framework_breaks(columns: Sequence[InspectionSummary]) -> set[int]:
    """Numbers of the columns whose framework differs from that of the last column with grades before them.

    Visits without grades break nothing.
    """
    breaks, before = set(), None
    for number, visit in enumerate(columns):
        if visit.grades:
            framework = _framework_name(visit)
            if before is not None and framework != before:
                breaks.add(number)
            before = framework
    return breaks


def _framework_name(visit: InspectionSummary) -> str:
    if visit.framework:
        return visit.framework.name
    return scheme_label("kind", visit.kind) if visit.kind else "framework not stated"


def _framework_row(columns: Sequence[InspectionSummary], breaks: set[int]) -> Tree:
    cells = []
    for name, run in groupby(range(len(columns)), key=lambda number: _framework_name(columns[number])):
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


def _inspection_row(columns: Sequence[InspectionSummary], breaks: set[int]) -> Tree:
    cells = []
    for number, visit in enumerate(columns):
        day = format_day(visit.started) or NO_DATE
        cells.append(
            tag(
                "th",
                node_link(visit.document, day) if visit.document else day,
                tag("small", NO_GRADES) if not visit.grades else None,
                scope="col",
                class_="break" if number in breaks else None,
            )
        )
    return tag("tr", tag("th", "Inspection started", scope="row"), *cells)


def _area_row(
    area: str, columns: Sequence[InspectionSummary], breaks: set[int], evidence_address: Callable[[str], str]
) -> Tree:
    cells = []
    full = [visit for visit in columns if visit.kind in FULL_INSPECTIONS and visit.grades]
    judged = any(grade.area == area for visit in full for grade in visit.grades)
    for number, visit in enumerate(columns):
        grade = next((grade for grade in visit.grades if grade.area == area), None)
        link = grade_link(grade.grade, evidence_address(grade.judgement)) if grade else None
        silent = tag("small", NOT_GRADED) if judged and visit is full[0] and not grade else None
        cells.append(tag("td", link, silent, class_="break" if number in breaks else None))
    return tag("tr", tag("th", scheme_label("area", area), scope="row"), *cells)
