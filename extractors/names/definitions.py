"""Definitions: an acronym and what it stands for, in either order.

'multi-agency safeguarding hub (MASH)' and 'MASH (multi-agency safeguarding
hub)'. The acronym must be made of the words' initials, so that a bracket that
only follows a name defines nothing.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from caregraph.extractors.names.name_grammar import SMALL, TEAM_OR_BODY, TYPE_OF_HEAD
from caregraph.extractors.names.phrases import Words

_STOPS = frozenset(".?!:;\n()[]/")
_LONGEST = 13  # words inside a bracket that still defines an acronym


class Definition(NamedTuple):
    """Words ``first`` to ``last`` (exclusive) are the long form; ``short`` holds the characters of the acronym.

    ``head`` is the noun of a thing that the long form ends in or that stands
    behind the bracket, folded; empty where there is none.
    """

    first: int
    last: int
    short: tuple[int, int]
    head: str


def definitions(words: Words) -> Iterator[Definition]:
    """Yield the definitions in a text, in order."""
    for place, word in enumerate(words.raw):
        if word != "(" or place == 0:
            continue
        inside = words.raw[place + 1 : place + 1 + _LONGEST]
        if ")" in inside:
            close = place + 1 + inside.index(")")
            found = _before(words, place, close) or _inside(words, place, close)
            if found:
                yield found


def letters(acronym: str) -> str:
    """The letters that words must begin with, nothing if this is no acronym.

    >>> letters("RHIs"), letters("H&WB"), letters("CiCC"), letters("panel")
    ('rhi', 'hwb', 'cicc', '')
    """
    if not re.fullmatch(r"[A-Z][\w&-]*[A-Z][a-z]?s?", acronym) or len(acronym) > 12:
        return ""
    return re.sub(r"[^a-z]", "", acronym.removesuffix("s").lower())


def _before(words: Words, place: int, close: int) -> Definition | None:
    """The words before '(ACRONYM)', back to the one that begins with its first letter."""
    short = (words.starts[place + 1], words.ends[close - 1]) if close > place + 1 else (0, 0)
    wanted = letters(words.text[slice(*short)])
    missed = 0
    for first in range(place - 1, max(-1, place - len(wanted) - 8), -1):
        if words.raw[first] in _STOPS or missed > 1 or not wanted:
            return None
        if words.folded[first][0] == wanted[-1] and (len(wanted) > 1 or words.raw[first] not in SMALL):
            wanted = wanted[:-1]
            if not wanted:
                return _definition(words, first, place, close, short)
        elif words.raw[first] not in SMALL and words.raw[first] != ",":
            missed += 1
    return None


def _inside(words: Words, place: int, close: int) -> Definition | None:
    """The words in brackets behind an acronym."""
    wanted = letters(words.raw[place - 1])
    initials = "".join(word[0] for word in words.folded[place + 1 : close] if word not in SMALL and word != ",")
    if not wanted or close - place < 3 or initials != wanted:
        return None
    return _definition(words, place + 1, close, close, (words.starts[place - 1], words.ends[place - 1]))


def _definition(words: Words, first: int, last: int, close: int, short: tuple[int, int]) -> Definition:
    ending = words.folded[last - 1]
    behind = words.folded[close + 1] if close + 1 < len(words.folded) else ""
    head = ending if ending in TYPE_OF_HEAD else behind if behind in TEAM_OR_BODY else ""
    return Definition(first, last, short, head)
