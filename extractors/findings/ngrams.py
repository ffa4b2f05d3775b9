"""N-grams of words and of characters, hashed for all sentences of a document at once.

The hash of any run of characters is a difference of prefix sums (a rolling
hash modulo 2^64), so that every n-gram costs a few operations on whole arrays
and none on a Python string.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2^64
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SPACE, _END = 32, 10
_MARKS = re.compile(r"([,;:%£])")
_OTHERS = re.compile(r"[^a-z0-9',;:%£\n]+")
_DIGITS = re.compile(r"\d+")
_LINE_END = re.compile(r" ?\n ?")


class Grams(NamedTuple):
    """One hash for each n-gram, and the number of the text it stands in, in ascending order."""

    hashes: NDArray[np.uint64]
    texts: NDArray[np.int64]


class HashedText:
    """Texts made ready for counting their n-grams; capitals, the value of numbers and most marks are lost.

    >>> grams = HashedText(["Visits are late.", "Visits"]).words(1)
    >>> grams.texts.tolist(), bool(grams.hashes[0] == grams.hashes[3])
    ([0, 0, 0, 1], True)
    """

    def __init__(self, texts: Sequence[str]) -> None:
        plain = _plain("\n".join(("", *(text.replace("\n", " ") for text in texts), "")))
        characters = np.frombuffer(plain.encode("latin-1"), dtype=np.uint8)
        self._text = np.cumsum(characters == _END) - 1
        self._inverses = _powers(_INVERSE, len(characters) + 1)
        sums = np.cumsum((characters.astype(np.uint64) + np.uint64(7)) * _powers(_BASE, len(characters)))
        self._sums = np.concatenate([np.zeros(1, np.uint64), sums])
        inside = np.concatenate([[False], (characters != _SPACE) & (characters != _END), [False]])
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        self._starts, self._ends = edges[::2], edges[1::2]
        self._ends_of_texts = characters == _END

    def words(self, length: int) -> Grams:
        """Every run of ``length`` words inside one text."""
        if len(self._starts) < length:
            return Grams(np.empty(0, np.uint64), np.empty(0, np.int64))
        starts = self._starts[: len(self._starts) - length + 1]
        ends = self._ends[length - 1 :]
        whole = self._text[starts] == self._text[ends]
        return self._grams(starts[whole], ends[whole], salt=length)

    def characters(self, length: int) -> Grams:
        """Every run of ``length`` characters inside one text, the spaces around it included."""
        starts = np.arange(len(self._text) - length + 1)
        whole = (self._text[starts] == self._text[starts + length - 1]) & ~self._ends_of_texts[starts]
        starts = starts[whole]
        return self._grams(starts, starts + length, salt=100 + length)

    def _grams(self, starts: NDArray[np.int64], ends: NDArray[np.int64], *, salt: int) -> Grams:
        hashes = (self._sums[ends] - self._sums[starts]) * self._inverses[starts] + np.uint64(salt * _BASE % (1 << 64))
        for _ in range(2):
            hashes ^= hashes >> np.uint64(31)
            hashes *= _MIX
        return Grams(hashes, self._text[starts])


def joined(parts: Iterable[Grams]) -> Grams:
    """Several kinds of n-grams of the same texts as one, in the order of the texts."""
    every = [*parts]
    texts = np.concatenate([part.texts for part in every])
    order = np.argsort(texts, kind="stable")
    return Grams(np.concatenate([part.hashes for part in every])[order], texts[order])


def _plain(lines: str) -> str:
    """Small letters, words and marks with one space around each; the lines stay lines."""
    lowered = _DIGITS.sub("0", lines.lower().replace("’", "'").replace("‘", "'"))
    spaced = _OTHERS.sub(" ", _MARKS.sub(r" \1 ", lowered))
    return _LINE_END.sub(" \n ", spaced)[1:-1]


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    powers = np.full(count, base, np.uint64)
    powers[:1] = 1
    return np.multiply.accumulate(powers)
