"""Conditions: which phrases can be the thing of a frame."""

import re
from collections.abc import Mapping

from caregraph.extractors.names.name_grammar import word_set
from caregraph.extractors.sharing.partners import (
    ADOPTION_AGENCY,
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
    member part introduction example one
    half oversight overview direction resource leader
    challenge scrutiny advice mentoring coaching feedback strength weakness"""
)
_STRUCTURES = word_set(
    """panel team service hub board framework group venture subgroup sub-group committee programme scheme consortium
    partnership protocol unit cdop mash lscb forum agency alliance collaborative project post director manager facility
    contract system portal function network cooperative door arrangement procedure policy strategy training
    memorandum website manual handbook toolkit"""
)
_TEAMS = word_set("hub service team unit mash scheme consortium framework agency contract collaborative")
_REGIONAL_HEADS = word_set(
    """framework hub group panel team contract scheme protocol procedure unit consortium collaborative agreement
    list project pilot campaign council partnership policy tender cap cooperative co-operative initiative alliance"""
)
_COUNCILS_NEAR = re.compile(f"[{PARTNERS}{AREA}{NAMED_AREA}]")
_SAYS_COUNCILS = re.compile(
    r"\b(?:neighbouring|other|two|three|both)\s(?:\w+\s)?(?:authorit|councils|boroughs)|\b(?:tri|bi|pan)-",
    re.IGNORECASE,
)
_POSTS = word_set("director dcs head chair manager lead headteacher officer adviser")
_PROJECTS = word_set("project programme pilot scheme initiative campaign")
_OPERATED = word_set("service body agency")  # types of things that one council can run for another
_TOOLS = word_set(
    "framework agreement rota scheme portal system budget psychologist officer cover court covenant charter brokerage"
)
_BY_PEOPLE = EMPTY_HEADS | word_set(
    "leadership work worker school college committee council cabinet director trust provision charity hospital police"
    " constabulary association university inspectorate"
)
_IN_CONTEXT = word_set("service arrangement director")
_LIST = re.compile(r"\band\b|,|&")
_BEHIND = 20  # characters behind a thing in which the rest of a longer name may stand
_NEAR = 60  # characters before a thing or its partners in which a word denies that they share it
_DENIED = re.compile(
    r"\b(?:(?:has|have|had|do|does|did)\s(?:not|never)\s(?:yet\s)?(?:enter|join|shar|form|develop|pool|host|us)\w*|no\s(?:formal|joint|shared|such)"
    r"|neither)\b[^.;,]*$"
)
_REJECTED = re.compile(r"\b(?:rejected|ruled\sout|decided\sagainst|turned\sdown|(?<!not\s)abandoned)\b")
_MANY = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|both|several|all)\b", re.IGNORECASE
)
_OF_EACH = re.compile(r"(?:boards|LSCBs|LSCPs|partnerships|panels|teams|services|agencies)$", re.IGNORECASE)
_BOARD_OF_EACH = re.compile(r"Safeguarding\s(?:Children\S*\s)?(?:Board|Partnership)$")  # which an area may have besides
_FEW = 5  # other councils of an area, of which a safeguarding board may be all they have
_HEALTH_BODY = re.compile(r"\b(?:ICB|CCG|[Cc]onstabulary|Integrated\sCare\s\w+)s?\b")
_IMPROVEMENT = re.compile(r"\b(?:[Ii]mprovement|[Pp]eer|[Ss]ector-led)\b")
_WORKING = re.compile(r" working\b| work\b(?! across)| partners\b")
_MANNER = re.compile(
    r"(?:(?:highly|more|very|operate|have)\s)*(?:close|strong|good|effective|reciprocal|positive|collaborative|constructive)\s(?:(?!strategic\b)\w+\s)?"
    r"(?:partnerships?|networks?|arrangements?|relationships?)$",
    re.IGNORECASE,
)
_BUYS = re.compile(r"\b[Cc]ommission|\b[Cc]ontract|\b[Oo]utsourc|\b[Pp]urchas")
_PARTNERS_OWN = re.compile(r"partner\s.*s$|own\s")  # 'partner boards', 'its own hub'
_AGENCIES = re.compile(
    r"(?:(?:partner|other|key|all|local|many|most|some|several)\s)*(?:agencies|organisations)$|(?:\w+\s)*(?:voluntary|external)\sagency$",
    re.IGNORECASE,
)
_LINES = re.compile(r"(?:(?:out of|clear) )?lines?(?: of\b|$)", re.IGNORECASE)  # 'in line', 'lines of reporting'
_AGENT = re.compile(
    r"^(?!.*\b(?:NHS|[Hh]ealth|[Hh]ospitals?|Foundation)\b).*\b(?:[Tt]rust|[Cc]ompany|agency|consortium)\b"
)
_OTHER_TRUST = re.compile(
    r"\b(?:health|hospitals?|acute|academy|academies|foundation|schools?|housing|leisure|learning|NHS|probation|youth|community)"
    r"(?:\s(?:care|services?))?\s$",
    re.IGNORECASE,
)
_A_BOARD = re.compile(
    r"\b[Tt]rust\s(?:[Bb]oard|[Pp]artnership|[Aa]rrangements|[Ee]xecutive)\b"
)  # that is called a trust
_COMPANY = re.compile(r"\b(?:[Tt]rust|[Cc]ompany)\b")
_NOT_COUNCILS_OWN = re.compile(
    r"\b(?:NHS|hospitals?|ambulance|police|CCGs?|ICBs?|clinical|court|constabulary|health"
    r"|(?<!in )(?<!social )care(?! leaver| co-?op)|(?<!youth )justice|colleges?|university|schools?)\b",
    re.IGNORECASE,
)
_NO_THING = re.compile(rf"\b(?:{'|'.join(sorted(NOT_SHARED))})s?\b|(?:ing|ly|ed)$|^\d+$", re.IGNORECASE)
LONGER_NAME = re.compile(
    r"(?:\s+[A-Z][\w’'-]+){0,4}\s+(?:Trust|Hospitals?|NHS|[Pp]olice|Colleges?|Universit(?:y|ies)|CCG|ICB|Centre|Care\sBoard)\b"
)


def fits(frame: Frame, thing: Thing, sentence: MaskedSentence, phrase: PartnerPhrase | None) -> bool:
    """Can the phrase be the thing of the frame, with this phrase for the partners?"""
    head = head_of(thing.words)
    if frame.relation != "left" and is_denied(sentence, thing, phrase):
        return False
    if is_of_councils(thing, sentence):
        return False
    if head in NOT_SHARED or is_health_body(thing) or is_manner(sentence.text, thing):
        return False
    if phrase and phrase.councils and frame.needs != "two councils" and LONGER_NAME.match(sentence.text, phrase.end):
        return False
    if frame.relation in ("delegated", "hosted") and _IMPROVEMENT.search(thing.words):
        return False  # which one council gives another for a time
    if head == "work" and frame.relation == "commissions-jointly":
        return False  # such work a council may do for others
    if frame.needs == "agent" or (frame.relation == "left" and _COMPANY.search(thing.words)):
        is_other = _OTHER_TRUST.search(sentence.text, 0, thing.start) or _A_BOARD.search(
            sentence.text, thing.start, thing.end + _BEHIND
        )
        return is_company(thing) and not is_other
    if frame.needs in ("regional", "area's", "two councils", "spanning") and _NOT_COUNCILS_OWN.search(
        sentence.text, thing.start, thing.end + _BEHIND
    ):
        return False
    has_head = bool(thing.kind) or type_of_phrase(head) is not None
    is_thing = has_head and head not in EMPTY_HEADS - {"arrangement"}
    may_be = is_thing or (not has_head and head not in EMPTY_HEADS and not _NO_THING.search(thing.words))
    councils, counted = bool(phrase and phrase.councils), _is_counted(sentence.text, phrase)
    operated = thing.end > 0 and is_operated(thing)
    conditions: Mapping[Needs, bool] = {
        "any": may_be,
        "company": True,
        "head": is_thing and head != "work",
        "spanning": is_thing and head != "work",
        "team": thing.end > 0 and head in _TEAMS and (councils or counted),
        "counted": may_be and counted,
        "certain": phrase is not None
        and 0 < thing.end <= phrase.start
        and head in _STRUCTURES
        and counted
        and not _OF_EACH.search(thing.words),
        "area's": head in _STRUCTURES
        and not _OF_EACH.search(thing.words)
        and not (phrase and len(phrase.councils) > _FEW and _BOARD_OF_EACH.search(thing.words)),
        "two councils": head in _STRUCTURES
        and councils
        and _lists(sentence.text, phrase)
        and not _OF_EACH.search(thing.words),
        "regional": head in _REGIONAL_HEADS and "adoption" not in thing.words.lower(),
        "context": head in _STRUCTURES | _IN_CONTEXT and _speaks_of_councils(sentence),
        "post": head in _POSTS,
        "led": councils and not (phrase and phrase.has_own),
        "project": head in _PROJECTS,
        "operated": operated,
        "ours": operated and phrase is not None and phrase.has_own and thing.end <= phrase.start,
        "counted operated": operated and counted,
        "bought": has_head and _BUYS.search(sentence.text, 0, max(thing.start, 0)) is not None,
    }
    return conditions[frame.needs]


def is_denied(sentence: MaskedSentence, thing: Thing, phrase: PartnerPhrase | None) -> bool:
    """Tell if a sentence says that councils do not share a thing, or have decided against it."""
    places = [place for place in (thing.start if thing.end else None, phrase.start if phrase else None) if place]
    return _REJECTED.search(sentence.text) is not None or any(
        _DENIED.search(sentence.text, max(0, place - _NEAR), place) for place in places
    )


def is_operated(thing: Thing) -> bool:
    """Tell if a phrase is for a thing that one council can run for another: a service, a board, an agency, a post."""
    head = head_of(thing.words)
    return (
        bool(thing.kind)
        or head in _TOOLS
        or "virtual school" in thing.words.lower()
        or (type_of_phrase(head) in _OPERATED and head not in _BY_PEOPLE | NOT_SHARED)
    )


def agency_at(sentence: MaskedSentence, place: int) -> Thing | None:
    """Agency of several councils, or trust of one, whose listed name a character belongs to."""
    phrase = sentence.phrase_at(place)
    if phrase is None or phrase.kind not in (ADOPTION_AGENCY, COMPANY):
        return None
    name = sentence.text[phrase.start : phrase.end]
    return Thing(phrase.start, phrase.end, name, name, "agency", phrase.kind)


def is_of_councils(thing: Thing, sentence: MaskedSentence) -> bool:
    """Tell if a phrase is only for councils, the own one or others."""
    return bool(thing.end) and not sentence.masked[thing.start : thing.end].strip(
        f"{PARTNERS}{OWN}{ANY_COUNCILS}{AREA}{NAMED_AREA}"
    )


def is_health_body(thing: Thing) -> bool:
    """Tell if a phrase is for a body of the health service or the police, which serve many councils."""
    return _HEALTH_BODY.search(thing.words) is not None


def is_of_partners(thing: Thing) -> bool:
    """Tell if a phrase is for what each partner has for itself: 'partner boards'."""
    return _PARTNERS_OWN.match(thing.words) is not None


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


def is_manner(sentence: str, thing: Thing) -> bool:
    """Tell if a phrase is for how people work, or for who does: 'in partnership', 'partner agencies'."""
    if thing.words == "partnership" and sentence[: thing.start].lower().endswith("in "):
        return True
    if _AGENCIES.match(thing.words) or is_of_partners(thing) or _LINES.match(thing.words):
        return True
    return _WORKING.match(sentence, thing.end) is not None or _MANNER.match(thing.words) is not None
