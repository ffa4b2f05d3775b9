"""Handovers: frames that say that a council has left a thing, or that an agency or another council runs it."""

from caregraph.extractors.sharing.partners import AREA, COMPANY, OWN, PARTNERS
from caregraph.extractors.sharing.patterns import (
    A_COMPANY,
    A_LEAD,
    A_TRUST,
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
    ITS_SERVICES,
    ITSELF,
    LEADS,
    LEAVES,
    NAMED_TRUST,
    NEAR,
    ON_BEHALF,
    PARTNER,
    RAA,
    RUNNING,
    SOME,
    TRUST,
    WITHIN,
    WORD,
    frame,
)

LEFT = (
    frame(
        "left",
        rf"\b(?:taken|brought|moved|returned|transferred|withdr[ae]wn?|left)\s(?:[^.;]{{0,60}}?\s)?from\s{ART}(?P<begins>){RAA}",
    ),
    frame(
        "left",
        rf"\b(?:[Rr]eturn|[Tt]ransferr?|[Tt]ransition|[Mm]ov)(?:ed|ing|e|s)?\s[^.;]{{0,60}}?\bfrom\s{ART}(?P<begins>){TRUST}",
        "agent",
    ),
    frame("left", rf"(?P<ends>)\s{IS}disaggregat\w+\sfrom\s"),
    frame("left", rf"\b[Dd]isaggregation\s(?:of\s{ART}(?P<begins>)|from\s)"),
    frame("left", rf"\b[Dd]ecoupl\w+\s(?:{WORD}\s){{0,3}}?(?:shared|joint)\s(?P<begins>)"),
    frame("left", rf"\b[Dd]ecommission(?:ed|ing)?\s(?:of\s)?{ART}(?P<begins>){TRUST}", "agent"),
    frame(
        "left",
        rf"(?P<ends>),?\s(?:with|between)\s{GAP}{PARTNER}\s{IS}(?:ends?|ended|ceased|concluded|(?:come|came)\sto\san\send)\b",
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
        rf"\b(?:[Ss]hared|[Jj]oint)\s(?P<begins>){NEAR}\swith\s{GAP}{PARTNER}\s{IS}(?:dissolved|disbanded|ended|separated|split|closed|ceased|(?:come|came)\sto\san\send)\b",
    ),
    frame("left", rf"\bin[-\s]house\b[^.;]{{0,40}}?\sfrom\s{ART}(?:shared|joint)\s(?P<begins>)"),
    frame("left", rf"(?P<ends>),?\s{IS}(?:separated|split|demerged)\sfrom\s{GAP}{PARTNER}"),
    frame("left", r"(?P<ends>)\s(?:was|were|has\sbeen|have\sbeen)\s(?:decommissioned|dissolved|disbanded)", "agent"),
    frame("left", rf"\bmoved\s(?:away\s)?from\s{ART}(?:joint|shared)\s(?P<begins>){WITHIN}\swith\s{GAP}{PARTNER}"),
    frame("left", rf"\bmoved\s(?:away\s)?from\s{ART}{AN_AREA}\s(?P<begins>)"),
    frame(
        "left",
        r"\b(?:left|leaves|leaving|withdrew\sfrom|withdrawn\sfrom|withdrawal\sfrom|exited|ceased|ended|ending|dissolved|terminated)\s(?:the|its|their|a)\s"
        r"(?:shared|joint)\s(?P<begins>)",
        "head",
    ),
    frame(
        "left",
        r"\b(?:[Tt]ermination|[Dd]issolution|[Ee]nd(?:ing)?)\sof\s(?:the\s|its\s)?(?:shared|joint)\s(?P<begins>)",
        "head",
    ),
    frame("left", rf"\b[Ss]eparation\s(?:of\s{ART}(?P<begins>){NEAR}\s)?from\s{GAP}{PARTNER}"),
    frame("left", rf"(?P<ends>),?\s{IS}no\slonger\s(?:{DONE}|shared|hosted)\s(?:with|by)\s{GAP}{PARTNER}"),
    frame(
        "left",
        rf"(?P<ends>),?\s{IS}(?:brought|taken|moved|returned|transferred)\s(?:back\s)?(?:in[-\s]house|to\s{OWN}++)\s[^.;]{{0,40}}?"
        rf"\bfrom\s{GAP}{PARTNER}",
    ),
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
    frame("hosts", rf"{ITSELF}\s(?:[^.;]{{0,40}}?\s)?host(?:ing)?\s{SOME}(?P<begins>){RAA}"),
    frame(
        "shares",
        rf"(?P<begins>){RAA},?\s(?:which|that)\s{ITSELF}\s(?:\w+\s)?(?:joined|formed|founded|belongs|is\s(?:a|an|part|one)\b)",
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
        rf"(?:new\s\w+,\s)?(?P<begins>){TRUST}",
        "agent",
    ),
    frame("delegated", rf"\b{ON_BEHALF}[^.;]{{0,60}}?\sby\s{ART}(?P<begins>){TRUST}", "agent"),
    frame(
        "delegated",
        rf"\b(?:transferr(?:ed|ing)|moved|passed|handed)\s[^.;]{{0,80}}?(?:services|functions|responsib\w+|care)\s(?:over\s)?to\s{ART}"
        rf"(?P<begins>){TRUST}",
        "agent",
    ),
    frame(
        "delegated",
        rf"\bcommission(?:s|ed)?\s{ART}(?P<begins>){TRUST}[^.;]{{0,60}}?\bto\s{DO}[^.;]{{0,60}}?services",
        "agent",
    ),
    frame(
        "delegated",
        rf"(?P<begins>){A_TRUST}\s(?:which\s)?(?:now\s)?{DO}\s(?:(?:all|children[’']s|social|statutory|most|the\scouncil[’']s)\s"
        rf"[^.;]{{0,40}}?(?:services|functions)|services\s(?:for|to|across)\s(?:both\s)?(?:the\s)?[{OWN}{PARTNERS}])",
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
        rf"\b{DONE}\sby\s{ART}(?:{WORD}\s){{0,2}}(?:body|organisation|company|provider),\s(?P<begins>)(?:{COMPANY}|{NAMED_TRUST})",
        "agent",
    ),
    frame(
        "delegated",
        rf"\b(?:set\sup|established|created)\s{ART}(?P<begins>)[A-Z]\w+[^.;]{{0,40}}?\sto\s(?:{DO})\s[^.;]{{0,60}}?\b{ON_BEHALF}",
        "company",
    ),
    frame(
        "delegated",
        rf"\b(?P<begins>)[A-Z]\w+,?\s(?:was|has\sbeen)\s(?:set\sup|established|created|formed)\s(?:{WORD}\s){{0,4}}?to\s(?:{DO})\s"
        rf"[^.;]{{0,60}}?\b{ON_BEHALF}",
        "company",
    ),
    frame("delegated", rf"\b{ITS_SERVICES}\s{IS}{DONE}\sby\s{ART}(?P<begins>){TRUST}", "agent"),
    frame(
        "delegated",
        rf"\b[Rr]esponsib\w+\s[^.;]{{0,80}}?\b(?:lies|rests|sits|is)\swith\s{ART}(?P<begins>){TRUST}",
        "agent",
    ),
    frame(
        "shares",
        rf"{PARTNER}\s(?:jointly\s)?(?:created|established|set\sup|formed|own)\s{ART}(?P<begins>)(?:{COMPANY}|{RAA})",
    ),
    frame(
        "delegated",
        rf"(?P<begins>){A_TRUST}\s(?:is|are|was|became)\s(?:now\s)?responsible\sfor\s{RUNNING}\s(?:[^.;]{{0,40}}?\s)?{ITS_SERVICES}",
        "agent",
    ),
    frame(
        "delegated",
        rf"(?<![Ss]ince\sthe\s)(?<!fter\sthe\s)(?P<begins>){A_TRUST}\s(?:has\s)?(?:took|taken|taking)\s(?:over\s(?:on\s\d|(?:[^.;]{{0,60}}?\s)?"
        r"(?:services|functions|responsib))|on\s(?:\w+\s){0,2}?responsib)",
        "agent",
    ),
    frame(
        "delegated",
        rf"(?P<begins>){A_TRUST}\s(?:\w+\s){{0,3}}?(?:appointed|established|set\sup|created|formed)\s(?:{WORD}\s){{0,4}}?to\s(?:{DO})\s"
        rf"(?:[^.;]{{0,40}}?\s)?{ITS_SERVICES}",
        "agent",
    ),
    frame(
        "delegated",
        rf"\bcommissioned\sfrom\s{ART}(?P<begins>)(?:{COMPANY}|{NAMED_TRUST}[^.;]{{0,20}}?\sby\s{OWN})",
        "agent",
    ),
    frame(
        "delegated",
        rf"\b(?:operates?|provid\w+|deliver\w*|runs?)\s[^.;()]{{0,60}}?\(?(?:through|via)\s{ART}(?P<begins>){COMPANY}",
        "agent",
    ),
    frame("delegated", rf"(?P<ends>)\s\({PARTNER}\)", "bought"),
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
    frame("hosted", rf"(?P<ends>),?\s{IS}led\sby\s{GAP}{PARTNER}", "team"),
    frame("hosted", rf"(?P<ends>),?\s{IS}led\sby\s{GAP}{PARTNER}\s[^.;]{{0,40}}?on\s(?:behalf\sof|{OWN})", "structure"),
    frame("hosted", rf"(?P<ends>),?\s(?:which|that)\s{PARTNER}\s(?:also\s|now\s)?{LEADS}\s(?:on\sbehalf\sof|for)\b"),
    frame(
        "hosts",
        rf"{ITSELF}\s(?:is|acts\sas|has\sbeen)\s(?:the\s)?(?:lead|host)\s(?:{A_LEAD})?\s?(?:for|of|to)\s{ART}"
        r"(?P<begins>)",
        "structure",
    ),
    frame("hosts", rf"\b[Aa]s\s(?:the\s)?(?:lead|host)\s(?:{A_LEAD})\s(?:for|of)\s{ART}(?P<begins>)", "structure"),
    frame(
        "hosted",
        rf"{PARTNER}\s(?:is|acts\sas|has\sbeen|being)\s(?:the\s)?(?:lead|host)\s(?:{A_LEAD})?\s?(?:for|of|to)\s"
        rf"{ART}(?P<begins>)",
        "structure",
    ),
    frame(
        "hosts",
        rf"{ITSELF}\s(?:also\s|now\s)?leads\son\sbehalf\sof\s{GAP}{ANY}\s(?:on|in|for)\s(?:the\s(?:commissioning|procurement)\sof\s)?{ART}"
        r"(?P<begins>)",
    ),
    frame("hosts", rf"{ITSELF}\s(?:also\s|now\s)?{LEADS}\s{ART}(?P<begins>){WITHIN}\son\sbehalf\sof\s{GAP}{PARTNER}"),
    frame(
        "hosts",
        rf"{ITSELF}\s(?:also\s|now\s)?hosts\s{ART}(?P<begins>){WITHIN}\s(?:for|on\sbehalf\sof|with)\s{GAP}{PARTNER}",
    ),
    frame("hosts", rf"{ITSELF}\s(?:also\s|now\s)?{DO}\s{ART}(?P<begins>){NEAR}\s(?:for|to)\s{GAP}{PARTNER}", "team"),
    frame(
        "hosts",
        rf"{PARTNER}\s(?:buys?|purchases?|commissions?|procures?)\s(?:in\s)?{ART}(?P<begins>){NEAR}\sfrom\s{ITSELF}",
    ),
    frame("hosts", rf"{ITSELF},\son\sbehalf\sof\s{GAP}{ANY},\s(?:{DO}|{LEADS})\s{ART}(?P<begins>)"),
    frame("hosts", rf"\b[Oo]n\sbehalf\sof\s{GAP}{ANY},\s{ITSELF}\s(?:{DO}|{LEADS})\s{ART}(?P<begins>)"),
    frame("shares", rf"(?P<ends>),?\sof\swhich\s{ITSELF}\sis\s(?:a|an|one|part)\b"),
    frame("hosts", rf"{ITSELF}\s(?:also\s|now\s)?{DO}\s{ART}(?P<begins>){WITHIN}\son\sbehalf\sof\s{GAP}{PARTNER}"),
    frame(
        "delegated",
        rf"(?P<ends>),?\s{IS}(?:commissioned\sand\s)?{DONE}\s(?:(?:to|for|on\sbehalf\sof)\s{ITSELF}\s)?(?:\w+\s){{0,3}}?by\s"
        rf"(?:(?:\w+\s){{1,3}}(?:employed\sby|from)\s)?(?:\w+\s){{0,2}}?{PARTNER}",
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
    frame(
        "delegated",
        rf"(?:\buses|\b(?:{DONE}|handled|dealt\swith)\sby)\s(?:the\s)?{PARTNER}[’']s\s(?P<begins>)",
        "team",
    ),
    frame("delegated", rf"{PARTNER}[’']s\s(?P<begins>){NEAR}\s(?:covers|serves)\s[^.;]{{0,30}}?{OWN}", "team"),
    frame("delegated", rf"\bagreement\s[^.;:]{{0,60}}?\bwith\s{GAP}{PARTNER}\sfor\s{ART}(?P<begins>)", "head"),
    frame("delegated", rf"\bagreement\s[^.;:]{{0,60}}?\bwith\s{GAP}{PARTNER}"),
    frame(
        "delegated",
        rf"{PARTNER}\s(?:now\s|currently\s)?(?:manages?|runs?|delivers?|provides?|operates?|hosts?)\s{OWN}++[’']s\s(?P<begins>)",
        "head",
    ),
    frame("delegated", rf"(?P<ends>),?\s{IS}(?:contracted|outsourced|subcontracted)(?:\sout)?\sto\s{ART}{PARTNER}"),
    frame("delegated", rf"(?P<ends>),?\s{IS}{BOUGHT}\s(?:in\s)?from\s{ART}{PARTNER}"),
    frame("delegated", rf"(?P<ends>),?\s{IS}accessed\s(?:through|from|via)\s{ART}{PARTNER}", "head"),
)
