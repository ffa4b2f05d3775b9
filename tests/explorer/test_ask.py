import pytest

from explorer.ask import _cell, _csv, _iris
from ontology.iris import THINGS


@pytest.mark.parametrize(
    ("cell", "expected"),
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
def test_csv_is_data_for_a_spreadsheet(cell, expected):
    assert _csv([{"column": cell}]) == f"column\r\n{expected}\r\n"


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
    assert _cell(value) == expected


def test_iris_are_found_however_deep_and_once():
    a, b = f"{THINGS}agency/a", f"{THINGS}agency/b"

    assert _iris({"x": a, "y": [{"iri": b}, a], "z": "agency"}) == [a, b]
    assert _iris({"x": "https://example.org/a"}) == []
