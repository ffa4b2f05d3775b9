"""Indications: what a sentence that no frame fits says of sharing by its words alone.

It must name or count other councils and a thing that one council can run for another, and list the own council with
others or have a word for what is shared, bought, lent or given up. A word for what councils do without sharing, such as
learning or moving, says that it does not. What is left is seldom in reports, and of those that are, most share.
"""

import re
from collections.abc import Iterator

from caregraph.extractors.sharing.conditions import (
    LONGER_NAME,
    agency_at,
    is_denied,
    is_manner,
    is_of_councils,
    is_operated,
)
from caregraph.extractors.sharing.partners import OWN, PARTNERS, MaskedSentence, PartnerPhrase
from caregraph.extractors.sharing.things import STOPS, Thing, thing_after

_LONGEST = 400  # characters of a sentence; a longer one says more than one thing
# What councils do without sharing, and what serves them and is nobody's: hospitals, police, charities, courts.
_ELSEWHERE = re.compile(
    r"\b(?:learn\w*|lessons?|peer|visit(?:s|ed|ing)?|placed|placements?\sin|liv(?:e|es|ing)|mov(?:e|es|ed|ing)|compar\w*"
    r"|benchmark\w*|statistical|improvement|judgement|inspect(?:s|ed|ion|ions)|educated|attend\w*|schools?\sin|alongside\sthose"
    r"|borders?|similar|like|rejected|considered|considering|ideas?|examples?|advis\w+|referr(?:ed|als?)|transfer(?:s|red)"
    r"|notif\w+|hospitals?|NHS|police|constabulary|ICBs?|CCGs?|charit\w+|universit\w+|colleges?|inquiry|homes?\sin"
    r"|health\s(?:trust|board|service|visitors?|professionals|authorit\w+|colleagues|partners)|with\shealth|serious|parents?"
    r"|relatives?|born|travel\w*|joined\s(?:from|the\s(?:local\sauthority|council))|seconded|(?:colleagues|managers?|staff|families|leaders)\sfrom"
    r"|information|intelligence|protocols?|models?|awards?|recruited|appointed|pioneered|ambulance|private|provider|agency\sstaff"
    r"|(?:one|a|the|this)\s(?:child|family|young\sperson)|(?:care\sleavers|children|young\speople|carers)\s(?:in|from)"
    r"|previously\s\w+ed|reviews?|accommodation"
    r"|missing\s(?:children|from\scare)|county\slines|gangs?|not|never|works?\sclosely|working\sclosely|close\scontact"
    r"|meets?|met|reports?|concerns?|support\sfrom|helped|expert\w*|(?:good|best)\spractice)\b",
    re.IGNORECASE,
)
# What is shared, bought, lent or given up. Verbs such as 'use', 'run' or 'pay' say too little without a frame.
_ROLE = re.compile(
    r"\b(?:shar\w+|jointly|between\sthem|in\scommon|pool\w*|co-\w+|(?:combin|merg|fus|amalgam|unif|integrat|conjoin)\w+"
    r"|contract\w*|arrangements?|b(?:uys?|ought)|purchas\w+|commission\w*|procur\w+|tender\w*|leas(?:e|es|ed)|host(?:s|ed)?"
    r"|l(?:end|ent)s?|loan(?:s|ed)?|borrow\w*|hir(?:e|es|ed)|rel(?:y|ies|ied)\son|takes?\sin|extends?|span\w*|straddl\w+"
    r"|consorti\w+|alliance|umbrella|footprint|on\sbehalf|on\sa\s\S+\sbasis|underwrit\w+|bankroll\w*|co-?own\w*|subscri\w+|signator\w+"
    r"|disaggregat\w+|withdr[ae]w\w*|no\slonger|wound\sup)\b"
)
_WITHIN = re.compile(r"\b(?:in|at|near|around|outside)\s(?:the\s)?$")  # before a place, where something merely is
# Where another clause begins, which may speak of something else.
_CLAUSE = re.compile(
    r"[;:]|,\s(?:and|but|so|which|although|though|while|whose|where|with)\s|\s(?:but|because|although|while)\s"
)
_LEFT = re.compile(
    r"\b(?:[Nn]o\slonger|[Ww]ithdr[ae]w\w*|left|leav(?:es|ing)|ceased?|ended|ending|dissol\w+|disband\w*|quit"
    r"|broken\sup|disaggregat\w+"
    r"|in[-\s]house|separat(?:ed|ion)|former(?:ly)?|used\sto|repatriat\w+|wound\sup|terminat\w+|previously|had\sbeen)\b"
)
_MANY = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|both)\b", re.IGNORECASE)
_UNITED = re.compile(
    r"\b(?:(?:shar|pool|combin|merg|fus|amalgam|unif|integrat)\w+|joint\w*|together|between\sthem|in\scommon|co-\w+)\b"
)
_TAKES = re.compile(rf"(?:\b(?:from|by)\s(?:the\s)?|^){PARTNERS}+|{PARTNERS}+[’'](?!s?\s{PARTNERS})")
_GIVES = re.compile(rf"{OWN}[^.;]{{0,120}}\b(?:for|to|on\sbehalf\sof)\s(?:the\s)?{PARTNERS}")


def find_indicated(sentence: MaskedSentence) -> Iterator[tuple[Thing, str, PartnerPhrase]]:
    """Yield the thing that a sentence seems to say to be shared, with the relation and the partners; at most one."""
    phrase = next(
        (
            phrase
            for phrase in sentence.phrases
            if phrase.kind == PARTNERS and (phrase.councils or _MANY.search(sentence.text, phrase.start, phrase.end))
        ),
        None,
    )
    if phrase is None or len(sentence.text) > _LONGEST or LONGER_NAME.match(sentence.text, phrase.end):
        return
    thing = next(_operated(sentence), None)
    if thing is None or is_denied(sentence, thing, phrase):
        return
    clause = _clause(sentence.text, min(thing.start, phrase.start), max(thing.end, phrase.end))
    if not phrase.has_own and _WITHIN.search(sentence.text, 0, phrase.start):
        return
    if (phrase.has_own or _ROLE.search(clause)) and not _ELSEWHERE.search(clause):
        yield thing, _relation(sentence, phrase), phrase


def _clause(text: str, start: int, end: int) -> str:
    """Words of a sentence from the clause that a character is in to the end of the one that another is in."""
    first = max((mark.end() for mark in _CLAUSE.finditer(text, 0, start)), default=0)
    behind = _CLAUSE.search(text, end)
    return text[first : behind.start() if behind else len(text)]


def _operated(sentence: MaskedSentence) -> Iterator[Thing]:
    """Yield the phrases for things that one council can run for another."""
    place = 0
    for match in re.finditer(r"\w[\w’'-]*", sentence.text):
        if match.start() < place or match[0].lower() in STOPS:
            continue
        thing = agency_at(sentence, match.start()) or thing_after(sentence.text, match.start())
        if thing:
            place = thing.end
            if is_operated(thing) and not (is_of_councils(thing, sentence) or is_manner(sentence.text, thing)):
                yield thing


def _relation(sentence: MaskedSentence, phrase: PartnerPhrase) -> str:
    if _LEFT.search(sentence.text):
        return "left"
    if phrase.has_own or _UNITED.search(sentence.text):
        return "shares"
    if _GIVES.search(sentence.masked):
        return "hosts"
    return "delegated" if _TAKES.search(sentence.masked) else "shares"
