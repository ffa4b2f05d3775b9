import io
import json

import networkx

from caregraph.explorer.network.filters import Filters
from caregraph.explorer.network.network_export import network_as_graphml, network_as_json, network_as_page
from caregraph.explorer.state.network_view import NetworkView, read_saved_view
from caregraph.graph.queries.facets import Facets
from caregraph.graph.queries.nodes import Edge, Node

NODES = [
    Node("a", "Ashmere </script><script>alert(1)</script> & *co*", "LocalAuthority"),
    Node("b", "Alliance", "Agency"),
]
EDGES = [Edge("b", "a", "SERVES"), Edge("a", "b", "USES")]
POSITIONS = {"a": (0.0, 1.0), "b": (200.0, -3.25)}
FACETS = {"a": Facets(iri="a", region="Farrowdale")}


def test_json_holds_the_graph_its_licence_and_the_view_that_opens_again():
    view = NetworkView(("https://x.example/a", "https://x.example/b"), filters=Filters(min_confidence=20))
    text = network_as_json(NODES, EDGES, view=view, positions=POSITIONS, facets=FACETS)
    saved = json.loads(text)

    assert "Open Government Licence" in saved["licence"]
    assert saved["nodes"][0]["name"] == NODES[0].name
    assert saved["edges"] == [
        {"start": "b", "type": "SERVES", "end": "a"},
        {"start": "a", "type": "USES", "end": "b"},
    ]
    assert read_saved_view(text.encode()) == (view, {"a": (0.0, 1.0), "b": (200.0, -3.2)})


def test_graphml_keeps_names_kinds_and_parallel_relationships():
    graph = networkx.read_graphml(io.BytesIO(network_as_graphml(NODES, EDGES, facets=FACETS)), force_multigraph=True)

    assert graph.nodes["a"]["name"] == NODES[0].name
    assert graph.nodes["a"]["region"] == "Farrowdale"
    assert {(start, end, row["type"]) for start, end, row in graph.edges(data=True)} == {
        ("b", "a", "SERVES"),
        ("a", "b", "USES"),
    }


def test_page_holds_names_as_data_and_loads_nothing():
    page = network_as_page(NODES, EDGES, POSITIONS, heading="Network of <Ashmere>")

    assert "<script>alert(1)" not in page
    assert "Network of &lt;Ashmere&gt;" in page
    assert "default-src 'none'" in page
    assert not any(mark in page for mark in ("<link", "<img", "<iframe", 'src="', "@import"))
    assert "{{" not in page.split("<script>", 1)[0]
