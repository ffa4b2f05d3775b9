import pytest

from caregraph.explorer.network.groups import FEWEST, groups_in, is_group, members_of, with_groups
from caregraph.graph.queries.nodes import Edge, Node

HUB, OTHER = Node("h", "Police", "Agency"), Node("c", "Ashmere", "LocalAuthority")
REPORTS = [Node(f"d{number}", f"Report {number}", "Document") for number in range(6)]
FINDINGS = [Node(f"f{number}", f"Finding {number}", "Finding", polarity="strength") for number in range(FEWEST)]
NODES = [HUB, OTHER, *REPORTS, *FINDINGS]
EDGES = [
    Edge("h", "c", "SERVES"),
    *(Edge(report.iri, "h", "MENTIONS") for report in REPORTS),
    Edge("d0", "c", "REPORTS_ON"),
    *(Edge(finding.iri, "h", "INVOLVES") for finding in FINDINGS),
    Edge("d1", "f1", "STATES"),
]


def test_reports_and_findings_around_a_hub_are_one_item_each():
    reports, findings = groups_in(NODES, EDGES)
    nodes, edges = with_groups(NODES, EDGES, [reports, findings])

    assert reports.members == tuple(REPORTS)
    assert [node.name for node in nodes] == ["Police", "Ashmere", "6 reports", "4 findings"]
    assert {(edge.start, edge.end) for edge in edges} == {
        ("h", "c"),
        (reports.id, "h"),
        (reports.id, "c"),
        (findings.id, "h"),
        (reports.id, findings.id),
    }
    assert members_of([findings]) == {findings.id: [finding.iri for finding in FINDINGS]}
    assert is_group(reports.id)


@pytest.mark.parametrize(
    ("single", "expected"),
    # The selected one is drawn on its own; so are all, where too few are left.
    [((None,), [6, 4]), (("d3", None), [5, 4]), (("f0",), [6])],
)
def test_selected_item_is_drawn_on_its_own(single, expected):
    assert [len(group.members) for group in groups_in(NODES, EDGES, single=single)] == expected


def test_opened_group_is_drawn_one_by_one():
    reports, findings = groups_in(NODES, EDGES)

    assert groups_in(NODES, EDGES, opened=[reports.id]) == [findings]
    assert with_groups(NODES, EDGES, []) == (NODES, EDGES)
