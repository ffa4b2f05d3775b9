import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from caregraph.graph.dataset.rdf_terms import with_names
from caregraph.ontology.errors import InvalidGraph

THING, PART = URIRef("https://example.org/thing"), URIRef("https://example.org/terms#part")


def test_nodes_of_a_list_are_named_after_what_they_hang_on():
    graph = Graph()
    graph.add((THING, PART, Collection(graph, BNode(), [Literal("a"), Literal("b")]).uri))

    named = with_names(graph, "https://example.org/graph")

    assert set(named) == {
        (THING, PART, THING + "/part"),
        (THING + "/part", RDF.first, Literal("a")),
        (THING + "/part", RDF.rest, THING + "/part/rest"),
        (THING + "/part/rest", RDF.first, Literal("b")),
        (THING + "/part/rest", RDF.rest, RDF.nil),
    }


@pytest.mark.parametrize(
    ("unnamed", "reason"),
    [
        ([(THING, PART, BNode()), (THING, PART, BNode())], "two unnamed nodes"),
        ([(BNode(), PART, THING)], "hangs on nothing"),
    ],
)
def test_nodes_that_cannot_be_told_apart_are_refused(unnamed, reason):
    graph = Graph()
    for triple in unnamed:
        graph.add(triple)

    with pytest.raises(InvalidGraph, match=reason):
        with_names(graph, "https://example.org/graph")


def test_named_nodes_keep_their_names():
    graph = Graph()
    graph.add((THING, PART, URIRef("https://example.org/part")))

    assert set(with_names(graph, "https://example.org/graph")) == set(graph)
