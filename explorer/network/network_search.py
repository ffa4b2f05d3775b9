"""The search box of Explore: what has the words that were typed, and where to begin without any."""

import streamlit as st

from caregraph.explorer.evidence import markup
from caregraph.explorer.labels import kind_of, plain, sentence_case, title
from caregraph.explorer.network.node_style import look_of, sign
from caregraph.explorer.state import history
from caregraph.explorer.state.store_cache import guarded, kept
from caregraph.explorer.state.view import View
from caregraph.graph.queries import neighbourhood, overview, search
from caregraph.graph.queries.nodes import Node

HITS = 10
SUGGESTIONS = 6


@st.fragment
@guarded
def finder() -> None:
    """The search box and its hits, or where to begin; typing reruns nothing else."""
    if st.session_state.pop("whole page", False):
        st.rerun()
    text = st.text_input(
        "Search councils, services, programmes, people, concepts and the words of reports",
        type="search",
        live=True,
        key="search",
        placeholder="For example a council, an adoption agency, a programme",
        icon=":material/search:",
    )
    if text and text.strip():
        _hits(text)
    elif not history.current().shown:
        _welcome()


def _hits(text: str) -> None:
    rows = {row["iri"]: row for row in kept(search.search_all, text, limit=HITS)}
    found = kept(neighbourhood.nodes, list(rows))
    if not found:
        st.caption(
            "These words are in paragraphs that no finding was read from."
            if rows
            else "Nothing in the graph has these words."
        )
    shown = history.current().shown
    with st.container(gap=None):
        for node in found:
            _hit(node, council=rows[node.iri]["authority"], addable=bool(shown) and node.iri not in shown)


def _hit(node: Node, *, council: str | None, addable: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"hit-{node.iri}"):
        st.html(
            f"<span class='kind'>{sign(look_of(node), text=sentence_case(kind_of(node.label)))}</span>",
            width="content",
        )
        name = f"{title(node)} ({council})" if council else title(node)
        st.button(plain(name), key=f"pick-{node.iri}", type="tertiary", on_click=_pick, args=(node.iri,))
        if addable:
            st.button(
                "Add",
                key=f"add-{node.iri}",
                icon=":material/add:",
                type="tertiary",
                on_click=_add,
                args=(node.iri,),
                help="Add it to the network shown",
            )


def _pick(iri: str) -> None:
    """Show a node and its neighbours in place of what was shown."""
    around = kept(neighbourhood.neighbours, iri)
    st.session_state.pop("network-places", None)
    _show(View().adding([iri, *(node.iri for node in around.nodes)], selected=iri))


def _add(iri: str) -> None:
    _show(history.current().adding([iri], selected=iri))


def _show(now: View) -> None:
    """A change that the whole page must follow, not only the part that was clicked."""
    history.change(now)
    st.session_state["search"] = ""
    st.session_state["whole page"] = True


def _welcome() -> None:
    """Where to begin, when nothing is shown yet."""
    markup.lead(
        "Begin with a name. You will see it with what it is connected to; "
        "click a node for its evidence, double-click it for more."
    )
    shared = [one.thing for one in kept(overview.shared_things)]
    _suggest("Shared by several councils", sorted(shared, key=lambda node: node.label != "Agency")[:SUGGESTIONS])
    _suggest("Councils with the most reports", kept(overview.most_reported_authorities, limit=SUGGESTIONS))


def _suggest(heading: str, nodes: list[Node]) -> None:
    if not nodes:
        return
    st.subheader(heading, anchor=False)
    with st.container(horizontal=True, gap="small"):
        for node in nodes:
            st.button(plain(title(node)), key=f"suggest-{heading}-{node.iri}", on_click=_pick, args=(node.iri,))
