"""Words of a search, whatever a reader types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregraph.graph.queries.search import _words


@pytest.mark.parametrize("text", ['""', '" "', '"" ""', '"', "'", "OR", '"…"'])
def test_signs_alone_or_one_word_make_a_query(text):
    assert _words(text) in ("", "or")


@given(st.text(alphabet=st.sampled_from("ab '’\"&|(~*") | st.characters()))
def test_any_text_makes_a_query_of_words(text):
    query = _words(text)

    assert query.count('"') % 2 == 0
    assert not query or all(part.strip('"').strip() for part in query.split(" AND "))
