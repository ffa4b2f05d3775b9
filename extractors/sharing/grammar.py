"""Grammar of sharing: the statements that a sentence makes, with the things, partners and times that its words give."""

import re
from typing import NamedTuple

from caregraph.extractors.sharing.claims import Claim, find_claims, indicated_claims
from caregraph.extractors.sharing.conditions import is_company
from caregraph.extractors.sharing.frames import may_say_sharing
from caregraph.extractors.sharing.partners import (
    ADOPTION_AGENCY,
    AREA,
    COMPANY,
    NAMED_AREA,
    OWN,
    PARTNERS,
    Council,
    MaskedSentence,
    PartnerPhrase,
    PartnerReader,
)
from caregraph.extractors.sharing.patterns import ENDED, TO_BUY
from caregraph.extractors.sharing.things import STOPS, Thing, without_praise

_FUTURE = re.compile(
    r"\b(?:will(?!\s(?:continue|keep|remain|retain))|plans?\sto|aims?\sto|planned|planning\sto|bid|due\sto\s(?:be"
    r"|join|move|start|become|merge)|intends?\sto"
    r"|intention\sto|proposals?\s(?:for|to|that)|proposed|in\sthe\sprocess\sof\s(?:joining|moving|developing)"
    r"|secured\s(?:\w+\s){0,8}?to\s(?:create|design|develop|establish|implement)"
    r"|(?:work|working|discussions?|negotiations?|agreed|preparing)\sto\s(?:develop|create|establish|join|form"
    r"|merge|set\sup|share)"
    r"|considering|exploring|looking\sto|hop(?:es|ing)\sto|(?:discussions?|talks|negotiations)"
    r"|in\sthe\snear\sfuture)\b[^.;]{0,90}$|\bdeveloping\sa\b[^.,;]{0,90}$"
)
_PAST = re.compile(
    r"\b(?:until\s(?:\w+\s)?\d{4}|previously|formerly|used\sto|had\s(?:been|previously)|at\sthat\stime)\b"
)
_HAS_ENDED = re.compile(
    rf"[^.,;]{{0,60}}?\s(?:was|were|has|have|had|has\sbeen|have\sbeen|had\sbeen)\s(?:since\s)?{ENDED}\b"
)
_BOUGHT = re.compile(rf"\b{TO_BUY}\b")
_ENDS = re.compile(
    r"\b(?:[Nn]o\slonger|[Ww]ithdr[ae]wn|[Ww]ithdrew|withdrawal|(?:has|have|had|having)\sleft\sthe|leaving\sthe"
    r"|ceased|dissol\w+|disband\w*|quit|broken\sup|break-?up"
    r"|disaggregat\w+|back\sin[-\s]house|in[-\s]house\sagain|repatriat\w+|wound\sup|terminated|c[ao]m(?:e"
    r"|ing)\sto\san\send|(?:pull|opt|dropp|bow)ed\sout|reverted)\b"
)
_ALL = re.compile(
    r"(?:all\s|both\s|the\s(?:two|three|four|five|six)\s)(?!.*\b(?:other|neighbouring|adjoining|nearby|surrounding)\b)"
)
_TWO = re.compile(
    r"(?:the|these|both|its)\s(?:(?:two|both)\s)?(?:boroughs|councils|counties|authorities|cities)$", re.IGNORECASE
)
_STARTS = re.compile(
    r"^(?:(?:The\s)?(?:Plans|Proposals?)|An?\s(?:business\scase|plan|proposal)|It\sis\s(?:intended|planned|proposed|hoped))\b|\b(?:(?:will|poised\sto|(?:is|are|due|expected|set|planned|scheduled|ready|about)\sto|(?:plan|intend|hope"
    r"|aim|propose)s?\sto|agreed\sto)\s(?:soon\s|shortly\s|jointly\s)?"
    r"(?:open|start|begin|launch|go\slive|come|join|share|merge|combine|amalgamate|enter|form|pool|own|serve|take\sover"
    r"|be(?:come)?\s(?:shared|run|hosted|merged|delivered|combined|pooled|launched|established|set\sup|created"
    r"|part\sof|let|jointly))"
    r"|(?:negotiations|talks|discussions)\s(?:to|with|for|on|about|(?:are|is)\sunder\s?way)|(?:approved"
    r"|agreed)\sthe\s(?:creation|formation|establishment|merger))\b",
    re.IGNORECASE,
)
_HAS_JOINED = re.compile(r"\b(?:has|have)\s(?:\w+ly\s)?(?:become|joined)\b|\bjoined\b")
_NAME = r"(?:[A-Z@][\w@’'-]*|\d)(?:\s(?:(?:and|for|in|of|at|the|with|&)\s)?(?:[A-Z@][\w@’'-]*|\d+\b))*"
_BEHIND = re.compile(
    rf"(?:\s\(?RAA\)?)?[\s,–-]*(?:[(‘“]|called\s|known\sas\s|,\s|[-–]\s)?\s*(?:the\s)?[‘“]?(?P<name>{_NAME})"
)
_AHEAD = re.compile(rf"(?P<name>{_NAME})[’”]?,?\s\(?(?:which\sis\s)?(?:the|a|an|its|their)\s(?:\w+\s){{0,2}}$")
_BESIDE = re.compile(
    r"(?:\s[Rr]egional\s[Aa]doption\s[Aa]gency)?(?:\s\([^()]{2,20}\))?"
    rf"\s(?:with|between|of)\s(?:the\s)?(?P<p>{PARTNERS})"
)
_LED_BY_OWN = re.compile(rf"[^.;]{{0,60}}?,?\s(?:which\sis\s)?(?:led|hosted|managed|run)\sby\s(?:the\s)?{OWN}")
_OWN_LEADS = re.compile(
    rf"[{OWN}{COMPANY}]\s(?:also\s|now\s)?(?:hosts|leads|is\sthe\s(?:lead|host)(?:\s\w+)?\sfor)\s(?:the\s"
    rf"|an?\s)?[‘“{AREA}{NAMED_AREA}\s]*$"
)
_ACRONYM = re.compile(r"RAAs?\b|[A-Z]{2,5}$")
_HAS_A_NAME = re.compile(r"agency|alliance|consorti|trust|company|RAA|service\b|hub\b")
_FAR = 80  # characters before a thing in which its name may stand


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


class SharingGrammar:
    """Read what sentences say of sharing, given the register's spellings."""

    def __init__(self, partners: PartnerReader) -> None:
        self._partners = partners

    def read(self, text: str, before: str, council: Council) -> list[Statement]:
        """Statements of a sentence; ``before`` is the one before it, which a pronoun may mean."""
        if not (may_say_sharing(text) or self._partners.names_others(text, council)):
            return []
        sentence = self._partners.mask(text, before, council)
        claims: list[Claim] = []
        for claim in find_claims(sentence):
            if not any(claim.repeats(earlier) for earlier in claims):
                claims.append(claim)
        claims = claims or list(indicated_claims(sentence))
        statements: dict[str, Statement] = {}
        for claim in claims:
            statement = _statement(sentence, claim, council)
            statements.setdefault(statement.name or statement.thing, statement)
        return list(statements.values())


def _statement(sentence: MaskedSentence, claim: Claim, council: Council) -> Statement:
    relation, time = claim.relation, _time(sentence.text, claim)
    if relation == "joining" or (time == "future" and relation in ("shares", "commissions-jointly")):
        relation, time = "joining", "future"
    is_joint = claim.thing.words.lower().startswith(("shared ", "joint "))
    of_all = claim.phrase is not None and _ALL.match(sentence.text, claim.phrase.start, claim.phrase.end)
    if relation in ("delegated", "hosted") and claim.phrase and (claim.phrase.has_own or is_joint or of_all):
        relation = "commissions-jointly" if _is_bought(sentence, claim) else "shares"
    if relation == "joining" and _HAS_JOINED.search(sentence.text):
        relation, time = "shares", "now"
    partners = claim.phrase.councils if claim.phrase else ()
    areas = [phrase for phrase in sentence.phrases if phrase.kind == AREA and phrase.councils]
    if not partners and areas and claim.phrase and claim.phrase.kind == PARTNERS:
        partners = areas[0].councils
    if not partners and (claim.phrase is None or claim.phrase.kind == AREA):
        partners = _councils_beside(sentence, claim.thing) or _councils_around(sentence, claim.thing)
    if relation not in ("left", "joining") and _has_ended(sentence, claim.thing):
        relation, time = "left", "past"
    if not partners and claim.phrase and _TWO.match(sentence.text, claim.phrase.start, claim.phrase.end):
        partners = _other_of_two(sentence)
    if relation == "shares" and _is_led_by_own(sentence, claim.thing):
        relation = "hosts"
    host = council.name or None if relation == "hosts" else None
    name = _name(sentence, claim.thing)
    if relation in ("hosted", "delegated") and len(partners) == 1 and claim.phrase:
        host = partners[0]
    elif relation in ("delegated", "left") and is_company(claim.thing):
        host = name
    return Statement(
        thing=without_praise(claim.thing.words),
        name=without_praise(name) if name else None,
        type=claim.thing.type,
        relation=relation,
        partners=partners,
        partners_text=sentence.text[claim.phrase.start : claim.phrase.end] if claim.phrase else None,
        host=host,
        time=time,
    )


def _other_of_two(sentence: MaskedSentence) -> tuple[str, ...]:
    """The one other council that a sentence names, which 'the two boroughs' of it are with the own one; else none."""
    named = {council for phrase in sentence.phrases if phrase.kind == PARTNERS for council in phrase.councils}
    return tuple(named) if len(named) == 1 else ()


def _is_bought(sentence: MaskedSentence, claim: Claim) -> bool:
    """Is a thing bought, by the words between it and the partners?"""
    end = claim.phrase.start if claim.phrase else 0
    return _BOUGHT.search(sentence.text, claim.thing.end, end) is not None


def _has_ended(sentence: MaskedSentence, thing: Thing) -> bool:
    """Do words near a thing say that the council has left it, or that it is no more?"""
    near = sentence.text[max(0, thing.start - _FAR) : thing.end + _FAR]
    return thing.end > 0 and (
        _HAS_ENDED.match(sentence.masked, thing.end) is not None or _ENDS.search(near) is not None
    )


def _is_led_by_own(sentence: MaskedSentence, thing: Thing) -> bool:
    """Do the words around a thing say that the own council, or its company, leads it?"""
    led = _LED_BY_OWN.match(sentence.masked, thing.end)
    return thing.end > 0 and bool(led or _OWN_LEADS.search(sentence.masked, max(0, thing.start - _FAR), thing.start))


def _councils_beside(sentence: MaskedSentence, thing: Thing) -> tuple[str, ...]:
    """Councils that stand right behind a thing: 'the tri-borough project with Barnet and Haringey'."""
    behind = _BESIDE.match(sentence.masked, thing.end) if thing.end else None
    phrase = sentence.phrase_at(behind.start("p")) if behind else None
    return phrase.councils if phrase else ()


def _councils_around(sentence: MaskedSentence, thing: Thing) -> tuple[str, ...]:
    """Councils of an area right before a thing, or of a list with the own one in it: 'covers Bury and Rochdale'."""
    before = sentence.phrase_at(max(0, thing.start - 2))
    if before and before.kind == AREA and before.councils:
        return before.councils
    named = [phrase for phrase in sentence.phrases if phrase.kind == PARTNERS and phrase.councils]
    is_agency = thing.kind == ADOPTION_AGENCY or _ACRONYM.search(thing.words) or thing.words.endswith("agency")
    certain = (phrase for phrase in named if phrase.has_own or (is_agency and _is_with(sentence, phrase)))
    return next((phrase.councils for phrase in certain), ())


def _is_with(sentence: MaskedSentence, phrase: PartnerPhrase) -> bool:
    return sentence.text[: phrase.start].endswith((" with ", "With ", " alongside "))


def _time(sentence: str, claim: Claim) -> str:
    if claim.relation == "left":
        return "past"
    if _FUTURE.search(
        sentence, max(0, claim.thing.start - 2 * _FAR), max(claim.place, claim.thing.start, claim.verb_end)
    ):
        return "future"
    if claim.relation == "shares" and _STARTS.search(sentence):
        return "future"
    return "past" if _PAST.search(sentence) else "now"


def _name(sentence: MaskedSentence, thing: Thing) -> str | None:
    """Name of the thing: its own words, or a name behind it in brackets or commas, or one before it."""
    text = sentence.text
    if thing.name or not thing.end:
        return thing.name
    if not _HAS_A_NAME.search(thing.words):
        return None
    for phrase in sentence.phrases:
        is_beside = -_FAR < phrase.start - thing.end < _FAR // 2
        if phrase.kind == ADOPTION_AGENCY and is_beside and re.search(r"adoption|RAA", thing.words):
            return text[phrase.start : phrase.end]
    behind, ahead = _BEHIND.match(text, thing.end), _AHEAD.search(text, max(0, thing.start - _FAR), thing.start)
    return next((match["name"] for match in (behind, ahead) if match and _is_name(sentence, match)), None)


def _is_name(sentence: MaskedSentence, match: re.Match[str]) -> bool:
    """Can these words name a thing? A word that begins the sentence, an acronym and a council's name cannot."""
    name, start = match["name"], match.start("name")
    if start == 0 or len(name) <= len("RAA") or name.lower() in STOPS or _ACRONYM.match(name):
        return False
    return sentence.phrase_at(start) is None
