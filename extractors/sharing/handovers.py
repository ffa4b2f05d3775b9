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
        rf"\b{TO_LEAVE}\s(?:of\s|from\s|away\sfrom\s)?{ART}{IS_SHARED}(?:{JOINT}|{AN_AREA}\s){{0,2}}(?P<begins>)",
    ),
    frame(
        "left", rf"\b{TO_TAKE}\s(?:[^.;]{{0,60}}?\s)?from\s{ART}{IS_SHARED}(?:{JOINT}|{AN_AREA}\s){{0,2}}(?P<begins>)"
    ),
    frame("left", rf"\b{JOINT}(?P<begins>){NEAR}\s(?:with|between)\s{GAP}{PARTNER}\s{IS}{ENDED}\b"),
    frame("left", rf"(?P<ends>),?\s(?:with|between)\s{GAP}{PARTNER}\s{IS}{ENDED}\b"),
    frame("left", rf"{AN_AREA}\s(?P<begins>)(?:[\w-]+\s){{1,4}}?{IS}{ENDED}\b"),
    frame(
        "left",
        rf"(?P<begins>){ITS_SERVICES}\s{IS}(?:returned|brought|transferred)\s(?:back\s)?(?:to|under|into)\s(?:the\s)?{OWN}",
    ),
    frame("left", rf"\bcontract\swith\s{ART}(?P<begins>){TRUST}[^.;]{{0,40}}?\s{IS}{ENDED}\b"),
    frame("left", rf"(?P<ends>)\s{IS}disaggregat\w+\sfrom\s"),
    frame("left", r"(?P<ends>)\s(?:was|were|has\sbeen|have\sbeen)\s(?:decommissioned|dissolved|disbanded)", "agent"),
    frame("left", rf"\b[Ss]eparation\s(?:of\s{ART}(?P<begins>){NEAR}\s)?from\s{GAP}{PARTNER}"),
    frame("left", rf"(?P<ends>),?\s{IS}no\slonger\s(?:{DONE}|shared|hosted)\s(?:with|by)\s{GAP}{PARTNER}"),
    frame(
        "left",
        rf"(?P<ends>),?\s{IS}(?:separated|split|demerged|"
        rf"{TO_TAKE}\s(?:back\s)?(?:in[-\s]house|to\s{OWN}++)(?:\s[^.;]{{0,40}}?)?)\sfrom\s{GAP}{PARTNER}",
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
        rf"(?P<begins>){RAA},?\s(?:(?:of|to|in)\s)?(?:which|that)\s{ITSELF}\s(?:\w+\s)?(?:joined|formed|founded|belongs|is\s(?:a|an|part|one)\b)",
    ),
    frame("delegated", rf"\b(?:function|responsibility|role|remit|work)\sof\s{SOME}(?P<begins>){RAA}"),
    frame(
        "joining",
        r"\b(?:[Pp]lan\w*|[Pp]repar\w+|[Pp]ropos\w+|[Ww]ork\w*|[Mm]ov\w+|[Tt]owards)\s[^.;]{0,40}?\bregionali[sz]\w+\s(?:of\s)?(?P<begins>)",
    ),
    frame("joining", rf"\b{BECOMES}\s{SOME}(?P<begins>){RAA}"),
    frame("shares", rf"\b(?:part|members?|membership|partners?|one)\s(?:{WORD}\s){{0,3}}?of\s{SOME}(?P<begins>){RAA}"),
    frame(
        "shares",
        rf"\b(?:joined|formed|launched|belongs\sto|partners?\sin|moved?\sto|to\s(?:form|create|establish|launch))\s{SOME}(?P<begins>){RAA}",
    ),
    frame("delegated", rf"\b(?:is|are|sits?|lies?)\s(?:now\s|currently\s)?(?:with|within)\s{SOME}(?P<begins>){RAA}"),
    frame("delegated", rf"\b{DONE}\s(?:{WORD}\s){{0,4}}?(?:through|by|via|with|from|within)\s{SOME}(?P<begins>){RAA}"),
    frame("delegated", rf"\b[Cc]ommission(?:s|ed|ing)?\s{SOME}{SOME}(?P<begins>){RAA}"),
    frame(
        "delegated",
        rf"\b(?:delegat\w+|transferr?\w*|outsourced|moved|passed)\s(?:{WORD}\s){{0,8}}?to\s{SOME}(?P<begins>){RAA}",
    ),
    frame(
        "delegated",
        rf"(?P<begins>){RAA}(?!,?\s(?:which|that)\s{ITSELF})[^.;]{{0,90}}?\s(?:{DO}|recruits?|assess(?:es)?|finds?|trains?)\s[^.;]{{0,120}}?\b(?:{ON_BEHALF}|(?:for|across)\s{GAP}{PARTNER})",
    ),
    frame("delegated", rf"\b[Rr]esponsib\w+\s[^.;]{{0,60}}?\b(?:lies|rests|sits|is)\swith\s{SOME}(?P<begins>){RAA}"),
    frame("delegated", rf"(?P<begins>){RAA}(?:\s\([^()]*\))?,?\s{IS}(?:taken?|took|takes)\s(?:on|over)\s"),
    frame("delegated", rf"(?P<begins>){RAA}(?:\s\([^()]*\))?,?\s{IS}(?:responsible|(?:the\s)?responsibility)\sfor\s"),
)

TRUSTS = (
    frame(
        "delegated",
        rf"\bdelegat\w+\s[^.;:]{{0,90}}?\bto\s(?P<begins>)(?:[A-Z{OWN}]{WORD}\s?){{2,6}}{A_COMPANY}",
        "company",
    ),
    frame("delegated", rf"\b(?:delegat|outsourc)\w+\s[^.;:]{{0,90}}?\bto\s{ART}(?P<begins>){TRUST}", "agent"),
    frame(
        "delegated",
        rf"\b{A_DUTY}\b[^.;]{{0,60}}?\b(?:transferr\w+|moved|passed|handed)\s(?:over\s)?to\s{ART}(?:new\s\w+,\s)?(?P<begins>){TRUST}",
        "agent",
    ),
    frame(
        "delegated",
        rf"\b(?:transferr\w+|moved|passed|handed)\s[^.;]{{0,60}}?{A_DUTY}\s(?:over\s)?to\s{ART}(?:new\s\w+,\s)?(?P<begins>){TRUST}",
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
    frame("delegated", rf"\b{ON_BEHALF}[^.;]{{0,60}}?\sby\s{ART}(?P<begins>){TRUST}", "agent"),
    frame(
        "delegated",
        rf"\b{DONE}\sby\s{ART}(?:{WORD}\s){{0,2}}(?:body|organisation|company|provider),\s(?P<begins>)(?:{COMPANY}|{NAMED_TRUST})",
        "agent",
    ),
    frame(
        "delegated",
        rf"(?P<begins>){A_TRUST}\s(?:(?:which|now|is|was|became|to)\s){{0,2}}{SET_UP}?(?:{DO}|responsible\sfor\s{RUNNING})\s(?:[^.;]{{0,60}}?"
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
        rf"\b(?:set\sup|establish\w*|creat\w+|commission\w*)\s{ART}(?P<begins>){TRUST}[^.;]{{0,60}}?\bto\s{DO}[^.;]{{0,60}}?services",
        "agent",
    ),
    frame(
        "delegated",
        rf"\b(?:set\sup|established|created)\s{ART}(?P<begins>)[A-Z]\w+[^.;]{{0,40}}?\sto\s(?:{DO})\s[^.;]{{0,60}}?\b{ON_BEHALF}",
        "company",
    ),
    frame(
        "delegated",
        rf"\b(?P<begins>)[A-Z]\w+,?\s(?:was|has\sbeen)\s(?:set\sup|established|created|formed)\s(?:{WORD}\s){{0,4}}?to\s{DO}\s[^.;]{{0,60}}?\b{ON_BEHALF}",
        "company",
    ),
)
