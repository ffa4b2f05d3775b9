"""Tables of a figure as plain text, for a pack: what a reader sees in the cells, and the sentences they quote."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from caregraph.brief.blocks import Table
from caregraph.explorer.figures.dom import Tree
from caregraph.ontology.iris import full_iri

_APART = frozenset(("div", "li", "p", "small", "caption", "summary"))  # elements that begin a line of their own
_SEPARATOR = " · "  # in a cell, where the page begins a line


def figure_tables(tree: Tree) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """Tables of a figure, and the IRIs of the findings that they quote; a cell has their numbers, such as [2].

    >>> link = ["a", {"href": "findings?finding=finding/x/1-2"}, "Visits are regular."]
    >>> head, row = ["tr", {}, ["th", {}, "Said"]], ["tr", {}, ["td", {}, link, ["small", {}, "page 3"]]]
    >>> tables, findings = figure_tables(["table", {}, ["thead", {}, head], ["tbody", {}, row]])
    >>> tables[0].rows, len(findings)
    ((('Visits are regular. [1] · page 3',),), 1)
    """
    numbers: dict[str, int] = {}
    tables = tuple(_table(element, numbers) for element in _elements(tree, "table"))
    return tables, tuple(numbers)


def tree_text(tree: Tree) -> str:
    """Text of a tree on one line.

    >>> tree_text(["span", {}, ["a", {"href": ""}, "Ashmere"], ["small", {}, "2025"]])
    'Ashmere · 2025'
    """
    return _folded(_text(tree, {}))


def figure_legend(tree: Tree) -> str:
    """Signs of a figure's legend with their meanings, in one line; empty without a legend."""
    entries = [
        _folded(_text(entry, {}, hidden=True))
        for legend in _elements(tree, "ul")
        if _attributes(legend).get("class") == "key"
        for entry in _elements(legend, "li")
    ]
    return "; ".join(filter(None, entries))


def _attributes(element: Any) -> Mapping[str, str]:
    return element[1] if isinstance(element, list) and len(element) > 1 and isinstance(element[1], dict) else {}


def _children(element: Any) -> list[Any]:
    return element[2:] if isinstance(element, list) else []


def _elements(tree: Any, name: str) -> Iterator[Any]:
    """Elements of a name, in order; none inside another of that name."""
    if isinstance(tree, list) and tree and tree[0] == name:
        yield tree
        return
    for child in _children(tree):
        yield from _elements(child, name)


def _table(element: Any, numbers: dict[str, int]) -> Table:
    caption = " ".join(_folded(_text(part, {})) for part in _elements(element, "caption"))
    heads = [_cells(row, {}) for part in _elements(element, "thead") for row in _elements(part, "tr")]
    body = [_cells(row, numbers) for part in _elements(element, "tbody") for row in _elements(part, "tr")]
    width = max(map(len, [*heads, *body]), default=0)
    columns = zip(*(_filled(row, width) for row in heads), strict=True)
    head = tuple(_SEPARATOR.join(dict.fromkeys(filter(None, column))) for column in columns)
    return Table(caption, head or ("",) * width, tuple(_filled(row, width) for row in body))


def _cells(row: Any, numbers: dict[str, int]) -> list[str]:
    """Texts of a row's cells; one that spans columns has its text in each."""
    cells: list[str] = []
    for cell in _children(row):
        text = _folded(_text(cell, numbers))
        cells += [text] * int(_attributes(cell).get("colspan", "1"))
    return cells


def _filled(row: list[str], width: int) -> tuple[str, ...]:
    return (*row, *("",) * (width - len(row)))


def _text(tree: Any, numbers: dict[str, int], *, hidden: bool = False) -> str:
    """Text of an element, with the numbers of the findings that its links lead to.

    Args:
        hidden: with signs that a screen reader skips.
    """
    if isinstance(tree, str):
        return tree
    attributes = _attributes(tree)
    if attributes.get("aria-hidden") == "true" and not hidden:
        return ""
    text = "".join(_text(child, numbers, hidden=hidden) for child in _children(tree))
    if finding := _finding(attributes.get("href", "")):
        text = f"{text} [{numbers.setdefault(finding, len(numbers) + 1)}]"
    apart = tree[0] in _APART or attributes.get("class") == "quotation"
    return f"\n{text}\n" if apart else f"{text} " if tree[0] == "i" else text


def _finding(address: str) -> str:
    """IRI of the finding that an address of the explorer shows; empty if it shows another page."""
    parts = urlsplit(address)
    finding = parse_qs(parts.query).get("finding", [""])[0]
    return full_iri(finding) if finding and parts.path == "findings" else ""


def _folded(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return _SEPARATOR.join(filter(None, lines))
