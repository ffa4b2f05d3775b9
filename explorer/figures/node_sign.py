"""Signs of nodes in figures: the shape and colour of a node's kind."""

from caregraph.explorer.figures.dom import Tree, node_link, tag
from caregraph.explorer.labels import kind_label
from caregraph.explorer.network.node_style import node_style
from caregraph.graph.queries.nodes import Node
from caregraph.graph.wording import sentence_case


def kind_sign(node: Node) -> Tree:
    """The kind of a node: its shape, with its name beside it."""
    return tag("span", _shape(node), sentence_case(kind_label(node.label)), class_="sign kind")


def signed_link(node: Node) -> Tree:
    """A link to a node's page, after the shape of its kind."""
    return tag("span", _shape(node), node_link(node), class_="sign", title=sentence_case(kind_label(node.label)))


def _shape(node: Node) -> Tree:
    style = node_style(node)
    return tag("i", aria_hidden="true", set_colour=style.colour, set_outline=style.outline)
