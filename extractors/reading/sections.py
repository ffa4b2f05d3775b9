"""Segment a report into its flow: sections, numbered paragraphs, bullets, table rows, without page furniture."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from caregraph.extractors.reading.flow import PROSE, Block, BlockKind, Reading
from caregraph.extractors.reading.layout import Layout, LineGroup
from caregraph.extractors.reading.words import words_of
from caregraph.ontology.report import Line, Report

_MOST_IN_HEADING = 26  # words
_MOST_IN_PLAIN_TEXT_HEADING = 20  # words: a heading in a text file, which has no type to tell it by
_MOST_IN_PLAIN_HEADING = 8  # words: a heading that is set like the text
_FEWEST_BELOW = 12  # words of the block below such a heading
_TITLE = 1.4  # times the body's type size
# Opening of the publisher's standing words; nothing after them is about the authority.
_IMPRINT = re.compile(
    r"The Office for Standards in Education, Children[’']s Services and Skills \(Ofsted\) (?:regulates|inspects)"
    r"|If you would like a copy of this document in a different format"
    r"|Any complaints about the inspection or the report should be made"
)
_IMPRINT_HEADING = re.compile(r"©\s*Crown copyright|This document may be reproduced in whole or in part", re.IGNORECASE)
_TABLE_HEAD = re.compile(r"judgements?\s+grades?", re.IGNORECASE)
# Each part is matched in one way only: of a line of dots, a pattern of '.*' on '.*' would try all ways to part it.
_CONTENTS_LINE = re.compile(r"[\d\s]*[^\d\s].*[\s.]\d{1,3}")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_ENDS_SENTENCE = re.compile(r"[.!;,][’”\"')]*\d*$|\)$")
# A heading that is set like the text, in italics say: a few plain words on a line of their own.
_PLAIN_HEADING = re.compile(r"[A-Z][A-Za-z’ -]+")


class _Level(NamedTuple):
    """Type of a heading; a larger one is further out."""

    size: float
    bold: bool


class _Heading(NamedTuple):
    """Heading of one of the open sections; its kind is "title" or "heading"."""

    level: _Level
    kind: BlockKind
    words: str


def segment(report: Report) -> Reading:
    """Turn a report as read into its flow of blocks. Page furniture is left out; footnotes come last."""
    layout = Layout(report)
    body = [line for line in report.lines if line.start < report.body_end]
    notes = [line for line in report.lines if report.body_end <= line.start < report.notes_end]
    groups = [*layout.groups(body)]
    footnotes = [*layout.groups(notes)]
    kinds = list(_block_kinds(layout, groups))
    kinds.extend("footnote" for _ in footnotes)
    return _flow(report, layout, [*groups, *footnotes], kinds)


def _block_kinds(layout: Layout, groups: Sequence[LineGroup]) -> Iterator[BlockKind]:
    """Yield the kind of each block, in order."""
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
            kind = _block_kind(layout, group, words, kind)
            if kind == "heading" and not _HAS_LETTER.search(words):
                kind = "paragraph"  # the figure of a footnote, set above its line, or a number of a page
            if kind == "paragraph" and _is_plain_heading(layout, groups[index : index + 2]):
                kind = "heading"
        yield kind


def _block_kind(layout: Layout, group: LineGroup, words: str, kind_before: BlockKind) -> BlockKind:
    first = group.lines[0]
    is_short = len(words.split()) <= _MOST_IN_HEADING and not _ENDS_SENTENCE.search(words)
    if kind_before == "contents" and _CONTENTS_LINE.fullmatch(words):
        return "contents"
    if words.lower() == "contents":
        return "contents"
    if group.has_columns or _TABLE_HEAD.fullmatch(words):
        return "table"
    if group.is_bullet:
        return "bullet"
    if is_short and first.size > _TITLE * layout.body_size > 0:
        return "title"
    if kind_before == "table" and is_short and not _is_set_as_heading(layout, first):
        return "table"
    return "heading" if is_short and _is_set_as_heading(layout, first, "" if group.number else words) else "paragraph"


def _is_plain_heading(layout: Layout, groups: Sequence[LineGroup]) -> bool:
    """Is the first of two blocks a heading without any type of its own, over the second?"""
    if len(groups) < 2 or len(groups[0].lines) > 1 or not groups[0].lines[0].size or groups[0].number:
        return False
    words, below = _words(layout, groups[0]), _words(layout, groups[1])
    is_short = len(words.split()) <= _MOST_IN_PLAIN_HEADING and _PLAIN_HEADING.fullmatch(words) is not None
    return is_short and not words.startswith(("Dear ", "Yours ")) and len(below.split()) >= _FEWEST_BELOW


def _is_set_as_heading(layout: Layout, line: Line, words: str = "") -> bool:
    """Is the line set as a heading: bolder or larger than the text, or marked so, or short and alone in plain text?"""
    if line.mark:
        return line.mark == "heading"
    if line.size:
        return layout.stands_out(line)
    is_short = len(words.split()) <= _MOST_IN_PLAIN_TEXT_HEADING
    return bool(re.match(r"[A-Z]", words)) and is_short and not words.startswith("Dear ")


def _words(layout: Layout, group: LineGroup) -> str:
    return " ".join(" ".join(layout.text[line.start : line.end].split()) for line in group.lines)


def _flow(report: Report, layout: Layout, groups: Iterable[LineGroup], kinds: Iterable[BlockKind]) -> Reading:
    text: list[str] = []
    offsets: list[int] = []
    blocks: list[Block] = []
    outline = _Outline()
    for group, kind in zip(groups, kinds, strict=True):
        line_end = "\n" if _has_separate_lines(layout, group, kind) else " "
        words = _fold(layout, group, offsets, line_end, is_first_block=not text)
        if not words:
            continue
        text.append(words if not text else "\n" + words)
        sections = outline.sections_of(kind, group.lines[0], words)
        blocks.append(Block(kind, len(offsets) - len(words), len(offsets), group.number, sections))
    return Reading(report, "".join(text), np.asarray(offsets, dtype=np.int32), tuple(blocks))


def _has_separate_lines(layout: Layout, group: LineGroup, kind: BlockKind) -> bool:
    """Do the lines of the block stay lines, as in an address or a list of names?"""
    return kind == "address" or (kind == "paragraph" and not _ENDS_SENTENCE.search(layout.words(group.lines[-1])))


class _Outline:
    """Headings of the open sections, outermost first, while the blocks of a report pass by."""

    def __init__(self) -> None:
        self._open: list[_Heading] = []
        self._kind_before: BlockKind = "title"
        self._is_cover = True  # until the first prose: a cover's lines are set as headings and head nothing

    def sections_of(self, kind: BlockKind, line: Line, words: str) -> tuple[str, ...]:
        """Headings above a block, outermost first. If the block is a heading, its section is open from then on."""
        if kind in ("imprint", "footnote", "address"):
            return ()
        if kind in PROSE and self._is_cover and _ENDS_SENTENCE.search(words):
            self._is_cover = False
            above = self._open[-1:] if self._kind_before == "heading" else []
            self._open = [heading for heading in self._open if heading.kind == "title" and heading not in above] + above
        self._kind_before = kind
        if kind not in ("title", "heading"):
            return tuple(heading.words for heading in self._open)
        level = _Level(line.size, line.bold)
        while self._open and self._open[-1].level <= level:
            self._open.pop()
        outer = tuple(heading.words for heading in self._open)
        self._open.append(_Heading(level, kind, words))
        return outer


def _fold(layout: Layout, group: LineGroup, offsets: list[int], line_end: str, *, is_first_block: bool) -> str:
    """Fold the white space of a block and return its words; add the offset of each character to ``offsets``.

    So is that of the line end before the block, unless it is the first block.
    """
    words: list[str] = []
    for index, line in enumerate(group.lines):
        first = line.start + (group.marker_length if index == 0 else 0)
        line_words = words_of(layout.text[first : line.end], first, is_printed=line.size > 0)
        for number, (word, places) in enumerate(line_words):
            start, begins_line = places[0], number == 0 and index > 0
            if words and begins_line and _is_parted_word(words[-1], word):
                pass  # the word goes on without a space
            elif words:
                words.append(line_end if begins_line else " ")
                offsets.append(start - 1)
            elif not is_first_block:
                offsets.append(max(start - 1, 0))
            words.append(word)
            offsets.extend(places)
    return "".join(words)


def _is_parted_word(before: str, after: str) -> bool:
    """Was one word parted at the line's end? Its hyphen is kept: such reports part words only at one they have."""
    return bool(re.search(r"[A-Za-z]-$", before)) and after[0].isalnum()
