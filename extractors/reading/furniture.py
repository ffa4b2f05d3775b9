"""Tell page furniture (running headers, footers, page numbers) and footnotes from the body of a page."""

import re
from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import Literal

from caregraph.extractors.reading.raw_page import RawLine, RawPage

Place = Literal["body", "note", "furniture"]

_BAND = 0.13  # of the page's height, at top and bottom, in which furniture stands
_SMALLER = 0.92  # of the body's type size: what a footnote is set in
_LARGER = 1.1  # of the body's type size: a heading that comes again at the top of a page is larger
_OFTEN = 0.35  # of the pages after the first on which a running line comes again
_OPENING = 400  # characters of the first page in which the title stands


def displaced(pages: list[RawPage]) -> dict[int, list[Place]]:
    """Say for each page, by number, where each of its lines belongs.

    Furniture stands in the top or bottom band of its page and comes again at
    the same height of other pages (but for its digits), or repeats the title of the first page,
    or is the page's number. A footnote is set smaller than the body, opens
    with its number, and has only footnotes below it. A medium without layout
    has neither.
    """
    counts = Counter(_key(page, line) for page in pages for line in page.lines if _in_band(page, line))
    title = _folded(pages[0].text[:_OPENING]) if pages else ""
    body = _body_size(pages)
    often = max(2.0, _OFTEN * (len(pages) - 1))
    places: dict[int, list[Place]] = {}
    for page in pages:
        furniture = [_is_furniture(page, line, counts, title, often, body) for line in page.lines]
        notes = _footnotes(page, furniture, body)
        places[page.number] = [
            "furniture" if is_furniture else "note" if index in notes else "body"
            for index, is_furniture in enumerate(furniture)
        ]
    return places


def _words(page: RawPage, line: RawLine) -> str:
    return page.text[line.start : line.start + line.length].strip()


def _folded(text: str) -> str:
    return " ".join(text.split())


def _key(page: RawPage, line: RawLine) -> tuple[str, int, int]:
    # The title on the first page often has the running header's words, in larger type and at another height.
    return re.sub(r"\d+", "#", _folded(_words(page, line))), round(line.line.size), round(line.line.baseline / 4)


def _in_band(page: RawPage, line: RawLine) -> bool:
    if not page.height or not line.line.size:
        return False
    share = line.line.baseline / page.height
    return share < _BAND or share > 1 - _BAND


def _is_furniture(
    page: RawPage, line: RawLine, counts: Counter[tuple[str, int, int]], title: str, often: float, body: float
) -> bool:
    if not _in_band(page, line):
        return False
    words = _folded(_words(page, line))
    if re.fullmatch(rf"(page )?{page.number}( of \d+)?|\d{{1,3}}", words, re.IGNORECASE):
        return True
    if counts[_key(page, line)] >= often and line.line.size <= _LARGER * body:
        return True
    if page.number == 1 or line.line.bold or line.line.size > body:
        return False
    return len(words) > 10 and re.sub(r" \d+$", "", words) in title


def _body_size(pages: list[RawPage]) -> float:
    sizes = [line.line.size for page in pages for line in page.lines if line.length > 40 and line.line.size]
    return median(sizes) if sizes else 0.0


def _footnotes(page: RawPage, furniture: list[bool], body: float) -> set[int]:
    """The indexes of the lines of footnotes: from the first numbered small line after which all are small."""
    notes: set[int] = set()
    for index in _upwards(page, furniture):
        line = page.lines[index]
        if not line.line.size or line.line.size > _SMALLER * body:
            # The mark of a note may be raised and so small that only its words set the size of its line.
            break
        notes.add(index)
    numbered = [index for index in sorted(notes) if re.match(r"\d{1,2}(\D|$)", _words(page, page.lines[index]))]
    return {index for index in notes if numbered and index >= numbered[0]}


def _upwards(page: RawPage, furniture: list[bool]) -> Iterator[int]:
    for index in reversed(range(len(page.lines))):
        if not furniture[index] and _words(page, page.lines[index]):
            yield index
