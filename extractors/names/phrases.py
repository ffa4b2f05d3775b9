"""Phrases: the spellings of a vocabulary, found in running text as reports write them.

A phrase is found whatever its number (plural, possessive), its hyphens
('multi agency', 'multi-agency', and 'multiagency' where a line break lost the
hyphen), its apostrophes, a footnote's digit stuck to it, or an acronym in
brackets within it. Capitals matter only where a phrase is marked as exact.

The trie is our own and not spaCy's ``PhraseMatcher``, which compares token with
token: it cannot skip a bracket, try two tokens as one where a hyphen parts them,
or give a phrase its last words from behind 'and' ('adoption and fostering panels').
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from caregraph.extractors.names.tokens import HYPHENS, Tokens, fold, is_acronym, strip_plural, tokenize

_COORDINATORS = frozenset({"and", "or", ","})
_MAX_CONJUNCT = 5  # tokens that may stand before 'and' and share what follows it
_MAX_SHARED = 3  # tokens at the end of a phrase that a coordination may say only once


class Phrase(NamedTuple):
    """One spelling of what ``key`` identifies; ``exact`` if its capitals tell it from ordinary words."""

    text: str
    key: str
    exact: bool = False


class PhraseMatch(NamedTuple):
    """A phrase in a text: characters ``start`` to ``end``, tokens ``first`` to ``last`` (both exclusive).

    ``keys`` are several if things share the spelling. ``full`` is the phrase with
    the words that a coordination says only once: 'child in need plans' for 'child
    in need' before 'and child protection plans'.
    """

    start: int
    end: int
    keys: tuple[str, ...]
    first: int
    last: int
    full: str


@dataclass(slots=True)
class TrieNode:
    """A node of the trie: the nodes that follow, by folded token, and the keys of the phrases that end here.

    ``exact_keys`` has the keys of exact phrases by the phrase as written.
    """

    following: dict[str, "TrieNode"] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    exact_keys: dict[str, tuple[str, ...]] = field(default_factory=dict)


class PhraseTrie:
    """The phrases of a vocabulary, ready to be found.

    >>> trie = PhraseTrie([Phrase("multi-agency safeguarding hub", "mash"), Phrase("MASH", "mash", exact=True)])
    >>> [match.keys for match in trie.find("Multiagency safeguarding hubs, once called MASH, do not mash.")]
    [('mash',), ('mash',)]
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._root = TrieNode()
        # Gathered before they are put into nodes: one spelling may have thousands of keys.
        keys_of: dict[tuple[tuple[str, ...], str | None], dict[str, None]] = {}
        for phrase in phrases:
            for raw in _hyphen_variants(phrase.text):
                written = _as_written(raw) if phrase.exact else None
                keys_of.setdefault((tuple(map(fold, raw)), written), {})[phrase.key] = None
        for (folded, written), keys in keys_of.items():
            node = self._node(folded)
            if written is None:
                node.keys = tuple(keys)
            else:
                node.exact_keys[written] = tuple(keys)

    def _node(self, folded: Iterable[str]) -> TrieNode:
        node = self._root
        for token in folded:
            node = node.following.setdefault(token, TrieNode())
        return node

    def find(self, text: str) -> Iterator[PhraseMatch]:
        """Yield the longest match at each position, from left to right, none overlapping."""
        return self.find_in_tokens(tokenize(text))

    def find_in_tokens(self, tokens: Tokens) -> Iterator[PhraseMatch]:
        """Like ``find``, in a text that is cut into tokens already."""
        first_tokens, folded, index, free = self._root.following, tokens.folded, 0, 0
        while index < len(folded):
            if folded[index] in first_tokens or _is_hyphenated(tokens, index):
                last, keys = self._longest(tokens, index)
                if keys:
                    start, end = tokens.characters(index, last)
                    match = PhraseMatch(start, end, keys, index, last, tokens.text[start:end])
                    yield from self._coordinated(tokens, match, free)
                    yield match
                    index = free = last
                    continue
            index += 1

    def _coordinated(self, tokens: Tokens, match: PhraseMatch, free: int) -> list[PhraseMatch]:
        """Give the matches that stand in a row before ``match``, each sharing the last words of the next.

        Tokens before ``free`` belong to an earlier match.
        """
        matches: list[PhraseMatch] = []
        conjunct = self._conjunct(tokens, match, free)
        while conjunct is not None:
            matches.append(conjunct)
            conjunct = self._conjunct(tokens, conjunct, free)
        return matches[::-1]

    def _conjunct(self, tokens: Tokens, match: PhraseMatch, free: int) -> PhraseMatch | None:
        """Match what stands before 'and', 'or' or a comma with the last words of ``match`` behind it."""
        last = match.first - 1
        if last <= free or tokens.raw[last] not in _COORDINATORS:
            return None
        if last > free + 3 and _is_bracketed_acronym(tokens, last - 3):
            last -= 3
        for shared in range(match.last - 1, max(match.first, match.last - _MAX_SHARED - 1), -1):
            for first in range(max(free, last - _MAX_CONJUNCT), last):
                keys = self._keys_of((*tokens.folded[first:last], *tokens.folded[shared : match.last]))
                if keys and not {".", "\n"} & {*tokens.raw[first:last]} and not _begins(tokens, first, last, match):
                    start, end = tokens.characters(first, last)
                    full = f"{tokens.text[start:end]} {tokens.text[tokens.starts[shared] : match.end]}"
                    return PhraseMatch(start, end, keys, first, last, full)
        return None

    def _keys_of(self, folded: Iterable[str]) -> tuple[str, ...]:
        """Keys of the phrase that these tokens spell in any case, none where they spell no phrase."""
        node: TrieNode | None = self._root
        for token in folded:
            # Folded once more: a plural in capitals ('PLANS') keeps its s the first time.
            node = node and node.following.get(fold(token))
        return node.keys if node else ()

    def _longest(self, tokens: Tokens, start: int) -> tuple[int, tuple[str, ...]]:
        """End, in tokens, and keys of the longest phrase that begins at ``start``; no keys where none does."""
        longest: tuple[int, tuple[str, ...]] = (start, ())
        states: list[tuple[TrieNode, int]] = [(self._root, start)]
        while states:
            node, index = states.pop()
            keys = _keys_at(node, tokens, start, index)
            if keys and index > longest[0]:
                longest = (index, keys)
            states.extend(_next_states(node, tokens, start, index))
        return longest


def _begins(tokens: Tokens, first: int, last: int, match: PhraseMatch) -> bool:
    """Tell if tokens before 'and' are the first of a match, and no other thing: 'Oldport and Oldport Constabulary'."""
    end = match.first + last - first
    is_same = end < match.last and tokens.folded[first:last] == tokens.folded[match.first : end]
    return is_same and tokens.raw[match.first - 1] != ","


def _keys_at(node: TrieNode, tokens: Tokens, start: int, end: int) -> tuple[str, ...]:
    if not node.exact_keys:
        return node.keys
    return node.exact_keys.get(_as_written(tokens.raw[start:end])) or node.keys


def _next_states(node: TrieNode, tokens: Tokens, start: int, index: int) -> Iterator[tuple[TrieNode, int]]:
    """Yield the nodes that the token at ``index`` leads to, each with the index behind it.

    Two tokens with a hyphen between them may stand for one; acronyms in brackets are passed over inside a phrase.
    """
    while index < len(tokens.raw):
        following = node.following.get(tokens.folded[index])
        if following:
            yield following, index + 1
        if _is_hyphenated(tokens, index):
            following = node.following.get(fold(tokens.raw[index] + tokens.raw[index + 1]))
            if following:
                yield following, index + 2
        if index <= start + 1 or not _is_bracketed_acronym(tokens, index):
            return
        index += 3


def _is_hyphenated(tokens: Tokens, index: int) -> bool:
    end = tokens.ends[index]
    return tokens.text[end : end + 1] in HYPHENS and index + 1 < len(tokens.raw)


def _is_bracketed_acronym(tokens: Tokens, index: int) -> bool:
    if tokens.raw[index] != "(":
        return False
    inside = tokens.raw[index + 1 : index + 3]
    return len(inside) == 2 and inside[1] == ")" and is_acronym(inside[0])


def _as_written(raw: Iterable[str]) -> str:
    return " ".join(map(strip_plural, raw))


def _hyphen_variants(text: str) -> Iterator[list[str]]:
    """Yield the tokens of a phrase, and those that are left where line breaks swallowed its hyphens."""
    yield tokenize(text).raw
    if "-" in text:
        yield tokenize(re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", "", text)).raw
