"""Quoted names: names that a report puts in quotation marks.

A quotation names a thing if the noun of a thing ends it or follows it (‘Sycamore’
team), or if it is a title: of several words, or of one with such a noun close
by in the sentence (‘Lantern’, a new hub). People's words are quoted too, and are
no names.
"""

import re
from collections.abc import Iterator

from spacy.lang.en.stop_words import STOP_WORDS

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
_HEADS_INSIDE = LOWERCASE_HEADS | word_set("plan passport tool toolkit protocol charter package")
# Nouns behind a quotation that make it a name, and those that may only say how something is done: ‘open door’ policy.
_HEADS_BEHIND = TYPE_OF_HEAD | dict.fromkeys(word_set("training session film app event booklet"), "programme")
_MANNERS = word_set("process policy")
_NAMED = re.compile(r"\b(?:called|named|known(?: locally)? as)(?: the| a)? $")
_LONGEST_NAMED = 24  # characters of the words that name, before a quotation
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
    if ending in TYPE_OF_HEAD and last - first > 1 and (is_title or ending in _HEADS_INSIDE):
        return TYPE_OF_HEAD[ending]
    behind = _head_behind(tokens, last)
    if behind and ((len(words) > 1 and (is_title or behind not in _MANNERS)) or (is_title and behind in TYPE_OF_HEAD)):
        return _HEADS_BEHIND[behind]
    start = tokens.starts[first] - 1
    if len(words) > 1 and _NAMED.search(tokens.text, max(start - _LONGEST_NAMED, 0), start):
        return type_by_apposition(tokens, first, last) or _DEFAULT_TYPE
    if not is_title or is_acronym(words[0]) or _NO_TITLE & {*tokens.folded[first:last]}:
        return ""
    nearby = type_by_apposition(tokens, first, last) or type_by_nearby_head(tokens, first, last)
    return nearby or (_DEFAULT_TYPE if len(words) > 1 else "")


def _head_behind(tokens: Tokens, last: int) -> str:
    """The noun of a thing, folded, that stands behind a quotation, or behind one more word; empty if there is none."""
    behind = tokens.folded[last : last + 2]
    if behind and behind[0] not in _HEADS_BEHIND and (not tokens.raw[last].islower() or behind[0] in STOP_WORDS):
        return ""
    return next((head for head in behind if head in _HEADS_BEHIND), "")
