"""Choices that several pages offer, each kept in the page's address: a region, a topic, the reports counted."""

from collections.abc import Sequence

import streamlit as st

from caregraph.explorer.labels import scheme_label
from caregraph.explorer.state.links import choose_option
from caregraph.explorer.state.store_cache import cached_query
from caregraph.graph.queries import neighbourhood, overview, polarity_counts
from caregraph.graph.queries.comparison.as_at import COUNTED, LATEST
from caregraph.graph.queries.comparison.sub_regions import SubRegion, sub_regions
from caregraph.graph.queries.nodes import Node
from caregraph.graph.wording import sentence_case
from caregraph.ontology.iris import full_iri, short_iri

EVERYWHERE = "everywhere"  # the choice of all regions, in the address
SUB_REGION, WHOLE = "part", "all"  # the parameter of a part of a region, and the choice of all of it
FIRST_CONCEPT = Node("https://w3id.org/caregraph/id/concept/help-and-protection", "help and protection", "Concept")


def choose_region(*, clears: Sequence[str] = ()) -> str | None:
    """Let the reader choose a region, at first the one with the most councils; return its IRI, or None for all.

    Args:
        clears: parameters of the address that mean nothing in another region.
    """
    regions = {node.iri: node.name for node in cached_query(overview.covered_regions)}
    wanted = full_iri(st.query_params.get("region", ""))
    for node in cached_query(neighbourhood.nodes, [wanted]) if wanted not in regions else []:
        if node.label == "Region":  # one without reports
            regions[node.iri] = node.name
    region = choose_option(
        st.selectbox,
        "Region",
        [*regions, EVERYWHERE],
        parameter="region",
        default=next(iter(regions), EVERYWHERE),
        text=short_iri,
        clears=clears,
        width=260,
        format_func=lambda iri: regions.get(iri, "All regions"),
    )
    return None if region == EVERYWHERE else region


def choose_sub_region(region: str | None) -> SubRegion | None:
    """Let the reader choose a part of a region, where published lists make any; return None for all of it."""
    parts = {part.thing.iri: part for part in cached_query(sub_regions, region)} if region else {}
    if not parts and SUB_REGION not in st.query_params:
        return None
    chosen = choose_option(
        st.selectbox,
        "Part of the region",
        [WHOLE, *parts],
        parameter=SUB_REGION,
        default=WHOLE,
        text=short_iri,
        width=340,
        help="The councils that one regional agency serves, by a published list",
        format_func=lambda iri: "All of it" if iri == WHOLE else sentence_case(parts[iri].thing.name),
    )
    return parts.get(chosen)


def choose_concept() -> Node:
    """Let the reader choose a concept; return its node."""
    concepts = {concept.node.iri: concept.node for concept in cached_query(polarity_counts.concept_scheme)}
    concepts = concepts or {FIRST_CONCEPT.iri: FIRST_CONCEPT}
    iri = choose_option(
        st.selectbox,
        "Topic",
        list(concepts),
        parameter="concept",
        text=short_iri,
        default=FIRST_CONCEPT.iri if FIRST_CONCEPT.iri in concepts else next(iter(concepts)),
        width=340,
        format_func=lambda iri: sentence_case(concepts[iri].name),
    )
    return concepts[iri]


def choose_counted() -> str:
    """Let the reader choose the reports that a comparison counts, one of `as_at.COUNTED`."""
    counted: str = choose_option(
        st.segmented_control,
        "Count",
        list(COUNTED),
        parameter="counted",
        default=LATEST,
        required=True,
        format_func=lambda counted: sentence_case(scheme_label("counted", counted)),
    )
    return counted
