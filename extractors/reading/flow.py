"""A report as it is read: blocks of flowing text that remember where each character was printed."""

from dataclasses import dataclass
from typing import Literal, TypedDict

import numpy as np
from numpy.typing import NDArray

from caregraph.ontology.records import Report

BlockKind = Literal["title", "heading", "paragraph", "bullet", "table", "contents", "footnote", "imprint", "address"]
PROSE: frozenset[BlockKind] = frozenset({"paragraph", "bullet"})


class Words(TypedDict):
    """The fields of ``records.Quote``."""

    text: str
    page: int
    start: int
    end: int


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
        """The nearest heading above, None before the first."""
        return self.sections[-1] if self.sections else None


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A report's flow: its blocks joined by line ends.

    Inside a block white space is folded to one space and words parted at a
    line's end are whole. ``offsets[i]`` is where the flow's character ``i``
    stands in ``report.text``.
    """

    report: Report
    text: str
    offsets: NDArray[np.int32]
    blocks: tuple[Block, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a span of the flow, not empty, into the span of ``report.text`` that it was read from."""
        return int(self.offsets[start]), int(self.offsets[end - 1]) + 1

    def quote(self, start: int, end: int) -> Words:
        """The words of a span of the flow as the report prints them, with page and offsets."""
        first, last = self.source_span(start, end)
        return Words(text=self.report.text[first:last], page=self.report.page_at(first), start=first, end=last)

    def block_at(self, offset: int) -> Block:
        """The block that holds a character of the flow; a line end belongs to the block before it."""
        low, high = 0, len(self.blocks)
        while low < high:
            middle = (low + high) // 2
            if self.blocks[middle].start <= offset:
                low = middle + 1
            else:
                high = middle
        return self.blocks[max(low - 1, 0)]
