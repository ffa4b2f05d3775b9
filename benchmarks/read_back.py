"""Whether the database holds what the dataset says: named graphs read back from Neo4j as statements, and compared.

In scope is what the ontology puts into the property graph (see the header of caregraph.ttl): that something is of a
class with a label or a relationship type, or of a class that its node keeps in `types`; the values of properties with a
key, and the values of those that become relationships, of anything of such a class; the ends of relationships that are
resources. A list of values counts as its members in order. All else stays in RDF alone.

A node of which several graphs speak shows one value where they differ on a property that holds one. What each of them
says is in the ledger, and is read from there, but counts only as far as the node shows it, or another graph's value.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from caregraph.graph.neo4j.property_graph import (
    FIRST,
    NIL,
    REST,
    TYPE,
    VALUE_PARSERS,
    EdgeRow,
    NodeRow,
    Properties,
    Statement,
    Value,
    graph_schema,
)
from caregraph.graph.neo4j.provenance import GRAPH_LABEL, STATED_IN, Contribution
from caregraph.graph.readers import Reader
from caregraph.ontology.schema import PropertyTerm, load_schema
from caregraph.ontology.turtle import expand

Told = tuple[str, str, Value | tuple[int, str]]  # subject, property, and the value or the place in a list and the value
Values = Mapping[str, list[str]]  # of one subject, by property


def told(statements: Iterable[Statement]) -> set[Told]:
    """What is in scope of the statements of one named graph."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in statements:
        said[one.subject.value][one.predicate.value].append(one.object.value)
    return {found for subject, values in said.items() for found in _told_of(subject, values, said)}


def _told_of(subject: str, values: Values, said: Mapping[str, Values]) -> Iterator[Told]:
    schema = load_schema()
    classes = [schema.classes[iri] for iri in values.get(TYPE, ()) if iri in schema.classes]
    mapped = [one for one in classes if one.neo4j_label or one.relationship_type]
    if subject in schema.properties or (TYPE in values and not mapped):
        return
    ends = {end for one in mapped for end in (one.start, one.end)}
    for iri, found in values.items():
        term = schema.properties.get(iri)
        for value in found:
            if iri == TYPE:
                if value not in schema.classes or schema.classes[value] in mapped:
                    yield subject, iri, value
            elif iri in ends:
                yield subject, iri, value
            elif term and term.key:
                yield subject, iri, VALUE_PARSERS.get(term.range or "", str)(value)
            elif term and term.relationship_type and not any(one.relationship_type for one in mapped):
                yield from _members(subject, iri, value, said)


def _members(subject: str, iri: str, value: str, said: Mapping[str, Values]) -> Iterator[Told]:
    if value != NIL and FIRST not in said.get(value, {}):
        yield subject, iri, value
    rank = 1
    while FIRST in said.get(value, {}):
        yield subject, iri, (rank, said[value][FIRST][0])
        value, rank = said[value][REST][0], rank + 1


def held(store: Reader, graph: str) -> set[Told]:
    """The statements that the database holds of one named graph, by its IRI; none if it is not loaded."""
    found = store.read(f"MATCH (g:{GRAPH_LABEL} {{iri: $graph}}) RETURN g.said AS said", graph=graph)
    if not found:
        return set()
    said = Contribution.deserialize(bytes(found[0]["said"]))
    own = [iri for iris in said.own_iris.values() for iri in iris]
    nodes = store.read(f"{_nodes()} RETURN labels(n)[0] AS label, properties(n) AS properties", iris=own)
    edges = store.read(f"{_nodes()} {_EDGES}", iris=own)
    return {
        *(one for row in nodes for one in _node(NodeRow(row["label"], row["properties"]["iri"], row["properties"]))),
        *(one for row in edges for one in _edge(EdgeRow(**row, iri=row["properties"].get("iri")))),
        *(one for row in _shown_nodes(store, graph, said) for one in _node(row)),
        *(one for row in _shown_edges(store, graph, said) for one in _edge(row)),
    }


def _nodes() -> str:
    every = "|".join(graph_schema().labels)  # without which no index is used, and the ledger is found too
    return f"MATCH (n:{every}) WHERE n.iri IN $iris"


_EDGES = """
MATCH (n)-[r]-() WITH DISTINCT r
RETURN type(r) AS type, startNode(r).iri AS start, endNode(r).iri AS end, properties(r) AS properties
"""


def _shown_nodes(store: Reader, graph: str, said: Contribution) -> Iterator[NodeRow]:
    """The nodes of which a graph speaks among others, with what it says of them, as far as they are there."""
    iris = [iri for (iri,) in said.nodes]
    rows = store.read(f"{_nodes()} RETURN labels(n)[0] AS label, properties(n) AS shown", iris=iris)
    for row in rows:
        spoken = said.nodes[row["shown"]["iri"],]
        if row["label"] == spoken.label and graph in row["shown"][STATED_IN]:
            yield NodeRow(spoken.label, spoken.iri, _borne(spoken.properties, row["shown"]))


def _shown_edges(store: Reader, graph: str, said: Contribution) -> Iterator[EdgeRow]:
    ends = sorted({iri for _, start, end, _ in said.edges for iri in (start, end)})
    ids = {
        row["iri"]: row["id"] for row in store.read(f"{_nodes()} RETURN n.iri AS iri, elementId(n) AS id", iris=ends)
    }
    wanted = [
        {"key": key, "type": key[0], "start": ids[key[1]], "end": ids[key[2]], "iri": key[3]}
        for key in said.edges
        if key[1] in ids and key[2] in ids
    ]
    for row in store.read(_WANTED, wanted=wanted):
        spoken = said.edges[tuple(row["key"])]
        if spoken.own or graph in row["shown"][STATED_IN]:
            properties = _borne(spoken.properties, row["shown"])
            yield EdgeRow(spoken.type, spoken.start, spoken.end, spoken.iri, properties)


_WANTED = """
UNWIND $wanted AS one
MATCH (a) WHERE elementId(a) = one.start MATCH (b) WHERE elementId(b) = one.end
MATCH (a)-[r:$(one.type)]->(b) WHERE coalesce(r.iri, '') = one.iri
RETURN one.key AS key, properties(r) AS shown
"""


def _borne(spoken: Properties, shown: Mapping[str, Any]) -> Properties:
    """What a graph says, as far as it is shown; a single value may be outvoted by that of other graphs."""
    several = len(shown.get(STATED_IN, ())) > 1
    borne: Properties = {}
    for key, value in spoken.items():
        if isinstance(value, list):
            borne[key] = [one for one in value if one in shown.get(key, ())]
        elif shown.get(key) == value or (several and key in shown):
            borne[key] = value
    return borne


def _node(row: NodeRow) -> Iterator[Told]:
    [term] = (one for one in load_schema().classes.values() if one.neo4j_label == row.label)
    yield row.iri, TYPE, term.iri
    yield from _values(row.iri, row.properties)


def _edge(row: EdgeRow) -> Iterator[Told]:
    schema = load_schema()
    if row.iri is None:
        [property] = (one for one in schema.properties.values() if one.relationship_type == row.type)
        rank = row.properties.get("rank")
        yield row.start, property.iri, (int(rank), row.end) if isinstance(rank, int) else row.end
        return
    [term] = (one for one in schema.classes.values() if one.relationship_type == row.type)
    yield row.iri, TYPE, term.iri
    yield row.iri, term.start or "", row.start
    yield row.iri, term.end or "", row.end
    yield from _values(row.iri, row.properties)


def _values(subject: str, properties: Properties) -> Iterator[Told]:
    keyed = {term.key: term for term in load_schema().properties.values() if term.key}
    for key, value in properties.items():
        for one in value if isinstance(value, list) else [value]:
            if key == "types":
                yield subject, TYPE, expand(str(one))
            elif key in keyed:
                yield subject, keyed[key].iri, _whole(keyed[key], one)


def _whole(term: PropertyTerm, value: Value) -> Value:
    return f"{term.value_base}{value}" if term.value_base else value
