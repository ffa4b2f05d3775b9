"""Report as read: its text, and where on which page each character was printed.

All offsets are characters from 0, end exclusive, into ``Report.text``.
"""

from dataclasses import dataclass
from typing import Literal

Media = Literal["pdf", "html", "text", "word", "opendocument"]
Mark = Literal["", "heading", "item", "row", "paragraph", "note"]


@dataclass(frozen=True, slots=True)
class Piece:
    """``text[start:end]`` of a report is a run of its page's characters from ``index`` on.

    ``index`` is PDFium's character index on that page, so that a piece leads to boxes on the page.
    """

    start: int
    end: int
    index: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page, numbered from 1. A page without text has no pieces."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, ``Report.text[start:end]`` without its line end, and its position on the page.

    Distances are in points from the page's bottom left corner; ``left``, ``right`` and ``baseline`` are 0 where the
    medium has no layout, and then ``size`` is 0 too. ``mark`` is its role where the medium says it: a heading, an item
    of a list, a row of a table, a paragraph, a footnote. ``column`` is 1 or 2 where the page has two columns of text,
    else 0.
    """

    start: int
    end: int
    page: int
    left: float = 0.0
    right: float = 0.0
    baseline: float = 0.0
    size: float = 0.0
    bold: bool = False
    mark: Mark = ""
    column: int = 0


@dataclass(frozen=True, slots=True)
class PictureLine:
    """One line that was read from a picture of a page: words, each parted from the next by a space.

    Distances are in points from the bottom left corner of the picture. ``edges`` are the left and the right edge of
    each word in turn; ``bottom``, ``top`` and ``baseline`` are the line's where it begins. ``weight`` is the thickness
    of its letters, as a share of their height. ``column`` is as in `Line`.
    """

    text: str
    edges: tuple[float, ...]
    bottom: float
    top: float
    baseline: float
    size: float
    weight: float
    column: int = 0


@dataclass(frozen=True, slots=True)
class PicturePage:
    """A page whose words were read from a picture of it, in which they may be wrong; its lines in reading order.

    ``rotation`` is the turn of the page in degrees, clockwise, with which its text is upright, and ``slope`` what a
    line then rises for each point to the right. ``engine`` is the program that read it, with its version.
    """

    number: int
    engine: str
    rotation: int
    width: float
    height: float
    slope: float
    lines: tuple[PictureLine, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A file as read.

    ``text`` holds the pages' bodies in order; from ``body_end`` on, the footnotes; from ``notes_end`` on, the page
    furniture (running headers, footers, page numbers). So a sentence that crosses a page is one slice of it. HTML and
    text files are one page. ``source`` is the file's name without its folder; ``title`` is the one in the file's
    metadata, if any. ``pictures`` are the numbers of the pages that are pictures of text, of which nothing is read;
    ``picture_pages`` those that were read all the same.
    """

    source: str
    sha256: str
    media: Media
    title: str | None
    text: str
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    body_end: int
    notes_end: int
    pictures: tuple[int, ...] = ()
    picture_pages: tuple[PicturePage, ...] = ()

    def page_at(self, offset: int) -> int:
        """The number of the page that the character at ``offset`` was read from.

        Raises:
            ValueError: if the offset lies outside the text.
        """
        for page in self.pages:
            for piece in page.pieces:
                if piece.start <= offset < piece.end:
                    return page.number
        raise ValueError(f"{self.source}: no page holds offset {offset}")
