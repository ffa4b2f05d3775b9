"""Pages on which the two names of a pair stand, side by side, drawn when the reader asks for them."""

import streamlit as st

from caregraph.explorer.evidence.page_picture import draw_pages, has_pages
from caregraph.explorer.labels import escape_markdown
from caregraph.graph.resolution.profiles import Profile, Quotation
from caregraph.graph.resolution.review import ReviewPair
from caregraph.ontology.errors import UnreadableReport


def show_quoted_pages(pair: ReviewPair) -> None:
    """Show a switch and, once it is on, for each name the pages of its quotations, with the sentences boxed."""
    profiles = (pair.left, pair.right)
    if not any(has_pages(quote.sha256) for profile in profiles for quote in profile.quotes):
        return
    if not st.toggle("Show the pages", key="review pages", help="The pages of the reports, with the sentences boxed"):
        return
    for profile, column in zip(profiles, st.columns(2, gap="medium"), strict=True):
        with column:
            _show_pages(profile)


def _show_pages(profile: Profile) -> None:
    quotes = [quote for quote in profile.quotes if has_pages(quote.sha256)]
    if not quotes:
        st.caption("There is no page to show: no report that names it is a PDF of which there is a copy.")
    for quote in quotes:
        _show_page(quote)


def _show_page(quote: Quotation) -> None:
    try:
        pictures = draw_pages(quote.sha256, quote.sentence_start, quote.sentence_end)
    except UnreadableReport as error:
        st.info(escape_markdown(str(error)), icon=":material/info:")
        return
    for number, png in pictures:
        st.image(png, alt=f"Page {number} of {quote.document}, the sentence boxed", width="stretch")
        st.caption(escape_markdown(f"{quote.document}, page {number}"))
