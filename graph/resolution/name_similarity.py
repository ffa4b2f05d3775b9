"""The names of things, word by word, and in what way two of them are alike."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from caregraph.graph.resolution.scoring import Reason
from caregraph.ontology.iris import slug

# What a thing is; `Evolve team` and `Evolve service` may be one.
TEAMS = frozenset("team service unit hub".split())
WORKING = TEAMS | frozenset("project programme scheme model approach initiative campaign process".split())
MEETING = frozenset("board group panel forum partnership council committee".split())
FILLERS = frozenset("the of and for in a an to at on with by s local uk".split())
LEADS = frozenset("operation project team".split())
TORN = frozenset("house hour based".split())  # what is left of 'in-house', '24-hour' and 'area-based' before a name
TORN_FROM = 2  # words: 'house team' is whole
COMPASS = frozenset("north south east west central mid upper lower adult".split())
NEAR = 0.8  # by their edit distance, of two words of `LONG` letters or more: 'visit' and 'visitor'
LONG = 4
HALF, MOST = (
    0.6,
    0.75,
)  # of the words of two names that they share, where one of these tells them from others, and where none does
MANY = 5  # words that two names share, where one may have one word more


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a name that tell it from others, singular and in order, and its last where that says what it is."""

    words: tuple[str, ...]
    core: tuple[str, ...]
    head: str
    acronym: str

    @property
    def letters(self) -> str:
        return "".join(self.words)


@lru_cache(maxsize=65536)
def wording(name: str) -> Wording:
    """A name taken apart; an acronym is a name of one word in capitals, without its plural s.

    >>> wording("the Families’ First Locality Teams").words
    ('family', 'first', 'locality', 'team')
    >>> wording("CiCC").acronym
    'cicc'
    """
    tokens = [re.sub(r"(?<=[a-z]{3})\d+$", "", token) for token in slug(name).split("-")]
    if tokens[0] in TORN and len(tokens) > TORN_FROM:
        tokens = tokens[1:]
    words = tuple(_singular(token) for token in tokens if token not in FILLERS)
    words = words or tuple(tokens)
    head = words[-1] if words[-1] in WORKING | MEETING and len(words) > 1 else ""
    letters = re.sub(r"[^A-Za-z]", "", name)
    short = len(tokens) == 1 and 2 <= len(letters) <= 8 and sum(map(str.isupper, letters)) > len(letters) / 2
    return Wording(words, words[:-1] if head else words, head, words[0] if short else "")


def initials(name: str) -> frozenset[str]:
    """The acronyms that a name may have: of all its words, and of those that are no fillers."""
    tokens = [token for token in re.split(r"[^A-Za-z]+", name.replace("’s", "").replace("'s", "")) if token]
    telling = [token for token in tokens if token.lower() not in FILLERS]
    return frozenset("".join(word[0] for word in words).lower() for words in (tokens, telling) if len(words) > 2)


def alike(left: str, right: str, *, common: frozenset[str] = frozenset()) -> Reason | None:
    """In what way two names are alike; None if they are not.

    Args:
        common: words that many names have, so that what is left of a name without its last word does not tell it.
    """
    one, other = wording(left), wording(right)
    names = f"'{left}' and '{right}'"
    if one.acronym or other.acronym:
        return None
    if one.words == other.words:
        return Reason("same-words", f"{names} are the same words", 4.5)
    if one.letters == other.letters:
        return Reason("same-letters", f"{names} are the same letters", 4.5)
    if sorted(one.words) == sorted(other.words):
        return Reason("same-words-in-another-order", f"{names} are the same words in another order", 3.5)
    if one.head == other.head and _spelt_alike(one.core, other.core):
        return Reason("spelt-alike", f"{names} are spelt alike", 3.0)
    if _core_tells(one, other, common):
        return Reason("same-but-for-the-last-word", f"{names} differ in what kind of thing they say it is", 3.0)
    if _nearly_all(one.words, other.words, common):
        return Reason("one-word-more", f"{names} share all words but one", 3.2)
    if _nearly(one, other, common):
        return Reason("nearly", f"{names} share most of their words", 1.0)
    return None


def abbreviated(acronyms: Iterable[str], names: Iterable[str]) -> Reason | None:
    """Whether one of some acronyms, of a thing that has no other name, is made of the initials of a name."""
    known = {wording(acronym).acronym: acronym for acronym in acronyms}
    for name in names:
        for short in sorted(initials(name) & known.keys()):
            return Reason("acronym", f"'{known[short]}' are the initials of '{name}'", 3.5)
    return None


def one_acronym(left: Iterable[str], right: Iterable[str]) -> Reason | None:
    """Whether two things go by one acronym, and have names that share half of their words."""
    lefts, rights = ([*map(wording, names)] for names in (left, right))
    shared = sorted({one.acronym for one in lefts} & {one.acronym for one in rights} - {""})
    full = [(one.words, other.words) for one in lefts for other in rights if not one.acronym and not other.acronym]
    if not shared or (full and not any(_half(one, other) for one, other in full)):
        return None
    return Reason("same-acronym", f"both are called {shared[0].upper()}", 3.0)


def _half(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shared = sum(any(near(word, another) for another in other) for word in one)
    return shared * 2 > max(len(one), len(other))


def _spelt_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return len(one) == len(other) and all(map(near, one, other))


def near(one: str, other: str) -> bool:
    """Whether two words may be one, misspelt or in another form.

    >>> near("parent", "parenting"), near("visit", "visitor"), near("option", "adoption"), near("mini", "midi")
    (True, True, False, False)
    """
    if one == other:
        return True
    if min(len(one), len(other)) < LONG or one[0] != other[0]:
        return False
    return _stem(one) == _stem(other) or Levenshtein.normalized_similarity(one, other) >= NEAR or _begins(one, other)


def _begins(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= LONG + 1 and long.startswith(short) and len(long) - len(short) <= 3


def _core_tells(one: Wording, other: Wording, common: frozenset[str]) -> bool:
    """Whether one is the other with, or but for, the word that says what it is: `Evolve team` and `Evolve`."""
    few, many = sorted((one, other), key=lambda wording: len(wording.words))
    if few.words == many.words[1:] and many.words[0] in LEADS:
        return not set(few.words) <= common
    if few.words == many.core:
        return not set(few.words) <= common or (few.head in MEETING and many.head in MEETING)
    return few.core == many.core and {few.head, many.head} <= TEAMS and not set(few.core) <= common


def _nearly_all(one: tuple[str, ...], other: tuple[str, ...], common: frozenset[str]) -> bool:
    """Whether a long name is another with one word more, that is no part of a place's name."""
    few, many = sorted((one, other), key=len)
    more = set(many) - set(few)
    long_enough = len(few) >= MANY - bool(set(few) - common)
    return (
        long_enough
        and set(few) <= set(many)
        and len(more) == 1
        and not more & COMPASS
        and (len(few) >= MANY or more <= common)
    )


def _nearly(one: Wording, other: Wording, common: frozenset[str]) -> bool:
    shared = set(one.words) & set(other.words)
    share = len(shared) / max(len(set(one.words)), len(set(other.words)))
    return len(shared) >= 2 and share >= (MOST if shared <= common else HALF)


def _stem(word: str) -> str:
    return re.sub(r"(ing|ed|er)$", "", word) if len(word) >= LONG + 2 else word


def _singular(word: str) -> str:
    if word == "children":
        return "child"
    if word.endswith("ies") and len(word) > LONG:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > LONG - 1 else word


def common_words(names: Iterable[str]) -> frozenset[str]:
    """The words of many names."""
    return frozenset(word for name in names for word in wording(name).words)
