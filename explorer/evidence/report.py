"""One report: what it is, its file, the grades of its inspection, and every fact that was read in it."""

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.evidence import panel
from caregraph.explorer.figures.dom import Tree, node_link, page_link, show_figure, tag
from caregraph.explorer.figures.grade_mark import grade_tile
from caregraph.explorer.labels import format_count, format_day, format_period, scheme_label, scheme_order
from caregraph.explorer.state.links import network_address, page_address
from caregraph.explorer.state.store_cache import cached_query
from caregraph.graph.dataset.document_cache import document_path
from caregraph.graph.queries import authorities, judgements
from caregraph.graph.queries.overview import DocumentSummary
from caregraph.graph.wording import sentence_case
from caregraph.settings import data_directory


def show_report(document: DocumentSummary) -> None:
    """Show a report: its links, its terms, what could not be read, its grades and its facts."""
    node = document.node
    links: list[Tree] = [page_link("All reports", "documents")]
    for council in cached_query(authorities.registered_authorities):
        if council.node.name == document.authority:
            links.append(node_link(council.node, council.node.name))
    if document.findings:
        words = f"Its {format_count(document.findings, 'finding')}"
        links.append(page_link(words, page_address("findings", document=node.iri)))
    links.append(page_link("Show in network", network_address([node.iri])))
    show_figure(tag("p", *links, class_="dotted"), key="links")
    markup.show_terms(
        (
            ("Kind", sentence_case(scheme_label("kind", document.kind)) if document.kind else None),
            ("Inspected", format_period(document.started, document.ended)),
            ("Published", format_day(document.published)),
            ("Pages", str(document.pages or "")),
            ("File", document.file),
            *(("Could not be read", sentence_case(problem)) for problem in document.unread),
        )
    )
    _show_download(document)
    _show_grades(document)
    panel.show_facts(node, key=f"document-{node.iri}")


def _show_download(document: DocumentSummary) -> None:
    """Offer the file, where there is a copy of it."""
    path = document_path(data_directory(), document.node.iri.rsplit("/", 1)[-1])
    if path is not None:
        name = document.file.rsplit("/", 1)[-1]
        st.download_button(
            "Download the report", path.read_bytes, name, icon=":material/download:", type="tertiary", on_click="ignore"
        )


def _show_grades(document: DocumentSummary) -> None:
    """Show the grades of the inspection that it reports, where it speaks for it."""
    visits = cached_query(judgements.inspection_summaries)
    reported = (visit for visit in visits if visit.document and visit.document.iri == document.node.iri)
    grades = [grade for visit in reported for grade in visit.grades]
    if grades:
        grades.sort(key=lambda grade: scheme_order("area", grade.area))
        marks = (tag("span", grade_tile(grade.grade), scheme_label("area", grade.area)) for grade in grades)
        show_figure(tag("p", *marks, class_="grades"), key="grades")
