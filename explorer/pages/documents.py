"""Reports: those that were read, those that failed and why, and what could not be read in others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.evidence import panel
from caregraph.explorer.evidence.witnesses import show_witnesses
from caregraph.explorer.figures.dom import page_link, show_figure, tag
from caregraph.explorer.labels import (
    NO_DATE,
    escape_markdown,
    format_count,
    format_day,
    format_period,
    scheme_label,
    sentence_case,
)
from caregraph.explorer.page_shell import show_title
from caregraph.explorer.pages.upload import show_upload
from caregraph.explorer.state import session
from caregraph.explorer.state.links import choose_option, network_address
from caregraph.explorer.state.store_cache import cached_query, open_dataset, require_documents
from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.status import future_days
from caregraph.graph.queries import overview
from caregraph.graph.queries.overview import DocumentSummary
from caregraph.ontology.errors import StoreError
from caregraph.ontology.iris import short_iri
from caregraph.settings import is_read_only


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
    show_title("Reports")
    failed = read_failed_files()
    if not require_documents():
        _show_adding()
        show_failed_files(failed)
        return
    documents = _with_future_days(cached_query(overview.document_summaries), today=date.today())
    partly_read = [document for document in documents if document.unread]
    markup.show_lead(_summary(documents, failed, partly_read))
    _show_adding()
    show_failed_files(failed)
    _show_partly_read(partly_read)
    st.subheader("All reports", anchor=False)
    _show_table(documents)
    _show_chosen(documents)
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
        st.subheader("Failed", anchor=False)
        markup.show_table(
            "Files that could not be read",
            ("File", "Problem"),
            ((entry.source, sentence_case(entry.reason or "not stated")) for entry in failed.entries),
        )
    if failed.left_out:
        st.subheader("Left out", anchor=False)
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
        st.subheader("Partly read", anchor=False)
        rows = ((document.file, sentence_case(problem)) for document in documents for problem in document.unread)
        markup.show_table("Parts of reports that could not be read", ("File", "Problem"), rows)


def _show_table(documents: Sequence[DocumentSummary]) -> None:
    rows = [
        {
            "Council": document.authority or "",
            "Kind": scheme_label("kind", document.kind) if document.kind else "",
            "Inspected": format_period(document.started, document.ended) or "",
            "Published": format_day(document.published) or "",
            "Pages": document.pages,
            "Judgements": document.judgements,
            "Findings": document.findings,
            "File": document.file,
        }
        for document in documents
    ]
    st.dataframe(
        rows,
        hide_index=True,
        key=session.DOCUMENT_TABLE.name,
        on_select=lambda: _open_selected(documents),
        selection_mode="single-row",
        height=min(36 * (len(rows) + 1) + 2, 460),
        alt="The reports that were read",
    )


def _open_selected(documents: Sequence[DocumentSummary]) -> None:
    selected = session.DOCUMENT_TABLE.get()["selection"]["rows"]
    if selected:
        st.query_params["document"] = short_iri(documents[selected[0]].node.iri)


def _show_chosen(documents: Sequence[DocumentSummary]) -> None:
    """Let the reader choose a document, and show its facts."""
    by_iri: dict[str | None, DocumentSummary] = {document.node.iri: document for document in documents}
    iri = choose_option(
        st.selectbox,
        "Open",
        list(by_iri),
        parameter="document",
        default=None,
        text=lambda iri: short_iri(iri or ""),
        placeholder="Choose a report, or select a row above",
        format_func=lambda iri: _document_title(by_iri[iri]),
    )
    if iri is None:
        return
    node = by_iri[iri].node
    panel.show_node(node)
    show_figure(tag("p", page_link("Show in network", network_address([iri]))), key="links")
    panel.show_facts(node, key=f"document-{iri}")


def _document_title(document: DocumentSummary) -> str:
    date = format_period(document.started, document.ended) or format_day(document.published) or NO_DATE
    return f"{document.authority or 'No council'}, {date}: {document.file}"
