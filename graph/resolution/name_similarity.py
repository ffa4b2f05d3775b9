"""Names of things as tokens, and the ways in which two names are similar."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from caregraph.graph.resolution.scoring import Reason
from caregraph.ontology.iris import slug

# Last words that say what kind of thing it is; `Evolve team` and `Evolve service` may be one.
TEAM_WORDS = frozenset("team service unit hub".split())
WORKING_WORDS = TEAM_WORDS | frozenset("project programme scheme model approach initiative campaign process".split())
MEETING_WORDS = frozenset("board group panel forum partnership council committee".split())
FILLERS = frozenset("the of and for in a an to at on with by s local uk".split())
LEADING_WORDS = frozenset("operation project team".split())
# Second halves of 'in-house', '24-hour' and 'area-based', which extraction may leave before a name of some words;
# 'house team' is whole.
TORN_WORDS = frozenset("house hour based".split())
MIN_TORN_NAME = 3  # tokens
COMPASS_WORDS = frozenset("north south east west central mid upper lower adult".split())
MIN_WORD_SIMILARITY = 0.8  # by edit distance: 'visit' and 'visitor'
MIN_WORD = 4  # letters; shorter words must be equal
# Share of the words of two names that both have: where one of these tells them from other names, and where none does.
MIN_TELLING_SHARE, MIN_COMMON_SHARE = 0.6, 0.75
MIN_LONG_NAME = 5  # words that two names share, where one may have one word more


@dataclass(frozen=True, slots=True)
class TokenizedName:
    """Tokens of a name, singular and in order, without fillers.

    ``head`` is the last token where it says what kind of thing it is, else empty, and ``core`` the tokens without it.
    ``acronym`` is the name in lower case where it is one, else empty.
    """

    tokens: tuple[str, ...]
    core: tuple[str, ...]
    head: str
    acronym: str

    @property
    def letters(self) -> str:
        """Tokens written as one word."""
        return "".join(self.tokens)


@lru_cache(maxsize=65536)
def tokenize_name(name: str) -> TokenizedName:
    """Split a name into tokens; an acronym is a name of one word in capitals, without its plural s.

    >>> tokenize_name("the Families’ First Locality Teams").tokens
    ('family', 'first', 'locality', 'team')
    >>> tokenize_name("CiCC").acronym
    'cicc'
    """
    parts = [re.sub(r"(?<=[a-z]{3})\d+$", "", part) for part in slug(name).split("-")]
    if parts[0] in TORN_WORDS and len(parts) >= MIN_TORN_NAME:
        parts = parts[1:]
    tokens = tuple(_singular(part) for part in parts if part not in FILLERS)
    tokens = tokens or tuple(parts)
    head = tokens[-1] if tokens[-1] in WORKING_WORDS | MEETING_WORDS and len(tokens) > 1 else ""
    letters = re.sub(r"[^A-Za-z]", "", name)
    is_acronym = len(parts) == 1 and 2 <= len(letters) <= 8 and sum(map(str.isupper, letters)) > len(letters) / 2
    return TokenizedName(tokens, tokens[:-1] if head else tokens, head, tokens[0] if is_acronym else "")


def words_of(names: Iterable[str]) -> frozenset[str]:
    """Words of all the names."""
    return frozenset(word for name in names for word in tokenize_name(name).tokens)


@lru_cache(maxsize=2**14)
def initials(name: str) -> frozenset[str]:
    """Acronyms that a name may have: of all its words, and of those that are no fillers."""
    words = [word for word in re.split(r"[^A-Za-z]+", name.replace("’s", "").replace("'s", "")) if word]
    telling = [word for word in words if word.lower() not in FILLERS]
    return frozenset("".join(word[0] for word in choice).lower() for choice in (words, telling) if len(choice) > 2)


def compare_names(left: str, right: str, *, common: frozenset[str] = frozenset()) -> Reason | None:
    """Reason why two names are similar; None if they are not.

    Args:
        common: words that many names have, which alone do not tell a name from others.
    """
    left_name, right_name = tokenize_name(left), tokenize_name(right)
    names = f"'{left}' and '{right}'"
    if left_name.acronym or right_name.acronym:
        return None
    if left_name.tokens == right_name.tokens:
        return Reason("same-words", f"{names} are the same words", 4.5)
    if left_name.letters == right_name.letters:
        return Reason("same-letters", f"{names} are the same letters", 4.5)
    if sorted(left_name.tokens) == sorted(right_name.tokens):
        return Reason("same-words-in-another-order", f"{names} are the same words in another order", 3.5)
    if left_name.head == right_name.head and _spelt_alike(left_name.core, right_name.core):
        return Reason("spelt-alike", f"{names} are spelt alike", 3.0)
    if _same_but_for_kind(left_name, right_name, common):
        return Reason("same-but-for-the-last-word", f"{names} differ in what kind of thing they say it is", 3.0)
    if _one_word_more(left_name.tokens, right_name.tokens, common):
        return Reason("one-word-more", f"{names} share all words but one", 3.2)
    if _share_most_words(left_name, right_name, common):
        return Reason("nearly", f"{names} share most of their words", 1.0)
    return None


def match_initials(acronyms: Iterable[str], names: Iterable[str]) -> Reason | None:
    """Reason if an acronym is made of the initials of a name.

    Args:
        acronyms: those of a thing that has no other name.
    """
    known = {tokenize_name(acronym).acronym: acronym for acronym in acronyms}
    for name in names:
        for short in sorted(initials(name) & known.keys()):
            return Reason("acronym", f"'{known[short]}' are the initials of '{name}'", 3.5)
    return None


def match_acronyms(left: Iterable[str], right: Iterable[str]) -> Reason | None:
    """Reason if two things, by their names, go by one acronym and have full names that share half of their words."""
    left_names, right_names = ([*map(tokenize_name, names)] for names in (left, right))
    shared = sorted({name.acronym for name in left_names} & {name.acronym for name in right_names} - {""})
    full = [
        (left_name.tokens, right_name.tokens)
        for left_name in left_names
        for right_name in right_names
        if not left_name.acronym and not right_name.acronym
    ]
    if not shared or (full and not any(_share_half(*tokens) for tokens in full)):
        return None
    return Reason("same-acronym", f"both are called {shared[0].upper()}", 3.0)


def _share_half(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    shared = sum(any(similar_words(left_word, right_word) for right_word in right) for left_word in left)
    return shared * 2 > max(len(left), len(right))


def _spelt_alike(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    return len(left) == len(right) and all(map(similar_words, left, right))


def similar_words(left: str, right: str) -> bool:
    """Tell if two words may be one, misspelt or in another form.

    >>> similar_words("parent", "parenting"), similar_words("visit", "visitor")
    (True, True)
    >>> similar_words("option", "adoption"), similar_words("mini", "midi")
    (False, False)
    """
    if left == right:
        return True
    if min(len(left), len(right)) < MIN_WORD or left[0] != right[0]:
        return False
    if _stem(left) == _stem(right) or _is_prefix(left, right):
        return True
    return Levenshtein.normalized_similarity(left, right) >= MIN_WORD_SIMILARITY


def _is_prefix(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    return len(short) >= MIN_WORD + 1 and long.startswith(short) and len(long) - len(short) <= 3


def _same_but_for_kind(left: TokenizedName, right: TokenizedName, common: frozenset[str]) -> bool:
    """Tell if two names differ only in the word for the kind of thing, or in having it: `Evolve team` and `Evolve`."""
    short, long = sorted((left, right), key=lambda name: len(name.tokens))
    if short.tokens == long.tokens[1:] and long.tokens[0] in LEADING_WORDS:
        return not set(short.tokens) <= common
    if short.tokens == long.core:
        return not set(short.tokens) <= common or (short.head in MEETING_WORDS and long.head in MEETING_WORDS)
    return short.core == long.core and {short.head, long.head} <= TEAM_WORDS and not set(short.core) <= common


def _one_word_more(left: tuple[str, ...], right: tuple[str, ...], common: frozenset[str]) -> bool:
    """Tell if a long name is the other with one word more, which is no point of the compass."""
    short, long = sorted((left, right), key=len)
    added = set(long) - set(short)
    return (
        len(short) >= MIN_LONG_NAME - bool(set(short) - common)
        and set(short) <= set(long)
        and len(added) == 1
        and not added & COMPASS_WORDS
        and (len(short) >= MIN_LONG_NAME or added <= common)
    )


def _share_most_words(left: TokenizedName, right: TokenizedName, common: frozenset[str]) -> bool:
    shared = set(left.tokens) & set(right.tokens)
    share = len(shared) / max(len(set(left.tokens)), len(set(right.tokens)))
    return len(shared) >= 2 and share >= (MIN_COMMON_SHARE if shared <= common else MIN_TELLING_SHARE)


def _stem(word: str) -> str:
    return re.sub(r"(ing|ed|er)$", "", word) if len(word) >= MIN_WORD + 2 else word


def _singular(word: str) -> str:
    if word == "children":
        return "child"
    if word.endswith("ies") and len(word) > MIN_WORD:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > MIN_WORD - 1 else word
