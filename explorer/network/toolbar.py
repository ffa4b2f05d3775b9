"""The tools above the network: the way back, what is shown, how it is arranged, and what can be taken away."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from caregraph.explorer.labels import counted, kind_of, plural, sentence_case, title, value
from caregraph.explorer.network import filters, network_export
from caregraph.explorer.network.filters import Filters
from caregraph.explorer.state import history
from caregraph.explorer.state.store_cache import kept
from caregraph.explorer.state.view import Place, View, view_in_file
from caregraph.graph.queries import shortest_path
from caregraph.graph.queries.facets import Facets
from caregraph.graph.queries.nodes import Edge, Node

PLACES = "network-places"  # in the session: where nodes were drawn, by IRI
_ARRANGEMENTS = {"free": "Free", "kinds": "By kind", "years": "By year"}
_FILTERS = {
    "kinds": "Kind",
    "regions": "Region",
    "frameworks": "Framework",
    "grades": "Grade",
    "polarities": "Meant as",
}
_SCHEMES = {"grades": "grade", "polarities": "polarity"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is drawn: of all the nodes brought those that pass the filters, with what is known of all."""

    view: View
    brought: Sequence[Node]
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    places: Mapping[str, Place]
    known: Mapping[str, Facets]


def tools(picture: Picture) -> None:
    now = picture.view
    with st.container(horizontal=True, gap="xsmall", key="tools"):
        past = history.history()
        _tool("Undo", "undo", history.undo, usable=bool(past.past))
        _tool("Redo", "redo", history.redo, usable=bool(past.future))
        _tool("Reset", "restart_alt", partial(history.change, View()))
        _of_selected(picture)
        with st.popover(_filter_name(now), icon=":material/filter_alt:", type="tertiary"):
            _filters(picture)
        with st.popover("Arrange", icon=":material/grid_view:", type="tertiary"):
            _arrange(now)
        with st.popover("Take away", icon=":material/download:", type="tertiary"):
            _take_away(picture)


def say(text: str) -> None:
    """Keep a word for the next run: a callback must not draw."""
    st.session_state["word"] = text


def _tool(name: str, icon: str, act: Any, *, usable: bool = True) -> None:
    st.button(name, icon=f":material/{icon}:", type="tertiary", disabled=not usable, on_click=act)


def _of_selected(picture: Picture) -> None:
    now, chosen = picture.view, picture.view.selected
    ends = [{edge.start, edge.end} for edge in picture.edges]
    near = {chosen}.union(*(pair for pair in ends if chosen in pair))
    _tool(
        "Hide", "visibility_off", partial(history.change, now.keeping(set(now.shown) - {chosen})), usable=bool(chosen)
    )
    if chosen in now.pinned:
        _tool("Unpin", "keep_off", partial(history.change, now.releasing(str(chosen))))
    else:
        _tool("Pin", "keep", partial(_pin, now), usable=bool(chosen))
    keep = partial(history.change, now.keeping(iri for iri in near if iri))
    _tool("Keep neighbours", "filter_center_focus", keep, usable=bool(chosen))
    with st.popover("Path", icon=":material/route:", type="tertiary", disabled=not chosen or len(picture.nodes) < 2):
        _path(picture)


def _pin(now: View) -> None:
    """Pin the selected node where it is."""
    place = st.session_state.get(PLACES, {}).get(now.selected)
    if now.selected and place:
        history.change(now.pinning(now.selected, place))


def _path(picture: Picture) -> None:
    names = {node.iri: title(node) for node in picture.nodes}
    start = picture.view.selected
    if start not in names:
        return
    end = st.selectbox(
        f"Shortest path from {names[start]} to",
        [iri for iri in names if iri != start],
        index=None,
        placeholder="Choose a node of the network",
        format_func=lambda iri: names[iri],
        key="path end",
    )
    st.caption("Anything that the search finds can be added to the network first.")
    st.button("Show the path", type="primary", disabled=end is None, on_click=_show_path, args=(start, end))


def _show_path(start: str, end: str) -> None:
    found = kept(shortest_path.shortest_path, start, end)
    if not found:
        say("Nothing connects the two.")
        return
    now = history.current()
    history.change(now.adding((node.iri for node in found), selected=start))
    say(" – ".join(title(node) for node in found))


def _filter_name(now: View) -> str:
    return f"Filter ({now.filters.count})" if now.filters.count else "Filter"


def _filters(picture: Picture) -> None:
    """The filters that there is something to choose in; each change is a step that can be undone."""
    now = picture.view.filters
    for name, label in _FILTERS.items():
        found = filters.options(picture.brought, picture.known, name)
        if len(found) > 1 or getattr(now, name):
            _choice(name, label, found, getattr(now, name))
    _years(picture, now)
    if any(one.confidence is not None for one in picture.known.values()) or now.sure:
        _keep_in_step("filter-sure", now.sure)
        st.slider("Least confidence of a finding, in percent", 0, 100, step=5, key="filter-sure", on_change=_set_sure)
    st.caption("A node that has no such value, as an agency has no grade, always stays.")
    st.button("Clear", disabled=not now.count, on_click=_filter, args=(Filters(),), key="filter-clear")


def _choice(name: str, label: str, found: Mapping[str, int], chosen: Sequence[str]) -> None:
    key = f"filter-{name}"
    _keep_in_step(key, list(chosen))
    st.multiselect(
        label,
        list(dict.fromkeys([*found, *chosen])),
        key=key,
        placeholder="All",
        format_func=lambda one: f"{_value_name(name, one)} ({found.get(one, 0)})",
        on_change=lambda: _filter(history.current().filters.choosing(name, st.session_state[key])),
    )


def _value_name(name: str, one: str) -> str:
    if name == "kinds":
        return sentence_case(plural(kind_of(one)))
    return sentence_case(value(_SCHEMES[name], one)) if name in _SCHEMES else one


def _years(picture: Picture, now: Filters) -> None:
    bounds = filters.years(picture.brought, picture.known)
    if not bounds:
        return
    first, last = (
        max(bounds[0], min(year or bound, bounds[1])) for year, bound in zip((now.first, now.last), bounds, strict=True)
    )
    _keep_in_step("filter-years", (first, last))
    st.slider("Years", *bounds, key="filter-years", on_change=lambda: _set_years(bounds))


def _set_years(bounds: tuple[int, int]) -> None:
    _filter(filters.within(history.current().filters, bounds, st.session_state["filter-years"]))


def _set_sure() -> None:
    _filter(replace(history.current().filters, sure=st.session_state["filter-sure"]))


def _filter(wanted: Filters) -> None:
    history.change(replace(history.current(), filters=wanted))


def _keep_in_step(key: str, now: Any) -> None:
    """A widget that shows what the view says, which undo and the address change too."""
    if st.session_state.get(key) != now:
        st.session_state[key] = now


def _arrange(now: View) -> None:
    _keep_in_step("arranged", now.arranged)
    st.segmented_control(
        "Arrangement",
        list(_ARRANGEMENTS),
        key="arranged",
        required=True,
        format_func=lambda one: _ARRANGEMENTS[one],
        on_change=lambda: history.change(replace(history.current(), arranged=st.session_state["arranged"])),
    )
    st.caption(
        "Drag a node to place it. Pinned nodes stay where they are, here and for those you share the address with."
    )
    st.button("Lay out anew", icon=":material/auto_fix_high:", on_click=_anew, disabled=now.arranged != "free")


def _anew() -> None:
    st.session_state.pop(PLACES, None)


def _take_away(picture: Picture) -> None:
    """Downloads are made when they are asked for."""
    nodes, edges = picture.nodes, picture.edges
    st.caption(f"{counted(len(nodes), 'node')}, {counted(len(edges), 'relationship')}. PNG: the button on the picture.")
    heading = f"Network of {title(nodes[0])}" if nodes else "Network"
    forms: dict[str, tuple[str, str, Callable[[], str | bytes]]] = {
        "Page that works offline (HTML)": (
            "caregraph.html",
            "text/html",
            partial(network_export.as_page, nodes, edges, picture.places, heading=heading),
        ),
        "Data, opens here again (JSON)": (
            "caregraph.json",
            "application/json",
            partial(
                network_export.as_json, nodes, edges, view=picture.view, places=picture.places, known=picture.known
            ),
        ),
        "Gephi, yEd, Cytoscape (GraphML)": (
            "caregraph.graphml",
            "application/xml",
            partial(network_export.as_graphml, nodes, edges, known=picture.known),
        ),
    }  # fmt: skip
    for label, (name, mime, make) in forms.items():
        st.download_button(label, make, name, mime, icon=":material/download:", on_click="ignore", key=f"take-{name}")
    st.file_uploader("Open a view", type="json", key="view file", on_change=_open_file, max_upload_size=8)


def _open_file() -> None:
    uploaded = st.session_state["view file"]
    if uploaded is None:
        return
    try:
        view, places = view_in_file(uploaded.getvalue())
    except ValueError as error:
        say(str(error))
        return
    st.session_state[PLACES] = places
    history.change(view)
