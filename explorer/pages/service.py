"""Services: one agency, service, programme, body or process; the councils it serves and the reports that mention it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.evidence import panel
from caregraph.explorer.figures.dom import Tree, linked_names, node_link, page_link, show_figure, table, tag
from caregraph.explorer.figures.membership_marks import (
    SYMBOLS,
    membership_legend,
    membership_mark,
)
from caregraph.explorer.labels import format_term, kind_label, scheme_label
from caregraph.explorer.pack.button import show_packed_figure
from caregraph.explorer.page_shell import show_title
from caregraph.explorer.state.links import choose_option, neighbourhood_address, page_address
from caregraph.explorer.state.store_cache import cached_query, explain_errors, require_documents
from caregraph.explorer.state.unknown_values import show_unknown_values
from caregraph.explorer.thing_order import suggested_things
from caregraph.graph.queries import evidence, neighbourhood, overview, polarity_counts
from caregraph.graph.queries.evidence import AgencyMembership
from caregraph.graph.queries.nodes import NAMED_THING_LABELS, Node
from caregraph.graph.queries.overview import AuthorityUse
from caregraph.graph.queries.polarity_counts import PolarityCounts
from caregraph.graph.queries.questions import GuardedReader, answer_question, load_questions
from caregraph.graph.standings import Standing
from caregraph.graph.wording import sentence_case
from caregraph.ontology.iris import full_iri, short_iri

CONCEPT_LIMIT = 12  # concepts in the table of agreements
CLAIM_LIMIT = 12  # sentences that say how it is shared
RELATIONS = {
    "shares": "Shared",
    "hosts": "Run by the council for others",
    "hosted": "Run by another council",
    "commissions-jointly": "Commissioned jointly",
    "delegated": "Handed over",
    "left": "Left",
    "joining": "Joining",
}
TIMES = {"now": "", "past": "in the past", "future": "planned"}
LONG_TABLE = 14  # rows above which a table scrolls on its own
PROPERTIES = {
    "definition": "Definition",
    "scope": "Coverage",
    "acronyms": "Abbreviations",
    "aliases": "Other names",
    "note": "Note",
}


def show_service() -> None:
    """Show the page: the service that the address names, or a list to choose from."""
    wanted = st.query_params.get("thing")
    nodes = cached_query(neighbourhood.nodes, [full_iri(wanted)]) if wanted else []
    thing = next((node for node in nodes if node.label in NAMED_THING_LABELS), None)
    show_title(sentence_case(thing.name) if thing else "Services")
    if not require_documents():
        return
    if thing is None:
        _show_list(wanted)
        return
    _show_properties(thing)
    uses = cached_query(overview.authority_uses, thing.iri)
    if not uses:
        st.info("No report mentions it, and no published list says which councils it serves.", icon=":material/info:")
        return
    _show_councils(thing, uses)
    _show_sharing(thing)
    _show_contradictions(thing)
    if any(use.strengths or use.concerns for use in uses):
        _show_agreement(thing, uses)
        _show_findings(thing, uses)


def _show_list(wanted: str | None) -> None:
    if wanted:
        show_unknown_values([wanted], "Choose one below.")
    entries = [tag("li", node_link(node)) for node in suggested_things()]
    show_figure(tag("ul", *entries, class_="begin"), key="services")


def _show_properties(thing: Node) -> None:
    properties = cached_query(evidence.node_properties, thing)
    markup.show_kind(thing)
    facts = {
        term: "; ".join(properties[key]) if isinstance(properties[key], list) else str(properties[key])
        for key, term in PROPERTIES.items()
        if properties.get(key)
    }
    if properties.get("scope"):
        facts[PROPERTIES["scope"]] = scheme_label("scope", properties["scope"])
    markup.show_terms(facts.items())
    all_findings = page_link("All findings that mention it", page_address("findings", thing=thing.iri))
    in_network = page_link("Show in network", neighbourhood_address(thing))
    show_figure(tag("p", all_findings, in_network, class_="dotted"), key="links")


def _show_councils(thing: Node, uses: Sequence[AuthorityUse]) -> None:
    """Show each council that a list or a report connects with the service."""
    st.header("Councils", anchor=False)
    groups: dict[Standing, list[AuthorityUse]] = defaultdict(list)
    standings = overview.find_standings(uses)
    for use in uses:
        groups[standings[use.authority.iri]].append(use)
    memberships = cached_query(evidence.agency_memberships, thing)
    listed = {membership.authority.iri: membership for membership in memberships}  # the terms before the host
    order = tuple(SYMBOLS)
    words = {row["authority"]: row for row in cached_query(standing_rows, thing.iri, thing.label)}
    body = [
        [*_council_row(thing, use, listed.get(use.authority.iri), status), _words(words.get(use.authority.name))]
        for status in order
        for use in sorted(groups[status], key=lambda use: (-use.naming_reports, use.authority.name))
    ]
    head = (
        "Council",
        "Status",
        "Reports mentioning it",
        "Strengths",
        "Concerns",
        "Listed as",
        "Source",
        "In a report’s words",
    )
    css_class = "cards beside tall" if len(body) > LONG_TABLE else "cards beside"
    rows = table("Councils by reports and published lists", head, body, class_=css_class)
    legend = membership_legend({status: len(groups[status]) for status in order if groups[status]})
    explanation = "Not mentioned does not mean the council does not have it. Each published list is named as a source."
    show_packed_figure(tag("div", legend, rows), key="members", about=explanation)
    st.caption(explanation)
    markup.show_membership_sources(memberships)


def _council_row(thing: Node, use: AuthorityUse, listed: AgencyMembership | None, status: Standing) -> list[Tree]:
    def findings_link(count: int, polarity: str) -> Tree:
        address = page_address("findings", thing=thing.iri, council=use.authority.iri, polarity=polarity)
        return page_link(str(count), address if count else None)

    roles = [role for role, has in (("host", use.hosts), ("member", use.member)) if has]
    standing = scheme_label("standing", listed.standing) if listed and listed.standing else ""
    return [
        node_link(use.authority, use.authority.name),
        membership_mark(status),
        f"{use.naming_reports} of {use.documents}",
        findings_link(use.strengths, "strength"),
        findings_link(use.concerns, "concern"),
        " ".join(filter(None, (" and ".join(roles), format_term(listed.since, listed.until) if listed else ""))),
        ", ".join(filter(None, (standing, (listed.source or "") if listed else ""))),
    ]


def standing_rows(store: GuardedReader, thing: str, kind: str) -> list[dict[str, Any]]:
    """Rows of the question `shared-services` on one thing, by its IRI, with the words that show each standing."""
    return answer_question(store, load_questions()["shared-services"], thing=thing, kind=kind, least=1)


def _words(row: Mapping[str, Any] | None) -> Tree:
    if row is None or not row["quotation"]:
        return ""
    return tag("span", row["quotation"], " ", tag("small", f"{row['document']}, page {row['page']}"))


@explain_errors
def _show_sharing(thing: Node) -> None:
    """Show what reports say of how the service is shared, each with its words; of one council if it is chosen."""
    claims = cached_query(evidence.sharing_claims, thing)
    if council := st.query_params.get("council"):
        claims = [claim for claim in claims if full_iri(council) in {node.iri for node in claim.councils}]
    if claims:
        st.header("How reports say it is shared", anchor=False)
    for number, claim in enumerate(claims[:CLAIM_LIMIT]):
        councils = ", ".join(council.name for council in claim.councils)
        partners = f"in the report’s words: {claim.partners}" if claim.partners and len(claim.councils) < 2 else ""
        host = f"run by {claim.host}" if claim.host else ""
        parts = (RELATIONS[claim.relation], TIMES[claim.time], councils, partners, host)
        show_figure(tag("p", " · ".join(filter(None, parts)), class_="claim"), key=f"claim-{number}")
        panel.show_evidence(claim.evidence, heading=False, key=f"sharing-{number}")
    if len(claims) > CLAIM_LIMIT:
        st.caption(f"The latest {CLAIM_LIMIT} of {len(claims)} sentences.")


@explain_errors
def _show_contradictions(thing: Node) -> None:
    """Show the reports that contradict the list."""
    facts = cached_query(evidence.contradicting_evidence, thing)
    if facts:
        st.header("Reports that contradict the list", anchor=False)
        st.caption("They say that a council has left, or name another agency in its place. Check the dates of both.")
    for number, fact in enumerate(facts):
        panel.show_evidence(fact, heading=False, key=f"contradiction-{number}")


@explain_errors
def _show_agreement(thing: Node, uses: Sequence[AuthorityUse]) -> None:
    """Show for each concept the councils whose reports tell strengths, and those whose reports tell concerns."""
    councils = {use.authority.iri: use.authority for use in uses}
    concepts = {concept.node.iri: concept.node for concept in cached_query(polarity_counts.concept_scheme)}
    counts: dict[str, dict[str, PolarityCounts]] = defaultdict(dict)
    for (council, concept), of_council in cached_query(polarity_counts.counts_on_thing, thing.iri).items():
        if of_council.strengths or of_council.concerns:
            counts[concept][council] = of_council
    shared = sorted((iri for iri in counts if len(counts[iri]) > 1), key=lambda iri: (-len(counts[iri]), iri))
    if not shared:
        return
    st.header("Where reports agree and differ", anchor=False)
    body = []
    for iri in shared[:CONCEPT_LIMIT]:
        praised = [councils[council] for council, of_council in counts[iri].items() if of_council.strengths]
        criticised = [councils[council] for council, of_council in counts[iri].items() if of_council.concerns]
        address = page_address("findings", thing=thing.iri, concept=iri)
        body.append(
            (
                page_link(sentence_case(concepts[iri].name), address),
                agreement(counts[iri]),
                _council_links(thing, iri, "strength", praised),
                _council_links(thing, iri, "concern", criticised),
            )
        )
    head = ("Topic", "Reports", "▲ Strengths in reports on", "▼ Concerns in reports on")
    explanation = "Reports were written in different years, and looked at different things."
    figure = table("Topics on which reports on several councils mention it", head, body, class_="cards")
    show_packed_figure(figure, key="agreement", about=explanation)
    st.caption(explanation)


def agreement(counts: Mapping[str, PolarityCounts]) -> str:
    """Tell whether findings on several councils agree.

    Args:
        counts: by the council's IRI.

    >>> agreement({"a": PolarityCounts(2), "b": PolarityCounts(1)})
    'agree'
    >>> agreement({"a": PolarityCounts(2), "b": PolarityCounts(0, 1)})
    'differ'
    """
    strengths = any(of_council.strengths for of_council in counts.values())
    concerns = any(of_council.concerns for of_council in counts.values())
    return "differ" if strengths and concerns else "agree"


def _council_links(thing: Node, concept: str, polarity: str, councils: Sequence[Node]) -> Tree:
    where = {"thing": thing.iri, "concept": concept, "polarity": polarity}
    ordered = sorted(councils, key=lambda node: node.name)
    return tag(
        "span",
        *linked_names(
            page_link(council.name, page_address("findings", **where, council=council.iri)) for council in ordered
        ),
    )


@st.fragment
@explain_errors
def _show_findings(thing: Node, uses: Sequence[AuthorityUse]) -> None:
    st.header(f"Findings on this {kind_label(thing.label)}", anchor=False)
    councils = {use.authority.iri: use.authority.name for use in uses if use.naming_reports}
    council = choose_option(
        st.selectbox,
        "In reports on",
        ["", *councils],
        parameter="council",
        default="",
        text=short_iri,
        width=300,
        format_func=lambda iri: councils.get(iri, "Any council"),
    )
    totals = cached_query(evidence.evidence_counts, thing, authority=council or None)
    key = f"service-{thing.iri}-{council}"
    panel.show_evidence_list(thing, "findings", totals.get("findings", 0), key=key, authority=council or None)
    if by_reference := totals.get("references", 0):
        st.header("Findings that speak of it without its name", anchor=False)
        st.caption(
            "They follow a sentence that names it, and say ‘the service’, ‘the panel’ or ‘it’. No count includes them."
        )
        panel.show_evidence_list(thing, "references", by_reference, key=f"{key}-references", authority=council or None)
