"""Topics: the scheme of concepts as a tree, and the findings on each, council by council."""

from collections.abc import Mapping, Sequence

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.choices import choose_counted, choose_region
from caregraph.explorer.evidence.polarity_chart import show_polarity_chart
from caregraph.explorer.figures.bars import BarRow
from caregraph.explorer.figures.dom import Tree, linked_names, node_link, page_link, show_figure, tag
from caregraph.explorer.figures.heatmap import heatmap
from caregraph.explorer.labels import as_at_label, counted_label, format_count
from caregraph.explorer.pack.button import show_packed_figure
from caregraph.explorer.page_shell import show_title
from caregraph.explorer.state.links import choose_option, network_address, node_address, page_address
from caregraph.explorer.state.store_cache import cached_query, explain_errors, require_documents
from caregraph.explorer.state.unknown_values import show_unknown_values
from caregraph.graph.queries import authorities, evidence, overview, polarity_counts
from caregraph.graph.queries.comparison.as_at import ALL, latest_full_inspections
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.polarity_counts import Concept, PolarityCounts
from caregraph.graph.wording import sentence_case
from caregraph.ontology.iris import full_iri

ANY_YEAR = "ever"  # the choice of all years, in the address


def show_concepts() -> None:
    """Show the page."""
    wanted = st.query_params.get("concept", "")
    scheme = {concept.node.iri: concept for concept in cached_query(polarity_counts.concept_scheme)}
    chosen = scheme.get(full_iri(wanted))
    show_title(sentence_case(chosen.node.name) if chosen else "Topics")
    if not require_documents():
        return
    if chosen is None:
        markup.show_lead("What findings are about: topics of practice, from the broad to the narrow.")
    left, right = st.columns([4, 11], gap="large")
    with left:
        show_figure(concept_tree(scheme, chosen.node.iri if chosen else None), key="tree")
    with right:
        if wanted and chosen is None:
            show_unknown_values([wanted], "Choose a topic from the list.")
        else:
            _show_concept(scheme, chosen)


def narrower_concepts(scheme: Mapping[str, Concept], iri: str | None) -> list[Concept]:
    """The concepts directly under a concept, or the broadest of all, by name."""
    return [concept for concept in scheme.values() if (iri in concept.broader if iri else not concept.broader)]


def concept_tree(scheme: Mapping[str, Concept], chosen: str | None) -> Tree:
    """The scheme as nested lists; the broadest concepts are folded unless the chosen one is in them."""
    branches = []
    for top in narrower_concepts(scheme, None):
        inside = _with_narrower(scheme, top.node.iri)
        branches.append(
            tag(
                "details",
                tag("summary", sentence_case(top.node.name), tag("small", f"{len(inside) - 1}")),
                tag("ul", _tree_entry(top, chosen, words="The whole topic"), *_branch(scheme, top.node.iri, chosen)),
                open=chosen in inside,
            )
        )
    return tag("nav", *branches, class_="tree", aria_label="Topics")


def _with_narrower(scheme: Mapping[str, Concept], iri: str) -> set[str]:
    """IRIs of a concept and of all that are narrower."""
    narrower = narrower_concepts(scheme, iri)
    return {iri}.union(*(_with_narrower(scheme, concept.node.iri) for concept in narrower))


def _branch(scheme: Mapping[str, Concept], iri: str, chosen: str | None) -> list[Tree]:
    entries = []
    for concept in narrower_concepts(scheme, iri):
        below = _branch(scheme, concept.node.iri, chosen)
        entries.append(_tree_entry(concept, chosen, tag("ul", *below) if below else None))
    return entries


def _tree_entry(concept: Concept, chosen: str | None, below: Tree | None = None, *, words: str | None = None) -> Tree:
    name = page_link(
        words or sentence_case(concept.node.name),
        node_address(concept.node),
        aria_current="page" if concept.node.iri == chosen else None,
    )
    return tag("li", name, tag("small", f"{concept.findings:,}") if concept.findings else None, below)


def _show_concept(scheme: Mapping[str, Concept], chosen: Concept | None) -> None:
    below = [concept.node for concept in narrower_concepts(scheme, chosen.node.iri if chosen else None)]
    if chosen is None:
        st.header("All topics", anchor=False)
    else:
        _show_definition(scheme, chosen, below)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        region, counted, since = choose_region(), choose_counted(), _choose_first_year()
    _show_by_council(chosen.node if chosen else None, below, region, counted=counted, since=since)


def _show_definition(scheme: Mapping[str, Concept], chosen: Concept, below: Sequence[Node]) -> None:
    """Show a concept's name, definition and other names, and links to the broader ones and to its findings."""
    if chosen.definition:
        markup.show_lead(chosen.definition)
    properties = cached_query(evidence.node_properties, chosen.node)
    names = [*properties.get("aliases", []), *properties.get("acronyms", [])]
    markup.show_terms([("Other names", "; ".join(names))])
    links = [page_link("All findings on it", page_address("findings", concept=chosen.node.iri))]
    if chosen.broader:
        broader = linked_names(node_link(scheme[iri].node) for iri in chosen.broader)
        links.insert(0, tag("span", "Part of ", *broader))
    around = [chosen.node.iri, *chosen.broader, *(node.iri for node in below)]
    links.append(page_link("Show in network", network_address(around)))
    show_figure(tag("p", *links, class_="dotted"), key="links")


def _choose_first_year() -> int | None:
    """Let the reader choose the first year that is counted; None for all years."""
    coverage = cached_query(overview.coverage)
    years = [str(year) for year in range(coverage.last_year or 0, (coverage.first_year or 1) - 1, -1)]
    since = choose_option(
        st.selectbox,
        "From year",
        [ANY_YEAR, *years],
        parameter="since",
        default=ANY_YEAR,
        width=160,
        format_func=lambda year: "Any year" if year == ANY_YEAR else year,
    )
    return None if since == ANY_YEAR else int(since)


@explain_errors
def _show_by_council(
    concept: Node | None, below: Sequence[Node], region: str | None, *, counted: str, since: int | None
) -> None:
    latest = cached_query(latest_full_inspections)
    nodes = [
        council.node
        for council in cached_query(authorities.registered_authorities)
        if council.documents and (region is None or (council.region and council.region.iri == region))
    ]
    iris = [node.iri for node in nodes]
    reports = cached_query(polarity_counts.report_counts, iris, counted=counted, since=since)
    nodes = [node for node in nodes if reports.get(node.iri)]
    if not nodes:
        st.caption("There are no such reports of these years on councils of this region.")
        return
    sources = {
        node.iri: format_count(reports[node.iri], "report") if counted == ALL else as_at_label(latest.get(node.iri))
        for node in nodes
    }
    size = f"{format_count(sum(reports.values()), 'report')} on {format_count(len(nodes), 'council')}. "
    example = "A number like 12/16 means: 12 of 16 strengths, concerns and mixed findings are strengths. "
    explanation = (
        f"{counted_label(counted, [latest[iri] for iri in reports if iri in latest])} {size}"
        f"{example if below else ''}A finding may be on several topics; findings on a sub-topic are counted in "
        "its topic too. The counts say what reports wrote, not how good a council is."
    )
    with st.spinner("Counting findings"):
        if below:
            counts = cached_query(polarity_counts.counts_of_authorities, iris, counted=counted, since=since)
            with_findings = {iri for (_, iri), of_concept in counts.items() if of_concept.rated}
            columns = [node for node in ([concept] if concept else []) + list(below) if node.iri in with_findings]
            figure = heatmap(nodes, columns, counts, sources, since=since, counted=counted)
            show_packed_figure(figure, key="heat", about=explanation, numbers=True)
        elif concept:
            on_concept = cached_query(polarity_counts.counts_on_concept, concept.iri, counted=counted, since=since)
            scope = {"counted": counted, "since": since}
            rows = [
                _bar_row(node, concept, on_concept.get(node.iri, PolarityCounts()), sources[node.iri], scope)
                for node in nodes
            ]
            show_polarity_chart(f"Findings on {concept.name}", "Council", rows, key="bars", about=explanation)
    st.caption(explanation)


def _bar_row(
    authority: Node, concept: Node, counts: PolarityCounts, source: str, scope: Mapping[str, object]
) -> BarRow:
    where = {"council": authority.iri, "concept": concept.iri, **scope}
    return BarRow(
        name=tag("span", node_link(authority, authority.name), tag("small", source)),
        counts=counts,
        strengths=page_address("findings", **where, polarity="strength"),
        concerns=page_address("findings", **where, polarity="concern"),
    )
