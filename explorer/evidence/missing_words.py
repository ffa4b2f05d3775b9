"""Evidence whose words are not here: where they stand, and the button that fetches the report."""

from dataclasses import replace

import streamlit as st

from caregraph.explorer.labels import escape_markdown, format_count
from caregraph.explorer.state import session
from caregraph.explorer.state.store_cache import cached_query
from caregraph.graph.dataset.document_cache import WITHOUT_WORDS, DocumentCache
from caregraph.graph.queries.evidence import Evidence
from caregraph.graph.queries.search import count_searchable
from caregraph.missing_words import fetched_passage, get_report
from caregraph.ontology.errors import CaregraphError
from caregraph.ontology.records import Passage
from caregraph.settings import data_directory, is_read_only

_SAME = "The report is here. Its words are shown from now on; search and answers have them after the next build."
_OTHER = (
    "The report at the inspectorate is not the one that these facts were read from: its file has another hash. It was "
    "read anew, and what is shown is what it says now."
)


def with_fetched_words(fact: Evidence) -> Evidence:
    """Evidence with the words of its passage, where the report has been fetched since the graph was built."""
    sha256 = fact.source.document.rsplit("/", 1)[-1]
    version = None if fact.has_words else DocumentCache(data_directory()).record_version(sha256)
    if version in (None, WITHOUT_WORDS):
        return fact
    passage = _passage(sha256, fact.offset + fact.sentence[0], version)
    if passage is None:
        return fact
    shift = fact.offset - passage.start
    start, end = (place + shift for place in fact.sentence)
    words = tuple((first + shift, last + shift) for first, last in fact.words)
    return replace(
        fact,
        passage=passage.text,
        offset=passage.start,
        sentence=(max(0, start), min(len(passage.text), end)),
        words=words,
        section=passage.section,
        has_words=True,
    )


@st.cache_data(show_spinner=False, max_entries=500)
def _passage(sha256: str, start: int, version: str) -> Passage | None:
    return fetched_passage(data_directory(), sha256, start)


def show_wordless_reports(consequence: str) -> None:
    """Say how many reports have no words here, if any, and what follows from it."""
    here, reports = cached_query(count_searchable)
    if here < reports:
        words = f"The words of {reports - here:,} of {format_count(reports, 'report')} are not fetched: {consequence}"
        st.info(words, icon=":material/info:")


def show_get_button(fact: Evidence, *, key: str) -> None:
    """Show the button that fetches the report of evidence without words, unless nobody may add to the graph."""
    if fact.has_words or is_read_only():
        return
    st.button(
        "Get this report",
        icon=":material/cloud_download:",
        type="tertiary",
        key=f"{key}-get",
        help="Fetch it from the inspectorate's site, check that it is the one that was read, and show its words",
        on_click=_get,
        args=(fact.source.document.rsplit("/", 1)[-1],),
    )


def _get(sha256: str) -> None:
    try:
        fetched = get_report(data_directory(), sha256)
    except CaregraphError as error:
        instead = "Try again later, or download it “At the inspectorate” and add it on the page Reports."
        session.WORDS_MESSAGE.set(f"The report could not be had: {error}. {instead}")
        return
    session.WORDS_MESSAGE.set(_SAME if fetched.is_same else _OTHER)


def show_words_message() -> None:
    """Say what became of the last report that was asked for."""
    if message := session.WORDS_MESSAGE.pop():
        st.info(escape_markdown(message), icon=":material/info:")
