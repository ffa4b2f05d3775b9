"""What named graphs say, as the store keeps it to be able to take it back, and what follows where they are replaced.

Nothing here knows the database: it is told what is known of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from caregraph.graph.neo4j.property_graph import EdgeRow, NodeRow, Properties, Rows, merged
from caregraph.graph.neo4j.serialization import fields, packed, unpacked

Key = tuple[str, ...]  # of a node its IRI; of a relationship its type, start, end and own IRI or ""
Row = TypeVar("Row", NodeRow, EdgeRow)
Spoken = Mapping[str, Mapping[Key, Row]]  # what graphs say, by graph

IRI, STATED_IN = "iri", "statedIn"
LEDGER, LOCK = "_Graph", "_Lock"  # labels of nodes that are the store's own affair


@dataclass(frozen=True, slots=True)
class Said:
    """What a graph says of nodes and relationships that others may speak of too, and what is its own.

    Of its own nodes the IRIs, by label, are enough: their relationships go with them. Its own relationships between
    nodes that are not its own are among ``edges``. ``ends`` are the nodes of others that its relationships lead to.
    """

    nodes: dict[Key, NodeRow] = field(default_factory=dict)
    edges: dict[Key, EdgeRow] = field(default_factory=dict)
    own: dict[str, list[str]] = field(default_factory=dict)
    ends: frozenset[str] = frozenset()
    _packed: bytes = field(default=b"", compare=False, repr=False)  # if it has been

    @classmethod
    def of(cls, rows: Rows) -> "Said":
        """What the rows of a graph say."""
        own: dict[str, list[str]] = defaultdict(list)
        for node in rows.nodes:
            if node.own:
                own[node.label].append(node.iri)
        ours = {iri for iris in own.values() for iri in iris}
        return cls(
            nodes={key(node): node for node in rows.nodes if not node.own},
            edges={key(edge): edge for edge in rows.edges if ours.isdisjoint((edge.start, edge.end))},
            own=dict(own),
            ends=frozenset(iri for edge in rows.edges for iri in (edge.start, edge.end)).difference(
                node.iri for node in rows.nodes
            ),
        )

    def named(self) -> set[str]:
        """The nodes that it speaks of, its own apart."""
        ends = {iri for _, start, end, _ in self.edges for iri in (start, end)}
        return ends.union(self.ends, (iri for (iri,) in self.nodes))

    def pack(self) -> bytes:
        """All of it in few bytes."""
        rows = (fields(some.values()) for some in (self.nodes, self.edges))
        return self._packed or packed([*rows, self.own, sorted(self.ends)])

    @classmethod
    def unpack(cls, content: bytes) -> "Said":
        """What `pack` packed."""
        nodes, edges, own, ends = unpacked(content)
        return cls(
            nodes={key(row): row for row in (NodeRow(*one) for one in nodes)},
            edges={key(row): row for row in (EdgeRow(*one) for one in edges)},
            own=own,
            ends=frozenset(ends),
            _packed=content,
        )


@dataclass(frozen=True, slots=True)
class Known:
    """A node or relationship that the database has: its element id, its label or type, and all its properties."""

    id: str
    label: str
    properties: Properties

    @property
    def graphs(self) -> frozenset[str]:
        """The graphs that state it; none if it is one graph's own, or there only for the relationships of others."""
        return frozenset(self.properties.get(STATED_IN, ()))  # type: ignore[arg-type]

    @property
    def shown(self) -> Properties:
        """Its properties but for those that the store adds."""
        return {name: value for name, value in self.properties.items() if name not in (IRI, STATED_IN)}


def key(row: NodeRow | EdgeRow) -> Key:
    return (row.iri,) if isinstance(row, NodeRow) else (row.type, row.start, row.end, row.iri or "")


def held(row: NodeRow | EdgeRow, graphs: Iterable[str], shown: Properties) -> Properties:
    """All properties that the database is to have of something that some graphs state."""
    iri: Properties = {IRI: row.iri} if row.iri else {}
    return {**shown, **iri} if row.own else {**shown, **iri, STATED_IN: sorted(graphs)}


class Part(Generic[Row]):
    """The nodes, or the relationships, of which some graphs speak, or spoke before, that are replaced together.

    Args:
        before: what each of these graphs says now.
        after: what each will say.
        known: what the database has of all this.
    """

    def __init__(self, before: Spoken[Row], after: Spoken[Row], known: Mapping[Key, Known]) -> None:
        self._before: Spoken[Row] = before
        self._after: Spoken[Row] = after
        self._known = known
        self._keys = {one for said in (*before.values(), *after.values()) for one in said}

    def disputes(self) -> set[str]:
        """The other graphs whose words are needed to tell what to show."""
        return {graph for one in self._keys if self._is_disputed(one) for graph in self._rest(one)}

    def settled(self, others: Spoken[Row]) -> dict[Key, Properties | None]:
        """The properties that everything shall have; None for what no graph states any more.

        Args:
            others: what the graphs say that `disputes` named.
        """
        final: dict[Key, Properties | None] = {}
        for one in self._keys:
            rest: frozenset[str] = self._rest(one)
            now: dict[str, Row] = {graph: said[one] for graph, said in self._after.items() if one in said}
            if not rest and not now:
                final[one] = None
            elif rest and not self._is_disputed(one):
                final[one] = {**self._known[one].properties, STATED_IN: sorted(rest | now.keys())}
            else:
                speaking = list(now.values()) + [others[graph][one] for graph in rest]
                final[one] = held(speaking[0], rest | now.keys(), merged(row.properties for row in speaking))
        return final

    def _rest(self, one: Key) -> frozenset[str]:
        """The graphs that state something and are not replaced."""
        return self._known[one].graphs - self._after.keys() if one in self._known else frozenset()

    def _is_disputed(self, one: Key) -> bool:
        """Whether what is shown may change by what others say too.

        It does not where a graph says the same as before, or newly agrees with what is shown.
        """
        if not self._rest(one):
            return False
        for graph, said in self._after.items():
            before, after = _properties(self._before.get(graph, {}).get(one)), _properties(said.get(one))
            if before != after and (before or not _agree(self._known[one].shown, after)):
                return True
        return False


def _properties(row: NodeRow | EdgeRow | None) -> Properties:
    return row.properties if row else {}


def _agree(shown: Properties, said: Properties) -> bool:
    return all(_agrees(shown.get(name), value) for name, value in said.items())


def _agrees(shown: object, value: object) -> bool:
    if isinstance(shown, list) and isinstance(value, list):
        return set(value) <= set(shown)
    return shown == value
