"""Gather printed lines into blocks, by where they stand and how they are set."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from caregraph.ontology.records import Line, Report

BULLET = re.compile(r"[•◼■▪●○◦❑❖➢►\uf0a7\uf06e\uf0b7\uf0d8\uf076\u25fc\uf06f]\s*|[-–—o]\s+(?=\S)")
NUMBER = re.compile(r"(\d{1,3})\.(?:\s+(?=\S)|(?=[A-Z‘“])|$)")
# Text recognition reads a bullet's square as a letter.
_MISREAD_BULLET = re.compile(r"[b-hj-zB-HJ-Z] (?=[A-Z])")
_UNFINISHED = re.compile(r"[^.?!:;’”\"']$|\b(?:e\.g|i\.e)\.$")

_GAP = 1.45  # times the usual leading: a wider gap parts two blocks
_SAME = 2.5  # points: baselines this near are one line
_COLUMN = 12.0  # points to the right of a line's end at which the next cell of its row begins
_SHORT = 0.75  # of the text's width: a sentence that ends sooner ends its paragraph
_UNWRAPPED = 160  # characters: a text file whose usual line is longer has a paragraph a line


@dataclass(slots=True)
class Group:
    """The lines of one block in reading order; ``mark`` is how it was told from the one before."""

    lines: list[Line] = field(default_factory=list)
    number: str | None = None
    skip: int = 0  # characters of number or bullet at the start of the first line, white space included
    bullet: bool = False
    columns: bool = False

    @property
    def top(self) -> float:
        return max(line.baseline for line in self.lines)

    @property
    def bottom(self) -> float:
        return min(line.baseline for line in self.lines)


class Layout:
    """What is usual in a report: its leading, type size and width; nought where the medium has no layout."""

    def __init__(self, report: Report) -> None:
        self.text = report.text
        printed = [line for line in report.lines if line.size and line.end - line.start > 40]
        self.size = median(line.size for line in printed) if printed else 0.0
        self.right = max((line.right for line in printed), default=0.0)
        gaps = [
            one.baseline - two.baseline
            for one, two in pairwise(printed)
            if one.page == two.page and 0 < one.baseline - two.baseline < 3 * one.size
        ]
        self.leading = median(gaps) if gaps else 0.0
        lengths = [line.end - line.start for line in report.lines if report.text[line.start : line.end].strip()]
        self.unwrapped = not printed and bool(lengths) and median(lengths) > _UNWRAPPED

    def words(self, line: Line) -> str:
        return self.text[line.start : line.end].strip()

    def groups(self, lines: Sequence[Line]) -> Iterator[Group]:
        """Gather lines into blocks, in reading order."""
        group = Group()
        blank = True
        last_number = 0
        for line in lines:
            words = self.words(line)
            if not words:
                blank = True
                continue
            if not group.lines or self._begins(group, line, words, blank, last_number):
                if group.lines:
                    yield group
                group = self._open(line, words)
                last_number = int(group.number or last_number)
            else:
                group.columns |= self._is_cell(group.lines[-1], line)
                group.lines.append(line)
            blank = False
        if group.lines:
            yield group

    def _open(self, line: Line, words: str) -> Group:
        indent = len(self.text[line.start : line.end]) - len(self.text[line.start : line.end].lstrip())
        if number := NUMBER.match(words):
            return Group([line], number=number[1], skip=indent + number.end())
        mark = BULLET.match(words) or (None if line.size else _MISREAD_BULLET.match(words))
        if mark or line.mark == "item":
            return Group([line], skip=indent + (mark.end() if mark else 0), bullet=True)
        return Group([line], columns="\t" in words or line.mark == "row")

    def _begins(self, group: Group, line: Line, words: str, blank: bool, last_number: int) -> bool:
        """Does this line begin a block of its own?"""
        before = group.lines[-1]
        if line.mark or before.mark:
            return True
        unfinished = bool(_UNFINISHED.search(self.words(before)))
        runs_on = unfinished and words[0].islower()
        if group.number and self.words(before) == group.number + ".":
            return False  # the number was printed on a line of its own
        if BULLET.match(words) and not runs_on:
            return True
        if not line.size:
            return self._begins_in_plain_text(words, blank, runs_on, "\t" in self.words(before) + words)
        if line.page == before.page and abs(line.baseline - before.baseline) < _SAME and line.left >= before.right - 1:
            return False
        if self._is_next_number(words, last_number) and line.left <= group.lines[0].left + _COLUMN:
            return True
        if line.page != before.page:
            heading = self.stands_out(line) and not runs_on
            return heading or not (self._same_type(before, line) and (unfinished or self._hangs(group, line)))
        return self._begins_below(group, line, unfinished, runs_on)

    def _begins_in_plain_text(self, words: str, blank: bool, runs_on: bool, row: bool) -> bool:
        if self.unwrapped or row or _MISREAD_BULLET.match(words):
            return True
        return (blank and not runs_on) or (bool(NUMBER.match(words)) and not runs_on)

    def _begins_below(self, group: Group, line: Line, unfinished: bool, runs_on: bool) -> bool:
        before = group.lines[-1]
        if line.baseline > before.baseline + _SAME:  # up the page: another cell of the row, or another column
            return line.baseline > group.top + _SAME
        if group.bottom - line.baseline > _GAP * max(self.leading, line.size):
            return True
        if not self._same_type(before, line) and not runs_on:
            return True
        short = before.right < _SHORT * self.right
        return not unfinished and short and line.left <= group.lines[0].left + _SAME

    def stands_out(self, line: Line) -> bool:
        """Is the line set bolder or larger than the text?"""
        return line.bold or line.size > self.size + 0.9

    def _same_type(self, one: Line, two: Line) -> bool:
        return abs(one.size - two.size) < 0.6 and one.bold == two.bold

    def _hangs(self, group: Group, line: Line) -> bool:
        """Is the line indented as the later lines of a numbered paragraph or bullet are?"""
        return (group.bullet or group.number is not None) and line.left > group.lines[0].left + _SAME

    def _is_next_number(self, words: str, last_number: int) -> bool:
        number = NUMBER.match(words)
        return number is not None and (int(number[1]) == 1 or 0 < int(number[1]) - last_number <= 3)

    def _is_cell(self, before: Line, line: Line) -> bool:
        if not line.size or line.page != before.page:
            return False
        beside = abs(line.baseline - before.baseline) < _SAME and line.left > before.right + _COLUMN
        return beside or line.baseline > before.baseline + _SAME
