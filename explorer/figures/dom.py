"""Figures whose parts are links: maps, tables and bars, drawn by the browser from a tree of plain data.

Texts become text nodes in the browser and never markup, so that a name from a report may stand in them as it is. A
click on a link turns the page without loading the explorer anew (`figures.navigation`); its address can be copied or
opened in another tab like any other.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from streamlit.components.v2.types import ComponentRenderer

from caregraph.explorer.figures.script_component import script_component
from caregraph.explorer.state.links import node_address
from caregraph.graph.queries.nodes import Node
from caregraph.graph.wording import sentence_case

Tree = str | list["Tree | dict[str, str]"]


def tag(name: str, *children: Tree | None, **attributes: object) -> Tree:
    """An element; children that are None are left out, as are attributes that are None or False.

    A trailing underscore and underscores within an attribute's name are Python's: ``class_``, ``aria_label``.

    >>> tag("td", "12", class_="high", title=None)
    ['td', {'class': 'high'}, '12']
    """
    given = {
        key.rstrip("_").replace("_", "-"): "" if value is True else str(value)
        for key, value in attributes.items()
        if value is not None and value is not False
    }
    return [name, given, *(child for child in children if child is not None)]


def page_link(text: str, address: str | None, **attributes: object) -> Tree:
    """A link to an address of `state.links`; without one, the text alone."""
    return tag("a", text, href=address, **attributes) if address else tag("span", text, **attributes)


def node_link(node: Node, text: str | None = None) -> Tree:
    """A link to a node's page; without a text, its name."""
    return page_link(sentence_case(node.name) if text is None else text, node_address(node))


def linked_names(links: Iterable[Tree]) -> list[Tree]:
    """Links with commas between them."""
    parts: list[Tree] = []
    for number, link in enumerate(links):
        parts += [", ", link] if number else [link]
    return parts


def table(caption: str, head: Iterable[Tree], body: Iterable[Iterable[Tree]], *, class_: str = "") -> Tree:
    """A table that scrolls sideways on its own; each row's first cell is its heading.

    Args:
        class_: with ``cards`` among its words, a row is a card on a phone, each cell under its column's name; with
            ``beside`` too, the name stands beside the cell in all but the last column, and with ``whole`` also there.
    """
    head = list(head)
    names = [name if isinstance(name, str) else None for name in head[1:]] if "cards" in class_.split() else []
    rows = []
    for first, *cells in body:
        labels = names or [None] * len(cells)
        labelled = (tag("td", cell, data_label=label) for cell, label in zip(cells, labels, strict=True))
        rows.append(tag("tr", tag("th", first, scope="row"), *labelled))
    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption),
            tag("thead", tag("tr", *(tag("th", cell, scope="col") for cell in head))),
            tag("tbody", *rows),
        ),
        class_=f"table {class_}".strip(), tabindex="0", role="region", aria_label=caption,
    )  # fmt: skip


def tile(css_class: str, text: str = "") -> Tree:
    """A small coloured tile, such as stands before a grade or in a legend; a screen reader skips it."""
    return tag("i", text, class_=f"tile {css_class}", aria_hidden="true")


def legend(entries: Sequence[tuple[Tree, str]]) -> Tree:
    """A legend: each sign with its meaning."""
    return tag("ul", *(tag("li", sign, words) for sign, words in entries), class_="key", aria_label="Legend")


def counted_legend(entries: Mapping[tuple[str, str, str], int]) -> Tree:
    """A legend of tiles, by CSS class, symbol and meaning, with how many there are of each."""
    return legend(
        [
            (tile(css_class, symbol), f"{sentence_case(words)} {count}")
            for (css_class, symbol, words), count in entries.items()
        ]
    )


def show_figure(tree: Tree, *, key: str) -> None:
    """Draw a tree; a click on a link in it opens the link's page."""
    _component()(key=key, data=tree)


@cache
def _component() -> ComponentRenderer:
    return script_component("figure", "<div class='figure'></div>", [Path(__file__).with_suffix(".js")])
