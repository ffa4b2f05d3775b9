"""Load payload of one named graph: rows that only it can state, and its contribution to rows that graphs share.

Nearly all nodes and relationships of a document are its own: its passages and findings, and the relationships that
lead from them. A payload holds them in the form in which they are sent to the database.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from caregraph.graph.neo4j.property_graph import EdgeRow, GraphRows, NodeRow, Properties, graph_schema
from caregraph.graph.neo4j.provenance import IRI, Contribution, stored_properties
from caregraph.graph.neo4j.serialization import deserialize, serialize
from caregraph.ontology import schema
from caregraph.ontology.errors import InvalidGraph

LAYOUT = "3"  # changes when the same statements make other payloads, or payloads of another form
LENGTH_BYTES = 8  # of the number, ahead of the serialized batch, that gives the batch's length


@cache
def payload_rules() -> str:
    """Version of the rules that make payloads: their layout and the ontology."""
    return f"{LAYOUT} {hashlib.sha256(schema.FILE.read_bytes()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class CreateBatch:
    """Nodes and relationships that are created together.

    Relationships name their ends by index: the batch's own nodes are counted first, as they stand in ``nodes``, and
    ``outside_iris`` after them.

    Attributes:
        nodes: by label, the properties of each node, its IRI among them.
        outside_iris: IRIs of existing nodes to which relationships of the batch lead.
        bare_edges: by type, relationships without properties: the indices of start and end of each, in one flat list.
        edges: relationships with properties: indices of start and end, type and properties.
    """

    nodes: dict[str, list[Properties]] = field(default_factory=dict)
    outside_iris: list[str] = field(default_factory=list)
    bare_edges: dict[str, list[int]] = field(default_factory=dict)
    edges: list[list[Any]] = field(default_factory=list)

    @classmethod
    def of(
        cls, nodes: Iterable[tuple[NodeRow, Properties]], edges: Iterable[tuple[EdgeRow, Properties]]
    ) -> "CreateBatch":
        """Make a batch of rows, each with all properties that it shall have in the database.

        Raises:
            InvalidGraph: if the ontology has no such label or type.
        """
        batch, schema = cls(), graph_schema()
        for node, properties in nodes:
            batch.nodes.setdefault(_checked(node.label, schema.labels), []).append(properties)
        iris = batch.iris()
        indices = {iri: index for index, iri in enumerate(iris)}
        for edge, properties in edges:
            start, end = (indices.setdefault(iri, len(indices)) for iri in (edge.start, edge.end))
            type = _checked(edge.type, schema.types)
            if properties:
                batch.edges.append([start, end, type, properties])
            else:
                batch.bare_edges.setdefault(type, []).extend((start, end))
        batch.outside_iris.extend([*indices][len(iris) :])
        return batch

    def iris(self) -> list[str]:
        """List the IRIs of the nodes in the order of their indices."""
        return [str(properties[IRI]) for nodes in self.nodes.values() for properties in nodes]

    def __len__(self) -> int:
        """Count the nodes and relationships."""
        return sum(map(len, self.nodes.values())) + sum(map(len, self.bare_edges.values())) // 2 + len(self.edges)


@dataclass(frozen=True, slots=True)
class GraphPayload:
    """Everything that one named graph puts into the database; empty where the graph is to be retracted.

    Attributes:
        graph: the IRI of the graph.
        own: the nodes that only this graph can state, and the relationships of which such a node is an end.
        contribution: its share in all other nodes and relationships.
    """

    graph: str
    own: CreateBatch = field(default_factory=CreateBatch)
    contribution: Contribution = field(default_factory=Contribution)

    @classmethod
    def of(cls, rows: GraphRows) -> "GraphPayload":
        """Make the payload of a graph's rows.

        Raises:
            InvalidGraph: if the ontology has no such label or type.
        """
        nodes = [node for node in rows.nodes if node.own]
        own_iris = {node.iri for node in nodes}
        edges = (edge for edge in rows.edges if not own_iris.isdisjoint((edge.start, edge.end)))
        own = CreateBatch.of(map(_with_stored_properties, nodes), map(_with_stored_properties, edges))
        return cls(rows.graph, own, Contribution.of(rows))

    def __len__(self) -> int:
        """Count the nodes and relationships that the graph states."""
        return len(self.own) + len(self.contribution.nodes) + len(self.contribution.edges)

    def serialize(self) -> bytes:
        """Serialize the whole payload."""
        own = self.own
        batch = serialize([self.graph, own.nodes, own.outside_iris, own.bare_edges, own.edges])
        return len(batch).to_bytes(LENGTH_BYTES) + batch + self.contribution.serialize()

    @classmethod
    def deserialize(cls, content: bytes) -> "GraphPayload":
        """Restore a payload from the bytes that `serialize` made.

        Raises:
            ValueError, TypeError, zlib.error: if the bytes are damaged.
        """
        end = LENGTH_BYTES + int.from_bytes(content[:LENGTH_BYTES])
        graph, *batch = deserialize(content[LENGTH_BYTES:end])
        return cls(graph, CreateBatch(*batch), Contribution.deserialize(content[end:]))


def _with_stored_properties(row: Any) -> tuple[Any, Properties]:
    return row, stored_properties(row, (), row.properties)


def _checked(name: str, allowed: tuple[str, ...]) -> str:
    if name not in allowed:
        raise InvalidGraph(name, [f"the ontology has no label or relationship type {name!r}"])
    return name
