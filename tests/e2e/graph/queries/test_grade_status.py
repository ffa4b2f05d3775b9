"""Whether a grade is that of the latest full inspection, over small graphs and over the samples' graph."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from caregraph.graph.neo4j.payload import EdgeRow, GraphRows, NodeRow
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries import judgements
from caregraph.graph.queries.comparison.grade_status import CURRENT, NOT_READ, OLDER, REPLACED, UNDATED
from caregraph.graph.queries.questions import answer_question, load_questions
from caregraph.graph.server import launcher
from caregraph.ontology.iris import document_iri, thing_iri

COUNCIL = thing_iri("authority", "E99000001")
QUESTIONS = load_questions()
GOOD, WEAK = {"overall": "good", "leaders": "good"}, {"overall": "inadequate"}
NO_OVERALL = {"leaders": "outstanding"}


def graph_of(inspections):
    """Rows of a council and its inspections, each by its kind, first day or None, and grades by area."""
    graph = document_iri("ab12")
    document = NodeRow("Document", graph, {"name": "a report", "source": "a.pdf"}, own=True)
    nodes, edges = [document, NodeRow("LocalAuthority", COUNCIL, {"name": "Ashmere"})], []
    for number, (kind, day, grades) in enumerate(inspections):
        inspection = thing_iri("inspection", f"ab12-{number}")
        dated = {"started": date.fromisoformat(day)} if day else {}
        nodes.append(NodeRow("Inspection", inspection, {"name": f"an inspection {number}", "kind": kind, **dated}))
        edges.append(EdgeRow("INSPECTED", inspection, COUNCIL))
        for area, grade in grades.items():
            judgement = thing_iri("judgement", f"ab12-{number}-{area}")
            nodes.append(NodeRow("Judgement", judgement, {"name": area, "area": area, "grade": grade}))
            edges.append(EdgeRow("GAVE", inspection, judgement))
    return GraphRows(graph, tuple(nodes), tuple(edges))


@pytest.mark.parametrize(
    ("inspections", "area", "expected"),
    [
        ([("ilacs", "2022-12-05", WEAK)], "overall", ("inadequate", CURRENT, None)),
        # A full inspection since then gave no grade for the area.
        (
            [("ilacs", "2022-12-05", WEAK), ("ilacs", "2026-06-15", NO_OVERALL)],
            "overall",
            ("inadequate", OLDER, "2026-06-15"),
        ),
        (
            [("ilacs", "2022-12-05", WEAK), ("ilacs", "2026-06-15", NO_OVERALL)],
            "leaders",
            ("outstanding", CURRENT, None),
        ),
        # One whose grades could not be read makes it no less old.
        ([("sif", "2016-02-01", GOOD), ("ilacs", "2021-02-01", {})], "overall", ("good", NOT_READ, "2021-02-01")),
        # The latest of several is named.
        (
            [("sif", "2014-02-01", {"adoption": "good"}), ("ilacs", "2018-02-01", GOOD), ("ilacs", "2021-02-01", GOOD)],
            "adoption",
            ("good", OLDER, "2021-02-01"),
        ),
        # Visits and joint inspections give no grades, so they make none older.
        (
            [
                ("ilacs", "2022-12-05", WEAK), ("focused-visit", "2023-06-01", {}), ("jtai", "2024-06-01", {}),
                ("monitoring-visit", "2023-09-01", {}), ("area-send", "2025-06-01", {"outcome": "positive"}),
            ],
            "overall",
            ("inadequate", CURRENT, None),
        ),
        # Nor does a full inspection the outcome of an area SEND inspection, but another of these does.
        (
            [("area-send", "2023-06-01", {"outcome": "positive"}), ("ilacs", "2026-06-15", NO_OVERALL)],
            "outcome",
            ("positive", CURRENT, None),
        ),
        (
            [("area-send", "2023-06-01", {"outcome": "positive"}), ("area-send", "2026-06-15", {})],
            "outcome",
            ("positive", NOT_READ, "2026-06-15"),
        ),
        # Of a grade without a date nobody can say that it is the latest.
        ([("ilacs", None, GOOD)], "overall", ("good", UNDATED, None)),
        ([("ilacs", None, GOOD), ("ilacs", "2026-06-15", NO_OVERALL)], "overall", ("good", UNDATED, "2026-06-15")),
        ([("ilacs", "2022-12-05", WEAK), ("ilacs", None, GOOD)], "overall", ("inadequate", CURRENT, None)),
    ],
)  # fmt: skip
def test_grade_is_current_only_if_the_latest_full_inspection_gave_it(store, inspections, area, expected):
    store.load("1", graph_of(inspections))
    judged = judgements.latest_judgements(store, area)[COUNCIL]

    assert (judged.grade, judged.status, judged.newer_inspection) == expected
    assert judged.is_current == (expected[1] == CURRENT)
    assert judgements.latest_judgements_of(store, [COUNCIL])[COUNCIL, area] == judged
    [row] = answer_question(store, QUESTIONS["latest-grades"], area=area)
    newer = row["newer_inspection"] and row["newer_inspection"].isoformat()
    assert (row["grade"], row["status"], newer) == expected


def test_grade_is_current_as_of_a_day_before_the_newer_inspection(store):
    store.load("1", graph_of([("ilacs", "2022-12-05", WEAK), ("ilacs", "2026-06-15", NO_OVERALL)]))

    [row] = answer_question(store, QUESTIONS["latest-grades"], as_of="2026-06-14")
    assert (row["grade"], row["status"], row["newer_inspection"]) == ("inadequate", CURRENT, None)


def test_grades_over_time_say_which_were_replaced(store):
    store.load(
        "1", graph_of([("sif", "2016-02-01", GOOD), ("ilacs", "2022-12-05", WEAK), ("ilacs", "2026-06-15", NO_OVERALL)])
    )

    rows = answer_question(store, QUESTIONS["judgements-over-time"], authority="Ashmere")
    assert [(row["area"], row["started"].year, row["status"]) for row in rows] == [
        ("leaders", 2016, REPLACED),
        ("leaders", 2026, CURRENT),
        ("overall", 2016, REPLACED),
        ("overall", 2022, OLDER),
    ]


def test_framework_has_its_first_day_and_areas_in_order_whatever_inspection_is_undated(store):
    rows = graph_of([("ilacs", "2022-12-05", WEAK), ("ilacs", "2018-06-15", NO_OVERALL), ("ilacs", None, GOOD)])
    framework = NodeRow("Framework", thing_iri("framework", "ilacs"), {"name": "ILACS", "kind": "ilacs"})
    under = [EdgeRow("UNDER", node.iri, framework.iri) for node in rows.nodes if node.label == "Inspection"]
    store.load("1", GraphRows(rows.graph, (*rows.nodes, framework), (*rows.edges, *under)))

    [row] = answer_question(store, QUESTIONS["frameworks"])
    assert (row["first"], row["last"]) == (date(2018, 6, 15), date(2022, 12, 5))
    assert row["areas"] == ["leaders", "overall"]


@pytest.fixture(scope="module")
def samples(samples_graph: Path) -> Iterator[Neo4jStore]:
    with Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as store:
        yield store


def test_findings_of_inspections_without_the_grade_are_counted_apart(samples):
    rows = answer_question(samples, QUESTIONS["concepts-by-grade"], concept="help and protection")
    [silent] = [row for row in rows if row["grade"] is None]

    assert rows[-1] == silent
    assert silent["reports"] == 1  # Wexholme, inspected in June 2026
    every = answer_question(samples, QUESTIONS["concepts-by-grade"], concept="help and protection", counted="all")
    assert [row["reports"] for row in every if row["grade"] is None] == [1]  # no focused visit
