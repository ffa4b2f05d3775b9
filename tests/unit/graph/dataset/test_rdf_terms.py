import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from caregraph.graph.dataset.rdf_terms import skolemize
from caregraph.ontology.errors import InvalidGraph

THING, PART = URIRef("https://example.org/thing"), URIRef("https://example.org/terms#part")


def test_blank_nodes_of_a_list_get_iris_of_their_parents():
    graph = Graph()
    graph.add((THING, PART, Collection(graph, BNode(), [Literal("a"), Literal("b")]).uri))

    skolemized = skolemize(graph, "https://example.org/graph")

    assert set(skolemized) == {
        (THING, PART, THING + "/part"),
        (THING + "/part", RDF.first, Literal("a")),
        (THING + "/part", RDF.rest, THING + "/part/rest"),
        (THING + "/part/rest", RDF.first, Literal("b")),
        (THING + "/part/rest", RDF.rest, RDF.nil),
    }


@pytest.mark.parametrize(
    ("triples", "reason"),
    [
        ([(THING, PART, BNode()), (THING, PART, BNode())], "two unnamed nodes"),
        ([(BNode(), PART, THING)], "hangs on nothing"),
    ],
)
def test_blank_nodes_that_would_have_one_iri_are_refused(triples, reason):
    graph = Graph()
    for triple in triples:
        graph.add(triple)

    with pytest.raises(InvalidGraph, match=reason):
        skolemize(graph, "https://example.org/graph")


def test_nodes_with_iris_keep_them():
    graph = Graph()
    graph.add((THING, PART, URIRef("https://example.org/part")))

    assert set(skolemize(graph, "https://example.org/graph")) == set(graph)
