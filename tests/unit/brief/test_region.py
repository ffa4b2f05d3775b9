"""Brief on a region: the councils take turns, each silence has its name, and a region without reports is refused."""

from datetime import date

import pytest

from caregraph.brief.blocks import lines_of, parse_count, parse_quotation
from caregraph.brief.region import make_region_brief
from caregraph.graph.improvement.states import AGAIN, NOT_INSPECTED
from caregraph.graph.queries.comparison.grade_status import OLDER
from caregraph.ontology.errors import BadQuestion

PLACE = {"document": "a.pdf", "page": 3, "paragraph": None}
LATER = {"later": "Visits are late.", "later_polarity": "concern", "later_document": "b.pdf", "later_page": 4}


def request(authority, words, state):
    later = {**LATER, "later_paragraph": None} if state == AGAIN else {"later": None}
    return {"authority": authority, "quotation": words, "state": state, **PLACE, **later}


ANSWERS = {
    "coverage": [{"region": "Farrowdale", "reports": 3, "without": ["Wexholme"]}],
    "latest-grades": [
        {
            "authority": "Ashmere", "grade": "good", "inspected": date(2022, 3, 21), "framework": "ILACS",
            "status": OLDER, "newer_inspection": date(2026, 6, 15), "quotation": "Overall effectiveness Good", **PLACE,
        }
    ],
    "improvement-ledger": [
        request("Ashmere", "The timeliness of visits.", AGAIN),
        request("Ashmere", "The planning of visits.", AGAIN),
        request("Pellmouth", "The number of visits.", AGAIN),
        request("Pellmouth", "The recording of visits.", NOT_INSPECTED),
    ],
    "shared-services": [{"thing": "Adopt Farrow", "authority": name} for name in ("Ashmere", "Pellmouth")],
    "what-is-said-of": [{"authority": "Pellmouth", "quotation": "Adoption is swift.", "polarity": "strength", **PLACE}],
    "silent-members": [{"thing": "Adopt Farrow", "authority": "Ashmere", "finding": "expected but silent"}],
}  # fmt: skip


class Answers:
    """Answers by question, the same whatever the parameters."""

    def ask(self, question, **parameters):
        return ANSWERS.get(question, [])


class Unread:
    """Answers on a region of which no report was read."""

    def ask(self, question, **parameters):
        return [{"region": "Farrowdale", "reports": 0, "without": ["Wexholme"]}]


@pytest.fixture(scope="module")
def lines():
    return lines_of(make_region_brief(Answers(), region="farrowdale", theme="visits").parts)


def test_councils_take_turns_in_what_is_quoted(lines):
    asked = [quoted for line in lines if line.startswith("Asked: ") and (quoted := parse_quotation(line))]

    assert [quoted.authority for quoted in asked] == ["Ashmere", "Pellmouth", "Ashmere"]


def test_counts_carry_their_question(lines):
    counts = {count.label: count for line in lines if (count := parse_count(line))}

    assert counts["Requests to all its councils"].number == 4
    assert counts["Requests to Pellmouth that are again a concern"].number == 1
    assert counts["Requests to Pellmouth"].values == {"authority": "Pellmouth", "concept": "visits"}
    assert counts["Not inspected: requests with no later inspection that was read"].number == 1
    assert counts["Councils of the region that share Adopt Farrow"].values["thing"] == "Adopt Farrow"


def test_what_is_not_known_is_named(lines):
    unknown = lines[lines.index("What is not known") :]

    assert "Not read: no report was read on Wexholme." in unknown
    listed = "Not said: a list has these councils as members of Adopt Farrow, and no report on them names it: Ashmere."
    assert listed in unknown
    assert any(line.startswith("Older than the latest: Ashmere, overall: good") for line in lines)


def test_region_without_reports_is_refused():
    with pytest.raises(BadQuestion, match="no report on a council of Farrowdale was read"):
        make_region_brief(Unread(), region="Farrowdale")
