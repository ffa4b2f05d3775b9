"""Name grammar: the nouns that names end in, and the words around a name.

The noun that a name ends in, its head, gives the type of thing that it names: a
board is a body, a hub a service. Indexes are those of tokens; a run of tokens
is ``first`` to ``last``, the last exclusive.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from caregraph.extractors.names.tokens import Tokens, tokenize


def word_set(words: str) -> frozenset[str]:
    """Split a list that is written as one text into its words."""
    return frozenset(words.split())


_HEADS_BY_TYPE = {
    "service": "team service hub unit clinic school college academy helpline centre club",
    "body": "board panel partnership forum council committee subgroup group parliament cabinet network collaborative",
    "programme": "programme project scheme model campaign initiative pilot approach fund award strategy course package"
    " grant",
    "agency": "trust police constabulary agency association alliance consortium hospital charity ccg icb university"
    " brigade inspectorate",
    "process": "plan assessment meeting conference order review protocol tool pathway procedure register report"
    " interview agreement enquiry toolkit passport profile audit notification process policy framework charter",
}
TYPE_OF_HEAD = {head: type_ for type_, heads in _HEADS_BY_TYPE.items() for head in heads.split()}
# The heads that make a name of the words before them even where they stand in small letters themselves.
LOWERCASE_HEADS = word_set(
    "team service hub panel board forum council programme project scheme group subgroup partnership academy initiative"
    " campaign model"
)
# Words of places and addresses.
COMPASS = word_set("north south east west central greater mid pan royal")
ADDRESS_WORDS = word_set(
    "council county borough city district street road lane avenue square house dockside hall centre"
)
FUNCTION_WORDS = word_set("& a an and at by for from in of on or the to with")
SENTENCE_ENDS = frozenset(".?!:\n•")

# The nouns that may stand in apposition to a name, and some only there.
_APPOSITION_TYPES = TYPE_OF_HEAD | {
    "organisation": "agency",
    "provider": "agency",
    "app": "programme",
    "course": "programme",
}
_ARTICLES = word_set("a an the")
_PHRASE_ENDS = SENTENCE_ENDS | {",", ";", "(", ")"} | word_set("of for to by with in on at from and or that which who")
_MAX_PHRASE = 8  # tokens
_TOKENS_AFTER, _TOKENS_BEFORE = 9, 5  # in which the noun that gives a name's type may stand
_NAMING_VERBS = word_set("called named")
# The nouns that give the type of a name that stands only near them.
_NEARBY_HEADS = LOWERCASE_HEADS - word_set("council partnership board") | word_set("tool app charity passport")
_SPACE_OR_HYPHEN = frozenset({"", " ", "-", "‑", "–"})
_POSSESSIVE = re.compile(r"['’`]s?[ -]")


class NameSpan(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) that name a thing of ``type``."""

    start: int
    end: int
    type: str


class AuthorityNames:
    """The names of authorities, to be compared with runs of folded tokens.

    Only as many tokens are compared as the longest name has, so that a run may be
    of any length.
    """

    def __init__(self, names: Iterable[str]) -> None:
        folded = [tokenize(name).folded for name in names]
        self.max_tokens = max(map(len, folded), default=0)
        self._names = frozenset(map(" ".join, folded))
        self._words = frozenset(word for name in folded for word in name)

    def __contains__(self, folded: Sequence[str]) -> bool:
        return len(folded) <= self.max_tokens and " ".join(folded) in self._names

    def has_word(self, word: str) -> bool:
        """Tell if a folded word stands in any name."""
        return word in self._words

    def prefixes(self, folded: Sequence[str]) -> list[int]:
        """Numbers of tokens, from 1, that spell a name at the beginning of a run."""
        return [size for size in self._sizes(folded) if folded[:size] in self]

    def suffixes(self, folded: Sequence[str]) -> list[int]:
        """Numbers of tokens, from 1, that spell a name at the end of a run."""
        return [size for size in self._sizes(folded) if folded[-size:] in self]

    def _sizes(self, folded: Sequence[str]) -> range:
        return range(1, min(self.max_tokens, len(folded)) + 1)


def starts_sentence(tokens: Tokens, index: int) -> bool:
    """Tell if a token begins a sentence, so that its capital is no sign of a name."""
    return index == 0 or tokens.raw[index - 1] in SENTENCE_ENDS


def has_quote_before(tokens: Tokens, index: int) -> bool:
    """Tell if more than a space, a hyphen or a possessive, such as a quotation mark, parts a token from the last."""
    gap = tokens.text[tokens.ends[index - 1] : tokens.starts[index]]
    return gap not in _SPACE_OR_HYPHEN and not _POSSESSIVE.fullmatch(gap)


def type_by_apposition(tokens: Tokens, first: int, last: int) -> str:
    """Type of the noun that a name stands in apposition to, empty if there is none.

    'Stepwise, an early intervention project', 'the edge of care service, Staying Near, which', 'a hub called Lantern'.
    """
    behind = tokens.raw[last : last + 2]
    if len(behind) == 2 and behind[0] in ",(" and behind[1] in _ARTICLES:
        return _type_of_phrase(tokens, range(last + 2, last + 2 + _MAX_PHRASE))
    if first and tokens.folded[first - 1] in _ARTICLES:
        first -= 1
    before = tokens.raw[max(first - 2, 0) : first]
    if before and (before[-1] in _NAMING_VERBS or before == ["known", "as"]):
        return _type_of_phrase(tokens, range(first - 2, first - 2 - _MAX_PHRASE, -1))
    closed = behind[:1] == [")"] if before[-1:] == ["("] else behind[:1] in ([","], ["."])
    if len(before) == 2 and before[-1] in ",(" and closed:
        return _APPOSITION_TYPES.get(tokens.folded[first - 2], "")
    return ""


def _type_of_phrase(tokens: Tokens, indexes: Iterable[int]) -> str:
    for index in indexes:
        if not 0 <= index < len(tokens.raw) or tokens.raw[index] in _PHRASE_ENDS:
            break
        if tokens.folded[index] in _APPOSITION_TYPES:
            return _APPOSITION_TYPES[tokens.folded[index]]
    return ""


def type_by_nearby_head(tokens: Tokens, first: int, last: int) -> str:
    """Type of the nearest head behind a name in its sentence, or else close before it, empty if there is none."""
    after = _folded_in_sentence(tokens, range(last, min(last + _TOKENS_AFTER, len(tokens.raw))))
    before = _folded_in_sentence(tokens, range(first - 1, max(first - 1 - _TOKENS_BEFORE, -1), -1))
    return next((_APPOSITION_TYPES[token] for token in (*after, *before) if token in _NEARBY_HEADS), "")


def _folded_in_sentence(tokens: Tokens, indexes: Iterable[int]) -> Iterator[str]:
    for index in indexes:
        if tokens.raw[index] in SENTENCE_ENDS:
            return
        yield tokens.folded[index]
