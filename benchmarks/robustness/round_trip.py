"""Comparison of Neo4j with the dataset, graph by graph: ``python -m benchmarks.robustness.round_trip DATA``.

Named graphs are read back from Neo4j as statements. Prints the number of statements of all named graphs that are in
scope, lost or gained, and names each of the latter; it starts the data directory's own Neo4j if need be.

In scope is what the ontology puts into the property graph (see the header of caregraph.ttl): that something is of a
class with a label or a relationship type, or of a class that its node keeps in `types`; the values of properties with a
key, and the values of those that become relationships, of anything of such a class; the ends of relationships that are
resources. A list of values counts as its members in order. All else stays in RDF alone.

A node that several graphs describe shows one value where they differ on a property that holds one. The contribution of
each graph is stored, and is read from there, but counts only as far as the node shows it, or another graph's value.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from caregraph.evaluation.metrics import Metric
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.neo4j.property_graph import (
    FIRST,
    NIL,
    REST,
    TYPE,
    VALUE_PARSERS,
    EdgeRow,
    NodeRow,
    Properties,
    PropertyValues,
    Statement,
    Value,
    graph_schema,
)
from caregraph.graph.neo4j.provenance import GRAPH_LABEL, STATED_IN, Contribution
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.readers import Reader
from caregraph.graph.server import launcher
from caregraph.ontology.iris import VOCABULARY_GRAPH
from caregraph.ontology.schema import PropertyTerm, load_schema
from caregraph.ontology.turtle import expand

LISTED = 5  # statements of a graph that are printed, of those lost and of those gained

# Subject, property, and the value; for a member of a list, its rank from 1 and the value.
ComparedStatement = tuple[str, str, Value | tuple[int, str]]

_EDGES = """
MATCH (n)-[r]-() WITH DISTINCT r
RETURN type(r) AS type, startNode(r).iri AS start, endNode(r).iri AS end, properties(r) AS properties
"""
_SHARED_EDGES = """
UNWIND $edges AS edge
MATCH (a) WHERE elementId(a) = edge.start MATCH (b) WHERE elementId(b) = edge.end
MATCH (a)-[r:$(edge.type)]->(b) WHERE coalesce(r.iri, '') = edge.iri
RETURN edge.key AS key, properties(r) AS shown
"""


def statements_in_scope(statements: Iterable[Statement]) -> set[ComparedStatement]:
    """Select the statements of one named graph that the property graph holds."""
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for statement in statements:
        values[statement.subject.value][statement.predicate.value].append(statement.object.value)
    return {
        compared
        for subject, properties in values.items()
        for compared in _subject_in_scope(subject, properties, values)
    }


def _subject_in_scope(
    subject: str, properties: PropertyValues, values: Mapping[str, PropertyValues]
) -> Iterator[ComparedStatement]:
    schema = load_schema()
    classes = [schema.classes[iri] for iri in properties.get(TYPE, ()) if iri in schema.classes]
    mapped = [term for term in classes if term.neo4j_label or term.relationship_type]
    if subject in schema.properties or (TYPE in properties and not mapped):
        return
    ends = {end for term in mapped for end in (term.start, term.end)}
    is_relationship = any(term.relationship_type for term in mapped)
    for iri, objects in properties.items():
        term = schema.properties.get(iri)
        for value in objects:
            if iri == TYPE:
                if value not in schema.classes or schema.classes[value] in mapped:
                    yield subject, iri, value
            elif iri in ends:
                yield subject, iri, value
            elif term and term.key:
                yield subject, iri, VALUE_PARSERS.get(term.range or "", str)(value)
            elif term and term.relationship_type and not is_relationship:
                yield from _list_members(subject, iri, value, values)


def _list_members(
    subject: str, iri: str, value: str, values: Mapping[str, PropertyValues]
) -> Iterator[ComparedStatement]:
    """The members of a list with their ranks, or the value itself where it is no list."""
    if value != NIL and FIRST not in values.get(value, {}):
        yield subject, iri, value
    rank = 1
    while FIRST in values.get(value, {}):
        yield subject, iri, (rank, values[value][FIRST][0])
        value, rank = values[value][REST][0], rank + 1


def statements_in_database(store: Reader, graph: str) -> set[ComparedStatement]:
    """Read back the statements of one named graph, by its IRI; none if it is not loaded."""
    rows = store.read(f"MATCH (g:{GRAPH_LABEL} {{iri: $graph}}) RETURN g.said AS contribution", graph=graph)
    if not rows:
        return set()
    contribution = Contribution.deserialize(bytes(rows[0]["contribution"]))
    own = [iri for iris in contribution.own_iris.values() for iri in iris]
    own_nodes = store.read(f"{_match_nodes()} RETURN labels(n)[0] AS label, properties(n) AS properties", iris=own)
    own_edges = store.read(f"{_match_nodes()} {_EDGES}", iris=own)
    nodes = [NodeRow(row["label"], row["properties"]["iri"], row["properties"]) for row in own_nodes]
    nodes += _shared_nodes(store, graph, contribution)
    edges = [EdgeRow(**row, iri=row["properties"].get("iri")) for row in own_edges]
    edges += _shared_edges(store, graph, contribution)
    return {
        *(statement for node in nodes for statement in _node_statements(node)),
        *(statement for edge in edges for statement in _edge_statements(edge)),
    }


def _match_nodes() -> str:
    labels = "|".join(graph_schema().labels)  # without them no index is used, and the store's own nodes match too
    return f"MATCH (n:{labels}) WHERE n.iri IN $iris"


def _shared_nodes(store: Reader, graph: str, contribution: Contribution) -> Iterator[NodeRow]:
    """The nodes that a graph describes among others, with its properties as far as the database shows them."""
    iris = [iri for (iri,) in contribution.nodes]
    rows = store.read(f"{_match_nodes()} RETURN labels(n)[0] AS label, properties(n) AS shown", iris=iris)
    for row in rows:
        stated = contribution.nodes[row["shown"]["iri"],]
        if row["label"] == stated.label and graph in row["shown"][STATED_IN]:
            yield NodeRow(stated.label, stated.iri, _shown_properties(stated.properties, row["shown"]))


def _shared_edges(store: Reader, graph: str, contribution: Contribution) -> Iterator[EdgeRow]:
    """The relationships that a graph states among others, with its properties as far as the database shows them."""
    ends = sorted({iri for _, start, end, _ in contribution.edges for iri in (start, end)})
    id_rows = store.read(f"{_match_nodes()} RETURN n.iri AS iri, elementId(n) AS id", iris=ends)
    ids = {row["iri"]: row["id"] for row in id_rows}
    edges = [
        {"key": key, "type": key[0], "start": ids[key[1]], "end": ids[key[2]], "iri": key[3]}
        for key in contribution.edges
        if key[1] in ids and key[2] in ids
    ]
    for row in store.read(_SHARED_EDGES, edges=edges):
        stated = contribution.edges[tuple(row["key"])]
        if stated.own or graph in row["shown"][STATED_IN]:
            properties = _shown_properties(stated.properties, row["shown"])
            yield EdgeRow(stated.type, stated.start, stated.end, stated.iri, properties)


def _shown_properties(stated: Properties, shown: Mapping[str, Any]) -> Properties:
    """Properties that a graph states, as far as they are shown; a single value may have lost to another graph's."""
    shared = len(shown.get(STATED_IN, ())) > 1
    properties: Properties = {}
    for key, value in stated.items():
        if isinstance(value, list):
            properties[key] = [member for member in value if member in shown.get(key, ())]
        elif shown.get(key) == value or (shared and key in shown):
            properties[key] = value
    return properties


def _node_statements(row: NodeRow) -> Iterator[ComparedStatement]:
    [term] = (term for term in load_schema().classes.values() if term.neo4j_label == row.label)
    yield row.iri, TYPE, term.iri
    yield from _property_statements(row.iri, row.properties)


def _edge_statements(row: EdgeRow) -> Iterator[ComparedStatement]:
    schema = load_schema()
    if row.iri is None:
        [property] = (term for term in schema.properties.values() if term.relationship_type == row.type)
        rank = row.properties.get("rank")
        yield row.start, property.iri, (int(rank), row.end) if isinstance(rank, int) else row.end
        return
    [term] = (term for term in schema.classes.values() if term.relationship_type == row.type)
    yield row.iri, TYPE, term.iri
    yield row.iri, term.start or "", row.start
    yield row.iri, term.end or "", row.end
    yield from _property_statements(row.iri, row.properties)


def _property_statements(subject: str, properties: Properties) -> Iterator[ComparedStatement]:
    by_key = {term.key: term for term in load_schema().properties.values() if term.key}
    for key, value in properties.items():
        for member in value if isinstance(value, list) else [value]:
            if key == "types":
                yield subject, TYPE, expand(str(member))
            elif key in by_key:
                yield subject, by_key[key].iri, _with_value_base(by_key[key], member)


def _with_value_base(term: PropertyTerm, value: Value) -> Value:
    return f"{term.value_base}{value}" if term.value_base else value


def compare_graphs(dataset: Dataset, store: Neo4jStore) -> Iterator[Metric]:
    """Compare the statements of all named graphs with those that the database gives back, and print the differences."""
    started = time.perf_counter()
    documents = {entry.document for entry in dataset.documents() if entry.status == "done"}
    total = in_scope = lost = gained = 0
    for graph in (VOCABULARY_GRAPH, *sorted(documents)):
        quads = list(dataset.quads(graph))
        expected, actual = statements_in_scope(quads), statements_in_database(store, graph)
        total, in_scope = total + len(quads), in_scope + len(expected)
        lost, gained = lost + len(expected - actual), gained + len(actual - expected)
        for word, statements in (("lost", expected - actual), ("gained", actual - expected)):
            for statement in sorted(statements, key=str)[:LISTED]:
                print(f"{word} of {graph}: {statement}")
    yield Metric("named graphs", len(documents) + 1, f"compared in {time.perf_counter() - started:.0f} s")
    yield Metric("statements", total)
    yield Metric("statements in scope", in_scope, "a list of values counts as its members")
    yield Metric("lost", lost)
    yield Metric("gained", gained)


def main() -> None:
    """Compare, and print one table; the exit code is 1 if a statement is lost or gained."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="a data directory, as CAREGRAPH_DATA names it")
    data = parser.parse_args().data
    address = launcher.start(data, progress=print)
    with Dataset.read(data / "dataset") as dataset, Neo4jStore.connect(address) as store:
        metrics = list(compare_graphs(dataset, store))
    for metric in metrics:
        print(f"{metric.name:36} {metric.value:>12,.0f}  {metric.note}")
    raise SystemExit(any(metric.value for metric in metrics if metric.name in ("lost", "gained")))


if __name__ == "__main__":
    main()
