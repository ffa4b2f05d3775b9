"""Names: what the names of things end in, and how a name is told from the words around it.

The noun that a name ends in, its head, says what type of thing it names: a
board is a body, a hub a service. Words are places in ``Words``; a run of them
is first and last, the last exclusive.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from caregraph.extractors.names.phrases import ACRONYM, Words


def word_set(words: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(words.split())


_HEADS = {
    "service": "team service hub unit clinic school college academy helpline centre",
    "body": "board panel partnership forum council committee subgroup group parliament cabinet network",
    "programme": "programme project scheme model campaign initiative pilot approach fund award strategy",
    "agency": "trust police constabulary agency association alliance consortium hospital charity ccg icb university",
    "process": "plan assessment meeting conference order review protocol tool pathway procedure register report"
    " interview agreement enquiry toolkit passport profile audit notification process policy framework",
}
TYPE_OF_HEAD = {head: its_type for its_type, heads in _HEADS.items() for head in heads.split()}
# The heads that make a name of the words before them even where they stand in small letters themselves.
TEAM_OR_BODY = word_set(
    "team service hub panel board forum council programme project scheme group subgroup partnership academy initiative"
    " campaign model"
)
SMALL = word_set("& a an and at by for from in of on or the to with")
SENTENCE_ENDS = frozenset(".?!:\n•")

# What may stand in apposition to a name, and only there.
_APPOSED = TYPE_OF_HEAD | {"organisation": "agency", "provider": "agency", "app": "programme", "course": "programme"}
_ARTICLES = word_set("a an the")
_ENDS_PHRASE = SENTENCE_ENDS | {",", ";", "(", ")"} | word_set("of for to by with in on at from and or that which who")
_LONGEST_PHRASE = 8  # words
_AFTER, _BEFORE = 9, 5  # words in which the noun that tells a name's type may stand
_NAMING = word_set("called named")
# The nouns that tell the type of a name that stands only near them.
_NEAR = TEAM_OR_BODY - word_set("council partnership board") | word_set("tool app charity passport")


class Name(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) name a thing of ``type``."""

    start: int
    end: int
    type: str


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


def type_beside(words: Words, first: int, last: int) -> str:
    """The type of what a name stands in apposition to, empty if to nothing.

    'Stepwise, an early intervention project', 'the edge of care service, Staying Near, which', 'a hub called Lantern'.
    """
    behind = words.raw[last : last + 2]
    if len(behind) == 2 and behind[0] in ",(" and behind[1] in _ARTICLES:
        return _type_of_phrase(words, range(last + 2, last + 2 + _LONGEST_PHRASE))
    if first and words.folded[first - 1] in _ARTICLES:
        first -= 1
    before = words.raw[max(first - 2, 0) : first]
    if before and (before[-1] in _NAMING or before == ["known", "as"]):
        return _type_of_phrase(words, range(first - 2, first - 2 - _LONGEST_PHRASE, -1))
    closed = behind[:1] == [")"] if before[-1:] == ["("] else behind[:1] in ([","], ["."])
    if len(before) == 2 and before[-1] in ",(" and closed:
        return _APPOSED.get(words.folded[first - 2], "")
    return ""


def _type_of_phrase(words: Words, places: Iterable[int]) -> str:
    for place in places:
        if not 0 <= place < len(words.raw) or words.raw[place] in _ENDS_PHRASE:
            break
        if words.folded[place] in _APPOSED:
            return _APPOSED[words.folded[place]]
    return ""


def type_near(words: Words, first: int, last: int) -> str:
    """The type of the thing whose noun stands next in the sentence, or close before, empty if none does."""
    after = _sentence_words(words, range(last, min(last + _AFTER, len(words.raw))))
    before = _sentence_words(words, range(first - 1, max(first - 1 - _BEFORE, -1), -1))
    return next((_APPOSED[word] for word in (*after, *before) if word in _NEAR), "")


def _sentence_words(words: Words, places: Iterable[int]) -> Iterator[str]:
    for place in places:
        if words.raw[place] in SENTENCE_ENDS:
            return
        yield words.folded[place]
