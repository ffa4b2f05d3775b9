"""Authority: what reports said of one council, when, and beside whom."""

from collections import defaultdict
from collections.abc import Sequence

import streamlit as st

from caregraph.explorer.evidence import markup, panel
from caregraph.explorer.evidence.peer_comparison import compared, comparison
from caregraph.explorer.figures.bars import Line, bars
from caregraph.explorer.figures.dom import Tree, figure, link, table, tag
from caregraph.explorer.figures.timeline import timeline
from caregraph.explorer.labels import counted, day, period, sentence_case, title, value
from caregraph.explorer.network.expansion import STEP, TIERS
from caregraph.explorer.page_shell import open_in_network
from caregraph.explorer.search_box import TELLING, sign
from caregraph.explorer.state.links import address, address_of, choose
from caregraph.explorer.state.store_cache import guarded, has_documents, kept
from caregraph.graph.queries import authorities, evidence, judgements, neighbourhood, polarity_counts
from caregraph.graph.queries.authorities import AuthoritySummary, RegisteredAuthority, ThingUse
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.polarity_counts import PolarityCounts
from caregraph.ontology.iris import full_iri

OVERVIEW, SERVICES, PEOPLE, DOCUMENTS, COMPARE = "overview", "services", "people", "documents", "compare"
VIEWS = {
    OVERVIEW: "Judgements and findings",
    SERVICES: "Services",
    PEOPLE: "People",
    DOCUMENTS: "Documents",
    COMPARE: "Compare",
}
BROAD, FULL = "broad", "full"


def authority() -> None:
    wanted = st.query_params.get("council")
    found = kept(authorities.authority_summary, full_iri(wanted)) if wanted else None
    st.title(found.node.name if found else "Councils", anchor=False)
    if not has_documents():
        return
    if wanted and found is None:
        st.info("No council of the register has this address. Choose one below.", icon=":material/info:")
    if found is None:
        _register(kept(authorities.registered_authorities))
        return
    _who(found)
    view = choose(
        st.segmented_control,
        "Show",
        list(VIEWS),
        name="view",
        default=OVERVIEW,
        required=True,
        label_visibility="collapsed",
        format_func=VIEWS.__getitem__,
    )
    if not kept(authorities.report_summaries, found.node.iri):
        st.info("No report on this council was read. What is shown comes from the register.", icon=":material/info:")
    {OVERVIEW: _overview, SERVICES: _services, PEOPLE: _people, DOCUMENTS: _documents, COMPARE: comparison}[view](found)


def _register(found: Sequence[RegisteredAuthority]) -> None:
    """Every council by region, those with reports first to be seen."""
    markup.lead("Every council of the register by region, with the number of its documents that were read.")
    regions: dict[str, list[RegisteredAuthority]] = defaultdict(list)
    for council in found:
        regions[council.region.name if council.region else "Elsewhere"].append(council)
    blocks = [
        tag("section", tag("h3", name), tag("ul", *map(_named, regions[name])), class_="region")
        for name in sorted(regions, key=lambda name: (-sum(one.documents for one in regions[name]), name))
    ]
    figure(tag("div", *blocks, class_="regions"), key="register")


def _named(council: RegisteredAuthority) -> Tree:
    former = f", until {council.ended[:4]}" if council.ended else ""
    return tag(
        "li",
        link(council.node.name, address_of(council.node)),
        tag("small", f"{council.documents or 'none'}{former}"),
        class_=None if council.documents else "faint",
    )


def _who(found: AuthoritySummary) -> None:
    reports = kept(authorities.report_summaries, found.node.iri)
    years = sorted({when[:4] for one in reports if (when := one.started or one.published)})
    read = counted(len(reports), "document") + " read"
    if years:
        read += f", {years[0]} to {years[-1]}" if len(years) > 1 else f", {years[0]}"
    parts: list[Tree] = [tag("span", read)]
    if found.region:
        parts.insert(0, link(found.region.name, address("shared", region=found.region.iri)))
    if found.ended:
        parts.append(tag("span", f"a council until {day(found.ended)}"))
    for words, others in (("after", found.predecessors), ("succeeded by", found.successors)):
        if others:
            parts.append(tag("span", f"{words} ", *_listed(others)))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="who"):
        figure(tag("p", *parts, class_="dotted"), key="about")
        shown = st.button("Show in network", icon=":material/hub:", type="tertiary")
    if shown:
        around = kept(neighbourhood.neighbours, found.node.iri, limit=STEP, tiers=TIERS)
        open_in_network([found.node.iri, *(node.iri for node in around.nodes)], selected=found.node.iri)


def _listed(nodes: Sequence[Node]) -> list[Tree]:
    parts: list[Tree] = []
    for number, node in enumerate(nodes):
        parts += [", "] if number else []
        parts.append(link(node.name, address_of(node)))
    return parts


def _overview(found: AuthoritySummary) -> None:
    _judgements(found)
    _findings(found)


@guarded
def _judgements(found: AuthoritySummary) -> None:
    st.subheader("Judgements through time", anchor=False)
    visits = kept(judgements.inspection_summaries, authority=found.node.iri)
    if not any(visit.grades for visit in visits):
        st.caption("No report read here gives this council a grade.")
    else:
        here = st.query_params.to_dict()
        figure(timeline(visits, lambda iri: address("authority", **{**here, "judgement": iri})), key="timeline")
        st.caption(
            "A line between two inspections says that the framework changed: grades on its two sides are not on one "
            "scale. Choose a grade to read the words that give it."
        )
    wanted = st.query_params.get("judgement")
    for node in kept(neighbourhood.nodes, [full_iri(wanted)]) if wanted else []:
        total = kept(evidence.evidence_counts, node).get("judgements", 0)
        panel.places(node, "judgements", total, key="judgement")


@guarded
def _findings(found: AuthoritySummary) -> None:
    st.subheader("Strengths and concerns by concept", anchor=False)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        detail = choose(
            st.segmented_control,
            "Concepts",
            [BROAD, FULL],
            name="concepts",
            default=BROAD,
            required=True,
            format_func={BROAD: "Broad", FULL: "In full"}.__getitem__,
        )
        peers = compared(found)
    own = kept(polarity_counts.counts_of_authorities, [found.node.iri])
    peer_iris = [node.iri for node in peers.councils]
    others = kept(polarity_counts.counts_of_authorities, peer_iris) if peer_iris else {}
    concepts = [one for one in kept(polarity_counts.concept_scheme) if (found.node.iri, one.node.iri) in own]
    chosen = [one for one in concepts if (not one.broader if detail == BROAD else one.findings)]
    lines = []
    for one in chosen:
        iri = one.node.iri
        lines.append(
            Line(
                name=link(sentence_case(one.node.name), address("concepts", concept=iri)),
                balance=own[found.node.iri, iri],
                strengths=address("findings", council=found.node.iri, concept=iri, polarity="strength"),
                concerns=address("findings", council=found.node.iri, concept=iri, polarity="concern"),
                peers=sum((others.get((node.iri, iri), PolarityCounts()) for node in peers.councils), PolarityCounts())
                if peers.councils
                else None,
            )
        )
    if not lines:
        st.caption("No finding in a report on this council was read as one on a concept.")
        return
    lines.sort(key=lambda line: -line.balance.rated)
    figure(bars("Findings by concept, most written about first", "Concept", lines, peers=peers.name), key="balance")
    st.caption(
        "Counts of findings in all reports read, over all years; one on a part counts for the whole. They say how much "
        "reports wrote, not how good a council is." + (f" {peers.said}" if peers.said else "")
    )


@guarded
def _services(found: AuthoritySummary) -> None:
    things = sorted(kept(authorities.thing_uses, found.node.iri), key=lambda one: TELLING.index(one.thing.label))
    shared = [one for one in things if one.naming_reports and not one.own and one.users > 1]
    own = [one for one in things if one.naming_reports and (one.own or one.users <= 1)]
    silent = [one for one in things if not one.naming_reports and one.listed]
    for heading, rows, said in (
        ("Shared with other councils", shared, "Reports on other councils name the same thing."),
        ("Its own", own, "Named in reports on this council only; a name alike elsewhere is another thing."),
        ("Listed, not named", silent, "The register of services says that these serve it; no report read names them."),
    ):
        st.subheader(f"{heading} ({len(rows)})", anchor=False)
        st.caption(said)
        if rows:
            figure(_things(heading, rows, found), key=f"things {heading}")


def _things(caption: str, rows: Sequence[ThingUse], found: AuthoritySummary) -> Tree:
    head = ("Name", "Kind", "Reports", "Strengths", "Concerns", "Councils")
    body = (
        (
            link(sentence_case(one.thing.name), address_of(one.thing)),
            sign(one.thing),
            f"{one.naming_reports:,}",
            _counted(one.strengths, "strength", one, found),
            _counted(one.concerns, "concern", one, found),
            f"{one.users:,}",
        )
        for one in rows
    )
    return table(caption, head, body, class_="tall" if len(rows) > 12 else "")


def _counted(number: int, polarity: str, one: ThingUse, found: AuthoritySummary) -> Tree:
    target = address("findings", council=found.node.iri, thing=one.thing.iri, polarity=polarity)
    return link(f"{number:,}", target if number else None)


@guarded
def _people(found: AuthoritySummary) -> None:
    st.subheader("Named in post", anchor=False)
    st.caption("As the report of that time names them. Nobody is said to hold a post now.")
    posts = kept(authorities.posts, found.node.iri)
    if not posts:
        st.caption("No report read names a leader of this council.")
        return
    head = ("Name", "Role in the report", "Inspected or published", "Document")
    body = (
        (
            link(post.person.name, address_of(post.person)),
            sentence_case(value("role", post.role)),
            day(post.day) or "no date",
            link(title(post.document), address_of(post.document)),
        )
        for post in posts
    )
    figure(table("People that reports name in a post", head, body), key="people")


@guarded
def _documents(found: AuthoritySummary) -> None:
    st.subheader("Documents read", anchor=False)
    head = ("Document", "Kind", "Inspected", "Published", "Pages", "Findings")
    body = (
        (
            link(sentence_case(one.node.name), address_of(one.node)),
            value("kind", one.kind) if one.kind else "",
            period(one.started, one.ended) or "",
            day(one.published) or "",
            str(one.pages or ""),
            link(f"{one.findings:,}", address("findings", document=one.node.iri) if one.findings else None),
        )
        for one in kept(authorities.report_summaries, found.node.iri)
    )
    figure(table("Documents on this council, the latest first", head, body), key="reports")
