"""Grammar of sharing: the statements that a sentence makes, with the things, partners and times that its words give."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from caregraph.extractors.names.name_grammar import word_set
from caregraph.extractors.sharing.frames import (
    ADOPTION,
    CONSORTIUM,
    DELEGATED,
    LEFT,
    REGIONAL,
    SHARED,
    SHARED_AREA,
    Frame,
)
from caregraph.extractors.sharing.partners import (
    ADOPTION_AGENCY,
    ANY_COUNCILS,
    AREA,
    COMPANY,
    PARTNERS,
    Council,
    PartnerPhrase,
    PartnerReader,
    mask,
)
from caregraph.extractors.sharing.things import (
    EMPTY_HEADS,
    NO_THING,
    STOPS,
    Thing,
    head_of,
    is_pronoun,
    subject_of,
    thing_after,
    thing_before,
    type_of_phrase,
)

_NOT_SHARED = word_set(
    """information intelligence learning lesson practice knowledge data expertise view finding experience idea concern
    responsibility risk detail profile child carer adopter placement meeting opportunity relationship working link
    audit understanding visit case family parent staff conversation people issue report minute record review outcome
    border commitment vision culture ownership approach assessment investigation enquiry position number rate"""
)
_STRUCTURES = word_set(
    """panel team service hub board framework group subgroup sub-group committee programme scheme consortium
    partnership protocol unit cdop mash lscb forum agency alliance collaborative project post director manager facility
    contract system portal function network cooperative"""
)
_MANNER = re.compile(
    r"(?:(?:highly|more|very)\s)?(?:close|strong|good|effective|reciprocal|positive|collaborative|constructive)\s(?:\w+\s)?"
    r"(?:partnerships?|networks?|arrangements?|relationships?)$",
    re.IGNORECASE,
)
_AGENT = re.compile(
    r"^(?!.*\b(?:NHS|[Hh]ealth|[Hh]ospitals?|Foundation)\b).*\b(?:[Tt]rust|[Cc]ompany|agency|consortium)\b"
)
_NOT_COUNCILS_OWN = re.compile(
    r"\b(?:NHS|hospitals?|police|CCGs?|ICBs?|clinical|court|constabulary|health|justice|colleges?|university|schools?)\b",
    re.IGNORECASE,
)
_LONGER_NAME = re.compile(
    r"(?:\s+[A-Z][\w’'-]+){0,4}\s+(?:Trust|Hospitals?|NHS|Police|College|University|CCG|ICB|Centre)\b"
)
_OTHER_CONSORTIA = re.compile(
    r"(?:schools?[’']?|voluntary|sector|providers?|academy|academies|teaching|clinical|training|charit\w+|headteachers?"
    r"|parents?)\s*$"
)
_OF_OTHERS = re.compile(
    r"\s+of\s+(?:\w+\s+){0,3}?(?:voluntary|schools?|providers|charities|organisations|agencies|academies)"
)
_PARTIES = re.compile(
    rf"\s+of\s+(?:[\w-]+\s+){{0,3}}?(?P<of>[{PARTNERS}{ANY_COUNCILS}]+)|\s+(?:\w+\s+){{0,2}}?with\s+(?P<with>{PARTNERS}+)"
)
_FUTURE = re.compile(
    r"\b(?:will|plans?\sto|planned|planning\sto|bid\sto|due\sto\s(?:be|join|move|start|become|merge)|intends?\sto"
    r"|intention\sto|proposals?|proposed|in\sthe\sprocess\sof\s(?:joining|moving|developing)|secured\sto\sdevelop"
    r"|(?:work|working|discussions?|negotiations?|agreed|preparing)\sto\s(?:develop|create|establish|join|form|set\sup|share)"
    r"|developing\sa|considering|in\sthe\snear\sfuture)\b[^.;]{0,90}$"
)
_PAST = re.compile(
    r"\b(?:until\s(?:\w+\s)?\d{4}|previously|formerly|used\sto|had\s(?:been|previously)|at\sthat\stime)\b"
)
_NAME = r"(?:[A-Z@][\w@’'-]*|\d)(?:\s(?:(?:and|for|in|of|at|the|&)\s)?(?:[A-Z@][\w@’'-]*|\d\b))*"
_BEHIND = re.compile(
    rf"(?:\s\(?RAA\)?)?[\s,–-]*(?:[(‘“]|called\s|known\sas\s|,\s|[-–]\s)?\s*(?:the\s)?[‘“]?(?P<name>{_NAME})"
)
_AHEAD = re.compile(rf"(?P<name>{_NAME})[’”]?,?\s\(?(?:which\sis\s)?(?:the|a|an|its|their)\s(?:\w+\s){{0,2}}$")
_ACRONYM = re.compile(r"RAAs?\b|[A-Z]{2,5}$")


class Statement(NamedTuple):
    """Statement that a sentence makes of a thing; the fields are those of ``records.SharingStatement``."""

    thing: str
    name: str | None
    type: str
    relation: str
    partners: tuple[str, ...]
    partners_text: str | None
    host: str | None
    time: str


class _Claim(NamedTuple):
    """Thing that a frame found in a sentence, before its statement is written."""

    thing: Thing
    relation: str
    phrase: PartnerPhrase | None
    place: int  # character at which the frame begins


class SharingGrammar:
    """Read what sentences say of sharing, given the register's spellings."""

    def __init__(self, partners: PartnerReader) -> None:
        self._partners = partners

    def read(self, sentence: str, before: str, council: Council) -> list[Statement]:
        """Statements of a sentence; ``before`` is the one before it, which a pronoun may mean."""
        phrases = self._partners.read(sentence, council)
        masked = mask(sentence, phrases)
        claims: list[_Claim] = []
        for claim in self._claims(sentence, masked, before, phrases):
            if not any(_overlap(claim, earlier) for earlier in claims):
                claims.append(claim)
        statements = [_statement(sentence, claim, phrases, council) for claim in claims]
        return list({statement.name or statement.thing: statement for statement in reversed(statements)}.values())[::-1]

    def _claims(self, sentence: str, masked: str, before: str, phrases: Sequence[PartnerPhrase]) -> Iterator[_Claim]:
        """Yield what each frame finds, those first that say most."""
        yield from _framed((*LEFT, *ADOPTION), sentence, masked, before, phrases)
        yield from _areas(sentence, masked, phrases)
        yield from _consortia(sentence, masked, phrases)
        yield from _framed((*DELEGATED, *SHARED, *REGIONAL), sentence, masked, before, phrases)


def _framed(
    frames: Sequence[Frame], sentence: str, masked: str, before: str, phrases: Sequence[PartnerPhrase]
) -> Iterator[_Claim]:
    for frame in frames:
        for match in frame.pattern.finditer(masked):
            groups = match.groupdict()
            thing = _thing_of(sentence, before, match, phrases)
            phrase = _phrase_at(phrases, match.start("p")) if groups.get("p") is not None else None
            if thing and _fits(frame, thing, sentence, phrase, match):
                yield _Claim(thing, frame.relation, phrase, match.start())


def _thing_at(sentence: str, start: int, phrases: Sequence[PartnerPhrase]) -> Thing | None:
    """Thing that begins at a character: an agency by its name, or the phrase there."""
    phrase = _phrase_at(phrases, start)
    if phrase and phrase.kind in (ADOPTION_AGENCY, COMPANY):
        name = sentence[phrase.start : phrase.end]
        return Thing(phrase.start, phrase.end, name, name, "agency", phrase.kind)
    return thing_after(sentence, start)


def _thing_of(sentence: str, before: str, match: re.Match[str], phrases: Sequence[PartnerPhrase]) -> Thing | None:
    groups = match.groupdict()
    if groups.get("begins") is not None:
        return _thing_at(sentence, match.start("begins"), phrases)
    if groups.get("ends") is not None:
        thing = thing_before(sentence, match.start("ends"))
        return (subject_of(before) or thing) if is_pronoun(thing) else thing
    return subject_of(sentence) or subject_of(before)


def _fits(frame: Frame, thing: Thing, sentence: str, phrase: PartnerPhrase | None, match: re.Match[str]) -> bool:
    """Can the phrase be the thing of the frame?"""
    head = head_of(thing.words)
    if head in _NOT_SHARED or _is_manner(sentence, thing):
        return False
    if frame.needs == "head":
        return type_of_phrase(thing.words) is not None and head not in EMPTY_HEADS - {"arrangement"}
    if frame.needs == "structure":
        return head in _STRUCTURES or (head == "arrangement" and phrase is not None and bool(phrase.councils))
    if frame.needs == "agent":
        return thing.kind == COMPANY or bool(_AGENT.search(thing.words))
    if phrase and phrase.councils and frame.needs != "two councils" and _LONGER_NAME.match(sentence, phrase.end):
        return False
    if frame.needs == "two councils":
        words = sentence[phrase.start : phrase.end] if phrase else ""
        return bool(
            phrase
            and phrase.councils
            and re.search(r"\band\b|,|&", words)
            and head in _STRUCTURES
            and not _NOT_COUNCILS_OWN.search(sentence, thing.start, thing.end + 20)
        )
    return True


def _is_manner(sentence: str, thing: Thing) -> bool:
    """Is it how people work, and no thing: 'in partnership', 'close partnerships'?"""
    return bool(
        _MANNER.match(thing.words) or (thing.words == "partnership" and sentence[: thing.start].lower().endswith("in "))
    )


def _areas(sentence: str, masked: str, phrases: Sequence[PartnerPhrase]) -> Iterator[_Claim]:
    for match in SHARED_AREA.finditer(masked):
        thing = thing_after(sentence, match.start("begins"))
        phrase = _phrase_at(phrases, match.start("p"))
        apposition = _APPOSITION.search(sentence, max(0, match.start() - 40), match.start())
        if thing and apposition and " " not in thing.words:
            thing = thing_before(sentence, apposition.start("ends")) or thing
        if thing and head_of(thing.words) in EMPTY_HEADS:
            thing = _thing_outside(sentence, match.start()) or thing
        is_vague = sentence[match.start() : match.start() + 5].lower() == "cross"
        if thing and is_vague and (type_of_phrase(thing.words) is None or head_of(thing.words) in _NOT_SHARED):
            continue
        if thing and head_of(thing.words) not in NO_THING:
            yield _Claim(thing, "shares", phrase, match.start())


_APPOSITION = re.compile(r"(?P<ends>),?\s(?:which\s)?(?:is|are)\s(?:an?|the)\s$")
_PREDICATE = re.compile(
    r"(?P<ends>),?\s(?:(?:which|that|is|are|was|were)\s)*(?:provided|delivered|operating|operates?|reviewed|managed|run|undertaken"
    r"|offered|works?|working|commissioned)\s[^.;]{0,40}$"
)


def _thing_outside(sentence: str, place: int) -> Thing | None:
    """Thing whose arrangement, context or approach is shared: what is provided through it, else the subject."""
    predicate = _PREDICATE.search(sentence, max(0, place - 120), place)
    thing = thing_before(sentence, predicate.start("ends")) if predicate else None
    return thing if thing and type_of_phrase(thing.words) else subject_of(sentence[:place])


def _consortia(sentence: str, masked: str, phrases: Sequence[PartnerPhrase]) -> Iterator[_Claim]:
    for match in CONSORTIUM.finditer(masked):
        if _OTHER_CONSORTIA.search(sentence, max(0, match.start() - 30), match.start()):
            continue
        if _OF_OTHERS.match(sentence, match.end()):
            continue
        thing = thing_before(sentence, match.end())
        parties = _PARTIES.match(masked, match.end())
        phrase = _phrase_at(phrases, parties.start(parties.lastgroup or 0)) if parties else None
        if thing:
            around = sentence[max(0, match.start() - 60) : match.end() + 60]
            relation = "commissions-jointly" if re.search(r"\bcommission", around) else "shares"
            yield _Claim(thing, relation, phrase, match.start())


def _phrase_at(phrases: Sequence[PartnerPhrase], place: int) -> PartnerPhrase | None:
    return next((phrase for phrase in phrases if phrase.start <= place < phrase.end), None)


def _overlap(one: _Claim, earlier: _Claim) -> bool:
    return (one.thing.start < earlier.thing.end and earlier.thing.start < one.thing.end) or (
        one.phrase is not None and one.phrase == earlier.phrase
    )


def _statement(sentence: str, claim: _Claim, phrases: Sequence[PartnerPhrase], council: Council) -> Statement:
    thing, relation, time = claim.thing, claim.relation, _time(sentence, claim)
    if relation == "joining" or (time == "future" and relation in ("shares", "commissions-jointly")):
        relation, time = "joining", "future"
    partners = claim.phrase.councils if claim.phrase else ()
    areas = [phrase for phrase in phrases if phrase.kind == AREA and phrase.councils]
    if not partners and areas and claim.phrase:
        partners = areas[0].councils
    host = None
    if relation == "hosts":
        host = council.name
    elif relation in ("hosted", "delegated") and len(partners) == 1:
        host = partners[0]
    words = sentence[claim.phrase.start : claim.phrase.end] if claim.phrase else None
    return Statement(
        thing=thing.words,
        name=_name(sentence, thing, phrases),
        type=thing.type,
        relation=relation,
        partners=partners,
        partners_text=words,
        host=host,
        time=time,
    )


def _time(sentence: str, claim: _Claim) -> str:
    if claim.relation == "left":
        return "past"
    if _FUTURE.search(sentence, max(0, claim.thing.start - 160), max(claim.place, claim.thing.start)):
        return "future"
    return "past" if _PAST.search(sentence) else "now"


def _name(sentence: str, thing: Thing, phrases: Sequence[PartnerPhrase]) -> str | None:
    """Name of the thing: its own words, or a name behind it in brackets or commas, or one before it."""
    if thing.name:
        return thing.name
    if not re.search(r"agency|alliance|consortium|trust|company|RAA|service|hub", thing.words):
        return None
    agency = next((p for p in phrases if p.kind == ADOPTION_AGENCY and -60 < p.start - thing.end < 30), None)
    if agency and re.search(r"adoption|RAA", thing.words):
        return sentence[agency.start : agency.end]
    for match in (_BEHIND.match(sentence, thing.end), _AHEAD.search(sentence, max(0, thing.start - 80), thing.start)):
        if (
            match
            and not _ACRONYM.match(match["name"])
            and len(match["name"]) > 3
            and match["name"].lower() not in STOPS
        ):
            return match["name"]
    return None
