"""Both query guards hold whatever the spelling: letters of any case, comments, white space, escapes."""

import contextlib

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregraph.graph.dataset.sparql.answers import select
from caregraph.graph.neo4j.cypher_guard import guarded_statement
from caregraph.ontology.errors import CaregraphError, QueryRefused

REFUSED = [  # by the words alone; what writes after a MATCH is for the server to say (tests/e2e/graph/neo4j)
    "CREATE (n:Finding) RETURN n", "MERGE (n:Finding {iri: 'x'})", "DROP INDEX names", "CALL dbms.listConfig()",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line", "MATCH (n) RETURN n ; MATCH (m) DELETE m",
    "MATCH (n) WITH n LOAD CSV FROM 'file:///x' AS line RETURN line", "MATCH (n) CALL apoc.load.json('x') RETURN n",
    "EXPLAIN CREATE (n)", "PROFILE MERGE (n)", "PROFILE EXPLAIN RETURN 1", "SHOW USERS", "SHOW SETTINGS",
    "RETURN 'aab' =~ '(a|aa)+b'", "RETURN 'aab' =~ '(.*a){20}c'", "RETURN 'a' =~ '.*.*.*.*b'", "RETURN 'a' =~ $pattern",
    "RETURN 'aa' =~ '(a*)\\\\1'", "RETURN 'a' =~ '(a+)' + '+'", "RETURN 'a' =~ ('(a+)' + '+')",
    "RETURN reduce(s = '', i IN range(1, 99999) | s + 'x') AS s", "WITH range(1, 9) AS l RETURN [x IN l WHERE x IN l]",
    "MATCH (n) WITH collect(n) AS l RETURN reduce(s = 0, n IN l | s + n.page) AS s",
    "WITH range(1, 9) AS l RETURN all(x IN l WHERE x IN l[..9] + l)", "RETURN reduce(s = 0, x IN [1] + l | s + x) AS s",
    "SHOW TRANSACTIONS YIELD username", "SHOW INDEXES YIELD name SHOW USERS", "SHOW FUNCTIONS EXECUTABLE BY neo4j",
    "SHOW INDEXES YIELD name TERMINATE TRANSACTION name", "EXPLAIN SHOW INDEXES", "PROFILE RETURN 1 ; DROP INDEX names",
]  # fmt: skip
READS = [
    "MATCH (n:Finding) RETURN n.text AS text LIMIT 5", "RETURN 'CREATE (n) DELETE n' AS words",
    "MATCH (`create`:Finding) RETURN count(*) AS findings", "UNWIND [1, 2] AS number RETURN number",
    "MATCH (d:Document) WHERE d.name CONTAINS 'set' RETURN d.name AS name // delete nothing",
    "EXPLAIN MATCH (n) RETURN n", "PROFILE UNWIND [1] AS x RETURN x", "SHOW INDEXES", "SHOW FULLTEXT INDEXES",
    "MATCH (n) WHERE n.name =~ '(?i).*(hub|mash).*' RETURN n.name AS name", "RETURN 'a+b' =~ 'a\\\\+[*+]{1,2}b' AS x",
    "WITH ['a', 'b'] AS names RETURN reduce(s = '', name IN names[..100] | s + name) AS joined",
    "MATCH (n) WHERE any(x IN n.aliases WHERE x IN ['a', 'b']) RETURN n", "RETURN [x IN $l WHERE NOT x IN $m] AS x",
    "MATCH p = (n)--() RETURN reduce(s = 0, n IN nodes(p) | s + n.page) AS pages, [x IN labels(n) | x] AS labels",
    "SHOW CONSTRAINTS YIELD name WHERE name STARTS WITH 'a' RETURN name ORDER BY name LIMIT 3",
    "SHOW BUILT IN FUNCTIONS", "SHOW PROCEDURES WHERE name ENDS WITH 'labels'",
]  # fmt: skip
UPDATES = [
    "INSERT DATA { <urn:a> <urn:b> 1 }", "DELETE WHERE { ?s ?p ?o }", "CLEAR ALL", "DROP GRAPH <urn:g>",
    "LOAD <file:///etc/passwd>", "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
]  # fmt: skip
noise = st.lists(st.sampled_from([" ", "\n", "\t", "/* x */", "// x\n"]), min_size=1, max_size=3).map("".join)


@st.composite
def respelled(draw, statements, between):
    """A statement with its words in any case, and any white space and comments between them; quoted text stays."""
    words = draw(st.sampled_from(statements)).split(" ")
    quoted, parts = False, []
    for word in words:
        parts.append(word if quoted or "'" in word or "`" in word or "<" in word else _cased(draw, word))
        quoted ^= word.count("'") % 2 == 1
        parts.append(" " if quoted else draw(between))
    return "".join(parts)


def _cased(draw, word):
    if word.isalpha() and word.isupper():
        return "".join(draw(st.sampled_from([sign.lower(), sign.upper()])) for sign in word)
    return word


def _escaped(draw, text):
    """Some letters as the escapes that Neo4j resolves before all else."""
    return "".join(f"\\u{ord(sign):04x}" if draw(st.booleans()) and sign.isalpha() else sign for sign in text)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (f"RETURN 1{' + 1' * 5_000} AS x", "at most 20,000 characters"),
        (f"RETURN {'(' * 2_000}1", "more than 100 deep"),
        (f"RETURN {'[x IN [1] | ' * 1_000}", "a loop inside a loop"),
    ],
)
def test_cypher_of_no_end_is_refused(statement, reason):
    with pytest.raises(QueryRefused, match=reason):
        guarded_statement(statement)


@given(respelled(REFUSED, noise))
def test_cypher_of_no_plain_read_is_refused_however_spelled(statement):
    with pytest.raises(QueryRefused):
        guarded_statement(statement)


@given(st.data(), st.sampled_from([statement for statement in REFUSED if "'" not in statement]))
def test_cypher_of_no_plain_read_is_refused_in_escapes(data, statement):
    with pytest.raises(QueryRefused):
        guarded_statement(_escaped(data.draw, statement))


@given(respelled(READS, noise))
def test_cypher_that_reads_is_let_through_however_spelled(statement):
    assert guarded_statement(statement)


@given(st.text(max_size=60))
def test_any_text_is_let_through_or_refused_by_name(text):
    with contextlib.suppress(QueryRefused):
        guarded_statement(text)


@given(respelled(UPDATES, st.sampled_from([" ", "\n", "\t ", " # x\n"])))
def test_sparql_that_updates_or_asks_elsewhere_is_refused_however_spelled(query):
    store = ox.Store()
    with pytest.raises(QueryRefused):
        select(store, query, prefixes={})
    assert len(store) == 0


@given(st.text(max_size=60))
def test_any_sparql_text_is_answered_or_refused_by_name(text):
    with contextlib.suppress(CaregraphError):
        select(ox.Store(), text, prefixes={})
