"""Page shell: what every page has: its style, its links that can be followed, and the attribution."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.evidence.missing_words import show_words_message
from caregraph.explorer.figures.navigation import show_navigation
from caregraph.explorer.labels import escape_markdown, format_day
from caregraph.explorer.state.store_cache import explain_errors

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_ATTRIBUTION = (
    "Inspection reports: Ofsted, the Care Quality Commission and the inspectorates they inspect with. Contains "
    "public sector information licensed under the ",
    ("Open Government Licence v3.0", LICENCE),
    ". caregraph shows what reports said when they were written, as read by a program that can be wrong: check the "
    "marked words. It is not made or endorsed by any inspectorate.",
)


def with_shell(show: Callable[[], None]) -> Callable[[], None]:
    """A page with the explorer's style, and the attribution under it."""

    def page() -> None:
        markup.show_style()
        show_navigation()
        show_words_message()
        explain_errors(show)()
        markup.show_footer(_ATTRIBUTION)
        markup.show_print_address(_full_address(), format_day(date.today().isoformat()) or "")

    page.__name__ = show.__name__
    return page


def _full_address() -> str:
    """Address of the page with all that it says, as far as the browser has told it."""
    query = urlencode(st.query_params.to_dict(), safe="/,")
    return f"{(st.context.url or '').partition('?')[0]}{f'?{query}' if query else ''}"


def show_title(title: str, *, part: str = "") -> None:
    """Show a page's title, and in the browser's tab too.

    Args:
        part: of what the title names, as its services; only in the tab.
    """
    st.title(escape_markdown(title), anchor=False)
    name_tab(title, part)


def name_tab(title: str, part: str = "") -> None:
    """Name the browser's tab: the thing or the page, the part of it that is shown, and the product."""
    st.set_page_config(page_title=f"{title}{f', {part}' if part else ''} – caregraph")
