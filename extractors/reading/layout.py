"""Gather printed lines into blocks, by their position and their type."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from caregraph.ontology.report import Line, Report

BULLET = re.compile(r"[•◼■▪●○◦❑❖➢►·∙‣⁃▶◆✓✔☑✅➤\uf0a7\uf06e\uf0b7\uf0d8\uf076\u25fc\uf06f]\s*|[-–—o]\s+(?=\S)")
NUMBER = re.compile(r"(\d{1,3})\.(?:\s+(?=\S)|(?=[A-Z‘“])|$)")
# Text recognition reads a bullet's square as a letter.
_MISREAD_BULLET = re.compile(r"[b-hj-zB-HJ-Z] (?=[A-Z])")
_UNFINISHED = re.compile(r"[^.?!:;’”\"']$|\b(?:e\.g|i\.e)\.$")

_GAP = 1.45  # times the usual leading: a wider gap parts two blocks
_SAME = 2.5  # points: baselines this near are one line
_COLUMN = 12.0  # points to the right of a line's end at which the next cell of its row begins
_SHORT = 0.75  # of the text's width: a sentence that ends sooner ends its paragraph
_UNWRAPPED = 160  # characters: a text file whose usual line is longer has a paragraph a line


class LineGroup:
    """Lines of one block in reading order, at least one; ``top`` and ``bottom`` are their outermost baselines."""

    def __init__(
        self,
        first: Line,
        *,
        number: str | None = None,
        marker_length: int = 0,
        is_bullet: bool = False,
        has_columns: bool = False,
    ) -> None:
        self.lines = [first]
        self.number = number
        self.marker_length = marker_length  # characters of number or bullet on the first line, white space included
        self.is_bullet = is_bullet
        self.has_columns = has_columns
        self.top = self.bottom = first.baseline

    def add(self, line: Line) -> None:
        """Add the next line."""
        self.lines.append(line)
        self.top, self.bottom = max(self.top, line.baseline), min(self.bottom, line.baseline)


class _LineContext:
    """Words of a line and of the last line with words before it; ``last_number`` is 0 before the first paragraph."""

    def __init__(self, words: str, previous: str, *, after_blank: bool, last_number: int) -> None:
        self.words = words
        self.previous = previous
        self.after_blank = after_blank
        self.last_number = last_number
        self.previous_is_unfinished = bool(_UNFINISHED.search(previous))
        self.runs_on = self.previous_is_unfinished and words[0].islower()


class Layout:
    """Usual leading, type size and width of a report; 0 where the medium has no layout."""

    def __init__(self, report: Report) -> None:
        self.text = report.text
        printed = [line for line in report.lines if line.size and line.end - line.start > 40]
        self.body_size = median(line.size for line in printed) if printed else 0.0
        self.right_edge = max((line.right for line in printed), default=0.0)
        gaps = [
            upper.baseline - lower.baseline
            for upper, lower in pairwise(printed)
            if upper.page == lower.page and 0 < upper.baseline - lower.baseline < 3 * upper.size
        ]
        self.leading = median(gaps) if gaps else 0.0
        lengths = [line.end - line.start for line in report.lines if report.text[line.start : line.end].strip()]
        self.is_unwrapped = not printed and bool(lengths) and median(lengths) > _UNWRAPPED

    def words(self, line: Line) -> str:
        """Words of a line, without the white space around them."""
        return self.text[line.start : line.end].strip()

    def stands_out(self, line: Line) -> bool:
        """Is the line set bolder or larger than the text?"""
        return line.bold or line.size > self.body_size + 0.9

    def groups(self, lines: Sequence[Line]) -> Iterator[LineGroup]:
        """Gather lines into blocks, in reading order."""
        group: LineGroup | None = None
        previous, after_blank, last_number = "", True, 0
        for line in lines:
            words = self.words(line)
            if not words:
                after_blank = True
                continue
            context = _LineContext(words, previous, after_blank=after_blank, last_number=last_number)
            if group is None or self._begins(group, line, context):
                if group:
                    yield group
                group = self._open(line, words)
                last_number = int(group.number or last_number)
            else:
                group.has_columns |= _is_cell(group.lines[-1], line)
                group.add(line)
            previous, after_blank = words, False
        if group:
            yield group

    def _open(self, line: Line, words: str) -> LineGroup:
        """Open a block, by the number, bullet or mark of its first line."""
        printed = self.text[line.start : line.end]
        indent = len(printed) - len(printed.lstrip())
        if number := NUMBER.match(words):
            return LineGroup(line, number=number[1], marker_length=indent + number.end())
        bullet = BULLET.match(words) or (None if line.size else _MISREAD_BULLET.match(words))
        if bullet or line.mark == "item":
            return LineGroup(line, marker_length=indent + (bullet.end() if bullet else 0), is_bullet=True)
        return LineGroup(line, has_columns="\t" in words or line.mark == "row")

    def _begins(self, group: LineGroup, line: Line, context: _LineContext) -> bool:
        """Does this line begin a block of its own?"""
        before = group.lines[-1]
        if line.mark or before.mark:
            return True
        if group.number and context.previous == group.number + ".":
            return False  # the number was printed on a line of its own
        if BULLET.match(context.words) and not context.runs_on:
            return True
        if not line.size:
            return self._begins_in_plain_text(context)
        if line.page == before.page and abs(line.baseline - before.baseline) < _SAME and line.left >= before.right - 1:
            return False
        if line.page == before.page and line.column != before.column:
            return not (context.runs_on and _same_type(before, line))
        if _is_next_number(context) and line.left <= group.lines[0].left + _COLUMN:
            return True
        if line.page != before.page:
            heading = self.stands_out(line) and not context.runs_on
            return heading or not (_same_type(before, line) and (context.previous_is_unfinished or _hangs(group, line)))
        return self._begins_below(group, line, context)

    def _begins_in_plain_text(self, context: _LineContext) -> bool:
        if (
            self.is_unwrapped
            or "\t" in context.previous
            or "\t" in context.words
            or _MISREAD_BULLET.match(context.words)
        ):
            return True
        return not context.runs_on and (context.after_blank or bool(NUMBER.match(context.words)))

    def _begins_below(self, group: LineGroup, line: Line, context: _LineContext) -> bool:
        """Does a line begin a block, on the page of the line before?"""
        before = group.lines[-1]
        if line.baseline > before.baseline + _SAME:  # up the page: another cell of the row, or another column
            return line.baseline > group.top + _SAME
        if group.bottom - line.baseline > _GAP * max(self.leading, line.size):
            return True
        if not _same_type(before, line) and not context.runs_on:
            return True
        short = before.right < _SHORT * self.right_edge
        return not context.previous_is_unfinished and short and line.left <= group.lines[0].left + _SAME


def _same_type(line: Line, following: Line) -> bool:
    return abs(line.size - following.size) < 0.6 and line.bold == following.bold


def _hangs(group: LineGroup, line: Line) -> bool:
    """Is the line indented as the later lines of a numbered paragraph or bullet are?"""
    return (group.is_bullet or group.number is not None) and line.left > group.lines[0].left + _SAME


def _is_next_number(context: _LineContext) -> bool:
    number = NUMBER.match(context.words)
    return number is not None and (int(number[1]) == 1 or 0 < int(number[1]) - context.last_number <= 3)


def _is_cell(before: Line, line: Line) -> bool:
    """Is the line another cell of the row in which the line before stands?"""
    if not line.size or line.page != before.page or line.column != before.column:
        return False
    beside = abs(line.baseline - before.baseline) < _SAME and line.left > before.right + _COLUMN
    return beside or line.baseline > before.baseline + _SAME
