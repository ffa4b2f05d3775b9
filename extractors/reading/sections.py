"""Segment a report into its flow: sections, numbered paragraphs, bullets, table rows, without page furniture."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from caregraph.extractors.reading.flow import PROSE, Block, BlockKind, Reading
from caregraph.extractors.reading.layout import Group, Layout
from caregraph.ontology.records import Line, Report

_FEW = 26  # words: a heading has no more
_TITLE = 1.4  # times the body's type size
# Where the publisher's standing words begin; nothing after them is about the authority.
_IMPRINT = re.compile(
    r"The Office for Standards in Education, Children[’']s Services and Skills \(Ofsted\) (?:regulates|inspects)"
    r"|If you would like a copy of this document in a different format"
    r"|Any complaints about the inspection or the report should be made"
)
_IMPRINT_HEADING = re.compile(r"©\s*Crown copyright|This document may be reproduced in whole or in part", re.IGNORECASE)
_TABLE_HEAD = re.compile(r"judgements?\s+grades?", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r".*[^\d\s].*?[\s.]+\d{1,3}")
_ENDS_SENTENCE = re.compile(r"[.!;,][’”\"')]*\d*$|\)$")
# A heading that is set like the text, in italics say: a few plain words on a line of their own.
_PLAIN_HEADING = re.compile(r"[A-Z][A-Za-z’ -]+")
_FEWEST = 12  # words: what such a heading stands over has more


class _Level(NamedTuple):
    """How a heading is set; a larger one is further out."""

    size: float
    bold: bool


def segment(report: Report) -> Reading:
    """Turn a report as read into its flow of blocks. Page furniture is left out; footnotes come last."""
    layout = Layout(report)
    body = [line for line in report.lines if line.start < report.body_end]
    notes = [line for line in report.lines if report.body_end <= line.start < report.notes_end]
    groups = [*layout.groups(body)]
    footnotes = [*layout.groups(notes)]
    kinds = list(_kinds(layout, groups))
    kinds.extend("footnote" for _ in footnotes)
    return _flow(report, layout, [*groups, *footnotes], kinds)


def _kinds(layout: Layout, groups: Sequence[Group]) -> Iterator[BlockKind]:
    """Say what each block is, in order."""
    salutation = next((index for index, group in enumerate(groups) if _words(layout, group).startswith("Dear ")), 0)
    kind: BlockKind = "paragraph"
    for index, group in enumerate(groups):
        words = _words(layout, group)
        # On a cover the imprint is followed by the report; after it, it goes on to the end.
        late = group.lines[0].page > 2 or 2 * index > len(groups)
        if (kind == "imprint" and late) or _IMPRINT.match(words) or _IMPRINT_HEADING.search(words):
            kind = "imprint"
        elif index < salutation and group.lines[0].page == groups[salutation].lines[0].page:
            kind = "address"
        else:
            kind = _kind(layout, group, words, kind)
            if kind == "paragraph" and _is_plain_heading(layout, groups[index : index + 2]):
                kind = "heading"
        yield kind


def _kind(layout: Layout, group: Group, words: str, before: BlockKind) -> BlockKind:
    first = group.lines[0]
    few = len(words.split()) <= _FEW and not _ENDS_SENTENCE.search(words)
    if before == "contents" and _CONTENTS_LINE.fullmatch(words):
        return "contents"
    if words.lower() == "contents":
        return "contents"
    if group.columns or _TABLE_HEAD.fullmatch(words):
        return "table"
    if group.bullet:
        return "bullet"
    if few and first.size > _TITLE * layout.size > 0:
        return "title"
    if before == "table" and few and not _stands_out(layout, first):
        return "table"
    return "heading" if few and _stands_out(layout, first, "" if group.number else words) else "paragraph"


def _is_plain_heading(layout: Layout, groups: Sequence[Group]) -> bool:
    """Is the first of two blocks a heading without any type of its own, over the second?"""
    if len(groups) < 2 or len(groups[0].lines) > 1 or not groups[0].lines[0].size or groups[0].number:
        return False
    words, below = _words(layout, groups[0]), _words(layout, groups[1])
    short = len(words.split()) <= 8 and _PLAIN_HEADING.fullmatch(words) is not None
    return short and not words.startswith(("Dear ", "Yours ")) and len(below.split()) >= _FEWEST


def _stands_out(layout: Layout, line: Line, words: str = "") -> bool:
    """Is the line set as a heading: bolder or larger than the text, or marked so, or short and alone in plain text?"""
    if line.mark:
        return line.mark == "heading"
    if line.size:
        return layout.stands_out(line)
    return bool(re.match(r"[A-Z]", words)) and len(words.split()) <= 20 and not words.startswith("Dear ")


def _words(layout: Layout, group: Group) -> str:
    return " ".join(" ".join(layout.text[line.start : line.end].split()) for line in group.lines)


def _flow(report: Report, layout: Layout, groups: Iterable[Group], kinds: Iterable[BlockKind]) -> Reading:
    text: list[str] = []
    offsets: list[int] = []
    blocks: list[Block] = []
    outline = _Outline()
    for group, kind in zip(groups, kinds, strict=True):
        words = _folded(layout, group, offsets, "\n" if _is_list(layout, group, kind) else " ", first=not text)
        if not words:
            continue
        text.append(words if not text else "\n" + words)
        sections = outline.at(kind, group.lines[0], words)
        blocks.append(Block(kind, len(offsets) - len(words), len(offsets), group.number, sections))
    return Reading(report, "".join(text), np.asarray(offsets, dtype=np.int32), tuple(blocks))


def _is_list(layout: Layout, group: Group, kind: BlockKind) -> bool:
    """Are the lines of the block told apart, as in an address or a list of names? Then they stay lines."""
    return kind == "address" or (kind == "paragraph" and not _ENDS_SENTENCE.search(layout.words(group.lines[-1])))


class _Outline:
    """The headings that are open at a place in the report."""

    def __init__(self) -> None:
        self._open: list[tuple[_Level, BlockKind, str]] = []
        self._before: BlockKind = "title"
        self._opening = True  # until the first prose: a cover's lines are set as headings and head nothing

    def at(self, kind: BlockKind, line: Line, words: str) -> tuple[str, ...]:
        """The headings above a block, outermost first, after taking note of the block itself."""
        if kind in ("imprint", "footnote", "address"):
            return ()
        if kind in PROSE and self._opening and _ENDS_SENTENCE.search(words):
            self._opening = False
            above = self._open[-1:] if self._before == "heading" else []
            self._open = [heading for heading in self._open if heading[1] == "title" and heading not in above] + above
        self._before = kind
        if kind not in ("title", "heading"):
            return tuple(heading for _, _, heading in self._open)
        level = _Level(line.size, line.bold)
        while self._open and self._open[-1][0] <= level:
            self._open.pop()
        outer = tuple(heading for _, _, heading in self._open)
        self._open.append((level, kind, words))
        return outer


def _folded(layout: Layout, group: Group, offsets: list[int], line_end: str, *, first: bool) -> str:
    """The words of a block with white space folded; the place of each character is added to ``offsets``.

    So is that of the line end before the block, unless it is the first.
    """
    words: list[str] = []
    for index, line in enumerate(group.lines):
        skip = group.skip if index == 0 else 0
        for number, match in enumerate(re.finditer(r"\S+", layout.text[line.start + skip : line.end])):
            start, first_of_line = line.start + skip + match.start(), number == 0
            healed = bool(words) and first_of_line and index > 0 and _parted(words[-1], match[0])
            if words and not healed:
                words.append(line_end if first_of_line and index else " ")
                offsets.append(start - 1)
            elif not words and not first:
                offsets.append(max(start - 1, 0))
            words.append(match[0])
            offsets.extend(range(start, start + len(match[0])))
    return "".join(words)


def _parted(before: str, after: str) -> bool:
    """Was one word parted at the line's end? Its hyphen is kept: such reports part words only at one they have."""
    return bool(re.search(r"[A-Za-z]-$", before)) and after[0].isalnum()
