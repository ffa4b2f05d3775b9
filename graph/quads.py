"""Between rdflib's statements and Oxigraph's."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from ontology import turtle
from ontology.errors import InvalidGraph
from ontology.iris import THINGS

PREFIXES = {
    **turtle.PREFIXES,
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "id": THINGS,
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def quads_of(graph: Graph, name: ox.NamedNode) -> Iterator[ox.Quad]:
    """The statements of a graph, as those of the named graph ``name``.

    Raises:
        InvalidGraph: if a node has no IRI; nothing that has none can be replaced or taken back.
    """
    for subject, predicate, value in graph:
        yield ox.Quad(_node(subject), _node(predicate), _term(value), name)


def graph_of(quads: Iterable[ox.Quad], name: str) -> Graph:
    """The statements of quads as one graph."""
    graph = Graph(identifier=name)
    graph.parse(data=ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES), format="ox-nt")
    return graph


def update_text(remove: Iterable[ox.Quad], add: Iterable[ox.Quad]) -> str:
    """The SPARQL update that removes and adds statements in one transaction."""
    return f"DELETE DATA {{ {_blocks(remove)} }} ; INSERT DATA {{ {_blocks(add)} }}"


def _blocks(quads: Iterable[ox.Quad]) -> str:
    return "\n".join(f"GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} }}" for quad in quads)


def _term(node: Node) -> ox.NamedNode | ox.Literal:
    if isinstance(node, Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=_node(node.datatype) if node.datatype else None)
    return _node(node)


@lru_cache(maxsize=100_000)
def _node(node: Node) -> ox.NamedNode:
    if not isinstance(node, URIRef):
        raise InvalidGraph("graph", [f"{node.n3()} has no IRI"])
    return ox.NamedNode(str(node))
