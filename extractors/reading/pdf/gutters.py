"""Gutters: two columns of text that were drawn row by row are read one after the other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from caregraph.extractors.reading.columns import Row, column_bands, common_place
from caregraph.extractors.reading.pdf.upright_text import UprightText, measure, origin, right_edge
from caregraph.extractors.reading.raw_page import RawLine

_LONG_ROW = 50  # characters of a row that has two columns
_MOST_ROWS = 12  # rows of a page, the longest, that are looked at for a gutter
_MANY_ROWS = 0.5  # of these, which have a gap at one place
_WIDE = 0.7  # of the type size, which a gap between columns is wider than
_AT_GUTTER = 3  # points from the gutter within which a right column's lines begin


def order_by_column(upright: UprightText, text: str, lines: Sequence[RawLine]) -> list[RawLine]:
    """Part the lines of a page at the gutter between two columns of text, and put the left column's first."""
    gutter = _gutter(upright, text, lines)
    if gutter is None:
        return list(lines)
    parted = [_part(upright, text, line, gutter) for line in lines]
    rows = [
        Row(_words(text, parts[0]), _words(text, parts[1]), crosses=_crosses(line, parts, gutter))
        for line, parts in zip(lines, parted, strict=True)
    ]
    ordered: list[RawLine] = []
    end = 0
    for start, stop in column_bands(rows):
        ordered.extend(lines[end:start])
        for side in (0, 1):
            parts = (parts[side] for parts in parted[start:stop])
            ordered.extend(replace(part, line=replace(part.line, column=side + 1)) for part in parts if part)
        end = stop
    ordered.extend(lines[end:])
    return ordered


def _gutter(upright: UprightText, text: str, lines: Sequence[RawLine]) -> int | None:
    """Distance from the left at which a right column would begin, in points; None if the page seems to have none."""
    long = sorted((line for line in lines if line.length > _LONG_ROW), key=lambda line: -line.length)[:_MOST_ROWS]
    places = [place for line in long for place, _ in _gaps(upright, text, line)]
    gutter, count = common_place([place for place in places if 0.3 < place / upright.width < 0.7])
    return gutter if long and count >= max(_MANY_ROWS * len(long), 3) else None


def _gaps(upright: UprightText, text: str, line: RawLine) -> Iterator[tuple[int, int]]:
    """Yield where words begin behind a gap that is wider than one between two words, and their first character."""
    for index in range(line.start + 1, line.start + line.length - 1):
        if text[index] == " " and text[index + 1] != " ":
            begin = origin(upright, index + 1)[0]
            if begin - right_edge(upright, index - 1) > _WIDE * line.line.size:
                yield round(begin), index + 1


def _part(upright: UprightText, text: str, line: RawLine, gutter: int) -> tuple[RawLine | None, RawLine | None]:
    """Parts of a line on the left and on the right of the gutter."""
    if line.line.left > gutter - _AT_GUTTER:
        return None, line
    if line.line.right < gutter:
        return line, None
    for place, index in _gaps(upright, text, line):
        if abs(place - gutter) <= _AT_GUTTER:
            page, end = line.line.page, line.start + line.length
            left = text[line.start : index].rstrip()
            return (
                RawLine(line.start, index, len(left), measure(upright, line.start, left, page)),
                RawLine(index, line.stop, end - index, measure(upright, index, text[index:end], page)),
            )
    return line, None


def _crosses(line: RawLine, parts: tuple[RawLine | None, RawLine | None], gutter: int) -> bool:
    return parts[1] is None and line.line.right > gutter


def _words(text: str, line: RawLine | None) -> str:
    return text[line.start : line.start + line.length].strip() if line else ""
