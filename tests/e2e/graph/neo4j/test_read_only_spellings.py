"""A statement that writes is refused at the door, however it is spelled, and nothing is written."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caregraph.ontology.errors import QueryRefused

WRITES = [
    "MATCH (n) SET n.name = 1 RETURN n", "MATCH (n) DETACH DELETE n", "MATCH (n) REMOVE n.name RETURN n",
    "MATCH (n) WITH n LIMIT 1 SET n:Owned", "MATCH (n) CALL { WITH n DELETE n } RETURN 1",
    "MATCH (n) FOREACH (m IN [n] | SET m.x = 1)", "UNWIND [1] AS x CREATE (n:Owned) RETURN n",
    "OPTIONAL MATCH (n:Nothing) MERGE (m:Owned {x: 1}) RETURN m",
]  # fmt: skip
noise = st.sampled_from([" ", "\n", " /* x */ ", " // x\n", "\t "])


@st.composite
def spellings(draw):
    words = draw(st.sampled_from(WRITES)).split(" ")
    cased = [
        "".join(draw(st.sampled_from([sign.lower(), sign.upper()])) for sign in word) if _is_keyword(word) else word
        for word in words
    ]
    return "".join(part for word in cased for part in (word, draw(noise)))


def _is_keyword(word):
    """Whether case means nothing in a word: it does in a variable, and ours are of one letter."""
    return word.isalpha() and len(word) > 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spellings())
def test_no_spelling_of_a_write_gets_through(store, statement):
    with pytest.raises(QueryRefused):
        store.query(statement)
    assert store.read("MATCH (n:Owned) RETURN count(n) AS count") == [{"count": 0}]
