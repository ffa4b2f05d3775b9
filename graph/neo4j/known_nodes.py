"""What the nodes and relationships that several graphs may speak of are, as whoever fills a database remembers them.

A load must know which of them the database has. One that began with an empty
database knows it without asking, for as long as nobody else writes: every load
leaves a mark of its own at the lock, and the mark of another says that memory
is out of date.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from caregraph.graph.neo4j.payload import Lot
from caregraph.graph.neo4j.provenance import IRI, Key, Known

MOST = 100_000  # nodes and relationships, of some nine hundred documents: a hundred megabytes
EMPTY = ""  # the mark of a database that has no node of a graph


@dataclass(slots=True)
class Memory:
    """All that a database has of such nodes and relationships, if it bears this mark, which the last load left."""

    mark: str | None = EMPTY
    nodes: dict[Key, Known] = field(default_factory=dict)
    edges: dict[Key, Known] = field(default_factory=dict)

    def follow(self, mark: str | None, nodes: Mapping[Key, Known], edges: Mapping[Key, Known]) -> None:
        """Remember what a load has made or changed, once that is certain to stay.

        Args:
            mark: none if these are not all. Then, and when there is too much to remember, all is forgotten for good.
        """
        self.mark = mark
        self.nodes.update(nodes)
        self.edges.update(edges)
        if mark is None or len(self.nodes) + len(self.edges) > MOST:
            self.mark, self.nodes, self.edges = None, {}, {}


def created_nodes(lot: Lot, ids: list[str]) -> dict[Key, Known]:
    """The nodes of a lot that was created, with these element ids."""
    labelled = [(label, properties) for label, some in lot.nodes.items() for properties in some]
    return {
        (str(properties[IRI]),): Known(id, label, properties)
        for (label, properties), id in zip(labelled, ids, strict=True)
    }


def created_edges(lot: Lot, ids: list[str]) -> dict[Key, Known]:
    """The relationships with properties of a lot that was created, with these element ids."""
    iris = [*lot.iris(), *lot.others]
    return {
        (type, iris[start], iris[end], str(properties.get(IRI) or "")): Known(id, type, properties)
        for (start, end, type, properties), id in zip(lot.edges, ids, strict=True)
    }
