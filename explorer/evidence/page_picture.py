"""Page pictures: the page that a quotation stands on, with its sentence boxed."""

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.labels import citation, escape_markdown
from caregraph.graph.dataset.document_cache import document_path
from caregraph.graph.queries.evidence import Evidence
from caregraph.ontology.errors import UnreadableReport
from caregraph.settings import data_directory
from caregraph.uploads import page_pictures

_HEADER_BYTES = 4096  # of a file, in which a PDF has its mark
_NO_COPY = "There is no copy of this report in the data directory that the explorer uses."


def show_page_button(fact: Evidence, *, key: str) -> None:
    """Show a button that opens the page, if the document is a PDF of which there is a copy."""
    sha256 = _sha256(fact)
    if not fact.page or not has_pages(sha256):
        return
    if st.button(f"Page {fact.page}", icon=":material/plagiarism:", type="tertiary", key=f"{key}-page"):
        _open_page_dialog(fact)


def _sha256(fact: Evidence) -> str:
    return fact.source.document.rsplit("/", 1)[-1]


def has_pages(sha256: str) -> bool:
    """Tell if a document, by its hash, is a PDF of which there is a copy."""
    return document_path(data_directory(), sha256) is not None and _is_pdf(sha256)


@st.cache_data(show_spinner=False, ttl=60)
def _is_pdf(sha256: str) -> bool:
    path = document_path(data_directory(), sha256)
    if path is None:
        return False
    with path.open("rb") as file:
        return b"%PDF-" in file.read(_HEADER_BYTES)


def pages_of(fact: Evidence) -> list[tuple[int, bytes]]:
    """Numbers and pictures of the pages on which a sentence stands; none if there is no copy of its report, a PDF.

    Raises:
        UnreadableReport: if the copy cannot be drawn.
    """
    start, end = (fact.offset + character for character in fact.sentence)
    return draw_pages(_sha256(fact), start, end) if fact.has_words else []


@st.dialog("Page of the report", width="large")
def _open_page_dialog(fact: Evidence) -> None:
    try:
        pictures = pages_of(fact)
    except UnreadableReport as error:
        st.info(escape_markdown(str(error)), icon=":material/info:")
        return
    left, right = st.columns(2, gap="medium")  # so that most of a page is seen at once
    with left:
        if not pictures:
            st.info(_NO_COPY, icon=":material/info:")
        for number, png in pictures:
            st.image(png, alt=f"Page {number} of {fact.source.name}, the sentence boxed", width="stretch")
    with right:
        markup.show_card(fact, heading=False)
        st.code(citation(fact), language=None, wrap_lines=True)


@st.cache_data(show_spinner="Opening the page", max_entries=64)
def draw_pages(sha256: str, start: int, end: int) -> list[tuple[int, bytes]]:
    """Numbers and pictures of the pages on which some characters of a document stand, with these boxed.

    Raises:
        UnreadableReport: if the copy cannot be drawn.
    """
    pictures = page_pictures(data_directory(), sha256, start, end)
    return [(picture.number, picture.png) for picture in pictures]
