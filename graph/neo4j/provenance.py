"""Provenance: the contribution of each named graph to nodes and relationships that several graphs may state.

The store keeps the contribution of every loaded graph, so that it can retract one graph and leave the others as they
are. `ContributionMerge` decides what follows when graphs are replaced. Nothing here talks to the database: callers
pass in what it holds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from caregraph.graph.neo4j.property_graph import EdgeRow, GraphRows, NodeRow, Properties, merge_properties
from caregraph.graph.neo4j.serialization import deserialize, row_fields, serialize

Key = tuple[str, ...]  # of a node its IRI; of a relationship its type, start, end and own IRI or ""
Row = TypeVar("Row", NodeRow, EdgeRow)
RowsByGraph = Mapping[str, Mapping[Key, Row]]  # the nodes, or the relationships, that each graph contributes

IRI, STATED_IN = "iri", "statedIn"  # properties that the store adds
GRAPH_LABEL, LOCK_LABEL = "_Graph", "_Lock"  # nodes of the store's own: a loaded graph, and the lock of loads


@dataclass(frozen=True, slots=True)
class Contribution:
    """Nodes and relationships that a named graph states and other graphs may state too.

    Attributes:
        nodes: the shared nodes that the graph describes.
        edges: the shared relationships: those of which neither end is one of its own nodes.
        own_iris: the IRIs of its own nodes, by label; their relationships are deleted with them.
        referenced_iris: nodes of other graphs that its relationships lead to.
    """

    nodes: dict[Key, NodeRow] = field(default_factory=dict)
    edges: dict[Key, EdgeRow] = field(default_factory=dict)
    own_iris: dict[str, list[str]] = field(default_factory=dict)
    referenced_iris: frozenset[str] = frozenset()
    _serialized: bytes = field(default=b"", compare=False, repr=False)  # once it has been read from bytes

    @classmethod
    def of(cls, rows: GraphRows) -> "Contribution":
        """Select the shared part of a graph's rows."""
        own_iris: dict[str, list[str]] = defaultdict(list)
        for node in rows.nodes:
            if node.own:
                own_iris[node.label].append(node.iri)
        own = {iri for iris in own_iris.values() for iri in iris}
        return cls(
            nodes={row_key(node): node for node in rows.nodes if not node.own},
            edges={row_key(edge): edge for edge in rows.edges if own.isdisjoint((edge.start, edge.end))},
            own_iris=dict(own_iris),
            referenced_iris=frozenset(iri for edge in rows.edges for iri in (edge.start, edge.end)).difference(
                node.iri for node in rows.nodes
            ),
        )

    def shared_iris(self) -> set[str]:
        """Collect the IRIs of all nodes that the graph describes or refers to, except its own nodes."""
        ends = {iri for _, start, end, _ in self.edges for iri in (start, end)}
        return ends.union(self.referenced_iris, (iri for (iri,) in self.nodes))

    def serialize(self) -> bytes:
        """Serialize the whole contribution."""
        if self._serialized:
            return self._serialized
        nodes, edges = row_fields(self.nodes.values()), row_fields(self.edges.values())
        return serialize([nodes, edges, self.own_iris, sorted(self.referenced_iris)])

    @classmethod
    def deserialize(cls, content: bytes) -> "Contribution":
        """Restore a contribution from the bytes that `serialize` made."""
        nodes, edges, own_iris, referenced_iris = deserialize(content)
        return cls(
            nodes={row_key(row): row for row in (NodeRow(*fields) for fields in nodes)},
            edges={row_key(row): row for row in (EdgeRow(*fields) for fields in edges)},
            own_iris=own_iris,
            referenced_iris=frozenset(referenced_iris),
            _serialized=content,
        )


@dataclass(frozen=True, slots=True)
class StoredEntity:
    """Node or relationship of the database: its element id, its label or type, and all its properties."""

    id: str
    label: str
    properties: Properties

    @property
    def graphs(self) -> frozenset[str]:
        """Graphs that state it; empty if it is one graph's own, or exists only as an end of relationships."""
        return frozenset(self.properties.get(STATED_IN, ()))  # type: ignore[arg-type]

    @property
    def stated_properties(self) -> Properties:
        """Its properties without those that the store adds."""
        return {name: value for name, value in self.properties.items() if name not in (IRI, STATED_IN)}


def row_key(row: NodeRow | EdgeRow) -> Key:
    """Make the key by which the rows of several graphs are recognised as one node or relationship."""
    return (row.iri,) if isinstance(row, NodeRow) else (row.type, row.start, row.end, row.iri or "")


def stored_properties(row: NodeRow | EdgeRow, graphs: Iterable[str], properties: Properties) -> Properties:
    """Add the properties that the store needs: the IRI and, of a shared row, the graphs that state it."""
    iri: Properties = {IRI: row.iri} if row.iri else {}
    return {**properties, **iri} if row.own else {**properties, **iri, STATED_IN: sorted(graphs)}


class ContributionMerge(Generic[Row]):
    """Merge of the contributions to shared nodes, or to shared relationships, when some graphs are replaced together.

    Args:
        before: the present contribution of each replaced graph.
        after: its new contribution.
        stored: the database's nodes, or relationships, among them.
    """

    def __init__(self, before: RowsByGraph[Row], after: RowsByGraph[Row], stored: Mapping[Key, StoredEntity]) -> None:
        self._before: RowsByGraph[Row] = before
        self._after: RowsByGraph[Row] = after
        self._stored = stored
        self._keys = {key for rows in (*before.values(), *after.values()) for key in rows}

    def conflicting_graphs(self) -> set[str]:
        """Name the graphs that are not replaced and whose contributions `merged` needs."""
        return {graph for key in self._keys if self._needs_merge(key) for graph in self._unreplaced_graphs(key)}

    def merged(self, contributions: RowsByGraph[Row]) -> dict[Key, Properties | None]:
        """Compute the properties that each node or relationship shall have; None if no graph states it any more.

        Args:
            contributions: those of the `conflicting_graphs`.
        """
        final: dict[Key, Properties | None] = {}
        for key in self._keys:
            unreplaced: frozenset[str] = self._unreplaced_graphs(key)
            new_rows: dict[str, Row] = {graph: rows[key] for graph, rows in self._after.items() if key in rows}
            graphs = unreplaced | new_rows.keys()
            if not graphs:
                final[key] = None
            elif unreplaced and not self._needs_merge(key):
                final[key] = {**self._stored[key].properties, STATED_IN: sorted(graphs)}
            else:
                rows = list(new_rows.values()) + [contributions[graph][key] for graph in unreplaced]
                final[key] = stored_properties(rows[0], graphs, merge_properties(row.properties for row in rows))
        return final

    def _unreplaced_graphs(self, key: Key) -> frozenset[str]:
        """Name the graphs that state a node or relationship and are not replaced."""
        return self._stored[key].graphs - self._after.keys() if key in self._stored else frozenset()

    def _needs_merge(self, key: Key) -> bool:
        """Tell whether the contributions of unreplaced graphs may change the properties.

        They cannot where each replaced graph states the same as before, or newly agrees with the stored properties.
        """
        if not self._unreplaced_graphs(key):
            return False
        for graph, rows in self._after.items():
            before, after = _properties(self._before.get(graph, {}).get(key)), _properties(rows.get(key))
            if before != after and (before or not _agree(self._stored[key].stated_properties, after)):
                return True
        return False


def _properties(row: NodeRow | EdgeRow | None) -> Properties:
    return row.properties if row else {}


def _agree(stored: Properties, new: Properties) -> bool:
    return all(_values_agree(stored.get(name), value) for name, value in new.items())


def _values_agree(stored: object, new: object) -> bool:
    if isinstance(stored, list) and isinstance(new, list):
        return set(new) <= set(stored)
    return stored == new
