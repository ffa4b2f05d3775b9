"""Upload of reports: what was read in each is shown first; the reader then adds them to the graph."""

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.labels import escape_markdown, format_count, format_day, format_period, scheme_label
from caregraph.explorer.state import session
from caregraph.explorer.state.links import write_parameters
from caregraph.explorer.state.store_cache import cached_graph_version, cached_query, load_dataset
from caregraph.graph.queries import overview
from caregraph.graph.wording import sentence_case
from caregraph.inputs import SUFFIXES
from caregraph.ontology.errors import CaregraphError
from caregraph.ontology.iris import short_iri
from caregraph.ontology.records import Finding, Mention, Record
from caregraph.settings import data_directory, is_read_only
from caregraph.uploads import add_documents, file_name, preview
from caregraph.workspace import Workspace

FINDING_LIMIT = 12  # shown of each report


def show_upload() -> None:
    """Show the file uploader, what was read in the files, and the button that adds them."""
    show_upload_message()
    files = st.file_uploader(
        "Add reports: PDF, Word, web pages, mails or text. Nothing leaves this machine.",
        type=sorted(SUFFIXES),
        accept_multiple_files=True,
        key=f"upload {session.UPLOAD_ROUND.get()}",
    )
    if files:
        _show_previews({file.name: file.getvalue() for file in files})


def show_upload_message() -> None:
    """Say what the last upload has added, and what failed; the page shows it with the first report that was added."""
    if failure := session.UPLOAD_FAILURE.pop():
        st.error(failure, icon=":material/error:")
    if message := session.UPLOAD_MESSAGE.pop():
        st.success(message, icon=":material/check_circle:")


def _show_previews(documents: Mapping[str, bytes]) -> None:
    readable = {name: content for name, content in documents.items() if _show_preview(name, content)}
    if readable:
        label = f"Add {format_count(len(readable), 'report')}"
        st.button(label, type="primary", icon=":material/add:", on_click=_add_to_graph, args=(readable,))
        st.caption("Nothing changes until you add them.")


def _show_preview(name: str, content: bytes) -> bool:
    """Show what was read in a document; return False if it cannot be read."""
    try:
        record = _read_record(cached_graph_version(), name, content)
    except CaregraphError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return False
    title = escape_markdown(f"{record.source}: {_heading(record)}")
    with st.expander(title, expanded=True, key=f"preview-{record.sha256}"):
        _show_effect(record)
        _show_facts(record)
        _show_judgements(record)
        _show_findings(record.findings)
        _show_mentions(record.mentions)
    return True


@st.cache_data(show_spinner="Reading", max_entries=30, ttl=3600)
def _read_record(version: str, name: str, content: bytes) -> Record:
    return preview(_workspace(), file_name(name), content)


def _workspace() -> Workspace:
    return Workspace(data_directory())


def _heading(record: Record) -> str:
    council = record.authority.name if record.authority else "no council"
    kind = scheme_label("kind", record.kind) if record.kind else "no kind"
    return f"{council}, {kind}, {format_count(len(record.findings), 'finding')}"


def _show_effect(record: Record) -> None:
    """Show how adding the document would change the reports that are there."""
    for document in cached_query(overview.document_summaries):
        if document.node.iri.endswith(f"/{record.sha256}"):
            st.info(f"This report is here already, as {escape_markdown(document.file)}.", icon=":material/info:")
        elif document.file == record.source:
            st.warning("There is another report with this file name. It will be replaced.", icon=":material/warning:")
    if record.authority is None:
        st.warning("We could not find a council in this report. It will be added without one.")


def _show_facts(record: Record) -> None:
    dates = (format_period(first.isoformat(), last.isoformat()) for first, last in record.inspected)
    roles = (f"{person.name} ({scheme_label('role', person.role)})" for person in record.people)
    markup.show_terms(
        (
            ("Title", record.title),
            ("Council", record.authority.name if record.authority else None),
            ("Kind", scheme_label("kind", record.kind) if record.kind else None),
            ("Inspection dates", "; ".join(filter(None, dates)) or None),
            ("Published", format_day(record.published.isoformat()) if record.published else None),
            ("Pages", str(record.pages)),
            ("People", "; ".join(dict.fromkeys(roles)) or None),
            ("Could not be read", "; ".join(f"{unread.field}: {unread.reason}" for unread in record.unread) or None),
        )
    )


def _show_judgements(record: Record) -> None:
    rows = dict.fromkeys(
        (sentence_case(scheme_label("area", judgement.area)), sentence_case(scheme_label("grade", judgement.grade)))
        for judgement in record.judgements
    )
    if rows:
        markup.show_table("Judgements", ("Judgement", "Grade"), rows)


def _show_findings(findings: Sequence[Finding]) -> None:
    """Show the findings with the highest confidence, which are soonest seen to be right or wrong, in reading order."""
    most_confident = sorted(findings, key=lambda finding: -finding.confidence)[:FINDING_LIMIT]
    for finding in sorted(most_confident, key=lambda finding: finding.start):
        markup.show_finding(finding.polarity, finding.text)
    if len(findings) > FINDING_LIMIT:
        st.caption(f"{FINDING_LIMIT} of {len(findings)} findings, those with the highest confidence.")


def _show_mentions(mentions: Sequence[Mention]) -> None:
    counts = Counter((mention.name, mention.type) for mention in mentions)
    if counts:
        rows = ((name, sentence_case(type), count) for (name, type), count in counts.items())
        markup.show_table("Mentions", ("Name", "Kind", "Times"), rows)


def _add_to_graph(documents: Mapping[str, bytes]) -> None:
    """Build and load the documents, and clear the cached version of the graph."""
    if is_read_only():
        return
    try:
        outcomes = add_documents(_workspace(), documents)
        load_dataset(_workspace().cache)
    except CaregraphError as error:
        session.UPLOAD_FAILURE.set(escape_markdown(f"Nothing was added: {error}"))
        return
    names = {file_name(name) for name in documents}
    # Other documents change where these name the same things; they are not told of.
    added = [outcome for outcome in outcomes if outcome.source in names]
    failed = [f"{outcome.source} failed: {outcome.reason}." for outcome in added if outcome.status == "failed"]
    joined = [f"{outcome.source} was {outcome.status}." for outcome in added if outcome.status != "failed"]
    session.UPLOAD_FAILURE.set(escape_markdown(" ".join(failed)))
    if joined:
        session.UPLOAD_MESSAGE.set(escape_markdown(" ".join([*joined, "You can search for it now."])))
    session.UPLOAD_ROUND.set(session.UPLOAD_ROUND.get() + 1)
    _open_document(next((outcome.source for outcome in added if outcome.status != "failed"), None))


def _open_document(source: str | None) -> None:
    """Turn to the page of the first document that was added."""
    documents = cached_query(overview.document_summaries)
    added = next((document for document in documents if document.file == source), None)
    if added:
        write_parameters({"document": short_iri(added.node.iri)})
