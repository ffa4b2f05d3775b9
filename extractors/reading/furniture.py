"""Separate page furniture (running headers, footers, page numbers) and footnotes from the body of a page."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Literal

from caregraph.extractors.reading.raw_page import RawLine, RawPage

LineRole = Literal["body", "note", "furniture"]

_BAND = 0.13  # of the page's height, at top and bottom, in which furniture stands
_SMALLER = 0.92  # of the body's type size: what a footnote is set in
_LARGER = 1.1  # of the body's type size: a heading that comes again at the top of a page is larger
_OFTEN = 0.35  # of the pages after the first on which a running line comes again
_OPENING = 400  # characters of the first page in which the title stands


def line_roles(pages: Sequence[RawPage]) -> dict[int, list[LineRole]]:
    """Give each line of each page, by the page's number, its role on the page.

    Furniture stands in the top or bottom band of its page and comes again at
    the same height of other pages (but for its digits), or repeats the title of the first page,
    or is the page's number. A footnote is set smaller than the body, opens
    with its number, and has only footnotes below it. A medium without layout
    has no furniture, and the footnotes that it marks so.
    """
    counts = Counter(_running_key(page, line) for page in pages for line in page.lines if _in_band(page, line))
    title = _fold_spaces(pages[0].text[:_OPENING]) if pages else ""
    body_size = _body_size(pages)
    often = max(2.0, _OFTEN * (len(pages) - 1))
    roles: dict[int, list[LineRole]] = {}
    for page in pages:
        marked = {index for index, line in enumerate(page.lines) if line.line.mark == "note"}
        furniture = [_is_furniture(page, line, counts, title, often, body_size) for line in page.lines]
        notes = marked | _footnotes(page, furniture, body_size)
        roles[page.number] = [
            "furniture" if is_furniture else "note" if index in notes else "body"
            for index, is_furniture in enumerate(furniture)
        ]
    return roles


def _words(page: RawPage, line: RawLine) -> str:
    return page.text[line.start : line.start + line.length].strip()


def _fold_spaces(text: str) -> str:
    return " ".join(text.split())


def _running_key(page: RawPage, line: RawLine) -> tuple[str, int, int]:
    """Key that a running line shares with its copies on other pages: words without digits, type size, height."""
    # The title on the first page often has the running header's words, in larger type and at another height.
    words = re.sub(r"\d+", "#", _fold_spaces(_words(page, line)))
    return words, round(line.line.size), round(line.line.baseline / 4)


def _in_band(page: RawPage, line: RawLine) -> bool:
    if not page.height or not line.line.size:
        return False
    share = line.line.baseline / page.height
    return share < _BAND or share > 1 - _BAND


def _is_furniture(
    page: RawPage, line: RawLine, counts: Counter[tuple[str, int, int]], title: str, often: float, body_size: float
) -> bool:
    if not _in_band(page, line):
        return False
    words = _fold_spaces(_words(page, line))
    if re.fullmatch(rf"(page )?{page.number}( of \d+)?|\d{{1,3}}", words, re.IGNORECASE):
        return True
    if counts[_running_key(page, line)] >= often and line.line.size <= _LARGER * body_size:
        return True
    if page.number == 1 or line.line.bold or line.line.size > body_size:
        return False
    return len(words) > 10 and re.sub(r" \d+$", "", words) in title


def _body_size(pages: Sequence[RawPage]) -> float:
    """Usual type size of the lines that have more than 40 characters; 0 if there are none."""
    sizes = [line.line.size for page in pages for line in page.lines if line.length > 40 and line.line.size]
    return median(sizes) if sizes else 0.0


def _footnotes(page: RawPage, furniture: Sequence[bool], body_size: float) -> set[int]:
    """Indexes of the footnotes' lines: from the first numbered small line after which all lines are small."""
    notes: set[int] = set()
    for index in _printed_upwards(page, furniture):
        line = page.lines[index]
        if not line.line.size or line.line.size > _SMALLER * body_size:
            # The mark of a note may be raised and so small that only its words set the size of its line.
            break
        notes.add(index)
    numbered = [index for index in sorted(notes) if re.match(r"\d{1,2}(\D|$)", _words(page, page.lines[index]))]
    return {index for index in notes if numbered and index >= numbered[0]}


def _printed_upwards(page: RawPage, furniture: Sequence[bool]) -> Iterator[int]:
    """Yield the indexes of the lines with words that are no furniture, from the foot of the page upwards."""
    for index in reversed(range(len(page.lines))):
        if not furniture[index] and _words(page, page.lines[index]):
            yield index
