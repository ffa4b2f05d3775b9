"""Frames: the ways in which a sentence says that councils share a thing, as patterns over a masked sentence.

A frame has the words that say it, the relation that they say, and the place of the thing: behind the empty group
``begins``, before the empty group ``ends``, or at the subject of the sentence. Its group ``p`` is the phrase for the
partners, where it needs one. Every repetition is bounded: the time for a sentence grows with its length.
"""

import re
from typing import Literal, NamedTuple

from caregraph.extractors.sharing.partners import (
    ADOPTION_AGENCY,
    ANY_COUNCILS,
    AREA,
    COMPANY,
    NAMED_AREA,
    OWN,
    PARTNERS,
)

Needs = Literal[
    "any",
    "head",
    "structure",
    "joint work",
    "agent",
    "two councils",
    "regional",
    "context",
    "certain",
    "area's",
    "counted",
    "company",
    "pact",
]

# A run of masked characters is matched whole and from its beginning only.
_P = f"(?P<p>(?<!{PARTNERS}){PARTNERS}++)"
_O, _A = f"(?<!{OWN}){OWN}++", f"(?<!{AREA}){AREA}++"
_ANY = f"(?P<p>(?<![{PARTNERS}{ANY_COUNCILS}])[{PARTNERS}{ANY_COUNCILS}]++)"
_W = r"[\w@’'‘“”/()\ue000-\ue006-]++"
_GAP = rf"(?:{_W},?\s){{0,5}}?"
_SOME = rf"(?:{_W},?\s){{0,6}}?"
_ART = r"(?:(?:the|a|an|its|their|some|of|all|this|our)\s){0,4}"
_WITHIN = r"[^.;:]{2,110}?"
_NEAR = r"[^.,;:()]{2,90}?"
_IS = (
    r"(?:(?:which|that|is|are|was|were|has|have|had|been|be|being|will|to|also|now|currently|both|only|recently|just"
    r"|since|fully)\s){0,6}"
)
_RAA = (
    rf"(?:(?:(?:[A-Z]\w+\s){{1,3}}|[{AREA}{NAMED_AREA}]+\s)?[Rr]egional(?:ised)?\s[Aa]doption\s(?:[Aa]genc(?:y|ies)|[Aa]lliance|service"
    rf"|partnership|arrangements?)|RAA\b|adoption\salliance|{ADOPTION_AGENCY}++)"
)
_TRUST = rf"(?=(?:{_W}\s){{0,6}}?(?:{COMPANY}|(?:[Tt]rust|[Cc]ompany)\b))"
_A_COMPANY = r"(?:\s\([^()]{2,20}\))?,\s(?:which\sis\s)?an?\s(?:\w+[\s-]){0,3}?(?:company|trust)\b"
_NAMED_TRUST = rf"(?:(?:{OWN}|[A-Z]{_W})\s){{0,6}}?(?:[Tt]rust|[Cc]ompany)\b"
_DO = (
    r"(?:(?:(?:created|established|set\sup|formed)\sto\s)?(?:provid(?:es?|ed|ing)|undertak(?:es?|ing|en)(?:\sto)?|deliver(?:s|ed|ing)?|manag(?:es?|ed|ing)|runs?|running"
    r"|hosts?|operat(?:es?|ing)|carr(?:y|ies)\sout))"
)
_DONE = (
    r"(?:provided|delivered|managed|run|undertaken|operated|carried\sout|supplied|overseen|achieved|secured|offered"
    r"|arranged)"
)
_REGIONAL = r"(?:[Ss]ub[-‑–\s]?)?[Rr]egional"
_OF_COUNCILS = r"(?:partnership|collaboration|alliance|collaborative|cluster|network|group|venture|arrangement)"
_MADE = r"(?:produced|developed|agreed|funded|owned|staffed|resourced|adopted|written|designed)"
_BOUGHT = r"(?:bought(?:\sin)?|purchased|commissioned|contracted|procured|obtained)"
_LEADS = r"(?:leads?|led|leading)(?:\son)?"
_COMMISSIONED_JOINTLY = (
    r"(?:jointly\scommissioned|co-commissioned"
    r"|commissioned\s(?:jointly|collaboratively|in\s(?:partnership|collaboration|conjunction)))"
)
_JOINTLY = (
    r"(?:shared|jointly\s\w+|joint|\w+\sjointly|co-(?:funded|run|owned|produced|delivered)|merged|amalgamated"
    r"|(?:provided|delivered|run|operated|funded)\sin\s(?:partnership|collaboration|conjunction))"
)
_ACTIVE = r"(?<!is\s)(?<!are\s)(?<!was\s)(?<!were\s)(?<!been\s)(?<!be\s)"
_COVERS = (
    r"(?:made\sup\sof|consist(?:s|ing)\sof|involv(?:es|ing)|covers?|covering|serv(?:es?|ing)|(?:operat|work)(?:es?|s|ing)\s(?:across|in|within)|across|compris(?:es?|ing)"
    r"|spans?|spanning)"
)
_IN_PARTNERSHIP = r"(?:in\s(?:partnership|collaboration|conjunction|common)\s)?"
_LEAVES = (
    r"(?:left|leav(?:e|es|ing)|withdr[ae]wn?(?:al)?\sfrom|exit(?:ed|ing)?(?:\sfrom)?|ended|departure\sfrom"
    r"|no\slonger\s(?:part|a\smember)\sof)"
)
_COMMISSIONING = (
    r"(?:commissioning|procurement)\s(?:framework|arrangement|consorti|strategy|partnership|hub|contract|service|group"
    r"|collaborative)"
)
_BECOMES = (
    r"(?:(?<!since\s)(?<!Since\s)(?<!after\s)join(?:s|ing)?|(?<!has\s)(?<!have\s)becom(?:es?|ing)|moving\sto|move\sinto|developing"
    r"|(?:work|plans|planning|preparing|working)\sto\s\w+)"
)
_ON_BEHALF = rf"on\s(?:the\s)?(?:behalf\sof\b|its\sbehalf|{OWN})"


class Frame(NamedTuple):
    """Way of saying that a thing is shared; ``needs`` says which phrases can be the thing."""

    relation: str
    pattern: re.Pattern[str]
    needs: Needs = "any"


def _frame(relation: str, pattern: str, needs: Needs = "any") -> Frame:
    return Frame(relation, re.compile(pattern), needs)


LEFT = (
    _frame("left", rf"\b(?:return|transferr|mov)(?:ed|ing)\s[^.;]{{0,60}}?\bfrom\s{_ART}(?P<begins>){_TRUST}", "agent"),
    _frame("left", rf"(?P<ends>)\s{_IS}disaggregat\w+\sfrom\s"),
    _frame("left", rf"\b[Dd]isaggregation\s(?:of\s{_ART}(?P<begins>)|from\s)"),
    _frame("left", rf"\b[Dd]ecoupl\w+\s(?:{_W}\s){{0,3}}?(?:shared|joint)\s(?P<begins>)"),
    _frame("left", rf"\b[Dd]ecommission(?:ed|ing)?\s(?:of\s)?{_ART}(?P<begins>){_TRUST}", "agent"),
    _frame("left", r"(?P<ends>)\s(?:was|were|has\sbeen|have\sbeen)\s(?:decommissioned|dissolved|disbanded)", "agent"),
    _frame("left", rf"\bmoved\s(?:away\s)?from\s{_ART}(?:joint|shared)\s(?P<begins>){_WITHIN}\swith\s{_GAP}{_P}"),
    _frame("left", rf"\bmoved\s(?:away\s)?from\s{_ART}{_A}\s(?P<begins>)"),
    _frame(
        "left",
        rf"\b{_LEAVES}\s(?:(?:the|a|its|of|shared|joint)\s|{_A}\s){{1,3}}(?P<begins>)(?=(?:{_W}\s){{0,4}}?"
        rf"(?:consorti|regional|alliance|{AREA}|(?:services?|partnership)\swith\s{PARTNERS}|arrangements?\swith\s{PARTNERS}))",
    ),
)

ADOPTION = (
    _frame("hosts", rf"(?P<begins>){_RAA},?\s(?:which|that)\s{_O}\s(?:also\s|now\s)?hosts\b"),
    _frame("hosts", rf"(?:{_O}(?:\sCouncil)?|\bwhich)\s(?:also\s|now\s)?hosts\s{_SOME}(?P<begins>){_RAA}"),
    _frame("joining", rf"\b{_BECOMES}\s{_SOME}(?P<begins>){_RAA}"),
    _frame("shares", rf"\b(?:part|members?|membership|partners?|one)\s(?:{_W}\s){{0,3}}?of\s{_SOME}(?P<begins>){_RAA}"),
    _frame("shares", rf"\b(?:joined|formed|launched|belongs\sto|moved?\sto)\s{_SOME}(?P<begins>){_RAA}"),
    _frame(
        "delegated", rf"\b{_DONE}\s(?:{_W}\s){{0,4}}?(?:through|by|via|with|from|within)\s{_SOME}(?P<begins>){_RAA}"
    ),
    _frame("delegated", rf"\b[Cc]ommission(?:s|ed|ing)?\s{_SOME}{_SOME}(?P<begins>){_RAA}"),
    _frame(
        "delegated",
        rf"\b(?:delegat\w+|transferr?\w*|outsourced|moved|passed)\s(?:{_W}\s){{0,8}}?to\s{_SOME}(?P<begins>){_RAA}",
    ),
    _frame(
        "delegated",
        rf"(?P<begins>){_RAA}[^.;]{{0,90}}?\s{_DO}\s[^.;]{{0,120}}?\b(?:{_ON_BEHALF}|(?:for|across)\s{_GAP}{_P})",
    ),
    _frame("delegated", rf"\b(?:agreement|contract)\s(?:\w+\s){{0,2}}?with\s{_SOME}(?P<begins>){_RAA}"),
    _frame("delegated", rf"\b[Rr]esponsib\w+\s[^.;]{{0,60}}?\b(?:lies|rests|sits|is)\swith\s{_SOME}(?P<begins>){_RAA}"),
)

DELEGATED = (
    _frame(
        "delegated",
        rf"\bdelegat(?:ed|es|e|ing|ion)\s[^.;:]{{0,90}}?\bto\s(?P<begins>)(?:[A-Z{OWN}]{_W}\s?){{2,6}}{_A_COMPANY}",
        "company",
    ),
    _frame("delegated", rf"\bdelegat(?:ed|es|e|ing|ion)\s[^.;:]{{0,90}}?\bto\s{_ART}(?P<begins>){_TRUST}", "agent"),
    _frame(
        "delegated",
        rf"\b{_DONE}\s(?:{_W}\s){{0,4}}?by\s{_ART}(?P<begins>){_TRUST}[^.;]{{0,60}}?\s{_ON_BEHALF}",
        "agent",
    ),
    _frame("delegated", rf"\bby\s{_ART}(?P<begins>){_TRUST}[^.;]{{0,60}}?\s{_ON_BEHALF}", "agent"),
    _frame("delegated", rf"\b{_ON_BEHALF}[^.;]{{0,60}}?\sby\s{_ART}(?P<begins>){_TRUST}", "agent"),
    _frame(
        "delegated",
        rf"(?P<begins>)(?:{COMPANY}++|{_NAMED_TRUST})(?:\s\([^()]{{2,20}}\))?,?\s(?:which\s)?(?:now\s)?{_DO}\s"
        r"(?:all|children[’']s|social|statutory|most|the\scouncil[’']s)\s[^.;]{0,40}?(?:services|functions)",
        "agent",
    ),
    _frame(
        "delegated",
        rf"(?P<begins>)(?:{COMPANY}++|{_NAMED_TRUST})[^.;]{{0,60}}?\s{_DO}\s[^.;]{{0,120}}?"
        rf"\b{_ON_BEHALF}",
        "agent",
    ),
    _frame("delegated", rf"\b{_DONE}\s(?:{_W}\s){{0,4}}?by\s{_ART}(?P<begins>){COMPANY}", "agent"),
    _frame(
        "delegated",
        rf"\b(?:set\sup|establish(?:ed|ing)?|creat(?:ed|ing))\s{_ART}(?P<begins>){_TRUST}[^.;]{{0,60}}?\bto\s{_DO}[^.;]{{0,60}}?services",
        "agent",
    ),
    _frame("hosts", rf"(?P<ends>),?\s(?:which|that)\s{_O}\s(?:also\s|now\s)?hosts\b"),
    _frame("hosts", rf"(?P<ends>),?\s{_IS}hosted\sby\s{_O}"),
    _frame("hosted", rf"(?P<ends>),?\s{_IS}hosted\s(?:\w+\s){{0,2}}?by\s{_GAP}{_P}"),
    _frame(
        "hosts", rf"(?P<ends>),?\s{_IS}led\sby\s{_O}\s[^.;]{{0,40}}?(?:on\sbehalf\sof|for)\s{_GAP}{_P}", "structure"
    ),
    _frame(
        "hosts", rf"(?P<ends>),?\s(?:which|that)\s{_O}\s(?:also\s|now\s)?{_LEADS}\s(?:on\sbehalf\sof|for)\s{_GAP}{_P}"
    ),
    _frame("hosted", rf"(?P<ends>),?\s{_IS}led\sby\s{_GAP}{_P}\s[^.;]{{0,40}}?on\s(?:behalf\sof|{OWN})", "structure"),
    _frame("hosted", rf"(?P<ends>),?\s(?:which|that)\s{_P}\s(?:also\s|now\s)?{_LEADS}\s(?:on\sbehalf\sof|for)\b"),
    _frame(
        "hosts",
        rf"{_O}\s(?:is|acts\sas|has\sbeen)\s(?:the\s)?(?:lead|host)\s(?:authority|council|borough)?\s?(?:for|of)\s{_ART}"
        r"(?P<begins>)",
        "structure",
    ),
    _frame(
        "hosted",
        rf"{_P}\s(?:is|acts\sas|has\sbeen|being)\s(?:the\s)?(?:lead|host)\s(?:authority|council|borough)?\s?(?:for|of)\s"
        rf"{_ART}(?P<begins>)",
        "structure",
    ),
    _frame("hosts", rf"{_O}\s(?:also\s|now\s)?{_LEADS}\s{_ART}(?P<begins>){_WITHIN}\son\sbehalf\sof\s{_GAP}{_P}"),
    _frame(
        "hosts", rf"{_O}\s(?:also\s|now\s)?hosts\s{_ART}(?P<begins>){_WITHIN}\s(?:for|on\sbehalf\sof|with)\s{_GAP}{_P}"
    ),
    _frame("hosts", rf"{_O}\s(?:also\s|now\s)?{_DO}\s{_ART}(?P<begins>){_WITHIN}\son\sbehalf\sof\s{_GAP}{_P}"),
    _frame(
        "delegated",
        rf"(?P<ends>),?\s{_IS}(?:commissioned\sand\s)?{_DONE}\s(?:(?:to|for|on\sbehalf\sof)\s{_O}\s)?(?:\w+\s){{0,3}}?by\s"
        rf"(?:\w+\s){{0,2}}?{_P}",
    ),
    _frame(
        "delegated",
        rf"\b(?:commission|purchas|buy|procur|contract|obtain)\w*\s(?:in\s)?{_ART}(?P<begins>){_WITHIN}\s(?:from|to)\s{_ART}{_P}",
    ),
    _frame(
        "delegated",
        rf"\bagreements?\s[^.;:]{{0,60}}?\bwith\s{_GAP}{_P}[^.;:]{{0,40}}?\b{_DO}\s(?:{_ART}significant\spart\sof\s)?{_ART}"
        r"(?P<begins>)",
    ),
    _frame(
        "delegated",
        rf"{_P},?\s(?:(?:which|who|that|to|also|now|currently)\s){{0,3}}{_DO}\s{_ART}(?P<begins>){_WITHIN}\s"
        rf"(?:on\sbehalf\sof|for|to)\s{_O}",
    ),
    _frame("delegated", rf"\bagreement\s[^.;:]{{0,60}}?\bwith\s{_GAP}{_P}"),
    _frame("delegated", rf"(?P<ends>),?\s{_IS}(?:contracted|outsourced|subcontracted)(?:\sout)?\sto\s{_ART}{_P}"),
    _frame("delegated", rf"(?P<ends>),?\s{_IS}{_BOUGHT}\s(?:in\s)?from\s{_ART}{_P}"),
    _frame("delegated", rf"(?P<ends>),?\s{_IS}accessed\s(?:through|from|via)\s{_ART}{_P}", "head"),
)

SHARED = (
    _frame(
        "shares",
        rf"{_P}[^.;]{{0,60}}?\b(?:have|has|operates?|runs?|uses?|funds?|formed|established|developed)\s(?:an?\s)?"
        r"(?:\w+\s){0,2}?(?:joint|shared|single|common|combined)\s(?P<begins>)",
        "head",
    ),
    _frame("shares", rf"\bwith\s{_GAP}{_P},?\sto\s(?:jointly\s)?{_DO}\s{_ART}(?P<begins>)", "joint work"),
    _frame(
        "commissions-jointly",
        rf"\bwith\s{_GAP}{_P}[^.;]{{0,40}}?\s(?:to|and)\s(?:jointly\s)?(?:commission|procure)s?\s{_ART}(?P<begins>)",
    ),
    _frame(
        "shares",
        rf"\bwith\s{_GAP}{_P},?\sto\s(?:develop|establish|create|set\sup|form)\s{_ART}(?:(?:shared|joint)\s)?(?P<begins>)",
        "joint work",
    ),
    _frame(
        "shares",
        rf"{_P}\s(?:(?:now|also|both|all)\s)?(?:share|jointly\s\w+|(?:have\s)?(?:merged|combined|pooled))\s{_ART}(?P<begins>)"
        r"(?![^.;]{0,80}\bwith\b)",
    ),
    _frame(
        "shares",
        rf"\b[Ww](?:ith|orking\swith)\s{_GAP}{_P}[^.;:]{{0,60}}?\b(?:has|have)\s(?:jointly\s)?"
        rf"(?:commissioned|developed|established|set\sup|created|procured)\s{_ART}(?P<begins>)",
        "head",
    ),
    _frame("commissions-jointly", rf"(?P<ends>)\s{_IS}commissioned\s(?:through|via|by)\s{_SOME}consorti"),
    _frame("commissions-jointly", rf"{_P}[^.;:]{{0,40}}?\bjointly\scommission(?:ed|s)?\s{_ART}(?P<begins>)"),
    _frame(
        "commissions-jointly",
        rf"(?P<ends>),?\s{_IS}{_COMMISSIONED_JOINTLY}\s(?:with|by|between|across|for|through)\s{_GAP}{_P}",
    ),
    _frame("commissions-jointly", rf"(?P<ends>),?\s{_IS}(?:commissioned|procured)\swith\s{_GAP}{_P}"),
    _frame(
        "commissions-jointly",
        rf"\b(?:commission|procur)(?:ed|es|ing|s|e)?\s{_ART}(?P<begins>){_NEAR}\swith\s{_GAP}{_P}",
    ),
    _frame("shares", rf"(?P<ends>),?\s{_IS}{_MADE}\s(?:jointly\s)?by\s{_GAP}{_ANY}", "counted"),
    _frame("shares", rf"(?P<ends>),?\s{_IS}{_JOINTLY}\s(?:with|by|between|across|among|for)\s{_GAP}{_P}"),
    _frame(
        "shares",
        rf"(?<!information\s)(?<!intelligence\s)(?<!data\s){_ACTIVE}\b(?:[Ss]har(?:e|es|ed|ing)|pool(?:s|ed)?|run(?:s|ning)?)\s"
        rf"{_ART}(?P<begins>){_WITHIN}\s(?:with|between|jointly\swith)\s{_GAP}{_P}",
    ),
    _frame(
        "shares",
        rf"\b(?:[Jj]oint|[Ss]hared|[Cc]ombined|[Ss]ingle)\s(?P<begins>){_NEAR}\s(?:with|between|across|for|in)\s{_GAP}{_P}",
        "head",
    ),
    _frame(
        "shares",
        rf"(?P<ends>)\s?(?:\([^()]{{2,60}}\))?,?\s(?:which\sis\s|is\s)?an?\s(?:[\w-]+\s){{0,2}}?{_OF_COUNCILS}\s"
        rf"(?:of|between|with|across)\s{_GAP}{_ANY}",
        "head",
    ),
    _frame(
        "shares",
        rf"\b(?:develop|establish|creat|set)(?:e|ing)?\s(?:up\s)?{_ART}(?P<begins>){_NEAR}\s(?:with|across)\s{_GAP}{_P}",
        "head",
    ),
    _frame("shares", rf"(?P<ends>),?\s{_IN_PARTNERSHIP}(?:with|between|among)\s(?:{_W},?\s){{0,3}}?{_P}", "structure"),
    _frame("shares", rf"(?P<ends>)(?<!\sand),?\s(?:(?:which|that)\s)?{_COVERS}\s(?:both\s)?{_GAP}{_ANY}", "joint work"),
    _frame("shares", rf"(?P<ends>),?\s{_IS}{_DONE}\s(?:{_W}\s){{0,3}}?across\s{_GAP}{_ANY}"),
    _frame(
        "shares",
        rf"\bone\sof\s{_P}[^.;]{{0,60}}?\b(?:sharing|share|forming)\s{_ART}(?P<begins>)",
        "structure",
    ),
    _frame("shares", rf"\bwith\s{_GAP}{_P}[^.;]{{0,60}}?\b(?:shared|joint)\s(?P<begins>)", "head"),
    _frame("shares", rf"\b[Rr]esponsib\w+\sfor\s[^.;]{{0,80}}?{_O}\sand\s(?:also\s)?(?:in\s|for\s)?{_P}", "head"),
    _frame("shares", rf"(?P<ends>)\s(?:for|of|in|from)\s(?:both\s)?{_P}", "certain"),
    _frame("shares", rf"(?P<ends>)[’']?\s(?:for|between|of|across)\s{_GAP}{_P}", "pact"),
    _frame("shares", rf"(?P<ends>),?\s(?:to|for|across|covers|covering|serves|serving)\s{_O}\sand\s{_P}", "head"),
    _frame("shares", rf"(?P<ends>),?\sjointly\s(?:to|for|across)\s{_GAP}{_P}", "head"),
    _frame(
        "shares", rf"\bis\salso\sthe\s(?P<begins>)(?=(?:[Dd]irector|DCS)\b)[^.;]{{0,60}}?\s(?:in|of|for)\s{_GAP}{_P}"
    ),
    _frame("shares", rf"(?P<p>{NAMED_AREA}++)\s(?P<begins>)", "area's"),
    _frame("shares", rf"\b(?:across|between|for|of|in|by|from|within)\s{_P}", "certain"),
    _frame("shares", rf"{_P}\s(?:[Jj]oint\s|[Ss]hared\s)?(?P<begins>)(?=\w)", "two councils"),
)

REGIONAL = (
    _frame("commissions-jointly", rf"\b{_REGIONAL}ly[-\s](?:commissioned|procured|funded)\s(?P<begins>)", "head"),
    _frame("commissions-jointly", rf"(?P<begins>)\b{_REGIONAL}\s(?:{_W}\s){{0,3}}?{_COMMISSIONING}"),
    _frame("shares", r"\bregionally[-\s](?:shared|run)\s(?P<begins>)", "head"),
    _frame("shares", rf"(?P<begins>)\b{_REGIONAL}\scare\sco-?operative\b"),
    _frame("shares", rf"\b(?:part|members?|membership)\sof\s(?:{_W}\s){{0,4}}?(?P<begins>){_REGIONAL}\s", "structure"),
    _frame("joining", rf"\bjoin(?:ing|ed)?\s(?:{_W}\s){{0,4}}?(?P<begins>){_REGIONAL}\s", "head"),
    _frame("shares", rf"\b(?P<begins>)(?<!the\swider\s){_REGIONAL}\s", "regional"),
    _frame("shares", r"\b[Ss]hared\s(?P<begins>)", "context"),
)

CONSORTIUM = re.compile(r"\b[Cc]onsorti(?:um|a)\b(?:\s(?:arrangements?|framework|contract))?")
SHARED_AREA = re.compile(rf"(?P<p>{AREA}++)\s*(?P<begins>)")

# Letters that every sentence has in which a frame fits, in small ones; looked for first, as most sentences have none.
_LETTERS = (
    *"""consorti pan- borough neighbouring adjoining regional raa adopt disaggregat decoupl decommission delegat
    hosted hosts behalf joint authorities councils agreement dissolved disbanded share responsib together
    counties -wide –wide trust company contracted outsourced merged collaborat covering covers serves
    spans inter-""".split(),
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
