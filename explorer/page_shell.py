"""What every page has: its look, its attribution, and the way to the network."""

from collections.abc import Callable, Sequence

import streamlit as st

from caregraph.explorer.evidence.markup import STYLE
from caregraph.explorer.state import view
from caregraph.explorer.state.store_cache import guarded

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_LINK = f"<a href='{LICENCE}' target='_blank' rel='noopener noreferrer'>Open Government Licence v3.0</a>"
_ATTRIBUTION = (
    "Inspection reports: Ofsted, the Care Quality Commission and the inspectorates they inspect with; contains "
    f"public sector information licensed under the {_LINK}. What is shown is what a report said when it was written, "
    "read by a program that can be wrong: the marked words are the proof. "
    "It is not made or endorsed by any inspectorate."
)


def framed(show: Callable[[], None]) -> Callable[[], None]:
    """A page with the look of all pages and the attribution under it."""

    def page() -> None:
        st.html(STYLE)
        guarded(show)()
        st.html(f"<div class='footer' role='contentinfo'>{_ATTRIBUTION}</div>")

    page.__name__ = show.__name__
    return page


def open_in_network(iris: Sequence[str], *, selected: str) -> None:
    """Go to Explore and show these nodes."""
    shown = view.View().adding(iris, selected=selected)
    st.switch_page(st.session_state["pages"]["explore"], query_params=shown.address())
