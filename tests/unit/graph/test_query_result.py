"""Size of an answer: what fits is yielded row by row, and the row with which it is too large is refused by number."""

import pyoxigraph as ox
import pytest

from caregraph.graph import query_result
from caregraph.graph.dataset.sparql.answers import select
from caregraph.graph.query_result import value_size, within_size
from caregraph.ontology.errors import QueryRefused


@pytest.fixture(autouse=True)
def thousand_bytes(monkeypatch):
    monkeypatch.setattr(query_result, "SIZE_LIMIT", 1000)


@pytest.mark.parametrize(
    "value",
    ["x" * 1001, "é" * 501, [""] * 126, {"key": {"x" * 1001: 1}}, {"a": [["x" * 500], ["x" * 500]]}, b"x" * 1001],
)
def test_a_value_that_is_too_large_is_refused(value):
    rows = within_size([{"a": 1}, {"a": value}])

    assert next(rows) == {"a": 1}
    with pytest.raises(QueryRefused, match="by row 2"):
        next(rows)


def test_many_small_rows_are_too_large_together():
    with pytest.raises(QueryRefused, match="more than 0 MB by row"):
        list(within_size({"number": number} for number in range(1000)))


def test_rows_are_not_asked_for_beyond_the_limit():
    asked = []

    def rows():
        for number in range(1000):
            asked.append(number)
            yield {"text": "x" * 400}

    with pytest.raises(QueryRefused, match="by row 3"):
        list(within_size(rows()))
    assert asked == [0, 1, 2]


@pytest.mark.parametrize("value", [1, "x" * 900, ["x"] * 50, None, {}])
def test_what_fits_is_left_as_it_is(value):
    assert list(within_size([{"a": value}])) == [{"a": value}]
    assert value_size(value) < 1000


def test_sparql_that_gives_a_large_answer_is_refused():
    query = f"SELECT ?text ?n {{ BIND('{'x' * 300}' AS ?text) VALUES ?n {{ 1 2 3 4 5 }} }}"

    with pytest.raises(QueryRefused, match="by row"):
        select(ox.Store(), query, prefixes={}, limit=100)
    assert len(select(ox.Store(), query, prefixes={}).rows) == 5  # our own, which is asked without a limit
