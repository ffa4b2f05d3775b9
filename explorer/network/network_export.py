"""Export of the network: JSON that opens again as the same view, GraphML, and a page that works offline."""

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import networkx

from caregraph.explorer import markup
from caregraph.explorer.attribution import ATTRIBUTION
from caregraph.explorer.labels import node_title, relationship_label
from caregraph.explorer.network.network import vis_network_data, vis_network_script
from caregraph.explorer.network.node_style import legend_entry
from caregraph.explorer.state.network_view import NetworkView, Position
from caregraph.graph.queries.facets import Facets
from caregraph.graph.queries.nodes import Edge, Node
from caregraph.graph.wording import sentence_case

_TEMPLATE = Path(__file__).with_name("offline.html")


def network_as_json(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    *,
    view: NetworkView,
    positions: Mapping[str, Position],
    facets: Mapping[str, Facets],
) -> str:
    """The network as JSON, with the view, which `network_view.read_saved_view` opens again."""
    network = {
        "licence": ATTRIBUTION,
        "view": view.as_parameters(),
        "nodes": [
            {
                **_node_properties(node, facets),
                "x": round(positions[node.iri][0], 1),
                "y": round(positions[node.iri][1], 1),
            }
            for node in nodes
        ],
        "edges": [{"start": edge.start, "type": edge.type, "end": edge.end} for edge in edges],
    }
    return json.dumps(network, ensure_ascii=False, indent=2)


def network_as_graphml(nodes: Sequence[Node], edges: Sequence[Edge], *, facets: Mapping[str, Facets]) -> bytes:
    """The network as GraphML, which Gephi, yEd, Cytoscape and others open."""
    graph = networkx.MultiDiGraph(licence=ATTRIBUTION)
    for node in nodes:
        properties = _node_properties(node, facets)
        graph.add_node(node.iri, **{key: value for key, value in properties.items() if value is not None})
    for edge in edges:
        graph.add_edge(edge.start, edge.end, key=edge.type, type=edge.type)
    target = io.BytesIO()
    networkx.write_graphml_xml(graph, target, named_key_ids=True)
    return target.getvalue()


def network_as_page(
    nodes: Sequence[Node], edges: Sequence[Edge], positions: Mapping[str, Position], *, heading: str
) -> str:
    """An HTML page with the network that loads nothing from any other host; names are data in it, never markup."""
    titles = {node.iri: node_title(node) for node in nodes}
    kinds = dict(map(legend_entry, nodes))
    return markup.fill_page_template(
        _TEMPLATE.read_text(encoding="utf-8"),
        texts={"heading": heading, "licence": ATTRIBUTION},
        html={
            "legend": "".join(markup.node_sign(style, sentence_case(name)) for name, style in kinds.items()),
            "rows": markup.table_rows(
                (titles[edge.start], relationship_label(edge.type), titles[edge.end]) for edge in edges
            ),
        },
        scripts={"vis": vis_network_script()},
        data=vis_network_data(nodes, edges, positions),
    )


def _node_properties(node: Node, facets: Mapping[str, Facets]) -> dict[str, Any]:
    known = facets.get(node.iri, Facets(iri=node.iri))
    return {
        "iri": node.iri,
        "name": node.name,
        "kind": node.label,
        "when": node.day,
        "region": known.region,
        "framework": known.framework,
        "year": known.year,
        "grade": known.grade,
        "polarity": known.polarity,
        "confidence": known.confidence,
    }
