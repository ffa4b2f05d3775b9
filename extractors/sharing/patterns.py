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
    r"(?:(?:which|that|who|is|are|was|were|has|have|had|been|be|being|will|continues?|to|also|now|currently|both|only|recently|just"
    r"|since|fully)\s){0,6}"
)
RAA = (
    rf"(?:(?:(?:[A-Z]\w+\s){{1,3}}|[{AREA}{NAMED_AREA}]+\s)?[Rr]egional(?:ised)?\s[Aa]doption\s(?:[Aa]genc(?:y|ies)|[Aa]lliance|service"
    rf"|partnership|arrangements?)|RAA\b|adoption\salliance|{ADOPTION_AGENCY}++)"
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
    r"(?:(?:(?:created|established|set\sup|formed)\sto\s)?(?:provid(?:es?|ed|ing)|undertak(?:es?|ing|en)(?:\sto)?|deliver(?:s|ed|ing)?|manag(?:es?|ed|ing)|runs?|running"
    r"|hosts?|operat(?:es?|ing)|carr(?:y|ies)\sout))"
)
DONE = (
    r"(?:provided|delivered|managed|run|undertaken|operated|carried\sout|supplied|overseen|achieved|secured|offered"
    r"|arranged|covered|administered|staffed)"
)
REGION_WIDE = r"(?:[Ss]ub[-‑–\s]?)?[Rr]egional"
JOINTLY = (
    r"(?:shared|(?:(?<=is\s)|(?<=are\s)|(?<=was\s)|(?<=were\s)|(?<=been\s))(?:combined|unified)|jointly\s\w+|joint|\w+\sjointly|co-(?:funded|run|owned|produced|delivered)|merged|amalgamated"
    r"|(?:provided|delivered|run|operated|operates|managed|funded)\sin\s(?:partnership|collaboration|conjunction))"
)
ACTIVE = r"(?<!is\s)(?<!are\s)(?<!was\s)(?<!were\s)(?<!been\s)(?<!be\s)"
COVERS = (
    r"(?:made\sup\sof|consist(?:s|ing)\sof|involv(?:es|ing)|covers?|covering|serv(?:es?|ing)|(?:operat(?:es?|ing)|work(?:s|ing)?)\s(?:across|in|within)|across|compris(?:es?|ing)"
    r"|spans?|spanning|bring(?:s|ing)\stogether)"
)
COMMISSIONING = (
    r"(?:commissioning|procurement)\s(?:framework|arrangement|consorti|strategy|partnership|hub|contract|service|group"
    r"|collaborative)"
)
BECOMES = (
    r"(?:(?<!since\s)(?<!Since\s)(?<!after\s)join(?:s|ing)?|(?<!has\s)(?<!have\s)becom(?:es?|ing)|moving\sto|move\sinto|developing"
    r"|(?:[Aa]greed|[Ww]ork|[Pp]lans|[Pp]lanning|[Pp]reparing|[Ww]orking)\sto\s(?:set\sup|\w+)|(?:[Dd]evelopments?|[Pp]lans|[Pp]roposals)\sfor)"
)
ON_BEHALF = rf"on\s(?:the\s)?(?:behalf\sof\b|its\sbehalf|{OWN})"


# Classes of words, and what stands between them and the partners.
TO_SHARE = (
    r"(?:[Ss]har(?:es?|ed|ing)|[Pp]ool(?:s|ed|ing)?|combin(?:es?|ed|ing)|merg(?:es?|ed|ing)|amalgamat(?:es?|ed|ing)"
    r"|integrat(?:es?|ed|ing)|unif(?:y|ies|ied))"
)
SHARED_WITH = r"(?:shared|pooled|combined|merged|amalgamated|integrated|unified)"
TO_BUY = (
    r"(?:(?:re-?)?commission(?:s|ed|ing)?|procur(?:es?|ed|ing)|purchas(?:es?|ed|ing)|buys?|buying|bought(?:\sin)?|tender(?:s|ed|ing)?"
    r"|(?:sub)?contract(?:ed|ing)(?:\sout)?|obtain(?:s|ed|ing)?|outsourc(?:es?|ed|ing))"
)
TO_MAKE = (
    r"(?:develop(?:s|ed|ing)?|establish(?:e[sd]|ing)?|creat(?:es?|ed|ing)|set(?:s|ting)?\sup|form(?:s|ed|ing)?|design(?:s|ed|ing)?"
    r"|introduc(?:es?|ed|ing)|implement(?:s|ed|ing)?|launch(?:e[sd]|ing)?|agree(?:s|d|ing)?|produc(?:es?|ed|ing)|publish(?:e[sd]|ing)?"
    r"|pilot(?:ed|ing)|adopt(?:s|ed)|signed(?:\sup\sto|\sup)?|draft(?:s|ed|ing)?|written|made|committed\sto|planned)"
)
TO_DO = (
    r"(?:provid(?:es?|ed|ing)|deliver(?:s|ed|ing)?|manag(?:es?|ed|ing)|runs?|running|undertak(?:es?|ing|en)(?:\sto)?|operat(?:es?|ed|ing)"
    r"|carr(?:y|ies|ied|ying)\sout|suppl(?:y|ies|ied)|overse(?:es?|en|eing)|offer(?:s|ed|ing)?|arrang(?:es?|ed|ing)|administer(?:s|ed|ing)?"
    r"|staff(?:s|ed)|resourced|fund(?:s|ed|ing)?|uses?|used|using|maintain(?:s|ed|ing)?|handle[sd]?|dealt\swith|achieved|secured|owns|owned"
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
    r"(?:(?:(?:jointly|together|along|collaboratively|on\sa\s(?:joint|shared)\sbasis|in\s(?:partnership|collaboration|conjunction|common))\s)?(?:with|between|across"
    r"|among(?:st)?)|alongside)"
)
COVERS = (
    r"(?:also\s)?(?:made\sup\sof|consist(?:s|ing)\sof|involv(?:es|ing)|cover(?:s|ing)|serv(?:es?|ing)|(?:operat(?:es?|ing)|work(?:s|ing)?)"
    r"\s(?:across|in|within|for\sboth)|across|compris(?:es?|ing)|spans?|spanning|bring(?:s|ing)\stogether|jointly\s(?:to|for)|common\s(?:to|across))"
)
ALL = rf"(?:(?:the|all|both|whole|rest|of|{OWN}++\sand)\s){{0,3}}"
NOW = r"(?!\w+ing\b|(?:share|pool|merge|combine)\b)"  # a participle, or a verb in the third person
ALSO = r"(?:(?:also|now|currently)\s)?"
DEPUTY = r"(?:the\s)?(?:lead|host)\s(?:(?:authority|council|borough|commissioner|partner)\s)?(?:for|of|to)\s"
FAR = r"(?:(?!\swh(?:ich|o)\b)[^.;:]){0,70}?"
TO_LEAVE = (
    r"(?:[Ll]eft|leav(?:es?|ing)(?!\scare)|withdr[ae]w\w*|exit\w*|[Ee]nd(?:s|ed|ing)?|ceased|[Tt]erminat\w+|[Dd]issol\w+|[Dd]isaggregat\w+"
    r"|[Dd]ecommission\w*|[Dd]ecoupl\w+|[Dd]isband\w*|departure|moved"
    r"|no\slonger\s(?:jointly\s)?(?:shares?|has|uses?|runs?|part|a\smember))"
)
TO_TAKE = r"(?:taken|brought|moved?|moving|return(?:ed|ing)?|transferr\w+|transfer|transition\w*|withdr[ae]wn?)"
ENDED = (
    r"(?:end(?:s|ed)?|ceased|concluded|dissolved|disbanded|separated|split|closed|decommissioned|c[ao]me\sto\san\send)"
)
A_DUTY = r"(?:[Ss]ervices?|[Ff]unctions?|[Rr]esponsib\w+)"
# What a council can leave: what is joint, an area's or with partners; an adoption agency, a consortium, a trust.
IS_SHARED = (
    rf"(?={JOINT}|{AN_AREA}\s|(?:{WORD}\s){{0,6}}?(?:{RAA}|{COMPANY}|[Tt]rust\b|[Cc]ompany\b|consorti|alliance|regional\s|{AREA}"
    rf"|(?:with|between)\s{GAP}{PARTNERS})"
    rf"|[{PARTNERS}{NAMED_AREA}]++\s(?:[\w’'-]+\s){{0,4}}?(?:services?|team|board|panel|partnership|arrangements?|hub|contract|framework))"
)


class Frame(NamedTuple):
    """Way of saying that a thing is shared; ``needs`` says which phrases can be the thing."""

    relation: str
    pattern: re.Pattern[str]
    needs: Needs = "any"


def frame(relation: str, pattern: str, needs: Needs = "any") -> Frame:
    return Frame(relation, re.compile(pattern), needs)
