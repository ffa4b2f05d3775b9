"""Quotations: names that a report puts in quotation marks.

A quotation names a thing if the noun of a thing ends it, follows it, or, where
it is set in capitals, stands close by in the sentence: ‘Willow’ team; the
‘Market Place’, a hub for young people. People's words are quoted too, and
hold no such noun.
"""

import re
from collections.abc import Iterable, Iterator

from extractors.names import SENTENCE_ENDS, SMALL, TEAM_OR_BODY, TYPE_OF_HEAD, Name, is_acronym, type_beside
from extractors.phrases import Words

_QUOTED = re.compile(r"(?<![^\s(])[‘“'\"](?P<name>\w[^‘“”\"\n.?!;:()]{1,58}?)[’”'\"](?!\w)")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_LONGEST = 7  # words
_AFTER, _BEFORE = 9, 5  # words in which a title's head may stand


def quoted_names(words: Words) -> Iterator[Name]:
    """Yield the quoted names in a text, in order."""
    places = {start: place for place, start in enumerate(words.starts)}
    for found in _QUOTED.finditer(words.text):
        start, end = found.span("name")
        inside = _WORD.findall(found["name"])
        if not 0 < len(inside) <= _LONGEST or start not in places:
            continue
        first = last = places[start]
        while last < len(words.ends) and words.ends[last] <= end:
            last += 1
        its_type = _type(words, first, last, inside)
        if its_type:
            yield Name(start, end, its_type)


def _type(words: Words, first: int, last: int, inside: list[str]) -> str:
    title = all(word[0].isupper() or word in SMALL for word in inside)
    ending = words.folded[last - 1]
    behind = words.folded[last] if last < len(words.folded) else ""
    if ending in TYPE_OF_HEAD and last - first > 1 and (title or ending in TEAM_OR_BODY):
        return TYPE_OF_HEAD[ending]
    if behind in TYPE_OF_HEAD and (title or (behind in TEAM_OR_BODY and len(inside) > 1)):
        return TYPE_OF_HEAD[behind]
    if not title or is_acronym(inside[0]):
        return ""
    return type_beside(words, first, last) or _type_near(words, first, last)


def _type_near(words: Words, first: int, last: int) -> str:
    after = _sentence_words(words, range(last, min(last + _AFTER, len(words.raw))))
    before = _sentence_words(words, range(first - 1, max(first - 1 - _BEFORE, -1), -1))
    return next((TYPE_OF_HEAD[word] for word in (*after, *before) if word in TYPE_OF_HEAD), "")


def _sentence_words(words: Words, places: Iterable[int]) -> Iterator[str]:
    for place in places:
        if words.raw[place] in SENTENCE_ENDS:
            return
        yield words.folded[place]
