"""Two columns of text that were drawn or typed row by row: find them, and say in which order their parts are read.

A table is no two columns of text: in these, sentences go on from line to line, on both sides.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_FEWEST_ROWS = 4  # that have words on both sides
_FEWEST_WORDS = 3  # on one side of such a row, usually
_GOES_ON = 0.25  # of the lines on each side that begin with a small letter
_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_NEAR = 2  # characters: what begins so near begins at one place
_LONGEST_COLUMN = 80  # characters


class Row(NamedTuple):
    """Words of a row on the left and on the right of the gutter; ``crosses`` if they run across it."""

    left: str
    right: str
    crosses: bool = False


def column_bands(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Yield first row and end of each part of a page that has two columns of text."""
    start = 0
    for index in range(len(rows) + 1):
        if index == len(rows) or rows[index].crosses:
            if _is_text_in_columns(rows[start:index]):
                yield start, index
            start = index + 1


def _is_text_in_columns(rows: Sequence[Row]) -> bool:
    both = [row for row in rows if row.left and row.right]
    if len(both) < _FEWEST_ROWS:
        return False
    sides = [row.left for row in rows if row.left], [row.right for row in rows if row.right]
    usual = [
        median(len(side.split()) for side in column) for column in zip(*((r.left, r.right) for r in both), strict=True)
    ]
    return min(usual) >= _FEWEST_WORDS and all(_goes_on(side) for side in sides)


def _goes_on(lines: Sequence[str]) -> bool:
    """Is this running text: do enough of its lines go on with a sentence?"""
    going_on = sum(line[0].islower() and not re.search(r"[.?!:;]$", before) for before, line in pairwise(lines))
    return going_on >= _GOES_ON * len(lines)


def common_place(places: Sequence[int]) -> tuple[int, int]:
    """The place that most of the given ones are near to, and how many are."""
    counts = Counter(places)
    near = {place: sum(counts[place + step] for step in range(-_NEAR, _NEAR + 1)) for place in counts}
    best = max(near, key=lambda place: (near[place], counts[place], -place), default=0)
    return best, near.get(best, 0)


def lines_by_column(lines: Sequence[str]) -> list[str]:
    """Lines of a plain text; where it has two columns, those of the left one before those of the right one."""
    starts = [gap.end() for line in lines if len(line) < 2 * _LONGEST_COLUMN for gap in _GAP.finditer(line)]
    place, count = common_place(starts)
    if count < _FEWEST_ROWS or any("\t" in line for line in lines[:1]):
        return list(lines)
    rows = [_row(line, place) for line in lines]
    ordered: list[str] = []
    end = 0
    for start, stop in column_bands(rows):
        ordered.extend(lines[end:start])
        ordered.extend(row.left for row in rows[start:stop])
        ordered.append("")
        ordered.extend(row.right for row in rows[start:stop])
        ordered.append("")
        end = stop
    ordered.extend(lines[end:])
    return ordered


def _row(line: str, place: int) -> Row:
    """Part a line at the place at which the right column begins, or near it."""
    if not line.strip():
        return Row("", "")
    indent = len(line) - len(line.lstrip(" "))
    if indent >= place - _NEAR:
        return Row("", line.strip())
    for gap in _GAP.finditer(line):
        if abs(gap.end() - place) <= _NEAR:
            return Row(line[: gap.start()].strip(), line[gap.end() :].strip())
    return Row(line.strip(), "", crosses=len(line.rstrip()) >= place - 1)
