"""Groups in the network: reports, or findings, that hang on one item are drawn as one until the reader opens them."""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from caregraph.explorer.labels import format_count, kind_label
from caregraph.explorer.state.network_view import Position
from caregraph.graph.queries.nodes import Edge, Node

GROUPED = ("Document", "Finding")  # labels of which there are many, and of which one tells little
FEWEST = 4  # that are drawn as one
_PREFIX = "group "  # of ids; no IRI has a space


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes of one label around a hub, which is the IRI of a node; they are drawn as one node with the group's id."""

    label: str
    hub: str
    members: tuple[Node, ...]

    @property
    def id(self) -> str:
        """Id of the group, the same for others who see it."""
        return f"{_PREFIX}{self.label} {self.hub}"

    @property
    def node(self) -> Node:
        """Node that stands for its members."""
        return Node(self.id, format_count(len(self.members), kind_label(self.label)), self.label)


def is_group(id: str) -> bool:
    """Tell whether an id is one of a group."""
    return id.startswith(_PREFIX)


def groups_in(
    nodes: Sequence[Node], edges: Sequence[Edge], *, opened: Collection[str] = (), single: Collection[str | None] = ()
) -> list[Group]:
    """Groups of a network: each report or finding belongs to the item with the most of its kind.

    Args:
        opened: ids of groups whose members are drawn one by one.
        single: IRIs of nodes that are drawn on their own, such as the selected one.
    """
    labels = {node.iri: node.label for node in nodes}
    hubs: dict[str, list[str]] = {node.iri: [] for node in nodes if node.label in GROUPED and node.iri not in single}
    for edge in edges:
        for member, hub in ((edge.start, edge.end), (edge.end, edge.start)):
            if member in hubs and labels[hub] not in GROUPED:
                hubs[member].append(hub)
    sizes = Counter((labels[member], hub) for member, around in hubs.items() for hub in set(around))
    members: dict[tuple[str, str], list[Node]] = {}
    for node in nodes:
        if around := hubs.get(node.iri):
            _, hub = max((sizes[node.label, iri], iri) for iri in around)
            members.setdefault((node.label, hub), []).append(node)
    groups = [Group(label, hub, tuple(grouped)) for (label, hub), grouped in members.items()]
    return [group for group in groups if len(group.members) >= FEWEST and group.id not in opened]


def with_groups(nodes: Sequence[Node], edges: Sequence[Edge], groups: Sequence[Group]) -> tuple[list[Node], list[Edge]]:
    """Nodes and edges as they are drawn: a group in the place of its members, tied to all that they are tied to."""
    stands_for = {node.iri: group.id for group in groups for node in group.members}
    drawn = [node for node in nodes if node.iri not in stands_for]
    ends = ((stands_for.get(edge.start, edge.start), stands_for.get(edge.end, edge.end), edge.type) for edge in edges)
    ties = dict.fromkeys((start, end, type) for start, end, type in ends if start != end)
    return [*drawn, *(group.node for group in groups)], [Edge(*tie) for tie in ties]


def group_place(group: Group, positions: Mapping[str, Position]) -> Position:
    """Position of a group: that of its member that is nearest to the hub."""
    hub = positions[group.hub]
    return min((positions[node.iri] for node in group.members), key=lambda place: math.dist(place, hub))


def members_of(groups: Sequence[Group]) -> Mapping[str, list[str]]:
    """IRIs of each group's members, by its id."""
    return {group.id: [node.iri for node in group.members] for group in groups}
