"""Toolbar of the network: undo and redo, the selected node, filters, layout and export."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from caregraph.brief.blocks import Table
from caregraph.explorer.attribution import source_notes
from caregraph.explorer.labels import (
    escape_markdown,
    format_count,
    kind_label,
    node_title,
    plural,
    relationship_label,
    scheme_label,
)
from caregraph.explorer.network import network_export
from caregraph.explorer.network.filters import Filters, filter_options, year_bounds
from caregraph.explorer.pack.button import item_key, show_pack_button, show_picture_downloads
from caregraph.explorer.pack.items import PackItem
from caregraph.explorer.pictures.drawing import Drawing
from caregraph.explorer.pictures.network_picture import network_picture
from caregraph.explorer.state import session
from caregraph.explorer.state.current_view import change_view, current_view, redo_view, reset_layout, undo_view
from caregraph.explorer.state.network_view import NetworkView, Position, read_saved_view
from caregraph.explorer.state.store_cache import cached_query
from caregraph.explorer.state.view_widgets import view_widget
from caregraph.graph.queries import neighbourhood
from caregraph.graph.queries.facets import Facets
from caregraph.graph.queries.nodes import Edge, Node
from caregraph.graph.wording import sentence_case
from caregraph.settings import is_read_only

_ARRANGEMENTS = {"free": "Automatic", "kinds": "By kind", "years": "By year"}
_COLOURINGS = {"kinds": "Own colours", "grades": "Councils by latest overall grade"}
_FILTERS = {
    "kinds": "Kind",
    "regions": "Region",
    "frameworks": "Framework",
    "grades": "Grade",
    "polarities": "Strength or concern",
}
_SCHEMES = {"grades": "grade", "polarities": "polarity"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnNetwork:
    """The network as it is drawn: the nodes of the view, those of them that pass the filters, and their facets.

    ``drawn`` are the nodes and edges as the reader sees them, with groups in place of their members.
    """

    view: NetworkView
    all_nodes: Sequence[Node]
    visible: Sequence[Node]
    edges: Sequence[Edge]
    drawn: tuple[Sequence[Node], Sequence[Edge]]
    positions: Mapping[str, Position]
    facets: Mapping[str, Facets]


def show_toolbar(drawn: DrawnNetwork) -> None:
    """Show the buttons above the network."""
    with st.container(horizontal=True, gap="xsmall", key="tools"):
        history = session.HISTORY.get()
        _tool("Undo", "undo", undo_view, usable=bool(history.past))
        _tool("Redo", "redo", redo_view, usable=bool(history.future))
        _tool("Clear", "restart_alt", partial(change_view, NetworkView()))
        _show_tools_of_selected(drawn)
        with st.popover(_filter_title(drawn.view), icon=":material/filter_alt:", type="tertiary"):
            _show_filters(drawn)
        with st.popover("Layout and colour", icon=":material/grid_view:", type="tertiary"):
            _show_layout(drawn.view)
        with st.popover("Export", icon=":material/download:", type="tertiary"):
            _show_export(drawn)


def _tool(name: str, icon: str, action: Callable[[], None], *, usable: bool = True) -> None:
    st.button(name, icon=f":material/{icon}:", type="tertiary", disabled=not usable, on_click=action)


def _show_tools_of_selected(drawn: DrawnNetwork) -> None:
    view, selected = drawn.view, drawn.view.selected
    pairs = [{edge.start, edge.end} for edge in drawn.edges]
    linked = {selected}.union(*(pair for pair in pairs if selected in pair))
    without_selected = view.only_nodes(set(view.shown) - {selected})
    _tool("Remove", "visibility_off", partial(change_view, without_selected), usable=bool(selected))
    if selected in view.pinned:
        _tool("Unpin", "keep_off", partial(change_view, view.without_pin(str(selected))))
    else:
        _tool("Pin", "keep", partial(_pin_selected, view), usable=bool(selected))
    only_linked = view.only_nodes(iri for iri in linked if iri)
    _tool("Show only its links", "filter_center_focus", partial(change_view, only_linked), usable=bool(selected))
    unusable = not selected or len(drawn.visible) < 2
    with st.popover("Find connection", icon=":material/route:", type="tertiary", disabled=unusable):
        _show_path_finder(drawn)


def _pin_selected(view: NetworkView) -> None:
    """Pin the selected node where it is."""
    position = session.NODE_POSITIONS.get().get(view.selected or "")
    if view.selected and position:
        change_view(view.with_pin(view.selected, position))


def _show_path_finder(drawn: DrawnNetwork) -> None:
    titles = {node.iri: node_title(node) for node in drawn.visible}
    start = drawn.view.selected
    if start not in titles:
        return
    end = st.selectbox(
        f"Shortest connection from {escape_markdown(titles[start])} to",
        [iri for iri in titles if iri != start],
        index=None,
        placeholder="Choose an item of the network",
        format_func=lambda iri: titles[iri],
        key="path end",
    )
    st.caption("To choose something else, add it to the network first: search for it above.")
    st.button("Show the connection", type="primary", disabled=end is None, on_click=_show_path, args=(start, end))


def _show_path(start: str, end: str) -> None:
    path = cached_query(neighbourhood.shortest_path, start, end)
    if not path:
        session.NETWORK_MESSAGE.set("There is no connection between the two.")
        return
    change_view(current_view().with_nodes((node.iri for node in path), selected=start))
    session.NETWORK_MESSAGE.set(escape_markdown(" – ".join(node_title(node) for node in path)))


def _filter_title(view: NetworkView) -> str:
    return f"Filter ({view.filters.count})" if view.filters.count else "Filter"


def _show_filters(drawn: DrawnNetwork) -> None:
    """Show the filters that have something to choose from; each change is a step that can be undone."""
    filters = drawn.view.filters
    for name, label in _FILTERS.items():
        counts = filter_options(drawn.all_nodes, drawn.facets, name)
        if len(counts) > 1 or getattr(filters, name):
            _show_value_filter(name, label, counts, getattr(filters, name))
    _show_year_filter(drawn, filters)
    if any(facets.confidence is not None for facets in drawn.facets.values()) or filters.min_confidence:
        widget = view_widget("confidence", filters.min_confidence, _set_min_confidence)
        st.slider(
            "Minimum confidence, in percent", 0, 100, widget.first, step=5, key=widget.key, on_change=widget.on_change
        )
    st.caption("Items a filter does not apply to stay visible.")
    st.button("Clear filters", disabled=not filters.count, on_click=set_filters, args=(Filters(),), key="filter-clear")


def _show_value_filter(name: str, label: str, counts: Mapping[str, int], chosen: Sequence[str]) -> None:
    labels = {value: _value_label(name, value) for value in (*counts, *chosen)}
    widget = view_widget(
        name,
        list(chosen),
        lambda values: set_filters(current_view().filters.with_values(name, values)),
        options=tuple(labels.items()),
    )
    st.multiselect(
        label,
        list(labels),
        widget.first,
        key=widget.key,
        placeholder="All",
        format_func=lambda value: labels.get(value, value),
        on_change=widget.on_change,
        help="; ".join(f"{labels[value]} {count}" for value, count in counts.items()),
    )


def _value_label(name: str, value: str) -> str:
    if name == "kinds":
        return sentence_case(plural(kind_label(value)))
    return sentence_case(scheme_label(_SCHEMES[name], value)) if name in _SCHEMES else value


def _show_year_filter(drawn: DrawnNetwork, filters: Filters) -> None:
    bounds = year_bounds(drawn.all_nodes, drawn.facets)
    if not bounds:
        return
    years = (filters.first_year, filters.last_year)
    first, last = (max(bounds[0], min(year or bound, bounds[1])) for year, bound in zip(years, bounds, strict=True))
    widget = view_widget(
        "years",
        (first, last),
        lambda chosen: set_filters(current_view().filters.with_years(bounds, chosen)),
        options=bounds,
    )
    st.slider("Years", *bounds, widget.first, key=widget.key, on_change=widget.on_change)


def _set_min_confidence(percent: int) -> None:
    set_filters(replace(current_view().filters, min_confidence=percent))


def set_filters(filters: Filters) -> None:
    """Change the filters of the current view."""
    change_view(replace(current_view(), filters=filters))


def _show_layout(view: NetworkView) -> None:
    _choose("Layout", _ARRANGEMENTS, view, "arranged")
    _choose("Colour", _COLOURINGS, view, "coloured")
    st.caption(
        "Drag an item to move it. Pinned items stay where they are, here and for everyone you share the address with."
    )
    st.button(
        "Reset layout",
        icon=":material/auto_fix_high:",
        on_click=reset_layout,
        disabled=view.arranged != "free",
    )


def _choose(label: str, options: Mapping[str, str], view: NetworkView, field: str) -> None:
    """Let the reader choose the value of a field of the view; ``options`` are words by value."""
    widget = view_widget(
        field, getattr(view, field), lambda value: change_view(replace(current_view(), **{field: value}))
    )
    st.segmented_control(
        label,
        list(options),
        default=widget.first,
        key=widget.key,
        required=True,
        format_func=options.__getitem__,
        on_change=widget.on_change,
    )


def _show_export(drawn: DrawnNetwork) -> None:
    """Show the exports; a file is made when it is asked for."""
    nodes, edges, facets = drawn.visible, drawn.edges, drawn.facets
    st.caption(f"{format_count(len(nodes), 'item')}, {format_count(len(edges), 'link')}.")
    heading = f"Network of {node_title(nodes[0])}" if nodes else "Network"
    drawing = partial(network_picture, heading, *drawn.drawn, drawn.positions, counted=nodes, notes=source_notes())
    _show_pack_button(drawn, heading, drawing)
    show_picture_downloads(drawing, key="network")
    forms: dict[str, tuple[str, str, Callable[[], str | bytes]]] = {
        "Web page (HTML)": (
            "caregraph.html",
            "text/html",
            partial(network_export.network_as_page, nodes, edges, drawn.positions, heading=heading),
        ),
        "Saved view (JSON)": (
            "caregraph.json",
            "application/json",
            partial(
                network_export.network_as_json, nodes, edges, view=drawn.view, positions=drawn.positions, facets=facets
            ),
        ),
        "Gephi, yEd, Cytoscape (GraphML)": (
            "caregraph.graphml",
            "application/xml",
            partial(network_export.network_as_graphml, nodes, edges, facets=facets),
        ),
    }  # fmt: skip
    for label, (name, mime, make) in forms.items():
        st.download_button(label, make, name, mime, icon=":material/download:", on_click="ignore", key=f"export-{name}")
    if is_read_only():  # nothing is sent to the server; the address of a view opens it as well
        return
    st.file_uploader(
        "Open a saved view", type="json", key=session.SAVED_VIEW.name, on_change=_open_saved_view, max_upload_size=8
    )


def _show_pack_button(drawn: DrawnNetwork, heading: str, drawing: Callable[[], Drawing]) -> None:
    titles = {node.iri: node_title(node) for node in drawn.visible}
    rows = tuple((titles[edge.start], relationship_label(edge.type), titles[edge.end]) for edge in drawn.edges)
    table = Table(f"{format_count(len(rows), 'link')} of the network", ("From", "Link", "To"), rows)
    key = item_key(f"{drawn.view.shown} {rows}")
    show_pack_button(key, lambda: PackItem(key=key, title=heading, tables=(table,), picture=drawing()))


def _open_saved_view() -> None:
    uploaded = session.SAVED_VIEW.get()
    if uploaded is None:
        return
    try:
        view, positions = read_saved_view(uploaded.getvalue())
    except ValueError as error:
        session.NETWORK_MESSAGE.set(str(error))
        return
    session.NODE_POSITIONS.set(positions)
    change_view(view)
