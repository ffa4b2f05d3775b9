"""Values in an address that name nothing: they are said, in the same words on every page, and never replaced."""

from collections.abc import Sequence

import streamlit as st

from caregraph.explorer.labels import escape_markdown
from caregraph.graph.wording import join_names

_LONGEST = 80  # characters of a value that are shown
_MOST = 3  # values that are named


class UnknownValue(Exception):
    """A value of the address that names nothing; a page shows nothing else in its place.

    Args:
        advice: a sentence that says what to do.
    """

    def __init__(self, value: str, advice: str = "") -> None:
        super().__init__(value)
        self.value = value
        self.advice = advice


def show_unknown_values(values: Sequence[str], advice: str = "") -> None:
    """Say that values of the address name nothing."""
    names = [f"“{value[:_LONGEST]}{'…' if len(value) > _LONGEST else ''}”" for value in values[:_MOST]]
    if len(values) > _MOST:
        names.append(f"{len(values) - _MOST:,} more")
    st.info(escape_markdown(f"We could not find {join_names(names)}. {advice}".strip()), icon=":material/search_off:")
