import pytest

from caregraph.explorer.evidence.answers import column_totals, iris_in, plain_cell, readable_cell, rows_as_csv
from caregraph.explorer.evidence.console import relationship_types
from caregraph.ontology.iris import THINGS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ashmere", "Ashmere"),
        (3, "3"),
        ("two\nlines", '"two\nlines"'),
        # What a spreadsheet would run.
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-1", "'-1"),
        (-1, "-1"),
    ],
)
def test_csv_is_data_for_a_spreadsheet(text, expected):
    assert rows_as_csv([{"column": text}]) == f"column\r\n{expected}\r\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["a", "b"], "a; b"),
        ([], ""),
        ({"name": "Ashmere"}, '{"name": "Ashmere"}'),
        (None, None),
        (2.5, 2.5),
    ],
)
def test_cell_shows_lists_and_maps_as_text(value, expected):
    assert plain_cell(value) == expected


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("grade", "requires-improvement", "requires improvement to be good"),
        ("before", "requires-improvement", "requires improvement to be good"),
        ("after", "outstanding", "outstanding"),
        ("areas", ["in-care", "care-leavers"], "children in care; care leavers"),
        ("before", "3 strengths", "3 strengths"),
        ("concept", "permanence", "permanence"),
    ],
)
def test_ids_of_schemes_are_shown_by_their_names(column, value, words):
    assert readable_cell(column, value).lower() == words


def test_iris_are_found_however_deep_and_once():
    a, b = f"{THINGS}agency/a", f"{THINGS}agency/b"

    assert iris_in({"x": a, "y": [{"iri": b}, a], "z": "agency"}) == [a, b]
    assert iris_in({"x": "https://example.org/a"}) == []


def test_column_totals_count_rows_or_add_a_column_up():
    rows = [{"council": "Ashmere", "n": 1}, {"council": None, "n": 5}, {"council": "Ashmere", "n": None}]

    assert column_totals(rows, "council", None) == [("Ashmere", 2), ("Not given", 1)]
    assert column_totals(rows, "council", "n") == [("Not given", 5), ("Ashmere", 1)]


def test_relationships_at_hand_have_the_labels_of_their_ends():
    assert ("Inspection", "GAVE", "Judgement") in {row[:3] for row in relationship_types()}


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("kind", "ilacs", "Children's services inspection"),
        ("grade", ["good", "requires-improvement"], "good; requires improvement to be good"),
        ("area", "overall", "Overall effectiveness"),
        # Values that are not of the scheme, and columns that are not of one, stay as they are.
        ("kind", "Agency", "Agency"),
        ("quotation", "good", "good"),
        ("grade", None, None),
    ],
)
def test_readable_cell_has_names_in_place_of_codes(column, value, expected):
    assert readable_cell(column, value) == expected
