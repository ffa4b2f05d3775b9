"""Between rdflib's statements and Oxigraph's."""

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from caregraph.graph.dataset.sparql import XSD
from caregraph.ontology import turtle
from caregraph.ontology.errors import InvalidGraph
from caregraph.ontology.iris import THINGS

ANY = ox.NamedNode("urn:any")
STRING = ox.NamedNode(f"{XSD}string")
PREFIXES = {
    **turtle.PREFIXES,
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "id": THINGS,
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": XSD,
}


def quads_of(graph: Graph, name: ox.NamedNode) -> Iterator[ox.Quad]:
    """The statements of a graph, as those of the named graph ``name``.

    Raises:
        InvalidGraph: if a node has no IRI; nothing that has none can be replaced or taken back.
    """
    for subject, predicate, value in graph:
        yield ox.Quad(_node(subject), _node(predicate), _term(value), name)


def packed(graph: Graph) -> bytes:
    """The statements of a graph as N-Triples in one order, so that the same statements are the same bytes.

    Raises:
        InvalidGraph: as ``quads_of``.
    """
    triples = (quad.triple for quad in quads_of(graph, ANY))
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def unpacked(statements: bytes, name: str) -> list[ox.Quad]:
    """What `packed` packed, as the statements of the named graph of that IRI."""
    graph = ox.NamedNode(name)
    found = ox.parse(statements, format=ox.RdfFormat.N_TRIPLES)
    return [ox.Quad(one.subject, one.predicate, one.object, graph) for one in found]


def graph_of(statements: Iterable[ox.Quad | ox.Triple], name: str | None = None) -> Graph:
    """Statements as one graph, whatever graphs they were in."""
    graph = Graph(identifier=name)
    for one in statements:
        graph.add((from_oxigraph(one.subject), from_oxigraph(one.predicate), from_oxigraph(one.object)))
    return graph


def with_names(graph: Graph, name: str) -> Graph:
    """The same statements under the IRI ``name``, with each unnamed node named after what it hangs on.

    Raises:
        InvalidGraph: if an unnamed node hangs on nothing, or two hang on the same.
    """
    parents: dict[Node, tuple[Node, Node]] = {}
    for subject, predicate, value in graph:
        if isinstance(value, BNode):
            parents[value] = (subject, predicate)
    unnamed = {node for triple in graph for node in triple if isinstance(node, BNode)}
    names: dict[Node, Node] = {node: URIRef(_path(node, parents)) for node in unnamed}
    if len(set(names.values())) < len(unnamed):
        raise InvalidGraph("vocabulary", ["two unnamed nodes hang on one property of one node: name them"])
    named = Graph(identifier=name)
    for subject, predicate, value in graph:
        named.add((names.get(subject, subject), predicate, names.get(value, value)))
    return named


def _path(node: Node, parents: Mapping[Node, tuple[Node, Node]]) -> str:
    """The IRI of a node, or its parent's and the property's name."""
    if not isinstance(node, BNode):
        return str(node)
    if node not in parents:
        raise InvalidGraph("vocabulary", ["an unnamed node hangs on nothing: name it"])
    subject, predicate = parents[node]
    return f"{_path(subject, parents)}/{str(predicate).replace('#', '/').rsplit('/', 1)[-1]}"


def update_text(drop: Set[ox.NamedNode], remove: Iterable[ox.Quad], add: Iterable[ox.Quad]) -> str:
    """The SPARQL update that drops graphs, removes statements and adds others, in one transaction."""
    drops = " ; ".join(f"DROP GRAPH {name}" for name in drop) + " ;" if drop else ""
    rest = (quad for quad in remove if quad.graph_name not in drop)
    return f"{drops} DELETE DATA {{ {_blocks(rest)} }} ; INSERT DATA {{ {_blocks(add)} }}"


def _blocks(quads: Iterable[ox.Quad]) -> str:
    return "\n".join(map(_block, quads))


def _block(quad: ox.Quad) -> str:
    triple = f"{quad.subject} {quad.predicate} {quad.object} ."
    return triple if isinstance(quad.graph_name, ox.DefaultGraph) else f"GRAPH {quad.graph_name} {{ {triple} }}"


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


def from_oxigraph(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        # For rdflib, unlike for RDF, "a" and "a"^^xsd:string are two literals; ours have no type.
        plain = term.language or term.datatype == STRING
        return Literal(term.value, lang=term.language, datatype=None if plain else URIRef(term.datatype.value))
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise InvalidGraph("graph", [f"{term} is a statement about a statement"])
