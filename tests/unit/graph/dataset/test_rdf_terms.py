import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from caregraph.graph.dataset.rdf_terms import skolemize
from caregraph.ontology.errors import InvalidGraph
from caregraph.ontology.turtle import expand

GRAPH, THING = NamedNode("https://example.org/graph"), NamedNode("https://example.org/thing")
PART = NamedNode("https://example.org/terms#part")
FIRST, REST, NIL = (NamedNode(expand(f"rdf:{name}")) for name in ("first", "rest", "nil"))


def quad(subject, predicate, value):
    return Quad(subject, predicate, value, GRAPH)


def test_blank_nodes_of_a_list_get_iris_of_their_parents():
    one, two = BlankNode(), BlankNode()
    quads = [
        quad(THING, PART, one),
        quad(one, FIRST, Literal("a")),
        quad(one, REST, two),
        quad(two, FIRST, Literal("b")),
        quad(two, REST, NIL),
    ]

    one, two = (NamedNode(f"{THING.value}/{path}") for path in ("part", "part/rest"))
    assert skolemize(quads) == [
        quad(THING, PART, one),
        quad(one, FIRST, Literal("a")),
        quad(one, REST, two),
        quad(two, FIRST, Literal("b")),
        quad(two, REST, NIL),
    ]


@pytest.mark.parametrize(
    ("quads", "reason"),
    [
        ([quad(THING, PART, BlankNode()), quad(THING, PART, BlankNode())], "two unnamed nodes"),
        ([quad(BlankNode(), PART, THING)], "hangs on nothing"),
    ],
)
def test_blank_nodes_that_would_have_one_iri_are_refused(quads, reason):
    with pytest.raises(InvalidGraph, match=reason):
        skolemize(quads)


def test_nodes_with_iris_keep_them():
    quads = [quad(THING, PART, NamedNode("https://example.org/part"))]

    assert skolemize(quads) == quads
