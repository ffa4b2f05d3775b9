"""A council in brief: what is shared, new, not known."""

from collections.abc import Iterable, Sequence

import streamlit as st

from caregraph.explorer.figures.dom import Tree, linked_names, node_link, page_link, show_figure, tag
from caregraph.explorer.figures.membership_marks import MEANINGS, membership_mark
from caregraph.explorer.labels import NO_DATE, format_count, format_day, scheme_label
from caregraph.explorer.state.links import page_address
from caregraph.explorer.state.store_cache import cached_query, explain_errors
from caregraph.explorer.thing_order import kind_order, scope_order
from caregraph.graph.queries import authorities, judgements, overview, polarity_counts
from caregraph.graph.queries.authorities import AuthoritySummary
from caregraph.graph.queries.comparison.as_at import latest_full_inspections
from caregraph.graph.queries.judgements import InspectionSummary
from caregraph.graph.queries.overview import SharedThing
from caregraph.graph.standings import Standing
from caregraph.graph.wording import join_names

SERVICES = 8
OWN, NEWEST = 2, 3  # inspections of the council, and nearby
RECENT = 400  # inspections among which the newest nearby are sought


@explain_errors
def show_shared_services(authority: AuthoritySummary) -> None:
    """Show the services that the council shares in its region, with its status in each."""
    st.header("Shared services", anchor=False)
    region = authority.region.iri if authority.region else None
    things = cached_query(overview.shared_things, region=region, count_findings=False) if region else []
    rows = [(thing, use) for thing in things for use in thing.uses if use.authority.iri == authority.node.iri]
    rows = [(thing, use) for thing, use in rows if thing.scope != "national" and thing.thing.label != "Process"]
    rows.sort(key=lambda row: (scope_order(row[0].scope), kind_order(row[0].thing.label), row[0].thing.name))
    entries = []
    for thing, use in rows[:SERVICES]:
        status = thing.standings[use.authority.iri]
        mark = membership_mark(status, description=MEANINGS[status])
        entries.append(tag("li", mark, tag("span", node_link(thing.thing), tag("small", _status(thing, status)))))
    if not entries:
        st.caption("Reports and published lists tell of no service that it shares in its region.")
        return
    more = page_address("shared", region=region)
    entries.append(tag("li", page_link("All shared services of the region", more)))
    show_figure(tag("ul", *entries, class_="standings"), key="shared-brief")


def _status(thing: SharedThing, status: Standing) -> str:
    return f"{MEANINGS[status]}; {format_count(thing.users, 'council')} of the region"


@explain_errors
def show_news(authority: AuthoritySummary, visits: Sequence[InspectionSummary]) -> None:
    """Show the latest reports on the council and on those near it."""
    st.header("What is new", anchor=False)
    near = {node.iri for node in (*authority.neighbours, *authority.same_region)}
    nearby = [
        visit
        for visit in cached_query(judgements.inspection_summaries, limit=RECENT)
        if visit.authority.iri in near and visit.started
    ]
    own = [visit for visit in visits if visit.started][:OWN]
    entries = [tag("li", _visit_link(visit), tag("small", _visit_date(visit))) for visit in own]
    for visit in nearby[:NEWEST]:
        council = node_link(visit.authority, visit.authority.name)
        entries.append(tag("li", council, ": ", _visit_link(visit), tag("small", _visit_date(visit))))
    changes = page_address("ask", question="what-changed", authority=authority.node.name)
    names = page_address("ask", question="named-then-not", authority=authority.node.name)
    links = linked_names([page_link("What changed", changes), page_link("What is newly mentioned", names)])
    show_figure(tag("ul", *entries, tag("li", *links), class_="news"), key="news")


def _visit_link(visit: InspectionSummary) -> Tree:
    kind = scheme_label("kind", visit.kind) if visit.kind else "Inspection"
    return node_link(visit.document, kind) if visit.document else kind


def _visit_date(visit: InspectionSummary) -> str:
    return format_day(visit.started) or NO_DATE


@explain_errors
def show_unknowns(authority: AuthoritySummary, visits: Sequence[InspectionSummary]) -> None:
    """Show what the reports read do not tell of the council."""
    st.header("What is not known", anchor=False)
    show_figure(tag("ul", *(tag("li", words) for words in _unknowns(authority, visits)), class_="news"), key="unknown")


def _unknowns(authority: AuthoritySummary, visits: Sequence[InspectionSummary]) -> Iterable[str]:
    latest = cached_query(latest_full_inspections).get(authority.node.iri)
    if latest is None:
        yield "No full inspection was read, so the council is compared with nobody."
    elif not latest.since:
        yield f"No report since the full inspection of {format_day(latest.started) or NO_DATE.lower()} was read."
    if undated := sum(visit.started is None for visit in visits):
        yield f"{format_count(undated, 'inspection')} without a date, never taken for the latest."
    counts = cached_query(polarity_counts.counts_of_authorities, [authority.node.iri])
    silent = [
        concept.node.name
        for concept in cached_query(polarity_counts.concept_scheme)
        if not concept.broader and (authority.node.iri, concept.node.iri) not in counts
    ]
    if latest and silent:
        yield f"The latest full inspection says nothing that was read on {join_names(silent)}."
    unread = [
        document
        for document in cached_query(overview.document_summaries)
        if document.authority == authority.node.name and document.unread
    ]
    if unread:
        yield f"{format_count(len(unread), 'report')} could be read in part only."
    near = [node.iri for node in authority.neighbours]
    missing = len(near) - len(cached_query(authorities.authorities_with_reports, near))
    if missing:
        yield f"No report on {missing} of its {format_count(len(near), 'statistical neighbour')} was read."
    yield "What reports do not mention: a service may exist all the same."
