"""Text of pages that were read from pictures: the order of its lines, the sizes of type, the boxes of words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from statistics import median

from caregraph.extractors.reading.columns import Row, column_bands, common_place
from caregraph.extractors.reading.layout import BULLET
from caregraph.extractors.reading.raw_page import RawLine, RawPage
from caregraph.ontology.report import Line, PictureLine, PicturePage

_SAME_ROW = 0.6  # of the type size: baselines of one row are nearer
_MARK = re.compile(rf"\(?\d{{1,3}}(?:\.\d{{1,2}})?[.)]?|{BULLET.pattern}")
_BEHIND_MARK = 5.0  # times the type size, behind a mark at which its line begins at most
_AT_GUTTER = 4.0  # points from the gutter within which a right column's lines begin
_FEWEST = 4  # lines of a right column
_LONG = 40  # characters of a line that is in the type of the text
_FEW_LETTERS = 3  # of a line that is too short to be measured
_LOGO, _CORNER_LOGO = 3.0, 1.8  # times the text's size: the name in a logo is larger, also in the top right corner
_CORNER = 0.2  # of the page's height
_WORDS_OF_LOGO = 2
_SAME_SIZE = 0.08  # of the text's size, by which measures of one size differ
_BOLD = 1.35  # times the usual weight, from which on type counts as bold
_USUAL_WEIGHT = 0.26  # where no line is long

Box = tuple[float, float, float, float]  # left, bottom, right, top


def in_reading_order(lines: Sequence[PictureLine], width: float, slope: float) -> list[PictureLine]:
    """Order lines row by row, and where there are two columns of text, the left one first.

    Args:
        width: of the page, in points.
        slope: points by which its lines rise for each point to the right.
    """
    rows = [list(_with_numbers(row)) for row in _rows(lines, slope)]
    starts = [line.edges[0] for row in rows for line in row if 0.3 < line.edges[0] / width < 0.7]
    gutter, count = common_place([round(start) for start in starts])
    if count < _FEWEST:
        return list(chain.from_iterable(rows))
    parted = [_part(row, gutter) for row in rows]
    ordered: list[PictureLine] = []
    end = 0
    for start, stop in column_bands([_words(left, right, gutter) for left, right in parted]):
        ordered.extend(chain.from_iterable(rows[end:start]))
        for side in (0, 1):
            lines_of_column = chain.from_iterable(parts[side] for parts in parted[start:stop])
            ordered.extend(replace(line, column=side + 1) for line in lines_of_column)
        end = stop
    ordered.extend(chain.from_iterable(rows[end:]))
    return ordered


def _rows(lines: Sequence[PictureLine], slope: float) -> list[list[PictureLine]]:
    """Gather lines that stand beside each other, from the top of the page on; in a row, from the left."""
    rows: list[list[PictureLine]] = []
    heights: list[float] = []  # of each row's first line, as if the page were level
    for height, line in sorted(
        ((line.baseline - slope * line.edges[0], line) for line in lines), key=lambda pair: (-pair[0], pair[1].edges[0])
    ):
        is_level = bool(rows) and heights[-1] - height < _SAME_ROW * min(line.size, rows[-1][0].size)
        if is_level and _is_beside(line, rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
            heights.append(height)
    return [sorted(row, key=lambda line: line.edges[0]) for row in rows]


def _is_beside(line: PictureLine, row: Sequence[PictureLine]) -> bool:
    return all(line.edges[0] >= cell.edges[-1] or line.edges[-1] <= cell.edges[0] for cell in row)


def _with_numbers(row: Sequence[PictureLine]) -> Iterator[PictureLine]:
    """Yield the lines of a row, a number or a bullet's mark with the line behind it, as one."""
    mark: PictureLine | None = None
    for line in row:
        if mark and line.edges[0] - mark.edges[-1] < _BEHIND_MARK * line.size:
            line = replace(line, text=f"{mark.text} {line.text}", edges=(*mark.edges, *line.edges))
        elif mark:
            yield mark
        mark = line if _MARK.fullmatch(line.text) else None
        if not mark:
            yield line
    if mark:
        yield mark


def _part(row: Sequence[PictureLine], gutter: float) -> tuple[list[PictureLine], list[PictureLine]]:
    """Lines of a row on the left and on the right of the gutter."""
    left = [line for line in row if line.edges[0] < gutter - _AT_GUTTER]
    return left, list(row[len(left) :])


def _words(left: Sequence[PictureLine], right: Sequence[PictureLine], gutter: float) -> Row:
    crosses = any(line.edges[-1] > gutter for line in left)
    return Row(" ".join(line.text for line in left), " ".join(line.text for line in right), crosses)


def raw_pages(pages: Sequence[PicturePage]) -> Iterator[RawPage]:
    """Yield the pages with their text, a line for each that was read, in the type sizes that the pages have."""
    long = [line for page in pages for line in page.lines if len(line.text) > _LONG]
    usual_weight = median(line.weight for line in long) if long else _USUAL_WEIGHT
    text_size = median(line.size for line in long) if long else 0.0
    kept = [replace(page, lines=tuple(_printed_lines(page, text_size))) for page in pages]
    sizes = _type_sizes([line.size for page in kept for line in page.lines], text_size)
    for page in kept:
        start = 0
        raw_lines = []
        for line in page.lines:
            length = len(line.text)
            is_bold = line.weight > _BOLD * usual_weight
            level = line.baseline - page.slope * line.edges[0]
            measured = Line(0, 0, page.number, line.edges[0], line.edges[-1], level, sizes[line.size], is_bold)
            raw_lines.append(RawLine(start, start + length + 1, length, replace(measured, column=line.column)))
            start += length + 1
        text = "".join(f"{line.text}\n" for line in page.lines)
        yield RawPage(page.number, text, tuple(raw_lines), page.height, picture=page)


def _printed_lines(page: PicturePage, text_size: float) -> Iterator[PictureLine]:
    """Yield lines without the names in logos, with a number or a mark, too short to measure, as the line behind it."""
    for line, following in zip_longest(page.lines, page.lines[1:]):
        if following and sum(map(str.isalpha, line.text)) < _FEW_LETTERS:
            line = replace(line, size=following.size, weight=following.weight)
        if not text_size or not _is_in_logo(page, line, text_size):
            yield line


def _is_in_logo(page: PicturePage, line: PictureLine, text_size: float) -> bool:
    """Is this the name in a logo: a word or two, far larger than the text, in the corner where letterheads have one?"""
    is_corner = line.baseline > (1 - _CORNER) * page.height and line.edges[0] > page.width / 2
    return len(line.text.split()) <= _WORDS_OF_LOGO and line.size > text_size * (_CORNER_LOGO if is_corner else _LOGO)


def _type_sizes(measures: Sequence[float], text: float) -> dict[float, float]:
    """Type size for each measure: those that differ little are one, as those of the text are."""
    sizes: dict[float, float] = {}
    group: list[float] = []
    for measure in sorted(measures):
        if abs(measure - text) <= _SAME_SIZE * text:
            sizes[measure] = round(text, 1)
            continue
        if group and measure > group[0] * (1 + _SAME_SIZE):
            group = []
        group.append(measure)
        sizes.update(dict.fromkeys(group, round(median(group), 1)))
    return sizes


def word_boxes(page: PicturePage, start: int, end: int) -> Iterator[Box]:
    """Yield a box for each line of the page with the words that characters ``start`` to ``end`` of its text touch."""
    begin = 0
    for line in page.lines:
        edges: list[float] = []
        for number, word in enumerate(line.text.split(" ")):
            if begin < end and start < begin + len(word):
                edges.extend(line.edges[2 * number : 2 * number + 2])
            begin += len(word) + 1
        if edges:
            rise = page.slope * (edges[0] - line.edges[0]), page.slope * (edges[-1] - line.edges[0])
            yield edges[0], line.bottom + min(rise), edges[-1], line.top + max(rise)
