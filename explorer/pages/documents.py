"""Documents: what was read, what failed and why, what could not be read."""

from collections.abc import Sequence

import streamlit as st

from caregraph.explorer.evidence import markup, panel
from caregraph.explorer.labels import counted, day, period, sentence_case, value
from caregraph.explorer.page_shell import open_in_network
from caregraph.explorer.pages.upload import upload
from caregraph.explorer.state.links import choose
from caregraph.explorer.state.store_cache import catalogue, has_documents, kept
from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.queries import overview
from caregraph.graph.queries.overview import DocumentSummary
from caregraph.ontology.errors import StoreError
from caregraph.ontology.iris import short_iri
from caregraph.settings import is_read_only


def documents() -> None:
    st.title("Documents", anchor=False)
    failed = _failed()
    if not has_documents():
        _adding()
        _failures(failed)
        return
    found = kept(overview.document_summaries)
    unread = [document for document in found if document.unread]
    markup.lead(_summary(found, failed, unread))
    _adding()
    _failures(failed)
    _unread(unread)
    st.subheader("Read", anchor=False)
    _table(found)
    _open(found)


def _adding() -> None:
    if is_read_only():
        return
    with st.expander("Add documents", icon=":material/upload_file:", key="adding"):
        upload()


def _summary(found: Sequence[DocumentSummary], failed: Sequence[Entry], unread: Sequence[DocumentSummary]) -> str:
    lines = [f"{counted(len(found), 'document')} read."]
    if failed:
        lines.append(f"{counted(len(failed), 'file')} could not be read at all.")
    if unread:
        lines.append(f"In {counted(len(unread), 'document')} something is printed that could not be read.")
    return " ".join(lines)


def _failed() -> Sequence[Entry]:
    """The files that failed; none are known where the dataset is on another machine."""
    try:
        with catalogue() as dataset:
            return [entry for entry in dataset.documents() if entry.status == "failed"]
    except StoreError:
        return []


def _failures(failed: Sequence[Entry]) -> None:
    if failed:
        st.subheader("Could not be read at all", anchor=False)
        markup.table(
            "Files that gave nothing, and why",
            ("File", "Why"),
            ((entry.source, sentence_case(entry.reason or "not said")) for entry in failed),
        )


def _unread(found: Sequence[DocumentSummary]) -> None:
    if found:
        st.subheader("Read in part", anchor=False)
        rows = ((document.file, sentence_case(said)) for document in found for said in document.unread)
        markup.table("What a document gives that could not be read", ("File", "What, and why"), rows)


def _table(found: Sequence[DocumentSummary]) -> None:
    rows = [
        {
            "Council": document.authority or "",
            "Kind": value("kind", document.kind) if document.kind else "",
            "Inspected": period(document.started, document.ended) or "",
            "Published": day(document.published) or "",
            "Pages": document.pages,
            "Judgements": document.judgements,
            "Findings": document.findings,
            "File": document.file,
        }
        for document in found
    ]
    st.dataframe(
        rows,
        hide_index=True,
        key="documents",
        on_select=lambda: _chosen(found),
        selection_mode="single-row",
        height=min(36 * (len(rows) + 1) + 2, 460),
        alt="The documents that were read",
    )


def _chosen(found: Sequence[DocumentSummary]) -> None:
    picked = st.session_state["documents"]["selection"]["rows"]
    if picked:
        st.query_params["document"] = short_iri(found[picked[0]].node.iri)


def _open(found: Sequence[DocumentSummary]) -> None:
    """One document with its facts."""
    by_iri: dict[str | None, DocumentSummary] = {document.node.iri: document for document in found}
    iri = choose(
        st.selectbox,
        "Open",
        list(by_iri),
        name="document",
        default=None,
        text=lambda iri: short_iri(iri or ""),
        placeholder="Choose a document, or a row above",
        format_func=lambda iri: _name(by_iri[iri]),
    )
    if iri is None:
        return
    node = by_iri[iri].node
    panel.about(node)
    if st.button("Show in network", icon=":material/hub:"):
        open_in_network([iri], selected=iri)
    panel.facts(node, key=f"document-{iri}")


def _name(document: DocumentSummary) -> str:
    when = period(document.started, document.ended) or day(document.published) or "no date"
    return f"{document.authority or 'No council'}, {when}: {document.file}"
