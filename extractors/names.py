"""Names: what the names of things end in, and how a name is told from the words around it.

The noun that a name ends in, its head, says what type of thing it names: a
board is a body, a hub a service. Words are places in ``Words``; a run of them
is first and last, the last exclusive.
"""

import re
from typing import Literal, NamedTuple

from extractors.phrases import ACRONYM, Words

How = Literal["defined", "quoted", "capitals", "headed"]

_HEADS = {
    "service": "team service hub unit clinic school college academy helpline centre",
    "body": "board panel partnership forum council committee subgroup group parliament cabinet network",
    "programme": "programme project scheme model campaign initiative pilot approach fund award strategy",
    "agency": "trust police constabulary agency association alliance consortium hospital charity ccg icb university",
    "process": "plan assessment meeting conference order review protocol tool pathway procedure register report"
    " interview agreement enquiry toolkit passport profile audit notification process policy framework",
}
TYPE_OF_HEAD = {head: its_type for its_type, heads in _HEADS.items() for head in heads.split()}
# The heads that make a name of the words before them even where they stand in small letters.
TEAM_OR_BODY = frozenset(
    [
        "team",
        "service",
        "hub",
        "panel",
        "board",
        "forum",
        "council",
        "programme",
        "project",
        "scheme",
        "group",
        "subgroup",
        "partnership",
        "academy",
        "initiative",
        "campaign",
        "model",
    ]
)
SMALL = frozenset(["&", "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
SENTENCE_ENDS = frozenset(".?!:\n•")


class Name(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) name a thing of ``type``; ``short`` is where its acronym stands."""

    start: int
    end: int
    how: How
    type: str
    short: tuple[int, int] | None = None


def opens_sentence(words: Words, place: int) -> bool:
    """Is a capital at this place no sign of a name?"""
    return place == 0 or words.raw[place - 1] in SENTENCE_ENDS


def parted(words: Words, place: int) -> bool:
    """Does a quotation mark part this word from the one before?"""
    gap = words.text[words.ends[place - 1] : words.starts[place]]
    return gap not in ("", " ", "-", "‑", "–") and not re.fullmatch(r"['’`]s?[ -]", gap)


def is_acronym(word: str) -> bool:
    """Is it made of capitals, two or more, as 'CiCC', 'H&WB' and 'RHIs' are?"""
    return bool(ACRONYM.fullmatch(word.replace("&", "")))
