"""Keys of the review page: each presses the button of a verdict."""

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer


def show_review_keys() -> None:
    """Hear the keys S, D, N, J and K while the page shows a pair."""
    _component()(key="review keys", data={})


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "caregraph_review_keys",
        html="<i hidden></i>",
        js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
