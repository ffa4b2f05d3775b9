"""Cache of the shared nodes and relationships that a first load has created, so that they need not be queried back.

A load must know which shared nodes and relationships the database has. A process that began with an empty database
knows without asking, for as long as nobody else writes: every load leaves a new token at the lock, and a token of
another process tells that the cache is out of date.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from caregraph.graph.neo4j.payload import CreateBatch
from caregraph.graph.neo4j.provenance import IRI, Key, StoredEntity

MAX_ENTRIES = 100_000  # nodes and relationships, of some nine hundred documents: a hundred megabytes
EMPTY_DATABASE = ""  # load token of a database that has no node of a graph


@dataclass(slots=True)
class SharedNodeCache:
    """All shared nodes and relationships of a database, valid while it bears the load token of the last load.

    ``load_token`` is None once the cache has been given up.
    """

    load_token: str | None = EMPTY_DATABASE
    nodes: dict[Key, StoredEntity] = field(default_factory=dict)
    edges: dict[Key, StoredEntity] = field(default_factory=dict)

    def update(
        self, load_token: str | None, nodes: Mapping[Key, StoredEntity], edges: Mapping[Key, StoredEntity]
    ) -> None:
        """Add what a committed load has created or changed.

        Args:
            load_token: None if these are not all changes. Then, and once there is too much to keep, the cache is
                cleared and given up for good.
        """
        self.load_token = load_token
        self.nodes.update(nodes)
        self.edges.update(edges)
        if load_token is None or len(self.nodes) + len(self.edges) > MAX_ENTRIES:
            self.load_token, self.nodes, self.edges = None, {}, {}


def created_nodes(batch: CreateBatch, ids: list[str]) -> dict[Key, StoredEntity]:
    """Pair the nodes of a created batch with their element ids."""
    labelled = [(label, properties) for label, nodes in batch.nodes.items() for properties in nodes]
    return {
        (str(properties[IRI]),): StoredEntity(id, label, properties)
        for (label, properties), id in zip(labelled, ids, strict=True)
    }


def created_edges(batch: CreateBatch, ids: list[str]) -> dict[Key, StoredEntity]:
    """Pair the relationships with properties of a created batch with their element ids."""
    iris = [*batch.iris(), *batch.outside_iris]
    return {
        (type, iris[start], iris[end], str(properties.get(IRI) or "")): StoredEntity(id, type, properties)
        for (start, end, type, properties), id in zip(batch.edges, ids, strict=True)
    }
