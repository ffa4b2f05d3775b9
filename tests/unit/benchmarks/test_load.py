"""The least that a load can take has as many nodes and relationships as ours, and looks nothing up."""

from benchmarks.load import least_transactions
from caregraph.graph.neo4j.loader import Load
from caregraph.graph.neo4j.payload import GraphPayload
from caregraph.graph.neo4j.property_graph import EdgeRow, GraphRows, NodeRow
from caregraph.ontology.iris import document_iri

COUNCIL, ELSEWHERE = "https://w3id.org/caregraph/id/authority/E99000001", "https://w3id.org/caregraph/id/region/R"
PUBLISHED = {"text": "Published in May."}


def load(digit: str) -> Load:
    graph = document_iri(digit * 64)
    nodes = (NodeRow("Document", graph, {"name": digit}, own=True), NodeRow("LocalAuthority", COUNCIL))
    edges = (
        EdgeRow("REPORTS_ON", graph, COUNCIL, properties=PUBLISHED, own=True),
        EdgeRow("IN_REGION", COUNCIL, ELSEWHERE),
    )
    return Load(GraphPayload.of(GraphRows(graph, nodes, edges)), "1")


def test_the_least_creates_what_several_graphs_state_once():
    [batches] = least_transactions([load("a"), load("b")])

    labels = [label for nodes, _, _ in batches for label, members in nodes for _ in members]
    assert labels == ["Document", "LocalAuthority", "Document"]
    with_values = [edge for _, _, edges in batches for edge in edges]
    assert [type for _, _, type, _ in with_values] == ["REPORTS_ON", "IN_REGION", "REPORTS_ON"]
    for nodes, bare, edges in batches:
        count = sum(len(members) for _, members in nodes)
        ends = [end for start, stop, _, _ in edges for end in (start, stop)] + [end for _, ends in bare for end in ends]
        assert all(0 <= end < count for end in ends)
