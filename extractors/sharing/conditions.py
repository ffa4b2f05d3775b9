"""Conditions: which phrases can be the thing of a frame."""

import re
from collections.abc import Mapping

from caregraph.extractors.names.name_grammar import word_set
from caregraph.extractors.sharing.partners import (
    ANY_COUNCILS,
    AREA,
    COMPANY,
    NAMED_AREA,
    OWN,
    PARTNERS,
    MaskedSentence,
    PartnerPhrase,
)
from caregraph.extractors.sharing.patterns import Frame, Needs
from caregraph.extractors.sharing.things import EMPTY_HEADS, Thing, head_of, type_of_phrase

NOT_SHARED = word_set(
    """information intelligence learning lesson practice knowledge data expertise view finding experience idea concern
    responsibility risk detail profile child carer adopter placement meeting opportunity relationship working link
    audit understanding visit case family parent staff conversation people issue report minute record review outcome
    border commitment vision culture ownership approach assessment investigation enquiry position number rate
    oversight overview direction challenge scrutiny advice mentoring coaching feedback strength weakness"""
)
_STRUCTURES = word_set(
    """panel team service hub board framework group venture subgroup sub-group committee programme scheme consortium
    partnership protocol unit cdop mash lscb forum agency alliance collaborative project post director manager facility
    contract system portal function network cooperative door"""
)
_TEAMS = word_set("hub service team unit mash scheme consortium framework agency contract collaborative")
_COVERING = _STRUCTURES | word_set("arrangement service procedure policy strategy training")
_REGIONAL_HEADS = word_set(
    """framework hub group panel team contract scheme protocol procedure unit consortium collaborative agreement
    campaign council partnership policy tender cap cooperative co-operative initiative alliance"""
)
_PACTS = _REGIONAL_HEADS | word_set("memorandum charter compact alliance")
_COUNCILS_NEAR = re.compile(f"[{PARTNERS}{AREA}{NAMED_AREA}]")
_SAYS_COUNCILS = re.compile(
    r"\b(?:neighbouring|other|two|three|both)\s(?:\w+\s)?(?:authorit|councils|boroughs)|\b(?:tri|bi|pan)-",
    re.IGNORECASE,
)
_POSTS = word_set("director dcs head chair manager lead headteacher")
_IN_CONTEXT = word_set("service arrangement director")
_LIST = re.compile(r"\band\b|,|&")
_BEHIND = 20  # characters behind a thing in which the rest of a longer name may stand
_MANY = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|both|several|all)\b", re.IGNORECASE
)
_OF_EACH = re.compile(r"(?:boards|LSCBs|LSCPs|partnerships|panels|teams|services|agencies)$", re.IGNORECASE)
_HEALTH_BODY = re.compile(r"\b(?:ICB|CCG|[Cc]onstabulary|Integrated\sCare\s\w+)s?\b")
_WORKING = re.compile(r" working\b| work\b(?! across)")
_NUMBERED = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|both)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:two|three|both)\b", re.IGNORECASE)
_MANNER = re.compile(
    r"(?:(?:highly|more|very)\s)?(?:close|strong|good|effective|reciprocal|positive|collaborative|constructive)\s(?:(?!strategic\b)\w+\s)?"
    r"(?:partnerships?|networks?|arrangements?|relationships?)$",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"(?:both|(?:all|the)\s(?:two|three|four|five|six))\s(?:local\s)?(?:councils|authorities|authority\sareas|boroughs|LSCBs|areas)\b"
)
_BUYS = re.compile(r"\b[Cc]ommission|\b[Cc]ontract|\b[Oo]utsourc|\b[Pp]urchas")
_AGENCIES = re.compile(r"(?:(?:partner|other|key|all|local)\s)*(?:agencies|organisations)$", re.IGNORECASE)
_AGENT = re.compile(
    r"^(?!.*\b(?:NHS|[Hh]ealth|[Hh]ospitals?|Foundation)\b).*\b(?:[Tt]rust|[Cc]ompany|agency|consortium)\b"
)
_OTHER_TRUST = re.compile(
    r"\b(?:health|hospitals?|acute|academy|academies|foundation|schools?|housing|leisure|learning|NHS|probation|youth|community)"
    r"(?:\s(?:care|services?))?\s$",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"\b(?:[Tt]rust|[Cc]ompany)\b")
_NOT_COUNCILS_OWN = re.compile(
    r"\b(?:NHS|hospitals?|police|CCGs?|ICBs?|clinical|court|constabulary|health"
    r"|(?<!in )(?<!social )care(?! leaver| co-?op)|justice|colleges?|university|schools?)\b",
    re.IGNORECASE,
)
_LONGER_NAME = re.compile(
    r"(?:\s+[A-Z][\w’'-]+){0,4}\s+(?:Trust|Hospitals?|NHS|Police|Colleges?|Universit(?:y|ies)|CCG|ICB|Centre)\b"
)


def fits(frame: Frame, thing: Thing, sentence: MaskedSentence, phrase: PartnerPhrase | None) -> bool:
    """Can the phrase be the thing of the frame, with this phrase for the partners?"""
    head = head_of(thing.words)
    if is_of_councils(thing, sentence):
        return False
    if head in NOT_SHARED or is_health_body(thing) or _is_manner(sentence.text, thing):
        return False
    councils = phrase.councils if phrase else ()
    if phrase and councils and frame.needs != "two councils" and _LONGER_NAME.match(sentence.text, phrase.end):
        return False
    if head == "work" and frame.relation == "commissions-jointly":
        return False  # such work a council may do for others
    if frame.needs == "agent":
        is_agent = _AGENT.search(thing.words) and not _OTHER_TRUST.search(sentence.text, 0, thing.start)
        return thing.kind == COMPANY or bool(is_agent)
    if frame.needs in ("regional", "area's", "two councils") and _NOT_COUNCILS_OWN.search(
        sentence.text, thing.start, thing.end + _BEHIND
    ):
        return False
    has_head = type_of_phrase(thing.words) is not None
    conditions: Mapping[Needs, bool] = {
        "any": True,
        "company": True,
        "head": bool(thing.kind) or (has_head and head not in EMPTY_HEADS - {"arrangement"}),
        "structure": head in _STRUCTURES
        or bool(thing.kind)
        or (head == "arrangement" and (bool(councils) or _is_counted(sentence.text, phrase))),
        "joint work": head in _COVERING or (has_head and bool(councils)),
        "certain": thing.end > 0
        and head in _COVERING
        and not (thing.words.islower() and thing.words.endswith("services"))
        and _is_certain(sentence.text, phrase),
        "area's": head in _COVERING and not _OF_EACH.search(thing.words),
        "regional": head in _REGIONAL_HEADS and "adoption" not in thing.words.lower(),
        "context": head in _STRUCTURES | _IN_CONTEXT and _speaks_of_councils(sentence),
        "counted": _is_counted(sentence.text, phrase),
        "counted team": phrase is not None
        and 0 < thing.end <= phrase.start
        and head in _STRUCTURES
        and (len(phrase.councils) > 1 or _NUMBERED.search(sentence.text, phrase.start, phrase.end) is not None)
        and not _NOT_COUNCILS_OWN.search(sentence.text, thing.start, thing.end + _BEHIND),
        "both's": head in _STRUCTURES and phrase is not None and _is_for_both(sentence.text, thing, phrase),
        "post": head in _POSTS,
        "bought": has_head and _BUYS.search(sentence.text, 0, max(thing.start, 0)) is not None,
        "new team": head in _STRUCTURES and _is_counted(sentence.text, phrase),
        "team": thing.end > 0 and head in _TEAMS and bool(councils),
        "pact": head in _PACTS and _is_counted(sentence.text, phrase),
        "two councils": head in _STRUCTURES
        and bool(councils)
        and _lists(sentence.text, phrase)
        and not _OF_EACH.search(thing.words),
    }
    return conditions[frame.needs]


def _is_certain(sentence: str, phrase: PartnerPhrase | None) -> bool:
    """Are there several councils, the own one among them or not, or a number that certainly means one: 'both'?"""
    if phrase is None or not phrase.councils:
        return False
    return len(phrase.councils) > 1 or any(
        words.search(sentence, phrase.start, phrase.end) for words in (_COUNTED, _LIST)
    )


def _is_for_both(sentence: str, thing: Thing, phrase: PartnerPhrase) -> bool:
    """Does one thing, and not one for each, belong to the councils that are called both, or all of a number?"""
    return (
        0 < thing.end <= phrase.start
        and not thing.words.endswith("s")
        and _BOTH.match(sentence, phrase.start) is not None
    )


def is_of_councils(thing: Thing, sentence: MaskedSentence) -> bool:
    """Tell if a phrase is only for councils, the own one or others."""
    return bool(thing.end) and not sentence.masked[thing.start : thing.end].strip(f"{PARTNERS}{OWN}{ANY_COUNCILS}")


def is_health_body(thing: Thing) -> bool:
    """Tell if a phrase is for a body of the health service or the police, which serve many councils."""
    return _HEALTH_BODY.search(thing.words) is not None


def is_company(thing: Thing) -> bool:
    """Tell if a phrase is for a council's trust or company, which may run services for it."""
    return thing.kind == COMPANY or bool(_COMPANY.search(thing.words) and _AGENT.search(thing.words))


def _is_counted(sentence: str, phrase: PartnerPhrase | None) -> bool:
    """Does the phrase stand for more than one council: named ones, 'both', a number?"""
    return phrase is not None and (
        len(phrase.councils) > 1
        or _MANY.search(sentence, phrase.start, phrase.end) is not None
        or (len(phrase.councils) == 1 and _LIST.search(sentence, phrase.start, phrase.end) is not None)
    )


def _lists(sentence: str, phrase: PartnerPhrase | None) -> bool:
    return phrase is not None and _LIST.search(sentence, phrase.start, phrase.end) is not None


def _speaks_of_councils(sentence: MaskedSentence) -> bool:
    return bool(_COUNCILS_NEAR.search(sentence.masked) or _SAYS_COUNCILS.search(sentence.before))


def _is_manner(sentence: str, thing: Thing) -> bool:
    """Is it how people work, or who does, and no thing: 'in partnership', 'close partnerships', 'partner agencies'?"""
    if thing.words == "partnership" and sentence[: thing.start].lower().endswith("in "):
        return True
    if _AGENCIES.match(thing.words):
        return True
    return _WORKING.match(sentence, thing.end) is not None or _MANNER.match(thing.words) is not None
