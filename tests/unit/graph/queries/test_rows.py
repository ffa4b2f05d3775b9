"""Rows of queries become dataclasses, or say which column is wrong."""

from dataclasses import dataclass

import pytest

from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.rows import row_as, rows_as

ASHMERE = {"iri": "a", "name": "Ashmere", "label": "LocalAuthority"}


@dataclass(frozen=True)
class Summary:
    node: Node
    region: Node | None
    spans: tuple[tuple[int, int], ...]
    peers: tuple[Node, ...] = ()


def row(**changes):
    return {"node": ASHMERE, "region": None, "spans": [[1, 2]], **changes}


def test_maps_become_dataclasses_and_lists_tuples():
    summary = row_as(Summary, row(peers=[ASHMERE, ASHMERE]))

    node = Node("a", "Ashmere", "LocalAuthority")
    assert summary == Summary(node, None, ((1, 2),), (node, node))
    assert rows_as(Summary, [row(), row(region=ASHMERE)])[1].region == node


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"node": ASHMERE, "spans": []}, "Summary: the row lacks the columns region$"),
        ({**row(), "nodes": []}, "Summary: Summary has no field for the columns nodes$"),
        ({"nodes": []}, "the row lacks the columns node, region, spans; Summary has no field for the columns nodes$"),
        (row(node={"iri": "a", "name": "Ashmere"}), "Node: the row lacks the columns label$"),
        (row(peers=[{**ASHMERE, "shade": "x"}]), "Node has no field for the columns shade$"),
    ],
)
def test_a_renamed_column_is_named(columns, reason):
    with pytest.raises(TypeError, match=reason):
        row_as(Summary, columns)
