"""A sentence in its place: what stands above it and before it bears on what it says."""

import re
from typing import NamedTuple

_HEADING, _BEFORE = 90, 160  # characters of what stands beside a sentence
# These words lean on the sentence before.
_LEANING = re.compile(
    r"(?:this|these|those|they|it|that|such|as a result|consequently|however|he|she|their|its|where this|when this"
    r"|here|both|all of)\b",
    re.IGNORECASE,
)
# What a sentence is by the heading right above it.
_KINDS = (
    ("priority-action", re.compile(r"(?:areas? (?:for|of) )?priority actions?\b", re.IGNORECASE)),
    ("recommendation", re.compile(r"(?:\w+ ){0,3}recommendations?\b", re.IGNORECASE)),
    ("area-for-improvement", re.compile(r"areas? (?:for|requiring) (?:\w+ )?improvement\b", re.IGNORECASE)),
)
# What stands under this one is a list; a paragraph after it has lost a heading of its own.
_LIST = re.compile(r"what needs to improve\b", re.IGNORECASE)


class Sentence(NamedTuple):
    """A sentence and where it stands: the nearest heading above, "" if none, and whether it is a bullet."""

    text: str
    heading: str = ""
    bullet: bool = False


def in_its_place(sentence: Sentence, before: Sentence | None) -> tuple[str, str]:
    """A sentence, and what is read beside it: its heading, and the end of the one before where it leans on that.

    >>> in_its_place(Sentence("This takes too long.", "Adoption"), Sentence("Children wait."))
    ('This takes too long.', 'Adoption. Children wait.')
    """
    leant_on = before.text[-_BEFORE:] if before and _LEANING.match(sentence.text) else ""
    beside = ". ".join(filter(None, [sentence.heading[:_HEADING], leant_on]))
    return " ".join(sentence.text.split()), " ".join(beside.split())


def kind_of(sentence: Sentence) -> str:
    """What a sentence is by the heading above it.

    >>> kind_of(Sentence("The quality of plans.", "What needs to improve?", bullet=True))
    'area-for-improvement'
    """
    if is_listed_to_improve(sentence):
        return "area-for-improvement"
    return next((kind for kind, pattern in _KINDS if pattern.match(sentence.heading)), "finding")


def is_listed_to_improve(sentence: Sentence) -> bool:
    """Whether it is an item under 'What needs to improve', which is a fault however neutral its words are."""
    return sentence.bullet and bool(_LIST.match(sentence.heading))
