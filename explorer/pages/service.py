"""Service: one agency, service, programme, body or process: whom it is said to serve, who names it, who is silent."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import streamlit as st

from caregraph.explorer.evidence import markup, panel
from caregraph.explorer.figures.dom import Tree, figure, link, table, tag
from caregraph.explorer.figures.membership_marks import EXPECTED, NAMED, SILENT, UNLISTED, has_list, key, mark, state
from caregraph.explorer.labels import counted, kind_of, sentence_case, value
from caregraph.explorer.network.expansion import STEP, TIERS
from caregraph.explorer.page_shell import open_in_network
from caregraph.explorer.search_box import telling
from caregraph.explorer.state.links import address, address_of, choose
from caregraph.explorer.state.store_cache import guarded, has_documents, kept
from caregraph.graph.queries import evidence, neighbourhood, overview, polarity_counts
from caregraph.graph.queries.evidence import AgencyMembership
from caregraph.graph.queries.nodes import NAMED_THING_LABELS, Node
from caregraph.graph.queries.overview import AuthorityUse
from caregraph.graph.queries.polarity_counts import PolarityCounts
from caregraph.ontology.iris import full_iri, short_iri

CONCEPTS = 12  # shown of those that a thing is spoken of with
FACTS = {
    "definition": "What it is",
    "scope": "Reach",
    "acronyms": "Short forms",
    "aliases": "Other names",
    "note": "Note",
}


def service() -> None:
    wanted = st.query_params.get("thing")
    nodes = kept(neighbourhood.nodes, [full_iri(wanted)]) if wanted else []
    found = [node for node in nodes if node.label in NAMED_THING_LABELS]
    st.title(sentence_case(found[0].name) if found else "Services", anchor=False)
    if not has_documents():
        return
    if not found:
        _choose(missing=bool(wanted))
        return
    thing = found[0]
    _about(thing)
    reaches = kept(overview.authority_uses, thing.iri)
    if not reaches:
        st.info("No report names it, and no list says whom it serves.", icon=":material/info:")
        return
    _members(thing, reaches)
    _denied(thing)
    if any(reach.strengths or reach.concerns for reach in reaches):
        _agreement(thing, reaches)
        _evidence(thing, reaches)


def _choose(*, missing: bool) -> None:
    if missing:
        st.info("The graph has no service with this address. Begin with one of these.", icon=":material/info:")
    entries = [tag("li", link(sentence_case(node.name), address_of(node))) for node in telling()]
    figure(tag("ul", *entries, class_="begin"), key="things")


def _about(thing: Node) -> None:
    known = kept(evidence.node_properties, thing)
    markup.kind_sign(thing)
    said = {
        words: "; ".join(known[key]) if isinstance(known[key], list) else str(known[key])
        for key, words in FACTS.items()
        if known.get(key)
    }
    if known.get("scope"):
        said[FACTS["scope"]] = value("scope", known["scope"])
    markup.facts(said.items())
    ways = link("All findings that name it", address("findings", thing=thing.iri))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="ways-service"):
        figure(tag("p", ways, class_="dotted"), key="ways on")
        shown = st.button("Show in network", icon=":material/hub:", type="tertiary")
    if shown:
        around = kept(neighbourhood.neighbours, thing.iri, limit=STEP, tiers=TIERS)
        open_in_network([thing.iri, *(node.iri for node in around.nodes)], selected=thing.iri)


def _members(thing: Node, reaches: Sequence[AuthorityUse]) -> None:
    """Each council it has to do with: what a list says, and what reports say."""
    st.subheader("Councils", anchor=False)
    groups: dict[str, list[AuthorityUse]] = defaultdict(list)
    for reach in reaches:
        groups[state(reach, listed=has_list(reaches))].append(reach)
    listed = {one.authority.iri: one for one in reversed(kept(evidence.agency_memberships, thing))}
    order = [one for one in (NAMED, UNLISTED, SILENT, EXPECTED) if groups[one]]
    head = ("Council", "", "Reports that name it", "Strengths", "Concerns", "Listed as", "Who says so")
    body = [
        _member(thing, reach, listed.get(reach.authority.iri), kind)
        for kind in order
        for reach in sorted(groups[kind], key=lambda reach: (-reach.naming_reports, reach.authority.name))
    ]
    rows = table("Councils by what reports and lists say", head, body, class_="tall" if len(body) > 14 else "")
    figure(tag("div", key({kind: len(groups[kind]) for kind in order}), rows), key="members")
    st.caption("Silence of a report is not absence of the service. Lists are the register’s, each with its source.")


def _member(thing: Node, reach: AuthorityUse, listed: AgencyMembership | None, kind: str) -> list[Tree]:
    here = {"thing": thing.iri, "council": reach.authority.iri}
    standing = value("standing", listed.standing) if listed and listed.standing else ""
    return [
        link(reach.authority.name, address_of(reach.authority)),
        mark(kind),
        f"{reach.naming_reports} of {reach.documents}",
        link(str(reach.strengths), address("findings", **here, polarity="strength") if reach.strengths else None),
        link(str(reach.concerns), address("findings", **here, polarity="concern") if reach.concerns else None),
        " and ".join(filter(None, ("host" if reach.hosts else "", "member" if reach.member else ""))),
        ", ".join(filter(None, (standing, (listed.source or "") if listed else ""))),
    ]


@guarded
def _denied(thing: Node) -> None:
    """Reports that say otherwise than the list."""
    found = kept(evidence.contradicting_evidence, thing)
    if found:
        st.subheader("Reports that say otherwise than the list", anchor=False)
        st.caption("They say that a council has left, or name another in its place. Lists and reports have dates.")
    for number, one in enumerate(found):
        panel.proof(one, heading=False, key=f"denied-{number}")


@guarded
def _agreement(thing: Node, reaches: Sequence[AuthorityUse]) -> None:
    """Concept by concept, where reports on several councils say the same, and where they differ."""
    councils = {reach.authority.iri: reach.authority for reach in reaches}
    concepts = {one.node.iri: one.node for one in kept(polarity_counts.concept_scheme)}
    found: dict[str, dict[str, PolarityCounts]] = defaultdict(dict)
    for (council, concept), balance in kept(polarity_counts.counts_on_thing, thing.iri).items():
        if balance.strengths or balance.concerns:
            found[concept][council] = balance
    several = sorted((iri for iri in found if len(found[iri]) > 1), key=lambda iri: (-len(found[iri]), iri))
    if not several:
        return
    st.subheader("Where reports agree, and where they differ", anchor=False)
    body = (
        (
            link(sentence_case(concepts[iri].name), address("findings", thing=thing.iri, concept=iri)),
            verdict(found[iri]),
            _said(thing, iri, "strength", [councils[one] for one in found[iri] if found[iri][one].strengths]),
            _said(thing, iri, "concern", [councils[one] for one in found[iri] if found[iri][one].concerns]),
        )
        for iri in several[:CONCEPTS]
    )
    head = ("Concept", "", "▲ Strengths in reports on", "▼ Concerns in reports on")
    figure(table("Concepts that reports on several councils speak of with it", head, body), key="agreement")
    st.caption(
        "Reports were written in different years and looked at different things: "
        "where they differ is where to begin reading."
    )


def verdict(found: Mapping[str, PolarityCounts]) -> str:
    """Whether what is said on several councils goes one way.

    >>> verdict({"a": PolarityCounts(2), "b": PolarityCounts(1)})
    'agree'
    >>> verdict({"a": PolarityCounts(2), "b": PolarityCounts(0, 1)})
    'differ'
    """
    praised = {council for council, balance in found.items() if balance.strengths}
    questioned = {council for council, balance in found.items() if balance.concerns}
    return "agree" if not praised or not questioned else "differ"


def _said(thing: Node, concept: str, polarity: str, councils: Sequence[Node]) -> Tree:
    parts: list[Tree] = []
    for number, council in enumerate(sorted(councils, key=lambda node: node.name)):
        target = address("findings", thing=thing.iri, concept=concept, council=council.iri, polarity=polarity)
        parts += [", "] if number else []
        parts.append(link(council.name, target))
    return tag("span", *parts)


@st.fragment
@guarded
def _evidence(thing: Node, reaches: Sequence[AuthorityUse]) -> None:
    st.subheader(f"What reports say of this {kind_of(thing.label)}", anchor=False)
    named = {reach.authority.iri: reach.authority.name for reach in reaches if reach.naming_reports}
    council = choose(
        st.selectbox,
        "In reports on",
        ["", *named],
        name="council",
        default="",
        text=short_iri,
        width=300,
        format_func=lambda iri: named.get(iri, f"any of {counted(len(named), 'council')}"),
    )
    total = kept(evidence.evidence_counts, thing, authority=council or None).get("findings", 0)
    panel.places(thing, "findings", total, key=f"service-{thing.iri}-{council}", council=council or None)
