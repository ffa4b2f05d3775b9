"""Councils in the network by their latest grade."""

import pytest

from caregraph.explorer.network.grades import with_grades
from caregraph.explorer.network.network import vis_network_data
from caregraph.explorer.network.node_style import GRADE_COLOURS, STYLES, legend_entry
from caregraph.graph.queries.comparison.grade_status import CURRENT, OLDER, UNDATED
from caregraph.graph.queries.judgements import LatestJudgement
from caregraph.graph.queries.nodes import Node

COUNCIL, AGENCY = Node("a", "Ashmere", "LocalAuthority"), Node("b", "Farrowdale Alliance", "Agency")


def judged(grade: str, status: str = CURRENT, started: str | None = "2022-05-09") -> LatestJudgement:
    return LatestJudgement(
        authority=COUNCIL,
        judgement="j",
        area="overall",
        grade=grade,
        inspection="i",
        framework=None,
        kind="ilacs",
        started=started,
        status=status,
        newer_inspection=None,
    )


@pytest.mark.parametrize(
    ("latest", "words", "label", "colour"),
    [
        (judged("requires-improvement"), "requires improvement", "requires improvement 2022",
         GRADE_COLOURS["requires-improvement"]),
        (judged("good", OLDER), "good (older)", "good 2022 (older)", GRADE_COLOURS["good"]),
        (judged("good", UNDATED, None), "good (no date)", "good (no date)", GRADE_COLOURS["good"]),
        (None, "no grade", "no grade", "#8C8C8C"),
    ],
)  # fmt: skip
def test_council_has_the_colour_and_the_words_of_its_grade_outlined_if_not_the_latest(latest, words, label, colour):
    shown = with_grades([COUNCIL, AGENCY], {("a", "overall"): latest} if latest else {})

    name, style = legend_entry(shown[0])
    assert (name, style.colour, style.shape) == (f"council: {words}", colour, "dot")
    assert style.hollow == ("(" in words)
    assert legend_entry(shown[1]) == ("agency", STYLES["Agency"])
    rows = vis_network_data(shown, [], {"a": (0, 0), "b": (9, 9)})["nodes"]
    assert rows[0]["label"] == f"Ashmere\n{label}"
    assert rows[0]["hollow"] == style.hollow
    assert rows[1]["label"] == "Farrowdale Alliance"


def test_without_it_councils_have_the_colour_of_their_kind():
    assert legend_entry(COUNCIL) == ("council", STYLES["LocalAuthority"])
