"""The network: nodes and edges drawn by pyvis's own vis-network, whose clicks come back to Python.

Nothing is loaded from outside: the JavaScript is the file inside the pyvis
package. Positions are computed in `network.layout`, so that the same view looks
the same, and nodes that were drawn before keep their places.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyvis
import streamlit as st
from pyvis.network import Network
from streamlit.components.v2.types import ComponentRenderer

from caregraph.explorer.labels import kind_of, relationship, title
from caregraph.explorer.network.expansion import interest
from caregraph.explorer.network.node_style import look_of
from caregraph.explorer.state.view import Place
from caregraph.graph.queries.nodes import Edge, Node

FAINT = ("NEIGHBOUR_OF",)  # drawn as dashes: a likeness, not a tie
_LABELLED = 600  # lines up to which each is drawn with its name; of more it is told by a pointer that rests on one
_LINE = 24  # characters of a label's line


def network(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    places: Mapping[str, Place],
    *,
    key: str,
    selected: str | None,
    pinned: Collection[str] = (),
    headings: Mapping[str, Place] | None = None,
    on_select: Callable[[str], None],
    on_expand: Callable[[str], None],
    on_move: Callable[[str, Place], None],
) -> None:
    """Draw the network; a click calls ``on_select`` with the node's IRI, a double-click ``on_expand``.

    Args:
        places: where each node is drawn, in pixels; a change moves it.
        headings: texts that are no nodes, and where they stand.
        on_move: called with a node's IRI and its new place when it was dragged.
    """
    rows = drawn(nodes, edges, places, pinned=pinned)
    _component()(
        key=key,
        data={
            **rows,
            "headings": [
                {"id": f"heading {text}", "label": text, "x": x, "y": y} for text, (x, y) in (headings or {}).items()
            ],
            "selected": selected,
        },
        on_selected_change=lambda: _tell(key, "selected", on_select),
        on_expanded_change=lambda: _tell(key, "expanded", on_expand),
        on_moved_change=lambda: _tell(key, "moved", lambda moved: on_move(moved["id"], (moved["x"], moved["y"]))),
    )


def _tell(key: str, what: str, listener: Callable[[Any], None]) -> None:
    told = st.session_state[key].get(what)
    if told:
        listener(told)


def drawn(
    nodes: Sequence[Node], edges: Sequence[Edge], places: Mapping[str, Place], *, pinned: Collection[str] = ()
) -> dict[str, list[dict[str, Any]]]:
    """The rows that vis-network draws. The graph is directed: pyvis drops parallel edges from any other."""
    network = Network(directed=True)
    for node in nodes:
        one = look_of(node)
        x, y = places[node.iri]
        name, kind = title(node), kind_of(node.label)
        network.add_node(
            node.iri,
            label=_lines(_label(node)),
            title=f"{name}\n{kind}{', pinned' if node.iri in pinned else ''}",
            shape=one.shape,
            color=one.colour,
            size=one.size,
            x=x,
            y=y,
            pinned=node.iri in pinned,
        )
    lines = _one_line(edges)
    where = "label" if len(lines) <= _LABELLED else "title"
    for edge, types in lines:
        said = ", ".join(relationship(type) for type in types)
        network.add_edge(edge.start, edge.end, **{where: said}, dashes=types[0] in FAINT)
    rows, arrows, *_ = network.get_network_data()
    return {"nodes": rows, "edges": [{**arrow, "id": f"{arrow['from']} {arrow['to']}"} for arrow in arrows]}


def _one_line(edges: Sequence[Edge]) -> list[tuple[Edge, list[str]]]:
    """One line for each pair of nodes, along its most telling relationship; the table names the others."""
    pairs: dict[frozenset[str], list[Edge]] = {}
    for edge in sorted(edges, key=lambda edge: interest(edge.type)):
        pairs.setdefault(frozenset((edge.start, edge.end)), []).append(edge)
    return [(found[0], [edge.type for edge in found if edge.start == found[0].start][:2]) for found in pairs.values()]


def _label(node: Node) -> str:
    """A node's name; a document's begins with its year, since its end is cut off."""
    return f"{node.day[:4]}: {node.name}" if node.label == "Document" and node.day else title(node)


def _lines(name: str) -> str:
    """A label in at most two lines."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= _LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines) if len(lines) <= 2 else f"{lines[0]}\n{lines[1]}…"


@cache
def vis_network() -> str:
    """The JavaScript of vis-network, as the pyvis package brings it."""
    path = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return path.read_text(encoding="utf-8")


@cache
def _component() -> ComponentRenderer:
    ours = Path(__file__)
    return st.components.v2.component(
        "caregraph_network",
        html=ours.with_suffix(".html").read_text(encoding="utf-8"),
        css=ours.with_suffix(".css").read_text(encoding="utf-8"),
        js=vis_network() + "\n" + ours.with_suffix(".js").read_text(encoding="utf-8"),
    )
