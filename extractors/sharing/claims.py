"""Claims: the things of which the words of a sentence say that councils share them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from caregraph.extractors.sharing.conditions import (
    NOT_SHARED,
    agency_at,
    fits,
    is_health_body,
    is_of_councils,
    is_of_partners,
)
from caregraph.extractors.sharing.frames import HOSTED, SHARED
from caregraph.extractors.sharing.handovers import ADOPTION, LEFT, TRUSTS
from caregraph.extractors.sharing.indications import find_indicated
from caregraph.extractors.sharing.partners import (
    ADOPTION_AGENCY,
    ANY_COUNCILS,
    AREA,
    COMPANY,
    NAMED_AREA,
    PARTNERS,
    MaskedSentence,
    PartnerPhrase,
)
from caregraph.extractors.sharing.patterns import Frame
from caregraph.extractors.sharing.regions import CONSORTIUM, REGIONAL, SHARED_AREA
from caregraph.extractors.sharing.roles import HAVE, RUNS, USES
from caregraph.extractors.sharing.things import (
    EMPTY_HEADS,
    Thing,
    begins_with_verb,
    head_of,
    is_pronoun,
    is_scope,
    subject_of,
    thing_after,
    thing_before,
    things_beside,
    type_of_phrase,
)

_APPOSITION = re.compile(
    r"(?P<ends>)(?:,|,?\s(?:which\s)?(?:is|are|has\sbeen))\s(?:an?|the)\s(?:(?:joint|shared|single)\s)?$"
)
_PREDICATE = re.compile(
    r"(?P<ends>),?\s(?:(?:which|that|is|are|was|were|has|have|been|being|also|now)\s){0,4}(?:provided|delivered|operating|operates?"
    r"|reviewed|conducted|managed|run|undertaken|offered|works?|working|commissioned|developed|established|shared|implemented|held"
    r"|meets?|is|are)\s[^.;]{0,40}$|(?P<on>),?\son\san?\s[^.,;]{0,30}$"
)
_ONE_OF = re.compile(r"(?P<ends>)\s(?:is|are)\s(?:also\s)?one\sof\s(?:the\s|its\s)?(?:\w+\s){0,2}?$")
_IT_IS = re.compile(r"^(?:It|This)\s(?:is|was|has\sbeen)\s(?:now\s|also\s)?an?\s$")
_PRONOUN = re.compile(
    r"\b(?:[Ii]t|[Tt]his|[Tt]hey|[Tt]hese|[Ww]hich|[Tt]hat)(?:\s(?:also|is|are|was|were|has|have|been|now))*$"
)
_OTHER_CONSORTIA = re.compile(
    r"(?:schools?[’']?|voluntary|sector|providers?|academy|academies|teaching|clinical|training|charit\w+|headteachers?"
    r"|parents?)\s*$"
)
_OF_OTHERS = re.compile(
    r"\s+of\s+(?:\w+\s+){0,3}?(?:voluntary|schools?|providers|charities|organisations|agencies|academies)"
)
_BUYS = re.compile(
    r"(?:commission|procure)\w*\s(?:\w+\s){0,4}?(?:through|via|by|from|within|with)\s(?:\w+\s){0,5}?[Cc]onsorti"
    r"|[Cc]onsorti\w*\s(?:\w+\s)?(?:to\s)?(?:commission|contract|framework|procure)"
)
_PARTIES = re.compile(
    rf"\s+of\s+(?:[\w-]+\s+){{0,3}}?(?P<of>[{PARTNERS}{ANY_COUNCILS}]++)|\s+(?:\w+\s+){{0,2}}?with\s+(?P<with>{PARTNERS}++)"
    rf"|,?\s+whose\s(?:other\s)?(?:members|partners)\s(?:are|include)\s(?:to\sbe\s)?(?P<members>{PARTNERS}++)"
)
_WITH_PARTNERS = re.compile(rf"\s(?:with|between|for|across)\s(?:\w+\s){{0,2}}[{PARTNERS}{AREA}]+$")
_IS_OF = re.compile(rf"\s+of\s+{PARTNERS}")
_ANY_PARTNERS = (PARTNERS, ANY_COUNCILS, NAMED_AREA, AREA)
# Letters without which no frame of its kind fits.
_ADOPTION = re.compile(f"dopti|RAA|[{ADOPTION_AGENCY}{AREA}]|egionali")
_TRUST = re.compile(f"rust|ompany|{COMPANY}|behalf")
_LISTED = ("any",)  # needs of the frames whose thing may stand in a list
_BEFORE = 60  # characters around a consortium in which it may be said what it commissions
_NEAR = 60  # characters behind a thing that a council has left in which its words name no other
_REACH = 160  # characters before a frame in which its list of things begins


class Claim(NamedTuple):
    """Thing that a frame found in a sentence, before its statement is written."""

    thing: Thing
    relation: str
    phrase: PartnerPhrase | None
    place: int  # character at which the frame begins
    verb_end: int = 0  # character before which the verb stands, where it stands behind the thing

    def repeats(self, earlier: "Claim") -> bool:
        """Is it of the same words as an earlier one, or of the same partners by another frame?"""
        if earlier.relation == "left" and 0 <= self.thing.start - earlier.thing.end < _NEAR:
            return True  # 'ended its agreement with Walsall for the team'
        if self.thing.start < earlier.thing.end and earlier.thing.start < self.thing.end:
            return True
        return self.phrase is not None and self.phrase == earlier.phrase and self.place != earlier.place


def find_claims(sentence: MaskedSentence) -> Iterator[Claim]:
    """Yield what each frame finds, those first that say most."""
    yield from _framed(LEFT, sentence)
    if _ADOPTION.search(sentence.masked):
        yield from _framed(ADOPTION, sentence)
    yield from _areas(sentence)
    yield from _consortia(sentence)
    if _TRUST.search(sentence.masked):
        yield from _framed(TRUSTS, sentence)
    yield from _framed((*RUNS, *USES, *HOSTED, *SHARED, *HAVE, *REGIONAL), sentence)


def indicated_claims(sentence: MaskedSentence) -> Iterator[Claim]:
    """Yield what a sentence that no frame fits says by its words alone."""
    for thing, relation, phrase in find_indicated(sentence):
        yield Claim(thing, relation, phrase, phrase.start, phrase.start)


def frames_that_claim(sentence: MaskedSentence) -> frozenset[str]:
    """Name the ways in which a sentence makes a claim: patterns of frames, areas, consortia."""
    frames = (*LEFT, *ADOPTION, *TRUSTS, *RUNS, *USES, *HOSTED, *SHARED, *HAVE, *REGIONAL)
    ways = {frame.pattern.pattern for frame in frames if any(_framed((frame,), sentence))}
    for way in (_areas, _consortia):
        if any(way(sentence)):
            ways.add(way.__name__)
    return frozenset(ways)


def _framed(frames: Sequence[Frame], sentence: MaskedSentence) -> Iterator[Claim]:
    has_partners = any(phrase.kind in _ANY_PARTNERS for phrase in sentence.phrases)
    for frame in frames:
        if not has_partners and "p" in frame.pattern.groupindex:
            continue
        for match in frame.pattern.finditer(sentence.masked):
            thing = _thing_of(sentence, match)
            phrase = sentence.phrase_at(match.start("p")) if match.groupdict().get("p") is not None else None
            if thing is None or not fits(frame, thing, sentence, phrase):
                continue
            if frame.needs == "company":
                thing = thing._replace(type="agency")
            verb_end = phrase.start if phrase else match.end() if "ends" in match.groupdict() else 0
            yield Claim(thing, frame.relation, phrase, match.start(), verb_end)
            if thing.end and not thing.kind and frame.needs in _LISTED:
                first = max(0, match.start() - _REACH)
                for further in things_beside(sentence.text, thing, first, match.end()):
                    if not is_of_councils(further, sentence):
                        yield Claim(further, frame.relation, phrase, match.start(), verb_end)


def _thing_of(sentence: MaskedSentence, match: re.Match[str]) -> Thing | None:
    """Thing of a frame: behind its group ``begins``, before its group ``ends``, else the subject."""
    groups = match.groupdict()
    if groups.get("begins") is not None:
        thing = _thing_at(sentence, match.start("begins"), _end_of_thing(match))
        named = _named_before(sentence.text, thing, thing.start) if thing else None
        return thing if named and is_of_councils(named, sentence) else named
    if groups.get("ends") is not None:
        thing = thing_before(sentence.text, _before_partners(sentence, match.start("ends")))
        if thing is None and not _PRONOUN.search(sentence.text, 0, match.start("ends")):
            return None
        if thing is None or is_pronoun(thing):
            return _elsewhere(subject_of(sentence.before)) or thing
        if _IT_IS.search(sentence.text[: thing.start]) and (said := subject_of(sentence.before)):
            return _elsewhere(said) if said.type == thing.type else thing
        return _agency(sentence, thing) or _named_before(sentence.text, thing, thing.start)
    return subject_of(sentence.text) or _elsewhere(subject_of(sentence.before))


def _before_partners(sentence: MaskedSentence, end: int) -> int:
    """Character before which a thing ends: that of 'with Walsall', if this stands between the thing and ``end``."""
    partners = _WITH_PARTNERS.search(sentence.masked, max(0, end - 80), end)
    return partners.start() if partners else end


def _end_of_thing(match: re.Match[str]) -> int | None:
    """Character before which a thing that begins in a frame ends: that of the partners behind it, if they are there."""
    has_partners = match.groupdict().get("p") is not None and match.start("p") > match.start("begins")
    return match.start("p") if has_partners else None


def _thing_at(sentence: MaskedSentence, start: int, end: int | None) -> Thing | None:
    """Thing that begins at a character: an agency by its name, or the phrase there."""
    return agency_at(sentence, start) or thing_after(sentence.text[:end], start)


def _agency(sentence: MaskedSentence, thing: Thing) -> Thing | None:
    """Agency whose name ends where a thing does."""
    return agency_at(sentence, thing.end - 1) if thing.end else None


def _elsewhere(thing: Thing | None) -> Thing | None:
    """Thing of the sentence before, which has no characters in this one."""
    return thing._replace(start=0, end=0) if thing else None


def _areas(sentence: MaskedSentence) -> Iterator[Claim]:
    """Yield the things that are called after an area of several councils: 'the tri-borough panel'."""
    for match in SHARED_AREA.finditer(sentence.masked):
        place, phrase = match.start(), sentence.phrase_at(match.start("p"))
        if phrase and not phrase.councils and _IS_OF.match(sentence.masked, phrase.end):
            continue  # 'the tri-borough of' councils that the own one is not among
        thing = _named_before(sentence.text, thing_after(sentence.text, match.start("begins")), place)
        if thing and head_of(thing.words) in EMPTY_HEADS:
            thing = _thing_done(sentence.text, place) or _subject_before(sentence, place) or thing
        elif thing is None or is_scope(thing) or begins_with_verb(thing.words):
            thing = _thing_done(sentence.text, place)
            thing = thing or _thing_of_boroughs(sentence, phrase)
        if thing is None or is_scope(thing):
            continue
        if head_of(thing.words) in ("review", "audit") or is_health_body(thing) or is_of_partners(thing):
            continue
        is_vague = sentence.text.startswith(("cross", "Cross", "inter", "Inter"), place)
        if is_vague and (type_of_phrase(thing.words) is None or head_of(thing.words) in NOT_SHARED):
            continue
        yield Claim(thing, "shares", phrase, place)
        if thing.start > place:
            for further in things_beside(sentence.text, thing, thing.start, len(sentence.text)):
                yield Claim(further, "shares", phrase, place)


def _subject_before(sentence: MaskedSentence, place: int) -> Thing | None:
    """Subject of the words before a character, unless that is a council."""
    thing = subject_of(sentence.text[:place])
    return None if thing is None or is_of_councils(thing, sentence) else thing


def _thing_of_boroughs(sentence: MaskedSentence, phrase: PartnerPhrase | None) -> Thing | None:
    """Subject of a sentence on a 'tri-borough basis': boroughs that call themselves one share what they say it of."""
    if phrase is None or not phrase.councils or "borough" not in sentence.text[phrase.start : phrase.end].lower():
        return None
    thing = subject_of(sentence.text)
    return thing if thing and head_of(thing.words) not in NOT_SHARED else None


def _named_before(sentence: str, thing: Thing | None, place: int) -> Thing | None:
    """Subject of 'is a service', said of the thing at a character, in place of a noun that alone says little."""
    one_of = _ONE_OF.search(sentence, max(0, place - 40), place)
    apposition = one_of or _APPOSITION.search(sentence, max(0, place - 40), place)
    if thing and apposition and (one_of or " " not in thing.words or head_of(thing.words) in EMPTY_HEADS):
        return thing_before(sentence, apposition.start("ends")) or thing
    return thing


def _thing_done(sentence: str, place: int) -> Thing | None:
    """Thing that is provided, managed or commissioned in the words before a character."""
    predicate = _PREDICATE.search(sentence, max(0, place - 120), place)
    thing = thing_before(sentence, predicate.start(predicate.lastgroup or 0)) if predicate else None
    return thing if thing and type_of_phrase(thing.words) and head_of(thing.words) not in NOT_SHARED else None


def _consortia(sentence: MaskedSentence) -> Iterator[Claim]:
    """Yield the consortia but those of schools, providers and charities."""
    text = sentence.text
    for match in CONSORTIUM.finditer(sentence.masked):
        if _OTHER_CONSORTIA.search(text, max(0, match.start() - 30), match.start()):
            continue
        thing = thing_before(text, match.end())
        if thing is None or _OF_OTHERS.match(text, match.end()):
            continue
        parties = _PARTIES.match(sentence.masked, match.end())
        phrase = sentence.phrase_at(parties.start(parties.lastgroup or 0)) if parties else None
        buys = _BUYS.search(text, max(0, match.start() - _BEFORE), min(len(text), match.end() + _BEFORE))
        yield Claim(thing, "commissions-jointly" if buys else "shares", phrase, match.start())
