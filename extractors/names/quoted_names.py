"""Quoted names: names that a report puts in quotation marks.

A quotation names a thing if the noun of a thing ends it or follows it (‘Sycamore’
team), or if it is a title: of several words, or of one with such a noun close
by in the sentence (‘Lantern’, a new hub). People's words are quoted too, and are
no names.
"""

import re
from collections.abc import Iterator

from caregraph.extractors.names.name_grammar import (
    FUNCTION_WORDS,
    LOWERCASE_HEADS,
    TYPE_OF_HEAD,
    NameSpan,
    type_by_apposition,
    type_by_nearby_head,
    word_set,
)
from caregraph.extractors.names.tokens import Tokens, is_acronym

_QUOTATION = re.compile(r"(?<![^\s(])[‘“'\"](?P<name>\w[^‘“”\"\n.?!;:()]{1,58}?)[’”'\"](?!\w)")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_MAX_WORDS = 7
_HEADS_INSIDE = LOWERCASE_HEADS | word_set("plan passport toolkit protocol charter")
# Titles that are people's answers, grades or guidance, not names of things.
_NO_TITLE = word_set(
    "asian black british white mixed whole good outstanding adequate inadequate working act tier level band"
)
_DEFAULT_TYPE = "programme"  # of a title with no noun of a thing near it


def find_quoted_names(tokens: Tokens) -> Iterator[NameSpan]:
    """Yield the quoted names in a text, in order."""
    index_at = {start: index for index, start in enumerate(tokens.starts)}
    for quotation in _QUOTATION.finditer(tokens.text):
        start, end = quotation.span("name")
        words = _WORD.findall(quotation["name"])
        if not 0 < len(words) <= _MAX_WORDS or start not in index_at:
            continue
        first = last = index_at[start]
        while last < len(tokens.ends) and tokens.ends[last] <= end:
            last += 1
        type_ = _type(tokens, first, last, words)
        if type_:
            yield NameSpan(start, end, type_)


def _type(tokens: Tokens, first: int, last: int, words: list[str]) -> str:
    """Type of the thing that a quotation names, empty if it names none; ``words`` are the words inside it."""
    is_title = all(word[0].isupper() or word in FUNCTION_WORDS for word in words)
    ending = tokens.folded[last - 1]
    behind = tokens.folded[last] if last < len(tokens.folded) else ""
    if ending in TYPE_OF_HEAD and last - first > 1 and (is_title or ending in _HEADS_INSIDE):
        return TYPE_OF_HEAD[ending]
    if behind in TYPE_OF_HEAD and (is_title or len(words) > 1):
        return TYPE_OF_HEAD[behind]
    if not is_title or is_acronym(words[0]) or _NO_TITLE & {*tokens.folded[first:last]}:
        return ""
    nearby = type_by_apposition(tokens, first, last) or type_by_nearby_head(tokens, first, last)
    return nearby or (_DEFAULT_TYPE if len(words) > 1 else "")
