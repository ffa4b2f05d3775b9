"""Comparison of a council with others: which ones, and their latest judgements and findings beside its own."""

from dataclasses import dataclass

import streamlit as st

from caregraph.explorer.choices import choose_concept, choose_counted
from caregraph.explorer.evidence.polarity_chart import show_polarity_chart
from caregraph.explorer.figures.bars import BarRow
from caregraph.explorer.figures.dom import node_link, table, tag
from caregraph.explorer.figures.grade_mark import grade_legend, latest_grade_link
from caregraph.explorer.labels import as_at_label, counted_label, format_count, scheme_label, scheme_order
from caregraph.explorer.pack.button import show_packed_figure
from caregraph.explorer.state import session
from caregraph.explorer.state.links import choose_option, page_address, write_parameter
from caregraph.explorer.state.store_cache import cached_query, explain_errors
from caregraph.explorer.state.unknown_values import show_unknown_values
from caregraph.graph.queries import authorities, judgements, polarity_counts
from caregraph.graph.queries.authorities import AuthoritySummary
from caregraph.graph.queries.comparison.as_at import latest_full_inspections
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.polarity_counts import PolarityCounts
from caregraph.ontology.iris import full_iri, short_iri

NOBODY, NEIGHBOURS, REGION, CHOSEN = "nobody", "neighbours", "region", "chosen"
COMPARISONS = {
    NOBODY: "No comparison",
    NEIGHBOURS: "Statistical neighbours",
    REGION: "Region",
    CHOSEN: "Choose councils",
}


@dataclass(frozen=True, slots=True)
class Peers:
    """The councils compared with that have reports, a name for them, and a sentence with their number."""

    authorities: tuple[Node, ...] = ()
    name: str | None = None
    summary: str = ""


def choose_peers(authority: AuthoritySummary, *, default: str = NOBODY) -> Peers:
    """Let the reader choose the councils to compare with.

    Args:
        default: the comparison before anything was chosen; where there is one, "No comparison" is not offered.
    """
    comparison = choose_option(
        st.segmented_control,
        "Compare with",
        [comparison for comparison in COMPARISONS if default == NOBODY or comparison != NOBODY],
        parameter="compare",
        default=default,
        required=True,
        format_func=COMPARISONS.__getitem__,
    )
    if comparison == NOBODY:
        return Peers()
    if comparison == CHOSEN:
        candidates, name = _choose_authorities(authority), "chosen councils"
    elif comparison == REGION:
        candidates, name = authority.same_region, "the region"
    else:
        candidates, name = authority.neighbours, "statistical neighbours"
    with_reports = cached_query(authorities.authorities_with_reports, [node.iri for node in candidates])
    peers = tuple(node for node in candidates if node.iri in with_reports)
    if not candidates:
        return Peers(peers, name, "Choose councils to compare with." if comparison == CHOSEN else "There are none.")
    summary = f"Compared with {format_count(len(peers), 'council')}."
    if missing := len(candidates) - len(peers):
        summary += f" {format_count(missing, 'council')} more without a report."
    return Peers(peers, name, summary)


def _choose_authorities(authority: AuthoritySummary) -> tuple[Node, ...]:
    options = {
        option.node.iri: option.node
        for option in cached_query(authorities.registered_authorities)
        if option.documents and option.node.iri != authority.node.iri
    }
    parts = st.query_params.get("with", "").split(",")
    session.CHOSEN_AUTHORITIES.set([full_iri(part) for part in parts if full_iri(part) in options])
    if unknown := [part for part in parts if part and full_iri(part) not in options]:
        show_unknown_values(unknown, "Choose from “Councils”.")
    chosen = st.multiselect(
        "Councils",
        list(options),
        key=session.CHOSEN_AUTHORITIES.name,
        on_change=lambda: write_parameter("with", ",".join(map(short_iri, session.CHOSEN_AUTHORITIES.get()))),
        placeholder="Choose councils to compare with",
        format_func=lambda iri: options[iri].name,
        width=420,
    )
    return tuple(options[iri] for iri in chosen)


@explain_errors
def show_comparison(authority: AuthoritySummary) -> None:
    """Show a council beside others: latest grades, and findings on one concept."""
    peers = choose_peers(authority, default=NEIGHBOURS)
    if not peers.authorities:
        st.caption(peers.summary)
        return
    nodes = (authority.node, *peers.authorities)
    _show_latest_grades(nodes)
    _show_findings_on_concept(nodes)
    st.caption(peers.summary)


def _show_latest_grades(nodes: tuple[Node, ...]) -> None:
    st.header("Latest judgements", anchor=False)
    latest = cached_query(judgements.latest_judgements_of, [node.iri for node in nodes])
    areas = sorted({area for _, area in latest}, key=lambda area: scheme_order("area", area))
    body = []
    for node in nodes:
        row = [node_link(node, node.name)]
        for area in areas:
            judged = latest.get((node.iri, area))
            if judged is None:
                row.append("")
                continue
            address = page_address("authority", council=node.iri, judgement=judged.judgement)
            row.append(latest_grade_link(judged, address))
        body.append(row)
    head = ("Council", *(scheme_label("area", area) for area in areas))
    grades = table("The latest grade for each judgement, with the year of its inspection", head, body, class_="grid")
    figure = tag("div", grades, grade_legend(latest.values()))
    explanation = (
        "Years and frameworks differ: do not compare grades that are years apart. A grade that is only outlined is "
        "older than the council’s latest full inspection, which gave none for that judgement."
    )
    show_packed_figure(figure, key="peers-grades", title="Latest judgements", about=explanation, numbers=True)
    st.caption(explanation)


def _show_findings_on_concept(nodes: tuple[Node, ...]) -> None:
    st.header("Findings on a topic", anchor=False)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        concept, counted = choose_concept(), choose_counted()
    latest = cached_query(latest_full_inspections)
    counts = cached_query(polarity_counts.counts_of_authorities, [node.iri for node in nodes], counted=counted)
    where = {"concept": concept.iri, "counted": counted}
    rows = [
        BarRow(
            name=tag("span", node_link(node, node.name), tag("small", as_at_label(latest.get(node.iri)))),
            counts=counts.get((node.iri, concept.iri), PolarityCounts()),
            strengths=page_address("findings", council=node.iri, **where, polarity="strength"),
            concerns=page_address("findings", council=node.iri, **where, polarity="concern"),
        )
        for node in nodes
    ]
    explanation = counted_label(counted, [latest[node.iri] for node in nodes if node.iri in latest])
    show_polarity_chart(f"Findings on {concept.name}", "Council", rows, key="peers-bars", about=explanation)
    st.caption(explanation)
