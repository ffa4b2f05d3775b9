"""The evidence panel: what a node is, what is said of it, and for each fact the words that say it."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from caregraph.explorer.evidence import markup, page_picture
from caregraph.explorer.labels import citation, connection, counted, day, kind_of, plain, sentence_case, title, value
from caregraph.explorer.network.expansion import STEP, interest
from caregraph.explorer.state.store_cache import kept
from caregraph.graph.queries import evidence, neighbourhood
from caregraph.graph.queries.evidence import Evidence
from caregraph.graph.queries.neighbourhood import Connection
from caregraph.graph.queries.nodes import NAMED_THING_LABELS, Node

PAGE = 5  # places shown at first, and with each 'more'
GROUPS = {"judgements": "Judgements", "findings": "Findings", "things": "Named", "people": "People"}
POLARITIES = ("strength", "concern", "mixed", "neutral")
_SCHEMES = ("scope", "area", "grade", "polarity", "kind")
_PROPERTIES = {
    "definition": "What it is",
    "title": "Title",
    "source": "File",
    "kind": "Kind",
    "area": "Area",
    "grade": "Grade",
    "polarity": "Meant as",
    "scope": "Reach",
    "acronyms": "Short forms",
    "aliases": "Other names",
    "gss": "ONS code",
    "periods": "Visited",
    "started": "From",
    "ended": "To",
    "published": "Published",
    "pages": "Pages",
    "inspectorates": "Inspectorates",
    "note": "Note",
    "unread": "Could not be read",
}


def about(node: Node) -> None:
    """What the node is: its kind, its name and what is known of it."""
    markup.kind_sign(node)
    st.subheader(plain(title(node)), anchor=False)
    known = kept(evidence.node_properties, node)
    markup.facts(
        (term, _said(key, known[key]))
        for key, term in _PROPERTIES.items()
        if known.get(key) and _telling(node, key, known)
    )


def _telling(node: Node, key: str, known: dict[str, Any]) -> bool:
    """Whether a property says more than others that are shown."""
    repeated = {"title": known.get("title") == node.name, "started": "periods" in known, "ended": "periods" in known}
    return not repeated.get(key, False) and not (node.label == "Finding" and key in ("section",))


def _said(key: str, found: Any) -> str:
    if isinstance(found, list):
        return "; ".join(_said(key, one) for one in found)
    if key == "periods":
        first, _, last = found.partition("/")
        return f"{day(first)} to {day(last)}" if last and last != first else day(first) or ""
    if key in _SCHEMES:
        return value(key, found)
    return day(found.isoformat()) or "" if hasattr(found, "isoformat") else str(found)


def facts(node: Node, *, key: str) -> None:
    """Every fact about a node, group by group, with its evidence."""
    groups = kept(evidence.evidence_counts, node)
    if not groups:
        st.caption("No report in the graph speaks of it. What is known comes from the register or the thesaurus.")
    group = _chosen(groups, key=key)
    if group:
        places(node, group, groups[group], key=f"{key}-{group}")
    memberships(node)


def _chosen(groups: dict[str, int], *, key: str) -> str | None:
    if len(groups) < 2:
        return next(iter(groups), None)
    chosen = st.segmented_control(
        "Facts",
        list(groups),
        default=next(iter(groups)),
        required=True,
        key=f"{key}-group",
        label_visibility="collapsed",
        format_func=lambda group: f"{GROUPS[group]} {groups[group]:,}",
    )
    return chosen if chosen in groups else next(iter(groups))


def places(node: Node, group: str, total: int, *, key: str, council: str | None = None) -> None:
    """The places that prove the facts of a group, the latest first, a few at a time.

    Args:
        council: only those in reports on this council, by its IRI.
    """
    polarity = _polarity(node, key=key) if group == "findings" and total > 1 else None
    if polarity:
        total = kept(evidence.evidence_counts, node, polarity=polarity, authority=council).get("findings", 0)
    many = st.session_state.get(f"{key}-many", PAGE)
    found = kept(evidence.read_evidence, node, group, polarity=polarity, authority=council, limit=many)
    if not found:
        st.caption("None.")
    for number, one in enumerate(found):
        proof(one, heading=one.about.iri != node.iri or one.role is not None, key=f"{key}-{number}")
    if total > len(found):
        st.button(
            f"Show {min(PAGE * 2, total - len(found))} more of {total - len(found):,}",
            key=f"{key}-more",
            icon=":material/expand_more:",
            on_click=lambda: st.session_state.update({f"{key}-many": many + PAGE * 2}),
        )


def _polarity(node: Node, *, key: str) -> str | None:
    chosen: str | None = st.pills(
        "Meant as",
        POLARITIES,
        key=f"{key}-polarity",
        label_visibility="collapsed",
        format_func=lambda one: sentence_case(value("polarity", one)),
    )
    return chosen


def proof(found: Evidence, *, heading: bool, key: str) -> None:
    """One fact: its passage with the sentence marked, where it stands, and a citation to copy."""
    with st.container(key=f"proof-{key}", gap=None):
        st.html(markup.card(found, heading=heading))
        with st.container(horizontal=True, gap="xsmall"):
            page_picture.button(found, key=key)
            with st.popover("Cite", icon=":material/format_quote:", type="tertiary", key=f"{key}-cite"):
                st.code(citation(found), language=None, wrap_lines=True)


def memberships(node: Node) -> None:
    """Whom an agency serves, or a council is served by, as the thesaurus has it."""
    if node.label not in (*NAMED_THING_LABELS, "LocalAuthority"):
        return
    found = kept(evidence.agency_memberships, node)
    if not found:
        return
    rows = (
        (
            "Hosted by" if one.type == "HOSTED_BY" else "Serves",
            one.organisation.name,
            one.authority.name,
            value("standing", one.standing) if one.standing else "",
            value("certainty", one.certainty) if one.certainty else "",
            one.source or "",
        )
        for one in found
    )
    with st.expander(f"{counted(len(found), 'membership')} from the thesaurus"):
        markup.table(
            "Said by a list, not by a report, unless a report is named",
            ("", "Agency", "Council", "Standing", "Certainty", "Source"),
            rows,
        )


def connections(node: Node, *, shown: tuple[str, ...], expand: Callable[[Connection], None], key: str) -> None:
    """What hangs on a node, with how much of it is not in the network and a way to bring it."""
    found = sorted(kept(neighbourhood.connections, node.iri, shown=shown), key=lambda line: interest(line.type))
    hidden = sum(one.hidden for one in found)
    with st.expander(f"Connections, {hidden} not shown" if hidden else "Connections, all shown"):
        for number, one in enumerate(found):
            left, right = st.columns([3, 1], vertical_alignment="center", wrap=False)
            left.text(connection(one))
            if one.hidden:
                right.button(
                    f"+{min(one.hidden, STEP)}",
                    key=f"{key}-connection-{number}",
                    on_click=expand,
                    args=(one,),
                    help=f"Bring {counted(min(one.hidden, STEP), kind_of(one.label))} into the network",
                )
