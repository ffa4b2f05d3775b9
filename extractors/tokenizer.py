"""Tokenizer: spaCy's own, given no word so long that its time grows with the square of the length.

spaCy takes marks off a word one at a time and searches the whole word each
time, so that 8,000 brackets without a space between them cost five seconds. A
longer word is tokenized in parts. The longest of 400 reports, an address of a
web page, has 78 characters.
"""

import re
from collections.abc import Callable

from spacy.tokens import Doc

LONGEST_WORD = 200  # characters that are given to spaCy without a space between them
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


class BoundedTokenizer:
    """Tokenize as ``tokenizer`` does, words of more than ``LONGEST_WORD`` characters in parts."""

    def __init__(self, tokenizer: Callable[[str], Doc]) -> None:
        self._tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        cuts = [
            cut
            for word in _LONG_WORD.finditer(text)
            for cut in range(word.start() + LONGEST_WORD, word.end(), LONGEST_WORD)
        ]
        if not cuts:
            return self._tokenizer(text)
        parts = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        return Doc.from_docs([self._tokenizer(part) for part in parts], ensure_whitespace=False)
