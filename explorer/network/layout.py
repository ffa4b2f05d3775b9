"""Where nodes are drawn: seeded, so that the same view looks the same; known nodes stay where they were."""

import math
from collections.abc import Mapping, Sequence

import networkx
import numpy as np

from caregraph.explorer.state.view import Place
from caregraph.graph.queries.nodes import Edge, Node

_SEED = 11
_STEP = 185.0  # pixels from a node to its new neighbours
_WIDTH, _HEIGHT = 178.0, 82.0  # pixels that a node and its label want for themselves
_ROUNDS = 120  # of pushing; fewer where there are many nodes, whose labels nobody can read anyhow
_SPRINGS = 120  # nodes


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
    """A first picture: rings round the most connected node where there is a clear one, else springs.

    Springs take time by the square of the nodes: of many only the most connected have them.
    """
    by_links = [iri for iri, _ in sorted(graph.degree, key=lambda pair: -pair[1])]
    if graph.degree[by_links[0]] >= 0.8 * (len(graph) - 1):
        return _around(graph, {by_links[0]: (0.0, 0.0)}, [iri for iri in graph if iri != by_links[0]])
    core = graph.subgraph(by_links[:_SPRINGS])
    scale = _STEP * 0.75 * math.sqrt(len(graph))
    springs = networkx.spring_layout(core, seed=_SEED, iterations=100)
    placed = {iri: (float(x) * scale * 1.4, float(y) * scale) for iri, (x, y) in springs.items()}
    return _around(graph, placed, by_links[_SPRINGS:])


def _around(graph: networkx.Graph, old: Mapping[str, Place], new: Sequence[str]) -> dict[str, Place]:
    """New nodes in a fan round the old one they hang on, away from the middle of what was there."""
    if not new:
        return dict(old)
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
    moves = np.array([0.0 if iri in fixed else 1.0 for iri in iris])[:, None]
    for _ in range(max(30, min(_ROUNDS, 12_000 // len(at)))):
        push = _pushes(at) * moves
        if not push.any():
            break
        at += 0.35 * push
    return {iri: places[iri] if iri in fixed else (float(x), float(y)) for iri, (x, y) in zip(iris, at, strict=True)}


def _pushes(at: np.ndarray) -> np.ndarray:
    """How far each place is pushed by those too near, the shorter way. In order of x the near ones are few."""
    push = np.zeros_like(at)
    order = np.argsort(at[:, 0], kind="stable")
    for shift in range(1, len(at)):
        left, right = order[:-shift], order[shift:]
        tight_x = _WIDTH - (at[right, 0] - at[left, 0])
        if tight_x.max() <= 0:
            break
        along = at[right, 1] - at[left, 1]
        tight_y = _HEIGHT - np.abs(along)
        close = (tight_x > 0) & (tight_y > 0)
        sideways = close & (tight_x * _HEIGHT < tight_y * _WIDTH)
        by_x = np.where(sideways, tight_x, 0.0)
        by_y = np.where(close & ~sideways, np.where(along < 0, -tight_y, tight_y), 0.0)
        for ends, sign in ((left, -1.0), (right, 1.0)):  # in one shift no place stands twice at one end
            push[ends, 0] += sign * by_x
            push[ends, 1] += sign * by_y
    return push
