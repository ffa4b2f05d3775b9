"""Patterns: the parts that frames are made of, and what a frame is.

A frame is a way in which a sentence says that councils share a thing, as a pattern over a masked sentence. It has the
words that say it, the relation that they say, and the place of the thing: behind the empty group ``begins``, before the
empty group ``ends``, or at the subject of the sentence. Its group ``p`` is the phrase for the partners, where it needs
one. Every repetition is bounded: the time for a sentence grows with its length.
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
    "team",
    "spanning",
    "counted",
    "certain",
    "area's",
    "two councils",
    "regional",
    "context",
    "agent",
    "company",
    "post",
    "project",
    "led",
    "bought",
    "operated",
    "counted operated",
    "ours",
]

# A run of masked characters is matched whole and from its beginning only.
PARTNER = f"(?P<p>(?<!{PARTNERS}){PARTNERS}++)"
PARTNER_OR_AREA = f"(?P<p>(?<![{PARTNERS}{NAMED_AREA}])[{PARTNERS}{NAMED_AREA}]++)"
ITSELF, AN_AREA = f"(?<!{OWN}){OWN}++", f"(?<!{AREA}){AREA}++"
ANY = f"(?P<p>(?<![{PARTNERS}{ANY_COUNCILS}])[{PARTNERS}{ANY_COUNCILS}]++)"
WORD = r"[\w@’'‘“”/()\ue000-\ue006-]++"
GAP = rf"(?:{WORD},?\s){{0,5}}?"
SOME = rf"(?:{WORD},?\s){{0,6}}?"
ART = r"(?:(?:the|a|an|its|their|some|of|all|this|our)\s){0,4}"
WITHIN = r"[^.;:]{2,110}?"
NEAR = r"[^.,;:()]{2,90}?"
IS = (
    r"(?:(?:which|that|who|is|are|was|were|has|have|had|been|be|being|will|shall|continues?|to|also|now|currently"
    r"|both|only|recently|just"
    r"|since|fully)\s){0,6}"
)
RAA = (
    rf"(?:(?:(?:[A-Z]\w+\s){{1,3}}|[{AREA}{NAMED_AREA}]+\s)?[Rr]egional(?:ised)?\s(?:agency|[Aa]doption\s[Aa]genc"
    r"(?:y|ies)|[Aa]doption\s(?:[Aa]lliance|service"
    rf"|partnership|arrangements?))|RAA\b|adoption\salliance|{ADOPTION_AGENCY}++)"
)
TRUST = rf"(?=(?:{WORD}\s){{0,6}}?(?:{COMPANY}|(?:[Tt]rust|[Cc]ompany)\b))"
A_COMPANY = r"(?:\s\([^()]{2,20}\))?,\s(?:which\sis\s)?an?\s(?:\w+[\s-]){0,3}?(?:company|trust)\b"
NAMED_TRUST = rf"(?<![\w{OWN}])(?:(?:{OWN}++|[A-Z]{WORD})\s(?:and\s)?){{0,6}}?(?:[Tt]rust|[Cc]ompany)\b"
# A council's trust, where a phrase for it begins.
A_TRUST = rf"(?:{COMPANY}++|{NAMED_TRUST})(?:\s\([^()]{{2,20}}\)|,[^,.;()]{{2,70}},)?,?"
ITS_SERVICES = r"(?:[Ss]ervices\sfor\schildren|[Cc]hildren[’']s\s(?:social\s)?(?:care\s)?services|[Ss]ocial\scare)"
SET_UP = rf"(?:(?:\w+\s){{0,3}}?(?:appointed|established|set\sup|created|formed)\s(?:{WORD}\s){{0,4}}?to\s)"
RUNNING = r"(?:(?:the\s)?(?:delivery|provision|management|running)\sof|delivering|providing|managing|running)"
DO = (
    r"(?:(?:(?:created|established|set\sup|formed)\sto\s)?(?:provid(?:es?|ed|ing)|undertak(?:es?|ing|en)(?:\sto)?"
    r"|deliver(?:s|ed|ing)?|manag(?:es?|ed|ing)|runs?|running"
    r"|hosts?|operat(?:es?|ing)|carr(?:y|ies)\sout|discharg(?:es?|ed|ing)|perform(?:s|ed|ing)?|exercis(?:es?|ed|ing)))"
)
HANDED = (
    r"(?:in\sthe\shands\sof|(?:entrusted|contracted|outsourced|devolved)\sto|(?:discharged|performed|exercised)\sby"
    r"|falls?\sto|(?:passed|handed)\s(?:[^.;,]{0,30}?\s)?to|vested\sin|under\scontract\sto)"
)
DONE = (
    r"(?:provided|delivered|managed|run|undertaken|operated|carried\sout|supplied|overseen|achieved|secured|offered"
    r"|arranged|covered|administered|staffed)"
)
REGION_WIDE = r"(?:[Ss]ub[-‑–\s]?)?[Rr]egional"
JOINTLY = (
    r"(?:shared|(?:(?<=is\s)|(?<=are\s)|(?<=was\s)|(?<=were\s)|(?<=been\s))(?:combined|unified)|jointly\s\w+|joint"
    r"|\w+\sjointly|co-(?:funded|run|owned|produced|delivered)|merged|amalgamated"
    r"|(?:provided|delivered|run|operated|operates|managed|funded)\sin\s(?:partnership|collaboration|conjunction))"
)
ACTIVE = r"(?<!is\s)(?<!are\s)(?<!was\s)(?<!were\s)(?<!been\s)(?<!be\s)"
COVERS = (
    r"(?:made\sup\sof|consist(?:s|ing)\sof|involv(?:es|ing)|covers?|covering|serv(?:es?|ing)|(?:operat(?:es?|ing)"
    r"|work(?:s|ing)?)\s(?:across|in|within)|across|compris(?:es?|ing)"
    r"|spans?|spanning|bring(?:s|ing)\stogether)"
)
COMMISSIONING = (
    r"(?:commissioning|procurement)\s(?:framework|arrangement|consorti|strategy|partnership|hub|contract|service|group"
    r"|collaborative)"
)
BECOMES = (
    r"(?:(?<!since\s)(?<!Since\s)(?<!after\s)join(?:s|ing)?|(?<!has\s)(?<!have\s)becom(?:es?|ing)|moving\sto"
    r"|move\sinto|developing"
    r"|(?:[Aa]greed|[Ww]ork|[Pp]lans|[Pp]lanning|[Pp]reparing|[Ww]orking)\sto\s(?:set\sup|\w+)|(?:[Dd]evelopments?"
    r"|[Pp]lans|[Pp]roposals)\sfor)"
)
ON_BEHALF = rf"on\s(?:the\s)?(?:behalf\sof\b|its\sbehalf|{OWN})"


# Classes of words, and what stands between them and the partners.
TO_SHARE = (
    r"(?:[Ss]har(?:es?|ed|ing)|[Pp]ool(?:s|ed|ing)?|combin(?:es?|ed|ing)|merg(?:es?|ed|ing)|amalgamat(?:es?|ed|ing)"
    r"|integrat(?:es?|ed|ing)|unif(?:y|ies|ied)|conjoin(?:s|ed)?|unit(?:es?|ed)|fus(?:es?|ed))"
)
SHARED_WITH = r"(?:co-\w+ed|shared|pooled|combined|merged|amalgamated|integrated|unified)"
TO_BUY = (
    r"(?:(?:re-?)?commission(?:s|ed|ing)?|procur(?:es?|ed|ing)|purchas(?:es?|ed|ing)|buys?|buying|bought(?:\sin)?"
    r"|tender(?:s|ed|ing)?"
    r"|(?:sub)?contract(?:ed|ing)(?:\sout)?|obtain(?:s|ed|ing)?|outsourc(?:es?|ed|ing))"
)
TO_MAKE = (
    r"(?:develop(?:s|ed|ing)?|establish(?:e[sd]|ing)?|creat(?:es?|ed|ing)|set(?:s|ting)?\sup|form(?:s|ed|ing)?"
    r"|design(?:s|ed|ing)?"
    r"|introduc(?:es?|ed|ing)|implement(?:s|ed|ing)?|launch(?:e[sd]|ing)?|agree(?:s|d|ing)?(?!\swith\b[^.;]{0,60}\sthat\b)|produc(?:es?|ed|ing)"
    r"|publish(?:e[sd]|ing)?"
    r"|pilot(?:ed|ing)|adopt(?:s|ed)|signed(?:\sup\sto|\sup)?|draft(?:s|ed|ing)?|written|made|committed\sto|planned)"
)
TO_DO = (
    r"(?:provid(?:es?|ed|ing)|deliver(?:s|ed|ing)?|manag(?:es?|ed|ing)|runs?|running|undertak(?:es?|ing|en)"
    r"(?:\sto)?|operat(?:es?|ed|ing)"
    r"|carr(?:y|ies|ied|ying)\sout|suppl(?:y|ies|ied)|overse(?:es?|en|eing)|offer(?:s|ed|ing)?|arrang(?:es?|ed"
    r"|ing)|administer(?:s|ed|ing)?"
    r"|staff(?:s|ed)|resourced|fund(?:s|ed|ing)?|uses?|used|using|maintain(?:s|ed|ing)?|handle[sd]?|dealt\swith"
    r"|achieved|secured|owns|owned"
    r"|held|accessed|covered|leads?|hosts?)"
)
TO_HIRE = (
    rf"(?:(?:\w+\s){{0,3}}?(?:agency|charity|provider|organisation)\sto\s(?:set\sup|{TO_DO})\s{ART})"  # and what for
)
TO_JOIN = (
    r"(?:participat\w+\sin|attend(?:ed|s|ing)?|access(?:ed|es|ing)?|benefit\w*\sfrom|undertaken|completed"
    r"|receiv(?:ed?|ing))"
)
TO_HAVE = r"(?:runs?|operates?|uses?|funds?|commission)"
JOINT = r"(?:(?:[Jj]oint|[Ss]hared|[Cc]ombined|[Ss]ingle|[Cc]ommon|[Uu]nified|[Mm]erged)\s)"
JOINTLY = (
    r"(?:(?:jointly|together|collaboratively|now|also|recently|both|all|currently|already|has|have|are|to)\s){0,4}"
)
WITH = (
    r"(?:(?:(?:jointly|together|along|collaboratively|on\sa\s(?:joint|shared)\sbasis|in\s(?:partnership"
    r"|collaboration|conjunction|common))\s)?(?:with|between|across"
    r"|among(?:st)?)|alongside)"
)
COVERS = (
    r"(?:also\s)?(?:made\sup\sof|consist(?:s|ing)\sof|involv(?:es|ing)|cover(?:s|ing)|serv(?:es?|ing)|(?:operat"
    r"(?:es?|ing)|work(?:s|ing)?)"
    r"\s(?:across|in|within|for\sboth)|across|compris(?:es?|ing)|spans?|spanning|bring(?:s|ing)\stogether"
    r"|jointly\s(?:to|for)|common\s(?:to|across))"
)
ALL = rf"(?:(?:the|all|both|whole|rest|of|{OWN}++\sand)\s){{0,3}}"
NOW = r"(?!\w+ing\b|(?:share|pool|merge|combine)\b)"  # a participle, or a verb in the third person
ALSO = r"(?:(?:also|now|currently)\s)?"
DEPUTY = r"(?:the\s)?(?:lead|host)\s(?:(?:authority|council|borough|commissioner|partner)\s)?(?:for|of|to)\s"
FAR = r"(?:(?!\swh(?:ich|o)\b)[^.;:]){0,70}?"
TO_LEAVE = (
    r"(?:[Ll]eft|leav(?:es?|ing)(?!\scare)|[Ww]ithdr[ae]w\w*|exit\w*|quit(?:s|ting)?|[Ee]nd(?:s|ed|ing)?|ceased"
    r"|[Tt]erminat\w+|[Dd]iss?ol\w+|[Dd]isaggregat\w+"
    r"|[Dd]ecommission\w*|[Dd]ecoupl\w+|[Dd]isband\w*|[Bb]reak[-\s]?up|departure|moved|reverted|(?:bow|dropp?|pull"
    r"|opt|back|step)(?:ed|s|ing)?\sout|br(?:oke|oken|eak)\saway|hived\soff|seced\w+|resign\w+"
    r"|part(?:ed|ing)\s(?:company|ways)\swith|(?:declined|refused|chose\snot|decided\snot)\sto\s(?:renew|rejoin"
    r"|extend)(?:\sits\s\w+)?(?:\s(?:to|in|with))?"
    r"|no\slonger\s(?:jointly\s)?(?:shares?|has|uses?|runs?|part|a\smember))"
)
TO_TAKE = (
    r"(?:taken|c[ao]me\sback|went\sback|brought|moved?|moving|return(?:ed|ing)?|transferr\w+|transfer|transition\w*"
    r"|withdr[ae]wn?)"
)
ENDED = (
    r"(?:end(?:s|ed)?|ceased|concluded|dissolved|disbanded|separated|split|closed|decommissioned"
    r"|c[ao]me\sto\san\send|broken\sup|wound\s(?:up|down)|unwound|dismantled|discontinued"
    r"|disaggregated|terminated)"
)
A_DUTY = r"(?:[Ss]ervices?|[Ff]unctions?|[Rr]esponsib\w+)"
# What a council can leave: what is joint, an area's or with partners; an adoption agency, a consortium, a trust.
IS_SHARED = (
    rf"(?={JOINT}|(?:\w+\s)?region[’']s\s|{AN_AREA}\s|(?:{WORD}\s){{0,6}}?(?:{RAA}|{COMPANY}|[Tt]rust\b"
    rf"|[Cc]ompany\b|consorti|alliance|regional\s|{AREA}"
    rf"|(?:with|between)\s{GAP}{PARTNERS})"
    rf"|[{PARTNERS}{NAMED_AREA}]++\s(?:[\w’'-]+\s){{0,4}}?(?:services?|team|board|panel|partnership|arrangements?"
    r"|hub|contract|framework))"
)


class Frame(NamedTuple):
    """Way of saying that a thing is shared; ``needs`` says which phrases can be the thing."""

    relation: str
    pattern: re.Pattern[str]
    needs: Needs = "any"


def frame(relation: str, pattern: str, needs: Needs = "any") -> Frame:
    return Frame(relation, re.compile(pattern), needs)
