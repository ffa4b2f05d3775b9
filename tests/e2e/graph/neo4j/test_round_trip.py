"""The database gives back what the dataset states, statement by statement."""

from datetime import date

import pyoxigraph as ox
import pytest

from benchmarks.robustness.round_trip import statements_in_database, statements_in_scope
from caregraph.graph.dataset.rdf_terms import quads_of
from caregraph.graph.dataset.statements import to_graph, vocabulary_quads
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.neo4j.property_graph import graph_rows
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.server import launcher
from caregraph.ontology.iris import ONTOLOGY, VOCABULARY_GRAPH, document_iri
from caregraph.ontology.turtle import PREFIXES, expand

GRAPH = document_iri("a" * 64)
ASHMERE, BRACKENFORD = (f"https://w3id.org/caregraph/id/authority/{code}" for code in ("E99000001", "E99000002"))


def quads(turtle):
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    triples = ox.parse(f"{prefixes}{turtle}", format=ox.RdfFormat.TURTLE)
    return [ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(GRAPH)) for triple in triples]


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        (
            f'<{ASHMERE}> a cg:LocalAuthority ; skos:prefLabel "Ashmere" ; cg:started "1998-04-01"^^xsd:date .',
            {
                (ASHMERE, expand("rdf:type"), f"{ONTOLOGY}LocalAuthority"),
                (ASHMERE, expand("skos:prefLabel"), "Ashmere"),
                (ASHMERE, f"{ONTOLOGY}started", date(1998, 4, 1)),
            },
        ),
        (
            f"<{ASHMERE}> cg:statisticalNeighbours ( <{BRACKENFORD}> ) .",
            {(ASHMERE, f"{ONTOLOGY}statisticalNeighbours", (1, BRACKENFORD))},
        ),
        # Classes that the ontology keeps out of the property graph.
        ('<https://example.org/grade> a cg:Grade ; skos:prefLabel "good" .', set()),
        ("<https://example.org/run> a prov:Activity ; prov:used <https://example.org/report> .", set()),
        ("", set()),
    ],
)
def test_scope_is_what_the_ontology_puts_into_the_property_graph(turtle, expected):
    assert statements_in_scope(quads(turtle)) == expected


def test_samples_come_back_from_the_database_as_they_are_in_the_dataset(samples_graph):
    with (
        Dataset.read(samples_graph / "dataset") as dataset,
        Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as store,
    ):
        graphs = {entry.document for entry in dataset.documents() if entry.status == "done"}
        counts = []
        for graph in (VOCABULARY_GRAPH, *graphs):
            stated = statements_in_scope(dataset.quads(graph))
            assert statements_in_database(store, graph) == stated
            counts.append(len(stated))
        assert min(counts) > 10  # of a news item that repeats a report
        assert sum(counts) > 20_000
        assert statements_in_database(store, GRAPH) == set()


def test_loss_and_change_are_noticed(store, record, vocabulary):
    words = vocabulary_quads(vocabulary)
    report = list(quads_of(to_graph(record, vocabulary, extractor="1"), ox.NamedNode(GRAPH)))
    store.load("1", graph_rows(VOCABULARY_GRAPH, words))
    store.load("1", graph_rows(GRAPH, report))
    stated = statements_in_scope(report)
    assert statements_in_database(store, GRAPH) == stated

    store.write("MATCH (f:Finding) SET f.polarity = 'concern'")
    store.write("MATCH ()-[r:ATTESTED_FOR|MENTIONS]->() DELETE r")
    store.write("MATCH (p:Person) SET p.name = 'Another'")
    present = statements_in_database(store, GRAPH)
    lost = {predicate.rsplit("#", 1)[-1].rsplit("/", 1)[-1] for _, predicate, _ in stated - present}
    assert lost >= {"polarity", "mentions", "mentionOf", "prefLabel"}
    assert any(predicate.endswith("polarity") for _, predicate, _ in present - stated)
