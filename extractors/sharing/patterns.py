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
    "team",
    "counted team",
    "new team",
    "both's",
    "bought",
    "post",
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
    r"(?:(?:which|that|is|are|was|were|has|have|had|been|be|being|will|to|also|now|currently|both|only|recently|just"
    r"|since|fully)\s){0,6}"
)
RAA = (
    rf"(?:(?:(?:[A-Z]\w+\s){{1,3}}|[{AREA}{NAMED_AREA}]+\s)?[Rr]egional(?:ised)?\s[Aa]doption\s(?:[Aa]genc(?:y|ies)|[Aa]lliance|service"
    rf"|partnership|arrangements?)|RAA\b|adoption\salliance|{ADOPTION_AGENCY}++)"
)
TRUST = rf"(?=(?:{WORD}\s){{0,6}}?(?:{COMPANY}|(?:[Tt]rust|[Cc]ompany)\b))"
A_COMPANY = r"(?:\s\([^()]{2,20}\))?,\s(?:which\sis\s)?an?\s(?:\w+[\s-]){0,3}?(?:company|trust)\b"
NAMED_TRUST = rf"(?<![\w{OWN}])(?:(?:{OWN}++|[A-Z]{WORD})\s){{0,6}}?(?:[Tt]rust|[Cc]ompany)\b"
# A council's trust, where a phrase for it begins.
A_TRUST = rf"(?:{COMPANY}++|{NAMED_TRUST})(?:\s\([^()]{{2,20}}\)|,[^,.;()]{{2,70}},)?,?"
ITS_SERVICES = r"(?:[Ss]ervices\sfor\schildren|[Cc]hildren[’']s\s(?:social\s)?(?:care\s)?services|[Ss]ocial\scare)"
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
OF_COUNCILS = r"(?:partnership|collaboration|alliance|collaborative|cluster|network|group|venture|arrangement)"
MADE = r"(?:produced|developed|agreed|funded|owned|used|staffed|resourced|adopted|written|designed)"
MAKE = r"(?:develop|establish|create|set\sup|form|design|introduce|implement|launch|maintain|agree)"
BOUGHT = r"(?:bought(?:\sin)?|purchased|commissioned|contracted|procured|obtained)"
A_LEAD = r"authority|council|borough|commissioner|partner"
LEADS = r"(?:leads?|led|leading)(?:\son)?"
COMMISSIONED_JOINTLY = (
    r"(?:jointly\scommissioned|co-commissioned"
    r"|commissioned\s(?:jointly|collaboratively|in\s(?:partnership|collaboration|conjunction)))"
)
JOINTLY = (
    r"(?:shared|(?:(?<=is\s)|(?<=are\s)|(?<=was\s)|(?<=were\s)|(?<=been\s))(?:combined|unified)|jointly\s\w+|joint|\w+\sjointly|co-(?:funded|run|owned|produced|delivered)|merged|amalgamated"
    r"|(?:provided|delivered|run|operated|operates|managed|funded)\sin\s(?:partnership|collaboration|conjunction))"
)
ACTIVE = r"(?<!is\s)(?<!are\s)(?<!was\s)(?<!were\s)(?<!been\s)(?<!be\s)"
COVERS = (
    r"(?:made\sup\sof|consist(?:s|ing)\sof|involv(?:es|ing)|covers?|covering|serv(?:es?|ing)|(?:operat(?:es?|ing)|work(?:s|ing)?)\s(?:across|in|within)|across|compris(?:es?|ing)"
    r"|spans?|spanning|bring(?:s|ing)\stogether)"
)
IN_PARTNERSHIP = r"(?:in\s(?:partnership|collaboration|conjunction|common)\s)?"
LEAVES = (
    r"(?:left|leav(?:e|es|ing)|withdr[ae]wn?(?:al)?\sfrom|exit(?:ed|ing)?(?:\sfrom)?|ended|departure\sfrom"
    r"|no\slonger\s(?:part|a\smember)\sof)"
)
COMMISSIONING = (
    r"(?:commissioning|procurement)\s(?:framework|arrangement|consorti|strategy|partnership|hub|contract|service|group"
    r"|collaborative)"
)
BECOMES = (
    r"(?:(?<!since\s)(?<!Since\s)(?<!after\s)join(?:s|ing)?|(?<!has\s)(?<!have\s)becom(?:es?|ing)|moving\sto|move\sinto|developing"
    r"|(?:[Ww]ork|[Pp]lans|[Pp]lanning|[Pp]reparing|[Ww]orking)\sto\s\w+|(?:[Dd]evelopments?|[Pp]lans|[Pp]roposals)\sfor)"
)
ON_BEHALF = rf"on\s(?:the\s)?(?:behalf\sof\b|its\sbehalf|{OWN})"


class Frame(NamedTuple):
    """Way of saying that a thing is shared; ``needs`` says which phrases can be the thing."""

    relation: str
    pattern: re.Pattern[str]
    needs: Needs = "any"


def frame(relation: str, pattern: str, needs: Needs = "any") -> Frame:
    return Frame(relation, re.compile(pattern), needs)
