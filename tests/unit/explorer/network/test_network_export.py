import io
import json

import networkx

from caregraph.explorer.network.filters import Filters
from caregraph.explorer.network.network_export import as_graphml, as_json, as_page
from caregraph.explorer.state.view import View, view_in_file
from caregraph.graph.queries.facets import Facets
from caregraph.graph.queries.nodes import Edge, Node

NODES = [
    Node("a", "Ashmere </script><script>alert(1)</script> & *co*", "LocalAuthority"),
    Node("b", "Alliance", "Agency"),
]
EDGES = [Edge("b", "a", "SERVES"), Edge("a", "b", "USES")]
PLACES = {"a": (0.0, 1.0), "b": (200.0, -3.25)}
KNOWN = {"a": Facets(iri="a", region="Farrowdale")}


def test_json_holds_the_graph_its_licence_and_the_view_that_opens_again():
    view = View(("https://x.example/a", "https://x.example/b"), filters=Filters(sure=20))
    text = as_json(NODES, EDGES, view=view, places=PLACES, known=KNOWN)
    held = json.loads(text)

    assert "Open Government Licence" in held["licence"]
    assert held["nodes"][0]["name"] == NODES[0].name
    assert held["edges"] == [
        {"start": "b", "type": "SERVES", "end": "a"},
        {"start": "a", "type": "USES", "end": "b"},
    ]
    assert view_in_file(text.encode()) == (view, {"a": (0.0, 1.0), "b": (200.0, -3.2)})


def test_graphml_keeps_names_kinds_and_parallel_relationships():
    graph = networkx.read_graphml(io.BytesIO(as_graphml(NODES, EDGES, known=KNOWN)), force_multigraph=True)

    assert graph.nodes["a"]["name"] == NODES[0].name
    assert graph.nodes["a"]["region"] == "Farrowdale"
    assert {(start, end, row["type"]) for start, end, row in graph.edges(data=True)} == {
        ("b", "a", "SERVES"),
        ("a", "b", "USES"),
    }


def test_page_holds_names_as_data_and_loads_nothing():
    page = as_page(NODES, EDGES, PLACES, heading="Network of <Ashmere>")

    assert "<script>alert(1)" not in page
    assert "Network of &lt;Ashmere&gt;" in page
    assert "default-src 'none'" in page
    assert not any(mark in page for mark in ("<link", "<img", "<iframe", 'src="', "@import"))
    assert "{{" not in page.split("<script>", 1)[0]
