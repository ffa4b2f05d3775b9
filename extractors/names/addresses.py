"""Addresses: the lines before a postcode, whose capitals name no thing.

'Harbour House, Store Street, Oldport OP1 2AB' has the form of a name, and so has
the postcode's first half.
"""

import re
from bisect import bisect_left

from caregraph.extractors.names.name_grammar import FUNCTION_WORDS
from caregraph.extractors.names.tokens import Tokens

_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d{1,2}[A-Z]?\s+\d[A-Z]{2}\b")
_MARKS = frozenset({",", "\n"})
_MAX_ADDRESS = 24  # tokens before a postcode


def address_indexes(tokens: Tokens) -> frozenset[int]:
    """Indexes of the tokens of addresses: of postcodes, and of all before them but words in small letters and stops."""
    indexes: set[int] = set()
    for postcode in _POSTCODE.finditer(tokens.text):
        first, last = (bisect_left(tokens.starts, offset) for offset in postcode.span())
        indexes.update(range(_start(tokens, first), last))
    return frozenset(indexes)


def _start(tokens: Tokens, postcode: int) -> int:
    for index in range(postcode - 1, max(postcode - _MAX_ADDRESS, 0) - 1, -1):
        raw = tokens.raw[index]
        if not (raw[0].isupper() or raw[0].isdigit() or raw in _MARKS or raw in FUNCTION_WORDS):
            return index + 1
    return max(postcode - _MAX_ADDRESS, 0)
