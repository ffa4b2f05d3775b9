"""WordPiece: words cut into the pieces that a transformer knows, the longest first."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
MAX_PIECES = 112  # of a text and its context
MAX_CONTEXT_PIECES = 40  # of these, at most
_WORDS = re.compile(r"\w+|[^\w\s]")
_MAX_WORD = 100  # characters: anything longer is no word


class WordPieceTokenizer:
    """Tokenizer of texts into piece numbers, which are indexes of a vocabulary; a piece that continues a word has "##".

    >>> tokenizer = WordPieceTokenizer(["[CLS]", "[SEP]", "[UNK]", "foster", "##ing", "is", "."])
    >>> tokenizer.encode("Fostering is.", context="is")
    [0, 3, 4, 5, 6, 1, 5, 1]
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._pieces_of_word = lru_cache(maxsize=1 << 16)(self._split_word)

    def encode(self, text: str, *, context: str = "") -> list[int]:
        """Pieces of a text and then of its context, each closed by an end; cut at ``MAX_PIECES``."""
        context_pieces = self._pieces_of_text(context)[:MAX_CONTEXT_PIECES]
        if context_pieces:
            context_pieces.append(self._numbers[END])
        room = MAX_PIECES - 2 - len(context_pieces)
        return [self._numbers[START], *self._pieces_of_text(text)[:room], self._numbers[END], *context_pieces]

    def _pieces_of_text(self, text: str) -> list[int]:
        letters = "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if not _is_accent(letter))
        return [number for word in _WORDS.findall(letters) for number in self._pieces_of_word(word)]

    def _split_word(self, word: str) -> tuple[int, ...]:
        """Pieces of a word, or the unknown piece if the vocabulary cannot spell it."""
        pieces: list[int] = []
        start = 0
        while start < len(word) <= _MAX_WORD:
            prefix = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if prefix + word[start:end] in self._numbers), None)
            if end is None:
                break
            pieces.append(self._numbers[prefix + word[start:end]])
            start = end
        return tuple(pieces) if start == len(word) else (self._numbers[UNKNOWN],)


def _is_accent(letter: str) -> bool:
    return not letter.isascii() and unicodedata.category(letter) == "Mn"
