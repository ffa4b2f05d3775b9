"""Search of the network page: hits are shown with their neighbours, or added to the network."""

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.labels import escape_markdown, node_title
from caregraph.explorer.network.expansion import next_neighbours
from caregraph.explorer.search_box import SearchHit, end_hits, find_hits, search_box
from caregraph.explorer.state import session
from caregraph.explorer.state.current_view import change_view, current_view
from caregraph.explorer.state.network_view import NetworkView
from caregraph.explorer.state.store_cache import cached_query, explain_errors
from caregraph.explorer.thing_order import suggested_things
from caregraph.graph.queries import overview
from caregraph.graph.queries.nodes import Node

HITS = 10
SUGGESTIONS = 6


@st.fragment
@explain_errors
def show_network_search() -> None:
    """Show the search box and its hits, or suggestions while the network is empty; typing reruns nothing else."""
    if session.PAGE_RERUN.pop():
        st.rerun()
    text = search_box(session.NETWORK_SEARCH.name)
    if text:
        shown = current_view().shown
        with st.container(gap=None, key="network hits"):
            for hit in find_hits(text, limit=HITS):
                _show_hit(hit, addable=bool(shown) and hit.node.iri not in shown)
        end_hits(text)
    elif not current_view().shown:
        _show_suggestions()


def _show_hit(hit: SearchHit, *, addable: bool) -> None:
    iri = hit.node.iri
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"hit-{iri}"):
        markup.show_kind(hit.node, in_column=True)
        st.button(
            escape_markdown(hit.title), key=f"pick-{iri}", type="tertiary", on_click=_show_neighbours, args=(iri,)
        )
        if addable:
            st.button(
                "Add",
                key=f"add-{iri}",
                icon=":material/add:",
                type="tertiary",
                on_click=_add_node,
                args=(iri,),
                help="Add it to the network",
            )


def _show_neighbours(iri: str) -> None:
    """Show a node and its neighbours in place of the network shown."""
    neighbours = next_neighbours(iri)
    session.NODE_POSITIONS.pop()
    _change_whole_page(NetworkView().with_nodes([iri, *(node.iri for node in neighbours.nodes)], selected=iri))


def _add_node(iri: str) -> None:
    _change_whole_page(current_view().with_nodes([iri], selected=iri))


def _change_whole_page(view: NetworkView) -> None:
    """Show a view in the whole page, not only in the fragment that was clicked."""
    change_view(view)
    session.NETWORK_SEARCH.set("")
    session.PAGE_RERUN.set(True)


def _show_suggestions() -> None:
    markup.show_lead(
        "Start with a name. You will see what it is connected to; "
        "click an item for its evidence, double-click it to add its links."
    )
    _show_buttons("Shared by several councils", suggested_things()[:SUGGESTIONS])
    _show_buttons("Councils with the most reports", cached_query(overview.most_reported_authorities, limit=SUGGESTIONS))


def _show_buttons(heading: str, nodes: list[Node]) -> None:
    if not nodes:
        return
    st.header(heading, anchor=False)
    with st.container(horizontal=True, gap="small"):
        for node in nodes:
            st.button(
                escape_markdown(node_title(node)),
                key=f"suggest-{heading}-{node.iri}",
                on_click=_show_neighbours,
                args=(node.iri,),
            )
