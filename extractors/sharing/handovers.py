"""Handovers: frames that say that a council has left a thing, or that an agency or another council runs it."""

from caregraph.extractors.sharing.partners import AREA, COMPANY, OWN, PARTNERS
from caregraph.extractors.sharing.patterns import (
    A_COMPANY,
    AN_AREA,
    ANY,
    ART,
    BECOMES,
    BOUGHT,
    COVERS,
    DO,
    DONE,
    GAP,
    IS,
    ITSELF,
    LEADS,
    LEAVES,
    NAMED_TRUST,
    NEAR,
    ON_BEHALF,
    PARTNER,
    RAA,
    SOME,
    TRUST,
    WITHIN,
    WORD,
    frame,
)

LEFT = (
    frame(
        "left",
        rf"\b(?:return|transferr|transition|mov)(?:ed|ing)\s[^.;]{{0,60}}?\bfrom\s{ART}(?P<begins>){TRUST}",
        "agent",
    ),
    frame("left", rf"(?P<ends>)\s{IS}disaggregat\w+\sfrom\s"),
    frame("left", rf"\b[Dd]isaggregation\s(?:of\s{ART}(?P<begins>)|from\s)"),
    frame("left", rf"\b[Dd]ecoupl\w+\s(?:{WORD}\s){{0,3}}?(?:shared|joint)\s(?P<begins>)"),
    frame("left", rf"\b[Dd]ecommission(?:ed|ing)?\s(?:of\s)?{ART}(?P<begins>){TRUST}", "agent"),
    frame(
        "left",
        rf"(?P<ends>),?\s(?:with|between)\s{GAP}{PARTNER}\s{IS}(?:ends?|ended|ceased|concluded|come\sto\san\send)\b",
    ),
    frame(
        "left", rf"\b(?:[Ee]nd(?:ing)?|[Tt]ermination)\sof\s{ART}(?P<begins>){NEAR}\s(?:with|between)\s{GAP}{PARTNER}"
    ),
    frame(
        "left",
        rf"\bno\slonger\s(?:jointly\s)?(?:shares?|has|uses?|runs?)\s{ART}(?P<begins>){NEAR}\swith\s{GAP}{PARTNER}",
    ),
    frame(
        "left",
        rf"\b(?:[Ss]hared|[Jj]oint)\s(?P<begins>){NEAR}\swith\s{GAP}{PARTNER}\s{IS}(?:dissolved|disbanded|ended|separated|split|closed)\b",
    ),
    frame("left", rf"\bin[-\s]house\b[^.;]{{0,40}}?\sfrom\s{ART}(?:shared|joint)\s(?P<begins>)"),
    frame("left", rf"(?P<ends>),?\s{IS}(?:separated|split|demerged)\sfrom\s{GAP}{PARTNER}"),
    frame("left", r"(?P<ends>)\s(?:was|were|has\sbeen|have\sbeen)\s(?:decommissioned|dissolved|disbanded)", "agent"),
    frame("left", rf"\bmoved\s(?:away\s)?from\s{ART}(?:joint|shared)\s(?P<begins>){WITHIN}\swith\s{GAP}{PARTNER}"),
    frame("left", rf"\bmoved\s(?:away\s)?from\s{ART}{AN_AREA}\s(?P<begins>)"),
    frame(
        "left",
        rf"\b{LEAVES}\s(?:(?:the|a|its|of|shared|joint)\s|{AN_AREA}\s){{1,3}}(?P<begins>)(?=(?:{WORD}\s){{0,4}}?"
        rf"(?:consorti|regional|alliance|{AREA}|(?:services?|partnership|hub|team|board|panel|unit|scheme)\swith\s{PARTNERS}|arrangements?\swith\s{PARTNERS}))",
    ),
)

ADOPTION = (
    frame(
        "hosts",
        rf"{ITSELF}(?:\sCouncil)?\s(?:also\s|now\s)?(?:hosts|runs|leads|manages)\s{ART}{AN_AREA}\s(?P<begins>)",
        "head",
    ),
    frame("hosts", rf"(?P<begins>){RAA},?\s(?:which|that)\s{ITSELF}\s(?:also\s|now\s)?hosts\b"),
    frame("hosts", rf"(?:{ITSELF}(?:\sCouncil)?|\bwhich)\s(?:also\s|now\s)?hosts\s{SOME}(?P<begins>){RAA}"),
    frame("joining", rf"\b{BECOMES}\s{SOME}(?P<begins>){RAA}"),
    frame("shares", rf"\b(?:part|members?|membership|partners?|one)\s(?:{WORD}\s){{0,3}}?of\s{SOME}(?P<begins>){RAA}"),
    frame(
        "shares",
        rf"\b(?:joined|formed|launched|belongs\sto|moved?\sto|to\s(?:form|create|establish|launch))\s{SOME}(?P<begins>){RAA}",
    ),
    frame("shares", rf"{PARTNER}[^.;]{{0,40}}?\s(?:in|within|through|via|as)\s{ART}(?P<begins>){RAA}"),
    frame("shares", rf"(?P<begins>){RAA}[^.;]{{0,60}}?\s{COVERS}\s{GAP}{ANY}"),
    frame("delegated", rf"\b(?:is|are|sits?|lies?)\s(?:now\s|currently\s)?(?:with|within)\s{SOME}(?P<begins>){RAA}"),
    frame("delegated", rf"\b{DONE}\s(?:{WORD}\s){{0,4}}?(?:through|by|via|with|from|within)\s{SOME}(?P<begins>){RAA}"),
    frame("delegated", rf"\b[Cc]ommission(?:s|ed|ing)?\s{SOME}{SOME}(?P<begins>){RAA}"),
    frame(
        "delegated",
        rf"\b(?:delegat\w+|transferr?\w*|outsourced|moved|passed)\s(?:{WORD}\s){{0,8}}?to\s{SOME}(?P<begins>){RAA}",
    ),
    frame(
        "delegated",
        rf"(?P<begins>){RAA}[^.;]{{0,90}}?\s{DO}\s[^.;]{{0,120}}?\b(?:{ON_BEHALF}|(?:for|across)\s{GAP}{PARTNER})",
    ),
    frame("delegated", rf"\b(?:agreement|contract)\s(?:\w+\s){{0,2}}?with\s{SOME}(?P<begins>){RAA}"),
    frame("delegated", rf"\b[Rr]esponsib\w+\s[^.;]{{0,60}}?\b(?:lies|rests|sits|is)\swith\s{SOME}(?P<begins>){RAA}"),
)

DELEGATED = (
    frame(
        "delegated",
        rf"\bdelegat(?:ed|es|e|ing|ion)\s[^.;:]{{0,90}}?\bto\s(?P<begins>)(?:[A-Z{OWN}]{WORD}\s?){{2,6}}{A_COMPANY}",
        "company",
    ),
    frame("delegated", rf"\bdelegat(?:ed|es|e|ing|ion)\s[^.;:]{{0,90}}?\bto\s{ART}(?P<begins>){TRUST}", "agent"),
    frame(
        "delegated",
        rf"\b{DONE}\s(?:{WORD}\s){{0,4}}?by\s{ART}(?P<begins>){TRUST}[^.;]{{0,60}}?\s{ON_BEHALF}",
        "agent",
    ),
    frame("delegated", rf"\bby\s{ART}(?P<begins>){TRUST}[^.;]{{0,60}}?\s{ON_BEHALF}", "agent"),
    frame(
        "delegated",
        rf"\b(?:[Ss]ervices?|[Ff]unctions?|[Rr]esponsibilit\w+)\s[^.;]{{0,60}}?(?:transferr\w+|moved|passed|handed)\s(?:over\s)?to\s{ART}"
        rf"(?P<begins>){TRUST}",
        "agent",
    ),
    frame("delegated", rf"\b{ON_BEHALF}[^.;]{{0,60}}?\sby\s{ART}(?P<begins>){TRUST}", "agent"),
    frame(
        "delegated",
        rf"(?P<begins>)(?:{COMPANY}++|{NAMED_TRUST})(?:\s\([^()]{{2,20}}\))?,?\s(?:which\s)?(?:now\s)?{DO}\s"
        r"(?:all|children[’']s|social|statutory|most|the\scouncil[’']s)\s[^.;]{0,40}?(?:services|functions)",
        "agent",
    ),
    frame(
        "delegated",
        rf"(?P<begins>)(?:{COMPANY}++|{NAMED_TRUST})[^.;]{{0,60}}?\s{DO}\s[^.;]{{0,120}}?"
        rf"\b{ON_BEHALF}",
        "agent",
    ),
    frame("delegated", rf"\b{DONE}\s(?:{WORD}\s){{0,4}}?by\s{ART}(?P<begins>){COMPANY}", "agent"),
    frame(
        "delegated",
        rf"\b(?:set\sup|establish(?:ed|ing)?|creat(?:ed|ing))\s{ART}(?P<begins>){TRUST}[^.;]{{0,60}}?\bto\s{DO}[^.;]{{0,60}}?services",
        "agent",
    ),
    frame("hosts", rf"(?P<ends>),?\s(?:which|that)\s{ITSELF}\s(?:also\s|now\s)?hosts\b"),
    frame("hosts", rf"(?P<ends>),?\s{IS}hosted\sby\s(?:the\s)?{ITSELF}"),
    frame("hosted", rf"(?P<ends>),?\s{IS}hosted\s(?:\w+\s){{0,2}}?by\s{GAP}{PARTNER}"),
    frame(
        "hosts",
        rf"(?P<ends>),?\s{IS}led\sby\s{ITSELF}\s[^.;]{{0,40}}?(?:on\sbehalf\sof|for)\s{GAP}{PARTNER}",
        "structure",
    ),
    frame(
        "hosts",
        rf"(?P<ends>),?\s(?:which|that)\s{ITSELF}\s(?:also\s|now\s)?{LEADS}\s(?:on\sbehalf\sof|for)\s{GAP}{PARTNER}",
    ),
    frame("hosted", rf"(?P<ends>),?\s{IS}led\sby\s{GAP}{PARTNER}\s[^.;]{{0,40}}?on\s(?:behalf\sof|{OWN})", "structure"),
    frame("hosted", rf"(?P<ends>),?\s(?:which|that)\s{PARTNER}\s(?:also\s|now\s)?{LEADS}\s(?:on\sbehalf\sof|for)\b"),
    frame(
        "hosts",
        rf"{ITSELF}\s(?:is|acts\sas|has\sbeen)\s(?:the\s)?(?:lead|host)\s(?:authority|council|borough)?\s?(?:for|of)\s{ART}"
        r"(?P<begins>)",
        "structure",
    ),
    frame(
        "hosted",
        rf"{PARTNER}\s(?:is|acts\sas|has\sbeen|being)\s(?:the\s)?(?:lead|host)\s(?:authority|council|borough)?\s?(?:for|of)\s"
        rf"{ART}(?P<begins>)",
        "structure",
    ),
    frame("hosts", rf"{ITSELF}\s(?:also\s|now\s)?{LEADS}\s{ART}(?P<begins>){WITHIN}\son\sbehalf\sof\s{GAP}{PARTNER}"),
    frame(
        "hosts",
        rf"{ITSELF}\s(?:also\s|now\s)?hosts\s{ART}(?P<begins>){WITHIN}\s(?:for|on\sbehalf\sof|with)\s{GAP}{PARTNER}",
    ),
    frame("hosts", rf"{ITSELF}\s(?:also\s|now\s)?{DO}\s{ART}(?P<begins>){WITHIN}\son\sbehalf\sof\s{GAP}{PARTNER}"),
    frame(
        "delegated",
        rf"(?P<ends>),?\s{IS}(?:commissioned\sand\s)?{DONE}\s(?:(?:to|for|on\sbehalf\sof)\s{ITSELF}\s)?(?:\w+\s){{0,3}}?by\s"
        rf"(?:\w+\s){{0,2}}?{PARTNER}",
    ),
    frame(
        "delegated",
        rf"\b(?:commission|purchas|buy|procur|contract|obtain)\w*\s(?:in\s)?{ART}(?P<begins>){WITHIN}\s(?:from|to)\s{ART}{PARTNER}",
    ),
    frame(
        "delegated",
        rf"\bagreements?\s[^.;:]{{0,60}}?\bwith\s{GAP}{PARTNER}[^.;:]{{0,40}}?\b{DO}\s(?:{ART}significant\spart\sof\s)?{ART}"
        r"(?P<begins>)",
    ),
    frame(
        "delegated",
        rf"{PARTNER},?\s(?:(?:which|who|that|to|also|now|currently)\s){{0,3}}{DO}\s{ART}(?P<begins>){WITHIN}\s"
        rf"(?:on\sbehalf\sof|for|to)\s{ITSELF}",
    ),
    frame("delegated", rf"\bagreement\s[^.;:]{{0,60}}?\bwith\s{GAP}{PARTNER}"),
    frame("delegated", rf"(?P<ends>),?\s{IS}(?:contracted|outsourced|subcontracted)(?:\sout)?\sto\s{ART}{PARTNER}"),
    frame("delegated", rf"(?P<ends>),?\s{IS}{BOUGHT}\s(?:in\s)?from\s{ART}{PARTNER}"),
    frame("delegated", rf"(?P<ends>),?\s{IS}accessed\s(?:through|from|via)\s{ART}{PARTNER}", "head"),
)
