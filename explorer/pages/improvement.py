"""Improvement: what inspections asked of a council or a region, and what later ones say of it."""

import io
from collections import Counter
from collections.abc import Sequence
from functools import partial

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.choices import choose_region
from caregraph.explorer.evidence.ledger import Row, asked_cell, later_cell, ledger_of, states_note
from caregraph.explorer.figures.dom import Tree, table, tag
from caregraph.explorer.labels import format_count
from caregraph.explorer.pack.button import show_packed_figure
from caregraph.explorer.page_shell import name_tab, show_title
from caregraph.explorer.state.links import choose_option
from caregraph.explorer.state.store_cache import cached_query, explain_errors, require_documents
from caregraph.explorer.state.unknown_values import show_unknown_values
from caregraph.graph.export.improvement_plan import write_plan
from caregraph.graph.export.workbook import MEDIA_TYPE
from caregraph.graph.improvement.states import STATES
from caregraph.graph.queries import authorities
from caregraph.graph.wording import sentence_case
from caregraph.ontology.iris import full_iri, short_iri

EVERY_COUNCIL, EVERY_STATE = "all", "all"
ROW_LIMIT = 200


def show_improvement() -> None:
    """Show the page: one council's ledger, or that of a region."""
    show_title("Improvement")
    if not require_documents():
        return
    markup.show_lead("What inspections asked councils to improve, and what later inspections say of the same matter.")
    _show_ledger()


@st.fragment
@explain_errors
def _show_ledger() -> None:
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        council = _choose_council()
        region = choose_region() if council is None else None
        state = choose_option(
            st.selectbox,
            "What became of it",
            [EVERY_STATE, *STATES],
            parameter="state",
            default=EVERY_STATE,
            width=260,
            format_func=lambda name: "Anything" if name == EVERY_STATE else sentence_case(name),
        )
    with st.spinner("Reading"):
        ledger = cached_query(ledger_of, authority=council, region=region)
    if not ledger:
        st.info("No recommendation or area for improvement was read here.", icon=":material/info:")
        return
    counts = Counter(row["state"] for row in ledger)
    st.caption(" · ".join(f"{sentence_case(name)} {counts[name]}" for name in STATES if counts[name]))
    rows = [row for row in ledger if state in (EVERY_STATE, row["state"])]
    if not rows:
        st.info("Nothing is in this state.", icon=":material/info:")
        return
    _show_download(rows)
    if len(rows) > ROW_LIMIT:
        st.caption(f"The first {ROW_LIMIT} of {format_count(len(rows), 'row')}; the plan has all of them.")
    figure = _ledger_table(rows[:ROW_LIMIT], of_region=council is None)
    show_packed_figure(figure, key="ledger", about=states_note(rows))
    st.caption(f"{states_note(rows)} Select a quotation to read it on its page.")


def _choose_council() -> str | None:
    """Let the reader choose a council that has reports, or all of a region; return its IRI, or None for all."""
    wanted = st.query_params.get("council")
    councils = {
        council.node.iri: council.node.name
        for council in cached_query(authorities.registered_authorities)
        if council.documents or (wanted and council.node.iri == full_iri(wanted))
    }
    if wanted and wanted != EVERY_COUNCIL and full_iri(wanted) not in councils:
        show_unknown_values([wanted], "Choose from “Council”.")
        del st.query_params["council"]
    chosen = choose_option(
        st.selectbox,
        "Council",
        [EVERY_COUNCIL, *councils],
        parameter="council",
        default=EVERY_COUNCIL,
        text=short_iri,
        width=300,
        format_func=lambda iri: councils.get(iri, "All of a region"),
    )
    if chosen == EVERY_COUNCIL:
        return None
    name_tab("Improvement", councils[chosen])
    return chosen


def _show_download(rows: Sequence[Row]) -> None:
    st.download_button(
        "Improvement plan (Excel)",
        partial(_plan, rows),  # made when it is asked for
        "improvement-plan.xlsx",
        MEDIA_TYPE,
        icon=":material/download:",
        on_click="ignore",
    )


def _plan(rows: Sequence[Row]) -> bytes:
    output = io.BytesIO()
    write_plan(rows, output)
    return output.getvalue()


def _ledger_table(rows: Sequence[Row], *, of_region: bool) -> Tree:
    head = ["What became of it", "What was asked", "What a later report says"]
    body = ([_state_cell(row), asked_cell(row), later_cell(row)] for row in rows)
    if of_region:
        head.insert(0, "Council")
        body = ([row["authority"], *cells] for row, cells in zip(rows, body, strict=True))
    return table("Improvement ledger", head, body, class_="cards")


def _state_cell(row: Row) -> Tree:
    return tag("span", tag("b", sentence_case(row["state"])), tag("small", f" {row['reasons'] or ''}"))
