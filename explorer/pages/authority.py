"""Councils: what reports say of one council, when, and how it compares."""

from collections import defaultdict
from collections.abc import Sequence

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.choices import choose_counted
from caregraph.explorer.evidence import panel
from caregraph.explorer.evidence.council_brief import show_news, show_shared_services, show_unknowns
from caregraph.explorer.evidence.ledger import show_requests
from caregraph.explorer.evidence.peer_comparison import Peers, choose_peers, show_comparison
from caregraph.explorer.evidence.polarity_chart import show_polarity_chart
from caregraph.explorer.evidence.witnesses import show_witnesses
from caregraph.explorer.figures.bars import BarRow
from caregraph.explorer.figures.dom import Tree, linked_names, node_link, page_link, show_figure, table, tag
from caregraph.explorer.figures.my_council import show_council_choice, show_my_council
from caregraph.explorer.figures.node_sign import kind_sign
from caregraph.explorer.figures.timeline import timeline
from caregraph.explorer.labels import (
    NO_DATE,
    as_at_label,
    counted_label,
    escape_markdown,
    format_count,
    format_day,
    format_period,
    node_title,
    scheme_label,
)
from caregraph.explorer.pack.button import show_packed_figure
from caregraph.explorer.page_shell import name_tab, show_title
from caregraph.explorer.state.links import choose_option, neighbourhood_address, page_address
from caregraph.explorer.state.store_cache import cached_query, explain_errors, require_documents
from caregraph.explorer.state.unknown_values import UnknownValue, show_unknown_values
from caregraph.explorer.thing_order import kind_order
from caregraph.graph.queries import authorities, evidence, judgements, neighbourhood, overview, polarity_counts
from caregraph.graph.queries.authorities import AuthoritySummary, RegisteredAuthority, ThingUse
from caregraph.graph.queries.comparison.as_at import LATEST, latest_full_inspections
from caregraph.graph.queries.judgements import InspectionSummary
from caregraph.graph.queries.polarity_counts import Concept, PolarityCounts
from caregraph.graph.wording import sentence_case
from caregraph.ontology.iris import full_iri

OVERVIEW, SERVICES, PEOPLE, DOCUMENTS, COMPARE = "overview", "services", "people", "documents", "compare"
TABS = {
    OVERVIEW: "In brief",
    SERVICES: "Services",
    PEOPLE: "People",
    DOCUMENTS: "Reports",
    COMPARE: "Compare",
}
SUMMARY, DETAILED = "broad", "full"
DETAILS = {SUMMARY: "Summary", DETAILED: "Detailed"}
LONG_TABLE = 12  # rows above which a table scrolls on its own


def show_authority() -> None:
    """Show the page: one council, or the list of all."""
    wanted = st.query_params.get("council")
    authority = cached_query(authorities.authority_summary, full_iri(wanted)) if wanted else None
    show_title(authority.node.name if authority else "Councils")
    if not require_documents():
        return
    if wanted and authority is None:
        show_unknown_values([wanted], "Choose a council below.")
    if authority is None:
        _show_list(cached_query(authorities.registered_authorities))
        return
    _show_summary(authority)
    tab = choose_option(
        st.segmented_control,
        "Show",
        list(TABS),
        parameter="view",
        default=OVERVIEW,
        required=True,
        label_visibility="collapsed",
        format_func=TABS.__getitem__,
    )
    name_tab(authority.node.name, "" if tab == OVERVIEW else TABS[tab].lower())
    if not cached_query(authorities.report_summaries, authority.node.iri):
        st.info("No report on this council was read. What is shown comes from published lists.", icon=":material/info:")
    show_tab = {
        OVERVIEW: _show_overview,
        SERVICES: _show_services,
        PEOPLE: _show_people,
        DOCUMENTS: _show_documents,
        COMPARE: show_comparison,
    }
    show_tab[tab](authority)


def _show_list(councils: Sequence[RegisteredAuthority]) -> None:
    """Show every council by region, the regions with the most reports first."""
    markup.show_lead("Every council by region, with the number of its reports.")
    show_my_council()
    regions: dict[str, list[RegisteredAuthority]] = defaultdict(list)
    for council in councils:
        regions[council.region.name if council.region else "Elsewhere"].append(council)
    sections = [
        tag(
            "section",
            tag("h2", name),
            _comparison_link(regions[name]),
            tag("ul", *map(_list_entry, regions[name])),
            class_="region",
        )
        for name in sorted(regions, key=lambda name: (-sum(council.documents for council in regions[name]), name))
    ]
    show_figure(tag("div", *sections, class_="regions"), key="councils")


def _comparison_link(councils: Sequence[RegisteredAuthority]) -> Tree | None:
    """A link to the latest grades of a region's councils beside each other."""
    first = next((council.node for council in councils if council.region and council.documents), None)
    if first is None:
        return None
    return tag(
        "p",
        page_link("Compare their grades", page_address("authority", council=first.iri, view=COMPARE, compare="region")),
    )


def _list_entry(council: RegisteredAuthority) -> Tree:
    former = f", until {council.ended[:4]}" if council.ended else ""
    return tag(
        "li",
        node_link(council.node, council.node.name),
        tag("small", f"{council.documents or 'none'}{former}"),
        class_=None if council.documents else "faint",
    )


def _show_summary(authority: AuthoritySummary) -> None:
    """Show the council's region, the number and years of its reports, and its predecessors and successors."""
    reports = cached_query(authorities.report_summaries, authority.node.iri)
    years = sorted({day[:4] for report in reports if (day := report.started or report.published)})
    count = format_count(len(reports), "report")
    if years:
        count += f", {years[0]} to {years[-1]}" if len(years) > 1 else f", {years[0]}"
    parts: list[Tree] = [tag("span", count)]
    if authority.region:
        region_address = page_address("shared", region=authority.region.iri)
        parts.insert(0, page_link(authority.region.name, region_address))
    if authority.ended:
        parts.append(tag("span", f"a council until {format_day(authority.ended)}"))
    for words, nodes in (("after", authority.predecessors), ("succeeded by", authority.successors)):
        if nodes:
            parts.append(tag("span", f"{words} ", *linked_names(node_link(node, node.name) for node in nodes)))
    parts.append(page_link("Show in network", neighbourhood_address(authority.node)))
    questions = page_address("ask", question="what-must-improve", authority=authority.node.name)
    parts.append(page_link("Ask about it", questions))
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        show_figure(tag("p", *parts, class_="dotted"), key="about")
        show_council_choice(authority.node)
    if authority.note:
        st.info(escape_markdown(authority.note), icon=":material/info:")


def _show_overview(authority: AuthoritySummary) -> None:
    visits = cached_query(judgements.inspection_summaries, authority=authority.node.iri)
    left, right = st.columns([13, 5], gap="large")
    with left:
        _show_judgements(authority, visits)
    with right:
        show_news(authority, visits)
        show_unknowns(authority, visits)
    show_requests(authority)
    left, right = st.columns([13, 5], gap="large")
    with left:
        _show_findings(authority)
    with right:
        show_shared_services(authority)


@explain_errors
def _show_judgements(authority: AuthoritySummary, visits: Sequence[InspectionSummary]) -> None:
    st.header("Judgements over time", anchor=False)
    if not any(visit.grades for visit in visits):
        st.caption("There is no grade in the reports on this council.")
    else:
        parameters = st.query_params.to_dict()
        figure = timeline(visits, lambda iri: page_address("authority", **{**parameters, "judgement": iri}))
        show_packed_figure(
            figure, key="timeline", title="Judgements over time", about="Do not compare grades across frameworks."
        )
        st.caption(
            "A double line between two inspections means that the framework changed: do not compare grades across it. "
            "Select a grade to read the words that give it."
        )
    wanted = st.query_params.get("judgement")
    nodes = cached_query(neighbourhood.nodes, [full_iri(wanted)]) if wanted else []
    if wanted and not nodes:
        raise UnknownValue(wanted, "Select a grade above.")
    for node in nodes:
        total = cached_query(evidence.evidence_counts, node).get("judgements", 0)
        panel.show_evidence_list(node, "judgements", total, key="judgement")


@explain_errors
def _show_findings(authority: AuthoritySummary) -> None:
    st.header("Strengths and concerns by topic", anchor=False)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        detail = choose_option(
            st.segmented_control,
            "Topics",
            list(DETAILS),
            parameter="concepts",
            default=SUMMARY,
            required=True,
            format_func=DETAILS.__getitem__,
        )
        counted, peers = choose_counted(), choose_peers(authority)
    counts = cached_query(polarity_counts.counts_of_authorities, [authority.node.iri], counted=counted)
    concepts = [
        concept
        for concept in cached_query(polarity_counts.concept_scheme)
        if (authority.node.iri, concept.node.iri) in counts
        and (not concept.broader if detail == SUMMARY else concept.findings)
    ]
    latest = cached_query(latest_full_inspections).get(authority.node.iri)
    if not concepts:
        st.caption(f"There are no findings on a topic in the reports counted ({as_at_label(latest)}).")
        return
    rows = _bar_rows(authority, concepts, {iri: of_concept for (_, iri), of_concept in counts.items()}, peers, counted)
    rows.sort(key=lambda row: -row.counts.rated)
    explanation = (
        f"{sentence_case(as_at_label(latest))}. "
        + (f"{counted_label(counted, [])} " if counted != LATEST else "")
        + "Findings on a sub-topic are counted in its topic too. The counts say how much reports wrote, not how good a "
        "council is." + (f" {peers.summary}" if peers.summary else "")
    )
    title = "Findings by topic, most findings first"
    show_polarity_chart(title, "Topic", rows, peers=peers.name, key="balance", about=explanation)
    st.caption(explanation)


def _bar_rows(
    authority: AuthoritySummary,
    concepts: Sequence[Concept],
    counts: dict[str, PolarityCounts],
    peers: Peers,
    counted: str,
) -> list[BarRow]:
    """A row for each concept.

    Args:
        counts: of the council, by the concept's IRI.
    """
    iris = [node.iri for node in peers.authorities]
    of_peers = cached_query(polarity_counts.counts_of_authorities, iris, counted=counted) if iris else {}
    where = {"council": authority.node.iri, "counted": counted}
    return [
        BarRow(
            name=node_link(concept.node),
            counts=counts[concept.node.iri],
            strengths=page_address("findings", **where, concept=concept.node.iri, polarity="strength"),
            concerns=page_address("findings", **where, concept=concept.node.iri, polarity="concern"),
            peers=sum((of_peers.get((iri, concept.node.iri), PolarityCounts()) for iri in iris), PolarityCounts())
            if iris
            else None,
        )
        for concept in concepts
    ]


@explain_errors
def _show_services(authority: AuthoritySummary) -> None:
    used = sorted(
        cached_query(authorities.thing_uses, authority.node.iri), key=lambda service: kind_order(service.thing.label)
    )
    shared = [service for service in used if service.naming_reports and not service.own and service.users > 1]
    own = [service for service in used if service.naming_reports and (service.own or service.users <= 1)]
    unmentioned = [service for service in used if not service.naming_reports and service.listed]
    for heading, services, explanation in (
        (
            "Also mentioned for other councils",
            shared,
            "Reports on other councils mention the same service.",
        ),
        (
            "Mentioned for this council only",
            own,
            "A similar name elsewhere is a different service.",
        ),
        (
            "Listed for this council, not mentioned in its reports",
            unmentioned,
            "A published list says that they serve this council.",
        ),
    ):
        st.header(f"{heading} ({len(services)})", anchor=False)
        st.caption(explanation)
        if services:
            figure = _services_table(heading, services, authority)
            show_packed_figure(figure, key=f"services {heading}", about=explanation)


def _services_table(caption: str, services: Sequence[ThingUse], authority: AuthoritySummary) -> Tree:
    head = ("Name", "Kind", "Reports", "Strengths", "Concerns", "Councils")
    body = (
        (
            node_link(service.thing),
            kind_sign(service.thing),
            f"{service.naming_reports:,}",
            _count_link(service.strengths, "strength", service, authority),
            _count_link(service.concerns, "concern", service, authority),
            f"{service.users:,}",
        )
        for service in services
    )
    return table(
        caption, head, body, class_="cards beside whole tall" if len(services) > LONG_TABLE else "cards beside whole"
    )


def _count_link(number: int, polarity: str, service: ThingUse, authority: AuthoritySummary) -> Tree:
    address = page_address("findings", council=authority.node.iri, thing=service.thing.iri, polarity=polarity)
    return page_link(f"{number:,}", address if number else None)


@explain_errors
def _show_people(authority: AuthoritySummary) -> None:
    st.header("People named in reports", anchor=False)
    st.caption("Roles are as at the date of the report.")
    posts = cached_query(authorities.posts, authority.node.iri)
    if not posts:
        st.caption("No report names a leader of this council.")
        return
    head = ("Name", "Role in the report", "Inspected or published", "Report")
    body = (
        (
            node_link(post.person, post.person.name),
            sentence_case(scheme_label("role", post.role)),
            format_day(post.day) or NO_DATE,
            node_link(post.document, node_title(post.document)),
        )
        for post in posts
    )
    show_packed_figure(
        table("People whom reports name in a post", head, body, class_="cards beside whole"), key="people",
        about="Roles are as at the date of the report.",
    )  # fmt: skip


@explain_errors
def _show_documents(authority: AuthoritySummary) -> None:
    st.header("Reports", anchor=False)
    head = ("Report", "Kind", "Inspected", "Published", "Pages", "Findings")
    body = (
        (
            node_link(report.node),
            scheme_label("kind", report.kind) if report.kind else "",
            format_period(report.started, report.ended) or "",
            format_day(report.published) or "",
            str(report.pages or ""),
            page_link(
                f"{report.findings:,}", page_address("findings", document=report.node.iri) if report.findings else None
            ),
        )
        for report in cached_query(authorities.report_summaries, authority.node.iri)
    )
    reports = table("Reports on this council, the latest first", head, body, class_="cards beside whole")
    show_packed_figure(reports, key="reports")
    show_witnesses(cached_query(overview.witness_summaries, authority=authority.node.iri))
