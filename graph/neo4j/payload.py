"""What one graph says, ready for the database: what goes with it alone, and what others may say too.

Nearly all nodes and relationships of a document are its own: its passages and
findings, and what leads from them. They are kept as they are sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from caregraph.graph.neo4j.property_graph import EdgeRow, NodeRow, Properties, Rows, graph_schema
from caregraph.graph.neo4j.provenance import IRI, Said, held
from caregraph.graph.neo4j.serialization import packed, unpacked
from caregraph.ontology.errors import InvalidGraph

LENGTH = 8  # bytes of a number that says how long something is


@dataclass(frozen=True, slots=True)
class Lot:
    """Nodes and relationships that are created together.

    An end of a relationship is a place: the nodes are counted as they stand here, then ``others``.

    Attributes:
        nodes: by label the properties of each, its IRI among them.
        others: the IRIs of nodes of elsewhere to which relationships lead.
        bare: by type, of relationships without properties, both places of each, one after the other.
        edges: the other relationships: both places, type and properties.
    """

    nodes: dict[str, list[Properties]] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    bare: dict[str, list[int]] = field(default_factory=dict)
    edges: list[list[Any]] = field(default_factory=list)

    @classmethod
    def of(cls, nodes: Iterable[tuple[NodeRow, Properties]], edges: Iterable[tuple[EdgeRow, Properties]]) -> "Lot":
        """The lot of some rows, with all properties that each shall have.

        Raises:
            InvalidGraph: if the ontology has no such label or type.
        """
        lot, schema = cls(), graph_schema()
        for node, properties in nodes:
            lot.nodes.setdefault(_checked(node.label, schema.labels), []).append(properties)
        iris = lot.iris()
        places = {iri: place for place, iri in enumerate(iris)}
        for edge, properties in edges:
            start, end = (places.setdefault(iri, len(places)) for iri in (edge.start, edge.end))
            type = _checked(edge.type, schema.types)
            if properties:
                lot.edges.append([start, end, type, properties])
            else:
                lot.bare.setdefault(type, []).extend((start, end))
        lot.others.extend([*places][len(iris) :])
        return lot

    def iris(self) -> list[str]:
        """Those of the nodes, as they stand here."""
        return [str(properties[IRI]) for some in self.nodes.values() for properties in some]

    def __len__(self) -> int:
        """How many nodes and relationships there are."""
        return sum(map(len, self.nodes.values())) + sum(map(len, self.bare.values())) // 2 + len(self.edges)


@dataclass(frozen=True, slots=True)
class Told:
    """What one graph says, by its IRI; nothing if it is to be taken back."""

    graph: str
    own: Lot = field(default_factory=Lot)
    said: Said = field(default_factory=Said)

    @classmethod
    def of(cls, rows: Rows) -> "Told":
        """What the rows of a graph say.

        Raises:
            InvalidGraph: if the ontology has no such label or type.
        """
        said = Said.of(rows)
        nodes = [node for node in rows.nodes if node.own]
        ours = {node.iri for node in nodes}
        edges = (edge for edge in rows.edges if not ours.isdisjoint((edge.start, edge.end)))
        return cls(rows.graph, Lot.of(map(_whole, nodes), map(_whole, edges)), said)

    def __len__(self) -> int:
        """How many nodes and relationships it speaks of."""
        return len(self.own) + len(self.said.nodes) + len(self.said.edges)

    def pack(self) -> bytes:
        """All of it in few bytes."""
        own, said = self.own, self.said.pack()
        lot = packed([self.graph, own.nodes, own.others, own.bare, own.edges])
        return len(lot).to_bytes(LENGTH) + lot + said

    @classmethod
    def unpack(cls, content: bytes) -> "Told":
        """What `pack` packed.

        Raises:
            ValueError, TypeError, zlib.error: if it is damaged.
        """
        end = LENGTH + int.from_bytes(content[:LENGTH])
        graph, *lot = unpacked(content[LENGTH:end])
        return cls(graph, Lot(*lot), Said.unpack(content[end:]))


def _whole(row: Any) -> tuple[Any, Properties]:
    return row, held(row, (), row.properties)


def _checked(name: str, allowed: tuple[str, ...]) -> str:
    if name not in allowed:
        raise InvalidGraph(name, [f"the ontology has no label or relationship type {name!r}"])
    return name
