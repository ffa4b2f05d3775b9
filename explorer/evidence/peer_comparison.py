"""Whom a council is compared with, and their latest judgements beside its own."""

from dataclasses import dataclass

import streamlit as st

from caregraph.explorer.figures.bars import Line, bars
from caregraph.explorer.figures.dom import figure, link, table, tag
from caregraph.explorer.figures.timeline import key, link_to_grade
from caregraph.explorer.labels import counted, sentence_case, value
from caregraph.explorer.network.node_style import area_order
from caregraph.explorer.state.links import address, address_of, choose
from caregraph.explorer.state.store_cache import guarded, kept
from caregraph.graph.queries import authorities, judgements, polarity_counts
from caregraph.graph.queries.authorities import AuthoritySummary
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.polarity_counts import PolarityCounts
from caregraph.ontology.iris import full_iri, short_iri

NOBODY, NEIGHBOURS, REGION, CHOSEN = "nobody", "neighbours", "region", "chosen"
WAYS = {NOBODY: "Nobody", NEIGHBOURS: "Statistical neighbours", REGION: "Its region", CHOSEN: "Chosen councils"}
FIRST_CONCEPT = "https://w3id.org/caregraph/id/concept/help-and-protection"


@dataclass(frozen=True, slots=True)
class Peers:
    """Those compared with that reports were read on, what they are called, and a sentence about how many they are."""

    councils: tuple[Node, ...] = ()
    name: str | None = None
    said: str = ""


def compared(found: AuthoritySummary, *, first: str = NOBODY) -> Peers:
    """The councils that the reader chose to compare with.

    Args:
        first: whom it is before anything was chosen.
    """
    way = choose(
        st.segmented_control,
        "Compare with",
        [way for way in WAYS if first == NOBODY or way != NOBODY],
        name="compare",
        default=first,
        required=True,
        format_func=WAYS.__getitem__,
    )
    if way == NOBODY:
        return Peers()
    asked = {NEIGHBOURS: found.neighbours, REGION: found.same_region}.get(way) or ()
    if way == CHOSEN:
        asked = _chosen(found)
    read = kept(authorities.authorities_with_reports, [node.iri for node in asked])
    peers = tuple(node for node in asked if node.iri in read)
    said = f"Compared with {len(peers)} of {counted(len(asked), 'council')}: those that a report was read on."
    return Peers(peers, {NEIGHBOURS: "statistical neighbours", REGION: "its region"}.get(way, "those chosen"), said)


def _chosen(found: AuthoritySummary) -> tuple[Node, ...]:
    everyone = {
        one.node.iri: one.node
        for one in kept(authorities.registered_authorities)
        if one.documents and one.node.iri != found.node.iri
    }
    given = [full_iri(part) for part in st.query_params.get("with", "").split(",") if full_iri(part) in everyone]
    st.session_state["with chosen"] = given

    def write() -> None:
        st.query_params["with"] = ",".join(map(short_iri, st.session_state["with chosen"]))

    picked = st.multiselect(
        "Councils",
        list(everyone),
        key="with chosen",
        on_change=write,
        placeholder="Choose councils to compare with",
        format_func=lambda iri: everyone[iri].name,
        width=420,
    )
    return tuple(everyone[iri] for iri in picked)


@guarded
def comparison(found: AuthoritySummary) -> None:
    """A council beside others: latest grades, and findings on one concept."""
    peers = compared(found, first=NEIGHBOURS)
    if not peers.councils:
        st.caption("None of these has a report that was read." if not peers.said else peers.said)
        return
    everyone = (found.node, *peers.councils)
    _grades(everyone)
    _concept(everyone)
    st.caption(peers.said)


def _grades(everyone: tuple[Node, ...]) -> None:
    st.subheader("Latest judgements", anchor=False)
    latest = kept(judgements.latest_judgements_of, [node.iri for node in everyone])
    areas = sorted({area for _, area in latest}, key=area_order)
    body = []
    for node in everyone:
        row = [link(node.name, address_of(node))]
        for area in areas:
            one = latest.get((node.iri, area))
            proof = address("authority", council=node.iri, judgement=one.judgement) if one else None
            year = one.started[:4] if one and one.started else "no date"
            row.append(link_to_grade(one.grade, proof, words=year) if one else "")
        body.append(row)
    head = ("Council", *(value("area", area) for area in areas))
    grades = table("The latest grade for each area, with the year of its inspection", head, body, class_="grid")
    figure(tag("div", grades, key(one.grade for one in latest.values())), key="peers-grades")
    st.caption("Years and frameworks differ: grades that are years apart compare little.")


def _concept(everyone: tuple[Node, ...]) -> None:
    st.subheader("Findings on a concept", anchor=False)
    concepts = {one.node.iri: sentence_case(one.node.name) for one in kept(polarity_counts.concept_scheme)}
    iri = choose(
        st.selectbox,
        "Concept",
        list(concepts),
        name="concept",
        text=short_iri,
        default=FIRST_CONCEPT if FIRST_CONCEPT in concepts else next(iter(concepts)),
        width=340,
        format_func=lambda one: concepts.get(one, one),
    )
    own = kept(polarity_counts.counts_of_authorities, [node.iri for node in everyone])
    lines = [
        Line(
            name=link(node.name, address_of(node)),
            balance=own.get((node.iri, iri), PolarityCounts()),
            strengths=address("findings", council=node.iri, concept=iri, polarity="strength"),
            concerns=address("findings", council=node.iri, concept=iri, polarity="concern"),
        )
        for node in everyone
    ]
    figure(bars(f"Findings on {concepts[iri]}", "Council", lines), key="peers-bars")
