"""Comparison of the graphs that our loader and rdflib-neo4j make of one dataset.

Compared are nodes by class and IRI, relationships by type and ends, and the values of documents, passages and findings.
Not compared: lists of statistical neighbours, which rdflib-neo4j leaves as linked lists, and values on which documents
differ, of which it keeps the last.
"""

from collections.abc import Iterator
from typing import Any

from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.ontology.schema import load_schema

DOCUMENT_LABELS = ("Document", "Passage", "Finding")  # of nodes that only one document describes
COMPARED_KEYS = (
    "text",
    "name",
    "page",
    "start",
    "end",
    "paragraph",
    "section",
    "confidence",
    "source",
    "published",
    "pages",
)

ComparableGraph = dict[str, set[Any]]  # IRIs, pairs of IRIs, or pairs of IRI and value, by kind


def read_own_graph(store: Neo4jStore) -> ComparableGraph:
    """Read the graph that our loader made."""
    graph: ComparableGraph = {
        f"nodes {label}": {row["iri"] for row in store.read(_match_nodes(label, "iri"))} for label in _labels().values()
    }
    for type in _relationship_patterns():
        pairs = store.stream(f"MATCH (a)-[:`{type}`]->(b) RETURN DISTINCT a.iri AS a, b.iri AS b")
        graph[f"relationships {type}"] = {(row["a"], row["b"]) for row in pairs}
    for label in DOCUMENT_LABELS:
        for key in _value_names():
            graph[f"{label}.{key}"] = _values(store, label, "iri", key)
    return graph


def read_rdflib_graph(store: Neo4jStore) -> ComparableGraph:
    """Read the graph that rdflib-neo4j made, in the terms of ours."""
    graph: ComparableGraph = {
        f"nodes {label}": {row["iri"] for row in store.read(_match_nodes(name, "uri"))}
        for name, label in _labels().items()
    }
    for type, patterns in _relationship_patterns().items():
        graph[f"relationships {type}"] = {
            (row["a"], row["b"])
            for pattern in patterns
            for row in store.stream(f"MATCH {pattern} RETURN DISTINCT a.uri AS a, b.uri AS b")
        }
    for label in DOCUMENT_LABELS:
        for key, name in _value_names().items():
            graph[f"{label}.{key}"] = _values(store, label, "uri", name)
    return graph


def differences(own: ComparableGraph, rival: ComparableGraph) -> Iterator[str]:
    """Describe the differences of two graphs, a line for each kind.

    Left out are relationships between nodes that ours lacks, the wider classes of a node, as ours has one label, and
    nodes of a scheme whose members are values in ours.
    """
    values = tuple(term.value_base for term in load_schema().properties.values() if term.value_base)
    nodes = {iri for kind, members in own.items() if kind.startswith("nodes ") for iri in members}
    for kind, members in own.items():
        rival_members = rival[kind]
        if kind.startswith("relationships "):
            rival_members = {pair for pair in rival_members if nodes.issuperset(pair)}
        elif kind.startswith("nodes "):
            rival_members = {
                iri for iri in rival_members if iri in members or not (iri in nodes or iri.startswith(values))
            }
        if members != rival_members:
            missing, extra = rival_members - members, members - rival_members
            yield (
                f"{kind}: {len(missing)} only rdflib-neo4j {sorted(missing)[:2]},"
                f" {len(extra)} only caregraph {sorted(extra)[:2]}"
            )


def _match_nodes(label: str, key: str) -> str:
    return f"MATCH (n:`{label}`) RETURN n.`{key}` AS iri"


def _values(store: Neo4jStore, label: str, iri: str, key: str) -> set[Any]:
    match = f"MATCH (n:`{label}`) WHERE n.`{key}` IS NOT NULL RETURN n.`{iri}` AS iri, toString(n.`{key}`) AS value"
    return {(row["iri"], row["value"]) for row in store.stream(match)}


def _labels() -> dict[str, str]:
    """Our labels by the local names of their classes."""
    return {_local_name(term.iri): term.neo4j_label for term in load_schema().classes.values() if term.neo4j_label}


def _relationship_patterns() -> dict[str, list[str]]:
    """Patterns in rdflib-neo4j's graph, by our relationship types."""
    patterns: dict[str, list[str]] = {}
    for term in load_schema().properties.values():
        if term.relationship_type and _local_name(term.iri) != "statisticalNeighbours":
            patterns.setdefault(term.relationship_type, []).append(f"(a)-[:`{_local_name(term.iri)}`]->(b)")
    for kind in load_schema().classes.values():
        if kind.relationship_type and kind.start and kind.end:
            start, end = _local_name(kind.start), _local_name(kind.end)
            pattern = f"(s:`{_local_name(kind.iri)}`) MATCH (s)-[:`{start}`]->(a) MATCH (s)-[:`{end}`]->(b)"
            patterns.setdefault(kind.relationship_type, []).append(pattern)
    return patterns


def _value_names() -> dict[str, str]:
    """rdflib-neo4j's names of the values that are compared, by our keys."""
    return {term.key: _local_name(term.iri) for term in load_schema().properties.values() if term.key in COMPARED_KEYS}


def _local_name(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]
