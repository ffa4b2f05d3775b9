"""Phrases: the spellings of a vocabulary, found in running text as reports write them.

A spelling is found whatever its number (plural, possessive), its hyphens
('multi agency', 'multi-agency', and 'multiagency' where a line break lost the
hyphen), its apostrophes, a footnote's digit stuck to it, or an acronym in
brackets within it. Capitals matter only where a spelling is marked as exact.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Doc, Span

from caregraph.extractors.spans import span_at

# Letters and digits are words of their own, so that a footnote's digit can stand outside a match. Hyphens between
# letters, apostrophes and quotation marks are no words at all; every other mark is one, and ends a phrase.
WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s'’‘`\"“”‐‑–-]|(?<!\w)[‐‑–-]|[‐‑–-](?!\w)|\n")
ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z]s?")
HYPHENS = frozenset("-‐‑–")
JOINING = frozenset({"and", "or", ","})
LONGEST_SHARER = 5  # words that may stand before 'and' and share what follows it
SIBILANT = ("ches", "shes", "sses", "xes")


class Spelling(NamedTuple):
    """One way to write what ``key`` names; ``exact`` if its capitals tell it from ordinary words."""

    text: str
    key: str
    exact: bool = False


class Match(NamedTuple):
    """Characters ``start`` to ``end``, words ``first`` to ``last`` (both exclusive) spell ``keys``: several if shared.

    ``full`` is what they say, with the words that a coordination says only once: 'child in need plans' for
    'child in need' before 'and child protection plans'.
    """

    start: int
    end: int
    keys: tuple[str, ...]
    first: int
    last: int
    full: str


class Words(NamedTuple):
    """The words of a text, side by side: where they stand, as written, and folded."""

    text: str
    starts: list[int]
    ends: list[int]
    raw: list[str]
    folded: list[str]


@dataclass(slots=True)
class Node:
    """A step of the tree of spellings: what may follow, and what ends here."""

    after: dict[str, "Node"] = field(default_factory=dict)
    loose: tuple[str, ...] = ()
    exact: tuple[tuple[str, tuple[str, ...]], ...] = ()


def fold(word: str) -> str:
    """The word in lower case and singular.

    >>> [fold(word) for word in ("Enquiries", "panels", "Children", "access", "RHIs", "&")]
    ['enquiry', 'panel', 'child', 'access', 'rhi', 'and']
    """
    return "and" if word == "&" else _singular(word).lower()


def _singular(word: str) -> str:
    if word.lower() in ("children", "childrens"):
        return word[:5]
    if len(word) < 4 or word[-1] != "s" or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(SIBILANT) else word[:-1]


def split_words(text: str) -> Words:
    """Cut ``text`` into words; the ``s`` of a possessive belongs to no word."""
    words = Words(text, [], [], [], [])
    known: dict[str, str] = {}
    after_apostrophe = -1
    for found in WORD.finditer(text):
        start, word = found.start(), found[0]
        if word == "s" and start == after_apostrophe:
            continue
        folded = known.get(word)
        if folded is None:
            folded = known[word] = fold(word)
        end = found.end()
        after_apostrophe = end + 1 if text[end : end + 1] in ("'", "’", "`") else -1
        words.starts.append(start)
        words.ends.append(end)
        words.raw.append(word)
        words.folded.append(folded)
    return words


class Phrases:
    """The spellings of a vocabulary, ready to be found.

    >>> phrases = Phrases([Spelling("multi-agency safeguarding hub", "mash"), Spelling("MASH", "mash", exact=True)])
    >>> [match.keys for match in phrases.find("Multiagency safeguarding hubs, once called MASH, do not mash.")]
    [('mash',), ('mash',)]
    """

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        self.root = Node()
        for spelling in spellings:
            for words in _with_lost_hyphens(spelling.text):
                self._add(words, spelling)

    def _add(self, words: list[str], spelling: Spelling) -> None:
        node = self.root
        for word in words:
            node = node.after.setdefault(fold(word), Node())
        if not spelling.exact:
            node.loose = tuple(dict.fromkeys((*node.loose, spelling.key)))
            return
        same_case = dict(node.exact)
        written = _as_written(words)
        same_case[written] = tuple(dict.fromkeys((*same_case.get(written, ()), spelling.key)))
        node.exact = tuple(same_case.items())

    def find(self, text: str) -> Iterator[Match]:
        """Yield the longest match at each place, from left to right, none overlapping."""
        return self.find_in(split_words(text))

    def find_in(self, words: Words) -> Iterator[Match]:
        """Like ``find``, for words that are cut already."""
        first, folded, place, free = self.root.after, words.folded, 0, 0
        while place < len(folded):
            if folded[place] in first or _hyphened(words, place):
                end, keys = self._longest(words, place)
                if keys:
                    match = Match(*_characters(words, place, end), keys, place, end, "")
                    yield from self._coordinated(words, match, free)
                    yield match._replace(full=words.text[match.start : match.end])
                    place = free = end
                    continue
            place += 1

    def _coordinated(self, words: Words, match: Match, free: int) -> Iterator[Match]:
        """Yield the match before 'and', 'or' or a comma that shares its last words with this one, from ``free`` on."""
        before = match.first - 1
        if before <= free or words.raw[before] not in JOINING:
            return
        if before > free + 3 and words.raw[before - 3] == "(" and _is_bracketed_acronym(words, before - 3):
            before -= 3
        for shared in range(match.last - 1, max(match.first, match.last - 4), -1):
            for first in range(max(free, before - LONGEST_SHARER), before):
                keys = self.keys((*words.folded[first:before], *words.folded[shared : match.last]))
                if keys and not {".", "\n"} & {*words.raw[first:before]}:
                    start, end = _characters(words, first, before)
                    full = f"{words.text[start:end]} {words.text[words.starts[shared] : match.end]}"
                    found = Match(start, end, keys, first, before, full)
                    yield from self._coordinated(words, found._replace(last=before), free)
                    yield found
                    return

    def spans(self, doc: Doc) -> Iterator[Span]:
        """Yield a span for each match, a shared spelling once for each key; its label is the key."""
        for match in self.find(doc.text):
            for key in match.keys:
                yield span_at(doc, match.start, match.end, label=key)

    def keys(self, words: Iterable[str]) -> tuple[str, ...]:
        """What these words spell together when their case is not looked at, nothing where they spell nothing."""
        node: Node | None = self.root
        for word in words:
            node = node and node.after.get(fold(word))
        return node.loose if node else ()

    def _longest(self, words: Words, start: int) -> tuple[int, tuple[str, ...]]:
        best: tuple[int, tuple[str, ...]] = (start, ())
        paths: list[tuple[Node, int]] = [(self.root, start)]
        while paths:
            node, place = paths.pop()
            keys = self._ends_here(node, words, start, place)
            if keys and place > best[0]:
                best = (place, keys)
            paths.extend(_steps(node, words, start, place))
        return best

    @staticmethod
    def _ends_here(node: Node, words: Words, start: int, end: int) -> tuple[str, ...]:
        if not node.exact:
            return node.loose
        written = _as_written(words.raw[start:end])
        exact = next((keys for spelling, keys in node.exact if spelling == written), ())
        return exact or node.loose


def _steps(node: Node, words: Words, start: int, place: int) -> Iterator[tuple[Node, int]]:
    if place >= len(words.raw):
        return
    after = node.after.get(words.folded[place])
    if after:
        yield after, place + 1
    if _hyphened(words, place):
        joined = node.after.get(fold(words.raw[place] + words.raw[place + 1]))
        if joined:
            yield joined, place + 2
    if words.raw[place] == "(" and place > start + 1 and _is_bracketed_acronym(words, place):
        yield from _steps(node, words, start, place + 3)


def _hyphened(words: Words, place: int) -> bool:
    return words.text[words.ends[place] : words.ends[place] + 1] in HYPHENS and place + 1 < len(words.raw)


def _characters(words: Words, first: int, last: int) -> tuple[int, int]:
    return words.starts[first], words.ends[last - 1]


def _is_bracketed_acronym(words: Words, place: int) -> bool:
    inside = words.raw[place + 1 : place + 3]
    return len(inside) == 2 and inside[1] == ")" and bool(ACRONYM.fullmatch(inside[0]))


def _as_written(words: Iterable[str]) -> str:
    return " ".join(_singular(word) for word in words)


def _with_lost_hyphens(text: str) -> Iterator[list[str]]:
    yield split_words(text).raw
    if "-" in text:
        yield split_words(re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", "", text)).raw
