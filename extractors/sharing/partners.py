"""Partners: the words of a sentence for other councils, and the councils that they certainly mean.

A sentence is *masked* for the grammar: each phrase for other councils becomes a run of one private character, as does
each name of the report's own council and each area that several councils make up. Characters stay where they are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from caregraph.extractors.documents.council_names import CouncilNames, PrintedName, Spelling
from caregraph.ontology.county_areas import county_areas

PARTNERS, OWN, AREA = "\ue000", "\ue001", "\ue002"  # a phrase for other councils, the own council, a shared area
ANY_COUNCILS = "\ue003"  # 'local authorities', of which nothing says that they are others
ADOPTION_AGENCY, COMPANY = "\ue004", "\ue005"  # names of agencies that serve several councils, and of councils' trusts

_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_FAR = r"(?:neighbouring|adjoining|adjacent|nearby|surrounding|other|another|fellow|partner)"
_NEAR = r"(?:local|London|unitary|county|city|metropolitan|borough)"
_MANY = r"(?:(?:local\s+)?authorities|councils|boroughs|counties|local\s+authority\s+areas|LAs|LSCBs|areas(?=\W))"
_ONE = r"(?:(?:local\s+)?authority|council|borough|county|LSCB)"
_OTHERS = re.compile(
    rf"\b(?:(?:a|an|the|its|their|all|both|some|several|many|number\s+of|of|group\s+of|one|any)\s+){{0,4}}"
    rf"(?P<far>{_FAR}\s+(?:(?:{_FAR}|{_NEAR}|{_NUMBER})\s+){{0,3}}(?:{_MANY}|{_ONE})"
    rf"|(?:{_NUMBER}|both|several)\s+(?:(?:{_FAR}|{_NEAR})\s+){{0,3}}{_MANY}"
    rf"|(?<!district\s)(?:(?:local\s+)?authorities|councils|(?:London\s+)?boroughs))(?:\s+areas?|\s+LSCBs?)?\b",
    re.IGNORECASE,
)
_IS_FAR = re.compile(rf"\b(?:{_FAR}|{_NUMBER}|both|several)\b", re.IGNORECASE)
_AREA = re.compile(
    r"\b(?P<pan>(?:all-)?pan[-‑–\s]+(?P<name>(?:(?:East|West|North|South|Greater)\s+)?[A-Z][\w-]+(?:\s+(?:Yorkshire|Valley|Midlands"
    r"|Manchester|London|Mercia|Country))?))|\b(?P<boroughs>(?:tri|bi)[-‑–\s]?borough)(?:s|[’']s)?\b"
    r"|\b(?P<cross>cross[-‑–\s]borough|sub[-‑–]regional|pan[-‑–]regional|multi[-‑–]borough)\b",
    re.IGNORECASE,
)
_COUNT_OF_BOROUGHS = re.compile(
    r"\b(?:(three)|(?:two|both))\s+(?:London\s+)?(?:boroughs|local authorities|councils)", re.IGNORECASE
)
_OWN = re.compile(
    r"\b(?:the|this)\s+(?:local\s+authority|council|city|borough|county)\b(?!\s+(?:that|which)\b)", re.IGNORECASE
)
_BETWEEN = re.compile(r"(?:\s*,)?\s+(?:and|&)\s+|\s*,\s+")
_COUNCIL_WORDS = re.compile(
    r"(?:\s+(?:(?:City|County|Borough|Metropolitan|District|London)\s+)*(?:Council|councils?|borough|boroughs|local\s+authorit(?:y|ies)"
    r"|authorit(?:y|ies)|LSCBs?))+\b"
)


_SHORTEST = 8  # letters of a name of one word, which may else be an acronym or a common word


class Council(NamedTuple):
    """The council that a report is about, and the day on which it was inspected, in ISO form or empty."""

    name: str
    day: str = ""


class PartnerPhrase(NamedTuple):
    """Characters ``start`` to ``end`` of a sentence that stand for other councils, or for an area of several.

    ``kind`` is one of the characters that mask it; ``councils`` are those that it certainly means, without the own.
    """

    start: int
    end: int
    kind: str
    councils: tuple[str, ...] = ()


class PartnerReader:
    """Find the phrases for councils in sentences, given the spellings of the register."""

    def __init__(
        self, spellings: Iterable[Spelling], *, agencies: Iterable[str] = (), companies: Iterable[str] = ()
    ) -> None:
        listed = list(spellings)
        self._organisations = {ADOPTION_AGENCY: _pattern_of(agencies), COMPANY: _pattern_of(companies)}
        self._names = CouncilNames(listed)
        self._days = _days_of_authorities(listed)

    def read(self, sentence: str, council: Council) -> list[PartnerPhrase]:
        """Phrases of a sentence, in its order; none overlaps another."""
        phrases = [*self._areas(sentence, council), *self._named(sentence, council), *self._others(sentence, council)]
        phrases += (PartnerPhrase(*match.span(), OWN) for match in _OWN.finditer(sentence))
        for kind, pattern in self._organisations.items():
            phrases += (PartnerPhrase(*match.span(), kind) for match in pattern.finditer(sentence))
        phrases.sort(key=lambda phrase: (phrase.start, -phrase.end))
        apart: list[PartnerPhrase] = []
        for phrase in phrases:
            if not apart or phrase.start >= apart[-1].end:
                apart.append(phrase)
        return apart

    def _areas(self, sentence: str, council: Council) -> Iterable[PartnerPhrase]:
        for match in _AREA.finditer(sentence):
            name = match["name"] or match["boroughs"] or ""
            yield PartnerPhrase(*match.span(), AREA, self.councils_of_area(name, council))

    def _others(self, sentence: str, council: Council) -> Iterable[PartnerPhrase]:
        for match in _OTHERS.finditer(sentence):
            boroughs = _COUNT_OF_BOROUGHS.search(match[0])
            area = ("tri-borough" if boroughs[1] else "bi-borough") if boroughs else ""
            if re.search(rf"\b{_FAR}\b", match[0], re.IGNORECASE):
                area = ""
            kind = PARTNERS if _IS_FAR.search(match[0]) else ANY_COUNCILS
            yield PartnerPhrase(*match.span(), kind, self.councils_of_area(area, council))

    def _named(self, sentence: str, council: Council) -> Iterable[PartnerPhrase]:
        """Yield runs of councils' names; a run that has other councils than the own one stands for partners."""
        run: list[PrintedName] = []
        for name in [*self._names.in_text(sentence), None]:
            if run and (name is None or not _BETWEEN.fullmatch(sentence, run[-1].end, name.start)):
                yield _phrase_of(sentence, run, council)
                run = []
            if name:
                run.append(name)

    def councils_of_area(self, name: str, council: Council) -> tuple[str, ...]:
        """Other councils of an area, on the day; none if the council is not one of those in it."""
        members = county_areas().get(re.sub(r"^(tri|bi)\W?borough$", r"\1-borough", name.lower()), ())
        present = [member for member in members if self._existed(member, council.day)]
        return tuple(member for member in present if member != council.name) if council.name in members else ()

    def _existed(self, name: str, day: str) -> bool:
        return not day or any(first <= day <= (last or day) for first, last in self._days.get(name, ()))


def mask(sentence: str, phrases: Sequence[PartnerPhrase]) -> str:
    """Mask the phrases of a sentence, each character by the one of the phrase's kind."""
    parts: list[str] = []
    end = 0
    for phrase in phrases:
        parts += (sentence[end : phrase.start], phrase.kind * (phrase.end - phrase.start))
        end = phrase.end
    return "".join((*parts, sentence[end:]))


def _phrase_of(sentence: str, run: Sequence[PrintedName], council: Council) -> PartnerPhrase:
    names = dict.fromkeys(name.entries[0].name for name in run)
    partners = tuple(name for name in names if name != council.name)
    behind = _COUNCIL_WORDS.match(sentence, run[-1].end)
    end = behind.end() if behind else run[-1].end
    return PartnerPhrase(run[0].start, end, PARTNERS if partners else OWN, partners)


def _pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """Pattern of names of several words, the longest first."""
    listed = sorted({name for name in names if " " in name or len(name) > _SHORTEST}, key=len, reverse=True)
    spelled = "|".join(re.escape(name).replace("'", "[’']") for name in listed)
    return re.compile(rf"\b(?:{spelled or '(?!)'})(?!\w)")


def _days_of_authorities(spellings: Iterable[Spelling]) -> Mapping[str, set[tuple[str, str]]]:
    days: dict[str, set[tuple[str, str]]] = {}
    for _, name, _, first, last in spellings:
        days.setdefault(name, set()).add((first, last))
    return days
