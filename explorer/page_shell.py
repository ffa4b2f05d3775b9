"""Page shell: what every page has: its style, its links that can be followed, and the attribution."""

from collections.abc import Callable
from contextlib import suppress

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from caregraph.api import OF_ANOTHER_VERSION
from caregraph.explorer import markup
from caregraph.explorer.attribution import FOOTER, full_address, today
from caregraph.explorer.evidence.missing_words import show_words_message
from caregraph.explorer.figures.navigation import show_navigation
from caregraph.explorer.labels import escape_markdown
from caregraph.explorer.state import session
from caregraph.explorer.state.store_cache import cached_query, explain_errors
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.ontology.errors import ServerUnavailable


def with_shell(show: Callable[[], None]) -> Callable[[], None]:
    """A page with the explorer's style, and the attribution under it."""

    def page() -> None:
        markup.show_style()
        show_navigation()
        show_words_message()
        explain_errors(_show_below)(show, st.container())
        markup.show_footer(FOOTER)
        markup.show_print_address(full_address(), today())

    page.__name__ = show.__name__
    return page


def _show_below(show: Callable[[], None], above: DeltaGenerator) -> None:
    """Show a page, which says itself if no database answers, and then above it what is wrong with the graph."""
    show()
    with suppress(ServerUnavailable):  # of a page that does without the database
        if cached_query(Neo4jStore.is_of_another_version):
            above.warning(f"{OF_ANOTHER_VERSION[0].upper()}{OF_ANOTHER_VERSION[1:]}.", icon=":material/warning:")


def show_title(title: str, *, part: str = "") -> None:
    """Show a page's title, and in the browser's tab too.

    Args:
        part: of what the title names, as its services; only in the tab.
    """
    st.title(escape_markdown(title), anchor=False)
    session.PAGE_TITLE.set(title)
    name_tab(title, part)


def name_tab(title: str, part: str = "") -> None:
    """Name the browser's tab: the thing or the page, the part of it that is shown, and the product."""
    st.set_page_config(page_title=f"{title}{f', {part}' if part else ''} – caregraph")
