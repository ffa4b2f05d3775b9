"""Where nodes are drawn: seeded, so that the same view looks the same; known nodes stay where they were."""

import math
from collections.abc import Mapping, Sequence

import networkx
import numpy as np

from graph.neighbourhood import Edge, Node

Place = tuple[float, float]

_SEED = 11
_STEP = 185.0  # pixels from a node to its new neighbours
_WIDTH, _HEIGHT = 178.0, 82.0  # pixels that a node and its label want for themselves
_ROUNDS = 120


def layout(nodes: Sequence[Node], edges: Sequence[Edge], known: Mapping[str, Place]) -> dict[str, Place]:
    """Places in pixels for all nodes: the known ones stay, the new ones settle round what they hang on.

    >>> a, b = Node("a", "A", "Agency"), Node("b", "B", "Agency")
    >>> places = layout([a, b], [Edge("a", "b", "SERVES")], {"a": (5.0, 5.0)})
    >>> places["a"], layout([a, b], [Edge("a", "b", "SERVES")], places) == places
    ((5.0, 5.0), True)
    """
    iris = [node.iri for node in nodes]
    new = [iri for iri in iris if iri not in known]
    if not new:
        return {iri: known[iri] for iri in iris}
    graph = networkx.Graph()
    graph.add_nodes_from(iris)
    graph.add_edges_from((edge.start, edge.end) for edge in edges)
    old = {iri: known[iri] for iri in iris if iri in known}
    places = _around(graph, old, new) if old else _fresh(graph)
    return _apart(places, fixed=set(old))


def _fresh(graph: networkx.Graph) -> dict[str, Place]:
    """A first picture: rings round the most connected node where there is a clear one, else springs."""
    centre, links = max(graph.degree, key=lambda pair: pair[1])
    if links >= 0.8 * (len(graph) - 1):
        return _around(graph, {centre: (0.0, 0.0)}, [iri for iri in graph if iri != centre])
    scale = _STEP * 0.75 * math.sqrt(len(graph))
    springs = networkx.spring_layout(graph, seed=_SEED, iterations=200)
    return {iri: (float(x) * scale * 1.4, float(y) * scale) for iri, (x, y) in springs.items()}


def _around(graph: networkx.Graph, old: Mapping[str, Place], new: Sequence[str]) -> dict[str, Place]:
    """New nodes in a fan round the old one they hang on, away from the middle of what was there."""
    places = dict(old)
    middle = np.mean(list(old.values()), axis=0)
    for anchor, members in _by_anchor(graph, old, new).items():
        x, y = places[anchor] if anchor else (float(middle[0]), float(middle[1]))
        outward = math.atan2(y - middle[1], x - middle[0])
        whole = len(old) == 1 or not anchor
        width = 2 * math.pi if whole else math.pi * 1.2
        steps = len(members) if whole else max(1, len(members) - 1)
        for index, iri in enumerate(members):
            angle = outward + (width * index / steps if whole else width * (index / steps - 0.5))
            reach = _STEP * max(1.0, len(members) * (0.75 if whole else 1.3) / 8) * (1.0 if index % 2 else 1.3)
            places[iri] = (x + 1.2 * reach * math.cos(angle), y + 0.95 * reach * math.sin(angle))
    return places


def _by_anchor(graph: networkx.Graph, old: Mapping[str, Place], new: Sequence[str]) -> dict[str, list[str]]:
    """The new nodes by the old neighbour with most of them, which is the one just expanded; "" without any."""
    pull = {iri: sum(other in new for other in graph[iri]) for iri in old}
    found: dict[str, list[str]] = {}
    for iri in new:
        anchor = max((other for other in graph[iri] if other in old), key=lambda other: pull[other], default="")
        found.setdefault(anchor, []).append(iri)
    return found


def _apart(places: Mapping[str, Place], *, fixed: set[str]) -> dict[str, Place]:
    """Push nodes whose labels would lie on each other apart; the fixed ones do not move."""
    iris = list(places)
    at = np.array([places[iri] for iri in iris], dtype=float)
    moves = np.array([0.0 if iri in fixed else 1.0 for iri in iris])
    for _ in range(_ROUNDS):
        across, along = at[:, None, 0] - at[None, :, 0], at[:, None, 1] - at[None, :, 1]
        tight_x, tight_y = _WIDTH - np.abs(across), _HEIGHT - np.abs(along)
        close = (tight_x > 0) & (tight_y > 0) & ~np.eye(len(iris), dtype=bool)
        if not (close & (moves[:, None] > 0)).any():
            break
        sideways = close & (tight_x * _HEIGHT < tight_y * _WIDTH)
        upright = close & ~sideways
        order = np.sign(np.arange(len(iris))[:, None] - np.arange(len(iris))[None, :])
        push_x = np.where(sideways, np.where(across == 0, order, np.sign(across)) * tight_x, 0.0).sum(axis=1)
        push_y = np.where(upright, np.where(along == 0, order, np.sign(along)) * tight_y, 0.0).sum(axis=1)
        at[:, 0] += 0.35 * push_x * moves
        at[:, 1] += 0.35 * push_y * moves
    return {iri: places[iri] if iri in fixed else (float(x), float(y)) for iri, (x, y) in zip(iris, at, strict=True)}
