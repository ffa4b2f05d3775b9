"""Layout of the network: positions of nodes, seeded, so that the same view looks the same; known nodes do not move."""

import math
from collections.abc import Mapping, Sequence

import networkx
import numpy as np

from caregraph.explorer.state.network_view import Position
from caregraph.graph.queries.nodes import Edge, Node

_SEED = 11
_STEP = 185.0  # pixels from a node to its new neighbours
_WIDTH, _HEIGHT = 178.0, 82.0  # pixels that a node and its label take
_ROUNDS = 120  # of pushing labels apart; fewer where there are many nodes, whose labels nobody can read anyhow
_SPRING_NODES = 120  # nodes with springs at most


def layout(nodes: Sequence[Node], edges: Sequence[Edge], known: Mapping[str, Position]) -> dict[str, Position]:
    """Positions in pixels of all nodes, by IRI: the known ones stay, new ones are placed around their neighbours.

    >>> a, b = Node("a", "A", "Agency"), Node("b", "B", "Agency")
    >>> positions = layout([a, b], [Edge("a", "b", "SERVES")], {"a": (5.0, 5.0)})
    >>> positions["a"], layout([a, b], [Edge("a", "b", "SERVES")], positions) == positions
    ((5.0, 5.0), True)
    """
    iris = [node.iri for node in nodes]
    new = [iri for iri in iris if iri not in known]
    if not new:
        return {iri: known[iri] for iri in iris}
    graph = networkx.Graph()
    graph.add_nodes_from(iris)
    graph.add_edges_from((edge.start, edge.end) for edge in edges)
    fixed = {iri: known[iri] for iri in iris if iri in known}
    positions = _place_around(graph, fixed, new) if fixed else _first_layout(graph)
    return _push_apart(positions, fixed=set(fixed))


def _first_layout(graph: networkx.Graph) -> dict[str, Position]:
    """Positions without any known ones: rings around the most connected node if there is a clear one, else springs.

    Springs take time by the square of the nodes, so of many nodes only the most connected have them.
    """
    by_degree = [iri for iri, _ in sorted(graph.degree, key=lambda pair: -pair[1])]
    if graph.degree[by_degree[0]] >= 0.8 * (len(graph) - 1):
        return _place_around(graph, {by_degree[0]: (0.0, 0.0)}, [iri for iri in graph if iri != by_degree[0]])
    core = graph.subgraph(by_degree[:_SPRING_NODES])
    scale = _STEP * 0.75 * math.sqrt(len(graph))
    springs = networkx.spring_layout(core, seed=_SEED, iterations=100)
    positions = {iri: (float(x) * scale * 1.4, float(y) * scale) for iri, (x, y) in springs.items()}
    return _place_around(graph, positions, by_degree[_SPRING_NODES:])


def _place_around(graph: networkx.Graph, known: Mapping[str, Position], new: Sequence[str]) -> dict[str, Position]:
    """Place new nodes in a fan around the known one that they are linked to, away from the middle of the known ones."""
    if not new:
        return dict(known)
    positions = dict(known)
    middle = np.mean(list(known.values()), axis=0)
    for anchor, members in _group_by_anchor(graph, known, new).items():
        x, y = positions[anchor] if anchor else (float(middle[0]), float(middle[1]))
        outward = math.atan2(y - middle[1], x - middle[0])
        full_circle = len(known) == 1 or not anchor
        width = 2 * math.pi if full_circle else math.pi * 1.2
        steps = len(members) if full_circle else max(1, len(members) - 1)
        for index, iri in enumerate(members):
            angle = outward + (width * index / steps if full_circle else width * (index / steps - 0.5))
            reach = _STEP * max(1.0, len(members) * (0.75 if full_circle else 1.3) / 8) * (1.0 if index % 2 else 1.3)
            positions[iri] = (x + 1.2 * reach * math.cos(angle), y + 0.95 * reach * math.sin(angle))
    return positions


def _group_by_anchor(graph: networkx.Graph, known: Mapping[str, Position], new: Sequence[str]) -> dict[str, list[str]]:
    """Group new nodes by the known neighbour with most of them, which was just expanded; "" for those without any."""
    new_neighbours = {iri: sum(neighbour in new for neighbour in graph[iri]) for iri in known}
    groups: dict[str, list[str]] = {}
    for iri in new:
        anchors = (neighbour for neighbour in graph[iri] if neighbour in known)
        anchor = max(anchors, key=new_neighbours.__getitem__, default="")
        groups.setdefault(anchor, []).append(iri)
    return groups


def _push_apart(positions: Mapping[str, Position], *, fixed: set[str]) -> dict[str, Position]:
    """Push nodes apart whose labels would overlap; the fixed ones do not move."""
    iris = list(positions)
    points = np.array([positions[iri] for iri in iris], dtype=float)
    movable = np.array([0.0 if iri in fixed else 1.0 for iri in iris])[:, None]
    for _ in range(max(30, min(_ROUNDS, 12_000 // len(points)))):
        push = _pushes(points) * movable
        if not push.any():
            break
        points += 0.35 * push
    return {
        iri: positions[iri] if iri in fixed else (float(x), float(y)) for iri, (x, y) in zip(iris, points, strict=True)
    }


def _pushes(points: np.ndarray) -> np.ndarray:
    """Pixels by which each point is pushed away from those too near, the shorter way.

    In order of x the near points are few.
    """
    push = np.zeros_like(points)
    order = np.argsort(points[:, 0], kind="stable")
    for shift in range(1, len(points)):
        left, right = order[:-shift], order[shift:]
        overlap_x = _WIDTH - (points[right, 0] - points[left, 0])
        if overlap_x.max() <= 0:
            break
        distance_y = points[right, 1] - points[left, 1]
        overlap_y = _HEIGHT - np.abs(distance_y)
        close = (overlap_x > 0) & (overlap_y > 0)
        sideways = close & (overlap_x * _HEIGHT < overlap_y * _WIDTH)
        by_x = np.where(sideways, overlap_x, 0.0)
        by_y = np.where(close & ~sideways, np.where(distance_y < 0, -overlap_y, overlap_y), 0.0)
        for ends, sign in ((left, -1.0), (right, 1.0)):  # in one shift no point stands twice at one end
            push[ends, 0] += sign * by_x
            push[ends, 1] += sign * by_y
    return push
