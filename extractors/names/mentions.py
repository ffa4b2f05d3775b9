"""Mentions: the places where things are named, and which of them name one thing.

A thing goes by several names in one document: its acronym, a fuller name, a
common name with the proper one beside it ('the regional adoption agency (Adopt
Us)'), or a kind of which the document names one thing only.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol, TypeVar

from caregraph.extractors.names.name_grammar import TYPE_OF_HEAD, is_acronym, word_set
from caregraph.extractors.names.phrases import fold, split_words

# Two names that differ in these last words only are one thing's: 'Full Moon', 'the Full Moon team'.
_PLAIN_HEADS = word_set("team service programme project model scheme initiative approach")
_LEFT_OUT = word_set("nhs foundation the")
# What stands between the common and the proper name of one thing, and behind the proper one.
_BETWEEN = re.compile(r" \(|, | \(?(?:which is )?(?:called|named|known(?: locally)? as) (?:the )?")
_BEHIND = re.compile(r"[’'”\"]?(?:\)|\.|, (?:which|who|that|a|an|the)\b| and\b)")


class Mention(NamedTuple):
    """Characters ``start`` to ``end`` name a thing, in full ``full``; mentions with one ``key`` name the same thing."""

    start: int
    end: int
    key: str
    type: str
    full: str


def name_key(text: str) -> str:
    """What the names of one thing that is in no list have in common.

    >>> name_key("Full Moon"), name_key("Full Moon teams"), name_key("Lantern’s team")
    ('full moon', 'full moon', 'lantern')
    """
    folded = [word for word in split_words(text).folded if word not in _LEFT_OUT] or split_words(text).folded
    while len(folded) > 1 and folded[-1] in _PLAIN_HEADS:
        folded.pop()
    return " ".join(folded)


def one_thing_one_key(text: str, mentions: Sequence[Mention], *, kinds: Mapping[str, str]) -> Iterator[Mention]:
    """Yield the mentions, those that name one thing under one key and of one type.

    ``kinds`` says by key what common thing a proper one is an instance of.
    """
    same = {**_only_of_their_kind(mentions, kinds), **dict(_apposed(text, mentions))}
    keys = [same.get(mention.key, mention.key) for mention in mentions]
    types: dict[str, Counter[str]] = {}
    for mention, key in zip(mentions, keys, strict=True):
        types.setdefault(key, Counter())[mention.type] += 1
    for mention, key in zip(mentions, keys, strict=True):
        yield mention._replace(key=key, type=types[key].most_common(1)[0][0])


def _only_of_their_kind(mentions: Iterable[Mention], kinds: Mapping[str, str]) -> dict[str, str]:
    named = {mention.key for mention in mentions}
    instances: dict[str, list[str]] = {}
    for key in sorted(named & kinds.keys()):
        instances.setdefault(kinds[key], []).append(key)
    return {kind: keys[0] for kind, keys in instances.items() if len(keys) == 1}


def _apposed(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    for one, other in pairwise(mentions):
        if one.key == other.key or one.type != other.type or not _is_common(one.full) or not other.full[0].isupper():
            continue
        between = text[one.end : other.start].rstrip("‘“'\"")
        if _BETWEEN.fullmatch(between) and _BEHIND.match(text, other.end):
            yield one.key, other.key


def _is_common(name: str) -> bool:
    return name[1:].islower() and not name.endswith("s")


def names_of(mentions: Iterable[Mention]) -> dict[str, tuple[str, list[str]]]:
    """By key: the fullest name that mentions give a thing, in the singular, and the other names it goes by."""
    texts: dict[str, dict[str, None]] = {}
    for mention in mentions:
        texts.setdefault(mention.key, {})[mention.full] = None
    return {key: _fullest([*names]) for key, names in texts.items()}


def _fullest(names: list[str]) -> tuple[str, list[str]]:
    def fullness(name: str) -> tuple[bool, int, int]:
        return not is_acronym(name), len(split_words(name).raw), -len(name)

    name = _singular(max(names, key=fullness))
    different = {name.lower(): name}
    for other in names:
        different.setdefault(other.lower(), other)
    return name, [*different.values()][1:]


def _singular(name: str) -> str:
    """The name with its head in the singular, if the head stands in small letters."""
    last = name.rpartition(" ")[2]
    return name[: -len(last)] + fold(last) if last.islower() and fold(last) in TYPE_OF_HEAD else name


class Placed(Protocol):
    """Anything with a start and an end."""

    @property
    def start(self) -> int:
        """Characters from 0."""

    @property
    def end(self) -> int:
        """Characters from 0, exclusive."""


P = TypeVar("P", bound=Placed)


def longest(placed: Iterable[P]) -> list[P]:
    """The longest of those that overlap, and of equals the first given, in order of place."""
    kept: list[P] = []
    taken: set[int] = set()
    for one in sorted(placed, key=lambda one: one.start - one.end):
        if one.start not in taken and one.end - 1 not in taken:
            kept.append(one)
            taken.update(range(one.start, one.end))
    return sorted(kept, key=lambda one: one.start)
