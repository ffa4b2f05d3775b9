"""Tokenizer: spaCy's own, given no word so long that its time grows with the square of the length.

spaCy takes marks off a word one at a time and searches the whole word each
time, so that 8,000 brackets without a space between them cost five seconds. A
longer word is tokenized in parts. The longest of 400 reports, an address of a
web page, has 78 characters.
"""

import re
from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_suffix_regex

LONGEST_WORD = 200  # characters that are given to spaCy without a space between them
# The full stop behind an abbreviation that ends in one capital, as 'DfE.', which spaCy takes for a part of it.
_FINAL_STOP = r"(?<=[a-z][A-Z])\."
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def make_tokenizer(nlp: Language) -> "BoundedTokenizer":
    """Make the tokenizer of a blank pipeline, which parts every abbreviation from a full stop behind it."""
    tokenizer: Any = nlp.tokenizer  # compiled, without types
    tokenizer.suffix_search = compile_suffix_regex((*(nlp.Defaults.suffixes or ()), _FINAL_STOP)).search
    return BoundedTokenizer(tokenizer)


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
