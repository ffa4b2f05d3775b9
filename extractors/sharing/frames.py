"""Frames: the shapes of sentences that say that councils share a thing, or that one runs it for another.

A shape has the places of the thing, of the partners and of a class of words (`patterns`): a word that a class gains is
read in every shape. The thing may be any noun but those that councils have each for themselves (`conditions`).
"""

from caregraph.extractors.sharing.partners import NAMED_AREA, OWN
from caregraph.extractors.sharing.patterns import (
    ACTIVE,
    ALL,
    ALSO,
    ANY,
    ART,
    COVERS,
    DEPUTY,
    FAR,
    GAP,
    IS,
    ITS_SERVICES,
    ITSELF,
    JOINT,
    JOINTLY,
    NEAR,
    NOW,
    PARTNER,
    PARTNER_OR_AREA,
    SHARED_WITH,
    TO_BUY,
    TO_DO,
    TO_HAVE,
    TO_HIRE,
    TO_JOIN,
    TO_MAKE,
    TO_SHARE,
    WITH,
    WITHIN,
    WORD,
    frame,
)

# One council runs a thing for another.
HOSTED = (
    frame("hosts", rf"(?P<ends>),?\s(?:which|that)\s{ITSELF}\s{ALSO}(?:hosts|leads)\b"),
    frame("hosts", rf"(?P<ends>),?\s{IS}hosted\sby\s(?:the\s)?{ITSELF}"),
    frame("hosts", rf"(?:{ITSELF}\s(?:is|acts\sas|has\sbeen)|\b[Aa]s)\s{DEPUTY}{ART}(?P<begins>)", "head"),
    frame("hosts", rf"{ITSELF}\s{ALSO}leads\son\s{ART}(?P<begins>){NEAR}\s(?:for|across)\s{GAP}{PARTNER}"),
    frame("hosted", rf"(?P<ends>),?\s\(?{IS}hosted\s(?:\w+\s){{0,2}}?by\s{GAP}{PARTNER}"),
    frame("shares", rf"(?P<ends>),?\s{IS}(?:(?:works|{TO_DO})\s)?on\sbehalf\sof\s{ALL}{ANY}", "spanning"),
    frame("hosted", rf"{PARTNER}\s{ALSO}hosts\s{ART}{JOINT}?(?P<begins>)", "head"),
    frame(
        "delegated",
        rf"(?P<ends>),?\s\(?{IS}(?:commissioned\sand\s)?{NOW}(?:{TO_BUY}|{TO_DO})\s(?:(?:to|for"
        rf"|on\sbehalf\sof)\s{ITSELF}\s)?"
        r"(?:(?!an?\s|the\s)\w+\s){0,3}?(?:from|by|through|via)\s(?:(?:\w+\s){1,3}(?:employed\sby|from)\s)?"
        rf"(?:\w+\s){{0,2}}?{PARTNER}",
    ),
    frame("delegated", rf"(?P<ends>),?\s{IS}{TO_BUY}\sto\s{ART}{PARTNER}"),
    frame(
        "delegated",
        rf"(?P<ends>),?\s{IS}{TO_DO}\s(?:through|under|via)\san?\s(?:[\w-]+\s){{0,3}}?(?:contract"
        rf"|agreement)\swith\s{GAP}{PARTNER}",
    ),
    frame("delegated", rf"\b{TO_BUY}\s(?:in\s)?{ART}(?P<begins>){WITHIN}\s(?:from|to)\s{ART}{PARTNER}"),
    frame(
        "delegated",
        rf"{PARTNER},?\s(?:(?:which|who|that|to|also|now|currently|has|have|had|is|been"
        rf"|continues?)\s){{0,3}}{TO_DO}\s{ART}(?P<begins>){WITHIN}\s(?:on\sbehalf\sof|for|to)\s{ITSELF}",
    ),
    frame("delegated", rf"{PARTNER}[’']s\s(?P<begins>){NEAR}\s(?:covers|serves)\s[^.;]{{0,30}}?{OWN}", "team"),
    frame(
        "delegated",
        rf"\bagreements?\s[^.;:]{{0,60}}?\bwith\s{GAP}{PARTNER}[^.;:]{{0,40}}?\b(?:for|{TO_DO})\s(?:{ART}"
        rf"significant\spart\sof\s)?{ART}(?P<begins>)",
    ),
    frame(
        "delegated",
        r"\b(?:agreement\sfor|contract\sfor|pay(?:s|ing)?|fund(?:s|ed|ing)?|ask(?:s|ed)?|commission(?:s"
        rf"|ed)?)\s{PARTNER}\sto\s{TO_DO}\s{ART}(?P<begins>)",
    ),
    frame("delegated", rf"\bagreement\s[^.;:]{{0,60}}?\bwith\s{GAP}{PARTNER}"),
    frame("delegated", rf"(?P<ends>)\s\({PARTNER}\)", "bought"),
    frame(
        "delegated",
        rf"(?:^|,\s|\bthat\s){PARTNER},?\s{IS}(?:{TO_DO}|responsible\sfor)\s{ART}(?:[\w\s]{{0,40}}?\sof\s)?"
        rf"(?P<begins>){ITS_SERVICES}",
        "led",
    ),
)

SHARED = (
    # With partners, to make a thing.
    frame(
        "shares",
        rf"\bwith\s{GAP}{PARTNER},?\s(?:to|in)\s(?:(?:jointly|\w+\sand)\s)?(?:{TO_MAKE}|{TO_DO})\s{ART}{JOINT}?"
        r"(?P<begins>)",
        "head",
    ),
    frame(
        "shares",
        rf"{PARTNER}{FAR}\bjointly\s[^.;]{{0,60}}?\sto\s(?:\w+\sand\s)?(?:{TO_MAKE}|{TO_DO})\s{ART}{JOINT}?"
        r"(?P<begins>)",
        "head",
    ),
    # A thing is made with partners.
    frame("commissions-jointly", rf"(?P<ends>),?\s{IS}{JOINTLY}{NOW}{TO_BUY}\s(?:\w+\s){{0,2}}?{WITH}\s{GAP}{PARTNER}"),
    frame(
        "commissions-jointly",
        rf"(?P<ends>),?\s{IS}(?:jointly\s{TO_BUY}|{TO_BUY}\sjointly)\s(?:by|for|through)\s{GAP}{PARTNER}",
    ),
    frame("commissions-jointly", rf"(?P<ends>),?\s{IS}{TO_BUY}\s(?:through|via|by)\s{GAP}consorti"),
    frame(
        "shares",
        rf"(?P<ends>),?\s\(?{IS}{JOINTLY}{NOW}(?:(?:{SHARED_WITH}|{TO_DO}|{TO_MAKE})\s(?:(?!by\b){WORD}\s){{0,3}}?"
        rf"|joint\s){WITH}\s{GAP}{PARTNER_OR_AREA}",
    ),
    frame("shares", rf"(?P<ends>),?\s{IS}{NOW}(?:{SHARED_WITH}|{TO_DO}|{TO_MAKE})\sby\s{ALL}{ANY}", "counted"),
    # Who makes a thing with partners.
    frame(
        "shares",
        rf"(?<!information\s)(?<!intelligence\s)(?<!data\s){ACTIVE}\b(?:{TO_SHARE}|runs?|running)\s{ART}"
        rf"(?P<begins>){WITHIN}\s(?:with|between|across)\s{GAP}{PARTNER_OR_AREA}",
    ),
    frame("commissions-jointly", rf"\b{TO_BUY}\s{ART}(?P<begins>){NEAR}\s{WITH}\s{GAP}{PARTNER}"),
    # With partners, somebody makes a thing.
    frame(
        "commissions-jointly",
        rf"\b(?:[Ww]ith|[Aa]longside|[Tt]ogether)\s{GAP}{PARTNER}{FAR}\b{TO_BUY}\s{ART}{TO_HIRE}?(?P<begins>)",
        "head",
    ),
    frame(
        "shares",
        rf"\b(?:[Ww]ith|[Aa]longside|[Tt]ogether)\s{GAP}{PARTNER}{FAR}\b(?:{TO_SHARE}|{TO_MAKE}|{TO_DO})\s{ART}"
        rf"{JOINT}?(?P<begins>)",
        "head",
    ),
    frame("commissions-jointly", rf"\b{TO_BUY},?\s{WITH}\s{GAP}{PARTNER},?\s(?:an?|the|its)\s(?P<begins>)", "head"),
    frame(
        "shares",
        rf"\b(?:with|between)\s{GAP}{PARTNER}{FAR}\b(?:through|via|as\spart\sof)\s{ART}(?P<begins>)",
        "head",
    ),
    frame(
        "shares",
        rf"\b(?:with|between)\s{GAP}{PARTNER}\s(?:in|through|via|as\spart\sof)\s{ART}(?P<begins>)(?=[A-Z]\w*[A-Z\d]\w)",
    ),
    frame(
        "shares",
        rf"\b(?:with|between)\s{GAP}{PARTNER}\s(?:in|through|via|as\spart\sof)\s{ART}(?P<begins>)(?=[A-Z]\w+\s"
        r"(?:\w+\s){0,3}?[A-Z])",
        "head",
    ),
    # Partners make a thing.
    frame("commissions-jointly", rf"{PARTNER},?\s{JOINTLY}{TO_BUY}\s{ART}(?P<begins>)", "counted"),
    frame(
        "shares",
        rf"{PARTNER},?\s(?:(?:in|of)\s(?:the\s)?\w+\s|[^.,;:]{{0,60}}?\sand\s)?{JOINTLY}(?:(?:agreed"
        rf"|decided)\sto\s)?(?:{TO_HAVE}|{TO_SHARE}|{TO_MAKE})\s{ART}{JOINT}?(?P<begins>)(?![^.;]{{0,80}}\bwith\b)",
        "counted",
    ),
    frame(
        "shares",
        rf"(?P<ends>),?\s{IS}(?:(?:joined|merged|combined)\s(?:with\s)?(?:those|that)\s(?:of|in)"
        rf"|joined\sforces\swith)\s{GAP}{PARTNER}",
    ),
    # A thing is one of partners.
    frame(
        "shares",
        r"(?P<ends>)\s?(?:\([^()]{2,60}\))?,?\s(?:which\sis\s|is\s)?an?\s(?:[\w-]+\s){0,2}?\w+\s(?:of|between"
        rf"|with|across)\s{GAP}{ANY}",
        "head",
    ),
    frame(
        "shares",
        rf",\s(?:which\sis\s)?an?\s(?P<begins>)(?:[\w-]+\s){{0,3}}?(?:of|between|across|with)\s{GAP}{ANY}",
        "counted",
    ),
    # A joint thing.
    frame("shares", rf"\b{JOINT}{PARTNER}\s(?P<begins>)", "head"),
    frame(
        "shares",
        rf"\b{JOINT}(?![Aa]uthorit)(?P<begins>){NEAR}\s(?:with|between|across|for|in|of)\s{GAP}{PARTNER_OR_AREA}",
        "head",
    ),
    frame("shares", rf"{PARTNER},?\s{FAR}\b{JOINT}(?P<begins>)", "head"),
    # A thing with, across or of partners.
    frame(
        "shares",
        rf"(?P<ends>),?\s(?:(?:which|that|also|now|currently)\s){{0,3}}provid(?:es|ing)\s(?:an?\s|its\s)?(?:{WORD}"
        r"\s){0,2}?"
        rf"(?:services?|support|cover|oversight)\s(?:to|for|across)\s{ALL}{PARTNER}",
        "head",
    ),
    frame(
        "shares",
        r"(?P<ends>)(?<!\sand),?\s(?:is\s|are\s)?(?:in\s(?:partnership|collaboration|conjunction)\s)?(?:with"
        rf"|between|among)\s(?:{WORD},?\s){{0,3}}?{PARTNER}",
        "head",
    ),
    frame("shares", rf"(?P<ends>),\s(?:working|developed|run|led)\s(?:\w+\s){{0,2}}?with\s{GAP}{PARTNER}", "project"),
    frame("shares", rf"(?P<ends>)(?<!\sand),?\s(?:(?:which|that)\s)?{IS}{COVERS}\s{ALL}{ANY}", "spanning"),
    frame("shares", rf"(?P<ends>)(?<!\sand),?\s(?:(?:which|that)\s)?{IS}{COVERS}\s{ALL}{PARTNER_OR_AREA}", "spanning"),
    frame("shares", rf"(?P<ends>),?\s(?:{IS}(?:{TO_DO}|{TO_MAKE})\s)?(?:to|for|of|in|from)\s{ALL}{PARTNER}", "certain"),
    frame("shares", rf"\b(?:across|between|and\salso\scovers|and\scovers)\s{ALL}{PARTNER}", "certain"),
    frame("shares", rf"\bacross\s{ALL}{PARTNER}{FAR}\b{TO_JOIN}\s{ART}(?P<begins>)", "counted"),
    frame("shares", rf"(?P<p>{NAMED_AREA}++)\s(?P<begins>)", "area's"),
    frame(
        "shares",
        rf"{PARTNER}(?:[’']s?)?\s(?:\([^()]{{2,12}}\)\s)?(?P<begins>)(?!(?:operate|have|share|run|are|use)\b)(?=\w)",
        "two councils",
    ),
    frame("shares", rf"\bin\s(?:partnership|collaboration|conjunction)\swith\s{GAP}{PARTNER}", "team"),
    # Part of a thing.
    frame("shares", rf"\bjoined\sthe\s{PARTNER}(?:[’']s)?\s(?P<begins>)", "head"),
    frame(
        "shares",
        r"\b(?:[Aa]malgamat\w+|[Mm]erg\w+|[Cc]ombin\w+)\s(?:\w+\s){0,4}?(?:under|into)\s(?:an?|one)\s(?:(?:single"
        r"|joint|shared|common)\s)?(?P<begins>)",
        "context",
    ),
    # A person's post.
    frame(
        "shares", rf"\b[Rr]esponsib\w+\sfor\s[^.;]{{0,80}}?{ITSELF}\sand\s(?:also\s)?(?:in\s|for\s)?{PARTNER}", "head"
    ),
    frame("shares", rf"\balso\s(?:responsible|accountable)\sfor\s[^.;]{{0,40}}?{PARTNER}", "head"),
    frame(
        "shares",
        r"(?P<ends>)\salso\s(?:leads|chairs|manages|heads|(?:works|serves|acts)\s(?:as|for"
        rf"|in))\s[^.;]{{0,40}}?{PARTNER}",
        "post",
    ),
    frame(
        "shares", rf"{PARTNER}[’']s\s(?P<begins>)[^.,;]{{0,60}}?\sis\s(?:now\s)?also\s[^.;]{{0,60}}?{ITSELF}", "post"
    ),
    frame(
        "shares", rf"\bis\s(?:now\s)?also\s(?:the\s)?(?P<begins>)[^.,;]{{0,60}}?\s(?:in|of|for)\s{GAP}{PARTNER}", "post"
    ),
)

# Letters that every sentence has in which a frame fits, in small ones; looked for first, as most sentences have none.
_LETTERS = (
    *"""consorti alliance county-wide countywide pan- borough neighbouring adjoining regional raa adopt
    disaggregat decoupl decommission delegat hosted hosts behalf joint authorities councils agreement dissolved
    disbanded share responsib together counties -wide –wide trust company contracted outsourced merged
    collaborat covering covers serves spans inter- cross- midlands london framework cooperative co-operative
    merging regionalis both amalgamat""".split(),
    *(
        "pan |other local authorit|other authorit|other council|authority areas|another |works across|"
        "returned to| region|north west|north east|south west|south east|operated by|provided by|delivered by|"
        "managed by|run by|led by| leads |lead authority|accessed |is also the director|bought in|carried out by|"
        "undertaken by|commissioned with|operates across|commissioning partnership|london partnership|common to|"
        "separation from|no longer|joined the|works in"
    ).split("|"),
)


def may_say_sharing(sentence: str) -> bool:
    """Has the sentence letters without which no frame fits?

    >>> may_say_sharing("The panel is shared with a neighbouring council."), may_say_sharing("Children are safe.")
    (True, False)
    """
    small = sentence.lower()
    return any(letters in small for letters in _LETTERS)
