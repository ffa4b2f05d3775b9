"""Partners: the words of a sentence for other councils, and the councils that they certainly mean.

A sentence is *masked* for the grammar: each phrase for other councils becomes a run of one private character, as does
each name of the report's own council and each area that several councils make up. Characters stay where they are.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

from caregraph.extractors.documents.council_names import CouncilNames, PrintedName, Spelling
from caregraph.ontology.places import county_areas

PARTNERS, OWN, AREA = "\ue000", "\ue001", "\ue002"  # a phrase for other councils, the own council, a shared area
ANY_COUNCILS = "\ue003"  # 'local authorities', of which nothing says that they are others
ADOPTION_AGENCY, COMPANY = "\ue004", "\ue005"  # names of agencies that serve several councils, and of councils' trusts
NAMED_AREA = "\ue006"  # the name of an area that several councils make up and none is called

_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_FAR = r"(?:neighbouring|adjoining|adjacent|nearby|surrounding|other|another|fellow|partner|sister)"
_NEAR = (
    r"(?:(?:north|south|east|west)(?:[-‑–\s]?(?:east|west))?|inner|outer|local|London|unitary|county|city|metropolitan"
    r"|borough|more|(?-i:[A-Z][\w-]+))"
)
_BOARD = r"(?:local\s+)?safeguarding\s+children(?:[’']s)?\s+(?:board|partnership)"
_MANY = (
    r"(?:(?:local\s+)?authorities|councils|boroughs|counties|local\s+authority\s+(?:\w+\s+)?(?:areas|groups"
    rf"|agencies)|cities|LAs|LSCBs|{_BOARD}s"
    r"|areas(?=\W)(?!\s+(?:of|for|where|in\s+which|that)\b))"
)
_ONE = rf"(?:(?:local\s+)?authority|council|borough|county|LSCB|{_BOARD})"
_OTHERS = re.compile(
    rf"\b(?<!statistical )(?:(?:a|an|the|its|their|all|both|some|several|many)\s+){{0,4}}"
    rf"(?:{_FAR}\s+(?:(?:{_FAR}|{_NEAR}|{_NUMBER})\s+){{0,3}}(?:{_MANY}|{_ONE})"
    rf"|(?:{_NUMBER}|both|several)\s+(?:(?:{_FAR}|{_NEAR})\s+){{0,3}}{_MANY}"
    r"|(?:three|four|five|six|seven|eight|nine|ten)\s+(?:neighbouring\s+)?safeguarding\s+(?:boards|partnerships)"
    r"|(?:neighbouring|adjoining)\s+(?:safeguarding\s+)?(?:boards|partnerships)"
    rf"|(?<!district\s)(?:(?:local\s+)?authorities|councils|(?:London\s+)?boroughs))(?:\s+areas?|\s+LSCBs?)?\b"
    r"(?!\s+(?:services|departments|teams|partners|staff|officers|priorities|functions|colleagues|directorates)\b)",
    re.IGNORECASE,
)
_NEIGHBOURS = re.compile(
    r"\b(?:its|(?<=with\s)(?:two|three|four|five))\s+(?:(?:nearest|closest|immediate|geographical|near|local|two"
    r"|three|four|(?-i:[A-Z]\w+))\s+){0,2}neighbours?\b",
    re.IGNORECASE,
)
_IS_FAR = re.compile(rf"\b(?:{_FAR}|{_NUMBER}|both|several)\b", re.IGNORECASE)
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")  # each at its index
_COUNT = re.compile(rf"\b({'|'.join(_NUMBERS[2:])})\b(\s+(?:other|neighbouring)\b)?", re.IGNORECASE)
_BOARDS_OF_AREA = re.compile(
    rf"\b(?:the\s+)?(?:{'|'.join(_NUMBERS[2:])})\s+(?:[A-Z]\w+\s+){{1,2}}(?:safeguarding\s+)?(?:boards|partnerships)\b"
)
_IN_AREA = re.compile(r"\s+(?:in|of|across)\s+(?:the\s+)?([A-Z]\w+(?:\s[A-Z]\w+)?)")
_WITHIN_ONE = r"(?:council|authority|agency|service|partnership|organisation|department|directorate)"
_AREA = re.compile(
    rf"\b(?P<pan>(?:all-)?pan[-‑–\s]+(?!{_WITHIN_ONE})(?P<name>(?:(?:East|West|North|South|Greater)\s+)?"
    r"(?-i:[A-Z])[\w-]+(?:\s+(?:Yorkshire|Valley|Midlands"
    r"|Manchester|London|Mercia|Country))?))|\b(?P<boroughs>(?:tri|bi)[-‑–\s]?(?:borough|authority|council"
    r"|county))(?:s|[’']s)?\b"
    r"|\b(?P<county>county[-‑–\s]?wide|city\sand\scounty(?=\s[a-z]))\b|\b(?P<wide>(?-i:(?:Greater\s"
    r"|[NSEW]\w+\s)?[A-Z]\w+))[-‑–]wide\b"
    r"|\b(?P<several>(?:two|three|four|five|six|seven|eight)[-‑–](?:borough|authority|council|county))\b"
    r"|\b(?:cross|across)[-‑–](?P<across>(?-i:[A-Z])\w+)(?!\w)"
    r"|\b(?P<cross>(?:cross|inter)[-‑–\s](?:borough|authority|county)|cross[-‑–\s]regional|"
    r"(?:sub[-‑–])?region[-‑–]wide|sub[-‑–]regional|pan[-‑–]regional|multi[-‑–]borough)\b",
    re.IGNORECASE,
)
_SEVERAL = {"two-borough": "bi-borough", "three-borough": "tri-borough"}
_COUNT_OF_BOROUGHS = re.compile(
    r"\b(?:(three)|(?:two|both))\s+(?:London\s+)?(?:boroughs|local authorities|councils)", re.IGNORECASE
)
_OWN = re.compile(
    r"\b(?:the|this)\s+(?:(?:local\s+)?authority|council|city(?!\s+and\s+(?-i:[A-Z]))|borough|county)\b(?!wide"
    r"|[-‑–\s]wide\b|\s+(?:that|which)\b|\s+of\s+(?-i:[A-Z]))",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:[’']s?)?(?:\s+(?:(?:City|County|Borough)\s+)?Council)?(?:\s*,)?(?:\s+(?:and|&))?(?:\s+the)?"
    r"(?:\s+(?:(?:London|Royal|Metropolitan)\s+Borough|City|County)\s+of)?\s+"
)
# Behind a council's name: what bears it and is no council, as a football club does.
_BEARER = re.compile(
    r"(?:\s(?:City|Town|County|United|Rovers|Albion|Wanderers|Athletic))?"
    r"\s(?:(?:Association\s)?Football|Rugby|Cricket|FC|RFC|University|College|Hospitals?|Infirmary|NHS|Foundation"
    r"|Diocese"
    r"|Cathedral|Airport)\b"
)
_BEFORE_NAME = re.compile(r"\b(?:(?:London|Royal|Metropolitan)\s)?(?:Borough|City|County)\sof\s$")
_JOINS = re.compile(r",|\band\b|&")
_COUNCIL_WORDS = re.compile(
    r"(?:\s+(?:(?:City|County|Borough|Metropolitan|District|London)\s+)*(?:Council|councils?|boroughs?"
    r"|local\s+authorit(?:y|ies)|authorit(?:y|ies)|LSCBs|LSCPs|(?i:(?:(?:local\s+)?safeguarding\s+"
    r"(?:children\S*\s+)?)?(?:boards|partnerships))))+\b"
)


# Names that places elsewhere bear, too: a council's only in a sentence with another one.
_SHORT_NAMES = {
    "Kingston": "Kingston upon Thames",
    "Richmond": "Richmond upon Thames",
    "Telford": "Telford and Wrekin",
    "Windsor": "Windsor and Maidenhead",
}
_TITLE = 30  # characters before a council's name in which 'the Royal Borough of' may stand
_SHORTEST = 8  # letters of a name of one word, which may else be an acronym or a common word


class Council(NamedTuple):
    """The council that a report is about, and the day on which it was inspected, in ISO form or empty."""

    name: str
    day: str = ""


class PartnerPhrase(NamedTuple):
    """Characters ``start`` to ``end`` of a sentence that stand for other councils, or for an area of several.

    ``kind`` is one of the characters that mask it; ``councils`` are those that it certainly means, without the own.
    ``has_own`` tells that the own one is named among them.
    """

    start: int
    end: int
    kind: str
    councils: tuple[str, ...] = ()
    has_own: bool = False


class MaskedSentence(NamedTuple):
    """Sentence with its phrases for councils, in order; ``masked`` has each of their characters as the phrase's kind.

    ``before`` is the sentence before it.
    """

    text: str
    masked: str
    before: str
    phrases: tuple[PartnerPhrase, ...]

    def phrase_at(self, place: int) -> PartnerPhrase | None:
        """Phrase that a character belongs to; None if it belongs to none."""
        index = bisect_right(self.phrases, place, key=attrgetter("start")) - 1
        return self.phrases[index] if index >= 0 and place < self.phrases[index].end else None


class PartnerReader:
    """Find the phrases for councils in sentences, given the spellings of the register."""

    def __init__(
        self, spellings: Iterable[Spelling], *, agencies: Iterable[str] = (), companies: Iterable[str] = ()
    ) -> None:
        registered = list(spellings)
        listed = [*registered, *_short_spellings(registered)]
        of_councils = set(companies)
        self._organisations = {
            ADOPTION_AGENCY: _pattern_of(set(agencies) - of_councils),
            COMPANY: _pattern_of(of_councils),
        }
        self._names = CouncilNames(listed)
        self._days = _days_of_authorities(listed)
        self._areas_of = lru_cache(maxsize=8)(self._list_areas)

    def mask(self, sentence: str, before: str, council: Council) -> MaskedSentence:
        """Mask the phrases for councils of a sentence in a report on a council; ``before`` is the sentence before."""
        phrases = self._phrases(sentence, council)
        parts: list[str] = []
        end = 0
        for phrase in phrases:
            parts += (sentence[end : phrase.start], phrase.kind * (phrase.end - phrase.start))
            end = phrase.end
        return MaskedSentence(sentence, "".join((*parts, sentence[end:])), before, tuple(phrases))

    def names_others(self, sentence: str, council: Council) -> bool:
        """Does the sentence print the name of another council, of an area of several, or of an agency of theirs?"""
        return (
            any(name.entries[0].name != council.name for name in self._council_names(sentence))
            or next(iter(self._named_areas(sentence, council)), None) is not None
            or any(pattern.search(sentence) for pattern in self._organisations.values())
        )

    def _council_names(self, sentence: str) -> list[PrintedName]:
        """Names of councils, without those that only another organisation bears, and short ones that stand alone."""
        names = [name for name in self._names.in_text(sentence) if not _BEARER.match(sentence, name.end)]
        return names if len(names) > 1 else [n for n in names if sentence[n.start : n.end] not in _SHORT_NAMES]

    def _phrases(self, sentence: str, council: Council) -> list[PartnerPhrase]:
        """Phrases for councils, in the order of the sentence; none overlaps another."""
        names = self._council_names(sentence)
        phrases = [*self._areas(sentence, council), *self._named(sentence, names, council)]
        phrases += self._others(sentence, names, council)
        phrases += (PartnerPhrase(*match.span(), PARTNERS) for match in _NEIGHBOURS.finditer(sentence))
        phrases += (PartnerPhrase(*match.span(), OWN) for match in _OWN.finditer(sentence))
        phrases += self._named_areas(sentence, council)
        for kind, pattern in self._organisations.items():
            phrases += (PartnerPhrase(*match.span(), kind) for match in pattern.finditer(sentence))
        phrases.sort(key=lambda phrase: (phrase.start, -phrase.end))
        apart: list[PartnerPhrase] = []
        for phrase in phrases:
            if apart and _are_own_and_partners(sentence, apart[-1], phrase):
                councils = apart[-1].councils or phrase.councils
                apart[-1] = PartnerPhrase(apart[-1].start, phrase.end, PARTNERS, councils, has_own=True)
            elif not apart or phrase.start >= apart[-1].end:
                apart.append(phrase)
        return apart

    def _areas(self, sentence: str, council: Council) -> Iterable[PartnerPhrase]:
        for match in _AREA.finditer(sentence):
            name = match["name"] or match["wide"] or match["across"] or match["boroughs"] or ""
            if match["several"] and match["several"].lower() in _SEVERAL:
                name = _SEVERAL[match["several"].lower()]
            if match["wide"] and self._is_the_council(match["wide"], council):
                continue
            if match["across"] and not self.councils_of_area(name, council):
                continue
            if match["county"] and not self._is_in_a_county(council):
                continue
            yield PartnerPhrase(*match.span(), AREA, self.councils_of_area(name, council))

    def _is_the_council(self, name: str, council: Council) -> bool:
        """Does a name mean the council alone, being a word of its name, and no area of several: 'Hull-wide'?"""
        return (
            (name == council.name or name in council.name.split())
            and name != "London"
            and not self.councils_of_area(name, council)
        )

    def _is_in_a_county(self, council: Council) -> bool:
        """Is the council one of several of an area, and does not bear its name, so that the county is more than it?"""
        areas = (name for name in county_areas() if "borough" not in name and not name.isupper())
        counties = (name for name in areas if name != council.name)
        return any(self.councils_of_area(name, council) for name in counties)

    def _named_areas(self, sentence: str, council: Council) -> Iterable[PartnerPhrase]:
        for name, pattern in self._areas_of(council):
            for match in pattern.finditer(sentence):
                yield PartnerPhrase(*match.span(), NAMED_AREA, self.councils_of_area(name, council))

    def _list_areas(self, council: Council) -> list[tuple[str, re.Pattern[str]]]:
        """Areas with a council in them that no authority of that day is called, and the patterns of their names."""
        present = {name for name in self._days if self._existed(name, council.day)}
        return [
            (name, re.compile(rf"\b{re.escape(name)}\b(?![’']s\b|-)"))
            for name, members in county_areas().items()
            if council.name in members and name not in present
        ]

    def _others(self, sentence: str, names: Sequence[PrintedName], council: Council) -> Iterable[PartnerPhrase]:
        starts = [name.start for name in names]
        for match in _OTHERS.finditer(sentence):
            boroughs = _COUNT_OF_BOROUGHS.search(match[0])
            area = ("tri-borough" if boroughs[1] else "bi-borough") if boroughs else ""
            if re.search(rf"\b{_FAR}\b", match[0], re.IGNORECASE):
                area = ""
            kind = PARTNERS if _IS_FAR.search(match[0]) else ANY_COUNCILS
            near = names[bisect_left(starts, match.start()) : bisect_left(starts, match.end())]
            inside = [name for name in near if name.end <= match.end()]
            is_one = re.search(rf"{_ONE}$", match[0], re.IGNORECASE) is not None
            councils = self._partners_in(inside, council) if is_one else ()
            councils = councils or self.councils_of_area(area, council) or self._counted(sentence, match, council)
            yield PartnerPhrase(*match.span(), kind, councils)
        for match in _BOARDS_OF_AREA.finditer(sentence):
            if councils := self._counted(sentence, match, council):
                yield PartnerPhrase(*match.span(), PARTNERS, councils)

    def _counted(self, sentence: str, match: re.Match[str], council: Council) -> tuple[str, ...]:
        """Councils of the area that a phrase names, if it counts them all: 'the three authorities in Bedfordshire'."""
        count = _COUNT.search(match[0])
        if not count:
            return ()
        others = _NUMBERS.index(count[1].lower()) + (0 if count[2] else -1)
        behind = _IN_AREA.match(sentence, match.end())
        named = match[0] + (behind[1] if behind else "")
        areas = (self.councils_of_area(name, council) for name in county_areas() if name in named)
        return next((councils for councils in areas if len(councils) == others), ())

    def _named(self, sentence: str, names: Iterable[PrintedName], council: Council) -> Iterable[PartnerPhrase]:
        """Yield runs of councils' names; a run that has other councils than the own one stands for partners."""
        run: list[PrintedName] = []
        for name in [*names, None]:
            if run and not (name and _are_listed(sentence, run[-1].end, name.start)):
                has_own = any(printed.entries[0].name == council.name for printed in run)
                yield _phrase_of(sentence, run, self._partners_in(run, council), has_own=has_own)
                run = []
            if name:
                run.append(name)

    def _partners_in(self, names: Sequence[PrintedName], council: Council) -> tuple[str, ...]:
        """Other councils of these names that were there on the day, each once."""
        councils = dict.fromkeys(name.entries[0].name for name in names)
        return tuple(name for name in councils if name != council.name and self._existed(name, council.day))

    def councils_of_area(self, name: str, council: Council) -> tuple[str, ...]:
        """Other councils of an area, on the day; none if the council is not one of those in it."""
        members = _members_of(re.sub(r"^(tri|bi)\W?borough$", r"\1-borough", name.lower()))
        present = [member for member in members if self._existed(member, council.day)]
        return tuple(member for member in present if member != council.name) if council.name in members else ()

    def _existed(self, name: str, day: str) -> bool:
        return not day or any(first <= day <= (last or day) for first, last in self._days.get(name, ()))


def _short_spellings(spellings: Iterable[Spelling]) -> Iterable[Spelling]:
    """Spellings of the councils that have a short name, by this name."""
    full = {name: short for short, name in _SHORT_NAMES.items()}
    return {
        (full[name], name, gss, first, last)
        for words, name, gss, first, last in spellings
        if words == name and name in full
    }


def _are_listed(sentence: str, start: int, end: int) -> bool:
    """Do two names on either side of these characters stand in one list?"""
    return bool(_BETWEEN.fullmatch(sentence, start, end) and _JOINS.search(sentence, start, end))


def _are_own_and_partners(sentence: str, left: PartnerPhrase, right: PartnerPhrase) -> bool:
    """Are two phrases a list of the own council and named others: 'the council and Solihull'?"""
    is_pair = {left.kind, right.kind} == {OWN, PARTNERS} and bool(left.councils or right.councils)
    return is_pair and _are_listed(sentence, left.end, right.start)


def _phrase_of(sentence: str, run: Sequence[PrintedName], partners: tuple[str, ...], *, has_own: bool) -> PartnerPhrase:
    behind = _COUNCIL_WORDS.match(sentence, run[-1].end)
    end = behind.end() if behind else run[-1].end
    before = _BEFORE_NAME.search(sentence, max(0, run[0].start - _TITLE), run[0].start)
    start = before.start() if before else run[0].start
    return PartnerPhrase(start, end, PARTNERS if partners else OWN, partners, has_own)


def _pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """Pattern of names of several words, the longest first."""
    listed = sorted({name for name in names if " " in name or len(name) > _SHORTEST}, key=len, reverse=True)
    spelled = "|".join(re.escape(name).replace("'", "[’']") for name in listed)
    return re.compile(rf"\b(?:{spelled or '(?!)'})(?!\w)")


@cache
def _members_of(area: str) -> tuple[str, ...]:
    """Authorities of an area, whose name is given in small letters; none of an unknown one."""
    return {name.lower(): members for name, members in county_areas().items()}.get(area, ())


def _days_of_authorities(spellings: Iterable[Spelling]) -> Mapping[str, set[tuple[str, str]]]:
    days: dict[str, set[tuple[str, str]]] = {}
    for _, name, _, first, last in spellings:
        days.setdefault(name, set()).add((first, last))
    return days
