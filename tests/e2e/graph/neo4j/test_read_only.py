"""The guard for untrusted Cypher: statements that must not pass, statements that must, and limits in the server."""

import json
import socket
import time

import pytest
from typer.testing import CliRunner

from caregraph.cli.application import app
from caregraph.explorer.evidence import console
from caregraph.graph.neo4j import read_only
from caregraph.graph.neo4j.cypher_guard import GuardedStatement, guarded_statement
from caregraph.graph.neo4j.property_graph import GraphRows, NodeRow
from caregraph.ontology.errors import QueryRefused, StoreError

# Plain writes for whoever resolves the escapes: only the server's plan tells.
ESCAPED_WRITES = [
    "MATCH (n) S\\u0045T n.name = 'x'",
    "MATCH (n) DET\\u0041CH DELETE n",
    "P\\u0052OFILE MATCH (n) DELETE n",
]
# Each would write, read a file, ask another server, command this one, or run without end.
HOSTILE = [
    "CREATE (n:Region {iri: 'x'})",
    "create (n)",
    "/* a comment */ CREATE (n)",
    "// MATCH (n) RETURN n\nCREATE (n)",
    "MATCH (n) SET n.name = 'x'",
    "MATCH (n) SET n:Gone RETURN n",
    "MATCH (n) DELETE n",
    "MATCH (n) DETACH DELETE n RETURN 1",
    "MATCH (n) REMOVE n.name RETURN n",
    "MERGE (n:Region {iri: 'x'}) RETURN n",
    "MATCH (n) WITH n CREATE (m) RETURN m",
    "UNWIND [1] AS x FOREACH (y IN [x] | CREATE (:Y))",
    "MATCH (n) CALL (n) { SET n.name = 'x' } RETURN n",
    "MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 10 ROWS RETURN 1",
    "CALL { CREATE (n) RETURN n } RETURN n",
    "INSERT (n:Region)",
    # Reading files and other servers, in all spellings.
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "WITH 1 AS x LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "MATCH (n) WITH n LIMIT 1 load /* */ csv WITH HEADERS FROM 'http://127.0.0.1:1/' AS line RETURN line",
    "WITH 1 AS x LOAD // so\n CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "WITH 1 AS x L\\u004fAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "WITH 1 AS x \\u004c\\u004f\\u0041\\u0044 \\u0043\\u0053\\u0056 FROM 'file:///etc/passwd' AS line RETURN line",
    "WITH 1 AS as LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "RETURN COUNT { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } AS lines",
    "RETURN [x IN [1] WHERE EXISTS { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line }] AS x",
    "CALL { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } RETURN line",
    "RETURN 1 AS x UNION LOAD CSV FROM 'file:///etc/passwd' AS x RETURN x",
    # A string that seems to swallow what follows, and a comment that seems to.
    "WITH '\\\\' AS x LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "WITH 'a\\u0027 AS x LOAD CSV FROM \\u0027file:///etc/passwd' AS line RETURN line",
    "WITH 1 AS `a``b` LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "WITH 1 AS x // ' \r LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "WITH 1 AS x // \\u000a LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "WITH 1 AS x /* \\u002a\\u002f LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line // */",
    # Procedures, plain, quoted, escaped and nested.
    "CALL dbms.components()",
    "CALL dbms.listConfig() YIELD name, value RETURN name, value",
    "CALL db.createLabel('Gone')",
    "CALL db.clearQueryCaches()",
    "CALL tx.setMetaData({a: 1})",
    "call `dbms` . `components`()",
    "CA\\u004cL dbms.components() YIELD name RETURN name",
    "MATCH (n) CALL db.createProperty('gone') RETURN n",
    "RETURN EXISTS { CALL dbms.components() YIELD name RETURN name } AS x",
    "CALL apoc.load.json('http://127.0.0.1:1/')",
    "RETURN apoc.cypher.runFirstColumnSingle('RETURN 1', {}) AS x",
    "RETURN `apoc`.`cypher`.`runFirstColumnSingle`('RETURN 1', {}) AS x",
    # Commands.
    "CREATE INDEX FOR (n:Region) ON (n.gone)",
    "DROP CONSTRAINT Region_iri",
    "CREATE USER eve SET PASSWORD 'eve-and-eve'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "SHOW USERS",
    "SHOW SETTINGS",
    "SHOW TRANSACTIONS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "STOP DATABASE neo4j",
    "USE system SHOW USERS",
    "MATCH (n) RETURN n UNION USE system MATCH (n) RETURN n",
    "CYPHER 5 MATCH (n) RETURN n",
    # What may be explained, profiled and listed, with more behind it.
    "EXPLAIN CREATE (n)",
    "PROFILE CREATE (n:Region {iri: 'x'})",
    "PROFILE MATCH (n) SET n.name = 'x'",
    "profile match (n) detach delete n",
    "PROFILE MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS RETURN 1",
    "PROFILE LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "EXPLAIN LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "PROFILE CALL dbms.components()",
    "PROFILE RETURN reduce(t = 0, i IN range(1, 10000000000) | t + i) AS x",
    "EXPLAIN PROFILE MATCH (n) DETACH DELETE n",
    "PROFILE EXPLAIN MATCH (n) DETACH DELETE n",
    "PROFILE PROFILE MATCH (n) RETURN n",
    "PROFILE CYPHER 5 MATCH (n) DETACH DELETE n",
    "PROFILE RETURN 1; MATCH (n) DETACH DELETE n",
    "PROFILE USE system RETURN 1",
    "EXPLAIN SHOW USERS",
    "EXPLAIN",
    "PROFILE;",
    "/* EXPLAIN */ CREATE (n)",
    "EXPLAIN // so\nCREATE (n)",
    "SHOW",
    "SHOW DEFAULT DATABASE",
    "SHOW HOME DATABASE",
    "SHOW CURRENT USER",
    "SHOW ROLES",
    "SHOW ALL PRIVILEGES",
    "SHOW USER neo4j PRIVILEGES",
    "SHOW SUPPORTED PRIVILEGES",
    "SHOW SERVERS",
    "SHOW ALIASES FOR DATABASE",
    "SHOW `INDEXES`",
    "SHOW INDEXES; SHOW USERS",
    "SHOW TRANSACTIONS YIELD * RETURN *",
    "SHOW PROCEDURES EXECUTABLE BY neo4j",
    "SHOW INDEXES YIELD name SHOW TRANSACTIONS YIELD username RETURN username",
    "SHOW INDEXES YIELD name AS n TERMINATE TRANSACTIONS n YIELD message RETURN message",
    "SHOW INDEXES YIELD name RETURN name UNION SHOW USERS",
    "SHOW INDEXES YIELD name RETURN COUNT { CALL dbms.components() YIELD name RETURN name } AS x",
    "SHOW INDEXES YIELD name WHERE EXISTS { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } RETURN name",
    "SHOW INDEXES YIELD name RETURN reduce(t = 0, i IN range(1, 10000000000) | t + i) AS x",
    "SHOW INDEXES YIELD name RETURN apoc.cypher.runFirstColumnSingle('RETURN 1', {}) AS x",
    "S\\u0048OW USERS",
    "SHOW /* INDEXES */ USERS",
    "SHOW SETTINGS /* INDEXES */",
    "USING PERIODIC COMMIT LOAD CSV FROM 'file:///etc/passwd' AS line CREATE (n)",
    # Two statements, and half a one.
    "MATCH (n) RETURN n; MATCH (n) DETACH DELETE n",
    "RETURN 1 AS x; CREATE (n);",
    "RETURN 'x",
    "RETURN 1 /* AS x",
    "RETURN '\\ud800' AS half",
    "RETURN '\\u005cu0027' AS x",
    "",
    " // nothing",
    # Loops inside an expression, which the server cannot stop.
    "RETURN reduce(t = 0, i IN range(1, 10000000000) | t + i) AS x",
    "WITH 10000000000 AS n RETURN [i IN range(1, n) | i] AS x",
    "RETURN size([x IN range(1, 30000000) | x]) AS x",
    "RETURN all(i IN range(1, 1e9) WHERE i > 0) AS x",
    "UNWIND [x IN range(1, 999999999) | x] AS x RETURN x",
    "MATCH (n) WITH collect(n) AS l RETURN reduce(t = 0, a IN l | t + reduce(s = 0, b IN l | s + 1)) AS x",
    "MATCH (n) WITH collect(n) AS l RETURN [a IN l WHERE any(b IN l WHERE b = a)] AS x",
    "RETURN none(i IN range(-9000000000, 9000000000, 1) WHERE i = 0.5) AS x",
    "WITH range(1, 99999) AS l RETURN size([x IN l WHERE x + 100000 IN l]) AS x",
    "RETURN size(reduce(s = '', i IN range(1, 99999) | s + 'forty-eight letters that are copied at each turn')) AS x",
    "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' =~ '(.*a){20}c' AS x",
    # Writing where reading is expected.
    "MATCH (n) WHERE EXISTS { MERGE (m:Region {iri: 'x'}) RETURN m } RETURN n",
    "RETURN COLLECT { CREATE (n:Region) RETURN n.iri } AS x",
    "UNWIND [1] AS x CALL (x) { CREATE (:Region {iri: x}) } IN 2 CONCURRENT TRANSACTIONS RETURN x",
    "MATCH (n) CALL { WITH n SET n.name = 'x' } IN TRANSACTIONS ON ERROR CONTINUE REPORT STATUS AS s RETURN s",
    "OPTIONAL MATCH (n) SET n += {name: 'x'}",
    *ESCAPED_WRITES,
    "MATCH (a), (b) CREATE (a)-[:LED]->(b)",
    "WITH 1 AS x MERGE (n:Region {iri: 'x'}) ON CREATE SET n.name = 'x' ON MATCH SET n.name = 'y' RETURN n",
    "MATCH (n) NODETACH DELETE n",
    "MATCH (n) RETURN n NEXT CREATE (m)",
    # More ways to files, servers and commands.
    "LOAD CSV WITH HEADERS FROM 'ftp://127.0.0.1/a.csv' AS line FIELDTERMINATOR ';' RETURN line",
    "WITH 'file:///etc/passwd' AS f LOAD CSV FROM f AS line RETURN count(*)",
    "MATCH (n) WITH n LOAD\tCSV FROM 'file:///' + n.name AS line RETURN line",
    "CALL { CALL dbms.listActiveLocks('q') YIELD mode RETURN mode } RETURN mode",
    "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()",
    "CALL db.awaitIndexes(1)",
    "CALL db.stats.retrieve('GRAPH COUNTS')",
    "CALL dbms.killConnections(['bolt-1'])",
    "OPTIONAL CALL dbms.components() YIELD name RETURN name",
    "SHOW DATABASES",
    "GRANT ROLE admin TO neo4j",
    "DENY READ {*} ON GRAPH * TO PUBLIC",
    "CREATE DATABASE more",
    "CREATE ALIAS more FOR DATABASE neo4j",
    "DROP INDEX names IF EXISTS",
    "CREATE OR REPLACE DATABASE neo4j",
    ":use system",
    "UNWIND [1] AS x USE neo4j MATCH (n) RETURN n",
    "RETURN graph.propertiesByName('neo4j') AS x",
]

# These run until the server ends them: at the time limit, or where they want more memory than a statement may have.
ENDLESS = [
    "UNWIND range(1, 1000000000) AS x UNWIND range(1, 1000000000) AS y RETURN count(*) AS c",
    "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b UNWIND range(1, 100000) AS c RETURN sum(a * b * c) AS s",
    "UNWIND range(1, 1000000000) AS x RETURN collect(x) AS l",
    "UNWIND range(1, 1000000000) AS x WITH x ORDER BY x % 7, x RETURN x",
    "UNWIND range(1, 1000000000) AS x RETURN DISTINCT x % 100000 AS x, count(*) AS c",
    "UNWIND range(1, 1000000000) AS x CALL (x) { UNWIND range(1, x) AS y RETURN max(y) AS y } RETURN sum(y) AS s",
]

HARMLESS = [
    "MATCH (n) RETURN n",
    "match (n) return n limit 3",
    "MATCH (n) RETURN n;",
    "  MATCH (n:Region)\nRETURN n.name AS name ORDER BY name SKIP 1 LIMIT 2 ;  ",
    "MATCH (n) WHERE n.name CONTAINS 'CREATE' RETURN n",
    "RETURN 'LOAD CSV FROM a file; DETACH DELETE' AS words",
    'RETURN "it\'s; CALL dbms.listConfig()" AS words',
    "RETURN 'it\\'s' AS words",
    "RETURN 'caf\\u00e9 \\ud83d\\ude00' AS words",
    "RETURN 'a\\\\' AS slash, 'CREATE' AS word",
    "MATCH (n) /* CREATE (m) */ RETURN n // DELETE n",
    "MATCH (n) RETURN n // and no end; CREATE (m)",
    "MATCH (n:`Create``d; DELETE`) RETURN n",
    "MATCH (n:Create) RETURN n.set, n.delete, n.merge",
    "MATCH (create) RETURN create LIMIT 1",
    "MATCH (n)-[:LOAD|CALL]->(m) RETURN n, m",
    "MATCH (n) WHERE n.load = 1 AND n.csv = 2 RETURN n",
    "RETURN {load: 1, csv: 2, call: 3} AS map",
    "WITH 1 AS call RETURN call",
    "WITH 1 AS load, 2 AS csv RETURN load, csv",
    "RETURN $call AS given",
    "OPTIONAL MATCH (n:Nothing) RETURN n",
    "UNWIND range(1, 10) AS i RETURN sum(i) AS total",
    "UNWIND [1, 2] AS x RETURN x UNION UNWIND [3] AS x RETURN x",
    "MATCH p = (a)-[*1..2]->(b) RETURN [n IN nodes(p) WHERE any(l IN labels(n) WHERE l = 'Region')] AS x LIMIT 1",
    "MATCH p = (a)-[*1..2]->(b) RETURN [i IN range(0, length(p) - 1) | i] AS steps LIMIT 1",
    "MATCH (n) RETURN [x IN [y IN labels(n) WHERE y <> 'a'] | toLower(x)] AS x LIMIT 1",
    "MATCH (n) CALL (n) { MATCH (n)-->(m) RETURN count(m) AS degree } RETURN n.name AS name, degree",
    "MATCH (n) WHERE EXISTS { (n)-->() } AND COUNT { (n)<--() } > 0 RETURN n.iri AS iri",
    "CALL db.labels() YIELD label RETURN label",
    "CALL db.labels",
    "CALL `db`.`relationshipTypes`()",
    "CALL db.index.fulltext.queryNodes('names', 'adoption') YIELD node, score RETURN node.name AS name, score",
    "RETURN date.truncate('month', date('2022-05-09')) AS month, duration.between(date('2020-01-01'), date()) AS since",
    "RETURN point.distance(point({x: 0, y: 0}), point({x: 3, y: 4})) AS distance",
    "MATCH (n) RETURN n { .name, .iri } AS node",
    "RETURN CASE WHEN true THEN 'set' ELSE 'remove' END AS word",
    "RETURN 1 AS `a.b(c)`, 2 AS `call dbms.components()`",
    "MATCH (n:Region|Concept) RETURN count(*) AS count",
    "RETURN 10 / 2 * 3 AS x, [1, 2, 3][0..2] AS y, 'a' =~ '.*' AS z",
    "MATCH (n:Set)-[:DELETE]->(m:Merge) RETURN n.create, m.`detach delete`",
    "MATCH (n) WHERE n.name = 'x' // CALL dbms.components()\n RETURN n",
    "MATCH (n) /* SET n.name = 'x' */ WHERE n.name STARTS WITH 'Remove' RETURN n LIMIT 1",
    "RETURN 'MATCH (n) DETACH DELETE n; CREATE (m)' AS words, \"LOAD CSV FROM 'file:///etc/passwd'\" AS more",
    "RETURN '// not a comment' AS a, '/* nor this */' AS b, 1 /* but this */ AS c",
    "MATCH (merge:Region) WHERE merge.name IS NOT NULL RETURN merge.name AS `set`",
    "MATCH (n) WITH n AS load, n.name AS csv RETURN load, csv LIMIT 1",
    "UNWIND ['create', 'delete', 'merge', 'set'] AS word RETURN toUpper(word) AS word ORDER BY word",
    "MATCH (n:Foreach|Drop|Index) RETURN n",
    "MATCH ()-[r:CREATE|MERGE {set: 1}]->() RETURN type(r) AS type, r.remove AS remove",
    "RETURN {create: 1, `load csv`: 2, use: 3, show: 4}.use AS use",
    "WITH {delete: {set: 1}} AS remove RETURN remove.delete.set AS x",
    "MATCH (n) RETURN count(DISTINCT n.name) AS names, collect(n.iri)[..3] AS some",
    "MATCH (n) OPTIONAL MATCH (n)-[r]-(m) WITH n, count(r) AS degree WHERE degree >= 0 RETURN n.iri AS iri, degree",
    "MATCH (n) RETURN CASE n.name WHEN 'Create' THEN 1 ELSE 0 END AS x LIMIT 1",
    "MATCH p = shortestPath((a:Region)-[*..3]-(b:Region)) WHERE a <> b RETURN length(p) AS steps LIMIT 1",
    "MATCH (a)-[r]->{1,3}(b) RETURN size(r) AS steps LIMIT 1",
    "RETURN reduce(t = 0, x IN [1, 2, 3] | t + x) AS total",
    "RETURN [x IN range(1, 12) WHERE x % 2 = 0 | x * x] AS squares",
    "MATCH (n) RETURN coalesce(n.name, 'use') AS name UNION ALL RETURN 'show' AS name",
    "RETURN 'the hub' =~ '(?i).*(hub|mash).*' AS x, [y IN [1, 2] WHERE y IN [2, 3]] AS both",
    "CALL db.schema.visualization()",
    "RETURN COLLECT { MATCH (n:Region) RETURN n.name ORDER BY n.name LIMIT 2 } AS names",
    "RETURN 'O\\'Hara; DROP DATABASE neo4j; --' AS name",
    "MATCH (n) WHERE NOT EXISTS { MATCH (n)-[:LED]->(:Inspection) } RETURN n.iri AS iri LIMIT 1",
    "EXPLAIN MATCH (n) RETURN n",
    "  explain\nMATCH (n) RETURN n;",
    "PROFILE MATCH (n:Region) RETURN n.name AS name",
    "PROFILE /* twice */ UNWIND [1, 2] AS x RETURN x",
    "SHOW INDEXES",
    "show index;",
    "SHOW FULLTEXT INDEXES YIELD name, type WHERE name STARTS WITH 'F' RETURN name ORDER BY name SKIP 1 LIMIT 2",
    "SHOW CONSTRAINTS YIELD name AS `set` WHERE `set` ENDS WITH 'iri'",
    "SHOW NODE KEY CONSTRAINTS",
    "SHOW FUNCTIONS YIELD name, category RETURN category, count(*) AS functions",
    "SHOW BUILT IN FUNCTIONS WHERE name = 'date'",
    "SHOW PROCEDURES YIELD name, mode WHERE mode = 'READ' RETURN name",
]


def state(store):
    """Everything that a statement could have changed."""
    [row] = store.read("MATCH (n) RETURN count(n) AS nodes, collect(DISTINCT labels(n)) AS labels")
    indexes = store.read("SHOW INDEXES YIELD name RETURN name ORDER BY name")
    return row, indexes, store.read("MATCH (n) RETURN n.iri AS iri, properties(n) AS properties ORDER BY iri")


@pytest.fixture
def region(store):
    """A database with one node that could be changed, taken away after."""
    rows = GraphRows(
        "https://example.org/graph", (NodeRow("Region", "https://example.org/region", {"name": "Somewhere"}),)
    )
    store.load("1", rows)
    yield store
    store.retract(rows.graph)


def by_function(store, address, cypher):
    return store.query(cypher, {"call": 1}).rows


def by_console(store, address, cypher):
    return console._run_statement(store, cypher.replace("$call", "1")).rows


def by_command_line(store, address, cypher):
    done = CliRunner().invoke(app, ["query", "--json", "--param", "call=1", "--", cypher])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return json.loads(done.stdout)


@pytest.fixture(params=[by_function, by_console, by_command_line], ids=lambda door: door.__name__)
def door(request, neo4j, region, monkeypatch):
    """Each way on which untrusted statements reach the database."""
    monkeypatch.setenv("NEO4J_URI", neo4j.uri)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j.password)
    monkeypatch.setattr(read_only, "TIME_LIMIT", 10.0)
    return lambda cypher: request.param(region, neo4j, cypher)


def test_lists_are_as_long_as_promised():
    assert len(set(HOSTILE)) >= 80
    assert len(set(HARMLESS)) >= 60


def test_guard_refuses_every_hostile_statement(region, door):
    before = state(region)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        for cypher in HOSTILE:
            with pytest.raises(StoreError):
                door(cypher.replace(":1/", f":{listener.getsockname()[1]}/"))
        with pytest.raises(BlockingIOError):  # nobody has called
            listener.accept()
    assert state(region) == before


def test_guard_lets_every_harmless_statement_pass(door):
    for cypher in HARMLESS:
        door(cypher)


@pytest.mark.parametrize("cypher", ENDLESS)
def test_endless_statements_end_in_the_server(region, cypher):
    with pytest.raises(StoreError):
        region.query(cypher, timeout=0.7)
    assert _running(region, "1000") == []


def test_every_door_has_the_time_limit(region, door, monkeypatch):
    monkeypatch.setattr(read_only, "TIME_LIMIT", 0.7)

    with pytest.raises(QueryRefused, match="time limit"):
        door(ENDLESS[0])
    assert _running(region, "1000") == []


FILES_AND_ESCAPES = [
    cypher for cypher in HOSTILE if cypher not in ESCAPED_WRITES and ("CSV" in cypher.upper() or "\\u" in cypher)
]


@pytest.mark.parametrize("cypher", FILES_AND_ESCAPES)
def test_words_alone_refuse_files_and_escapes(cypher):
    with pytest.raises(QueryRefused):
        guarded_statement(cypher)


@pytest.mark.parametrize(
    "cypher",
    [
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "CALL dbms.components()",
        "CREATE (n)",
        "MATCH (n) RETURN n UNION MATCH (n) DELETE n RETURN n",
        "SHOW TRANSACTIONS",
        "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
        "RETURN EXISTS { CALL dbms.components() YIELD name RETURN name } AS x",
    ],
)
def test_plan_alone_refuses_what_the_words_let_through(region, cypher, monkeypatch):
    monkeypatch.setattr("caregraph.graph.neo4j.read_only.guarded_statement", GuardedStatement)

    with pytest.raises(QueryRefused):
        region.query(cypher)


def test_query_sends_what_it_read(region):
    answer = region.query("RETURN 'caf\\u00e9' /* CREATE */ AS word, 'a\\\\u0041' AS kept")

    assert answer.rows == ({"word": "café", "kept": "a\\u0041"},)


def test_row_limit_cuts_and_ends_the_query(region):
    answer = region.query("UNWIND range(1, 1000000000) AS x UNWIND range(1, 1000000000) AS y RETURN x, y", limit=7)

    assert (len(answer.rows), answer.cut, answer.columns) == (7, True, ("x", "y"))
    assert _running(region, "1000000000") == []


def test_row_limit_says_nothing_of_an_answer_that_fits(region):
    answer = region.query("UNWIND range(1, 7) AS x RETURN x", limit=7)

    assert (len(answer.rows), answer.cut) == (7, False)


@pytest.mark.parametrize(
    "cypher",
    [
        "UNWIND range(1, 600) AS x RETURN x, reduce(s = 'x', i IN range(1, 20) | s + s) AS text",
        "UNWIND range(1, 100000) AS x WITH collect(x) AS l UNWIND range(1, 100) AS y RETURN l",
    ],
)
def test_a_large_answer_is_refused_and_ends_in_the_server(region, cypher):
    with pytest.raises(QueryRefused, match="more than 16 MB by row"):
        region.query(cypher)
    assert _running(region, "UNWIND") == []


def _running(store, words):
    """Statements with some words that the server still runs five seconds after they should have ended."""
    for _ in range(50):
        statements = [row["query"] for row in store.read("SHOW TRANSACTIONS YIELD currentQuery AS query")]
        running = [query for query in statements if words in query and "SHOW TRANSACTIONS" not in query]
        if not running:
            break
        time.sleep(0.1)
    return running


def test_answers_are_plain_data(region):
    match = "MATCH (n:Region {iri: 'https://example.org/region'})"
    [row] = region.query(f"{match} RETURN n, date('2022-05-09') AS day, [n] AS list, {{a: 1.5}} AS map").rows

    node = {
        "label": "Region",
        "iri": "https://example.org/region",
        "name": "Somewhere",
        "statedIn": ["https://example.org/graph"],
    }
    assert row["n"] == node
    assert row["day"].isoformat() == "2022-05-09"
    assert row["list"] == [node]
    assert row["map"] == {"a": 1.5}


def test_an_error_of_the_server_is_told_in_words(region):
    with pytest.raises(StoreError, match="Invalid input"):
        region.query("MATCH (n RETURN n")
    with pytest.raises(StoreError, match="parameter"):
        region.query("RETURN $missing AS x")


def test_a_plan_is_answered_step_by_step(region):
    explained = region.query("EXPLAIN MATCH (n:Region) RETURN n.name AS name")
    profiled = region.query("PROFILE MATCH (n:Region) RETURN n.name AS name")

    assert explained.columns == ("step", "details", "estimated_rows")
    assert profiled.columns == ("step", "details", "estimated_rows", "rows", "database_hits")
    for answer in (explained, profiled):
        assert answer.rows[0]["step"] == "ProduceResults"
        assert any("NodeByLabelScan" in row["step"] for row in answer.rows)
    assert profiled.rows[0]["rows"] == 1


def test_what_is_profiled_runs_within_the_limit_of_time(region):
    with pytest.raises(QueryRefused, match="time limit"):
        region.query(f"PROFILE {ENDLESS[0]}", timeout=0.7)
    assert _running(region, "1000") == []


def test_lists_are_answered(region):
    assert {"names", "Finding_words"} <= {row["name"] for row in region.query("SHOW INDEXES YIELD name").rows}
    assert region.query("SHOW FUNCTIONS WHERE name = 'date'").rows[0]["category"] == "Temporal"
