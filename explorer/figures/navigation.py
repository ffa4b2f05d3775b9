"""Navigation in the browser: a click on a link is one entry of its history, and each entry keeps its place on the page.

`st.switch_page` makes two entries of a click, the first of them the old page with the new page's parameters, and it
leaves the reader where the old page was scrolled to. So links are followed in the browser (`navigation.js`), the way
that Streamlit itself follows Back and Forward.
"""

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from caregraph.explorer.figures.script_component import script_component

_SCRIPTS = ("search_keys", "navigation")  # one module


def show_navigation() -> None:
    """Follow the links of figures, restore a page's place after Back, and hear the keys of the search boxes."""
    _component()(key="navigation", data={})


def redirect(address: str) -> None:
    """Turn from an address of former times to the one that has taken its place in the browser's history; ends the page.

    Args:
        address: of `state.links`.
    """
    _component()(key="navigation redirect", data={"address": address, "open": True})
    st.stop()


def correct_address(address: str) -> None:
    """Show the full address of what the page shows anyway, without a new entry in the browser's history."""
    _component()(key="navigation address", data={"address": address})


@cache
def _component() -> ComponentRenderer:
    scripts = [Path(__file__).with_name(f"{name}.js") for name in _SCRIPTS]
    return script_component("navigation", "<i hidden></i>", scripts)
