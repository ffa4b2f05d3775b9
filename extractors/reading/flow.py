"""Flow of a report: blocks of running text that remember where each character was printed."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal, TypedDict

import numpy as np
from numpy.typing import NDArray

from caregraph.ontology.report import Report

BlockKind = Literal["title", "heading", "paragraph", "bullet", "table", "contents", "footnote", "imprint", "address"]
PROSE: frozenset[BlockKind] = frozenset({"paragraph", "bullet"})


class QuoteFields(TypedDict):
    """Fields of ``records.Quote``."""

    text: str
    page: int
    start: int
    end: int
    from_picture: bool


@dataclass(frozen=True, slots=True)
class Block:
    """``Reading.text[start:end]``, one printed paragraph, bullet, heading or table row.

    ``paragraph`` is its printed number, which is not part of its text, nor is
    a bullet's mark. ``sections`` are the headings above it, outermost first.
    """

    kind: BlockKind
    start: int
    end: int
    paragraph: str | None = None
    sections: tuple[str, ...] = ()

    @property
    def section(self) -> str | None:
        """Nearest heading above, None before the first."""
        return self.sections[-1] if self.sections else None


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Report as a flow: its blocks joined by line ends.

    Inside a block white space is folded to one space and words parted at a
    line's end are whole. ``offsets[i]`` is where the flow's character ``i``
    stands in ``report.text``.
    """

    report: Report
    text: str
    offsets: NDArray[np.int32]
    blocks: tuple[Block, ...]
    # Start, end and page of each run of characters that a page gave: sorted once, and searched for every quotation.
    _page_runs: list[tuple[int, int, int]] = field(init=False, repr=False)
    _picture_pages: frozenset[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        runs = sorted((piece.start, piece.end, page.number) for page in self.report.pages for piece in page.pieces)
        object.__setattr__(self, "_page_runs", runs)
        object.__setattr__(self, "_picture_pages", frozenset(page.number for page in self.report.picture_pages))

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a span of the flow, not empty, into the span of ``report.text`` that it was read from."""
        return int(self.offsets[start]), int(self.offsets[end - 1]) + 1

    def quote(self, start: int, end: int) -> QuoteFields:
        """Quote a span of the flow as the report prints it, with page and offsets."""
        first, last = self.source_span(start, end)
        page = self._page_at(first)
        pages = {page, self._page_at(last - 1)} if self._picture_pages else ()
        from_picture = not self._picture_pages.isdisjoint(pages)
        return QuoteFields(
            text=self.report.text[first:last], page=page, start=first, end=last, from_picture=from_picture
        )

    def block_at(self, offset: int) -> Block:
        """Block that holds a character of the flow; a line end belongs to the block before it."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.start)
        return self.blocks[max(index - 1, 0)]

    def _page_at(self, offset: int) -> int:
        """Page of a character of the report, as ``Report.page_at``, which looks through all pages."""
        index = bisect_right(self._page_runs, offset, key=lambda run: run[0]) - 1
        if index >= 0 and offset < self._page_runs[index][1]:
            return self._page_runs[index][2]
        raise ValueError(f"{self.report.source}: no page holds offset {offset}")
