"""The page that a fact stands on, as a picture with its sentence boxed."""

import streamlit as st

from caregraph.explorer.evidence import markup
from caregraph.explorer.labels import citation
from caregraph.graph.dataset.document_cache import document_path
from caregraph.graph.queries.evidence import Evidence
from caregraph.ontology.errors import UnreadableReport
from caregraph.settings import data_directory

_SNIFF = 4096  # bytes in which a PDF's mark stands
_GONE = "There is no copy of this document in the data directory that the explorer runs with."


def button(found: Evidence, *, key: str) -> None:
    """A button that opens the page, where the document is a PDF of which a copy was kept."""
    if not found.page or not _is_pdf(_sha256(found)):
        return
    if st.button(f"Page {found.page}", icon=":material/plagiarism:", type="tertiary", key=f"{key}-page"):
        _open(found)


def _sha256(found: Evidence) -> str:
    return found.source.document.rsplit("/", 1)[-1]


@st.cache_data(show_spinner=False, ttl=60)
def _is_pdf(sha256: str) -> bool:
    path = document_path(data_directory(), sha256)
    if path is None:
        return False
    with path.open("rb") as file:
        return b"%PDF-" in file.read(_SNIFF)


@st.dialog("The page", width="large")
def _open(found: Evidence) -> None:
    start, end = (found.offset + place for place in found.sentence)
    try:
        pictures = _pictures(_sha256(found), start, end)
    except UnreadableReport as error:
        st.info(str(error), icon=":material/info:")
        return
    left, right = st.columns(2, gap="medium")  # so that most of a page is seen at once
    with left:
        if not pictures:
            st.info(_GONE, icon=":material/info:")
        for number, png in pictures:
            st.image(png, alt=f"Page {number} of {found.source.name}, the sentence boxed", width="stretch")
    with right:
        st.html(markup.card(found, heading=False))
        st.code(citation(found), language=None, wrap_lines=True)


@st.cache_data(show_spinner="Opening the page", max_entries=64)
def _pictures(sha256: str, start: int, end: int) -> list[tuple[int, bytes]]:
    from caregraph.uploads import page_pictures  # brings all that reads reports, which only this needs

    found = page_pictures(data_directory(), sha256, start, end)
    return [(one.number, one.png) for one in found]
