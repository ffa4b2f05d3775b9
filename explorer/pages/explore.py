"""Explore: search first, then the network of what was found, and the evidence for what is selected."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from caregraph.explorer.evidence import markup, panel
from caregraph.explorer.labels import counted, kind_of, plural, relationship, sentence_case, title
from caregraph.explorer.network import filters
from caregraph.explorer.network.column_layout import by_year, in_columns
from caregraph.explorer.network.expansion import STEP, TIERS
from caregraph.explorer.network.layout import layout
from caregraph.explorer.network.network import network
from caregraph.explorer.network.network_search import finder
from caregraph.explorer.network.node_style import Look, look_of
from caregraph.explorer.network.toolbar import PLACES, Picture, say, tools
from caregraph.explorer.state import history, store_cache, view
from caregraph.explorer.state.store_cache import guarded, has_documents, kept
from caregraph.explorer.state.view import Place, View
from caregraph.graph.queries import neighbourhood
from caregraph.graph.queries.facets import Facets, facets
from caregraph.graph.queries.neighbourhood import Connection
from caregraph.graph.queries.nodes import Edge, Node


def explore() -> None:
    st.title("Explore", anchor=False)
    if not has_documents():
        return
    finder()
    if history.current().shown:
        _picture()


@st.fragment
@guarded
def _picture() -> None:
    """The network with its panel; a click reruns these and nothing else."""
    now = history.current()
    if not now.shown:
        st.rerun()  # reset, or undone to the beginning: the whole page changes
    if word := st.session_state.pop("word", None):
        st.toast(word)
    brought = kept(neighbourhood.nodes, list(now.shown))
    _missing(now, brought)
    if not brought:
        st.button("Begin again", on_click=history.change, args=(View(),))
        return
    known = kept(facets, [node.iri for node in brought])
    nodes = filters.drawn(brought, known, now.filters)
    edges = kept(neighbourhood.edges, [node.iri for node in brought])
    places, headings = _places(now, brought, nodes, edges, known)
    ids = {node.iri for node in nodes}
    edges = [edge for edge in edges if edge.start in ids and edge.end in ids]
    picture = Picture(view=now, brought=brought, nodes=nodes, edges=edges, places=places, known=known)
    tools(picture)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if not nodes:
            st.info("The filters let nothing through.", icon=":material/filter_alt:")
        network(
            nodes, edges, places, key="network", selected=now.selected, pinned=now.pinned, headings=headings,
            on_select=_select, on_expand=_expand, on_move=_move,
        )  # fmt: skip
        _legend(brought, nodes)
        _as_table(nodes, edges)
    with right:
        _selected(now, nodes)


def _missing(now: View, found: Sequence[Node]) -> None:
    if missing := len(now.shown) - len(found):
        st.caption(
            f"{counted(missing, 'node')} of this address {'is' if missing == 1 else 'are'} not in the graph (any more)."
        )


def _places(
    now: View, brought: Sequence[Node], nodes: Sequence[Node], edges: Sequence[Edge], known: Mapping[str, Facets]
) -> tuple[dict[str, Place], dict[str, Place]]:
    """Where nodes and headings are drawn. Of a free arrangement the places are kept, those of filtered nodes too."""
    if now.arranged == "free":
        placed = {**st.session_state.get(PLACES, {}), **now.pinned}
        if placed.keys().isdisjoint(node.iri for node in brought):
            places = dict(_first_layout(store_cache.version(), tuple(now.shown)))
        else:
            places = layout(brought, edges, placed)
        st.session_state[PLACES] = places
        return places, {}
    if now.arranged == "years":
        column_of = by_year({node.iri: known[node.iri].year for node in nodes})
    else:
        column_of = {node.iri: sentence_case(plural(kind_of(node.label))) for node in nodes}
    places, headings = in_columns(nodes, column_of)
    return {**places, **{iri: place for iri, place in now.pinned.items() if iri in places}}, headings


@st.cache_data(show_spinner=False, ttl=3600, max_entries=200)
def _first_layout(version: str, shown: tuple[str, ...]) -> dict[str, Place]:
    """The layout of a network that is opened: the same for everybody, and for a large one the work of a moment."""
    return layout(kept(neighbourhood.nodes, list(shown)), kept(neighbourhood.edges, list(shown)), {})


def _select(iri: str) -> None:
    history.change(replace(history.current(), selected=iri))


def _move(iri: str, place: Place) -> None:
    """A node was dragged: it stays there, and where it was pinned it is pinned there."""
    now = history.current()
    st.session_state.setdefault(PLACES, {})[iri] = place
    if iri in now.pinned or now.arranged != "free":
        history.change(now.pinning(iri, place))


def _expand(iri: str, along: tuple[str, bool, str] | None = None) -> None:
    """Bring the next neighbours, and say how many are left."""
    now = history.current()
    around = kept(neighbourhood.neighbours, iri, shown=now.shown, limit=STEP, tiers=TIERS, along=along)
    after = now.adding((node.iri for node in around.nodes), selected=iri)
    history.change(after)
    brought = len(after.shown) - len(now.shown)
    if not around.nodes:
        say("Everything it is connected to is shown already.")
    elif brought < len(around.nodes):
        say(f"The network holds {view.LIMIT} nodes at most: hide some first.")
    else:
        say(
            f"{brought} more shown, and {around.remaining:,} more to bring."
            if around.remaining
            else f"{brought} more shown; that is all."
        )


def _legend(brought: Sequence[Node], nodes: Sequence[Node]) -> None:
    """How many of each kind are drawn, and of how many where filters hold some back."""
    drawn, all = Counter(map(_kind, nodes)), Counter(map(_kind, brought))
    markup.legend(
        {kind: str(drawn[kind]) if drawn[kind] == count else f"{drawn[kind]} of {count}" for kind, count in all.items()}
    )
    st.caption("Click a node to see its evidence, double-click it to bring more. Drag to move, scroll to zoom.")


def _kind(node: Node) -> tuple[str, Look]:
    return node.polarity if node.label == "Finding" and node.polarity else kind_of(node.label), look_of(node)


def _as_table(nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
    """Made when it is opened: of a large network it is longer than all else on the page."""
    held = st.expander("The same as a table", key="as table", on_change="rerun")
    if not held.open:
        return
    names = {node.iri: title(node) for node in nodes}
    with held:
        markup.table(
            f"{counted(len(nodes), 'node')} shown",
            ("Kind", "Name"),
            ((sentence_case(kind_of(node.label)), title(node)) for node in nodes),
        )
        markup.table(
            f"{counted(len(edges), 'relationship')} among them",
            ("From", "Relationship", "To"),
            ((names[edge.start], relationship(edge.type), names[edge.end]) for edge in edges),
        )


def _selected(now: View, nodes: Sequence[Node]) -> None:
    """The panel; its list of nodes selects like a click does, for those who use a keyboard or a screen reader."""
    by_iri = {node.iri: node for node in nodes}
    iris = list(by_iri)
    st.session_state["selected node"] = now.selected if now.selected in by_iri else None
    st.selectbox(
        "Selected node",
        iris,
        key="selected node",
        placeholder="Choose a node, or click one",
        label_visibility="collapsed",
        format_func=lambda iri: title(by_iri[iri]),
        on_change=lambda: _select(st.session_state["selected node"]),
    )
    if now.selected not in by_iri:
        st.caption("Nothing is selected.")
        return
    node = by_iri[now.selected]
    panel.about(node)
    panel.connections(node, shown=now.shown, expand=partial(_along, node.iri), key=f"panel-{node.iri}")
    panel.facts(node, key=f"panel-{node.iri}")


def _along(iri: str, one: Connection) -> None:
    _expand(iri, (one.type, one.outgoing, one.label))
