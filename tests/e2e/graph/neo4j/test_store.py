"""The copy in Neo4j: it follows the dataset, whatever is added, removed or broken."""

import random
import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from rdflib import URIRef

from caregraph.graph.dataset.statements import to_graph, vocabulary_quads
from caregraph.graph.dataset.store import Dataset, Entry
from caregraph.graph.neo4j import store as neo4j_store
from caregraph.graph.neo4j.load_transaction import Change, LoadTransaction
from caregraph.graph.neo4j.property_graph import EdgeRow, GraphRows, NodeRow, graph_rows, graph_schema
from caregraph.graph.neo4j.provenance import GRAPH_LABEL
from caregraph.graph.neo4j.store import Neo4jStore, _check_version
from caregraph.graph.queries.search import search_all
from caregraph.ontology.errors import InvalidGraph, ServerUnavailable, StoreError
from caregraph.ontology.iris import document_iri, thing_iri
from caregraph.ontology.schema import cg

BASE, ONE, TWO, THREE = "https://example.org/base", *(document_iri(digit * 8) for digit in "123")
PLACE, HUB, JO = thing_iri("authority", "E99999999"), thing_iri("service", "hub"), thing_iri("person", "jo")


def base():
    """The graph to which the documents below refer."""
    return GraphRows(BASE, (NodeRow("LocalAuthority", PLACE, {"name": "Ashmere"}),))


def document(graph, *, name="Jo Ash", aliases=("The Hub",), role="lead", words=2, uses=True):
    """A document that states a person and a service, which the other documents state too."""
    key = graph.rsplit("/", 1)[-1]
    passages = [f"{thing_iri('passage', key)}-{number}" for number in range(words)]
    nodes = [NodeRow("Document", graph, {"name": key, "published": date(2024, 5, 1)}, own=True)]
    nodes += [NodeRow("Passage", iri, {"name": iri, "text": f"words {iri[-1]}"}, own=True) for iri in passages]
    nodes += [
        NodeRow("Person", JO, {"name": name}),
        NodeRow("Service", HUB, {"name": "Hub", "aliases": list(aliases), "scope": "local"}),
    ]
    post = f"{thing_iri('post', key)}-1"
    edges = [
        EdgeRow("REPORTS_ON", graph, PLACE, own=True),
        EdgeRow("SERVED", JO, PLACE, post, {"role": role, "document": graph, "page": 1}, own=True),
        EdgeRow("BELONGS_TO", HUB, PLACE),
        *(EdgeRow("PART_OF", iri, graph, own=True) for iri in passages),
        *([EdgeRow("USES", PLACE, HUB)] if uses else []),
    ]
    return GraphRows(graph, tuple(nodes), tuple(edges))


VERSIONS = {
    ONE: [document(ONE), document(ONE, name="JO ASH", aliases=("Front Hub",)), document(ONE, words=1, uses=False)],
    TWO: [document(TWO), document(TWO, name="JO ASH", role="director"), document(TWO, name="Jo", aliases=())],
    THREE: [document(THREE, name="JO ASH"), document(THREE, name="Jo", uses=False), document(THREE, words=3)],
}


def dump(store):
    """All that the database shows: every node and relationship with all properties, and what is loaded."""
    nodes = store.read(
        "MATCH (n) WHERE NOT n:_Lock AND NOT n:_Graph RETURN labels(n) AS labels, properties(n) AS properties"
    )
    edges = store.read(
        "MATCH (a)-[r]->(b) RETURN a.iri AS start, type(r) AS type, b.iri AS end, properties(r) AS properties"
    )
    graphs = store.read("MATCH (g:_Graph) RETURN g.iri AS iri, g.version AS version")
    return [sorted(map(_sortable, part)) for part in (nodes, edges, graphs)]


def _sortable(row):
    return str({key: sorted(value.items()) if isinstance(value, dict) else value for key, value in row.items()})


def empty(store):
    for graph in store.loaded():
        store.retract(graph)


def fresh(store, state):
    """The dump after a first load of the same documents."""
    empty(store)
    store.load("1", base())
    for graph in sorted(state):
        store.load(str(state[graph]), VERSIONS[graph][state[graph]])
    return dump(store)


def test_load_twice_changes_nothing(store):
    store.load("1", base())
    first = store.load("1", document(ONE))
    before = dump(store)

    assert (first.nodes_created, first.relationships_created) == (5, 6)
    assert store.load("1", document(ONE)) == Change()
    assert store.load("2", document(ONE)).nodes_created == 3  # its own, made anew
    assert dump(store)[:2] == before[:2]


def test_retract_removes_what_only_that_document_supported(store):
    store.load("1", base())
    store.load("1", document(ONE))
    alone = dump(store)
    store.load("1", document(TWO, name="JO ASH", aliases=("Front Hub",)))

    [hub] = store.read("MATCH (n:Service {iri: $iri}) RETURN n.aliases AS aliases, n.statedIn AS graphs", iri=HUB)
    assert hub == {"aliases": ["Front Hub", "The Hub"], "graphs": sorted([ONE, TWO])}
    [uses] = store.read("MATCH (:LocalAuthority)-[r:USES]->() RETURN r.statedIn AS graphs")
    assert uses["graphs"] == sorted([ONE, TWO])

    store.retract(TWO)
    assert dump(store) == alone

    store.retract(ONE)
    store.retract(BASE)
    assert dump(store) == [[], [], []]


def test_retract_of_what_is_not_there_does_nothing(store):
    store.load("1", base())

    assert store.retract(ONE) == Change()
    assert list(store.loaded()) == [BASE]


def test_what_is_shown_does_not_depend_on_the_order(store):
    store.load("1", base())
    shown = set()
    for order in permutations([VERSIONS[ONE][1], VERSIONS[TWO][0], VERSIONS[THREE][1]]):
        for rows in order:
            store.load("1", rows)
        shown.add(str(dump(store)))
        for rows in order:
            store.retract(rows.graph)

    assert len(shown) == 1


@pytest.mark.parametrize("seed", range(3))
def test_database_after_any_sequence_equals_a_fresh_load(store, seed):
    chance = random.Random(seed)
    state = {}
    store.load("1", base())
    for _ in range(12):
        graph = chance.choice(list(VERSIONS))
        if graph in state and chance.random() < 0.4:
            store.retract(graph)
            del state[graph]
        else:
            state[graph] = chance.randrange(len(VERSIONS[graph]))
            store.load(str(state[graph]), VERSIONS[graph][state[graph]])
    after = dump(store)

    assert after == fresh(store, state)


def test_node_that_others_refer_to_stays_until_they_do_not(store):
    store.load("1", base())
    store.load("1", document(ONE))

    store.retract(BASE)
    assert store.counts()["nodes"]["LocalAuthority"] == 1
    store.load("2", base())
    assert store.read("MATCH (n:LocalAuthority) RETURN n.statedIn AS graphs") == [{"graphs": [BASE]}]
    store.retract(BASE)
    store.retract(ONE)
    assert dump(store) == [[], [], []]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (GraphRows(ONE, (NodeRow("Gremlin", ONE, {}, own=True),)), "no label or relationship type 'Gremlin'"),
        (
            GraphRows(ONE, (NodeRow("Document", ONE, {}, own=True),), (EdgeRow("BITES", ONE, PLACE, own=True),)),
            "no label or relationship type 'BITES'",
        ),
        (
            GraphRows(
                ONE, (NodeRow("Document", ONE, {}, own=True),), (EdgeRow("REPORTS_ON", ONE, "https://x/y", own=True),)
            ),
            "no graph says what https://x/y is",
        ),
        (GraphRows(ONE, (NodeRow("Region", PLACE, {}),)), "is a Region to one graph and a LocalAuthority to another"),
    ],
)
def test_load_of_a_broken_graph_changes_nothing(store, broken, reason):
    store.load("1", base())
    before = dump(store)

    with pytest.raises(InvalidGraph, match=reason):
        store.load("1", broken)

    assert dump(store) == before


@pytest.fixture
def dataset(tmp_path, record, another, vocabulary):
    """A dataset of the vocabularies and two documents that share much."""
    with Dataset.open(tmp_path / "dataset") as dataset:
        dataset.replace_vocabulary(vocabulary_quads(vocabulary), "1")
        for document in (record, another("second.pdf", "b")):
            keep(dataset, document, vocabulary)
        yield dataset


def keep(dataset, record, vocabulary, extractor="1"):
    graph = to_graph(record, vocabulary, extractor=extractor)
    dataset.replace(Entry(source=record.source, sha256=record.sha256, extractor=extractor), graph)


def test_sync_makes_a_copy_and_sends_only_what_changed(store, dataset, another, vocabulary):
    first = store.sync(dataset)
    again = store.sync(dataset)
    keep(dataset, another("third.pdf", "c"), vocabulary)
    progress = []
    third = store.sync(dataset, progress=progress.append)

    assert (first.loaded, first.unchanged, first.retracted) == (3, 0, 0)
    assert (again.loaded, again.unchanged, again.change) == (0, 3, Change())
    assert (third.loaded, third.unchanged) == (1, 3)
    assert progress == ["third.pdf"]
    assert set(store.loaded()) == {thing_iri("graph", "vocabulary"), *(document_iri(digit * 64) for digit in "abc")}


def test_graph_is_of_another_version_until_a_sync_loads_it_anew(store, dataset):
    assert not store.is_of_another_version()  # an empty database lacks nothing that a question looks for

    store.sync(dataset)
    assert not store.is_of_another_version()
    store.write(f"MATCH (graph:{GRAPH_LABEL}) SET graph.version = '1 ' + graph.version")
    assert store.is_of_another_version()
    store.sync(dataset)
    assert not store.is_of_another_version()


def test_words_are_indexed_when_the_first_sync_has_filled_the_database(store, dataset):
    names = {index.name for index in graph_schema().searches}
    for name in names:
        store.write(f"DROP INDEX {name}")
    with pytest.raises(StoreError, match="nothing can be searched before the first build"):
        search_all(store, "Durham", limit=10)

    store.sync(dataset)

    assert names <= {row["name"] for row in store.read("SHOW INDEXES YIELD name")}
    assert search_all(store, "Durham", limit=10)


def test_first_sync_does_not_ask_for_what_it_made_itself(store, dataset, another, vocabulary, monkeypatch):
    statements, lookup, run = [], "labels(n)[0] AS label", LoadTransaction._run

    def record_and_run(self, cypher, **parameters):
        statements.append(cypher)
        return run(self, cypher, **parameters)

    monkeypatch.setattr(LoadTransaction, "_run", record_and_run)
    monkeypatch.setattr(neo4j_store, "TRANSACTION_ROWS", 1)

    store.sync(dataset)
    assert statements
    assert not any(lookup in statement for statement in statements)

    keep(dataset, another("third.pdf", "c"), vocabulary)
    store.sync(dataset)
    assert any(lookup in statement for statement in statements)


def test_first_sync_sees_what_another_loads_meanwhile(
    store, neo4j, dataset, another, vocabulary, monkeypatch, tmp_path
):
    with Dataset.open(tmp_path / "another") as elsewhere:
        keep(elsewhere, another("third.pdf", "c"), vocabulary)
        third = graph_rows(document_iri("c" * 64), elsewhere.quads(document_iri("c" * 64)))
    monkeypatch.setattr(neo4j_store, "TRANSACTION_ROWS", 1)

    def load_another(name):
        if name != "the vocabularies":
            with Neo4jStore.connect(neo4j) as another_store:
                another_store.load("1", third)

    store.sync(dataset, progress=load_another)
    together = dump(store)
    empty(store)
    store.sync(dataset)
    store.load("1", third)

    assert dump(store) == together


def test_first_sync_takes_a_node_that_is_there_for_what_it_is(store, dataset):
    iri = thing_iri("concept", "permanence")
    store.write("CREATE (:Concept {iri: $iri})", iri=iri)

    store.sync(dataset)

    assert store.read("MATCH (n:Concept {iri: $iri}) RETURN n.name AS name", iri=iri) == [{"name": "permanence"}]


def test_sync_follows_replaced_and_removed_documents(store, dataset, record, another, vocabulary):
    store.sync(dataset)
    changed = replace(record, people=(replace(record.people[0], name="Ann  Example"),), findings=())
    keep(dataset, changed, vocabulary, extractor="2")
    dataset.remove("second.pdf")

    synced = store.sync(dataset)
    after = dump(store)

    assert (synced.loaded, synced.retracted, synced.unchanged) == (1, 1, 1)
    assert store.counts()["nodes"]["Finding"] == 0
    empty(store)
    store.sync(dataset)
    assert dump(store) == after


def test_sync_of_the_whole_vocabulary_gives_every_term(store, dataset, vocabulary):
    store.sync(dataset)

    nodes = store.counts()["nodes"]
    assert nodes["LocalAuthority"] == len(vocabulary.authorities)
    assert nodes["Concept"] == len(vocabulary.concepts)
    assert list(nodes) == list(graph_schema().labels)
    [mash] = store.read(
        "MATCH (a:LocalAuthority {name: 'Durham'})-[:USES]->(own:Service)-[:INSTANCE_OF]->(kind:Service)"
        " RETURN own.name AS own, kind.name AS kind"
    )
    assert mash["kind"] == vocabulary.thing("service:mash").label


LOADS = """
import sys
from caregraph.graph.neo4j.property_graph import GraphRows, NodeRow
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.ontology.iris import document_iri, thing_iri
from caregraph.ontology.schema import cg
from caregraph.settings import ServerAddress

jo = NodeRow("Person", thing_iri("person", "jo"), {"name": "Jo"})
with Neo4jStore.connect(ServerAddress(*sys.argv[1:5])) as store:
    for number in range(int(sys.argv[5])):
        graph, place = document_iri(f"{number:08d}"), thing_iri("passage", f"{number:08d}")
        passages = [NodeRow("Passage", f"{place}-{at}", {"text": "w"}, own=True) for at in range(40)]
        store.load("1", GraphRows(graph, (NodeRow("Document", graph, {}, own=True), jo, *passages)))
        print(graph, flush=True)
"""


def loading(address, *, documents):
    """A process that loads documents and prints the IRI of each when it is loaded."""
    command = [sys.executable, "-c", LOADS, address.uri, address.username, address.password, address.database]
    return subprocess.Popen(
        [*command, str(documents)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[4]
    )


def test_killed_load_keeps_what_was_acknowledged_and_nothing_by_halves(neo4j, store):
    process = loading(neo4j, documents=10_000)
    acknowledged = [process.stdout.readline().strip() for _ in range(15)]
    process.kill()
    acknowledged += [line for line in process.communicate()[0].splitlines() if len(line) == len(acknowledged[0])]

    loaded = store.loaded()
    assert set(acknowledged) <= loaded.keys()
    counts = store.counts()["nodes"]
    assert (counts["Document"], counts["Passage"], counts["Person"]) == (len(loaded), 40 * len(loaded), 1)


def test_two_that_load_at_once_wait_for_each_other(neo4j, store):
    processes = [loading(neo4j, documents=20) for _ in range(2)]

    assert [process.communicate()[0].count("\n") for process in processes] == [20, 20]
    counts = store.counts()["nodes"]
    assert (counts["Document"], counts["Passage"], counts["Person"]) == (20, 800, 1)
    [jo] = store.read("MATCH (n:Person) RETURN n.statedIn AS graphs")
    assert jo["graphs"] == sorted(store.loaded())


def test_sync_leaves_out_a_broken_graph_alone_and_says_why(store, dataset, another, vocabulary):
    store.sync(dataset)
    before = dump(store)
    lost = to_graph(another("lost.pdf", "c"), vocabulary, extractor="1")
    nowhere = URIRef("https://example.org/nowhere")
    lost.add((URIRef(document_iri("c" * 64)), URIRef(cg("reportsOn")), nowhere))
    dataset.replace(Entry(source="lost.pdf", sha256="c" * 64, extractor="1"), lost)
    keep(dataset, another("third.pdf", "d"), vocabulary)

    synced = store.sync(dataset)

    assert (synced.loaded, synced.unchanged) == (1, 3)
    assert synced.refused == {"lost.pdf": f"no graph says what {nowhere} is"}
    assert document_iri("d" * 64) in store.loaded()
    dataset.remove("third.pdf")
    store.sync(dataset)
    assert dump(store) == before


def test_files_that_could_not_be_read_are_in_the_database(store, dataset):
    failed = Entry(source="a scan.pdf", sha256="e" * 64, extractor="1", status="failed", reason="no text in it")
    dataset.replace(failed)
    store.sync(dataset)

    read = "MATCH (n:UnreadFile) RETURN n.name AS name, n.reason AS reason"
    assert store.read(read) == [{"name": "a scan.pdf", "reason": "no text in it"}]
    dataset.remove("a scan.pdf")
    assert store.sync(dataset).retracted == 1
    assert store.read(read) == []


@pytest.mark.parametrize(
    "in_the_way",
    [
        "CREATE CONSTRAINT my_own FOR (n:Region) REQUIRE n.iri IS UNIQUE",
        "CREATE INDEX my_own FOR (n:Region) ON (n.iri)",
        "CREATE INDEX my_own FOR (n:Region) ON (n.name)",
        "CREATE CONSTRAINT my_own FOR (n:Region) REQUIRE n.name IS UNIQUE",
        "CREATE FULLTEXT INDEX my_own FOR (n:Finding) ON EACH [n.text]",
        "CREATE CONSTRAINT Finding_words FOR (n:Region) REQUIRE n.gss IS UNIQUE",
        "CREATE INDEX Finding_words FOR ()-[r:LED]-() ON (r.role)",
        "CREATE FULLTEXT INDEX Finding_words FOR (n:Finding) ON EACH [n.text]",  # its words are not stemmed
        "CREATE RANGE INDEX `it``s mine` FOR (n:Region) ON (n.iri)",
    ],
)
def test_prepare_gets_by_with_what_is_there(store, in_the_way):
    indexes = "SHOW INDEXES YIELD name, type, owningConstraint, options WHERE name = 'Finding_words'"
    for drop in ["CONSTRAINT Region_iri", "INDEX Region_name", "INDEX Finding_words"]:
        store.write(f"DROP {drop}")
    store.write(in_the_way)

    store.prepare()
    store.prepare()

    [words] = store.read(indexes)
    assert words["options"]["indexConfig"]["fulltext.analyzer"] == "english"
    unique = (
        "SHOW CONSTRAINTS YIELD labelsOrTypes, properties WHERE properties = ['iri'] AND labelsOrTypes = ['Region']"
    )
    assert len(store.read(unique)) == 1
    for row in store.read("SHOW CONSTRAINTS YIELD name WHERE name = 'my_own'"):
        store.write(f"DROP CONSTRAINT {row['name']}")
    for row in store.read("SHOW INDEXES YIELD name WHERE name = 'my_own'"):
        store.write(f"DROP INDEX {row['name']}")


def test_prepare_makes_what_the_ontology_asks_for_and_mends_it(store):
    wanted = {index.name for index in (*graph_schema().lookups, *graph_schema().searches)}
    store.write("DROP INDEX names")
    store.write("CREATE FULLTEXT INDEX names FOR (n:Region) ON EACH [n.gss]")
    store.write("DROP CONSTRAINT Region_iri")

    store.prepare()

    present = {row["name"]: row["keys"] for row in store.read("SHOW INDEXES YIELD name, properties AS keys")}
    assert wanted <= present.keys()
    assert "name" in present["names"]
    unique = {row["labels"][0] for row in store.read("SHOW CONSTRAINTS YIELD labelsOrTypes AS labels")}
    assert set(graph_schema().labels) <= unique


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"password": "wrong-password"}, "refuses the user name or the password"),
        ({"username": "nobody"}, "refuses the user name or the password"),
        ({"database": "elsewhere"}, "no such database"),
        ({"uri": "bolt://127.0.0.1:1"}, "no Neo4j answers"),
        ({"uri": "neo4j://127.0.0.1:1"}, "no Neo4j answers"),
        ({"uri": "bolt://no-such-host.invalid:7687"}, "no Neo4j answers"),
    ],
)
def test_connect_says_what_is_wrong(neo4j, changes, reason):
    with pytest.raises(ServerUnavailable, match=reason) as caught:
        Neo4jStore.connect(replace(neo4j, **changes))

    assert neo4j.password not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("agent", ["Neo4j/4.4.38", "Neo4j/5.9.0", "Gizmo/1.0", ""])
def test_connect_needs_a_neo4j_that_is_new_enough(agent):
    with pytest.raises(ServerUnavailable, match=r"5\.26 or later"):
        _check_version(agent, "bolt://example.org")


@pytest.mark.parametrize("agent", ["Neo4j/5.26.30", "Neo4j/5.27-aura", "Neo4j/2025.04.0"])
def test_connect_takes_a_neo4j_that_is_new_enough(agent):
    _check_version(agent, "bolt://example.org")


def test_search_finds_names_and_words(store, dataset):
    finding = "The MASH answers quickly when a child may be at risk."
    store.sync(dataset)

    for text, kind, name in [
        ("durham", "LocalAuthority", "Durham"),
        ("Mockingbird", "Programme", "Mockingbird family model"),
        ("mokingbird", "Programme", "Mockingbird family model"),
        ("MASH", "Service", "multi-agency safeguarding hub"),
        ("child at risk", "Finding", finding),
        ("answering", "Finding", finding),
        ("inspection report durham", "Document", "Durham inspection report"),
    ]:
        results = search_all(store, text, limit=10)
        assert name in [row["name"] for row in results if row["kind"] == kind], text
        for row in results:
            assert row["kind"] not in ("Finding", "Passage") or (row["document"] and row["page"] and row["text"])


@pytest.mark.parametrize("text", ["", "  ", "xyzzyx", '"*:*" OR (', "AND OR NOT", "a\\b/c~[d]^{2}"])
def test_search_finds_nothing_where_nothing_is(store, text):
    assert search_all(store, text, limit=10) == []
