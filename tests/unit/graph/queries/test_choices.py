"""Closed lists are those of the ontology, and a choice may be typed in any case."""

import pytest

from caregraph.graph.queries.choices import choose, closed_lists
from caregraph.ontology import records
from caregraph.ontology.errors import BadQuestion


def test_lists_hold_what_records_may_hold():
    lists = closed_lists()

    assert set(lists["area"]) == records.AREAS
    assert set(lists["grade"]) == records.GRADES
    assert set(lists["kind of document"]) == records.KINDS
    assert set(lists["kind of finding"]) == records.FINDING_KINDS
    assert set(lists["polarity"]) == records.POLARITIES
    assert set(lists["role of leader"]) == records.LEADER_ROLES
    assert {label.lower() for label in lists["kind of thing"]} == records.MENTION_TYPES
    assert lists["scope"] == ("national", "regional", "local")
    assert lists["as at"] == ("latest", "since", "all")
    assert lists["grade"][:3] == ("outstanding", "good", "requires-improvement")


@pytest.mark.parametrize(
    ("list", "text", "choice"),
    [
        ("area", "Overall", "overall"),
        ("area", " help and PROTECTION", "help-and-protection"),
        ("grade", "Requires improvement", "requires-improvement"),
        ("kind of document", "ILACS", "ilacs"),
        ("kind of thing", "agency", "Agency"),
    ],
)
def test_a_choice_may_be_typed_in_any_case(list, text, choice):
    assert choose("x", text, closed_lists()[list]) == choice


@pytest.mark.parametrize(
    ("list", "text", "reason"),
    [
        ("area", "overal", "got 'overal'; did you mean overall"),
        ("kind of document", "illacs", "did you mean ilacs"),
        (
            "polarity",
            "concerns",
            "expected one of strength, concern, mixed, neutral, got 'concerns'; did you mean concern",
        ),
        ("polarity", "zzz", "expected one of strength, concern, mixed, neutral, got 'zzz'$"),
        ("grade", "!", "got '!'$"),
    ],
)
def test_the_nearest_choices_are_named(list, text, reason):
    with pytest.raises(BadQuestion, match=reason):
        choose("x", text, closed_lists()[list])
