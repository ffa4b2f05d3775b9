"""Handovers: frames that say that a council has left a thing, or that an agency or another council runs it."""

from caregraph.extractors.sharing.partners import COMPANY, OWN, PARTNERS
from caregraph.extractors.sharing.patterns import (
    A_COMPANY,
    A_DUTY,
    A_TRUST,
    AN_AREA,
    ART,
    BECOMES,
    DO,
    DONE,
    ENDED,
    GAP,
    HANDED,
    IS,
    IS_SHARED,
    ITS_SERVICES,
    ITSELF,
    JOINT,
    NAMED_TRUST,
    NEAR,
    ON_BEHALF,
    PARTNER,
    RAA,
    RUNNING,
    SET_UP,
    SOME,
    TO_LEAVE,
    TO_TAKE,
    TRUST,
    WORD,
    frame,
)

LEFT = (
    frame(
        "left",
        rf"\b{TO_LEAVE}\s(?:of\s|from\s|away\sfrom\s)?(?:its\s(?:share|part|membership|subscription|involvement"
        rf"|participation|stake)\s(?:of|in|to)\s)?{ART}{IS_SHARED}(?:{JOINT}|{AN_AREA}\s){{0,2}}(?P<begins>)",
    ),
    frame(
        "left", rf"\b{TO_TAKE}\s(?:[^.;]{{0,60}}?\s)?from\s{ART}{IS_SHARED}(?:{JOINT}|{AN_AREA}\s){{0,2}}(?P<begins>)"
    ),
    frame("left", rf"\b{JOINT}(?P<begins>){NEAR}\s(?:with|between)\s{GAP}{PARTNER}\s{IS}{ENDED}\b"),
    frame("left", rf"(?P<ends>),?\s(?:with|between)\s{GAP}{PARTNER}\s{IS}{ENDED}\b"),
    frame("left", rf"{AN_AREA}\s(?P<begins>)(?:[\w-]+\s){{1,4}}?{IS}{ENDED}\b"),
    frame(
        "left",
        rf"(?P<begins>){ITS_SERVICES}\s{IS}(?:returned|brought|transferred)\s(?:back\s)?(?:to|under|into)\s"
        rf"(?:the\s)?{OWN}",
    ),
    frame("left", rf"{PARTNER}\s(?P<begins>)[^.,;:()]{{2,60}}?\s{IS}{ENDED}\b", "two councils"),
    frame(
        "left",
        r"\b(?:(?:ceased|stopped)\s(?:to\s)?(?:us(?:e|ing)|buy(?:ing)?(?:\sin)?|rely(?:ing)?\son|commission"
        r"(?:ing)?|shar(?:e|ing))|no\slonger\s(?:\w+\s)?(?:uses?|rel(?:y|ies)\son|buys?\sin|draws?\son"
        r"|depends?\son|commissions?|does\s[^.;,]{0,30}?rely\son)|[Nn]o\slonger\sdoes\s[^.;,]{0,30}?(?:use"
        r"|rely\son))"
        rf"\s{ART}(?:{PARTNER}[’']s?\s)?(?P<begins>)(?=(?:(?<=[’']s\s)|(?<=[’']\s))|[^.;,]{{2,60}}?\b(?:of|from|by"
        rf"|with)\s{PARTNERS})",
    ),
    frame(
        "left",
        r"(?P<ends>),?\s(?:which\s)?(?:was|were|has\sbeen|have\sbeen)\s(?:since\s)?(?:broken\sup|split"
        r"|disaggregated|separated|unpicked)\sinto\s(?:its|their|two|three|four|five|separate|single|local)\b",
        "operated",
    ),
    frame(
        "left",
        rf"\b(?:[Hh]aving|[Aa]fter|[Ff]ollowing|[Pp]reviously|[Ff]ormerly|[Oo]nce|used\sto|had\sbeen)\s(?:{WORD}"
        r"\s){0,4}?(?:shar(?:ed|ing|e)|pool(?:ed|ing)|joint|run|held)\s"
        rf"{ART}(?P<begins>){NEAR}\swith\s{GAP}{PARTNER}",
        "operated",
    ),
    frame(
        "left",
        r"(?P<ends>),?\s(?:which|that)?\s?had\s(?:previously\s|formerly\s|once\s)?been\s(?:an?\s)?(?:shared|joint"
        rf"|run|held|operated|provided|delivered)\s(?:\w+\s){{0,2}}?(?:with|by)\s{GAP}{PARTNER}",
        "operated",
    ),
    frame(
        "left",
        r"(?P<ends>),?\s(?:was\s|were\s)?(?:previously|formerly|once|until\s(?:\w+\s)?\d{4})\s(?:an?\s)?"
        rf"(?:shared|joint|run|held|operated|provided|delivered)\s(?:\w+\s){{0,2}}?(?:with|by)\s{GAP}{PARTNER}",
        "operated",
    ),
    frame("left", rf"{PARTNER}\sused\sto\s\w+\s{ART}(?:{ITSELF}[’']s?\s)?(?P<begins>)"),
    frame("left", rf"(?P<ends>)\s{IS}disaggregat\w+\sfrom\s"),
    frame("left", r"(?P<ends>)\s(?:was|were|has\sbeen|have\sbeen)\s(?:decommissioned|dissolved|disbanded)", "agent"),
    frame(
        "left",
        r"\b(?:[Ss]eparation|[Ss]eparating|[Pp]arting|[Ss]plit|disaggregat(?:e|ion)|decoupl\w+|disentangl\w+)\s(?:"
        rf"(?:of\s)?{ART}(?P<begins>){NEAR}\s)?from\s{GAP}{PARTNER}",
    ),
    frame("left", rf"(?P<ends>),?\s{IS}no\slonger\s(?:{DONE}|shared|hosted)\s(?:with|by)\s{GAP}{PARTNER}"),
    frame(
        "left",
        rf"(?P<ends>),?\s{IS}(?:separated|split|demerged|"
        rf"{TO_TAKE}\s(?:back\s)?(?:in[-\s]house|to\s{OWN}++)(?:\s[^.;]{{0,40}}?)?)\s(?:from|(?:provided|run"
        rf"|delivered|shared|held)\s(?:by|with))\s{GAP}{PARTNER}",
    ),
    frame(
        "left",
        rf"{PARTNER},?\s(?:has\s|have\s)?(?:ceased|stopped)\s(?:to\s\w+|\w+ing)\s{ART}(?P<begins>){NEAR}\s(?:to|for)\s",
        "operated",
    ),
)

ADOPTION = (
    frame(
        "hosts",
        rf"{ITSELF}(?:\sCouncil)?\s(?:also\s|now\s)?(?:hosts|runs|leads|manages)\s{ART}{AN_AREA}\s(?P<begins>)",
        "head",
    ),
    frame("hosts", rf"{ITSELF}\s(?:[^.;]{{0,40}}?\s)?host(?:ing)?\s{SOME}(?P<begins>){RAA}"),
    frame(
        "shares",
        rf"(?P<begins>){RAA},?\s(?:(?:of|to|in)\s)?(?:which|that)\s{ITSELF}\s(?:\w+\s)?(?:joined|formed|founded"
        r"|belongs|is\s(?:a|an|part|one)\b)",
    ),
    frame("delegated", rf"\b(?:function|responsibility|role|remit|work)\sof\s{SOME}(?P<begins>){RAA}"),
    frame(
        "joining",
        r"\b(?:[Pp]lan\w*|[Pp]repar\w+|[Pp]ropos\w+|[Ww]ork\w*|[Mm]ov\w+|[Tt]owards)\s[^.;]{0,40}"
        r"?\bregionali[sz]\w+\s(?:of\s)?(?P<begins>)",
    ),
    frame("joining", rf"\b{BECOMES}\s{SOME}(?P<begins>){RAA}"),
    frame("shares", rf"\b(?:part|members?|membership|partners?|one)\s(?:{WORD}\s){{0,3}}?of\s{SOME}(?P<begins>){RAA}"),
    frame(
        "shares",
        r"\b(?:joined|formed|launched|belongs\sto|partners?\sin|moved?\sto|to\s(?:form|create|establish"
        rf"|launch))\s{SOME}(?P<begins>){RAA}",
    ),
    frame("delegated", rf"\b(?:is|are|sits?|lies?)\s(?:now\s|currently\s)?(?:with|within)\s{SOME}(?P<begins>){RAA}"),
    frame("delegated", rf"\b{DONE}\s(?:{WORD}\s){{0,4}}?(?:through|by|via|with|from|within)\s{SOME}(?P<begins>){RAA}"),
    frame("delegated", rf"\b[Cc]ommission(?:s|ed|ing)?\s{SOME}{SOME}(?P<begins>){RAA}"),
    frame(
        "delegated",
        r"\b(?:delegat\w+|transferr?\w*|outsourced|moved|passed|subsumed|absorbed|merged|incorporated|folded"
        rf"|integrated)\s(?:{WORD}\s){{0,8}}?(?:in)?to\s{SOME}(?P<begins>){RAA}",
    ),
    frame(
        "delegated",
        rf"(?P<begins>){RAA}(?!,?\s(?:which|that)\s{ITSELF})[^.;]{{0,90}}?\s(?:{DO}|recruits?|assess(?:es)?|finds?"
        rf"|trains?)\s[^.;]{{0,120}}?\b(?:{ON_BEHALF}|(?:for|across)\s{GAP}{PARTNER})",
    ),
    frame("delegated", rf"(?P<begins>){RAA}(?:\s\([^()]*\))?,?\s{IS}(?:taken?|took|takes)\s(?:on|over)\s"),
    frame("delegated", rf"(?P<begins>){RAA}(?:\s\([^()]*\))?,?\s{IS}(?:responsible|(?:the\s)?responsibility)\sfor\s"),
    frame("shares", rf"(?P<begins>){RAA}[^.;]{{0,60}}?\s(?:to|of|in|by)\swhich\s(?:{WORD}\s){{0,2}}?{PARTNER}"),
    frame(
        "delegated",
        rf"(?P<begins>){RAA}[^.;]{{0,60}}?\sto\swhich\s[^.;]{{0,60}}?\b(?:delegat|transferr|outsourc|entrust)",
    ),
    frame("shares", rf"\bunder\sthe\s(?:umbrella|auspices|wing|banner)\sof\s{ART}(?P<begins>){RAA}"),
)

TRUSTS = (
    frame(
        "delegated",
        rf"\b(?:{A_DUTY}|{ITS_SERVICES}|[Cc]are|[Hh]elp|[Pp]rotection|[Ss]ocial\swork)\b[^.;]{{0,100}}?\b{HANDED}"
        rf"\s{ART}(?P<begins>){TRUST}",
        "agent",
    ),
    frame(
        "delegated",
        rf"(?P<begins>){COMPANY}++(?:\s\([^()]{{2,20}}\))?,?\s(?:[^.;]{{0,40}}?\s)?(?:an?\s(?:\w+\s){{0,3}}company\b"
        rf"|(?:commissioned|contracted|owned|established|set\sup|created)\sby\s(?:the\s)?{OWN}|in\s(?:the\s)?{OWN}"
        r"[’']s\s(?:shoes|place|stead)|holds\s(?:the|a)\scontract|to\swhich\s)",
        "agent",
    ),
    frame(
        "delegated",
        rf"\bdelegat\w+\s[^.;:]{{0,90}}?\bto\s(?P<begins>)(?:[A-Z{OWN}]{WORD}\s?){{2,6}}{A_COMPANY}",
        "company",
    ),
    frame("delegated", rf"\b(?:delegat|outsourc)\w+\s[^.;:]{{0,90}}?\bto\s{ART}(?P<begins>){TRUST}", "agent"),
    frame(
        "delegated",
        rf"\b{A_DUTY}\b[^.;]{{0,60}}?\b(?:transferr\w+|moved|passed|handed)\s(?:over\s)?to\s{ART}(?:new\s\w+,\s)?"
        rf"(?P<begins>){TRUST}",
        "agent",
    ),
    frame(
        "delegated",
        rf"\b(?:transferr\w+|moved|passed|handed)\s[^.;]{{0,60}}?{A_DUTY}\s(?:over\s)?to\s{ART}(?:new\s\w+,\s)?"
        rf"(?P<begins>){TRUST}",
        "agent",
    ),
    frame("delegated", rf"\b{A_DUTY}\b[^.;]{{0,60}}?\b(?:lies|rests|sits|is)\swith\s{ART}(?P<begins>){TRUST}", "agent"),
    frame(
        "delegated",
        rf"\b{ITS_SERVICES}\s(?:(?:for|in)\s[{OWN}{PARTNERS}]++\s)?{IS}{DONE}\s(?:since\s(?:\w+\s)?\d{{4}}\s)?"
        rf"(?:by|through|via)\s{ART}(?P<begins>){TRUST}",
        "agent",
    ),
    frame(
        "delegated",
        rf"\b(?:{DONE}|commissioned|{DO})\s"
        rf"(?:[^.;]{{0,60}}?\s)?\(?(?:by|from|through|via)\s{ART}(?P<begins>){COMPANY}",
        "agent",
    ),
    frame("delegated", rf"\b(?:by|from)\s{ART}(?P<begins>){TRUST}[^.;]{{0,60}}?\s(?:{ON_BEHALF}|by\s{OWN})", "agent"),
    frame(
        "delegated",
        rf"\b{DONE}\sby\s{ART}(?:{WORD}\s){{0,2}}(?:body|organisation|company|provider),\s(?P<begins>)(?:{COMPANY}"
        rf"|{NAMED_TRUST})",
        "agent",
    ),
    frame(
        "delegated",
        rf"(?P<begins>){A_TRUST}\s(?:(?:which|who|now|is|are|was|became|to|that|has|have|had"
        rf"|delegated)\s){{0,4}}{SET_UP}?(?:{DO}|responsible\sfor\s{RUNNING})\s(?:[^.;]{{0,60}}?"
        rf"(?:{ITS_SERVICES}|(?:all|statutory|the\scouncil[’']s)\s[^.;]{{0,40}}?{A_DUTY}|{ON_BEHALF})"
        rf"|services\s(?:for|to|across)\s(?:both\s)?(?:the\s)?[{OWN}{PARTNERS}])",
        "agent",
    ),
    frame(
        "delegated",
        rf"(?<![Ss]ince\sthe\s)(?<!fter\sthe\s)(?P<begins>){A_TRUST}\s(?:has\s)?t(?:ook|aken|aking)\so(?:n|ver)\s"
        rf"(?:on\s\d|[^.;]{{0,60}}?(?:{A_DUTY}|{ITS_SERVICES}))",
        "agent",
    ),
    frame(
        "delegated",
        rf"\b(?:set\sup|establish\w*|creat\w+|commission\w*)\s{ART}(?P<begins>){TRUST}[^.;]{{0,60}}?\bto\s{DO}"
        r"[^.;]{0,60}?services",
        "agent",
    ),
    frame(
        "delegated",
        rf"\b(?:set\sup|established|created)\s{ART}(?P<begins>)[A-Z]\w+[^.;]{{0,40}}?\sto\s(?:{DO}"
        rf")\s[^.;]{{0,60}}?\b{ON_BEHALF}",
        "company",
    ),
    frame(
        "delegated",
        rf"\b(?P<begins>)[A-Z]\w+,?\s(?:was|has\sbeen)\s(?:set\sup|established|created|formed)\s(?:{WORD}"
        rf"\s){{0,4}}?to\s{DO}\s[^.;]{{0,60}}?\b{ON_BEHALF}",
        "company",
    ),
)
