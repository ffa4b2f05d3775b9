"""Home: search, the size of the graph, the map of England, and the latest inspections."""

from collections.abc import Iterable, Sequence

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.choices import choose_concept, choose_counted
from caregraph.explorer.evidence.missing_words import show_wordless_reports
from caregraph.explorer.figures import tile_map
from caregraph.explorer.figures.dom import Tree, node_link, page_link, show_figure, tag
from caregraph.explorer.figures.grade_mark import grade_tile
from caregraph.explorer.figures.my_council import show_my_council
from caregraph.explorer.figures.navigation import redirect
from caregraph.explorer.figures.node_sign import kind_sign
from caregraph.explorer.figures.tile_layout import region_blocks
from caregraph.explorer.figures.tile_map import TileValue
from caregraph.explorer.labels import (
    NO_DATE,
    as_at_label,
    counted_label,
    format_count,
    format_period,
    scheme_label,
    scheme_order,
)
from caregraph.explorer.pack.button import show_packed_table
from caregraph.explorer.page_shell import show_title
from caregraph.explorer.search_box import SearchHit, end_hits, find_hits, search_box
from caregraph.explorer.state.links import choose_option, node_address, page_address
from caregraph.explorer.state.store_cache import cached_query, explain_errors, require_documents
from caregraph.explorer.thing_order import suggested_things
from caregraph.graph.queries import authorities, judgements, overview, polarity_counts
from caregraph.graph.queries.authorities import RegisteredAuthority
from caregraph.graph.queries.comparison.as_at import ALL, latest_full_inspections
from caregraph.graph.queries.judgements import InspectionSummary, LatestJudgement
from caregraph.graph.wording import sentence_case
from caregraph.ontology.iris import short_iri

JUDGEMENT, MENTIONS, POLARITY = "judgement", "reach", "balance"
MAPS = {
    JUDGEMENT: "Latest judgement",
    MENTIONS: "Mentions of a service",
    POLARITY: "Strengths and concerns",
}
HITS = 8
SUGGESTIONS = 5
LATEST = 9  # inspections
FIRST_AREA = "overall"


def show_home() -> None:
    """Show the page."""
    if "nodes" in st.query_params:  # an address of the network from when it was the first page
        redirect(page_address("explore", **st.query_params.to_dict()))
    show_title("What inspectors say about children’s services")
    if not require_documents():
        return
    markup.show_lead("Every number links to the sentence in the report, with page and date.")
    show_wordless_reports("the place of each fact is shown in place of its sentence, until its report is fetched.")
    show_my_council()
    _show_search()
    _show_counts()
    left, right = st.columns([13, 5], gap="large")
    with left:
        _show_map()
    with right:
        _show_latest_inspections()


@st.fragment
@explain_errors
def _show_search() -> None:
    """Show the search box with its hits, or suggestions; typing reruns nothing else."""
    text = search_box("search everywhere")
    if not text:
        _show_suggestions()
        return
    if hits := find_hits(text, limit=HITS):
        entries = [_hit_entry(hit) for hit in hits]
        all_findings = page_link(f"All findings with “{text}”", page_address("findings", words=text))
        show_figure(tag("ul", *entries, tag("li", all_findings), class_="hits"), key="hits")
    end_hits(text)


def _hit_entry(hit: SearchHit) -> Tree:
    return tag("li", kind_sign(hit.node), page_link(hit.title, node_address(hit.node)))


def _show_suggestions() -> None:
    """Show what many councils share, and the councils with the most reports."""
    nodes = [*suggested_things()[:SUGGESTIONS], *cached_query(overview.most_reported_authorities, limit=SUGGESTIONS)]
    entries = [tag("li", node_link(node)) for node in nodes]
    show_figure(tag("ul", tag("li", "Try"), *entries, class_="begin"), key="begin")


def _show_counts() -> None:
    """Show the size of the graph in one line."""
    counts, coverage = cached_query(overview.label_counts), cached_query(overview.coverage)
    years = f"{coverage.first_year} to {coverage.last_year}" if coverage.first_year else "not given"
    rows = (
        (f"{counts['Document']:,}", "reports", "documents"),
        (f"{coverage.covered} of {coverage.authorities}", "councils covered", None),
        (years, "years of inspection", None),
        (f"{counts.get('Finding', 0):,}", "findings", "findings"),
        (f"{counts.get('Judgement', 0):,}", "judgements", None),
    )
    entries = [tag("li", tag("b", number), " ", page_link(words, address)) for number, words, address in rows]
    show_figure(tag("ul", *entries, class_="figures"), key="figures")


@st.fragment
@explain_errors
def _show_map() -> None:
    councils = cached_query(authorities.registered_authorities)
    st.header("Map of England (one tile per council)", anchor=False)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        map_kind = choose_option(
            st.segmented_control,
            "Colour by",
            list(MAPS),
            parameter="map",
            default=JUDGEMENT,
            required=True,
            format_func=MAPS.__getitem__,
        )
        choose_values = {JUDGEMENT: _choose_judgements, MENTIONS: _choose_mentions, POLARITY: _choose_polarities}
        values, explanation = choose_values[map_kind](councils)
    blocks = region_blocks(councils)
    legend = tile_map.map_legend(values[tile.council.node.iri] for block in blocks for tile in block.tiles)
    show_figure(tag("div", legend, tile_map.tile_map(blocks, values)), key="atlas")
    st.caption(explanation)
    with st.expander("Show as a table"):
        show_packed_table(
            "Councils with at least one report",
            ("Council", "Region", MAPS[map_kind]),
            (
                (tile.council.node.name, block.name, sentence_case(values[tile.council.node.iri].description))
                for block in blocks
                for tile in block.tiles
                if tile.council.documents
            ),
            about=explanation,
        )


def _choose_judgements(councils: Sequence[RegisteredAuthority]) -> tuple[dict[str, TileValue], str]:
    areas = cached_query(judgements.judged_areas)
    area = choose_option(
        st.selectbox,
        "Judgement",
        areas or [FIRST_AREA],
        parameter="area",
        default=FIRST_AREA if FIRST_AREA in areas or not areas else areas[0],
        width=300,
        format_func=lambda area: scheme_label("area", area),
    )
    latest = cached_query(judgements.latest_judgements, area)
    explanation = (
        "The latest grade in the reports read. Inspections are years apart, and frameworks changed between them: hover "
        f"over a tile, or open it, for the date. {_older_grades(latest.values())}"
        "From April 2026 there is no grade for overall effectiveness."
    )
    return tile_map.judgement_values(councils, latest, area), explanation


def _older_grades(latest: Iterable[LatestJudgement]) -> str:
    """Sentence on the grades that are not those of the latest full inspections; empty if all are."""
    older = sum(not judged.is_current for judged in latest)
    if not older:
        return ""
    which = "1 grade is only outlined: it is" if older == 1 else f"{older} grades are only outlined: they are"
    return f"{which} older than the council’s latest full inspection, which gave none for this judgement, or undated. "


def _choose_mentions(councils: Sequence[RegisteredAuthority]) -> tuple[dict[str, TileValue], str]:
    things = {shared.thing.iri: shared for shared in cached_query(overview.shared_thing_counts)}
    if not things:
        values = {council.node.iri: tile_map.UNREAD for council in councils}
        return values, "No service is mentioned in reports on two councils."
    iri = choose_option(
        st.selectbox,
        "Service, agency, programme, body or process",
        list(things),
        parameter="thing",
        text=short_iri,
        default=suggested_things()[0].iri,
        width=340,
        format_func=lambda iri: sentence_case(things[iri].thing.name),
    )
    explanation = "Not mentioned does not mean the council does not have it."
    return tile_map.mention_values(councils, cached_query(overview.authority_uses, iri)), explanation


def _choose_polarities(councils: Sequence[RegisteredAuthority]) -> tuple[dict[str, TileValue], str]:
    concept, counted = choose_concept(), choose_counted()
    latest = cached_query(latest_full_inspections)
    sources = {
        council.node.iri: format_count(council.documents, "report")
        if counted == ALL
        else as_at_label(latest.get(council.node.iri))
        for council in councils
    }
    explanation = (
        f"{counted_label(counted, latest.values())} The number on a tile is the share of strengths, in percent, among "
        "the strengths, concerns and mixed findings on the topic. It does not say how good a council is."
    )
    counts = cached_query(polarity_counts.counts_on_concept, concept.iri, counted=counted)
    return tile_map.polarity_values(councils, counts, sources), explanation


def _show_latest_inspections() -> None:
    st.header("Latest inspections", anchor=False)
    entries = [_visit_entry(visit) for visit in cached_query(judgements.inspection_summaries, limit=LATEST)]
    show_figure(tag("ul", *entries, class_="visits"), key="latest")


def _visit_entry(visit: InspectionSummary) -> Tree:
    grades = [
        tag("span", grade_tile(grade.grade), scheme_label("area", grade.area))
        for grade in sorted(visit.grades, key=lambda grade: scheme_order("area", grade.area))
    ]
    kind = scheme_label("kind", visit.kind) if visit.kind else "Inspection"
    dates = format_period(visit.started, visit.ended) or NO_DATE
    return tag(
        "li",
        node_link(visit.authority, visit.authority.name),
        tag("p", node_link(visit.document, kind) if visit.document else kind, f", {dates}"),
        tag("p", *grades, class_="grades") if grades else tag("p", "No grades in this kind of report"),
    )
