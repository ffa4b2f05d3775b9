"""N-grams of words and of characters, hashed for all sentences of a document at once.

The hash of any run of characters is a difference of prefix sums (a rolling
hash modulo 2^64), so that every n-gram costs a few operations on whole arrays
and none on a Python string.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2^64
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SPACE, _END = 32, 10
_MARKS = re.compile(r"([,;:%£])")
_SEPARATORS = re.compile(r"[^a-z0-9',;:%£\n]+")
_DIGITS = re.compile(r"\d+")
_LINE_END = re.compile(r" ?\n ?")


class Ngrams(NamedTuple):
    """N-grams of several texts: the hash of each, and the index of the text it stands in, ascending."""

    hashes: NDArray[np.uint64]
    texts: NDArray[np.int64]


class HashedTexts:
    """Texts prepared for counting their n-grams; capitals, the value of numbers and most marks are lost.

    >>> ngrams = HashedTexts(["Visits are late.", "Visits"]).words(1)
    >>> ngrams.texts.tolist(), bool(ngrams.hashes[0] == ngrams.hashes[3])
    ([0, 0, 0, 1], True)
    """

    def __init__(self, texts: Sequence[str]) -> None:
        normalized = _normalize("\n".join(("", *(text.replace("\n", " ") for text in texts), "")))
        characters = np.frombuffer(normalized.encode("latin-1"), dtype=np.uint8)
        self._text_of = np.cumsum(characters == _END) - 1
        self._inverses = _powers(_INVERSE, len(characters) + 1)
        sums = np.cumsum((characters.astype(np.uint64) + np.uint64(7)) * _powers(_BASE, len(characters)))
        self._sums = np.concatenate([np.zeros(1, np.uint64), sums])
        inside = np.concatenate([[False], (characters != _SPACE) & (characters != _END), [False]])
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        self._starts, self._ends = edges[::2], edges[1::2]
        self._is_text_end = characters == _END

    def words(self, length: int) -> Ngrams:
        """N-grams of ``length`` words, each inside one text."""
        if len(self._starts) < length:
            return Ngrams(np.empty(0, np.uint64), np.empty(0, np.int64))
        starts = self._starts[: len(self._starts) - length + 1]
        ends = self._ends[length - 1 :]
        in_one_text = self._text_of[starts] == self._text_of[ends]
        return self._ngrams(starts[in_one_text], ends[in_one_text], salt=length)

    def characters(self, length: int) -> Ngrams:
        """N-grams of ``length`` characters, each inside one text, the spaces around it included."""
        starts = np.arange(len(self._text_of) - length + 1)
        in_one_text = (self._text_of[starts] == self._text_of[starts + length - 1]) & ~self._is_text_end[starts]
        starts = starts[in_one_text]
        return self._ngrams(starts, starts + length, salt=100 + length)

    def _ngrams(self, starts: NDArray[np.int64], ends: NDArray[np.int64], *, salt: int) -> Ngrams:
        hashes = (self._sums[ends] - self._sums[starts]) * self._inverses[starts] + np.uint64(salt * _BASE % (1 << 64))
        for _ in range(2):
            hashes ^= hashes >> np.uint64(31)
            hashes *= _MIX
        return Ngrams(hashes, self._text_of[starts])


def concatenate_ngrams(kinds: Sequence[Ngrams]) -> Ngrams:
    """Merge several kinds of n-grams of the same texts, in the order of the texts."""
    texts = np.concatenate([ngrams.texts for ngrams in kinds])
    order = np.argsort(texts, kind="stable")
    return Ngrams(np.concatenate([ngrams.hashes for ngrams in kinds])[order], texts[order])


def _normalize(lines: str) -> str:
    """Put lines into small letters, with one space around each word and mark."""
    lowered = _DIGITS.sub("0", lines.lower().replace("’", "'").replace("‘", "'"))
    spaced = _SEPARATORS.sub(" ", _MARKS.sub(r" \1 ", lowered))
    return _LINE_END.sub(" \n ", spaced)[1:-1]


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    powers = np.full(count, base, np.uint64)
    powers[:1] = 1
    return np.multiply.accumulate(powers)
