"""The network: nodes and edges drawn by pyvis's own vis-network, whose clicks come back to Python.

Nothing is loaded from outside: the JavaScript is the file inside the pyvis
package. Positions are computed in `network.layout`, so that the same view looks
the same, and nodes that were drawn before keep their positions.
"""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyvis
import streamlit as st
from pyvis.network import Network
from streamlit.components.v2.types import ComponentRenderer

from caregraph.explorer.figures.script_component import script_component
from caregraph.explorer.labels import kind_label, node_title, relationship_label
from caregraph.explorer.network.expansion import interest
from caregraph.explorer.network.grades import grade_and_status
from caregraph.explorer.network.node_style import node_style
from caregraph.explorer.state import session
from caregraph.explorer.state.network_view import Link, Position
from caregraph.graph.queries.nodes import Edge, Node

# Relationship -> those that say again, of the same two nodes, what it says.
REPEATED_BY = {"SERVES": ("ATTESTED_FOR", "USES"), "HOSTED_BY": ("ATTESTED_FOR", "USES"), "BELONGS_TO": ("USES",)}
DASHED = ("NEIGHBOUR_OF",)  # a likeness, not a tie
_VIS_NETWORK = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
_SCRIPTS = ("labels", "evidence_card", "network")  # one module
_LABELLED_LINES = 600  # lines up to which each is drawn with its name; of more, a pointer that rests on one shows it
_LABEL_WIDTH = 24  # characters of a label's line
_HEAD_START = 0.1  # seconds; Streamlit's page draws what comes together in one go, and the network alone much sooner


def show_network(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    positions: Mapping[str, Position],
    *,
    name: str,
    selected: str | None,
    link: Link | None = None,
    pinned: Collection[str] = (),
    headings: Mapping[str, Position] | None = None,
    places: str | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    on_select: Callable[[str], None],
    on_link: Callable[[Link], None] | None = None,
    on_expand: Callable[[str], None],
    on_move: Callable[[str, Position], None],
) -> None:
    """Draw the network; a click calls ``on_select`` with the node's IRI, a double-click ``on_expand``.

    Args:
        positions: of the nodes, in pixels; a change moves a node.
        name: tells several networks of a session apart.
        link: the ends of the selected line.
        headings: texts that are not nodes, with their positions.
        groups: IRIs of the nodes for which one stands, by its id.
        places: the positions as they are written in the address, with the part that is seen; None writes neither.
        on_link: called with the ends of a line that was clicked.
        on_move: called with a node's IRI and its new position when it was dragged.
    """
    key = session.NETWORK_EVENTS.part(name)

    def pass_on(event: str, listener: Callable[[Any], None]) -> None:
        value = key.get().get(event)
        if value:
            listener(value)

    _library()(key=f"vis-network {name}", data={})
    _component()(
        key=key.name,
        data={
            **vis_network_data(nodes, edges, positions, pinned=pinned),
            "name": name,
            "headings": _heading_rows(headings or {}),
            "selected": selected,
            "link": line_id(*link) if link else None,
            "places": places,
            "groups": groups or {},
        },
        on_selected_change=lambda: pass_on("selected", on_select),
        on_linked_change=lambda: pass_on("linked", lambda line: on_link and on_link((line["start"], line["end"]))),
        on_expanded_change=lambda: pass_on("expanded", on_expand),
        on_moved_change=lambda: pass_on("moved", lambda moved: on_move(moved["id"], (moved["x"], moved["y"]))),
    )
    _let_it_be_drawn(nodes, name)


def _let_it_be_drawn(nodes: Sequence[Node], name: str) -> None:
    """Hold back what follows on the page for a moment if the network has other nodes than before."""
    drawn, key = frozenset(node.iri for node in nodes), session.NETWORK_NODES.part(name)
    if drawn != key.get():
        key.set(drawn)
        time.sleep(_HEAD_START)


def _heading_rows(headings: Mapping[str, Position]) -> list[dict[str, Any]]:
    return [{"id": f"heading {text}", "label": text, "x": x, "y": y} for text, (x, y) in headings.items()]


def vis_network_data(
    nodes: Sequence[Node], edges: Sequence[Edge], positions: Mapping[str, Position], *, pinned: Collection[str] = ()
) -> dict[str, list[dict[str, Any]]]:
    """Nodes and edges as vis-network takes them. The graph is directed: pyvis drops parallel edges from any other."""
    network = Network(directed=True)
    for node in nodes:
        style = node_style(node)
        x, y = positions[node.iri]
        network.add_node(
            node.iri,
            label=_node_label(node),
            title=f"{node_title(node)}\n{kind_label(node.label)}{', pinned' if node.iri in pinned else ''}",
            shape=style.shape,
            color=style.colour,
            size=style.size,
            hollow=style.hollow,
            x=x,
            y=y,
            pinned=node.iri in pinned,
        )
    lines = merge_edges(edges)
    label_key = "label" if len(lines) <= _LABELLED_LINES else "title"
    for edge, types in lines:
        words = ", ".join(relationship_label(type) for type in types)
        network.add_edge(edge.start, edge.end, **{label_key: words}, dashes=types[0] in DASHED)
    node_rows, edge_rows, *_ = network.get_network_data()
    return {"nodes": node_rows, "edges": [{**row, "id": line_id(row["from"], row["to"])} for row in edge_rows]}


def line_id(start: str, end: str) -> str:
    """Id of the line between two nodes, whichever of them it starts at."""
    return " ".join(sorted((start, end)))


def merge_edges(edges: Sequence[Edge]) -> list[tuple[Edge, list[str]]]:
    """One line for each pair of nodes, along its most important relationship, with its types, at most two."""
    pairs: dict[frozenset[str], list[Edge]] = {}
    for edge in sorted(edges, key=lambda edge: interest(edge.type)):
        pairs.setdefault(frozenset((edge.start, edge.end)), []).append(edge)
    lines = map(without_repetition, pairs.values())
    return [(line[0], [edge.type for edge in line if edge.start == line[0].start][:2]) for line in lines]


def without_repetition(edges: Sequence[Edge]) -> list[Edge]:
    """Relationships between two nodes without those that say again what another one says.

    >>> without_repetition([Edge("a", "b", "SERVES"), Edge("b", "a", "USES"), Edge("a", "b", "ATTESTED_FOR")])
    [Edge(start='a', end='b', type='SERVES')]
    """
    types = {edge.type for edge in edges}
    repeated = {again for type in types for again in REPEATED_BY.get(type, ())}
    return [edge for edge in edges if edge.type not in repeated]


def _node_label(node: Node) -> str:
    """Name of a node; a document's begins with its year, as long names are cut off; under a council's is its grade."""
    if node.grade:
        grade, status = grade_and_status(node.grade)
        words = " ".join(filter(None, (grade.replace("-", " "), (node.day or "")[:4], status)))
        return f"{_wrap(node.name)}\n{words}"
    return _wrap(f"{node.day[:4]}: {node.name}" if node.label == "Document" and node.day else node_title(node))


def _wrap(name: str) -> str:
    """A name in at most two lines."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= _LABEL_WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines) if len(lines) <= 2 else f"{lines[0]}\n{lines[1]}…"


@cache
def vis_network_script() -> str:
    """JavaScript of vis-network, from the pyvis package."""
    return _VIS_NETWORK.read_text(encoding="utf-8")


@cache
def _library() -> ComponentRenderer:
    """Vis-network in an element of its own, which never changes: Streamlit sends that once, and not at every change."""
    return script_component("vis_network", "<i hidden></i>", [_VIS_NETWORK, Path(__file__).with_name("vis_network.js")])


@cache
def _component() -> ComponentRenderer:
    module = Path(__file__)
    return st.components.v2.component(
        "caregraph_network",
        html=module.with_suffix(".html").read_text(encoding="utf-8"),
        css=module.with_suffix(".css").read_text(encoding="utf-8"),
        js="\n".join(module.with_name(f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS),
    )
