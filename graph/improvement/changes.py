"""Changes: the matter that a sentence says has got better.

"Since the last inspection, the planning of visits has improved." says so of the planning of visits, and of nothing
else. A sentence that praises and tells of no change has no such matter.
"""

import re
from collections.abc import Iterator

_ADVERBS = r"(?:(?:also|all|both|since|now|\w+ly) ){0,2}"
_HAS = rf"(?:has|have|had) {_ADVERBS}"
_VERB = r"(?:(?:increased|developed) and )?(?:improved|strengthened|enhanced|transformed|revitalised)\b"
_MUCH = r"(?:now )?(?:much|significantly|greatly) "
_AFTER = (
    r"(?=[.,;]|$| (?:since|in|over|as|and|following|through|significantly|considerably|markedly|further|greatly)\b)"
)
_OBJECT_END = r"(?= (?:since|so|that|which|and have|is|are|has|have|can|means?|ensures?|allows?|enables?)\b|[.;,]|$)"
# What a sentence opens with before it names its matter.
_INTRODUCTION = re.compile(
    r"^(?:(?:since|over|following|in|as) [^,]{3,80}, |(?:more )?recently, |(?:also|additionally|similarly), )+",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince (?:the|its|their) (?:last|previous) (?:\w+ ){0,3}(?:inspection|visit)\b", re.IGNORECASE)
_LIST = re.compile(r", (?:and )?")
_MATTERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?P<matter>.{{4,200}}?) (?:{_HAS}(?:been {_ADVERBS}{_VERB}|{_VERB}{_AFTER})|(?:is|are) {_MUCH}improved\b)",
        rf"\bimprovements? (?:{_HAS}been \w+ )?(?:in|to) (?P<matter>[^.;,]{{4,200}}?){_OBJECT_END}",
        r"\bimprovements? (?:now in place )?include (?P<matter>[^.;]{4,250})",
        rf"\b{_HAS}{_VERB} (?P<matter>\w[^.;,]{{3,160}}?){_OBJECT_END}",
        rf"(?:^(?:strengthened|improved)|\b{_MUCH}improved) (?P<matter>[^.;,]{{4,120}}?){_OBJECT_END}",
    )
)


def improved_matters(text: str) -> Iterator[str]:
    """Yield words of a sentence for the matter that it says has got better, and for each of several in a list.

    >>> list(improved_matters("Since the last inspection, the planning of visits has improved."))
    ['the planning of visits']
    >>> list(improved_matters("New managers have strengthened the planning of visits since the last inspection."))
    ['the planning of visits']
    >>> list(improved_matters("Planning is timelier, and the quality of visits has improved."))
    ['Planning is timelier, and the quality of visits', 'Planning is timelier', 'the quality of visits']
    >>> list(improved_matters("The planning of visits is strong."))
    []
    """
    said = _INTRODUCTION.sub("", text)
    match = next((match for pattern in _MATTERS if (match := pattern.search(said))), None)
    matter = match["matter"] if match else said if _SINCE.search(text) else ""
    if matter:
        yield matter
    yield from several if len(several := _LIST.split(matter)) > 1 else ()
