"""Conversion of statements to rdflib's, from them to Oxigraph's, and their serialization."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache, lru_cache
from typing import Any

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.store import Store
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


class StatementStore(Store):
    """Store of rdflib for statements that are given at once and never change, of one graph, whatever graph asks.

    rdflib's own notes for each statement the graphs that have it, and tells its listeners: to validate a document
    takes twice as long with it.
    """

    context_aware = True  # as pySHACL wants it
    graph_aware = True

    def __init__(self, statements: Iterable[tuple[Node, Node, Node]]) -> None:
        super().__init__()
        self._values: dict[Node, dict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self._subjects: dict[Node, dict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self._count = 0
        for subject, predicate, value in statements:
            self._values[subject][predicate].append(value)
            self._subjects[predicate][value].append(subject)
            self._count += 1

    def triples(
        self, triple_pattern: tuple[Node | None, Node | None, Node | None], context: Graph | None = None
    ) -> Iterator[tuple[tuple[Node, Node, Node], Iterator[Graph]]]:
        """Yield the statements that fit a pattern, where None fits all, each with no graphs."""
        subject, predicate, value = triple_pattern
        if subject is None and predicate is not None:
            by_value = self._subjects.get(predicate, {})
            for known in by_value if value is None else (value,):
                for node in by_value.get(known, ()):
                    yield (node, predicate, known), iter(())
            return
        for node in self._values if subject is None else (subject,):
            by_predicate = self._values.get(node, {})
            for key in by_predicate if predicate is None else (predicate,):
                for known in by_predicate.get(key, ()):
                    if value is None or known == value:
                        yield (node, key, known), iter(())

    def add(self, triple: object, context: Graph, quoted: bool = False) -> None:
        """Refuse: rdflib would take the statement and forget it."""
        raise TypeError("a graph of statements that were given at once takes no others")

    def __len__(self, context: Graph | None = None) -> int:
        """Number of statements."""
        return self._count

    def add_graph(self, graph: Graph) -> None:
        """Do nothing: there is one graph, which is here."""


def as_graph(triples: Iterable[Triple], name: str) -> Graph:
    """Collect a document's statements in a graph with the IRI ``name``, to which others can be added."""
    graph = Graph(identifier=name)
    for statement in _rdflib_statements(triples):
        graph.add(statement)
    return graph


def fixed_graph(triples: Iterable[Triple], name: str) -> Graph:
    """Collect a document's statements in a graph with the IRI ``name``, to which none can be added."""
    return Graph(StatementStore(_rdflib_statements(dict.fromkeys(triples))), identifier=name)


def _rdflib_statements(triples: Iterable[Triple]) -> Iterator[tuple[Node, Node, Node]]:
    iri = cache(URIRef)
    for subject, key, value in triples:
        if isinstance(value, terms.IRI):
            yield iri(subject), iri(key), iri(value)
        else:
            yield iri(subject), iri(key), Literal(value.text, datatype=iri(value.type) if value.type else None)


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


def skolemize(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Give each blank node of some statements an IRI, made of its parent's and of the property that leads to it.

    Raises:
        InvalidGraph: if a blank node has no parent, or two have the same parent and property.
    """
    quads = list(quads)
    parents = {quad.object: quad for quad in quads if isinstance(quad.object, ox.BlankNode)}
    blank = {quad.subject for quad in quads if isinstance(quad.subject, ox.BlankNode)} | parents.keys()
    iris = {node: ox.NamedNode(_skolem_iri(node, parents)) for node in blank}
    if len(set(iris.values())) < len(blank):
        raise InvalidGraph("vocabulary", ["two unnamed nodes hang on one property of one node: name them"])

    def named(node: Any) -> Any:
        return iris.get(node, node)

    return [ox.Quad(named(quad.subject), quad.predicate, named(quad.object), quad.graph_name) for quad in quads]


def _skolem_iri(node: object, parents: Mapping[Any, ox.Quad]) -> str:
    if isinstance(node, ox.NamedNode):
        return node.value
    if node not in parents:
        raise InvalidGraph("vocabulary", ["an unnamed node hangs on nothing: name it"])
    parent = parents[node]
    return f"{_skolem_iri(parent.subject, parents)}/{parent.predicate.value.replace('#', '/').rsplit('/', 1)[-1]}"


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
