"""Regions: words that say by themselves that more than one council has a thing: regional, tri-borough, a consortium."""

import re

from caregraph.extractors.sharing.partners import AREA
from caregraph.extractors.sharing.patterns import COMMISSIONING, REGION_WIDE, WORD, frame

REGION = (
    r"(?:(?:North|South)[-\s](?:East|West)(?:\s(?:of\s)?England)?|[Ss]outh\s[Cc]entral|(?:[Ee]ast|[Ww]est)\s[Mm]idlands|Yorkshire\sand\s(?:the\s)?Humber|[Ee]ast\sof\sEngland"
    r"|(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)ern\s[Rr]egion|pan-London|London)"
)

REGIONAL = (
    frame("commissions-jointly", rf"\b{REGION_WIDE}ly[-\s](?:commissioned|procured|funded)\s(?P<begins>)", "head"),
    frame("commissions-jointly", rf"(?P<begins>)\b{REGION_WIDE}\s(?:{WORD}\s){{0,3}}?{COMMISSIONING}"),
    frame("joining", rf"\bjoin(?:ing|ed)?\s(?:{WORD}\s){{0,4}}?(?P<begins>){REGION_WIDE}\s", "head"),
    frame("shares", rf"\b(?P<begins>)(?<!the\swider\s){REGION_WIDE}\s(?!(?:and|or)\s)", "regional"),
    frame(
        "shares",
        r"\b(?P<begins>)(?:(?:North|South|East|West|Greater|Central|Mid)(?:[-\s](?:East|West))?\s)"
        r"(?:(?:London|Midlands|of\sEngland|Yorkshire|Thames|Coast)\s)?(?:[A-Z]\w+\s){0,4}?"
        r"(?:[Aa]lliance|[Cc]ollaborative|[Ff]ramework|Commissioning\sPartnership|[Cc]o-?operative|(?<=\sLondon\s)[Pp]artnership)\b",
        "regional",
    ),
    frame(
        "shares",
        rf"\b(?P<begins>){REGION}\s(?=(?:[\w,-]+\s){{0,5}}?(?:[Gg]roup|[Hh]ub|[Nn]etwork|[Cc]ollaborative|[Ff]ramework|[Pp]rocedure|[Pp]rotocol|contract)s?\b)",
        "regional",
    ),
    frame("shares", r"\b[Ss]hared\s(?P<begins>)", "context"),
)

CONSORTIUM = re.compile(
    r"\b(?:[Cc]onsorti(?:um|a)|(?<=\bCommissioning\s)Alliance|(?<=\bLondon\s)Alliance|(?<=\bMidlands\s)Alliance)\b"
    r"(?:\s(?:arrangements?|framework|contract))?"
)
SHARED_AREA = re.compile(rf"(?P<p>{AREA}++)\s*(?:(?:and|or)\s(?:regional|sub-regional|national|local)\s)?(?P<begins>)")
