"""Indications: what a sentence that no frame fits says of sharing by its words alone.

It must name another council and a thing that one council can run for another, and have a word for a role: who runs,
owns, funds, uses or shares. A word for what councils do without sharing, such as learning or moving, says that it does
not. What is left is seldom in reports, and of those that are, most share.
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
from caregraph.extractors.sharing.partners import (
    OWN,
    PARTNERS,
    MaskedSentence,
    PartnerPhrase,
)
from caregraph.extractors.sharing.things import STOPS, Thing, thing_after

_LONGEST = 400  # characters of a sentence; a longer one says more than one thing
# What councils do without sharing, and what serves them and is nobody's: hospitals, police, charities, courts.
_ELSEWHERE = re.compile(
    r"\b(?:learn\w*|lessons?|peer|visit\w*|placed|placements?\sin|liv(?:e|es|ing)|mov(?:e|es|ed|ing)|compar\w*"
    r"|benchmark\w*"
    r"|statistical|improvement|judgement|inspect\w*|educated|attend\w*|schools?\sin|alongside\sthose|borders?"
    r"|similar|like"
    r"|rejected|considered|considering|ideas?|examples?|advis\w+|referr(?:ed|als?)|transfer(?:s|red)|notif\w+"
    r"|hospitals?|NHS|[Pp]olice|[Cc]onstabulary"
    r"|ICBs?|CCGs?|charit\w+|universit\w+|colleges?|health|serious|inquiry|homes?\sin|parents?|relatives?|born"
    r"|travel\w*|joined\sfrom"
    r"|seconded|interim|(?:colleagues|managers?|staff|families|leaders|officers)\sfrom|missing|county\slines"
    r"|gangs?|not|never"
    r"|works?\sclosely|working\sclosely|close\scontact|meets?|met|reports?|concerns?|support\sfrom|helped"
    r"|expert\w*|practice)\b",
    re.IGNORECASE,
)
# Who runs, owns, funds, uses or shares.
_ROLE = re.compile(
    r"\b(?:shar\w+|joint\w*|together|between\sthem|in\scommon|pool\w*|co-\w+|(?:combin|merg|fus|amalgam|unif|integrat)\w+|single|one|same"
    r"|both|too|as\swell|contract\w*|agree\w*|arrange\w*"
    r"|b(?:uy|ought)\w*|purchas\w+|commission\w*|procur\w+|tender\w*|fund\w*|pa(?:y|id)\w*|fees?|costs?|budgets?"
    r"|leas\w+|own(?:s|ed)?|host\w*|r[ua]n\w*|manag(?:e|es|ed)|provid\w+|deliver\w*"
    r"|staff(?:s|ed)|operat\w+|administer\w*|employ\w*|l(?:end|ent)\w*|loan\w*|borrow\w*|hir(?:e|es|ed)|rel(?:y"
    r"|ies|ied)|depend\w*|draws?|us(?:e|es|ed|ing)"
    r"|serv(?:e|es|ed|ing)|cover\w*|span\w*|straddl\w+|extend\w*|takes?\sin|consorti\w+|collaborat\w+|alliance"
    r"|umbrella|footprint|behalf|maintain\w*|handl\w+|undertak\w+|underwrit\w+"
    r"|disaggregat\w+|withdr[ae]w\w*|left|leav(?:es|ing)|separat\w+)\b"
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
    if phrase is None or len(sentence.text) > _LONGEST or _ELSEWHERE.search(sentence.text):
        return
    if not _ROLE.search(sentence.text) or LONGER_NAME.match(sentence.text, phrase.end):
        return
    thing = next(_operated(sentence), None)
    if thing and not is_denied(sentence, thing, phrase):
        yield thing, _relation(sentence, phrase), phrase


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
