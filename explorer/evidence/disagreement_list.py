"""Disagreements as a list: each with the strength and the concern, word for word; and the matrix as a file."""

import io
from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from caregraph.explorer.evidence import panel
from caregraph.explorer.evidence.answers import rows_as_csv, with_origin
from caregraph.explorer.figures.dom import Tree, node_link, page_link, table, tag
from caregraph.explorer.figures.membership_marks import MEANINGS
from caregraph.explorer.labels import format_day
from caregraph.explorer.pack.button import show_packed_figure
from caregraph.explorer.state import session
from caregraph.explorer.state.links import page_address
from caregraph.graph.export.rows_workbook import write_rows_workbook
from caregraph.graph.export.spreadsheet import ENCODING
from caregraph.graph.export.workbook import MEDIA_TYPE
from caregraph.graph.queries.comparison.disagreements import Disagreement, Statement
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.overview import SharedThing

CAPTION = "Where reports differ on a shared service"
PAGE_SIZE = 10  # disagreements shown at first, and added with each 'more'


def show_disagreements(pairs: Sequence[Disagreement], things: Mapping[str, Node]) -> None:
    """Show where reports differ, thing by thing and topic by topic.

    Args:
        things: the things by their IRIs.
    """
    st.header(f"Where reports differ ({len(pairs):,})", anchor=False)
    if not pairs:
        st.caption("No two reports of nearby years differ on a topic about a service that these councils share.")
        return
    explanation = "One report tells a strength, another a concern, on the same topic and at most two years apart."
    st.caption(explanation)
    limit_key = session.EVIDENCE_LIMIT.part("disagreements")
    limit = limit_key.get() or PAGE_SIZE
    body = (
        (
            tag("span", node_link(things[pair.thing]), tag("small", node_link(pair.topic))),
            _quotation(pair.strength),
            _quotation(pair.concern),
        )
        for pair in pairs[:limit]
    )
    head = ("Service and topic", "▲ Strength", "▼ Concern")
    figure = table(CAPTION, head, body, class_="cards differ")
    show_packed_figure(figure, key="differ", about=explanation)
    if len(pairs) > limit:
        panel.show_more_button(len(pairs) - limit, step=PAGE_SIZE, shown=limit, limit_key=limit_key)


def _quotation(said: Statement) -> Tree:
    sign = "▲" if said.finding.polarity == "strength" else "▼"
    source = tag(
        "small", f"{sign} ", node_link(said.authority, said.authority.name), f", {format_day(said.finding.started)}"
    )
    words = " ".join(said.finding.text.split())
    return tag("div", page_link(words, page_address("findings", finding=said.finding.iri), class_="quotation"), source)


def _pair_row(pair: Disagreement, things: Mapping[str, Node]) -> dict[str, object]:
    row: dict[str, object] = {"service": things[pair.thing].name, "topic": pair.topic.name}
    for name, said in (("strength", pair.strength), ("concern", pair.concern)):
        row |= {
            name: " ".join(said.finding.text.split()),
            f"{name}_council": said.authority.name,
            f"{name}_inspected": said.finding.started,
            f"{name}_page": said.finding.page,
        }
    return row


def show_region_downloads(
    services: Sequence[SharedThing],
    standing: Mapping[str, str],
    pairs: Sequence[Disagreement],
    things: Mapping[str, Node],
) -> None:
    """Offer the matrix and the differences as files.

    Args:
        standing: whether reports agree or differ, by the service's IRI.
        things: the services by their IRIs.
    """
    rows = _matrix_rows(services, standing)
    if not rows:
        return
    differences = [_pair_row(pair, things) for pair in pairs]
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Matrix and differences (Excel)",
            partial(_region_workbook, services, standing, rows, differences),  # made when it is asked for
            "shared-services.xlsx",
            MEDIA_TYPE,
            icon=":material/download:",
            on_click="ignore",
        )
        _show_download("Matrix as CSV", rows, "shared-services.csv", title="Shared services by council")
        if differences:
            _show_download("Differences as CSV", differences, "differences.csv", title=CAPTION)


def _meanings(service: SharedThing) -> dict[str, str]:
    """Standing of each council in a service in words, by the council's IRI."""
    return {iri: MEANINGS[status] for iri, status in service.standings.items()}


def _matrix_rows(services: Sequence[SharedThing], standing: Mapping[str, str]) -> list[dict[str, object]]:
    """A row for each service and council."""
    return [
        {
            "service": service.thing.name,
            "council": use.authority.name,
            "status": meanings[use.authority.iri],
            "reports": use.documents,
            "reports_mentioning_it": use.naming_reports,
            "strengths": use.strengths,
            "concerns": use.concerns,
            "reports_agree_or_differ": standing.get(service.thing.iri, ""),
        }
        for service in services
        for meanings in [_meanings(service)]
        for use in service.uses
    ]


def _region_workbook(
    services: Sequence[SharedThing],
    standing: Mapping[str, str],
    rows: Sequence[Mapping[str, object]],
    differences: Sequence[Mapping[str, object]],
) -> bytes:
    """Workbook with the matrix as it is seen, its cells as rows, and the differences."""
    councils = sorted({use.authority.name for service in services for use in service.uses})
    matrix = []
    for service in services:
        meanings = _meanings(service)
        cells = {use.authority.name: meanings[use.authority.iri] for use in service.uses}
        row = {"Service": service.thing.name, "Reports agree or differ": standing.get(service.thing.iri, "")}
        matrix.append(row | {council: cells.get(council, "") for council in councils})
    output = io.BytesIO()
    title = "Shared services by council"
    write_rows_workbook(title, {"Matrix": matrix, "Cells": rows, "Differences": differences}, output)
    return output.getvalue()


def _show_download(label: str, rows: Sequence[Mapping[str, object]], file: str, *, title: str) -> None:
    content = rows_as_csv(with_origin(rows, title)).encode(ENCODING)
    st.download_button(label, content, file, "text/csv", icon=":material/download:", on_click="ignore")
