"""Reports: those that were read, those that failed and why, and what could not be read in others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.attribution import full_address
from caregraph.explorer.evidence.answers import rows_as_csv, with_origin
from caregraph.explorer.evidence.panel import show_more_button
from caregraph.explorer.evidence.report import show_report
from caregraph.explorer.evidence.witnesses import show_witnesses
from caregraph.explorer.facets import Facet, choose_by_facets
from caregraph.explorer.figures.dom import Tree, node_link, table
from caregraph.explorer.labels import escape_markdown, format_count, format_day, node_title, scheme_label
from caregraph.explorer.pack.button import show_packed_figure
from caregraph.explorer.page_shell import show_title
from caregraph.explorer.pages.upload import show_upload, show_upload_message
from caregraph.explorer.state import session
from caregraph.explorer.state.links import choose_option
from caregraph.explorer.state.store_cache import cached_query, open_dataset, require_documents
from caregraph.explorer.state.unknown_values import UnknownValue
from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.status import future_days
from caregraph.graph.export.spreadsheet import ENCODING
from caregraph.graph.queries import overview
from caregraph.graph.queries.overview import DocumentSummary
from caregraph.graph.wording import sentence_case
from caregraph.ontology.errors import StoreError
from caregraph.ontology.iris import short_iri
from caregraph.settings import is_read_only

PAGE_SIZE = 25  # reports shown at first; 'more' adds twice as many
LATEST_FIRST, OLDEST_FIRST, BY_COUNCIL = "latest", "oldest", "council"
ORDERS = {LATEST_FIRST: "Latest first", OLDEST_FIRST: "Oldest first", BY_COUNCIL: "By council"}


@dataclass(frozen=True, slots=True)
class FailedFiles:
    """Files that gave nothing: those that failed, and those left out since they are no report on a council.

    ``error`` says why they are not known, where the dataset cannot be read.
    """

    entries: tuple[Entry, ...] = ()
    left_out: tuple[Entry, ...] = ()
    error: str | None = None


def show_documents() -> None:
    """Show the page."""
    wanted = st.query_params.get("document")
    documents = _with_future_days(cached_query(overview.document_summaries), today=date.today())
    chosen = next((document for document in documents if short_iri(document.node.iri) == wanted), None)
    show_title(node_title(chosen.node) if chosen else "Reports")
    if chosen:
        show_upload_message()
        show_report(chosen)
        return
    failed = read_failed_files()
    if not require_documents():
        _show_adding()
        show_failed_files(failed)
        return
    if wanted:
        raise UnknownValue(wanted, "All reports are under “Reports” in the menu.")
    partly_read = [document for document in documents if document.unread]
    markup.show_lead(_summary(documents, failed, partly_read))
    _show_adding()
    show_failed_files(failed)
    _show_partly_read(partly_read)
    st.header("All reports", anchor=False)
    _show_table(documents)
    show_witnesses(cached_query(overview.witness_summaries))


def _with_future_days(documents: Sequence[DocumentSummary], *, today: date) -> list[DocumentSummary]:
    """Add a note to each document for its days that lie after ``today``."""
    return [replace(document, unread=(*document.unread, *_future_days(document, today))) for document in documents]


def _future_days(document: DocumentSummary, today: date) -> Iterator[str]:
    return future_days(filter(None, [document.published]), filter(None, [document.ended]), today=today)


def read_failed_files() -> FailedFiles:
    """Read from the dataset which files failed; there are none where the dataset is on another machine."""
    try:
        with open_dataset() as dataset:
            entries = dataset.documents()
    except StoreError as error:
        return FailedFiles(error=str(error))
    failed = tuple(entry for entry in entries if entry.status == "failed")
    return FailedFiles(failed, tuple(entry for entry in entries if entry.status == "left-out"))


def show_failed_files(failed: FailedFiles) -> None:
    """Show the files that failed or were left out, with the reason of each, or say why they are not known."""
    if failed.error is not None:
        message = f"We could not check which files failed: {failed.error}"
        st.error(escape_markdown(message), icon=":material/error:")
    if failed.entries:
        st.header("Failed", anchor=False)
        markup.show_table(
            "Files that could not be read",
            ("File", "Problem"),
            ((entry.source, sentence_case(entry.reason or "not stated")) for entry in failed.entries),
        )
    if failed.left_out:
        st.header("Left out", anchor=False)
        markup.show_table(
            "Files that are no report on a council's children's services",
            ("File", "Reason"),
            ((entry.source, sentence_case(entry.reason or "not stated")) for entry in failed.left_out),
        )


def _show_adding() -> None:
    if is_read_only():
        return
    with st.expander("Add reports", icon=":material/upload_file:", key="adding"):
        show_upload()


def _summary(documents: Sequence[DocumentSummary], failed: FailedFiles, partly_read: Sequence[DocumentSummary]) -> str:
    sentences = [f"{format_count(len(documents), 'report')} read."]
    if failed.entries:
        sentences.append(f"{format_count(len(failed.entries), 'file')} failed.")
    if partly_read:
        verb = "was" if len(partly_read) == 1 else "were"
        sentences.append(f"{format_count(len(partly_read), 'report')} {verb} partly read.")
    return " ".join(sentences)


def _show_partly_read(documents: Sequence[DocumentSummary]) -> None:
    if documents:
        st.header("Partly read", anchor=False)
        rows = ((document.file, sentence_case(problem)) for document in documents for problem in document.unread)
        markup.show_table("Parts of reports that could not be read", ("File", "Problem"), rows)


def _show_table(documents: Sequence[DocumentSummary]) -> None:
    """Show the reports that the facets let through, a page of them at first; each leads to its report."""
    chosen = choose_by_facets(documents, FACETS, page="documents")
    order = choose_option(
        st.segmented_control,
        "Order",
        list(ORDERS),
        parameter="order",
        default=LATEST_FIRST,
        required=True,
        label_visibility="collapsed",
        format_func=ORDERS.__getitem__,
    )
    if not chosen:
        st.info("No reports match. Remove a filter.", icon=":material/info:")
        st.button("Clear all", on_click=st.query_params.clear)
        return
    chosen = in_order(chosen, order)
    limit_key = session.EVIDENCE_LIMIT.part(f"documents {sorted(st.query_params.items())}")
    limit = limit_key.get() or PAGE_SIZE
    shown = "" if len(chosen) <= limit else f", the first {limit} shown"
    st.caption(f"{format_count(len(chosen), 'report')}{shown}.")
    show_packed_figure(_list_of_reports(chosen[:limit]), key="reports")
    if len(chosen) > limit:
        show_more_button(len(chosen) - limit, step=2 * PAGE_SIZE, shown=limit, limit_key=limit_key)
    st.download_button(
        "These reports as CSV",
        partial(reports_as_csv, chosen, full_address()),  # made when it is asked for
        "reports.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def in_order(documents: Sequence[DocumentSummary], order: str) -> list[DocumentSummary]:
    """Sort reports by one of `ORDERS`; those of a council the latest first, and those without a day last."""
    latest = sorted(documents, key=lambda document: _day(document) or "", reverse=True)
    if order == BY_COUNCIL:
        return sorted(latest, key=lambda document: (not document.authority, document.authority or ""))
    if order == OLDEST_FIRST:
        return sorted(latest, key=lambda document: _day(document) or "9999")
    return latest


def _list_of_reports(documents: Sequence[DocumentSummary]) -> Tree:
    head = ("Report", "Council", "Kind", "Inspection started", "Published", "Pages", "Judgements", "Findings", "File")
    body = (
        (
            node_link(document.node, node_title(document.node)),
            document.authority or "",
            _kind_words(document.kind) if document.kind else "",
            format_day(document.started) or "",
            format_day(document.published) or "",
            f"{document.pages or ''}",
            f"{document.judgements:,}",
            f"{document.findings:,}",
            document.file,
        )
        for document in documents
    )
    return table("The reports", head, body, class_="cards beside reports")


def reports_as_csv(documents: Sequence[DocumentSummary], address: str) -> bytes:
    """Table of reports, one a row, with the address of the page."""
    rows = [
        {
            "report": node_title(document.node),
            "council": document.authority,
            "kind": _kind_words(document.kind) if document.kind else None,
            "inspection_started": document.started,
            "inspection_ended": document.ended,
            "published": document.published,
            "pages": document.pages,
            "judgements": document.judgements,
            "findings": document.findings,
            "file": document.file,
            "document": document.node.iri,
        }
        for document in documents
    ]
    return rows_as_csv(with_origin(rows, address)).encode(ENCODING)


def _day(document: DocumentSummary) -> str | None:
    """Day by which a report is older or newer than another."""
    return document.started or document.published


def _kind_words(kind: str) -> str:
    return sentence_case(scheme_label("kind", kind))


FACETS: tuple[Facet[DocumentSummary], ...] = (
    Facet(parameter="council", label="Council", values=lambda document: [document.authority or ""]),
    Facet(parameter="kind", label="Kind", values=lambda document: [document.kind or ""], words=_kind_words),
    Facet(parameter="theme", label="Visit theme", values=lambda document: document.themes, words=sentence_case),
    Facet(
        parameter="year",
        label="Year",
        values=lambda document: [(_day(document) or "")[:4]],
        order=lambda year: -int(year),
    ),
)
