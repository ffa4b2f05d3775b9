"""Conversion of statements to rdflib's, from them to Oxigraph's, and their serialization."""

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from caregraph.graph.dataset import terms
from caregraph.graph.dataset.terms import Terms, Triple
from caregraph.ontology.errors import InvalidGraph
from caregraph.ontology.turtle import expand

STRING = ox.NamedNode(expand("xsd:string"))
CG, OA = Terms("cg", URIRef), Terms("oa", URIRef)


def quads_of(graph: Graph, name: ox.NamedNode) -> Iterator[ox.Quad]:
    """Yield the statements of a graph as quads of the named graph ``name``.

    Raises:
        InvalidGraph: if a node has no IRI; statements about such a node could not be replaced or removed.
    """
    for subject, predicate, value in graph:
        yield ox.Quad(_named_node(subject), _named_node(predicate), _term(value), name)


def as_graph(triples: Iterable[Triple], name: str) -> Graph:
    """Collect a document's statements in a graph with the IRI ``name``."""
    graph = Graph(identifier=name)
    for subject, key, value in triples:
        graph.add((URIRef(subject), URIRef(key), _from_plain(value)))
    return graph


def _from_plain(value: terms.IRI | terms.Literal) -> Node:
    if isinstance(value, terms.IRI):
        return URIRef(value)
    return Literal(value.text, datatype=URIRef(value.type) if value.type else None)


def deserialize_graph(statements: bytes, name: str) -> list[ox.Quad]:
    """Read lines of N-Triples as quads of the named graph with the IRI ``name``."""
    graph = ox.NamedNode(name)
    triples = ox.parse(statements, format=ox.RdfFormat.N_TRIPLES)
    return [ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]


def graph_of(statements: Iterable[ox.Quad | ox.Triple], name: str | None = None) -> Graph:
    """Graph of statements, whatever named graphs they come from."""
    graph = Graph(identifier=name)
    for statement in statements:
        graph.add(
            (from_oxigraph(statement.subject), from_oxigraph(statement.predicate), from_oxigraph(statement.object))
        )
    return graph


def skolemize(graph: Graph, name: str) -> Graph:
    """Copy a graph under the IRI ``name``, with an IRI for each blank node.

    The IRI of a blank node is made of its parent's and of the property that leads to it.

    Raises:
        InvalidGraph: if a blank node has no parent, or two have the same parent and property.
    """
    parents: dict[Node, tuple[Node, Node]] = {}
    for subject, predicate, value in graph:
        if isinstance(value, BNode):
            parents[value] = (subject, predicate)
    blank = {node for triple in graph for node in triple if isinstance(node, BNode)}
    iris: dict[Node, Node] = {node: URIRef(_skolem_iri(node, parents)) for node in blank}
    if len(set(iris.values())) < len(blank):
        raise InvalidGraph("vocabulary", ["two unnamed nodes hang on one property of one node: name them"])
    skolemized = Graph(identifier=name)
    for subject, predicate, value in graph:
        skolemized.add((iris.get(subject, subject), predicate, iris.get(value, value)))
    return skolemized


def _skolem_iri(node: Node, parents: Mapping[Node, tuple[Node, Node]]) -> str:
    if not isinstance(node, BNode):
        return str(node)
    if node not in parents:
        raise InvalidGraph("vocabulary", ["an unnamed node hangs on nothing: name it"])
    subject, predicate = parents[node]
    return f"{_skolem_iri(subject, parents)}/{str(predicate).replace('#', '/').rsplit('/', 1)[-1]}"


def sparql_update(dropped: Set[ox.NamedNode], removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> str:
    """SPARQL update that drops named graphs, removes statements and adds others, in one transaction."""
    drops = " ; ".join(f"DROP GRAPH {name}" for name in dropped) + " ;" if dropped else ""
    single = (quad for quad in removed if quad.graph_name not in dropped)
    return f"{drops} DELETE DATA {{ {_sparql_data(single)} }} ; INSERT DATA {{ {_sparql_data(added)} }}"


def _sparql_data(quads: Iterable[ox.Quad]) -> str:
    return "\n".join(map(_sparql_quad, quads))


def _sparql_quad(quad: ox.Quad) -> str:
    triple = f"{quad.subject} {quad.predicate} {quad.object} ."
    return triple if isinstance(quad.graph_name, ox.DefaultGraph) else f"GRAPH {quad.graph_name} {{ {triple} }}"


def _term(node: Node) -> ox.NamedNode | ox.Literal:
    if isinstance(node, Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=_named_node(node.datatype) if node.datatype else None)
    return _named_node(node)


@lru_cache(maxsize=100_000)
def _named_node(node: Node) -> ox.NamedNode:
    if not isinstance(node, URIRef):
        raise InvalidGraph("graph", [f"{node.n3()} has no IRI"])
    return ox.NamedNode(str(node))


def from_oxigraph(term: object) -> Node:
    """Convert a term of Oxigraph to rdflib's.

    Raises:
        InvalidGraph: if it is a statement about a statement.
    """
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        # For rdflib, unlike for RDF, "a" and "a"^^xsd:string are two literals; ours have no type.
        untyped = term.language or term.datatype == STRING
        return Literal(term.value, lang=term.language, datatype=None if untyped else URIRef(term.datatype.value))
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise InvalidGraph("graph", [f"{term} is a statement about a statement"])
