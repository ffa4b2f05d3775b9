"""Context of a sentence: its heading and the sentence before it, which bear on its meaning."""

import re
from typing import NamedTuple

_MAX_HEADING, _MAX_PREVIOUS = 90, 160  # characters of the context that the models read
_LONGEST_KIND = 200  # characters of a heading that may name a kind of finding
# Words that refer to the sentence before.
_BACK_REFERENCE = re.compile(
    r"(?:this|these|those|they|it|that|such|as a result|consequently|however|he|she|their|its|where this|when this"
    r"|here|both|all of)\b",
    re.IGNORECASE,
)
# Kinds of finding, by the heading right above.
_KINDS = (
    ("priority-action", re.compile(r"(?:areas? (?:for|of) )?priority actions?\b", re.IGNORECASE)),
    ("recommendation", re.compile(r"(?:\w+ ){0,3}recommendations?\b", re.IGNORECASE)),
    ("area-for-improvement", re.compile(r"areas? (?:for|requiring) (?:\w+ )?improvement\b", re.IGNORECASE)),
)
# Only bullets under this heading belong to it; a paragraph after them has lost a heading of its own.
_IMPROVEMENT_LIST = re.compile(
    r"(?:what|where|areas?|things|aspects|the following)\b[^.;]{0,60}"
    r"\b(?:improv(?:e|ements?|ing)|(?:get|be|become) better)\b",
    re.IGNORECASE,
)
# Paragraph that introduces a list of things to improve as a heading does.
_LEAD_IN = re.compile(
    r"(?:what|areas)\b[^.;]{0,60}\bimprov(?:e|ements?|ing)\b[^.;]{0,60}\Z"
    r"|[^.;]{0,120}\b(?:needs?|has|have|should|must|required)\b[^.;]{0,80}\bimprov(?:e|ements?|ing)\b[^.;]{0,80}:\s*\Z",
    re.IGNORECASE,
)


# Item that names a matter: 'The extent to which ...', 'The speed and care with which ...'.
_MATTER = re.compile(r"(?:the\s)?\w+(?:(?:,|\sand|\sor)\s\w+)*\s(?:to|with|in|at|by|on)\swhich\b", re.IGNORECASE)


class Sentence(NamedTuple):
    """A sentence, the nearest heading above it, "" if there is none, and if it is a bullet.

    ``continues`` is true where the sentence before it stands in the same paragraph or bullet.
    """

    text: str
    heading: str = ""
    bullet: bool = False
    continues: bool = False


def text_and_context(sentence: Sentence, previous: Sentence | None) -> tuple[str, str]:
    """Text of a sentence and its context: its heading, and the end of the previous one where it refers to that.

    >>> text_and_context(Sentence("This takes too long.", "Adoption"), Sentence("Children wait."))
    ('This takes too long.', 'Adoption. Children wait.')
    """
    referent = previous.text[-_MAX_PREVIOUS:] if previous and _BACK_REFERENCE.match(sentence.text) else ""
    context = ". ".join(filter(None, [sentence.heading[:_MAX_HEADING], referent]))
    return " ".join(sentence.text.split()), " ".join(context.split())


def finding_kind(sentence: Sentence) -> str:
    """Kind of finding that a sentence is, by the heading above it.

    >>> finding_kind(Sentence("The quality of plans.", "What needs to improve?", bullet=True))
    'area-for-improvement'
    """
    if is_improvement_item(sentence):
        return "area-for-improvement"
    kinds = (kind for kind, pattern in _KINDS if pattern.match(sentence.heading, 0, _LONGEST_KIND))
    return next(kinds, "finding")


def introduces_improvements(text: str) -> bool:
    """Tell if a paragraph introduces a list of things to improve: it is what a heading would be.

    >>> introduces_improvements("The council needs to improve:"), introduces_improvements("Much has improved since.")
    (True, False)
    """
    return len(text) <= _LONGEST_KIND and bool(_LEAD_IN.match(" ".join(text.split())))


def is_improvement_item(sentence: Sentence) -> bool:
    """Tell if a sentence is an item under 'What needs to improve', which is a concern however neutral its words are."""
    is_heading = _IMPROVEMENT_LIST.match(sentence.heading) or introduces_improvements(sentence.heading)
    return sentence.bullet and bool(is_heading)


def names_matter(sentence: Sentence) -> bool:
    """Tell if a sentence names a matter, and praises nothing by the words that say how it should be.

    >>> names_matter(Sentence("The extent to which leaders are ambitious."))
    True
    """
    return bool(_MATTER.match(sentence.text))
