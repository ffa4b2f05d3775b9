"""The property graph that follows from the ontology: its schema, and the rows of a named graph.

Nothing of the ontology is repeated here; the header of caregraph.ttl says what
its annotations mean. Rows are made of one named graph at a time. What only that
graph can say, such as its document's passages, is its own; for all else the
store keeps which graphs say it, and `merged` decides what is shown where they differ.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import product
from typing import Any, Protocol

from caregraph.ontology.errors import InvalidGraph
from caregraph.ontology.iris import is_own
from caregraph.ontology.schema import ClassTerm, PropertyTerm, curie, load_schema
from caregraph.ontology.turtle import expand

Value = str | int | float | bool | date
Properties = dict[str, Value | list[Value]]

TYPE, FIRST, REST, NIL = (expand(f"rdf:{name}") for name in ("type", "first", "rest", "nil"))
NAMES = "names"  # the full-text index over all that is searched by name
READERS: dict[str, Callable[[str], Value]] = {
    expand("xsd:integer"): int,
    expand("xsd:double"): float,
    expand("xsd:boolean"): "true".__eq__,
    expand("xsd:date"): date.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Index:
    """What the database looks up fast: the values of ``keys`` in nodes of any of ``labels``."""

    name: str
    labels: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GraphSchema:
    """Labels, relationship types and indexes, in the ontology's order."""

    labels: tuple[str, ...]
    types: tuple[str, ...]
    lookups: tuple[Index, ...]
    searches: tuple[Index, ...]


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node. ``own``: no other graph can speak of it."""

    label: str
    iri: str
    properties: Properties = field(default_factory=dict)
    own: bool = False


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """A relationship between two nodes by their IRIs; ``iri`` is its own, where it has properties of its own."""

    type: str
    start: str
    end: str
    iri: str | None = None
    properties: Properties = field(default_factory=dict)
    own: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """What one named graph says. A relationship's ends may be nodes of another graph."""

    graph: str
    nodes: tuple[NodeRow, ...] = ()
    edges: tuple[EdgeRow, ...] = ()


class Statement(Protocol):
    """A triple or quad as Oxigraph has it, of terms with a ``value``; `dataset.rdf_terms` makes them of rdflib's."""

    @property
    def subject(self) -> Any: ...

    @property
    def predicate(self) -> Any: ...

    @property
    def object(self) -> Any: ...


Said = Mapping[str, list[str]]  # the values of one subject by property


@cache
def graph_schema() -> GraphSchema:
    """The schema that caregraph.ttl makes."""
    schema = load_schema()
    nodes = {term.neo4j_label: term for term in schema.classes.values() if term.neo4j_label}
    types = [term.relationship_type for term in schema.properties.values()]
    types += [term.relationship_type for term in schema.classes.values()]
    lookups = ((label, key) for label, term in nodes.items() for key in _keys(term.indexed))
    return GraphSchema(
        labels=tuple(nodes),
        types=tuple(dict.fromkeys(type for type in types if type)),
        lookups=tuple(Index(f"{label}_{key}", (label,), (key,)) for label, key in lookups),
        searches=tuple(_searches(nodes)),
    )


def _searches(nodes: Mapping[str, ClassTerm]) -> Iterator[Index]:
    """One full-text index over all names, and one for each class that is searched by other words alone."""
    keys = {label: _keys(term.searchable) for label, term in nodes.items() if term.searchable}
    named = [label for label in keys if "name" in keys[label]]
    yield Index(NAMES, tuple(named), tuple(dict.fromkeys(key for label in named for key in keys[label])))
    for label in (label for label in keys if label not in named):
        yield Index(words_index(label), (label,), tuple(keys[label]))


def words_index(label: str) -> str:
    """The full-text index of a label that is not searched by name."""
    return f"{label}_words"


def _keys(properties: Iterable[str]) -> list[str]:
    return [key for iri in properties if (key := load_schema().properties[iri].key)]


def rows(graph: str, statements: Iterable[Statement]) -> Rows:
    """The nodes and relationships that one named graph makes.

    Args:
        graph: its IRI.

    Raises:
        InvalidGraph: if it describes a node without saying what it is, leaves out the end of a relationship,
            or gives a value that its property cannot hold.
    """
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for statement in statements:
        said[statement.subject.value][statement.predicate.value].append(statement.object.value)
    nodes: list[NodeRow] = []
    edges: list[EdgeRow] = []
    for subject, values in said.items():
        kind = _kind(graph, subject, values)
        if kind is not None and kind.relationship_type:
            edges.extend(_statement_edges(graph, subject, values, kind))
        elif kind is not None or TYPE not in values:
            edges.extend(_property_edges(graph, subject, values, said))
        if kind is not None and kind.neo4j_label:
            nodes.append(
                NodeRow(kind.neo4j_label, subject, _properties(graph, subject, values), is_own(subject, graph))
            )
    return Rows(graph, tuple(nodes), tuple(edges))


def _kind(graph: str, subject: str, values: Said) -> ClassTerm | None:
    """The class that makes a node or relationship of a subject; None for what stays in RDF, or is told elsewhere."""
    classes = load_schema().classes
    kinds = [classes[type] for type in sorted(values.get(TYPE, ())) if type in classes]
    mapped = [kind for kind in kinds if kind.neo4j_label or kind.relationship_type]
    if len(mapped) > 1:
        raise InvalidGraph(graph, [f"{subject} is both {' and '.join(curie(kind.iri) for kind in mapped)}"])
    if subject in load_schema().properties:
        return None
    if TYPE not in values and (keyed := sorted(curie(term.iri) for term, _ in _keyed(values))):
        raise InvalidGraph(graph, [f"{subject} has {', '.join(keyed)}, but nothing says what it is"])
    return mapped[0] if mapped else None


def _keyed(values: Said) -> Iterator[tuple[PropertyTerm, list[str]]]:
    properties = load_schema().properties
    for iri, found in values.items():
        if iri in properties and properties[iri].key:
            yield properties[iri], found


def _properties(graph: str, subject: str, values: Said) -> Properties:
    """The values of a subject by key; of several values of a property that holds one, the smallest."""
    properties: Properties = {}
    for term, found in _keyed(values):
        try:
            typed = sorted({_value(term, text) for text in found})
        except ValueError as error:
            raise InvalidGraph(graph, [f"{subject} has {curie(term.iri)} {found}: {error}"]) from error
        properties[term.key or ""] = typed if term.list else typed[0]
    classes = load_schema().classes
    if bare := [type for type in values.get(TYPE, ()) if type not in classes]:
        properties["types"] = sorted(curie(type) for type in bare)
    return properties


def _value(term: PropertyTerm, text: str) -> Value:
    return READERS[term.range](text) if term.range in READERS else text.removeprefix(term.value_base or "")


def _statement_edges(graph: str, subject: str, values: Said, kind: ClassTerm) -> Iterator[EdgeRow]:
    """A relationship for each pair of ends of something that is itself a relationship, such as a membership."""
    ends = [values.get(side or "", []) for side in (kind.start, kind.end)]
    if not all(ends):
        raise InvalidGraph(graph, [f"{subject}, a {kind.label}, has not both its ends"])
    properties = _properties(graph, subject, values)
    for start, end in product(*ends):
        yield _edge(graph, kind.relationship_type, start, end, subject, properties)


def _property_edges(graph: str, subject: str, values: Said, said: Mapping[str, Said]) -> Iterator[EdgeRow]:
    """A relationship for each value of a property that makes one, and for each member of a list of values."""
    properties = load_schema().properties
    for iri, found in values.items():
        term = properties.get(iri)
        if term is None or term.relationship_type is None:
            continue
        for end in found:
            if end == NIL or FIRST in said.get(end, {}):
                for rank, member in enumerate(_members(end, said), start=1):
                    yield _edge(graph, term.relationship_type, subject, member, None, {"rank": rank})
            else:
                yield _edge(graph, term.relationship_type, subject, end, None, {})


def _members(node: str, said: Mapping[str, Said]) -> Iterator[str]:
    while node != NIL:
        yield said[node][FIRST][0]
        node = said[node][REST][0]


def _edge(graph: str, type: str | None, start: str, end: str, iri: str | None, properties: Properties) -> EdgeRow:
    own = any(is_own(one, graph) for one in (start, end, iri) if one)
    return EdgeRow(type or "", start, end, iri, properties, own)


def merged(contributions: Iterable[Properties]) -> Properties:
    """What is shown of something of which several graphs speak, in whatever order they came.

    Lists are joined; of single values the one that most graphs give is kept, and of those the smallest.

    >>> merged([{"name": "Jo Ash"}, {"name": "Jo  Ash", "aliases": ["J Ash"]}, {"name": "Jo Ash"}])
    {'name': 'Jo Ash', 'aliases': ['J Ash']}
    """
    given: dict[str, list[Value | list[Value]]] = defaultdict(list)
    for contribution in contributions:
        for key, value in contribution.items():
            given[key].append(value)
    return {key: _one_of(values) for key, values in given.items()}


def _one_of(values: list[Value | list[Value]]) -> Value | list[Value]:
    lists = [value for value in values if isinstance(value, list)]
    if lists:
        return sorted({one for value in lists for one in value})
    counts = Counter(value for value in values if not isinstance(value, list))
    return min(counts, key=lambda value: (-counts[value], value))
