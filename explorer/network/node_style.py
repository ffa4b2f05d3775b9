"""How kinds of node look: colour and shape together, so that neither alone must be told apart.

The colours are Okabe and Ito's, which most colour-blind people can tell apart,
some a little darker to stand out on white.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from caregraph.graph.queries.nodes import Node


@dataclass(frozen=True, slots=True)
class Look:
    """A colour, a shape of vis-network that has its label outside, and a size in pixels."""

    colour: str
    shape: str
    size: int = 15


LOOKS: Mapping[str, Look] = {
    "LocalAuthority": Look("#0072B2", "dot", 20),
    "Region": Look("#56B4E9", "hexagon", 20),
    "Agency": Look("#D55E00", "square"),
    "Service": Look("#009E73", "diamond", 17),
    "Programme": Look("#CC79A7", "star", 17),
    "Body": Look("#E69F00", "triangle"),
    "Process": Look("#8A6D3B", "triangleDown"),
    "Concept": Look("#D4B106", "hexagon"),
    "Inspection": Look("#5B6C8F", "diamond", 17),
    "Judgement": Look("#7F6BB3", "hexagon", 13),
    "Document": Look("#8C8C8C", "square", 12),
    "Person": Look("#4D4D4D", "dot", 12),
    "Framework": Look("#4D4D4D", "square", 12),
}
POLARITIES: Mapping[str, Look] = {
    "strength": Look("#009E73", "triangle", 9),
    "concern": Look("#D55E00", "triangleDown", 9),
    "mixed": Look("#E69F00", "diamond", 9),
    "neutral": Look("#8C8C8C", "dot", 7),
}
_OTHER = Look("#8C8C8C", "dot")

# Grades as letters, so that no colour must be told apart; `style.css` has a colour for each.
GRADES: Mapping[str, str] = {
    "outstanding": "O",
    "good": "G",
    "requires-improvement": "R",
    "inadequate": "I",
    "adequate": "A",
    "positive": "P",
    "inconsistent": "N",
    "systemic-failings": "S",
}

_OUTLINES = {
    "dot": "circle(46%)",
    "square": "inset(8%)",
    "diamond": "polygon(50% 0, 100% 50%, 50% 100%, 0 50%)",
    "star": "polygon(50% 0, 62% 36%, 100% 36%, 69% 59%, 81% 97%, 50% 74%, 19% 97%, 31% 59%, 0 36%, 38% 36%)",
    "triangle": "polygon(50% 6%, 100% 94%, 0 94%)",
    "triangleDown": "polygon(0 6%, 100% 6%, 50% 94%)",
    "hexagon": "polygon(26% 6%, 74% 6%, 100% 50%, 74% 94%, 26% 94%, 0 50%)",
}

# Areas in the order in which reports print them.
AREAS = (
    "overall",
    "outcome",
    "leaders",
    "help-and-protection",
    "in-care-and-care-leavers",
    "in-care",
    "care-leavers",
    "adoption",
    "lscb",
)


def area_order(area: str) -> tuple[int, str]:
    """What areas are sorted by; those that are not listed come last."""
    return (AREAS.index(area) if area in AREAS else len(AREAS), area)


def look(label: str, shade: str | None = None) -> Look:
    """How a node of a label looks; findings by their polarity."""
    if label == "Finding":
        return POLARITIES.get(shade or "neutral", POLARITIES["neutral"])
    return LOOKS.get(label, _OTHER)


def look_of(node: Node) -> Look:
    return look(node.label, node.polarity)


def outline(one: Look) -> str:
    """The shape as a CSS clip path."""
    return _OUTLINES[one.shape]


def sign(one: Look, *, text: str) -> str:
    """The shape as a small picture, markup that is safe to show, with its text beside it."""
    picture = f"<i aria-hidden='true' style='background:{one.colour};clip-path:{_OUTLINES[one.shape]}'></i>"
    return f"<span class='sign'>{picture}{escape(text)}</span>"
