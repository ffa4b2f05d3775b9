"""Judgements over time, and strengths and concerns side by side."""

from dataclasses import replace

import pytest

from caregraph.explorer.figures.bars import BarRow, polarity_bars
from caregraph.explorer.figures.timeline import NOT_GRADED, framework_breaks, timeline
from caregraph.graph.queries.judgements import AreaGrade, InspectionSummary
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.polarity_counts import PolarityCounts

COUNCIL = Node("https://w3id.org/caregraph/id/authority/E99000001", "Ashmere", "LocalAuthority")


def visit(year: int, framework: str, **grades: str) -> InspectionSummary:
    return InspectionSummary(
        node=Node(f"i{year}", f"{framework} {year}", "Inspection"), authority=COUNCIL, kind=None,
        framework=Node(framework, framework, "Framework"), started=f"{year}-05-01", ended=None, document=None,
        grades=tuple(AreaGrade(area, grade, f"j{year}-{area}") for area, grade in grades.items()),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        ([], set()),
        ([visit(2016, "old", overall="good")], set()),
        ([visit(2016, "old", overall="good"), visit(2019, "new", overall="good")], {1}),
        # A visit without grades stands between them and is no break.
        ([visit(2016, "old", overall="good"), visit(2018, "letter"), visit(2019, "new", overall="good")], {2}),
        ([visit(2019, "new", overall="good"), visit(2020, "letter"), visit(2022, "new", overall="good")], set()),
    ],
)
def test_break_is_where_grades_change_their_framework(visits, expected):
    assert framework_breaks(visits) == expected


def test_timeline_begins_with_the_latest_and_ends_with_what_has_no_date():
    undated = replace(visit(2024, "news", overall="good"), started=None)
    visits = [visit(2016, "old", overall="good"), undated, visit(2020, "letter")]
    drawn = str(timeline(visits, lambda iri: f"authority?x={iri}"))

    assert (
        drawn.index("1 May 2020") < drawn.index("no grades") < drawn.index("1 May 2016") < drawn.index("Date not given")
    )
    assert "'href': 'authority?x=j2016-overall'" in drawn
    assert "'G'" in drawn


def test_timeline_says_which_grades_the_latest_full_inspection_does_not_give():
    visits = [
        replace(visit(2022, "ilacs", overall="good", adoption="good"), kind="ilacs"),
        replace(visit(2026, "ilacs", leaders="good"), kind="ilacs"),
        replace(visit(2027, "area SEND", outcome="positive"), kind="area-send"),
    ]
    drawn = str(timeline(visits, lambda iri: "authority"))

    assert drawn.count(NOT_GRADED) == 2  # overall and adoption, in the inspection of 2026


def test_bars_share_one_scale_and_lead_to_what_was_counted():
    rows = [
        BarRow(name="a", counts=PolarityCounts(10, 5), strengths="findings?s", concerns="findings?c"),
        BarRow(
            name="b",
            counts=PolarityCounts(0, 20),
            strengths="findings?s",
            concerns="findings?d",
            peers=PolarityCounts(1, 1),
        ),
    ]
    drawn = str(polarity_bars("Findings", "Topic", rows, peers="neighbours"))

    assert "'set-share': '0.500'" in drawn
    assert "'set-share': '1.000'" in drawn
    assert drawn.count("findings?s") == 1  # nothing to see where nothing was counted
    assert "67% of 15" in drawn
    assert "0% of 20 / 50% of 2" in drawn
    assert "'set-share': '0.000'" in str(
        polarity_bars("Findings", "Topic", [BarRow(name="a", counts=PolarityCounts())])
    )
