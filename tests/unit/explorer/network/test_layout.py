from itertools import combinations

import pytest

from caregraph.explorer.network.layout import layout
from caregraph.graph.queries.nodes import Edge, Node


def star(count: int, *, centre: str = "centre") -> tuple[list[Node], list[Edge]]:
    nodes = [Node(centre, centre, "Agency"), *(Node(f"{centre}-{n}", f"{n}", "LocalAuthority") for n in range(count))]
    return nodes, [Edge(centre, node.iri, "SERVES") for node in nodes[1:]]


def test_layout_of_nothing_is_nothing():
    assert layout([], [], {}) == {}


@pytest.mark.parametrize("count", [1, 5, 12, 30])
def test_layout_keeps_labels_apart(count):
    positions = layout(*star(count), {})

    assert len(positions) == count + 1
    for (x1, y1), (x2, y2) in combinations(positions.values(), 2):
        assert abs(x1 - x2) > 120 or abs(y1 - y2) > 50


def test_layout_is_the_same_each_time():
    assert layout(*star(8), {}) == layout(*star(8), {})


def test_layout_leaves_known_nodes_where_they_were():
    nodes, edges = star(6)
    before = layout(nodes, edges, {})
    more_nodes, more_edges = star(12, centre="centre-0")
    after = layout([*nodes, *more_nodes[1:]], [*edges, *more_edges], before)

    assert {iri: after[iri] for iri in before} == before
    assert len(after) == 19


def test_layout_places_nodes_that_have_no_links():
    nodes = [Node(name, name, "Concept") for name in "abc"]

    assert layout(nodes, [], {}).keys() == {"a", "b", "c"}
