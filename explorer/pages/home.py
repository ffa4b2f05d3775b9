"""Home: search, what is in the graph, the map of England, and the newest inspections."""

from collections.abc import Sequence

import streamlit as st

from caregraph.explorer.evidence import markup
from caregraph.explorer.figures import tile_map
from caregraph.explorer.figures.dom import Tree, figure, link, tag
from caregraph.explorer.figures.tile_layout import blocks
from caregraph.explorer.labels import counted, period, sentence_case, value
from caregraph.explorer.network.node_style import GRADES, area_order
from caregraph.explorer.search_box import searching, telling
from caregraph.explorer.state.links import address, address_of, choose, follow
from caregraph.explorer.state.store_cache import guarded, has_documents, kept
from caregraph.graph.queries import authorities, judgements, overview, polarity_counts
from caregraph.graph.queries.authorities import RegisteredAuthority
from caregraph.graph.queries.judgements import InspectionSummary
from caregraph.ontology.iris import short_iri

JUDGEMENT, REACH, BALANCE = "judgement", "reach", "balance"
WAYS = {
    JUDGEMENT: "Latest judgement",
    REACH: "Where a service is named",
    BALANCE: "Strengths and concerns",
}
NEWEST = 9
FIRST_AREA = "overall"
FIRST_CONCEPT = "https://w3id.org/caregraph/id/concept/help-and-protection"


def home() -> None:
    if "nodes" in st.query_params:  # an address of the network from when it was the first page
        follow(address("explore", **st.query_params.to_dict()))
    st.title("What inspectors say about children’s services", anchor=False)
    if not has_documents():
        return
    markup.lead("Every figure here leads to the sentence that it was read from, on its page, with its date.")
    searching()
    _figures()
    left, right = st.columns([13, 5], gap="large")
    with left:
        _map()
    with right:
        _newest()


def _figures() -> None:
    """How much there is, in one line."""
    counts, coverage = kept(overview.label_counts), kept(overview.coverage)
    years = f"{coverage.first_year} to {coverage.last_year}" if coverage.first_year else "not given"
    rows = (
        (f"{counts['Document']:,}", "documents read", "documents"),
        (f"{coverage.covered} of {coverage.authorities}", "councils reported on", None),
        (years, "years of inspection", None),
        (f"{counts.get('Finding', 0):,}", "findings", "findings"),
        (f"{counts.get('Judgement', 0):,}", "judgements", None),
    )
    cells = [tag("li", tag("b", figure_), " ", link(words, to)) for figure_, words, to in rows]
    figure(tag("ul", *cells, class_="figures"), key="figures")


@st.fragment
@guarded
def _map() -> None:
    found = kept(authorities.registered_authorities)
    st.subheader("England, a tile for each council", anchor=False)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        way = choose(
            st.segmented_control,
            "Coloured by",
            list(WAYS),
            name="map",
            default=JUDGEMENT,
            required=True,
            format_func=WAYS.__getitem__,
        )
        shades, explained = {JUDGEMENT: _judged, REACH: _reached, BALANCE: _balanced}[way](found)
    placed = blocks(found)
    tiles = [tile for block in placed for tile in block.tiles]
    shown = [shades[tile.council.node.iri] for tile in tiles]
    figure(tag("div", tile_map.legend(shown), tile_map.atlas(placed, shades)), key="atlas")
    st.caption(explained)
    with st.expander("The same as a table"):
        markup.table(
            "Councils with at least one report read",
            ("Council", "Region", "What is shown"),
            (
                (tile.council.node.name, block.name, sentence_case(shades[tile.council.node.iri].said))
                for block in placed
                for tile in block.tiles
                if tile.council.documents
            ),
        )


def _judged(found: Sequence[RegisteredAuthority]) -> tuple[dict[str, tile_map.Shade], str]:
    areas = kept(judgements.judged_areas)
    area = choose(
        st.selectbox,
        "Area",
        areas or [FIRST_AREA],
        name="area",
        default=FIRST_AREA if FIRST_AREA in areas or not areas else areas[0],
        width=300,
        format_func=lambda one: value("area", one),
    )
    said = (
        "The latest grade that a report read here gives. Inspections are years apart and frameworks changed between "
        "them: hover or open a tile for the date. From April 2026 there is no grade for overall effectiveness."
    )
    return tile_map.by_judgement(found, kept(judgements.latest_judgements, area), area), said


def _reached(found: Sequence[RegisteredAuthority]) -> tuple[dict[str, tile_map.Shade], str]:
    shared = {one.thing.iri: one for one in kept(overview.shared_thing_counts)}
    if not shared:
        return {one.node.iri: tile_map.UNREAD for one in found}, "No report names anything that another names, too."
    iri = choose(
        st.selectbox,
        "Service, agency, programme, body or process",
        list(shared),
        name="thing",
        text=short_iri,
        default=next(iter(telling())).iri,
        width=340,
        format_func=lambda one: f"{sentence_case(shared[one].thing.name)} ({counted(shared[one].users, 'council')})",
    )
    said = "That no report names it does not mean that a council does not have it."
    return tile_map.by_reach(found, kept(overview.authority_uses, iri)), said


def _balanced(found: Sequence[RegisteredAuthority]) -> tuple[dict[str, tile_map.Shade], str]:
    concepts = {one.node.iri: sentence_case(one.node.name) for one in kept(polarity_counts.concept_scheme)}
    iri = choose(
        st.selectbox,
        "Concept",
        list(concepts) or [FIRST_CONCEPT],
        name="concept",
        text=short_iri,
        default=FIRST_CONCEPT if FIRST_CONCEPT in concepts else next(iter(concepts), FIRST_CONCEPT),
        width=340,
        format_func=lambda one: concepts.get(one, one),
    )
    said = (
        "The number on a tile is the share of strengths, in percent, among the findings on the concept that value "
        "something. It says what reports wrote over the years, not how good a council is."
    )
    return tile_map.by_balance(found, kept(polarity_counts.counts_on_concept, iri)), said


def _newest() -> None:
    st.subheader("Newest inspections", anchor=False)
    entries = [_entry(visit) for visit in kept(judgements.inspection_summaries, limit=NEWEST)]
    figure(tag("ul", *entries, class_="visits"), key="newest")


def _entry(visit: InspectionSummary) -> Tree:
    when = period(visit.started, visit.ended) or "no date given"
    grades = [
        tag("span", tag("i", GRADES.get(one.grade, "?"), class_=f"tile grade-{one.grade}"), value("area", one.area))
        for one in sorted(visit.grades, key=lambda one: area_order(one.area))
    ]
    kind = value("kind", visit.kind) if visit.kind else "Inspection"
    return tag(
        "li",
        link(visit.authority.name, address_of(visit.authority)),
        tag("p", link(kind, address_of(visit.document)) if visit.document else kind, f", {when}"),
        tag("p", *grades, class_="grades") if grades else tag("p", "No grades in this kind of report"),
    )
