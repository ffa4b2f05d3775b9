"""Shared services: what reports on two or more councils name, and who names it, who is silent, who is not known."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from caregraph.explorer.evidence import markup
from caregraph.explorer.figures.dom import Tree, figure, link, table, tag
from caregraph.explorer.figures.membership_marks import MARKS, MEANINGS, has_list, key, mark, state
from caregraph.explorer.labels import counted, kind_of, plural, sentence_case, value
from caregraph.explorer.search_box import TELLING, reach_order, shaped, sign
from caregraph.explorer.state.links import address, address_of, choose, follow
from caregraph.explorer.state.store_cache import guarded, has_documents, kept
from caregraph.graph.queries import overview
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.overview import AuthorityUse, SharedThing, SharedThingCount
from caregraph.ontology.iris import short_iri

EVERYWHERE = "everywhere"
UNASKED = "Process"  # what the law gives to all alike says little about sharing: it is shown when asked for
ROWS = 60


def shared() -> None:
    if "thing" in st.query_params:  # an address from when things had no page of their own
        follow(address("service", thing=st.query_params["thing"]))
    st.title("Shared services", anchor=False)
    if not has_documents():
        return
    markup.lead(
        "Agencies, services, programmes, bodies and processes that reports on two or more councils name, "
        "and that are one and the same thing."
    )
    _matrix()


@st.fragment
@guarded
def _matrix() -> None:
    regions = {node.iri: node.name for node in kept(overview.covered_regions)}
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        region = choose(
            st.selectbox,
            "Region",
            [*regions, EVERYWHERE],
            name="region",
            default=next(iter(regions), EVERYWHERE),
            text=short_iri,
            width=260,
            format_func=lambda iri: regions.get(iri, "All regions"),
        )
        with st.spinner("Counting"):
            found = (
                kept(overview.shared_thing_counts)
                if region == EVERYWHERE
                else kept(overview.shared_things, region=region, count_findings=False)
            )
        kinds = _kinds(found)
    rows = [one for one in found if one.thing.label in kinds]
    rows.sort(key=lambda one: (TELLING.index(one.thing.label), reach_order(one.scope), -one.users))
    if not rows:
        st.info("No report on a council here names anything of this kind that another names.", icon=":material/info:")
        return
    if len(rows) > ROWS:
        st.caption(f"The first {ROWS} of {len(rows)}: choose one kind to see more of it.")
    shown = rows[:ROWS]
    of_region = [one for one in shown if isinstance(one, SharedThing)]
    figure(
        _of_region(of_region) if of_region else _of_all([one for one in shown if isinstance(one, SharedThingCount)]),
        key="matrix",
    )
    st.caption("Choose a name for its page. Silence of a report is not absence of a service.")


def _kinds(found: Sequence[SharedThing | SharedThingCount]) -> list[str]:
    """The kinds that the reader wants to see; all but processes, if nothing was chosen."""
    counts = Counter(one.thing.label for one in found)
    present = [label for label in TELLING if label in counts]
    usual = [label for label in present if label != UNASKED] or present
    asked = [label for label in st.query_params.get("kinds", "").split(",") if label in present]
    st.session_state["kinds chosen"] = asked or usual

    def write() -> None:
        chosen = st.session_state["kinds chosen"]
        if chosen and chosen != usual:
            st.query_params["kinds"] = ",".join(chosen)
        else:
            st.query_params.pop("kinds", None)

    st.pills(
        "Kind",
        present,
        selection_mode="multi",
        key="kinds chosen",
        on_change=write,
        format_func=lambda label: f"{sentence_case(plural(kind_of(label)))} {counts[label]}",
    )
    return asked or usual


def _of_region(rows: Sequence[SharedThing]) -> Tree:
    """Things by councils, with a mark where they have to do with each other."""
    councils = sorted({reach.authority for one in rows for reach in one.uses}, key=lambda node: node.name)
    head = ["Name", *(link(node.name, address_of(node)) for node in councils)]
    counts = Counter(state(reach, listed=has_list(one.uses)) for one in rows for reach in one.uses)
    body = (_row(one, councils) for one in rows)
    legend = key({kind: counts[kind] for kind in MARKS if counts[kind]})
    return tag("div", legend, table("Shared things by council", head, body, class_="heat matrix"))


def _row(one: SharedThing, councils: Sequence[Node]) -> list[Tree]:
    reaches = {reach.authority.iri: reach for reach in one.uses}
    return [shaped(one.thing, sentence_case(one.thing.name)), *(_cell(one, reaches.get(node.iri)) for node in councils)]


def _cell(one: SharedThing, reach: AuthorityUse | None) -> Tree:
    if reach is None:
        return ""
    kind = state(reach, listed=has_list(one.uses))
    said = f"{reach.authority.name}, {one.thing.name}: {MEANINGS[kind]}"
    if reach.naming_reports:
        said += f" ({reach.naming_reports} of {counted(reach.documents, 'report')})"
        target = address("service", thing=one.thing.iri, council=reach.authority.iri)
        return mark(kind, str(reach.naming_reports), said=said, href=target)
    return mark(kind, said=said)


def _of_all(rows: Sequence[SharedThingCount]) -> Tree:
    head = ("Name", "Kind", "Reach", "Councils whose reports name it")
    body = (
        (
            link(sentence_case(one.thing.name), address_of(one.thing)),
            sign(one.thing),
            sentence_case(value("scope", one.scope)) if one.scope else "",
            f"{one.users:,}",
        )
        for one in rows
    )
    return table("What reports on several councils name", head, body)
