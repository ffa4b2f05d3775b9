"""Shared services: those that reports on two or more councils mention, with each council's status."""

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.choices import SUB_REGION, choose_region, choose_sub_region
from caregraph.explorer.evidence.disagreement_list import show_disagreements, show_region_downloads
from caregraph.explorer.figures.dom import Tree, node_link, table, tag
from caregraph.explorer.figures.membership_marks import (
    MEANINGS,
    SYMBOLS,
    membership_legend,
    membership_mark,
)
from caregraph.explorer.figures.navigation import redirect
from caregraph.explorer.figures.node_sign import kind_sign, signed_link
from caregraph.explorer.labels import format_count, kind_label, plural, scheme_label
from caregraph.explorer.pack.button import show_packed_figure
from caregraph.explorer.page_shell import show_title
from caregraph.explorer.state import session
from caregraph.explorer.state.links import choose_option, page_address, write_parameter
from caregraph.explorer.state.store_cache import cached_query, explain_errors, require_documents
from caregraph.explorer.state.unknown_values import UnknownValue
from caregraph.explorer.thing_order import KIND_ORDER, kind_order, scope_order
from caregraph.graph.queries import overview
from caregraph.graph.queries.comparison.disagreements import (
    AGREE,
    DIFFER,
    agreement_on_things,
    disagreements,
    statements_on_things,
)
from caregraph.graph.queries.comparison.sub_regions import SubRegion, things_shared_in
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.overview import AuthorityUse, SharedThing, SharedThingCount
from caregraph.graph.standings import Standing
from caregraph.graph.wording import sentence_case

HIDDEN_KIND = "Process"  # the law gives these to all councils alike: shown when asked for
ROW_LIMIT = 60
HIDDEN, SHOWN = "hidden", "shown"  # of national bodies, in the address
ALL_ROWS = "all"
BODIES = ("Agency", "Body")  # inspectorates, ministries: shared by all councils, so they tell nothing of sharing


def show_shared() -> None:
    """Show the page."""
    if "thing" in st.query_params:  # an address from when services had no page of their own
        redirect(page_address("service", thing=st.query_params["thing"]))
    show_title("Shared services")
    if not require_documents():
        return
    markup.show_lead("Services mentioned in reports on two or more councils.")
    _show_matrix()


@st.fragment
@explain_errors
def _show_matrix() -> None:
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        region = choose_region(clears=(SUB_REGION,))
        sub_region = choose_sub_region(region)
        with st.spinner("Counting"):
            services: Sequence[SharedThing | SharedThingCount] = (
                cached_query(overview.shared_thing_counts)
                if region is None
                else things_shared_in(sub_region, cached_query(overview.shared_things, region=region))
            )
        services = _choose_scope(services)
        kinds = _choose_kinds(services)
    rows = [service for service in services if service.thing.label in kinds]
    rows.sort(key=lambda row: (kind_order(row.thing.label), scope_order(row.scope), -row.users))
    if not rows:
        st.info("There are no shared services of this kind here.", icon=":material/info:")
        return
    if region is None:
        _show_limit(rows)
        counted = [row for row in rows if isinstance(row, SharedThingCount)]
        show_packed_figure(_list_of_all(counted[:ROW_LIMIT]), key="matrix")
    else:
        _show_region([row for row in rows if isinstance(row, SharedThing)], region, sub_region)


def _show_limit(rows: Sequence[object]) -> None:
    if len(rows) > ROW_LIMIT:
        st.caption(f"The first {ROW_LIMIT} of {len(rows)}. Choose one kind to see more of it.")


def _choose_scope(services: Sequence[SharedThing | SharedThingCount]) -> Sequence[SharedThing | SharedThingCount]:
    """Leave out national bodies, which all councils have alike, unless the reader asks for them."""
    wanted: str = choose_option(
        st.segmented_control,
        "National bodies",
        [HIDDEN, SHOWN],
        parameter="national",
        default=HIDDEN,
        required=True,
        format_func=sentence_case,
    )
    if wanted == SHOWN:
        return services
    return [service for service in services if service.scope != "national" or service.thing.label not in BODIES]


def _show_region(services: Sequence[SharedThing], region: str, sub_region: SubRegion | None) -> None:
    """Show the matrix of a region's or a sub-region's councils, and under it where their reports differ."""
    iris = [service.thing.iri for service in services]
    statements = [
        said
        for said in cached_query(statements_on_things, region, iris)
        if sub_region is None or said.authority.iri in sub_region.authorities
    ]
    standing, pairs = agreement_on_things(statements), disagreements(statements)
    only = choose_option(
        st.segmented_control,
        "Reports",
        [ALL_ROWS, DIFFER, AGREE],
        parameter="only",
        default=ALL_ROWS,
        required=True,
        format_func=sentence_case,
    )
    counts = (f"{sentence_case(each)} {_count_rows(each, services, standing)}" for each in (ALL_ROWS, DIFFER, AGREE))
    st.caption(" · ".join(counts))
    rows = [service for service in services if only in (ALL_ROWS, standing.get(service.thing.iri))]
    _show_limit(rows)
    explanation = (
        "▲ strengths and ▼ concerns that reports tell of it, over all years. Not mentioned does not mean the council "
        "does not have it."
    )
    if rows:
        show_packed_figure(_region_matrix(rows[:ROW_LIMIT], standing), key="matrix", about=explanation)
    st.caption(f"{explanation} Select a name for its page.")
    things = {service.thing.iri: service.thing for service in services}
    show_disagreements(pairs, things)
    show_region_downloads(services, standing, pairs, things)


def _count_rows(only: str, services: Sequence[SharedThing], standing: Mapping[str, str]) -> int:
    return sum(only in (ALL_ROWS, standing.get(service.thing.iri)) for service in services)


def _choose_kinds(services: Sequence[SharedThing | SharedThingCount]) -> list[str]:
    """Let the reader choose the kinds to show; all but processes, if nothing was chosen."""
    counts = Counter(service.thing.label for service in services)
    present = [label for label in KIND_ORDER if label in counts]
    default = [label for label in present if label != HIDDEN_KIND] or present
    wanted = [label for label in st.query_params.get("kinds", "").split(",") if label]
    chosen = [label for label in wanted if label in present]
    session.CHOSEN_KINDS.set(chosen or default)

    def write() -> None:
        labels = session.CHOSEN_KINDS.get()
        write_parameter("kinds", ",".join(labels) if labels != default else None)

    st.pills(
        "Kind",
        present,
        selection_mode="multi",
        key=session.CHOSEN_KINDS.name,
        on_change=write,
        format_func=_kind_words,
    )
    st.caption(" · ".join(f"{_kind_words(label)} {counts[label]}" for label in present))
    if unknown := [label for label in wanted if label not in KIND_ORDER]:
        raise UnknownValue(unknown[0], "Choose from “Kind”.")
    return chosen or default


def _kind_words(label: str) -> str:
    return sentence_case(plural(kind_label(label)))


def _region_matrix(services: Sequence[SharedThing], standing: Mapping[str, str]) -> Tree:
    """Services by councils, with a mark where a list or a report connects them."""
    councils = sorted({use.authority for service in services for use in service.uses}, key=lambda node: node.name)
    head = ["Name", *(node_link(council, council.name) for council in councils)]
    counts = Counter(status for service in services for status in service.standings.values())
    body = (_matrix_row(service, councils, standing.get(service.thing.iri)) for service in services)
    legend = membership_legend({status: counts[status] for status in SYMBOLS if counts[status]})
    return tag("div", legend, table("Shared services by council", head, body, class_="heat matrix"))


def _matrix_row(service: SharedThing, councils: Sequence[Node], standing: str | None) -> list[Tree]:
    uses = {use.authority.iri: use for use in service.uses}
    standings = service.standings
    told = tag("small", f"reports {standing}") if standing else None
    return [
        tag("span", signed_link(service.thing), told),
        *(_matrix_cell(service, uses.get(council.iri), standings.get(council.iri)) for council in councils),
    ]


def _matrix_cell(service: SharedThing, use: AuthorityUse | None, status: Standing | None) -> Tree:
    if use is None or status is None:
        return ""
    description = f"{use.authority.name}, {service.thing.name}: {MEANINGS[status]}"
    if not use.naming_reports:
        return membership_mark(status, description=description)
    mark = membership_mark(
        status,
        use.naming_reports,
        description=f"{description} ({use.naming_reports} of {format_count(use.documents, 'report')})",
        address=page_address("service", thing=service.thing.iri, council=use.authority.iri),
    )
    if not (use.strengths or use.concerns):
        return mark
    return tag("span", mark, tag("small", f"▲{use.strengths} ▼{use.concerns}"))


def _list_of_all(services: Sequence[SharedThingCount]) -> Tree:
    head = ("Name", "Kind", "Coverage", "Councils whose reports mention it")
    body = (
        (
            node_link(service.thing),
            kind_sign(service.thing),
            sentence_case(scheme_label("scope", service.scope)) if service.scope else "",
            f"{service.users:,}",
        )
        for service in services
    )
    return table("Services mentioned in reports on two or more councils", head, body)
