"""Lines of a tree of HTML, as a browser shows them: headings, paragraphs, items of lists, rows of tables.

Word and OpenDocument files and the HTML in Markdown come here too.
"""

import re
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from caregraph.extractors.reading.formats.elements import (
    BLOCKS,
    HEADINGS,
    PREFORMATTED,
    is_grid_row,
    is_hidden,
    is_layout,
    is_note_figure,
    parts_of,
)
from caregraph.extractors.reading.raw_page import BLANK, MarkedLine
from caregraph.ontology.report import Mark

TAB = "\ue0f0"  # stands for a tab until the white space of the source is folded

_BOLD = frozenset({"b", "strong"})
_FEWEST_HEADINGS = 3  # of a page that marks its headings
_CAMEL = re.compile(r"[a-z,;:.?!)]$")


@dataclass
class _Buffer:
    """Words since the last line of the flow: of each shown line its words, and if all of them are bold."""

    lines: list[list[str]] = field(default_factory=lambda: [[]])
    is_bold: list[bool] = field(default_factory=lambda: [True])

    def add(self, words: str, *, bold: bool) -> None:
        if words.strip():
            self.is_bold[-1] &= bold
        self.lines[-1].append(words)

    def end_line(self) -> None:
        self.lines.append([])
        self.is_bold.append(True)

    def shown(self) -> list[tuple[str, bool]]:
        """Each line, with its white space folded but for the tabs between cells, and its boldness."""
        lines = ("".join(words) for words in self.lines)
        return [(_fold(line), bold) for line, bold in zip(lines, self.is_bold, strict=True)]


def markup_lines(root: HtmlElement, *, paragraph_mark: Mark = "paragraph", numbered: bool = True) -> list[MarkedLine]:
    """Lines of an element and all in it, in order.

    A paragraph of several lines has no marks and is read as plain text is, with a blank line before and after it.
    A line in bold type is a heading, unless the headings are marked.

    Args:
        paragraph_mark: mark of a paragraph of one line; without a mark it is read as plain text.
        numbered: are the numbers of a numbered list those that its reader sees?
    """
    headings = len(list(islice(root.iter(*HEADINGS), _FEWEST_HEADINGS)))
    flow = _Flow(paragraph_mark, numbered=numbered, bold_heads=not paragraph_mark or headings < _FEWEST_HEADINGS)
    flow.walk(root)
    flow.flush()
    return flow.lines


def _fold(words: str) -> str:
    """Words with each run of white space made one space, or one tab if it has a tab that parts cells."""
    cells = (" ".join(cell.split()) for cell in words.split(TAB))
    return "\t".join(cells).strip()


class _Flow:
    """Lines of the elements that were walked so far."""

    def __init__(self, paragraph_mark: Mark, *, numbered: bool, bold_heads: bool) -> None:
        self.lines: list[MarkedLine] = []
        self._paragraph_mark = paragraph_mark
        self._numbered = numbered
        self._number: str | None = None  # of the item that begins
        self._buffer = _Buffer()
        self._mark: Mark | None = None  # of the element that is walked, where it has one of its own
        self._bold_heads = bold_heads
        self._bold = 0

    def flush(self) -> None:
        """End the line, and all that it belongs to."""
        shown = self._buffer.shown()
        self._buffer = _Buffer()
        while shown and not shown[-1][0]:
            shown.pop()
        while shown and not shown[0][0]:
            shown.pop(0)
        if not shown:
            return
        if self._number:
            shown[0] = f"{self._number}. {shown[0][0]}", False
            self._number = None
        if self._mark:
            self.lines.append((" ".join(words for words, _ in shown if words), self._mark))
            if self._mark == "item":
                self._mark = None  # what else is in the item stands below it
            return
        if len(shown) == 1 and (mark := self._mark_of(*shown[0])):
            self.lines.append((shown[0][0], mark))
            return
        self.lines.append(BLANK)
        self.lines.extend((words, "heading" if words and bold and self._bold_heads else "") for words, bold in shown)
        self.lines.append(BLANK)

    def _mark_of(self, words: str, bold: bool) -> Mark:
        """Mark of a paragraph of one line."""
        if "\t" in words:
            return "row"
        return "heading" if bold and self._bold_heads else self._paragraph_mark

    def walk(self, element: HtmlElement) -> None:
        """Add what is in an element, without what follows on it."""
        self._text(element.text)
        for child in element:
            if not is_hidden(child):
                self._add(child)
            self._text(child.tail)

    def _add(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            self._buffer.end_line()
        elif tag == "tab":
            self._buffer.add(TAB, bold=True)
        elif tag in PREFORMATTED:
            self._add_preformatted(element)
        elif tag == "table":
            self.flush()
            self._add_table(element)
        elif tag == "dl":
            self.flush()
            self._add_definitions(element)
        elif tag in HEADINGS:
            self._add_marked(element, "heading")
        elif tag == "ol" and self._numbered and element.get("type", "1") == "1":
            self._add_numbered_list(element)
        elif tag == "li" and not is_grid_row(element):
            self._add_marked(element, "item")
        elif tag in BLOCKS or "-" in tag:
            self.flush()
            if is_grid_row(element):
                self._add_row([_words(cell) for cell in element])
            else:
                self.walk(element)
            self.flush()
        else:
            self._add_inline(element)

    def _text(self, text: str | None) -> None:
        if text:
            self._buffer.add(text, bold=self._bold > 0)

    def _add_inline(self, element: HtmlElement) -> None:
        if is_note_figure(element):
            return
        words = self._buffer.lines[-1]
        if words and _CAMEL.search(words[-1][-1:]) and re.match("[A-Z]", element.text_content()[:1]):
            words.append(" ")  # styles, not spaces, part 'Overall effectiveness' from 'Good'
        self._bold += element.tag in _BOLD
        self.walk(element)
        self._bold -= element.tag in _BOLD

    def _add_marked(self, element: HtmlElement, mark: Mark) -> None:
        self.flush()
        before, self._mark = self._mark, mark
        self.walk(element)
        self.flush()
        self._mark = before

    def _add_numbered_list(self, items: HtmlElement) -> None:
        number = _integer(items.get("start"), 1)
        self.flush()
        for item in items:
            if is_hidden(item):
                continue
            if item.tag != "li":
                self._add(item)
                continue
            number = _integer(item.get("value"), number)
            self._number = str(number)
            self.walk(item)
            self.flush()
            self._number = None
            number += 1

    def _add_preformatted(self, element: HtmlElement) -> None:
        self.flush()
        text = element.text_content().replace("\r\n", "\n").replace("\r", "\n")
        self.lines.extend([BLANK, *((line.rstrip(), "") for line in text.split("\n")), BLANK])

    def _add_row(self, cells: list[str]) -> None:
        row = "\t".join(cells).rstrip()
        if row.strip():
            self.lines.append((row, "row"))

    def _add_table(self, table: HtmlElement) -> None:
        for element in parts_of(table, ("tr", "caption"), within=("thead", "tbody", "tfoot")):
            if element.tag != "tr":
                self._add_marked(element, "heading" if element.tag == "caption" else self._paragraph_mark)
                continue
            cells = [cell for cell in element if cell.tag in ("td", "th") and not is_hidden(cell)]
            if len(cells) == 1 or any(is_layout(cell) for cell in cells):
                for cell in cells:
                    self.flush()
                    self.walk(cell)
                    self.flush()
                continue
            for row in _rows([_shown_lines(cell) for cell in cells]):
                self._add_row(row)

    def _add_definitions(self, definitions: HtmlElement) -> None:
        """Add each term and what it is beside it; below it, if that is long."""
        terms: list[str] = []
        for element in parts_of(definitions, ("dt", "dd"), within=("div",)):
            if element.tag == "dt":
                terms.append(_words(element))
                continue
            if terms and not is_layout(element):
                self._add_row([" ".join(terms), _words(element)])
            else:
                if terms:
                    self.lines.append((" ".join(terms), "heading"))
                self.walk(element)
                self.flush()
            terms = []
        if terms:
            self.lines.append((" ".join(terms), self._paragraph_mark))


def _words(element: HtmlElement) -> str:
    return " ".join(words for words in _shown_lines(element) if words)


def _shown_lines(element: HtmlElement) -> list[str]:
    """Lines of a cell, as it shows them; at least one, which may be empty. A picture alone is what it is said to be."""
    lines = [words for words, _ in markup_lines(element) if words]
    return lines or [next(filter(None, map(_label, element.iterdescendants())), "")]


def _label(element: HtmlElement) -> str:
    """Words that are read aloud in the place of an element."""
    words = element.get("alt") or element.get("aria-label") or element.get("title") or ""
    return " ".join(words.split())


def _rows(cells: list[list[str]]) -> list[list[str]]:
    """Rows that a row of cells shows: several, if each cell has as many lines, none of which goes on in the next."""
    if len({len(lines) for lines in cells}) == 1 and all(line[:1].isupper() for lines in cells for line in lines):
        return [list(row) for row in zip(*cells, strict=True)]
    return [[" ".join(lines) for lines in cells]]


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"\s*-?\d{1,6}\s*", value) else default
