"""Words cut into the pieces that a transformer knows, the longest first (WordPiece)."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST = 112  # pieces of a sentence and what stands beside it
BESIDE = 40  # of these, at most
_WORDS = re.compile(r"\w+|[^\w\s]")
_LONGEST_WORD = 100  # characters: a longer one is no word


class WordPieces:
    """Numbers of pieces by their place in a vocabulary; what continues a word begins with "##".

    >>> pieces = WordPieces(["[CLS]", "[SEP]", "[UNK]", "foster", "##ing", "is", "."])
    >>> pieces.encode("Fostering is.", beside="is")
    [0, 3, 4, 5, 6, 1, 5, 1]
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._cut = lru_cache(maxsize=1 << 16)(self._pieces)

    def encode(self, text: str, *, beside: str = "") -> list[int]:
        """The pieces of a text and of another beside it, each closed by an end; cut at ``LONGEST``."""
        other = [*self._all(beside)][:BESIDE]
        room = LONGEST - 2 - (len(other) + 1 if other else 0)
        closed = [*other, self._numbers[END]] if other else []
        return [self._numbers[START], *[*self._all(text)][:room], self._numbers[END], *closed]

    def _all(self, text: str) -> list[int]:
        plain = "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if not _is_accent(letter))
        return [number for word in _WORDS.findall(plain) for number in self._cut(word)]

    def _pieces(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        start = 0
        while start < len(word) <= _LONGEST_WORD:
            mark = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if mark + word[start:end] in self._numbers), None)
            if end is None:
                break
            found.append(self._numbers[mark + word[start:end]])
            start = end
        return tuple(found) if start == len(word) else (self._numbers[UNKNOWN],)


def _is_accent(letter: str) -> bool:
    return not letter.isascii() and unicodedata.category(letter) == "Mn"
