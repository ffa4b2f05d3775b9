"""Reports: those that were read, those that failed and why, and what could not be read in others."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.evidence.report import show_report
from caregraph.explorer.evidence.witnesses import show_witnesses
from caregraph.explorer.labels import escape_markdown, format_count, node_title, scheme_label
from caregraph.explorer.page_shell import show_title
from caregraph.explorer.pages.upload import show_upload, show_upload_message
from caregraph.explorer.state import session
from caregraph.explorer.state.links import choose_option, write_parameters
from caregraph.explorer.state.store_cache import cached_query, open_dataset, require_documents
from caregraph.explorer.state.unknown_values import UnknownValue
from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.status import future_days
from caregraph.graph.queries import overview
from caregraph.graph.queries.overview import DocumentSummary
from caregraph.graph.wording import sentence_case
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
    """Show the reports that the facets let through, the latest first; a row opens its report."""
    chosen = sorted(_choose_facets(documents), key=lambda document: _day(document) or "", reverse=True)
    st.caption(f"{format_count(len(chosen), 'report')}, the latest first. Select a row to open its report.")
    rows = [
        {
            "Council": document.authority or "",
            "Kind": sentence_case(scheme_label("kind", document.kind)) if document.kind else "",
            "Inspection started": _as_date(document.started),
            "Published": _as_date(document.published),
            "Pages": document.pages,
            "Judgements": document.judgements,
            "Findings": document.findings,
            "File": document.file,
        }
        for document in chosen
    ]
    markup.show_table("The reports", [*rows[0]] if rows else (), (row.values() for row in rows), on_paper=True)
    day = st.column_config.DateColumn(format="D MMM YYYY", width=130)
    st.dataframe(
        rows,
        hide_index=True,
        key=session.DOCUMENT_TABLE.name,
        on_select=lambda: _open_selected(chosen),
        selection_mode="single-row",
        height=min(36 * (len(rows) + 1) + 2, 460),
        column_config={"Inspection started": day, "Published": day},
        alt="The reports that were read",
        placeholder="",
    )


def _as_date(iso: str | None) -> date | None:
    return date.fromisoformat(iso[:10]) if iso else None


def _day(document: DocumentSummary) -> str | None:
    """Day by which a report is older or newer than another."""
    return document.started or document.published


def _choose_facets(documents: Sequence[DocumentSummary]) -> Sequence[DocumentSummary]:
    """Let the reader choose a council, a kind, a theme and a year; each choice tells how many reports there are."""
    facets: dict[str, tuple[str, Callable[[DocumentSummary], Sequence[str]]]] = {
        "council": ("Council", lambda document: [document.authority or ""]),
        "kind": ("Kind", lambda document: [document.kind or ""]),
        "theme": ("Visit theme", lambda document: document.themes),
        "year": ("Year", lambda document: [(_day(document) or "")[:4]]),
    }
    left = documents
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="filters"):
        for parameter, (label, values_of) in facets.items():
            counts = Counter(value for document in documents for value in values_of(document) if value)
            remaining = Counter(value for document in left for value in values_of(document))
            chosen = choose_option(
                st.selectbox,
                label,
                ["", *sorted(counts, reverse=parameter == "year")],
                parameter=parameter,
                default="",
                width=260 if parameter != "year" else 150,
                format_func=partial(_facet_label, parameter, remaining),
            )
            left = [document for document in left if not chosen or chosen in values_of(document)]
    return left


def _facet_label(parameter: str, counts: Mapping[str, int], value: str) -> str:
    if not value:
        return "Any"
    name = sentence_case(scheme_label("kind", value) if parameter == "kind" else value)
    return f"{name} ({counts.get(value, 0)})"


def _open_selected(documents: Sequence[DocumentSummary]) -> None:
    selected = session.DOCUMENT_TABLE.get()["selection"]["rows"]
    if selected:
        write_parameters({"document": short_iri(documents[selected[0]].node.iri)})
