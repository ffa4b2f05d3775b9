"""Network: search, the network of what was found, and the evidence for the selected node."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.evidence import panel
from caregraph.explorer.evidence.link_panel import show_link
from caregraph.explorer.figures.dom import node_link, show_figure, tag
from caregraph.explorer.figures.navigation import correct_address
from caregraph.explorer.labels import escape_markdown, format_count, kind_label, node_title, plural, relationship_label
from caregraph.explorer.network.column_layout import column_positions, year_columns
from caregraph.explorer.network.expansion import STEP, next_neighbours
from caregraph.explorer.network.filters import Filters, visible_nodes
from caregraph.explorer.network.first_evidence import show_first_evidence
from caregraph.explorer.network.grades import with_grades
from caregraph.explorer.network.groups import Group, group_place, groups_in, is_group, members_of, with_groups
from caregraph.explorer.network.layout import layout
from caregraph.explorer.network.network import show_network
from caregraph.explorer.network.network_search import show_network_search
from caregraph.explorer.network.node_style import legend_entry, node_style
from caregraph.explorer.network.toolbar import DrawnNetwork, set_filters, show_toolbar
from caregraph.explorer.page_shell import show_title
from caregraph.explorer.state import session
from caregraph.explorer.state.current_view import change_view, current_view, is_address_complete
from caregraph.explorer.state.links import page_address
from caregraph.explorer.state.network_view import LIMIT, Link, NetworkView, Position, pack_positions, unknown_values
from caregraph.explorer.state.store_cache import (
    cached_graph_version,
    cached_query,
    explain_errors,
    require_documents,
)
from caregraph.explorer.state.unknown_values import show_unknown_values
from caregraph.graph.queries import neighbourhood
from caregraph.graph.queries.facets import Facets, facets
from caregraph.graph.queries.judgements import latest_judgements_of
from caregraph.graph.queries.nodes import Edge, Node
from caregraph.graph.wording import sentence_case
from caregraph.ontology.iris import short_iri

LISTED_LINKS = 300  # in the list of items and links


def show_explore() -> None:
    """Show the page."""
    show_title("Network")
    if not require_documents():
        return
    show_network_search()
    view = current_view()
    if unknown := unknown_values(st.query_params.to_dict(), view):
        show_unknown_values(unknown)
    if not is_address_complete():
        correct_address(page_address("explore", **view.as_parameters()))
    if view.shown:
        _show_view()


@st.fragment
@explain_errors
def _show_view() -> None:
    """Show the network with its panel; a click reruns these and nothing else."""
    view = current_view()
    if not view.shown:
        st.rerun()  # cleared, or undone to the beginning: the whole page changes
    if message := session.NETWORK_MESSAGE.pop():
        st.toast(message)
    nodes = cached_query(neighbourhood.nodes, list(view.shown))
    known_iris = {node.iri for node in nodes}
    if missing := [short_iri(iri) for iri in view.shown if iri not in known_iris]:
        show_unknown_values(missing)
    if not nodes:
        st.button("Start again", on_click=change_view, args=(NetworkView(),))
        return
    if view.coloured == "grades":
        councils = [node.iri for node in nodes if node.label == "LocalAuthority"]
        nodes = with_grades(nodes, cached_query(latest_judgements_of, councils))
    known = cached_query(facets, [node.iri for node in nodes])
    visible = visible_nodes(nodes, known, view.filters)
    edges = cached_query(neighbourhood.edges, [node.iri for node in nodes])
    positions, headings = _positions(view, nodes, visible, edges, known)
    visible_iris = {node.iri for node in visible}
    edges = [edge for edge in edges if edge.start in visible_iris and edge.end in visible_iris]
    groups = _groups(view, visible, edges)
    positions |= {group.id: group_place(group, positions) for group in groups}
    drawn = with_groups(visible, edges, groups)
    above = st.container()  # filled after the network, which is drawn while the rest is made
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if not visible:
            st.info("Nothing matches the filters.", icon=":material/filter_alt:")
            st.button("Clear filters", on_click=set_filters, args=(Filters(),))
        show_network(
            *drawn, positions, name="explore", selected=view.selected, link=view.link, pinned=view.pinned,
            groups=members_of(groups),
            headings=headings, places=pack_positions(view, positions) if view.arranged == "free" else "",
            on_select=_select, on_link=_select_link, on_expand=_expand, on_move=_move,
        )  # fmt: skip
    with above:
        show_toolbar(
            DrawnNetwork(
                view=view,
                all_nodes=nodes,
                visible=visible,
                edges=edges,
                drawn=drawn,
                positions=positions,
                facets=known,
            )
        )
    with left:
        _show_legend(nodes, visible)
        _show_as_table(visible, edges)
    with right:
        group = next((group for group in groups if group.id == session.SELECTED_GROUP.get()), None)
        if group and not (view.selected or view.link):
            _show_group(group)
        else:
            _show_selected(view, visible, edges)
    show_first_evidence(*drawn, name="explore", selected=view.selected or view.link)


def _groups(view: NetworkView, visible: Sequence[Node], edges: Sequence[Edge]) -> list[Group]:
    """Groups that are drawn as one item; in columns there are none."""
    if view.arranged != "free":
        return []
    return groups_in(visible, edges, opened=view.opened, single=(view.selected, *(view.link or ()), *view.pinned))


def _show_group(group: Group) -> None:
    """Show the members of a group with links to their pages, and the button that draws them one by one."""
    [hub] = cached_query(neighbourhood.nodes, [group.hub]) or [group.node]
    st.header(escape_markdown(f"{group.node.name} around {node_title(hub)}"), anchor=False)
    st.button("Draw each of them", icon=":material/bubble_chart:", on_click=_open_group, args=(group.id,))
    entries = [tag("li", node_link(node, node_title(node))) for node in group.members[:LISTED_LINKS]]
    show_figure(tag("ul", *entries, class_="ties"), key="group")


def _positions(
    view: NetworkView,
    nodes: Sequence[Node],
    visible: Sequence[Node],
    edges: Sequence[Edge],
    known: Mapping[str, Facets],
) -> tuple[dict[str, Position], dict[str, Position]]:
    """Positions of nodes and of headings.

    In a free layout positions are remembered, those of filtered nodes too, in the whole pixels of the address.
    """
    if view.arranged == "free":
        remembered = {**session.NODE_POSITIONS.get(), **view.pinned}
        if remembered.keys().isdisjoint(node.iri for node in nodes):
            exact = _first_layout(cached_graph_version(), tuple(view.shown))
        else:
            exact = layout(nodes, edges, remembered)
        positions = {iri: (float(round(x)), float(round(y))) for iri, (x, y) in exact.items()}
        session.NODE_POSITIONS.set({**remembered, **positions})  # of nodes that are gone too: redo brings them back
        return positions, {}
    if view.arranged == "years":
        column_of = year_columns({node.iri: known[node.iri].year for node in visible})
    else:
        column_of = {node.iri: sentence_case(plural(kind_label(node.label))) for node in visible}
    positions, headings = column_positions(visible, column_of)
    return {**positions, **{iri: position for iri, position in view.pinned.items() if iri in positions}}, headings


@st.cache_data(show_spinner=False, ttl=3600, max_entries=200)
def _first_layout(version: str, shown: tuple[str, ...]) -> dict[str, Position]:
    """Layout of a network that is opened: the same for all readers, and for a large one the work of a moment."""
    nodes, edges = cached_query(neighbourhood.nodes, list(shown)), cached_query(neighbourhood.edges, list(shown))
    return layout(nodes, edges, {})


def _select(iri: str) -> None:
    session.SELECTED_GROUP.set(iri if is_group(iri) else None)
    change_view(current_view().with_selected(None if is_group(iri) else iri))


def _select_link(link: Link) -> None:
    """Select a line; one that leads to a group selects that."""
    group = next(filter(is_group, link), None)
    if group:
        _select(group)
    else:
        change_view(current_view().with_link(link))


def _open_group(id: str) -> None:
    """Draw the members of a group one by one."""
    view = current_view()
    change_view(replace(view, opened=(*view.opened, id)))


def _move(iri: str, position: Position) -> None:
    """Move a node that was dragged; a pinned one is pinned there."""
    if is_group(iri):
        return
    view = current_view()
    session.NODE_POSITIONS.set({**session.NODE_POSITIONS.get(), iri: position})
    if iri in view.pinned or view.arranged != "free":
        change_view(view.with_pin(iri, position))


def _expand(iri: str, label: str | None = None, number: int = STEP) -> None:
    """Add the next neighbours of a node, and tell how many are left; of a group, draw the members.

    Args:
        label: only neighbours of this kind.
    """
    if is_group(iri):
        _open_group(iri)
        return
    view = current_view()
    neighbours = next_neighbours(iri, shown=view.shown, label=label, limit=number)
    expanded = view.with_nodes((node.iri for node in neighbours.nodes), selected=iri)
    change_view(expanded)
    added = len(expanded.shown) - len(view.shown)
    if not neighbours.nodes:
        message = "All its links are shown already."
    elif added < len(neighbours.nodes):
        message = f"The network holds at most {LIMIT} items: remove some first."
    elif neighbours.remaining:
        message = f"{added} added. {neighbours.remaining:,} more not shown."
    else:
        message = f"{added} added. All are shown."
    session.NETWORK_MESSAGE.set(message)


def _show_legend(nodes: Sequence[Node], visible: Sequence[Node]) -> None:
    """Show the kinds of node with their numbers, and how many of them are drawn where filters hide some."""
    drawn, total = Counter(map(legend_entry, visible)), Counter(map(legend_entry, nodes))
    markup.show_legend(
        {kind: str(count) if drawn[kind] == count else f"{drawn[kind]} of {count}" for kind, count in total.items()}
    )
    _show_grades_note(nodes)
    st.caption(
        "Click an item or a line to see its evidence, double-click an item to add its links. "
        "Drag to move, scroll to zoom. Keys in the network: N and P for the next and the previous item, L for its "
        "lines, Enter for all evidence, E to add links."
    )


def _show_grades_note(nodes: Sequence[Node]) -> None:
    """Say what the colours of councils mean, if they tell grades."""
    outlined = [node_style(node).hollow for node in nodes if node.grade]
    if outlined:
        words = "Councils have the colour of their latest grade for overall effectiveness."
        older = " One that is only outlined is older than the council’s latest full inspection, or has no date."
        st.caption(f"{words}{older if any(outlined) else ''}")


def _show_as_table(nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
    """Show the network as a table, made when it is opened: for a large network it is longer than the page."""
    expander = st.expander("Show as a table", key="as table", on_change="rerun")
    if not expander.open:
        return
    titles = {node.iri: node_title(node) for node in nodes}
    with expander:
        markup.show_table(
            f"{format_count(len(nodes), 'item')} shown",
            ("Kind", "Name"),
            ((sentence_case(kind_label(node.label)), node_title(node)) for node in nodes),
        )
        markup.show_table(
            f"{format_count(len(edges), 'link')} between them",
            ("From", "Link", "To"),
            ((titles[edge.start], relationship_label(edge.type), titles[edge.end]) for edge in edges),
        )


def _show_selected(view: NetworkView, nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
    """Show the panel of the selected node or line; its list selects like a click, for readers without a mouse."""
    by_iri = {node.iri: node for node in nodes}
    links = _links_by_ends(edges)
    if len(links) > LISTED_LINKS:  # a longer list serves nobody: those of what is selected
        ends = {view.selected, *(view.link or ())}
        links = {link: of_link for link, of_link in links.items() if ends & set(link)}
    chosen = view.link if view.link in links else view.selected if view.selected in by_iri else None
    session.SELECTED_ITEM.set(chosen)
    st.selectbox(
        "Selected item or link",
        [*by_iri, *links],
        key=session.SELECTED_ITEM.name,
        placeholder="Choose an item or a link, or click one",
        label_visibility="collapsed",
        format_func=lambda item: (
            node_title(by_iri[item]) if isinstance(item, str) else " – ".join(node_title(by_iri[iri]) for iri in item)
        ),
        on_change=_select_item,
    )
    if chosen is None:
        st.caption("Nothing is selected.")
    elif isinstance(chosen, tuple):
        start, end = (by_iri[iri] for iri in chosen)
        show_link(start, end, links[chosen], key=f"link-{start.iri}-{end.iri}")
    else:
        node = by_iri[chosen]
        panel.show_linked_node(node)
        panel.show_links(node, shown=view.shown, expand=partial(_expand, node.iri), key=f"panel-{node.iri}")
        panel.show_facts(node, key=f"panel-{node.iri}")


def _links_by_ends(edges: Sequence[Edge]) -> dict[Link, list[Edge]]:
    """The relationships between each two nodes, by their IRIs in alphabetical order: each is one line."""
    links: dict[Link, list[Edge]] = {}
    for edge in edges:
        links.setdefault((min(edge.start, edge.end), max(edge.start, edge.end)), []).append(edge)
    return links


def _select_item() -> None:
    chosen = session.SELECTED_ITEM.get()
    if isinstance(chosen, str):
        _select(chosen)
    elif chosen:
        _select_link(chosen)
