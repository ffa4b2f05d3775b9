"""Names of councils as reports print them: registered, spelt in another way, misspelt or unknown.

A title has the name in a slot of its own: 'Focused visit to … children's
services'. The words of the slot are read as a whole, so that a longer name
('N E Lincolnshire') is never taken for a shorter one inside it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rapidfuzz.distance import OSA

from caregraph.ontology.places import districts, places_outside_england, short_forms
from caregraph.ontology.vocabulary import Vocabulary

Spelling = tuple[str, str, str, str, str]  # words, name, ONS code, first day, last day: ISO days, or empty

_GENERIC = frozenset(
    "a all and area areas arrangements authorities authority bc borough by care cc children city combined"
    " council councils county dc district education families family first for in inspection its joint lb lbc local"
    " london mbc mdc metropolitan multi of ofsted partners partnership partnerships people rb report royal safeguarding"
    " send service services social special the to together trust ua unannounced unitary with young".split()
)
_COMPASS = {"n": "north", "e": "east", "s": "south", "w": "west"}
_COMPASS |= {a + b: f"{_COMPASS[a]} {_COMPASS[b]}" for a in "ns" for b in "ew"}
_VARIANTS = {"saint": "st", "upon": "on", **_COMPASS}
_WORD = r"[A-Z][\w’'.&-]*"
_JOIN = r"(?:,?\s+|,)(?:(?:and|of|upon|on|the|in|under|with|le|by|&)\s+){0,2}"
_NAME = re.compile(rf"(?:(?:the|The)\s+)?(?P<name>{_WORD}(?:{_JOIN}{_WORD}){{0,9}})")
_WHOLE_TITLE = re.compile(
    r"Inspection\s+of\s+(?P<slot>.*?)\s*\bchildren[’']s\s+(?:social\s+care\s+)?services", re.IGNORECASE | re.DOTALL
)
_OPEN_TITLE = re.compile(r"\b(?:of|to|in)\s*$", re.IGNORECASE)
_BEHIND_TITLE = re.compile(r"\s*(?:(?:to|of|in)\s+)?")
_LAST_IN = re.compile(rf"\bin\s+(?:the\s+)?(?={_WORD})")
_POSSESSIVE = re.compile(r"'s?(?!\w)")
_SENTENCE_END = re.compile(r"[;:\n]|(?<![A-Z])(?<!\b[Ss]t)\.(?=\s|$)|\b(?:Inspection dates?|Lead inspector)\b")
_SHORTEST = 5  # letters of a name that may be misspelt
_LONGER, _LONGEST = 8, 16  # letters from which two and three slips are allowed
_SLOT = 120  # characters at most of a slot


class RegisteredAuthority(NamedTuple):
    """Entry of the register; the days are in ISO form, or empty."""

    name: str
    gss: str
    started: str
    ended: str


class PrintedName(NamedTuple):
    """Name of a council as printed in characters ``start`` to ``end``.

    ``entries`` are the authorities that have had it, none if it is unknown. ``note`` says if it is misspelt.
    """

    start: int
    end: int
    entries: tuple[RegisteredAuthority, ...]
    note: str = ""


def spellings_of(vocabulary: Vocabulary) -> list[Spelling]:
    """Spellings of every authority of the register."""
    return [
        (spelling, term.name, term.gss, str(term.started or ""), str(term.ended or ""))
        for term in vocabulary.authorities
        for spelling in term.spellings
    ]


class CouncilNames:
    """Spellings of the register's authorities, looked up in running text and in titles."""

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        by_key: dict[str, dict[RegisteredAuthority, None]] = {}  # several authorities have had one name
        for words, *entry in spellings:
            by_key.setdefault(spelling_key(words), {})[RegisteredAuthority(*entry)] = None
        self._by_key = {key: tuple(entries) for key, entries in by_key.items()}
        self._by_slot = {_slot_key(words): entries for words, entries in self._by_key.items()}
        self._by_core = _by_core(self._by_slot)
        names = "|".join(map(_pattern, sorted(self._by_key, key=len, reverse=True))) or "(?!)"
        self._registered = re.compile(rf"\b(?=(?-i:[A-Z]))(?:{names})(?![\w&])(?![-–]\w)", re.IGNORECASE)

    def in_text(self, text: str, start: int = 0, end: int | None = None) -> Iterator[PrintedName]:
        """Yield the registered names between two characters, in reading order."""
        for match in self._registered.finditer(text, start, len(text) if end is None else end):
            yield PrintedName(*match.span(), self._by_key[spelling_key(match[0])])

    def in_title(self, text: str, start: int, end: int, line_end: int) -> PrintedName | None:
        """Name in the slot of the title from ``start`` to ``end``, in a line to ``line_end``; None without a slot."""
        slot = slot_of_title(text, start, end, line_end)
        return self.read(text, *slot) if slot else None

    def read(self, text: str, start: int, end: int) -> PrintedName:
        """Read the words between two characters as one council's name, which may be misspelt or unknown."""
        if name := self.read_exactly(text, start, end):
            return name
        words = text[start:end]
        if entries := self._nearest(_core(_slot_key(words))):
            return PrintedName(start, end, entries, f"the title names {words!r}, read as {entries[0].name}")
        return PrintedName(start, end, ())

    def read_exactly(self, text: str, start: int, end: int) -> PrintedName | None:
        """Read the words between two characters as one council's name, if they are no more than that."""
        for name in self.in_text(text, start, end):
            if not _core(_slot_key(text[start : name.start])) and not _core(_slot_key(text[name.end : end])):
                return name
        key = _slot_key(text[start:end])
        entries = self._by_slot.get(key) or self._by_core.get(_core(key))
        return PrintedName(start, end, entries) if entries else None

    def _nearest(self, core: str) -> tuple[RegisteredAuthority, ...]:
        """Authorities whose name is by far the nearest to a misspelt one; empty if none is certainly meant."""
        limit = 1 + (len(core) >= _LONGER) + (len(core) >= _LONGEST)
        if len(core) < _SHORTEST or core in _DISTRICTS or core in _NATIONS:
            return ()
        distances: dict[str, tuple[float, str]] = {}
        for candidate, entries in self._by_core.items():
            if abs(len(candidate) - len(core)) <= 2 * limit:
                nearest = (_slips(core, candidate), candidate)
                distances[entries[0].name] = min(nearest, distances.get(entries[0].name, nearest))
        ranked = sorted(distances.values())[:2]
        if not ranked or ranked[0][0] > limit or ranked[0][1][0] != core[0]:
            return ()
        nearest_slips, candidate = ranked[0]
        is_certain = len(ranked) < 2 or ranked[1][0] >= max(nearest_slips + 1, 2 * nearest_slips)
        return self._by_core[candidate] if is_certain else ()


def slot_of_title(text: str, start: int, end: int, line_end: int) -> tuple[int, int] | None:
    """Characters of a title in which it names a council; None if it names none, or not by a name."""
    whole = _WHOLE_TITLE.fullmatch(text, start, end)
    if whole and (name := _name_at(text, *whole.span("slot"))):
        return name
    if _OPEN_TITLE.search(text, start, end) or text[start:end].endswith("visit"):
        behind = _BEHIND_TITLE.match(text, end)
        first = behind.end() if behind else end
        stop = _SENTENCE_END.search(text, first)
        if name := _name_at(text, first, min(stop.start() if stop else len(text), first + _SLOT)):
            return name
    places = list(_LAST_IN.finditer(text, start, line_end))
    return _name_at(text, places[-1].end(), line_end) if places else None


def _name_at(text: str, start: int, end: int) -> tuple[int, int] | None:
    match = _NAME.match(text, start, end)
    return match.span("name") if match and _core(_slot_key(match["name"])) else None


def spelling_key(words: str) -> str:
    """Key of a spelling: its words without capitals, hyphens, commas and stops.

    >>> spelling_key("Stockton-On-Tees"), spelling_key("Telford & Wrekin")
    ('stockton on tees', 'telford and wrekin')
    """
    return " ".join(re.sub(r"[-–.,]", " ", words.lower().replace("&", " and ").replace("’", "'")).split())


def _slot_key(words: str) -> str:
    """Key of a name in a title, which may be shortened: 'NE Lincs' is North East Lincolnshire."""
    letters = _POSSESSIVE.sub("", spelling_key(words)).replace("'", "")
    return " ".join(_VARIANTS.get(word) or short_forms().get(word, word) for word in letters.split())


def has_common_word(words: str) -> bool:
    """Is one of the words in many councils' names, or in titles: 'Borough', 'Services'?

    >>> has_common_word("Ashmere Borough"), has_common_word("Ashmere")
    (True, False)
    """
    return not _GENERIC.isdisjoint(_slot_key(words).split())


def _core(key: str) -> str:
    """Key of a name without the words that many councils' names have, at its ends."""
    words = key.split()
    while words and words[0] in _GENERIC:
        words.pop(0)
    while words and words[-1] in _GENERIC:
        words.pop()
    return " ".join(words)


_DISTRICTS = frozenset(_core(_slot_key(name)) for name in districts())
_NATIONS = {_core(_slot_key(name)): nation for name, nation in places_outside_england().items()}


def nation_of_name(words: str) -> str | None:
    """Nation outside England of a council, by its name as printed; None if it is no such council.

    >>> nation_of_name("Powys County Council"), nation_of_name("Leeds")
    ('Wales', None)
    """
    return _NATIONS.get(_core(_slot_key(words)))


def _by_core(
    entries_by_key: Mapping[str, tuple[RegisteredAuthority, ...]],
) -> dict[str, tuple[RegisteredAuthority, ...]]:
    """Entries by the core of a name, where no two authorities of different names share it."""
    cores: dict[str, dict[RegisteredAuthority, None]] = {}
    for key, entries in entries_by_key.items():
        cores.setdefault(_core(key), {}).update(dict.fromkeys(entries))
    return {
        core: tuple(entries) for core, entries in cores.items() if core and len({entry.name for entry in entries}) == 1
    }


def _slips(left: str, right: str) -> float:
    """Number of letters put in, left out, changed or swapped; a letter doubled or not doubled is half of one."""
    undoubled = OSA.distance(_undoubled(left), _undoubled(right)) + 0.5
    return min(OSA.distance(left, right), undoubled)


def _undoubled(words: str) -> str:
    return re.sub(r"(\w)\1", r"\1", words)


def _pattern(key: str) -> str:
    words = (r"(?:and|&)" if word == "and" else re.escape(word).replace("'", "['’]") for word in key.split())
    return r"[\s.,–-]+".join(words)
