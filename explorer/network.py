"""The network: nodes and edges drawn by pyvis's own vis-network, whose clicks come back to Python.

Nothing is loaded from outside: the JavaScript is the file inside the pyvis
package. Positions are computed here, seeded, so that the same view looks the
same, and nodes that were drawn before keep their places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import networkx
import pyvis
import streamlit as st
from pyvis.network import Network
from streamlit.components.v2.types import ComponentRenderer

HEIGHT = 620  # pixels
_SCALE = 420.0  # pixels for a unit of networkx's layout
_SEED = 11

# Colour and shape together say what a node is: the colours are Okabe and Ito's, told apart by the colour-blind.
LOOKS: Mapping[str, tuple[str, str]] = {
    "LocalAuthority": ("#0072B2", "dot"),
    "Region": ("#56B4E9", "hexagon"),
    "Agency": ("#D55E00", "square"),
    "Service": ("#009E73", "diamond"),
    "Programme": ("#CC79A7", "star"),
    "Body": ("#E69F00", "triangle"),
    "Process": ("#8C8C8C", "triangleDown"),
    "Concept": ("#F0E442", "ellipse"),
    "Document": ("#999999", "box"),
    "Inspection": ("#5B6C8F", "box"),
    "Judgement": ("#7F6BB3", "hexagon"),
    "Person": ("#444444", "dot"),
    "Finding": ("#B07AA1", "dot"),
}
_OTHER = ("#BBBBBB", "dot")


@dataclass(frozen=True, slots=True)
class Node:
    """What is drawn as one node; ``label`` is its Neo4j label."""

    iri: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Edge:
    """What is drawn as one arrow."""

    start: str
    end: str
    type: str


@dataclass(frozen=True, slots=True)
class Clicks:
    """What the user did: the node last clicked, and the one double-clicked just now; either may be missing."""

    selected: str | None
    expanded: str | None


def network(
    nodes: Sequence[Node], edges: Sequence[Edge], *, key: str, selected: str | None = None, dark: bool = False
) -> Clicks:
    """Draw the network and say what was clicked."""
    places = layout(nodes, edges, st.session_state.get(f"{key}-places", {}))
    st.session_state[f"{key}-places"] = places
    drawn = _pyvis(nodes, edges, places)
    data = {**drawn, "selected": selected, "dark": dark, "frame": " ".join(sorted(places))}
    result = _component()(
        key=key, data=data, height=HEIGHT, on_selected_change=_nothing, on_expanded_change=_nothing
    )
    return Clicks(result.get("selected"), result.get("expanded"))


def layout(
    nodes: Sequence[Node], edges: Sequence[Edge], known: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Places for all nodes: the known ones stay, the new ones settle near what they hang on."""
    graph = networkx.Graph()
    graph.add_nodes_from(sorted(node.iri for node in nodes))
    graph.add_edges_from(sorted((edge.start, edge.end) for edge in edges))
    if not graph:
        return {}
    fixed = [iri for iri in graph if iri in known]
    if len(fixed) == len(graph):
        return {iri: known[iri] for iri in graph}
    spread = _SCALE * max(1.0, (len(graph) / 12) ** 0.5)
    start = {iri: (known[iri][0] / spread, known[iri][1] / spread) for iri in fixed}
    placed = networkx.spring_layout(
        graph, pos=start or None, fixed=fixed or None, seed=_SEED, k=2.2 / len(graph) ** 0.5, iterations=80
    )
    return {iri: known.get(iri) or (float(x) * spread, float(y) * spread) for iri, (x, y) in placed.items()}


def _pyvis(
    nodes: Sequence[Node], edges: Sequence[Edge], places: Mapping[str, tuple[float, float]]
) -> dict[str, list[dict[str, object]]]:
    """The rows that vis-network draws. The graph is directed: pyvis drops parallel edges from any other."""
    drawn = Network(directed=True)
    for node in nodes:
        colour, shape = LOOKS.get(node.label, _OTHER)
        x, y = places[node.iri]
        drawn.add_node(node.iri, label=_short(node.name), shape=shape, color=colour, x=x, y=y)
    for edge in edges:
        drawn.add_edge(edge.start, edge.end, label=edge.type.replace("_", " ").lower())
    rows, arrows, *_ = drawn.get_network_data()
    named = [{**arrow, "id": f"{arrow['from']} {arrow['label']} {arrow['to']}"} for arrow in arrows]
    return {"nodes": rows, "edges": named}


def _short(name: str) -> str:
    return name if len(name) <= 34 else name[:32].rstrip() + "…"


def _nothing() -> None:
    """Streamlit gives a component's value back only to those who listen for its change."""


@cache
def _component() -> ComponentRenderer:
    vis = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    ours = Path(__file__).with_suffix(".js")
    return st.components.v2.component(
        "caregraph_network",
        html="<div class='network' role='application' tabindex='0' aria-label='Network. The same as a table is below.'></div>",
        css=f".network {{ width: 100%; height: {HEIGHT}px; border: 1px solid var(--st-border-color); border-radius: 8px; box-sizing: border-box }}",
        js=vis.read_text(encoding="utf-8") + "\n" + ours.read_text(encoding="utf-8"),
    )
