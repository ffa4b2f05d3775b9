"""Requests: what inspectors ask of a council, as words: the matter, its head and its parts, and what goes on about it.

"Ensure that the quality of pathway plans and of visits to care leavers is good, so that …" asks about the matter before
its purpose; its head is pathway plans, and its parts are those and visits to care leavers.
"""

import re

from caregraph.graph.improvement.content_words import content_words

# Kinds of finding that ask something of a council.
ASKING = frozenset({"recommendation", "priority-action", "area-for-improvement"})
MAX_GAP = 3  # characters between a request and the sentence that goes on about it
# What follows says what it is wanted for, not what is wanted.
_PURPOSE = re.compile(
    r",? (?:so (?:that|they|it|children)|in order (?:to|that)|in order for"
    r"|to (?:avoid|comply|demonstrate|drive|enable|ensure|help|improve|inform|meet|reduce|support))\b"
)
# Who is to be worked with says nothing of what is wanted.
_TOGETHER = re.compile(r"(?:continue to )?(?:work|engage) with [^,.;]{3,60}? to (?=\w)", re.IGNORECASE)
# What goes on is no purpose: "Continue to improve visits" is about visits.
_CONTINUING = re.compile(r"(?:[^,.;]{3,60}? (?:should|must|needs? to) )?continue to (?=\w)", re.IGNORECASE)
_OPENING = re.compile(
    r"(?:(?:further|urgently) )?(?:(?:(?:the|senior) )?(?:local )?\w+ (?:should|must|needs? to) )?"
    r"(?:take [^.,;]{0,40}?(?:action|steps) to )?"
    r"(?:accelerate|carry out|develop|ensure|establish|implement|improve|increase|make sure|monitor(?: and evaluate)?"
    r"|put in place|reduce|review|strengthen|take)(?: that)?\b",
    re.IGNORECASE,
)
# Sides of a matter, which are no matter by themselves: the quality and timeliness of plans is about plans.
SIDES = content_words(
    "absence access accuracy application approach appropriate appropriateness arrangements availability capacity case "
    "clarity compliance comprehensiveness consistency consistent delay delays delivery depth development effective "
    "effectiveness extent frequency impact implementation level number pace practice process progress proportion "
    "provision quality range response responses rigour robust robustness sensitivity standard strength sufficiency "
    "support system timeliness timely understanding use variability way work"
).keys()
_PLACE = content_words("page pages para paras paragraph").keys()
_PHRASE_END = re.compile(
    r"\b(?:about|across|are|at|by|during|for|from|in|including|is|of|on|so|subject|that|to|when|where|which|who|with"
    r"|within)\b|,",
    re.IGNORECASE,
)
_COORDINATION = re.compile(r"[,;]|\b(?:and(?! \d)|or|as well as)\b", re.IGNORECASE)
# How it is to be done, and what is a part of it already.
_INCLUDED = re.compile(r",? (?:including|through|by \w+ing|to be)\b")
_SENTENCE_END = re.compile(r"(?<=[.!?]) ")
# A sentence that begins so goes on about what the one before it asks, and asks nothing by itself.
_CONTINUATION = re.compile(
    r"(?:in particular|particularly|specifically|for example|additionally|in addition|also|moreover|however"
    r"|this|these|those|they|it|such|there)\b",
    re.IGNORECASE,
)
# Of these, what says more closely what is asked; the others say why, or what follows.
_SPECIFICATION = re.compile(
    r"in particular|particularly|specifically|(?:this|these|it|they)(?: should| must| needs? to)? (?:to )?includ"
    r"|(?:they|it|this) should\b",
    re.IGNORECASE,
)


def goes_on(text: str) -> bool:
    """Tell if a sentence goes on about the request before it.

    >>> goes_on("In particular, the plans of care leavers."), goes_on("The plans of care leavers.")
    (True, False)
    """
    return bool(_CONTINUATION.match(text))


def belongs_to_request(text: str, polarity: str, *, gap: int) -> bool:
    """Tell if a sentence, so many characters after a request, is part of it.

    >>> belongs_to_request("In particular, the plans of care leavers.", "concern", gap=1)
    True
    """
    return 0 <= gap <= MAX_GAP and goes_on(text) and polarity != "strength"


def asks_something(text: str) -> bool:
    """Tell if a request has words of its own; what was cut off one may be no more than a place.

    >>> asks_something("(Paragraph 12)"), asks_something("Page 24, paragraphs 88, 89)."), asks_something("Visits.")
    (False, False, True)
    """
    return any(not word.isdigit() for word in content_words(text).keys() - _PLACE)


def matter_asked(text: str) -> str:
    """Words of a request that say what is wanted, without the purpose of it or what follows from it.

    >>> matter_asked("The quality of pathway plans so that parents know what has to change. This is too slow.")
    'The quality of pathway plans'
    >>> matter_asked("The quality of pathway plans. In particular, those of young parents.")
    'The quality of pathway plans. In particular, those of young parents.'
    >>> matter_asked("Work to improve visits.")
    'Work to improve visits.'
    >>> matter_asked("Work with partner agencies to ensure that strategy meetings are held in time.")
    'ensure that strategy meetings are held in time.'
    >>> matter_asked("Continue to improve the timeliness of visits.")
    'improve the timeliness of visits.'
    """
    for opening in (_TOGETHER, _CONTINUING):
        text = opening.sub("", text, count=1) if opening.match(text) else text
    first, *following = _SENTENCE_END.split(text)
    sentences = [first, *(sentence for sentence in following if _SPECIFICATION.match(sentence))]
    matter = " ".join(_PURPOSE.split(sentence, maxsplit=1)[0] for sentence in sentences)
    return matter if content_words(matter).keys() - SIDES else text


def head_asked(text: str) -> frozenset[str]:
    """Stems of the first phrase of a request that names what it is about.

    >>> sorted(head_asked("The timeliness of assessments for children in private fostering arrangements."))
    ['asses']
    """
    for phrase in _PHRASE_END.split(_without_opening(text)):
        if head := content_words(phrase).keys() - SIDES:
            return frozenset(head)
    return frozenset(content_words(text))


def core_asked(text: str) -> str:
    """Words of what a request asks, without its opening, how it is to be done, and what it says is a part of it.

    >>> core_asked("Improve the oversight of plans, including that by reviewing officers.")
    ' the oversight of plans'
    """
    return _INCLUDED.split(_without_opening(text), maxsplit=1)[0]


def parts_asked(text: str) -> list[frozenset[str]]:
    """Stems of each part of a request.

    >>> [sorted(part) for part in parts_asked("The quality of supervision and management oversight.")]
    [['superv'], ['manage', 'oversi']]
    """
    phrases = _COORDINATION.split(core_asked(text))
    return [frozenset(part) for phrase in phrases if (part := content_words(phrase).keys() - SIDES)]


def _without_opening(text: str) -> str:
    return _OPENING.sub("", matter_asked(text).strip(), count=1) if _OPENING.match(text) else matter_asked(text)
