"""Quotations: names that a report puts in quotation marks.

A quotation names a thing if the noun of a thing ends it or follows it (‘Sycamore’
team), or if it is a title: of several words, or of one with such a noun close
by in the sentence (‘Lantern’, a new hub). People's words are quoted too, and are
neither.
"""

import re
from collections.abc import Iterator

from caregraph.extractors.names.name_grammar import (
    SMALL,
    TEAM_OR_BODY,
    TYPE_OF_HEAD,
    Name,
    is_acronym,
    type_beside,
    type_near,
    word_set,
)
from caregraph.extractors.names.phrases import Words

_QUOTED = re.compile(r"(?<![^\s(])[‘“'\"](?P<name>\w[^‘“”\"\n.?!;:()]{1,58}?)[’”'\"](?!\w)")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_LONGEST = 7  # words
_OWN_HEADS = TEAM_OR_BODY | word_set("plan passport toolkit protocol charter")
# Titles that are people's answers, grades or guidance, not names of things.
_NO_TITLE = word_set(
    "asian black british white mixed whole good outstanding adequate inadequate working act tier level band"
)
_UNSURE = "programme"  # the type of a title that nothing beside it tells


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
    if ending in TYPE_OF_HEAD and last - first > 1 and (title or ending in _OWN_HEADS):
        return TYPE_OF_HEAD[ending]
    if behind in TYPE_OF_HEAD and (title or (behind in TEAM_OR_BODY and len(inside) > 1)):
        return TYPE_OF_HEAD[behind]
    if not title or is_acronym(inside[0]) or _NO_TITLE & {*words.folded[first:last]}:
        return ""
    return type_beside(words, first, last) or type_near(words, first, last) or (_UNSURE if len(inside) > 1 else "")
