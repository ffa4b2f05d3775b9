"""Elements of HTML: those that begin a line, those that nobody sees, and those that are cells of a table."""

import re
from collections.abc import Container, Iterator

from lxml.html import HtmlElement

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "legend"})
BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset header hgroup hr html layer li main menu multicol nav ol p section table tbody td tfoot "
    "th thead tr ul".split()
)
PREFORMATTED = frozenset({"pre", "listing", "xmp", "plaintext", "textarea"})
_UNSEEN = frozenset(
    "applet area audio base button canvas col colgroup command datalist embed frame head iframe img input link map "
    "meta noembed noframes noscript object optgroup option param rp rt script select style svg template "
    "title video".split()
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_NOTE_FIGURE = re.compile(r"\W*(?:\d{1,3}|[*†‡§]|[ivx]{1,4})\W*")

_LONG_CELL = 60  # words: a cell that has more is a part of the page's layout, or a text of its own
_LONG_GRID_CELL = 24  # words in a cell of a table that is made of other elements
_GRID_CELLS = frozenset({"div", "span", "p", "strong", "b", "h3", "h4", "h5"})
_CELLS = range(2, 7)  # such cells to a row


def is_hidden(element: HtmlElement) -> bool:
    """Is the element one that no browser shows as text?"""
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return True
    # What is hidden until somebody looks for it is a part of the text that was folded up.
    return element.get("hidden", "until-found") != "until-found" or bool(_HIDDEN.search(element.get("style") or ""))


def hide(element: HtmlElement) -> None:
    """Take what is in an element away, and leave what follows on it."""
    element.clear(keep_tail=True)
    element.tag = "template"


def is_note_figure(element: HtmlElement) -> bool:
    """Is the element the raised figure of a note, or a link to one below?"""
    raised = element.tag == "sup" or "super" in (element.get("style") or "")
    linked = element.tag == "a" and (element.get("href") or "").startswith("#")
    return (raised or linked) and _NOTE_FIGURE.fullmatch(element.text_content()) is not None


def parts_of(element: HtmlElement, tags: Container[str], *, within: Container[str]) -> Iterator[HtmlElement]:
    """Yield the parts of an element that have these tags, also those within others, but not what is in a part."""
    for child in element:
        if is_hidden(child):
            continue
        if child.tag in tags:
            yield child
        elif child.tag in within:
            yield from parts_of(child, tags, within=within)


def is_layout(cell: HtmlElement) -> bool:
    """Has a cell other tables, lists and headings in it, or a long text?"""
    inner = next(cell.iter("table", "ul", "ol", "dl", "pre", *sorted(HEADINGS)), None)
    return inner is not None or len(cell.text_content().split()) > _LONG_CELL


def is_grid_row(element: HtmlElement) -> bool:
    """Are the elements in this one the cells of a row, beside another, in a table that has no elements of a table?"""
    count = _cells(element)
    return count > 0 and any(_cells(neighbour) == count for neighbour in _neighbours(element))


def _neighbours(element: HtmlElement) -> Iterator[HtmlElement]:
    for neighbour in (element.getprevious(), element.getnext()):
        if neighbour is not None and isinstance(neighbour.tag, str):
            yield neighbour


def _cells(element: HtmlElement) -> int:
    """Number of cells that an element consists of, if they are all that is in it; else 0."""
    if element.tag in ("ul", "ol", "p") or len(element) not in _CELLS or (element.text or "").strip():
        return 0
    for cell in element:
        if is_hidden(cell) or cell.tag not in _GRID_CELLS or (cell.tail or "").strip():
            return 0
        if any(inner.tag in BLOCKS or inner.tag == "br" for inner in cell.iterdescendants()):
            return 0
        if element.tag == "li" and cell.tag not in ("div", "span"):
            return 0  # bold words that an item begins with
        words = cell.text_content().split()
        if not words or len(words) > _LONG_GRID_CELL or words[-1].endswith("."):
            return 0
    return len(element)
