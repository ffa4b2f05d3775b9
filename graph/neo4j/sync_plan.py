"""Plan of a sync: the named graphs that Neo4j shall hold, and the payloads that bring them there.

plan = plan_sync(dataset)                         the vocabularies, the documents, and the files that failed
loads = planned_loads(dataset, plan, refused)     one payload at a time, made when it is asked for
"""

import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from caregraph.graph.dataset.catalogue import Entry, entry_node
from caregraph.graph.neo4j.loader import Load
from caregraph.graph.neo4j.payload import GraphPayload, payload_rules
from caregraph.graph.neo4j.property_graph import GraphRows, NodeRow, Properties, graph_rows
from caregraph.ontology.errors import InvalidGraph
from caregraph.ontology.iris import VOCABULARY_GRAPH
from caregraph.ontology.schema import cg, load_schema


class GraphSource(Protocol):
    """Dataset as a sync reads it: its catalogue and its named graphs."""

    def documents(self) -> list[Entry]: ...
    def vocabulary(self) -> str | None: ...
    def quads(self, name: str) -> Iterator[ox.Quad]: ...


class PayloadCache(Protocol):
    """Store of serialized payloads that a build has made already (`dataset.document_cache`)."""

    def payload(self, sha256: str, version: str) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class PlannedGraph:
    """Named graph that the database shall hold.

    Attributes:
        version: changes whenever the graph's payload does.
        name: the name shown to users.
        entries: the catalogue's entries of the graph: none for the vocabularies, and two for a document that came
            under two names.
    """

    version: str
    name: str
    entries: tuple[Entry, ...] = ()


def payload_version(fingerprint: str) -> str:
    """Make the version of a payload from the fingerprint of its statements (`catalogue.Entry`)."""
    return f"{payload_rules()} {fingerprint}"


def plan_sync(dataset: GraphSource) -> dict[str, PlannedGraph]:
    """Plan the graphs of a dataset, by IRI. The vocabularies come first, since the other graphs refer to them."""
    rules = payload_rules()
    plan: dict[str, PlannedGraph] = {}
    if (vocabulary := dataset.vocabulary()) is not None:
        plan[VOCABULARY_GRAPH] = PlannedGraph(f"{rules} {vocabulary}", "the vocabularies")
    for entry in dataset.documents():
        if entry.status == "left-out":
            continue
        if entry.status == "failed":
            iri = entry_node(entry.source).value
            version = f"{rules} {entry.sha256} {entry.extractor} {entry.reason}"
            plan[iri] = PlannedGraph(version, entry.source, (entry,))
        else:
            before = plan.get(entry.document, PlannedGraph(rules, ""))
            version = f"{before.version} {entry.source} {entry.fingerprint or entry.extractor} {entry.statements}"
            plan[entry.document] = PlannedGraph(version, entry.source, (*before.entries, entry))
    return plan


def planned_loads(
    dataset: GraphSource,
    plan: Mapping[str, PlannedGraph],
    refused: dict[str, str],
    payload_cache: PayloadCache | None = None,
) -> Iterator[Load]:
    """Yield the loads of planned graphs, making each payload when it is asked for.

    Args:
        refused: receives the graphs that have no valid payload, with the reason.
        payload_cache: payloads that need not be made again.
    """
    for iri, planned in plan.items():
        try:
            yield Load(_payload(dataset, iri, planned.entries, payload_cache), planned.version)
        except InvalidGraph as error:
            refused[iri] = "; ".join(error.violations)


def _payload(
    dataset: GraphSource, iri: str, entries: tuple[Entry, ...], payload_cache: PayloadCache | None
) -> GraphPayload:
    if len(entries) == 1:  # a document under two names has no cached payload: a cached one has one name
        [entry] = entries
        if entry.status == "failed":
            return _unread_file(iri, entry)
        if payload_cache and (cached := _cached_payload(payload_cache, entry)):
            return cached
    return GraphPayload.of(graph_rows(iri, dataset.quads(iri)))


def _cached_payload(payload_cache: PayloadCache, entry: Entry) -> GraphPayload | None:
    """Restore a document's cached payload; None if there is none of these statements, or it is damaged."""
    if not entry.fingerprint:
        return None
    content = payload_cache.payload(entry.sha256, payload_version(entry.fingerprint))
    with suppress(ValueError, TypeError, zlib.error):
        return GraphPayload.deserialize(content) if content else None
    return None


def _unread_file(iri: str, entry: Entry) -> GraphPayload:
    """Make the payload of a file that could not be read: one node, whose IRI is also its graph's."""
    properties: Properties = {
        "name": entry.source,
        "source": entry.source,
        "sha256": entry.sha256,
        "reason": entry.reason or "not told",
    }
    label = load_schema().classes[cg("UnreadFile")].neo4j_label or ""
    return GraphPayload.of(GraphRows(iri, (NodeRow(label, iri, properties),)))
