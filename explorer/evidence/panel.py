"""Evidence panel: a node's properties, and each fact about it with the words that say it."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.evidence import corrections, missing_words, page_picture
from caregraph.explorer.figures.dom import page_link, show_figure, tag
from caregraph.explorer.labels import (
    citation,
    escape_markdown,
    format_count,
    format_day,
    format_term,
    kind_label,
    node_title,
    relationship_label,
    scheme_label,
    scheme_values,
)
from caregraph.explorer.network.expansion import STEP, kinds_around
from caregraph.explorer.pack.button import show_evidence_pack_button
from caregraph.explorer.state import session
from caregraph.explorer.state.links import NODE_PAGES, node_address
from caregraph.explorer.state.network_view import LIMIT
from caregraph.explorer.state.store_cache import cached_query
from caregraph.graph.queries import evidence
from caregraph.graph.queries.evidence import Evidence
from caregraph.graph.queries.neighbourhood import Connection, NeighbourKind
from caregraph.graph.queries.nodes import NAMED_THING_LABELS, Node
from caregraph.graph.wording import sentence_case

PAGE_SIZE = 5  # quotations shown at first; 'more' adds twice as many
FACT_GROUPS = {
    "judgements": "Judgements",
    "findings": "Findings",
    "references": "Findings that say ‘it’",
    "things": "Mentions",
    "people": "People",
}
_SCHEMES = ("scope", "area", "grade", "polarity", "kind")
_PROPERTIES = {
    "definition": "Definition",
    "title": "Title",
    "source": "File",
    "kind": "Kind",
    "area": "Judgement",
    "grade": "Grade",
    "polarity": "Strength or concern",
    "scope": "Coverage",
    "acronyms": "Abbreviations",
    "aliases": "Other names",
    "gss": "ONS code",
    "periods": "Inspection dates",
    "started": "From",
    "ended": "To",
    "published": "Published",
    "pages": "Pages",
    "inspectorates": "Inspectorates",
    "note": "Note",
    "unread": "Could not be read",
}


def show_linked_node(node: Node) -> None:
    """Show a node's name and a link to its page, then its properties."""
    if node.label not in NODE_PAGES:
        show_node(node)
        return
    markup.show_kind(node)
    title = page_link(node_title(node), node_address(node))
    page = page_link(f"Open this {kind_label(node.label)}’s page", node_address(node))
    show_figure(tag("div", tag("h2", title, class_="node"), tag("p", page)), key="node page")
    _show_properties(node)


def show_node(node: Node) -> None:
    """Show the kind, the name and the properties of a node."""
    markup.show_kind(node)
    st.header(escape_markdown(node_title(node)), anchor=False)
    _show_properties(node)


def _show_properties(node: Node) -> None:
    properties = cached_query(evidence.node_properties, node)
    markup.show_terms(
        (term, _format_property(key, properties[key]))
        for key, term in _PROPERTIES.items()
        if properties.get(key) and not _is_repeated(node, key, properties)
    )


def _is_repeated(node: Node, key: str, properties: dict[str, Any]) -> bool:
    """Tell whether the name or another property says the same."""
    if key == "title":
        return bool(properties["title"] == node.name)
    return key in ("started", "ended") and "periods" in properties


def _format_property(key: str, value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_format_property(key, member) for member in value)
    if key == "periods":
        first, _, last = value.partition("/")
        return f"{format_day(first)} to {format_day(last)}" if last and last != first else format_day(first) or ""
    if key in _SCHEMES:
        return scheme_label(key, value)
    return format_day(value.isoformat()) or "" if hasattr(value, "isoformat") else str(value)


def show_facts(node: Node, *, key: str) -> None:
    """Show the facts about a node, group by group, with their evidence."""
    groups = cached_query(evidence.evidence_counts, node)
    if not groups:
        st.caption("No report mentions it. What is shown comes from published lists.")
    group = _choose_group(groups, key=key)
    if group:
        show_evidence_list(node, group, groups[group], key=f"{key}-{group}")
    _show_memberships(node)


def _choose_group(groups: dict[str, int], *, key: str) -> str | None:
    if len(groups) < 2:
        return next(iter(groups), None)
    chosen = st.segmented_control(
        "Facts",
        list(groups),
        default=next(iter(groups)),
        required=True,
        key=session.FACT_GROUP.part(key).name,
        label_visibility="collapsed",
        format_func=FACT_GROUPS.__getitem__,
    )
    st.caption(" · ".join(f"{FACT_GROUPS[group]} {count:,}" for group, count in groups.items()))
    return chosen if chosen in groups else next(iter(groups))


def show_evidence_list(node: Node, group: str, total: int, *, key: str, authority: str | None = None) -> None:
    """Show the quotations for the facts of a group, the latest first, a few at a time.

    Args:
        total: the number of quotations.
        authority: only reports on this council, by its IRI.
    """
    polarity = _choose_polarity(key=key) if group == "findings" and total > 1 else None
    if polarity:
        total = cached_query(evidence.evidence_counts, node, polarity=polarity, authority=authority).get("findings", 0)
    limit_key = session.EVIDENCE_LIMIT.part(key)
    limit = limit_key.get() or PAGE_SIZE
    facts = cached_query(evidence.read_evidence, node, group, polarity=polarity, authority=authority, limit=limit)
    if not facts:
        st.caption("None.")
    for number, fact in enumerate(facts):
        show_evidence(fact, heading=fact.about.iri != node.iri or fact.role is not None, key=f"{key}-{number}")
    if total > len(facts):
        show_more_button(total - len(facts), step=PAGE_SIZE * 2, shown=limit, limit_key=limit_key)


def show_more_button(remaining: int, *, step: int, shown: int, limit_key: session.SessionKey[int]) -> None:
    """Show a button that raises the limit of a list by a step."""
    st.button(
        f"Show {min(step, remaining)} more" if remaining <= step else f"Show {step} more of {remaining:,}",
        key=f"more {limit_key.name}",
        icon=":material/expand_more:",
        on_click=limit_key.set,
        args=(shown + step,),
    )


def _choose_polarity(*, key: str) -> str | None:
    chosen: str | None = st.pills(
        "Strength or concern",
        scheme_values("polarity"),
        key=session.POLARITY.part(key).name,
        label_visibility="collapsed",
        format_func=lambda polarity: sentence_case(scheme_label("polarity", polarity)),
    )
    return chosen


def show_evidence(fact: Evidence, *, heading: bool, key: str) -> None:
    """Show a fact: its passage with the sentence marked, its source, its page, and a citation to copy."""
    fact = missing_words.with_fetched_words(fact)
    with st.container(key=f"evidence-{key}", gap=None):
        markup.show_card(fact, heading=heading)
        with st.container(horizontal=True, gap="xsmall"):
            missing_words.show_get_button(fact, key=key)
            page_picture.show_page_button(fact, key=key)
            with st.popover("Cite", icon=":material/format_quote:", type="tertiary", key=f"{key}-cite"):
                st.code(citation(fact), language=None, wrap_lines=True)
            show_evidence_pack_button(fact)
            corrections.show_correct_button(fact, key=key)


def _show_memberships(node: Node) -> None:
    """Show the councils that an agency serves, or the agencies of a council, by the published lists."""
    if node.label not in (*NAMED_THING_LABELS, "LocalAuthority"):
        return
    memberships = cached_query(evidence.agency_memberships, node)
    if not memberships:
        return
    rows = (
        (
            "Hosted by" if membership.type == "HOSTED_BY" else "Serves",
            membership.organisation.name,
            membership.authority.name,
            scheme_label("standing", membership.standing) if membership.standing else "",
            scheme_label("certainty", membership.certainty) if membership.certainty else "",
            format_term(membership.since, membership.until),
            membership.source or "",
        )
        for membership in memberships
    )
    with st.expander(format_count(len(memberships), "listed membership")):
        markup.show_table(
            "From published lists, unless a report is named as the source",
            ("Relation", "Service or agency", "Council", "Status", "Certainty", "Term", "Source"),
            rows,
        )


def show_links(node: Node, *, shown: tuple[str, ...], expand: Callable[[str, int], None], key: str) -> None:
    """Show how many neighbours of each kind a node has, and buttons that add the next ones, or all of a kind.

    Args:
        shown: IRIs of the nodes in the network.
        expand: called with the label and the number of those that are to be added.
    """
    kinds = kinds_around(node.iri, shown=shown)
    hidden = sum(kind.hidden for kind, _ in kinds)
    with st.expander(f"Links ({hidden:,} not shown)" if hidden else "Links (all shown)", expanded=hidden > 0):
        for kind, ties in kinds:
            with st.container(
                horizontal=True, gap="xsmall", vertical_alignment="center", key=f"kind-{key}-{kind.label}"
            ):
                st.text(_kind_line(kind, ties), width="stretch")
                _show_add_buttons(kind, expand, room=LIMIT - len(shown), key=key)


def _kind_line(kind: NeighbourKind, ties: Sequence[Connection]) -> str:
    """A kind with its number, and with the words for its relationships."""
    words = dict.fromkeys(relationship_label(tie.type, outgoing=tie.outgoing) for tie in ties)
    return f"{sentence_case(format_count(kind.count, kind_label(kind.label)))}: {', '.join(said_once(words))}"


def said_once(words: Collection[str]) -> list[str]:
    """Words for relationships; what is the same along an arrow and against it is said once.

    >>> said_once(["statistical neighbour", "statistical neighbour of", "succeeded by"])
    ['statistical neighbour, either way', 'succeeded by']
    """
    along = [word for word in words if not (word.endswith(" of") and word.removesuffix(" of") in words)]
    return [f"{word}, either way" if f"{word} of" in words else word for word in along]


def _show_add_buttons(kind: NeighbourKind, expand: Callable[[str, int], None], *, room: int, key: str) -> None:
    steps = {STEP: f"Add {STEP}"} if kind.hidden > STEP else {}
    if kind.hidden:
        steps[kind.hidden] = f"Add {'all ' if kind.hidden > 1 else ''}{kind.hidden:,}"
    for step, label in steps.items():
        st.button(
            label,
            key=f"{key}-{kind.label}-{step}",
            type="tertiary",
            disabled=step > room,
            on_click=expand,
            args=(kind.label, step),
            help=f"Add {format_count(step, kind_label(kind.label))} to the network",
        )
