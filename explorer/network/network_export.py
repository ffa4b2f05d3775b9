"""The network to take away: JSON that opens again as the same view, GraphML, and a page that works offline."""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import networkx

from caregraph.explorer.labels import kind_of, relationship, sentence_case, title
from caregraph.explorer.network.network import drawn, vis_network
from caregraph.explorer.network.node_style import look_of, sign
from caregraph.explorer.state.view import Place, View
from caregraph.graph.queries.facets import Facets
from caregraph.graph.queries.nodes import Edge, Node

ATTRIBUTION = (
    "Contains public sector information licensed under the Open Government Licence v3.0. "
    "What is shown is what reports said when they were written, read by a program that can be wrong."
)
_PAGE = Path(__file__).with_name("offline.html")


def as_json(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    *,
    view: View,
    places: Mapping[str, Place],
    known: Mapping[str, Facets],
) -> str:
    """The network as data, with the view that `view.view_in_file` opens again."""
    held = {
        "licence": ATTRIBUTION,
        "view": view.address(),
        "nodes": [
            {**_properties(node, known), "x": round(places[node.iri][0], 1), "y": round(places[node.iri][1], 1)}
            for node in nodes
        ],
        "edges": [{"start": edge.start, "type": edge.type, "end": edge.end} for edge in edges],
    }
    return json.dumps(held, ensure_ascii=False, indent=2)


def as_graphml(nodes: Sequence[Node], edges: Sequence[Edge], *, known: Mapping[str, Facets]) -> bytes:
    """The network as GraphML, which Gephi, yEd, Cytoscape and others open."""
    graph = networkx.MultiDiGraph(licence=ATTRIBUTION)
    for node in nodes:
        graph.add_node(node.iri, **{key: value for key, value in _properties(node, known).items() if value is not None})
    for edge in edges:
        graph.add_edge(edge.start, edge.end, key=edge.type, type=edge.type)
    target = io.BytesIO()
    networkx.write_graphml_xml(graph, target, named_key_ids=True)
    return target.getvalue()


def as_page(nodes: Sequence[Node], edges: Sequence[Edge], places: Mapping[str, Place], *, heading: str) -> str:
    """A page with the network in it that asks nothing of any other host; names are data in it, never markup."""
    data = json.dumps(drawn(nodes, edges, places), ensure_ascii=False)
    names = {node.iri: title(node) for node in nodes}
    relations = ((names[edge.start], relationship(edge.type), names[edge.end]) for edge in edges)
    signs = {kind_of(node.label): sign(look_of(node), text=sentence_case(kind_of(node.label))) for node in nodes}
    parts = {
        "heading": escape(heading),
        "licence": escape(ATTRIBUTION),
        "legend": "".join(signs.values()),
        "rows": "".join(_row(cells) for cells in relations),
        "data": data.replace("<", "\\u003c"),  # a name must not end the script that it stands in
        "vis": vis_network().replace("</script", "<\\/script"),
    }
    page = _PAGE.read_text(encoding="utf-8")
    before, *others = page.split("{{")
    return before + "".join(parts[other.split("}}", 1)[0]] + other.split("}}", 1)[1] for other in others)


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _properties(node: Node, known: Mapping[str, Facets]) -> dict[str, Any]:
    found = known.get(node.iri, Facets(iri=node.iri))
    return {
        "iri": node.iri,
        "name": node.name,
        "kind": node.label,
        "when": node.day,
        "region": found.region,
        "framework": found.framework,
        "year": found.year,
        "grade": found.grade,
        "polarity": found.polarity,
        "confidence": found.confidence,
    }
