"""Validation of graphs against the shapes of ontology/shapes.ttl, by pySHACL, with messages that people can read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from caregraph import ontology
from caregraph.graph.dataset.quotations import first_words
from caregraph.graph.dataset.rdf_terms import CG, OA, graph_of
from caregraph.ontology.errors import InvalidGraph
from caregraph.ontology.schema import load_schema

SHAPES = Path(ontology.__file__).with_name("shapes.ttl")


def validate_graph(graph: Graph, *, source: str) -> None:
    """Validate the graph of the file ``source``.

    Raises:
        InvalidGraph: if it breaks the shapes.
    """
    if violations := find_violations(graph, source=source):
        raise InvalidGraph(source, violations)


def validate_vocabulary(path: Path, known: Iterable[Path]) -> None:
    """Validate a register or thesaurus in Turtle, together with what known files state of the same things.

    Raises:
        InvalidGraph: if it breaks the shapes.
    """
    statements = _read(path)
    described = {statement.subject for statement in statements}
    for other in known:
        statements += _about(described, _read(other))
    validate_graph(graph_of(statements), source=path.name)


def _read(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))


def _about(nodes: Iterable[object], statements: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield statements about some nodes, and about the unnamed nodes to which these lead."""
    by_subject: dict[object, list[ox.Quad]] = defaultdict(list)
    for statement in statements:
        by_subject[statement.subject].append(statement)
    remaining = set(nodes)
    while remaining:
        for statement in by_subject.pop(remaining.pop(), ()):
            yield statement
            if isinstance(statement.object, ox.BlankNode):
                remaining.add(statement.object)


def find_violations(graph: Graph, *, source: str) -> list[str]:
    """List the violations of the shapes, a line each: the file, the page if there is one, the node and the fault."""
    return sorted({f"{_location(graph, node, source)}: {fault}" for node, fault in faults_of(graph, source=source)})


def faults_of(graph: Graph, *, source: str) -> Iterator[tuple[Node, str]]:
    """Yield each node that breaks the shapes, with its class, its name and the fault.

    Quotations of a document whose words are not here need none.
    """
    with_words = (None, CG.withoutWords, None) not in graph
    conforms, report, text = pyshacl.validate(graph, shacl_graph=_shapes(with_words=with_words), inference="none")
    if conforms:
        return
    if not isinstance(report, Graph):
        raise InvalidGraph(source, [str(text)])
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        if focus is not None:
            yield focus, f"{_describe(graph, focus)} {report.value(result, SH.resultMessage)}"


@cache
def inverse_predicates() -> tuple[str, ...]:
    """Predicates of which the shapes ask what leads to a node by them."""
    return tuple(sorted(map(str, set(_shapes(with_words=True).objects(None, SH.inversePath)))))


@cache
def _shapes(*, with_words: bool) -> Graph:
    """Shapes in which each property shape is a shape of its own, with the targets of its node shape.

    This means the same, but pySHACL then checks all nodes of a class at once: a
    long document takes 0.4 s in place of 1.3 s.
    """
    shapes = Graph().parse(SHAPES, format="turtle")
    for node in set(shapes.subjects(SH.targetClass)):
        _hoist(shapes, node)
    for shape in () if with_words else list(shapes.subjects(SH.path, OA.exact)):
        shapes.remove((shape, SH.minCount, None))
    return shapes


def _hoist(shapes: Graph, node: Node) -> None:
    ignored = shapes.value(node, SH.ignoredProperties)
    for shape in list(shapes.objects(node, SH.property)):
        shapes.remove((node, SH.property, shape))
        shapes.add((shape, RDF.type, SH.PropertyShape))
        for target in shapes.objects(node, SH.targetClass):
            shapes.add((shape, SH.targetClass, target))
        path = shapes.value(shape, SH.path)
        if ignored is not None and isinstance(path, URIRef):  # a closed shape must go on allowing the property
            Collection(shapes, ignored).append(path)


def _location(graph: Graph, focus: Node, source: str) -> str:
    page = min(_pages(graph, focus), default=None)
    return source if page is None else f"{source}, page {page}"


def _describe(graph: Graph, focus: Node | None) -> str:
    """Class and name of a node: "Judgement 'Help and protection: good' of 'ILACS, Durham, 2022'"."""
    classes, types = load_schema().classes, sorted(map(str, graph.objects(focus, RDF.type)))
    terms = [classes[type] for type in types if type in classes]
    # The vocabularies state wider classes too; those with a label of their own in Neo4j are the narrowest.
    term = min(terms, key=lambda term: term.neo4j_label is None, default=None)
    label = term.label.capitalize() if term else "Thing"
    name = graph.value(focus, SKOS.prefLabel) or graph.value(focus, OA.exact)
    given_by = graph.value(graph.value(None, CG.gave, focus), SKOS.prefLabel)
    of = f" of '{given_by}'" if given_by is not None else ""
    return f"{label} '{first_words(name)}'{of}" if isinstance(name, Literal) else f"{label} {focus}"


def _pages(graph: Graph, focus: Node | None) -> Iterator[int]:
    """Yield the pages of a node's words, or of the words of nodes that refer to it."""
    quoted = [focus] if (focus, CG.page, None) in graph else list(graph.subjects(None, focus))
    for node in quoted:
        page = graph.value(node, CG.page)
        if isinstance(page, Literal) and isinstance(page.value, int):
            yield page.value
