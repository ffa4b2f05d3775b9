"""Definitions: an acronym and its long form, in either order.

'multi-agency safeguarding hub (MASH)' and 'MASH (multi-agency safeguarding
hub)'. The acronym must be made of the words' initials, so that a bracket that
only follows a name defines nothing.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from caregraph.extractors.names.name_grammar import FUNCTION_WORDS, LOWERCASE_HEADS, TYPE_OF_HEAD
from caregraph.extractors.names.tokens import Tokens

_BOUNDARIES = frozenset(".?!:;\n()[]/")
_MAX_BRACKET = 13  # tokens inside a bracket that still defines an acronym
_MAX_ACRONYM = 12  # characters
_MAX_EXTRA_TOKENS = 8  # of a long form, besides those that give the acronym its letters


class Definition(NamedTuple):
    """A long form, tokens ``first`` to ``last`` (exclusive), and its acronym, by start and end in characters.

    ``head`` is the noun of a thing that ends the long form or stands behind the
    bracket, folded; empty where there is none.
    """

    first: int
    last: int
    acronym: tuple[int, int]
    head: str


def find_definitions(tokens: Tokens) -> Iterator[Definition]:
    """Yield the definitions in a text, in order."""
    for opening, token in enumerate(tokens.raw):
        if token != "(" or opening == 0:
            continue
        inside = tokens.raw[opening + 1 : opening + 1 + _MAX_BRACKET]
        if ")" in inside:
            closing = opening + 1 + inside.index(")")
            definition = _long_form_before(tokens, opening, closing) or _long_form_inside(tokens, opening, closing)
            if definition:
                yield definition


def acronym_initials(acronym: str) -> str:
    """Letters that the words of the long form must begin with, empty if this is no acronym.

    >>> [acronym_initials(acronym) for acronym in ("RHIs", "H&WB", "CiCC", "panel")]
    ['rhi', 'hwb', 'cicc', '']
    """
    if len(acronym) > _MAX_ACRONYM or not re.fullmatch(r"[A-Z][\w&-]*[A-Z][a-z]?s?", acronym):
        return ""
    return re.sub(r"[^a-z]", "", acronym.removesuffix("s").lower())


def _long_form_before(tokens: Tokens, opening: int, closing: int) -> Definition | None:
    """Define by the words before '(ACRONYM)', back to the one that begins with its first letter."""
    if closing == opening + 1:
        return None
    acronym = tokens.characters(opening + 1, closing)
    initials = acronym_initials(tokens.text[slice(*acronym)])
    skipped = 0
    for first in range(opening - 1, max(-1, opening - len(initials) - _MAX_EXTRA_TOKENS), -1):
        token = tokens.raw[first]
        if token in _BOUNDARIES or skipped > 1 or not initials:
            return None
        if tokens.folded[first][0] == initials[-1] and (len(initials) > 1 or token not in FUNCTION_WORDS):
            initials = initials[:-1]
            if not initials:
                return _definition(tokens, first, opening, closing, acronym)
        elif token not in FUNCTION_WORDS and token != ",":
            skipped += 1
    return None


def _long_form_inside(tokens: Tokens, opening: int, closing: int) -> Definition | None:
    """Define by the words in brackets behind an acronym."""
    initials = acronym_initials(tokens.raw[opening - 1])
    inside = tokens.folded[opening + 1 : closing]
    spelled = "".join(token[0] for token in inside if token not in FUNCTION_WORDS and token != ",")
    if not initials or closing - opening < 3 or spelled != initials:
        return None
    return _definition(tokens, opening + 1, closing, closing, tokens.characters(opening - 1, opening))


def _definition(tokens: Tokens, first: int, last: int, closing: int, acronym: tuple[int, int]) -> Definition:
    ending = tokens.folded[last - 1]
    behind = tokens.folded[closing + 1] if closing + 1 < len(tokens.folded) else ""
    head = ending if ending in TYPE_OF_HEAD else behind if behind in LOWERCASE_HEADS else ""
    return Definition(first, last, acronym, head)
