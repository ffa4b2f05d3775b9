"""The property graph that follows from the ontology: its schema, and the rows of a named graph.

Nothing of the ontology is repeated here; the header of caregraph.ttl explains its annotations. Rows are made of one
named graph at a time. Rows that only that graph can state, such as its document's passages, are its own. For all
others the store records which graphs state them, and `merge_properties` decides which values stand where they differ.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import product
from typing import Any, Protocol

from caregraph.graph.wording import words_not_fetched
from caregraph.ontology.errors import InvalidGraph
from caregraph.ontology.iris import is_own
from caregraph.ontology.schema import ClassTerm, PropertyTerm, cg, curie, load_schema
from caregraph.ontology.turtle import expand

Value = str | int | float | bool | date
Properties = dict[str, Value | list[Value]]

TYPE, FIRST, REST, NIL = (expand(f"rdf:{name}") for name in ("type", "first", "rest", "nil"))
WITHOUT_WORDS = cg("withoutWords")
NAME_INDEX = "names"  # the full-text index over everything that is searched by name
VALUE_PARSERS: dict[str, Callable[[str], Value]] = {
    expand("xsd:integer"): int,
    expand("xsd:double"): float,
    expand("xsd:boolean"): "true".__eq__,
    expand("xsd:date"): date.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Index:
    """Index over the values of ``keys`` in nodes of any of ``labels``."""

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
    """A node; ``own`` if no other graph can state it."""

    label: str
    iri: str
    properties: Properties = field(default_factory=dict)
    own: bool = False


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """A relationship between two nodes, given by their IRIs.

    ``iri`` is the relationship's own, None where it has no properties of its own. ``own``: no other graph can state it.
    """

    type: str
    start: str
    end: str
    iri: str | None = None
    properties: Properties = field(default_factory=dict)
    own: bool = False


@dataclass(frozen=True, slots=True)
class GraphRows:
    """Nodes and relationships of one named graph. The ends of a relationship may be nodes of another graph."""

    graph: str
    nodes: tuple[NodeRow, ...] = ()
    edges: tuple[EdgeRow, ...] = ()


class Statement(Protocol):
    """A triple or quad of Oxigraph, whose terms have a ``value``."""

    @property
    def subject(self) -> Any: ...

    @property
    def predicate(self) -> Any: ...

    @property
    def object(self) -> Any: ...


PropertyValues = Mapping[str, list[str]]  # the values of one subject, by the IRI of the property


@cache
def graph_schema() -> GraphSchema:
    """Derive the schema from caregraph.ttl."""
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
    """Yield one full-text index over all names, and one for each class that is searched by its words alone."""
    keys = {label: _keys(term.searchable) for label, term in nodes.items() if term.searchable}
    named = [label for label in keys if "name" in keys[label]]
    yield Index(NAME_INDEX, tuple(named), tuple(dict.fromkeys(key for label in named for key in keys[label])))
    for label in (label for label in keys if label not in named):
        yield Index(text_index(label), (label,), tuple(keys[label]))


def text_index(label: str) -> str:
    """Name of the full-text index of a label that is searched by its words and not by name."""
    return f"{label}_words"


def _keys(properties: Iterable[str]) -> list[str]:
    return [key for iri in properties if (key := load_schema().properties[iri].key)]


def graph_rows(graph: str, statements: Iterable[Statement]) -> GraphRows:
    """Make the nodes and relationships of one named graph, given by its IRI.

    Raises:
        InvalidGraph: as `rows_of`.
    """
    return rows_of(graph, ((each.subject.value, each.predicate.value, each.object.value) for each in statements))


def rows_of(graph: str, statements: Iterable[tuple[str, str, str]]) -> GraphRows:
    """Make the nodes and relationships of one named graph.

    Args:
        graph: its IRI.
        statements: subject, predicate and value of each: IRIs, or the characters of a literal.

    Raises:
        InvalidGraph: if it describes a node without giving its class, lacks an end of a relationship, or gives a
            value that the property cannot hold.
    """
    subjects: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in statements:
        subjects[subject][predicate].append(value)
    nodes: list[NodeRow] = []
    edges: list[EdgeRow] = []
    for subject, values in subjects.items():
        kind = _mapped_class(graph, subject, values)
        if kind is not None and kind.relationship_type:
            edges.extend(_class_edges(graph, subject, values, kind))
        elif kind is not None or TYPE not in values:
            edges.extend(_property_edges(graph, subject, values, subjects))
        if kind is not None and kind.neo4j_label:
            nodes.append(
                NodeRow(kind.neo4j_label, subject, _properties(graph, subject, values), is_own(subject, graph))
            )
    if WITHOUT_WORDS in subjects.get(graph, {}):
        for properties in (*(node.properties for node in nodes), *(edge.properties for edge in edges)):
            _name_place(properties)
    return GraphRows(graph, tuple(nodes), tuple(edges))


def _name_place(properties: Properties) -> None:
    """Put the place of a quotation where its text would be, so that whoever reads the text is told."""
    if "start" in properties and "text" not in properties:
        paragraph = properties.get("paragraph")
        properties["text"] = words_not_fetched(properties["page"], paragraph)  # type: ignore[arg-type]


def _mapped_class(graph: str, subject: str, values: PropertyValues) -> ClassTerm | None:
    """Find the class that makes a subject a node or a relationship.

    None for a subject that stays in RDF, or whose class another graph gives.
    """
    classes = load_schema().classes
    kinds = [classes[type] for type in sorted(values.get(TYPE, ())) if type in classes]
    mapped = [kind for kind in kinds if kind.neo4j_label or kind.relationship_type]
    if len(mapped) > 1:
        raise InvalidGraph(graph, [f"{subject} is both {' and '.join(curie(kind.iri) for kind in mapped)}"])
    if subject in load_schema().properties:
        return None
    if TYPE not in values and (keyed := sorted(curie(term.iri) for term, _ in _keyed_values(values))):
        raise InvalidGraph(graph, [f"{subject} has {', '.join(keyed)}, but nothing says what it is"])
    return mapped[0] if mapped else None


def _keyed_values(values: PropertyValues) -> Iterator[tuple[PropertyTerm, list[str]]]:
    """Yield the values that become properties of a node or relationship."""
    properties = load_schema().properties
    for iri, texts in values.items():
        if iri in properties and properties[iri].key:
            yield properties[iri], texts


def _properties(graph: str, subject: str, values: PropertyValues) -> Properties:
    """Read the values of a subject by key; of several values of a property that holds one, the smallest."""
    properties: Properties = {}
    for term, texts in _keyed_values(values):
        try:
            typed = sorted({_value(term, text) for text in texts})
        except ValueError as error:
            raise InvalidGraph(graph, [f"{subject} has {curie(term.iri)} {texts}: {error}"]) from error
        properties[term.key or ""] = typed if term.list else typed[0]
    classes = load_schema().classes
    if unmapped := [type for type in values.get(TYPE, ()) if type not in classes]:
        properties["types"] = sorted(curie(type) for type in unmapped)
    return properties


def _value(term: PropertyTerm, text: str) -> Value:
    return VALUE_PARSERS[term.range](text) if term.range in VALUE_PARSERS else text.removeprefix(term.value_base or "")


def _class_edges(graph: str, subject: str, values: PropertyValues, kind: ClassTerm) -> Iterator[EdgeRow]:
    """Yield a relationship for each pair of ends of a subject that is itself a relationship, such as a membership."""
    ends = [values.get(side or "", []) for side in (kind.start, kind.end)]
    if not all(ends):
        raise InvalidGraph(graph, [f"{subject}, a {kind.label}, has not both its ends"])
    said = {iri: texts for iri, texts in values.items() if iri not in (kind.start, kind.end)}
    properties = _properties(graph, subject, said)
    for start, end in product(*ends):
        yield _edge(graph, kind.relationship_type, start, end, subject, properties)


def _property_edges(
    graph: str, subject: str, values: PropertyValues, subjects: Mapping[str, PropertyValues]
) -> Iterator[EdgeRow]:
    """Yield a relationship for each value of a property that makes one, and for each member of a list of values."""
    properties = load_schema().properties
    for iri, ends in values.items():
        term = properties.get(iri)
        if term is None or term.relationship_type is None:
            continue
        for end in ends:
            if end == NIL or FIRST in subjects.get(end, {}):
                for rank, member in enumerate(_list_members(end, subjects), start=1):
                    yield _edge(graph, term.relationship_type, subject, member, None, {"rank": rank})
            else:
                yield _edge(graph, term.relationship_type, subject, end, None, {})


def _list_members(node: str, subjects: Mapping[str, PropertyValues]) -> Iterator[str]:
    while node != NIL:
        yield subjects[node][FIRST][0]
        node = subjects[node][REST][0]


def _edge(graph: str, type: str | None, start: str, end: str, iri: str | None, properties: Properties) -> EdgeRow:
    own = is_own(start, graph) or is_own(end, graph) or (iri is not None and is_own(iri, graph))
    return EdgeRow(type or "", start, end, iri, properties, own)


def merge_properties(contributions: Iterable[Properties]) -> Properties:
    """Merge the properties that several graphs state of one node or relationship, in whatever order they come.

    Lists are joined. Of single values, the one that most graphs give is kept; of equally frequent ones, the smallest.

    >>> merge_properties([{"name": "Jo Ash"}, {"name": "Jo  Ash", "aliases": ["J Ash"]}, {"name": "Jo Ash"}])
    {'name': 'Jo Ash', 'aliases': ['J Ash']}
    """
    stated: dict[str, list[Value | list[Value]]] = defaultdict(list)
    for properties in contributions:
        for key, value in properties.items():
            stated[key].append(value)
    return {key: _merged_value(values) for key, values in stated.items()}


def _merged_value(values: list[Value | list[Value]]) -> Value | list[Value]:
    lists = [value for value in values if isinstance(value, list)]
    if lists:
        return sorted({member for value in lists for member in value})
    counts = Counter(value for value in values if not isinstance(value, list))
    return min(counts, key=lambda value: (-counts[value], value))
