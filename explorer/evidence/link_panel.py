"""Evidence panel of a link: the sentences that say that two nodes of the network have to do with each other."""

from collections.abc import Sequence

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.evidence.panel import PAGE_SIZE, show_evidence, show_more_button
from caregraph.explorer.figures.dom import Tree, node_link, show_figure, tag
from caregraph.explorer.labels import format_term, node_title, relationship_label, scheme_label
from caregraph.explorer.network.network import without_repetition
from caregraph.explorer.state import session
from caregraph.explorer.state.store_cache import cached_query
from caregraph.graph.queries import evidence
from caregraph.graph.queries.evidence import AgencyMembership, Evidence, FactGroup, fact_groups
from caregraph.graph.queries.nodes import NAMED_THING_LABELS, Edge, Node

_LIMIT = 2000  # facts of a report or an inspection that are read to find those of the other end


def show_link(start: Node, end: Node, edges: Sequence[Edge], *, key: str) -> None:
    """Show what ties two nodes, as the lists and the reports say it, with the sentences.

    Args:
        edges: the relationships between the two.
    """
    by_iri = {node.iri: node for node in (start, end)}
    lines = [_sentence(by_iri[edge.start], edge.type, by_iri[edge.end], both=both) for edge, both in directions(edges)]
    show_figure(tag("ul", *lines, class_="ties"), key=f"{key}-ties")
    for membership in _memberships_between(start, end):
        markup.show_terms(
            (
                ("Status", scheme_label("standing", membership.standing) if membership.standing else None),
                ("Certainty", scheme_label("certainty", membership.certainty) if membership.certainty else None),
                ("Term", format_term(membership.since, membership.until) or None),
                ("Source", membership.source),
            )
        )
        markup.show_membership_sources([membership])
    facts = link_evidence(start, end)
    if not facts:
        st.caption("No sentence of a report says this. It comes from published lists, or from how reports are filed.")
    limit_key = session.EVIDENCE_LIMIT.part(key)
    limit = limit_key.get() or PAGE_SIZE
    for number, fact in enumerate(facts[:limit]):
        show_evidence(fact, heading=fact.role is not None, key=f"{key}-{number}")
    if len(facts) > limit:
        show_more_button(len(facts) - limit, step=PAGE_SIZE * 2, shown=limit, limit_key=limit_key)


def directions(edges: Sequence[Edge]) -> list[tuple[Edge, bool]]:
    """Relationships between two nodes, each once, and whether the same holds the other way, too.

    >>> directions([Edge("a", "b", "NEIGHBOUR_OF"), Edge("b", "a", "NEIGHBOUR_OF")])
    [(Edge(start='a', end='b', type='NEIGHBOUR_OF'), True)]
    """
    told = without_repetition(edges)
    back = [Edge(edge.end, edge.start, edge.type) for edge in told]
    return [(edge, edge in back) for edge in told if edge not in back or edge.start < edge.end]


def _sentence(start: Node, type: str, end: Node, *, both: bool) -> Tree:
    first, second = node_link(start, node_title(start)), node_link(end, node_title(end))
    if both:
        return tag("li", first, " and ", second, f": {relationship_label(type)}, both ways")
    return tag("li", first, f" {relationship_label(type)} ", second)


def link_evidence(start: Node, end: Node) -> list[Evidence]:
    """The sentences that tie two nodes, the latest report first; none do so with a council and its region."""
    asked = link_facts(start, end)
    if asked is None:
        return []
    facts = cached_query(evidence.read_evidence, asked.node, asked.group, authority=asked.authority, limit=_LIMIT)
    return [fact for fact in facts if asked.about in (None, fact.about.iri)]


def link_facts(start: Node, end: Node) -> FactGroup | None:
    """The facts that tie two nodes; None where no sentence can."""
    by_label = {start.label: (start, end), end.label: (end, start)}
    for label, group in (("Finding", "findings"), ("Judgement", "judgements")):
        if label in by_label:  # it is said by its own sentence, whatever it is tied to
            return FactGroup(by_label[label][0], group)
    for label, group, parts in (("Document", "things", NAMED_THING_LABELS), ("Inspection", "people", ("Person",))):
        if label in by_label:
            whole, part = by_label[label]
            return FactGroup(whole, group, about=part.iri) if part.label in parts else None
    if "LocalAuthority" in by_label:
        council, other = by_label["LocalAuthority"]
        group = "things" if other.label in NAMED_THING_LABELS else "people"
        is_known = other.label != council.label and group in {facts.group for facts in fact_groups(other)}
        return FactGroup(other, group, authority=council.iri) if is_known else None
    return None


def _memberships_between(start: Node, end: Node) -> list[AgencyMembership]:
    """What published lists say of an agency and a council."""
    for thing, council in ((start, end), (end, start)):
        if thing.label in NAMED_THING_LABELS and council.label == "LocalAuthority":
            memberships = cached_query(evidence.agency_memberships, thing)
            return [membership for membership in memberships if membership.authority.iri == council.iri]
    return []
