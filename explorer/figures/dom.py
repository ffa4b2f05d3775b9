"""Figures whose parts are links: maps, tables and bars, drawn by the browser from a tree of plain data.

Texts become text nodes there and never markup, so that a name from a report may stand in them as it is. A click on a
link comes back to Python, which turns the page without loading the explorer anew; its address can be copied or
opened in another tab like any other.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from caregraph.explorer.state.links import follow

Tree = str | list["Tree | dict[str, str]"]


def tag(name: str, *children: Tree | None, **attributes: object) -> Tree:
    """An element; children that are None are left out, as are attributes that are None or false.

    A trailing underscore and underscores within an attribute's name are Python's: ``class_``, ``aria_label``.

    >>> tag("td", "12", class_="high", title=None)
    ['td', {'class': 'high'}, '12']
    """
    known = {
        key.rstrip("_").replace("_", "-"): "" if value is True else str(value)
        for key, value in attributes.items()
        if value is not None and value is not False
    }
    return [name, known, *(child for child in children if child is not None)]


def link(text: str, address: str | None, **attributes: object) -> Tree:
    """A link to an address of `state.links`; without one, the text alone."""
    return tag("a", text, href=address, **attributes) if address else tag("span", text, **attributes)


def table(caption: str, head: Iterable[Tree], body: Iterable[Iterable[Tree]], *, class_: str = "") -> Tree:
    """A table that scrolls sideways on its own; each row's first cell is its heading."""
    rows = []
    for first, *others in body:
        rows.append(tag("tr", tag("th", first, scope="row"), *(tag("td", cell) for cell in others)))
    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption),
            tag("thead", tag("tr", *(tag("th", one, scope="col") for one in head))),
            tag("tbody", *rows),
        ),
        class_=f"table {class_}".strip(), tabindex="0", role="region", aria_label=caption,
    )  # fmt: skip


def figure(tree: Tree, *, key: str) -> None:
    """Draw a tree, and go where a link in it leads when it is clicked."""
    clicked = _component()(key=key, data=tree, on_go_change=lambda: None)
    if clicked.go:
        follow(clicked.go)


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "caregraph_figure",
        html="<div class='figure'></div>",
        js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
