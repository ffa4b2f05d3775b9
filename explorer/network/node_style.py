"""Node style: colour and shape of each kind of node, both together, so that nobody must tell colours apart.

The colours are Okabe and Ito's, which most colour-blind people can tell apart,
some a little darker to stand out on white.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from caregraph.explorer.labels import kind_label
from caregraph.explorer.network.grades import grade_and_status
from caregraph.graph.queries.nodes import Node


@dataclass(frozen=True, slots=True)
class NodeStyle:
    """A colour, a shape of vis-network that has its label outside, and a size in pixels.

    A ``hollow`` shape, which is a dot, is only outlined.
    """

    colour: str
    shape: str
    size: int = 15
    hollow: bool = False

    @property
    def outline(self) -> str:
        """The shape as a CSS clip path."""
        return _OUTLINES[self.shape]

    @property
    def background(self) -> str:
        """The colour as a CSS background."""
        inside = "radial-gradient(circle closest-side, transparent 56%, {0} 60%)"
        return inside.format(self.colour) if self.hollow else self.colour


STYLES: Mapping[str, NodeStyle] = {
    "LocalAuthority": NodeStyle("#0072B2", "dot", 20),
    "AnnouncedAuthority": NodeStyle("#7FB2D6", "dot", 17),
    "Region": NodeStyle("#56B4E9", "hexagon", 20),
    "Agency": NodeStyle("#D55E00", "square"),
    "Service": NodeStyle("#009E73", "diamond", 17),
    "Programme": NodeStyle("#CC79A7", "star", 17),
    "Body": NodeStyle("#E69F00", "triangle"),
    "Process": NodeStyle("#8A6D3B", "triangleDown"),
    "Concept": NodeStyle("#D4B106", "hexagon"),
    "Inspection": NodeStyle("#5B6C8F", "diamond", 17),
    "Judgement": NodeStyle("#7F6BB3", "hexagon", 13),
    "Document": NodeStyle("#8C8C8C", "square", 12),
    "Person": NodeStyle("#4D4D4D", "dot", 12),
    "Framework": NodeStyle("#4D4D4D", "square", 12),
    "Expectation": NodeStyle("#6B7F2A", "triangle", 12),
    "Theme": NodeStyle("#B24D7F", "hexagon", 13),
}
POLARITY_STYLES: Mapping[str, NodeStyle] = {
    "strength": NodeStyle("#009E73", "triangle", 9),
    "concern": NodeStyle("#D55E00", "triangleDown", 9),
    "mixed": NodeStyle("#E69F00", "diamond", 9),
    "neutral": NodeStyle("#8C8C8C", "dot", 7),
}
GRADE_COLOURS: Mapping[str, str] = {  # those of `style.css`
    "outstanding": "#00568F",
    "good": "#8CC8EC",
    "requires-improvement": "#F5C062",
    "inadequate": "#C2500A",
}
_DEFAULT = NodeStyle("#8C8C8C", "dot")

_OUTLINES = {
    "dot": "circle(46%)",
    "square": "inset(8%)",
    "diamond": "polygon(50% 0, 100% 50%, 50% 100%, 0 50%)",
    "star": "polygon(50% 0, 62% 36%, 100% 36%, 69% 59%, 81% 97%, 50% 74%, 19% 97%, 31% 59%, 0 36%, 38% 36%)",
    "triangle": "polygon(50% 6%, 100% 94%, 0 94%)",
    "triangleDown": "polygon(0 6%, 100% 6%, 50% 94%)",
    "hexagon": "polygon(26% 6%, 74% 6%, 100% 50%, 74% 94%, 26% 94%, 0 50%)",
}


def node_style(node: Node) -> NodeStyle:
    """Style of a node; a finding has that of its polarity, and a council that tells its grade, that of the grade."""
    if node.label == "Finding":
        return polarity_style(node.polarity)
    if node.grade:
        grade, status = grade_and_status(node.grade)
        return replace(STYLES[node.label], colour=GRADE_COLOURS.get(grade, _DEFAULT.colour), hollow=bool(status))
    return STYLES.get(node.label, _DEFAULT)


def legend_entry(node: Node) -> tuple[str, NodeStyle]:
    """Words of the legend for a node's kind, polarity or grade, and its style."""
    name = node.polarity if node.label == "Finding" and node.polarity else kind_label(node.label)
    return f"{name}: {node.grade.replace('-', ' ')}" if node.grade else name, node_style(node)


def polarity_style(polarity: str | None) -> NodeStyle:
    """Style of a finding; without a polarity, that of a neutral one."""
    return POLARITY_STYLES.get(polarity or "neutral", POLARITY_STYLES["neutral"])
