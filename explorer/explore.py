"""Explore: search first, then the network of what was found, and the evidence for what is selected."""

from collections import Counter
from functools import partial

import streamlit as st

from explorer import markup, panel, view
from explorer.connection import guarded, has_documents, kept
from explorer.looks import look_of, sign
from explorer.network import network
from explorer.view import View
from explorer.words import counted, kind_of, plain, relationship, sentence_case, title
from graph import neighbourhood, overview, search
from graph.neighbourhood import Connection, Edge, Node

HITS = 10
SUGGESTIONS = 6


def explore() -> None:
    st.title("Explore", anchor=False)
    if not has_documents():
        return
    _search()
    if view.current().shown:
        _picture()


@st.fragment
@guarded
def _search() -> None:
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
    elif not view.current().shown:
        _welcome()


def _hits(text: str) -> None:
    rows = {row["iri"]: row for row in kept(search.found, text, limit=HITS)}
    found = kept(neighbourhood.nodes, list(rows))
    if not found:
        st.caption(
            "These words are in paragraphs that no finding was read from."
            if rows
            else "Nothing in the graph has these words."
        )
    shown = view.current().shown
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
    _show(view.current().adding([iri], selected=iri))


def _show(now: View) -> None:
    """A change that the whole page must follow, not only the part that was clicked."""
    view.change(now)
    st.session_state["search"] = ""
    st.session_state["whole page"] = True


def _welcome() -> None:
    """Where to begin, when nothing is shown yet."""
    markup.lead(
        "Begin with a name. You will see it with what it is connected to; "
        "click a node for its evidence, double-click it for more."
    )
    shared = [one.thing for one in kept(overview.shared)]
    _suggest("Shared by several councils", sorted(shared, key=lambda node: node.label != "Agency")[:SUGGESTIONS])
    _suggest("Councils with the most reports", kept(overview.councils, limit=SUGGESTIONS))


def _suggest(heading: str, nodes: list[Node]) -> None:
    if not nodes:
        return
    st.subheader(heading, anchor=False)
    with st.container(horizontal=True, gap="small"):
        for node in nodes:
            st.button(plain(title(node)), key=f"suggest-{heading}-{node.iri}", on_click=_pick, args=(node.iri,))


@st.fragment
@guarded
def _picture() -> None:
    """The network with its panel; a click reruns these and nothing else."""
    now = view.current()
    if not now.shown:
        st.rerun()  # reset, or undone to the beginning: the whole page changes
    if word := st.session_state.pop("word", None):
        st.toast(word)
    nodes = kept(neighbourhood.nodes, list(now.shown))
    if len(nodes) < len(now.shown):
        missing = len(now.shown) - len(nodes)
        st.caption(
            f"{counted(missing, 'node')} of this address {'is' if missing == 1 else 'are'} not in the graph (any more)."
        )
    if not nodes:
        st.button("Begin again", on_click=view.change, args=(View(),))
        return
    edges = kept(neighbourhood.edges, [node.iri for node in nodes])
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _tools(now, edges)
        network(nodes, edges, key="network", selected=now.selected, on_select=_select, on_expand=_expand)
        _legend(nodes)
        _as_table(nodes, edges)
    with right:
        _selected(now, nodes)


def _tools(now: View, edges: list[Edge]) -> None:
    near = {now.selected} | {
        end for edge in edges for end in (edge.start, edge.end) if now.selected in (edge.start, edge.end)
    }
    tools = (
        ("Undo", ":material/undo:", view.can_undo(), view.undo, ()),
        ("Redo", ":material/redo:", view.can_redo(), view.redo, ()),
        (
            "Hide",
            ":material/visibility_off:",
            bool(now.selected),
            view.change,
            (now.keeping(set(now.shown) - {now.selected}),),
        ),
        (
            "Keep neighbours",
            ":material/filter_center_focus:",
            bool(now.selected),
            view.change,
            (now.keeping(iri for iri in near if iri),),
        ),
        ("Reset", ":material/restart_alt:", True, view.change, (View(),)),
    )
    with st.container(horizontal=True, gap="small", key="tools"):
        for name, icon, usable, act, values in tools:
            st.button(name, icon=icon, type="tertiary", disabled=not usable, on_click=act, args=values)


def _select(iri: str) -> None:
    now = view.current()
    view.change(View(now.shown, iri))


def _expand(iri: str, along: tuple[str, bool, str] | None = None) -> None:
    """Bring the next neighbours, and say how many are left."""
    now = view.current()
    around = kept(neighbourhood.neighbours, iri, shown=now.shown, along=along)
    after = now.adding((node.iri for node in around.nodes), selected=iri)
    view.change(after)
    brought = len(after.shown) - len(now.shown)
    if not around.nodes:
        _say("Everything it is connected to is shown already.")
    elif brought < len(around.nodes):
        _say(f"The network holds {view.LIMIT} nodes at most: hide some first.")
    else:
        _say(f"{brought} more shown, {around.left:,} left." if around.left else f"{brought} more shown; that is all.")


def _say(text: str) -> None:
    """Keep a word for the next run: a callback must not draw."""
    st.session_state["word"] = text


def _legend(nodes: list[Node]) -> None:
    names = [
        (node.shade if node.label == "Finding" and node.shade else kind_of(node.label), look_of(node)) for node in nodes
    ]
    markup.legend(Counter(names))
    st.caption("Click a node to see its evidence, double-click it to bring more. Drag to move, scroll to zoom.")


def _as_table(nodes: list[Node], edges: list[Edge]) -> None:
    names = {node.iri: title(node) for node in nodes}
    with st.expander("The same as a table"):
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


def _selected(now: View, nodes: list[Node]) -> None:
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
