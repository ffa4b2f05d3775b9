"""Concepts: the scheme as a tree, and what reports find on each, council by council."""

from collections.abc import Mapping, Sequence

import streamlit as st

from caregraph.explorer.evidence import markup
from caregraph.explorer.figures.bars import Line, bars
from caregraph.explorer.figures.dom import Tree, figure, link, tag
from caregraph.explorer.figures.heatmap import heatmap
from caregraph.explorer.labels import counted, sentence_case
from caregraph.explorer.page_shell import open_in_network
from caregraph.explorer.state.links import address, address_of, choose
from caregraph.explorer.state.store_cache import guarded, has_documents, kept
from caregraph.graph.queries import authorities, evidence, overview, polarity_counts
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.polarity_counts import Concept, PolarityCounts
from caregraph.ontology.iris import full_iri, short_iri

EVERYWHERE = "everywhere"
EVER = "ever"


def concepts() -> None:
    st.title("Concepts", anchor=False)
    if not has_documents():
        return
    scheme = {one.node.iri: one for one in kept(polarity_counts.concept_scheme)}
    wanted = full_iri(st.query_params.get("concept", ""))
    chosen = scheme.get(wanted)
    markup.lead("What findings are about: a scheme of practice concepts, from the broad to the narrow.")
    left, right = st.columns([4, 11], gap="large")
    with left:
        figure(tree(scheme, chosen.node.iri if chosen else None), key="tree")
    with right:
        _concept(scheme, chosen)


def narrower(scheme: Mapping[str, Concept], iri: str | None) -> list[Concept]:
    """The concepts right under one, or the broadest of all, by name."""
    return [one for one in scheme.values() if (iri in one.broader if iri else not one.broader)]


def tree(scheme: Mapping[str, Concept], chosen: str | None) -> Tree:
    """The scheme as lists in lists; the broadest are folded unless the chosen one is in them."""
    tops = []
    for top in narrower(scheme, None):
        inside = _inside(scheme, top.node.iri)
        tops.append(
            tag(
                "details",
                tag("summary", sentence_case(top.node.name), tag("small", f"{len(inside) - 1}")),
                tag("ul", _entry(top, chosen, words="All of it"), *_branch(scheme, top.node.iri, chosen)),
                open=chosen in inside,
            )
        )
    return tag("nav", *tops, class_="tree", aria_label="Concepts")


def _inside(scheme: Mapping[str, Concept], iri: str) -> set[str]:
    """A concept and all that is narrower."""
    return {iri}.union(*(_inside(scheme, one.node.iri) for one in narrower(scheme, iri)))


def _branch(scheme: Mapping[str, Concept], iri: str, chosen: str | None) -> list[Tree]:
    entries = []
    for one in narrower(scheme, iri):
        below = _branch(scheme, one.node.iri, chosen)
        entries.append(_entry(one, chosen, tag("ul", *below) if below else None))
    return entries


def _entry(one: Concept, chosen: str | None, below: Tree | None = None, *, words: str | None = None) -> Tree:
    here = one.node.iri == chosen
    name = link(words or sentence_case(one.node.name), address_of(one.node), aria_current="page" if here else None)
    return tag("li", name, tag("small", f"{one.findings:,}") if one.findings else None, below)


def _concept(scheme: Mapping[str, Concept], chosen: Concept | None) -> None:
    below = [one.node for one in narrower(scheme, chosen.node.iri if chosen else None)]
    if chosen is None:
        st.subheader("The broadest concepts", anchor=False)
    else:
        _about(scheme, chosen, below)
    region, since = _where()
    _by_council(chosen.node if chosen else None, below, region, since)


def _about(scheme: Mapping[str, Concept], chosen: Concept, below: Sequence[Node]) -> None:
    st.subheader(sentence_case(chosen.node.name), anchor=False)
    if chosen.definition:
        markup.lead(chosen.definition)
    known = kept(evidence.node_properties, chosen.node)
    markup.facts([("Also", "; ".join([*known.get("aliases", []), *known.get("acronyms", [])]))])
    broader = [link(sentence_case(scheme[iri].node.name), address_of(scheme[iri].node)) for iri in chosen.broader]
    ways = [tag("span", "Part of ", *broader[:1], *(one for more in broader[1:] for one in (", ", more)))]
    ways = (ways if broader else []) + [link("All findings on it", address("findings", concept=chosen.node.iri))]
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="ways-concept"):
        figure(tag("p", *ways, class_="dotted"), key="ways on")
        shown = st.button("Show in network", icon=":material/hub:", type="tertiary")
    if shown:
        open_in_network([chosen.node.iri, *chosen.broader, *(node.iri for node in below)], selected=chosen.node.iri)


def _where() -> tuple[str | None, int | None]:
    """The region and the first year that are counted; None for all."""
    regions = {node.iri: node.name for node in kept(overview.covered_regions)}
    coverage = kept(overview.coverage)
    years = [str(year) for year in range(coverage.last_year or 0, (coverage.first_year or 1) - 1, -1)]
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        region = choose(
            st.selectbox,
            "Region",
            [*regions, EVERYWHERE],
            name="region",
            default=next(iter(regions), EVERYWHERE),
            text=short_iri,
            width=240,
            format_func=lambda one: regions.get(one, "All regions"),
        )
        since = choose(
            st.selectbox,
            "Inspected from",
            [EVER, *years],
            name="since",
            default=EVER,
            width=160,
            format_func=lambda one: "Any year" if one == EVER else one,
        )
    return (None if region == EVERYWHERE else region), (None if since == EVER else int(since))


@guarded
def _by_council(concept: Node | None, below: Sequence[Node], region: str | None, since: int | None) -> None:
    everyone = [
        one.node
        for one in kept(authorities.registered_authorities)
        if one.documents and (region is None or (one.region and one.region.iri == region))
    ]
    iris = [node.iri for node in everyone]
    reports = kept(polarity_counts.report_counts, iris, since=since)
    everyone = [node for node in everyone if reports.get(node.iri)]
    if not everyone:
        st.caption("No report of these years was read on a council here.")
        return
    with st.spinner("Counting findings"):
        if below:
            found = kept(polarity_counts.counts_of_authorities, iris, since=since)
            said = {iri for (_, iri), balance in found.items() if balance.rated}
            columns = [node for node in ([concept] if concept else []) + list(below) if node.iri in said]
            figure(heatmap(everyone, columns, found, reports, since=since), key="heat")
        elif concept:
            on_it = kept(polarity_counts.counts_on_concept, concept.iri, since=since)
            lines = [_line(node, concept, on_it.get(node.iri, PolarityCounts()), reports, since) for node in everyone]
            figure(bars(f"Findings on {concept.name}", "Council", lines), key="bars")
    explained = "A figure like 12/16 says: of 16 findings that value something, 12 are strengths. " if below else ""
    st.caption(
        f"{counted(sum(reports.values()), 'report')} on {counted(len(everyone), 'council')}. {explained}One finding "
        "may be on several concepts, and one on a narrower concept counts for the broader. The figures say what "
        "reports wrote, not how good a council is."
    )


def _line(council: Node, concept: Node, found: PolarityCounts, reports: Mapping[str, int], since: int | None) -> Line:
    targets: dict[str, str] = {
        f"{polarity}s": address("findings", council=council.iri, concept=concept.iri, polarity=polarity, since=since)
        for polarity in ("strength", "concern")
    }
    read = counted(reports.get(council.iri, 0), "report")
    name = tag("span", link(council.name, address_of(council)), tag("small", read))
    return Line(name=name, balance=found, strengths=targets["strengths"], concerns=targets["concerns"])
