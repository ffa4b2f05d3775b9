"""The printed lines that a part of the flow was read from: columns and addresses are told apart by them."""

from bisect import bisect_left
from collections.abc import Iterator

import numpy as np
from spacy.tokens import Doc

from caregraph.extractors.reading.flow import Reading
from caregraph.extractors.spans import text_of


def printed_lines(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    """The characters of each printed line between two characters of a document, in reading order.

    A document without a reading has the line ends in its text for it.
    """
    if end <= start:
        return []
    reading: Reading | None = doc.user_data.get("reading")
    text = text_of(doc)
    pieces = _breaks(text, start, end) if reading is None else _lines(reading, start, end)
    return [piece for first, last in pieces if (piece := _stripped(text, first, last))]


def _lines(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    offsets = reading.offsets[start:end]
    lines = reading.report.lines
    first = bisect_left(lines, int(offsets[0]), key=lambda line: line.end)
    for line in lines[first:]:
        if line.start > offsets[-1]:
            break
        low, high = np.searchsorted(offsets, (line.start, line.end))
        yield start + int(low), start + int(high)


def _breaks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in text[start:end].split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end].strip()
    if not words:
        return None
    first = text.index(words, start)
    return first, first + len(words)
