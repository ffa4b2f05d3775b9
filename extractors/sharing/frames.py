"""Frames that say that councils share or commission a thing together, and the letters that any frame needs."""

import re

from caregraph.extractors.sharing.partners import ANY_COUNCILS, AREA, NAMED_AREA, OWN, PARTNERS
from caregraph.extractors.sharing.patterns import (
    ACTIVE,
    ANY,
    ART,
    COMMISSIONED_JOINTLY,
    COMMISSIONING,
    COVERS,
    DO,
    DONE,
    GAP,
    IN_PARTNERSHIP,
    IS,
    ITSELF,
    JOINTLY,
    MADE,
    MAKE,
    NEAR,
    OF_COUNCILS,
    PARTNER,
    PARTNER_OR_AREA,
    REGION_WIDE,
    SOME,
    WITHIN,
    WORD,
    frame,
)

SHARED = (
    frame(
        "shares",
        rf"{PARTNER}[^.;]{{0,60}}?\b(?:have|has|operates?|runs?|uses?|funds?|form(?:ed)?|establish(?:ed)?|develop(?:ed)?|set\sup|created?|agreed?|launch(?:ed)?)\s"
        r"(?:an?\s)?"
        r"(?:\w+\s){0,2}?(?:joint|shared|single|common|combined)\s(?P<begins>)",
        "head",
    ),
    frame(
        "shares",
        rf"(?P<ends>),?\s(?:(?:which|that|also|now|currently)\s){{0,3}}provid(?:es|ing)\s(?:an?\s|its\s)?(?:{WORD}\s){{0,2}}?"
        rf"(?:services?|support|cover|oversight)\s(?:to|for|across)\s{GAP}{PARTNER}",
        "joint work",
    ),
    frame(
        "shares",
        rf"{PARTNER}[^.;]{{0,40}}?\bjointly\s[^.;]{{0,60}}?\sto\s(?:\w+\sand\s)?{MAKE}\s{ART}(?:(?:shared|joint|single)\s)?(?P<begins>)",
        "head",
    ),
    frame("shares", rf"\bwith\s{GAP}{PARTNER},?\sto\s(?:jointly\s)?{DO}\s{ART}(?P<begins>)", "joint work"),
    frame(
        "commissions-jointly",
        rf"\bwith\s{GAP}{PARTNER}[^.;]{{0,40}}?\s(?:to|and)\s(?:jointly\s)?(?:commission|procure)s?\s{ART}(?P<begins>)",
    ),
    frame(
        "shares",
        rf"\bwith\s{GAP}{PARTNER},?\sto\s(?:\w+\sand\s)?{MAKE}\s{ART}(?:(?:shared|joint)\s)?(?P<begins>)",
        "joint work",
    ),
    frame(
        "shares",
        rf"{PARTNER}\s(?:(?:in|of)\s(?:the\s)?\w+\s)?(?:(?:now|also|both|all)\s)?(?:share|jointly\s\w+|(?:have\s)?(?:merged|combined|pooled|integrated))\s{ART}(?P<begins>)"
        r"(?![^.;]{0,80}\bwith\b)",
    ),
    frame(
        "shares",
        rf"\b[Ww](?:ith|orking\s(?:alongside|with))\s{GAP}{PARTNER}[^.;:]{{0,60}}?\b(?:has|have)\s(?:jointly\s)?"
        rf"(?:commissioned|developed|established|set\sup|created|procured|produced|launched|introduced|published)\s{ART}"
        rf"(?P<begins>)",
        "head",
    ),
    frame("commissions-jointly", rf"(?P<ends>)\s{IS}commissioned\s(?:through|via|by)\s{SOME}consorti"),
    frame("commissions-jointly", rf"{PARTNER}[^.;:]{{0,40}}?\bjointly\scommission(?:ed|s)?\s{ART}(?P<begins>)"),
    frame(
        "commissions-jointly",
        rf"(?P<ends>),?\s{IS}{COMMISSIONED_JOINTLY}\s(?:with|by|between|across|for|through)\s{GAP}{PARTNER}",
    ),
    frame(
        "commissions-jointly",
        rf"\b(?:commission|procur)\w*,?\s(?:(?:jointly|together|along)\s)?with\s{GAP}{PARTNER},?\s(?:an?|the|its)\s(?P<begins>)",
        "head",
    ),
    frame("commissions-jointly", rf"(?P<ends>),?\s{IS}(?:commissioned|procured|funded)\sacross\s{GAP}{PARTNER}"),
    frame("commissions-jointly", rf"\bcommissioned\s(?:jointly\s)?by\s(?:both\s)?{PARTNER}", "counted"),
    frame("commissions-jointly", rf"(?P<ends>),?\s{IS}(?:commissioned|procured)\swith\s{GAP}{PARTNER}"),
    frame(
        "commissions-jointly",
        rf"\b(?:commission|procur)(?:ed|es|ing|s|e)?\s{ART}(?P<begins>){NEAR}\swith\s{GAP}{PARTNER}",
    ),
    frame("shares", rf"(?P<ends>),?\s{IS}{MADE}\s(?:jointly\s)?by\s{GAP}{ANY}", "counted"),
    frame("shares", rf"(?P<ends>),?\s{IS}{JOINTLY}\s(?:with|by|between|across|among|for)\s{GAP}{PARTNER}"),
    frame(
        "shares",
        rf"(?<!information\s)(?<!intelligence\s)(?<!data\s){ACTIVE}\b(?:[Ss]har(?:e|es|ed|ing)|pool(?:s|ed)?|run(?:s|ning)?)\s"
        rf"{ART}(?P<begins>){WITHIN}\s(?:with|between|jointly\swith)\s{GAP}{PARTNER}",
    ),
    frame(
        "shares",
        rf"\b(?:[Jj]oint|[Ss]hared|[Cc]ombined|[Ss]ingle)\s(?![Aa]uthorit)(?P<begins>){NEAR}\s(?:with|between|across|for|in)\s{GAP}{PARTNER_OR_AREA}",
        "head",
    ),
    frame(
        "shares",
        rf"(?P<ends>)\s?(?:\([^()]{{2,60}}\))?,?\s(?:which\sis\s|is\s)?an?\s(?:[\w-]+\s){{0,2}}?{OF_COUNCILS}\s"
        rf"(?:of|between|with|across)\s{GAP}{ANY}",
        "head",
    ),
    frame(
        "shares",
        rf"\b(?:develop|establish|creat|set|introduc|implement|launch)(?:e|ing)?\s(?:up\s)?{ART}(?P<begins>){NEAR}\s(?:with|across)\s"
        rf"{GAP}{PARTNER}",
        "head",
    ),
    frame(
        "shares",
        rf"(?P<ends>)(?<!\sand),?\s{IN_PARTNERSHIP}(?:with|between|among)\s(?:{WORD},?\s){{0,3}}?{PARTNER}",
        "structure",
    ),
    frame("shares", rf"(?P<ends>)(?<!\sand),?\s(?:(?:which|that)\s)?{COVERS}\s(?:both\s)?{GAP}{ANY}", "joint work"),
    frame("shares", rf"(?P<ends>),?\s{IS}{DONE}\s(?:{WORD}\s){{0,3}}?across\s{GAP}{ANY}"),
    frame(
        "commissions-jointly",
        rf"\b(?:together|along|alongside)(?:\swith)?\s{GAP}{PARTNER},?\s(?:(?:has|have|jointly)\s){{0,2}}(?:commission|procur|purchas)\w*\s"
        rf"{ART}(?P<begins>)",
        "head",
    ),
    frame(
        "shares",
        rf"\b(?:[Tt]ogether|[Aa]long|[Aa]longside)(?:\swith)?\s{GAP}{PARTNER},?\s(?:{OWN}++\s|the\s\w+\s)?(?:(?:has|have|jointly)\s){{0,2}}"
        rf"(?:funds?|runs?|operates?|provides?|delivers?|established|created|set\sup|developed)\s{ART}(?P<begins>)",
        "head",
    ),
    frame(
        "commissions-jointly",
        rf"{PARTNER}\s(?:commission|procure)\s{ART}(?P<begins>)[^.;]{{2,80}}?\b(?:together|jointly|collaboratively)\b",
    ),
    frame(
        "shares",
        rf"{PARTNER}\s(?:fund|run|operate|provide|deliver)\s{ART}(?P<begins>)[^.;]{{2,80}}?\b(?:together|jointly|collaboratively)\b",
    ),
    frame(
        "shares",
        rf"{PARTNER},?\s(?:(?:now|also|both|all)\s)?have\s(?:jointly\s)?(?:set\sup|established|created|formed|developed|agreed)\s{ART}"
        rf"(?P<begins>)",
        "new team",
    ),
    frame(
        "shares",
        rf"(?P<p>{NAMED_AREA}++)\s[{PARTNERS}{ANY_COUNCILS}]++\s(?:(?:have|all|jointly|now)\s){{0,2}}(?:set\sup|established|created|developed"
        rf"|agreed|share|operate|run|fund|commission|use)\s{ART}(?:(?:shared|joint|common|single)\s)?(?P<begins>)",
        "head",
    ),
    frame(
        "shares",
        rf"\b(?:also\s(?:holds|has|performs|fulfils)|(?:holds|has|performs|fulfils))\s(?:this|the\ssame|that)\s(?:role|post|position)\s"
        rf"(?:in|for|at)\s{GAP}{PARTNER}",
    ),
    frame("shares", rf"\bacross\s(?:all\s)?{PARTNER}", "counted team"),
    frame(
        "shares", rf"\band\s(?:also\s)?(?:covers|serves|spans)\s(?:all\s|both\s)?(?:the\s)?{PARTNER}", "counted team"
    ),
    frame(
        "shares",
        rf"\bone\sof\s{PARTNER}[^.;]{{0,60}}?\b(?:sharing|share|forming|jointly\s\w+)\s{ART}(?P<begins>)",
        "structure",
    ),
    frame("shares", rf"\bwith\s{GAP}{PARTNER}[^.;]{{0,60}}?\b(?:shared|joint)\s(?P<begins>)", "head"),
    frame("joining", rf"\b(?:merging|merger)\s(?:\w+\s){{0,3}}?with\s{GAP}{PARTNER}", "head"),
    frame("shares", rf"\bwith\s{GAP}{PARTNER}[^.;]{{0,80}}?\s(?:through|via)\s{ART}(?P<begins>)", "structure"),
    frame(
        "shares",
        rf"{ANY}[^.;]{{0,40}}?\s(?:have|has|are)\s(?:\w+\s)?(?:signed(?:\sup)?(?:\sto)?|agreed|committed\sto|adopted)\s{ART}(?P<begins>)",
        "pact",
    ),
    frame(
        "shares",
        rf"(?P<ends>)\s(?:of|for|in)\s{PARTNER}\sis\salso\s(?:the\s)?(?:DCS|director|chair|head|chief\sexecutive)\b",
    ),
    frame(
        "shares", rf"\b[Rr]esponsib\w+\sfor\s[^.;]{{0,80}}?{ITSELF}\sand\s(?:also\s)?(?:in\s|for\s)?{PARTNER}", "head"
    ),
    frame("shares", rf"\b(?:[Jj]oint|[Ss]hared)\s{PARTNER}\s(?P<begins>)", "head"),
    frame(
        "shares",
        rf"{PARTNER}\s(?:\([^()]{{2,12}}\)\s)?(?:[Jj]oint\s|[Ss]hared\s)?(?P<begins>)(?=\w)",
        "two councils",
    ),
    frame("shares", rf"(?P<ends>)\s(?:for|of|in|from)\s(?:both\s|the\s)?{PARTNER}", "certain"),
    frame("shares", rf"(?P<ends>),?\s(?:(?:which|that)\s)?(?:for|of|in|{COVERS}|serving)\s{PARTNER}", "both's"),
    frame("shares", rf"\b(?:part|members?|membership)\sof\san?\s(?P<begins>){NEAR}\swith\s{GAP}{PARTNER}", "head"),
    frame("shares", rf"(?P<ends>),?\s{IS}common\s(?:to|across)\s(?:all\s|both\s)?{PARTNER}", "head"),
    frame("shares", rf"(?P<begins>)\b[Tt]raining\s(?:{WORD}\s){{0,3}}?with\s{GAP}{PARTNER}"),
    frame("shares", rf"\bjoined\sthe\s{PARTNER}(?:[’']s)?\s(?P<begins>)", "structure"),
    frame("joining", rf"\bjoin(?:ing)?\sthe\s{PARTNER}(?:[’']s)?\s(?P<begins>)", "structure"),
    frame(
        "shares",
        rf"\b(?:part|members?|membership)\sof\san?\s(?P<begins>)(?:\w+\s){{0,3}}?{OF_COUNCILS}\sof\s{GAP}{ANY}",
        "counted",
    ),
    frame(
        "shares",
        rf"\bone\sof\s{PARTNER}\s(?:[^.;]{{0,40}}?\s)?(?:in|within|served\sby|covered\sby|forming|(?:that|which)\s(?:make\sup|form"
        rf"|share))\s{ART}(?P<begins>)",
        "structure",
    ),
    frame(
        "shares",
        rf"\b(?:between|with)\s{GAP}{PARTNER}\s(?:in|through|via|as\spart\sof)\s{ART}(?P<begins>)(?=[A-Z]\w*[A-Z\d]\w)",
    ),
    frame(
        "shares",
        rf"(?P<ends>),?\s(?:(?:which|that)\s)?{COVERS}\s(?:the\s(?:whole|rest)\sof\s)?(?:the\s)?(?P<p>[{AREA}{NAMED_AREA}]++)",
        "structure",
    ),
    frame(
        "shares",
        r"\b(?:[Aa]malgamat\w+|[Mm]erg\w+|[Cc]ombin\w+)\s(?:\w+\s){0,4}?(?:under|into)\s(?:an?|one)\s(?:(?:single|joint|shared|common)\s)?"
        r"(?P<begins>)",
        "context",
    ),
    frame("shares", rf"(?P<ends>)[’']?\s(?:for|between|of|across)\s{GAP}{PARTNER}", "pact"),
    frame(
        "shares", rf"(?P<ends>),?\s(?:to|for|across|covers|covering|serves|serving)\s{ITSELF}\sand\s{PARTNER}", "head"
    ),
    frame("shares", rf"(?P<ends>),?\sjointly\s(?:to|for|across)\s{GAP}{PARTNER}", "head"),
    frame(
        "shares",
        rf"\bis\salso\sthe\s(?P<begins>)(?=(?:[Dd]irector|DCS|(?:independent\s)?[Cc]hair)\b)[^.;]{{0,60}}?\s(?:in|of|for)\s{GAP}{PARTNER}",
    ),
    frame("shares", rf"(?P<ends>)\salso\s(?:leads|chairs|manages|heads)\s(?:[^.;]{{0,40}}?\s)?{PARTNER}", "post"),
    frame("shares", rf"(?P<p>{NAMED_AREA}++)\s(?P<begins>)", "area's"),
    frame("shares", rf"(?<!{AREA}\s)\b(?:across|between|for|of|in|by|from|within)\s{PARTNER}", "certain"),
    frame("shares", rf"\bin\s(?:partnership|collaboration|conjunction)\swith\s{GAP}{PARTNER}", "team"),
)

REGIONAL = (
    frame("commissions-jointly", rf"\b{REGION_WIDE}ly[-\s](?:commissioned|procured|funded)\s(?P<begins>)", "head"),
    frame("commissions-jointly", rf"(?P<begins>)\b{REGION_WIDE}\s(?:{WORD}\s){{0,3}}?{COMMISSIONING}"),
    frame("shares", r"\bregionally[-\s](?:shared|run)\s(?P<begins>)", "head"),
    frame("shares", rf"(?P<begins>)\b{REGION_WIDE}\scare\sco-?operatives?\b"),
    frame(
        "shares", rf"\b(?:part|members?|membership)\sof\s(?:{WORD}\s){{0,4}}?(?P<begins>){REGION_WIDE}\s", "structure"
    ),
    frame("joining", rf"\bjoin(?:ing|ed)?\s(?:{WORD}\s){{0,4}}?(?P<begins>){REGION_WIDE}\s", "head"),
    frame("shares", rf"\b(?P<begins>)(?<!the\swider\s){REGION_WIDE}\s(?!(?:and|or)\s)", "regional"),
    frame(
        "shares",
        r"\b(?P<begins>)(?:(?:North|South|East|West|Greater|Central|Mid)(?:[-\s](?:East|West))?\s)"
        r"(?:(?:London|Midlands|of\sEngland|Yorkshire|Thames|Coast)\s)?(?:[A-Z]\w+\s){0,4}?"
        r"(?:[Aa]lliance|[Cc]ollaborative|[Ff]ramework|Commissioning\sPartnership|[Cc]o-?operative|(?<=\sLondon\s)[Pp]artnership)\b",
        "regional",
    ),
    frame("shares", r"\b[Ss]hared\s(?P<begins>)", "context"),
)

CONSORTIUM = re.compile(
    r"\b(?:[Cc]onsorti(?:um|a)|(?<=\bCommissioning\s)Alliance|(?<=\bLondon\s)Alliance|(?<=\bMidlands\s)Alliance)\b"
    r"(?:\s(?:arrangements?|framework|contract))?"
)
SHARED_AREA = re.compile(rf"(?P<p>{AREA}++)\s*(?:(?:and|or)\s(?:regional|sub-regional|national|local)\s)?(?P<begins>)")

# Letters that every sentence has in which a frame fits, in small ones; looked for first, as most sentences have none.
_LETTERS = (
    *"""consorti alliance county-wide countywide pan- borough neighbouring adjoining regional raa adopt disaggregat
    decoupl decommission delegat hosted hosts behalf joint authorities councils agreement dissolved disbanded
    share responsib together counties -wide –wide trust company contracted outsourced merged collaborat covering
    covers serves spans inter-""".split(),
    *("pan ", "other local authorit", "other authorit", "other council", "authority areas", "another ", "works across"),
    *("operated by", "provided by", "delivered by", "managed by", "run by", "led by", " leads ", "lead authority"),
    *(
        "accessed ",
        "is also the director",
        "bought in",
        "carried out by",
        "undertaken by",
        "commissioned with",
        "operates across",
        "commissioning partnership",
        "london partnership",
        "framework",
        "cooperative",
        "co-operative",
        "merging",
        "regionalis",
        "common to",
        "both",
        "separation from",
        "no longer",
        "joined the",
        "amalgamat",
        "works in",
    ),
)


def may_say_sharing(sentence: str) -> bool:
    """Has the sentence letters without which no frame fits?

    >>> may_say_sharing("The panel is shared with a neighbouring council."), may_say_sharing("Children are safe.")
    (True, False)
    """
    small = sentence.lower()
    return any(letters in small for letters in _LETTERS)
