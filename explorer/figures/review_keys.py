"""Keys of the review page: each presses the button of a verdict."""

from functools import cache
from pathlib import Path

from streamlit.components.v2.types import ComponentRenderer

from caregraph.explorer.figures.script_component import script_component


def show_review_keys() -> None:
    """Hear the keys S, D, N, J and K while the page shows a pair."""
    _component()(key="review keys", data={})


@cache
def _component() -> ComponentRenderer:
    return script_component("review_keys", "<i hidden></i>", [Path(__file__).with_suffix(".js")])
