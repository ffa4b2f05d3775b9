"""Adding documents: what was read in each is shown first, and joins the graph when somebody says so."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from caregraph.explorer.evidence import markup
from caregraph.explorer.labels import counted, day, period, plain, sentence_case, value
from caregraph.explorer.network.node_style import look, sign
from caregraph.explorer.state import store_cache
from caregraph.explorer.state.store_cache import catalogue, kept, store
from caregraph.graph.queries import overview
from caregraph.ontology.errors import CaregraphError
from caregraph.ontology.iris import short_iri
from caregraph.ontology.records import Finding, Mention, Record
from caregraph.settings import data_directory

if TYPE_CHECKING:
    from caregraph.workspace import Workspace

SUFFIXES = ("pdf", "html", "htm", "txt")
FINDINGS = 12  # shown of each document
_ROUND, _TOLD = "upload round", "upload told"


def upload() -> None:
    """The place to drop files, what was read in them, and the button that adds them."""
    if told := st.session_state.pop(_TOLD, None):
        st.success(told, icon=":material/check_circle:")
    files = st.file_uploader(
        "Add documents: PDF, HTML or text. Nothing leaves this machine.",
        type=SUFFIXES,
        accept_multiple_files=True,
        key=f"upload {st.session_state.get(_ROUND, 0)}",  # another key is an empty one
    )
    if files:
        _previews({file.name: file.getvalue() for file in files})


def _previews(documents: Mapping[str, bytes]) -> None:
    readable = {name: content for name, content in documents.items() if _preview(name, content)}
    if readable:
        noun = counted(len(readable), "document")
        st.button(f"Add {noun} to the graph", type="primary", icon=":material/add:", on_click=_add, args=(readable,))
        st.caption("Until then the graph is as it was.")


def _preview(name: str, content: bytes) -> bool:
    """What was read in one document; whether there is anything to add."""
    try:
        record = _record(store_cache.version(), name, content)
    except CaregraphError as error:
        st.error(str(error), icon=":material/error:")
        return False
    with st.expander(plain(f"{record.source}: {_heading(record)}"), expanded=True, key=f"preview-{record.sha256}"):
        _standing(record)
        _facts(record)
        _judgements(record)
        _findings(record.findings)
        _named(record.mentions)
    return True


@st.cache_data(show_spinner="Reading", max_entries=30, ttl=3600)
def _record(version: str, name: str, content: bytes) -> Record:
    from caregraph.uploads import file_name, preview

    return preview(_workspace(), file_name(name), content)


def _workspace() -> "Workspace":
    from caregraph.workspace import Workspace

    return Workspace(data_directory())


def _heading(record: Record) -> str:
    parts = (record.authority.name if record.authority else "no council", value("kind", record.kind or "no kind"))
    return f"{', '.join(parts)}, {counted(len(record.findings), 'finding')}"


def _standing(record: Record) -> None:
    """What adding it would do to what is there."""
    for known in kept(overview.document_summaries):
        if known.node.iri.endswith(f"/{record.sha256}"):
            st.info(f"The graph has this document already, as {plain(known.file)}.", icon=":material/info:")
        elif known.file == record.source:
            st.warning("The graph has another document of this name: adding replaces it.", icon=":material/warning:")
    if record.authority is None:
        st.warning("No council of the register was found in it. It will be in the graph without one.")


def _facts(record: Record) -> None:
    visits = "; ".join(filter(None, (period(first.isoformat(), last.isoformat()) for first, last in record.inspected)))
    roles = (f"{person.name} ({value('role', person.role)})" for person in record.people)
    markup.facts(
        (
            ("Title", record.title),
            ("Council", record.authority.name if record.authority else None),
            ("Kind", value("kind", record.kind) if record.kind else None),
            ("Visited", visits or None),
            ("Published", day(record.published.isoformat()) if record.published else None),
            ("Pages", str(record.pages)),
            ("People", "; ".join(dict.fromkeys(roles)) or None),
            ("Could not be read", "; ".join(f"{one.field}: {one.reason}" for one in record.unread) or None),
        )
    )


def _judgements(record: Record) -> None:
    rows = dict.fromkeys(
        (sentence_case(value("area", one.area)), sentence_case(value("grade", one.grade))) for one in record.judgements
    )
    if rows:
        markup.table("Judgements", ("Area", "Grade"), rows)


def _findings(findings: Sequence[Finding]) -> None:
    """The surest of each polarity first, since these are soonest seen to be right or wrong."""
    rows: Iterable[Finding] = sorted(findings, key=lambda one: -one.confidence)[:FINDINGS]
    for one in sorted(rows, key=lambda one: one.start):
        markup.quotation(sign(look("Finding", one.polarity), text=value("polarity", one.polarity)), one.text)
    if len(findings) > FINDINGS:
        st.caption(f"{FINDINGS} of {len(findings)} findings, the surest.")


def _named(mentions: Sequence[Mention]) -> None:
    counts: dict[tuple[str, str], int] = {}
    for one in mentions:
        counts[one.name, one.type] = counts.get((one.name, one.type), 0) + 1
    rows = ((name, sentence_case(type), count) for (name, type), count in counts.items())
    if counts:
        markup.table("Named in it", ("Name", "Kind", "Times"), rows)


def _add(documents: Mapping[str, bytes]) -> None:
    """Build, load, and forget what was kept of the graph before."""
    from caregraph.uploads import add_documents, file_name

    try:
        outcomes = add_documents(_workspace(), documents)
        with catalogue() as dataset:
            store().sync(dataset, _workspace().cache)
    except CaregraphError as error:
        st.session_state[_TOLD] = plain(f"Nothing was added: {error}")
        return
    store_cache.version.clear()
    given = {file_name(name) for name in documents}  # others change where these name the same things
    told = [
        f"{one.source} failed: {one.reason}." if one.status == "failed" else f"{one.source} was {one.status}."
        for one in outcomes
        if one.source in given
    ]
    st.session_state[_TOLD] = plain(" ".join([*told, "Search finds what is in the graph."]))
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    _open(next((one.source for one in outcomes if one.source in given and one.status != "failed"), None))


def _open(source: str | None) -> None:
    """Choose the first that was added, so that it is seen below."""
    found: Any = next((one for one in kept(overview.document_summaries) if one.file == source), None)
    if found:
        st.query_params["document"] = short_iri(found.node.iri)
