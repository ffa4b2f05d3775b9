"""Roles: frames that say who runs a thing, for whom, and who uses it or belongs to it.

A role is a class of verbs, so that 'lends', 'lays on' and 'administers' say the same as 'provides'.
"""

from caregraph.extractors.sharing.partners import NAMED_AREA
from caregraph.extractors.sharing.patterns import (
    ALL,
    ANY,
    ART,
    DONE,
    GAP,
    IS,
    ITS_SERVICES,
    ITSELF,
    JOINT,
    NEAR,
    PARTNER,
    TO_BUY,
    TO_DO,
    TO_MAKE,
    TO_SHARE,
    WORD,
    frame,
)

_RUNS = (
    rf"(?:{TO_DO}|employ(?:s|ed|ing)?|l(?:ays?|aid|aying)\son|l(?:ends?|ent|ending)|loan(?:s|ed|ing)?|sells?|sold"
    r"|selling"
    r"|co-?ordinat(?:es?|ed|ing)|organis(?:es?|ed|ing)|perform(?:s|ed|ing)?|discharg(?:es?|ed|ing)|cover(?:s|ing)?"
    r"|led|ran|host(?:ed|ing)"
    r"|keeps?|takes?|answers?|responds?\sto|deals?\swith)"
)
_USES = (
    r"(?:uses?|using|borrow(?:s|ed|ing)?|rel(?:y|ies|ied|ying)\s(?:up)?on|depend(?:s|ed|ing)?\s(?:up)?on"
    r"|piggy-?backs?\son|taps?\sinto|buys?\s(?:in|into)|buying\sinto|bought\sinto"
    r"|hir(?:es?|ed)|rent(?:s|ed)?|subscrib(?:es?|ed)\sto|(?:is|are|was|were)\s(?:served|covered)\sby"
    r"|makes?\suse\sof|contracts?\sin)"
)
_OWNS = (
    rf"(?:{TO_SHARE}|co-\w+|runs?|operates?|owns?|us(?:e|ing)|funds?|finances?|bankrolls?|underwrites?|leases?"
    r"|maintains?|staffs?|resources?|employs?|hosts?"
    r"|keeps?|draws?\son|rel(?:y|ies)\son|contributes?\sto|subscribes?\sto|belongs?\sto|pay\sfor|signed|(?:are"
    r"|is)\s(?:all\s)?(?:the\s)?(?:members?|part(?:ners|ies|y)?|signatories|co-signatories|shareholders)\s(?:of|in"
    r"|to))"
)
_HAS = (
    r"(?:(?:also|now|currently|still|already|itself|both|each|all|jointly|together|has|have|had|been|to|will|continues?"
    r"|continued|agreed|recently|itself)\s){0,5}"
)
_FOR = rf"(?:for|to|on\sbehalf\sof)\s(?:itself,?\s(?:and\s)?)?(?:as\swell\sas\s)?{ALL}"
_THE_REST = r"(?:the\s(?:rest|others|two|three|four|five|six)|all\s(?:two|three|four|five|six|of\sthem)|both)\b"

# Who runs a thing, and for whom.
RUNS = (
    frame(
        "hosts",
        rf"(?P<ends>),?\s(?:which|that)?\s?(?:lends|devotes|reserves|sells)\s[^.,;]{{1,60}}?\s(?:to|for)\s{PARTNER}",
        "operated",
    ),
    frame(
        "shares",
        rf"(?P<ends>),?\s(?:which|that)\s(?:{ITSELF}|it)\s{_HAS}(?:{_RUNS}|{TO_MAKE}|{TO_SHARE})\s(?:and\s\w+\s)?"
        rf"(?:{WORD}\s){{0,3}}?(?:with|alongside)\s{GAP}{PARTNER}",
    ),
    frame("hosts", rf"{ITSELF}\s{_HAS}{_RUNS}\s{ART}(?P<begins>){NEAR}\s{_FOR}{GAP}{ANY}", "operated"),
    frame("hosts", rf"(?P<ends>),?\s(?:which|that)\s{ITSELF}\s{_HAS}{_RUNS}\s{_FOR}{ANY}", "operated"),
    frame("hosts", rf"(?P<ends>),?\s{IS}{_RUNS}\sby\s(?:the\s)?{ITSELF}\s{_FOR}{GAP}{ANY}", "operated"),
    frame(
        "hosts",
        rf"{ITSELF}[’']s?\s(?P<begins>)[^.,;:()]{{2,60}}?\salso\s\w+\s[^.,;]{{0,40}}?\bfor\s(?:the\s)?{PARTNER}",
        "operated",
    ),
    frame(
        "hosts",
        rf"(?P<ends>)\s(?:does|do)\s(?:this|so|the\ssame|it)\sfor\s(?:those\s(?:of|in)\s)?{PARTNER}",
        "operated",
    ),
    frame(
        "delegated",
        rf"(?P<ends>),?\s(?:which|that)\s{PARTNER}\s{_HAS}{_RUNS}\s(?:for|on\sbehalf\sof)\s(?:{ITSELF}|{_THE_REST})",
    ),
    frame(
        "delegated",
        rf"(?P<ends>),?\s{IS}{_RUNS}\sby\s{PARTNER}\s(?:for|on\sbehalf\sof)\s(?:itself|{ITSELF}|{_THE_REST})",
    ),
    frame(
        "hosted",
        rf"(?P<ends>)[’']s?\s(?:host|lead)(?:\s(?:authority|council|borough))?(?:,|\sis)\s{PARTNER}",
        "operated",
    ),
    frame(
        "hosted",
        rf"{PARTNER},?\s(?:\w+\s){{0,2}}?as\s(?:the\s|its\s)?(?:host|lead(?=\s(?:authority|council)))",
        "operated",
    ),
)

# Who uses what another council runs.
USES = (
    frame(
        "delegated",
        rf"\b(?:(?:{_RUNS}|{DONE}|met|answered|handled|taken|picked\sup|available|obtained|sourced|drawn)\s(?:by"
        rf"|through|via|from)|c[ao]mes?\sfrom)\s{ART}{PARTNER}[’']s?\s(?P<begins>)",
        "operated",
    ),
    frame(
        "delegated",
        rf"(?P<begins>){ITS_SERVICES}[^.,;]{{0,60}}?\s{IS}(?:a\smatter\sfor|in\sthe\shands\sof|"
        rf"(?:the\s)?responsibility\sof|(?:{TO_DO}|discharged)\sby)\s{PARTNER}",
    ),
    frame("delegated", rf"\b(?<!longer\s){_USES}\s{ART}{PARTNER}[’']s?\s(?P<begins>)", "operated"),
    frame(
        "delegated",
        r"\b(?:rel(?:y|ies|ied|ying)\s(?:up)?on|depend(?:s|ed)?\s(?:up)?on|looks?\sto|turns?\sto|contract(?:s"
        rf"|ed)?\swith)\s{PARTNER}\sfor\s{ART}(?P<begins>)",
    ),
    frame(
        "delegated",
        rf"(?P<ends>),?\s{IS}(?:on\sloan|borrowed|leased|hired|rented|seconded|supplied|bought(?:\sin)?)\s(?:in\s)?"
        rf"(?:from|by)\s{ART}{PARTNER}",
        "operated",
    ),
)

# Who has a thing together.
HAVE = (
    frame(
        "shares",
        rf"\b(?:{TO_SHARE}|runs?|operates?|owns?|funds?)\s(?:jointly\s)?with\s{GAP}{PARTNER}\s(?:an?|the|its"
        rf"|one)\s{JOINT}?(?P<begins>)",
    ),
    frame(
        "shares",
        rf"{PARTNER}[’']s?\s(?P<begins>)[^.,;:()]{{2,60}}?\s(?:(?:have|has|were|are|was|being|been)\s){{0,3}}"
        r"(?:merged|combined|amalgamated|fused|pooled|unified)\b",
        "counted",
    ),
    frame(
        "shares",
        rf"{PARTNER},?\s{_HAS}(?:clubbed|joined\sforces|joined|come|came|teamed|banded|grouped|worked|acted)\s(?:"
        rf"(?:together|up|with\s[^.,;]{{2,40}}?)\s)?to\s\w+(?:\s(?:and\s\w+|up))?\s{ART}{JOINT}?(?P<begins>)",
        "counted",
    ),
    frame(
        "commissions-jointly",
        rf"(?P<ends>),?\s{IS}(?:{TO_BUY}|(?:re-?)?(?:let|tendered))\s(?:[^.;]{{0,60}}?\s)?(?:by|for)\s{ALL}{PARTNER}",
        "counted",
    ),
    frame(
        "commissions-jointly",
        rf"\b(?:procurement|commissioning|purchase|tendering)\s(?:jointly\s)?with\s{PARTNER}\sof\s{ART}(?P<begins>)",
    ),
    frame("shares", rf"(?P<ends>),?\s(?:which|that)\s{PARTNER},?\s{_HAS}{_OWNS}\b", "counted"),
    frame("shares", rf"{ANY},?\s{_HAS}co-\w+\s{ART}{JOINT}?(?P<begins>)", "head"),
    frame(
        "shares",
        rf"{PARTNER}[’']s?\s(?:joint\s|shared\s)?(?:agreement|decision|plans?|commitment)\sto\s\w+\s{ART}(?:one\s"
        rf"|single\s|{JOINT})?(?P<begins>)",
        "counted",
    ),
    frame("shares", rf"{NAMED_AREA}++\s{ANY}[’']\s(?P<begins>)", "operated"),
    frame(
        "shares",
        rf"(?P<ends>),?\s(?:to|of|in|under|through|by|between|among|on)\swhich\s(?:{WORD}\s){{0,2}}?{PARTNER}",
        "operated",
    ),
    frame(
        "shares",
        rf"{ANY}\s(?:which|that|who)\s(?:together\s)?(?:make\sup|form|constitute|comprise|own|fund|run|share"
        rf"|belong\sto|are\s(?:part|members)\sof)\s{ART}(?P<begins>)",
        "operated",
    ),
    frame(
        "shares",
        rf"{PARTNER},?\s(?:who\s|which\s)?{_HAS}{_OWNS}\s{ART}(?:{JOINT}|one\s|single\s){{0,2}}(?P<begins>)",
        "counted",
    ),
    frame(
        "shares",
        rf"(?P<ends>)\s(?:also\s|is\s)?(?:answer(?:s|able)?|reports?|accountable)\sto\s(?:{WORD},?\s){{0,3}}?{PARTNER}",
        "counted operated",
    ),
    frame(
        "shares",
        rf"\b(?:[Oo]ne|[Ss]ame)\s(?P<begins>){NEAR}\s(?:for|serv\w+|across|cover\w*|between)\s{ALL}{PARTNER}",
        "counted operated",
    ),
    frame(
        "shares",
        rf"\b[Rr]eciprocal\s(?P<begins>)(?:pact|agreement|scheme|protocol|rota|deal)\s(?:with|between|among)\s{GAP}"
        rf"{PARTNER}",
    ),
    frame(
        "shares",
        rf"\b(?:graft|merg|amalgamat|combin|integrat|fus|align)\w*\s(?:of\s)?{ART}(?P<begins>){NEAR}\s(?:with|onto"
        rf"|into|to|and)\s(?:that|those|the\sequivalent|its\scounterpart)\s(?:of|in)\s{PARTNER}",
    ),
    frame("shares", rf"\bsame\s(?:post|role|job|position|function)\s(?:in|for|at|with)\s{PARTNER}", "head"),
    frame(
        "shares",
        r"(?P<ends>),?\swhose\s\w+\s(?:is|are)\salso\s(?:accountable|answerable|responsible)\s(?:to|for"
        rf"|in)\s{PARTNER}",
        "head",
    ),
    frame(
        "shares",
        rf"{ITSELF}\s{_HAS}(?:re-?)?(?:joined|admitted\sto|part\sof)\s{ART}(?P<begins>)(?=[{NAMED_AREA}A-Z])",
        "operated",
    ),
    frame(
        "joining",
        rf"{ITSELF}\s[^.;,]{{0,40}}?\bto\s(?:enter|(?:re-?)?join|be(?:come)?\s(?:a\s)?(?:part|member)\sof)\s{ART}"
        r"(?P<begins>)",
        "operated",
    ),
    # Where the own council is listed with others, most of what is said of a service is said of one of them all.
    frame("shares", rf"\b(?:for|in|across|between|to|of|by|both|at)\s(?:the\s)?{PARTNER}", "ours"),
)
