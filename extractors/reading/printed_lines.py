"""Printed lines that a part of the flow was read from: they show where columns and addresses part."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice, takewhile

import numpy as np
from spacy.tokens import Doc

from caregraph.extractors.reading.flow import Reading
from caregraph.extractors.spans import text_of


def printed_lines(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    """Characters of each printed line between two characters of a document, in reading order.

    In a document without a reading, a line ends where its text has a line end.
    """
    if end <= start:
        return []
    reading: Reading | None = doc.user_data.get("reading")
    text = text_of(doc)
    lines = _lines_of_text(text, start, end) if reading is None else _lines_of_reading(reading, start, end)
    return [words for first, last in lines if (words := _strip(text, first, last))]


def _lines_of_reading(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    offsets = reading.offsets[start:end]
    first = bisect_left(reading.report.lines, int(offsets[0]), key=lambda line: line.end)
    lines = takewhile(lambda line: line.start <= offsets[-1], islice(reading.report.lines, first, None))
    edges = np.asarray([(line.start, line.end) for line in lines], dtype=offsets.dtype).reshape(-1, 2)
    # One search for all lines: numpy would make the offsets wider, all of them, for the Python numbers of each line.
    for low, high in np.searchsorted(offsets, edges):
        yield start + int(low), start + int(high)


def _lines_of_text(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in text[start:end].split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _strip(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Characters ``start`` to ``end`` without the white space around them; None if that is all they are."""
    words = text[start:end].strip()
    if not words:
        return None
    first = text.index(words, start)
    return first, first + len(words)
