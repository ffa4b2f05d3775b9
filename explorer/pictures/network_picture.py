"""Picture of the network: its nodes and lines at their places, with a legend of the kinds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import cos, pi, sin

from caregraph.explorer.labels import node_title
from caregraph.explorer.network.network import DASHED, merge_edges
from caregraph.explorer.network.node_style import NodeStyle, legend_entry, node_style
from caregraph.explorer.pictures.drawing import (
    PAPER,
    Disc,
    Drawing,
    Part,
    Point,
    Shape,
    Stroke,
    Text,
    framed,
    moved,
    text_width,
)
from caregraph.explorer.state.network_view import Position
from caregraph.graph.queries.nodes import Edge, Node
from caregraph.graph.wording import sentence_case

_MARGIN, _SIZE, _LEAST_WIDTH, _MOST = 110.0, 13.0, 640.0, 2400.0  # pixels; the last is the longest side of the network
_LONGEST = 34  # characters of a name
_CORNERS = {"square": (4, pi / 4), "diamond": (4, 0.0), "hexagon": (6, 0.0)}  # corners, and the angle of the first
_TRIANGLES = {"triangle": -pi / 2, "triangleDown": pi / 2}


def network_picture(
    title: str,
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    positions: Mapping[str, Position],
    *,
    counted: Sequence[Node],
    notes: Sequence[str],
) -> Drawing:
    """Picture of a network; of names that would lie over each other the first one is drawn.

    Args:
        counted: the nodes of the legend, which has those of groups, too.
    """
    places, width, height = _fitted([positions[node.iri] for node in nodes])
    at = {node.iri: place for node, place in zip(nodes, places, strict=True)}
    parts: list[Part] = [
        Stroke(at[edge.start], at[edge.end], dashed=types[0] in DASHED) for edge, types in merge_edges(edges)
    ]
    parts += [mark for node in nodes for mark in _marks(at[node.iri], node_style(node))]
    parts += _names(nodes, at)
    legend, below = _legend(counted, width)
    parts += [moved(part, (0, height + 10)) for part in legend]
    return framed(title, width, height + 10 + below, parts, notes=notes)


def _fitted(positions: Sequence[Position]) -> tuple[list[Point], float, float]:
    """Places in the picture, and its width and height; a network that is too large is drawn smaller."""
    xs, ys = [x for x, _ in positions], [y for _, y in positions]
    left, top = min(xs, default=0.0), min(ys, default=0.0)
    wide, high = max(xs, default=0.0) - left, max(ys, default=0.0) - top
    scale = min(1.0, _MOST / max(wide, high, 1.0))
    width = max(_LEAST_WIDTH, wide * scale + 2 * _MARGIN)
    aside = (width - wide * scale) / 2
    places = [(aside + (x - left) * scale, 30 + (y - top) * scale) for x, y in positions]
    return places, width, high * scale + 90


def _marks(place: Point, style: NodeStyle, border: str | None = PAPER) -> list[Part]:
    """The mark of an item; that of a hollow one has paper in it."""
    inside: list[Part] = [Disc(place, style.size * 0.6, PAPER)] if style.hollow else []
    return [_mark(place, style, border), *inside]


def _mark(place: Point, style: NodeStyle, border: str | None) -> Part:
    if style.shape == "star":
        return Shape(_polygon(place, style.size, 10, -pi / 2, inner=0.45), style.colour, border)
    if style.shape in _TRIANGLES:
        return Shape(_polygon(place, style.size, 3, _TRIANGLES[style.shape]), style.colour, border)
    if style.shape in _CORNERS:
        corners, first = _CORNERS[style.shape]
        return Shape(_polygon(place, style.size, corners, first), style.colour, border)
    return Disc(place, style.size, style.colour, border)


def _polygon(place: Point, size: float, corners: int, first: float, *, inner: float = 1.0) -> tuple[Point, ...]:
    """Corners of a polygon; with ``inner`` every second one is nearer to the middle."""
    radii = [size * (inner if number % 2 else 1.0) for number in range(corners)]
    angles = [first + 2 * pi * number / corners for number in range(corners)]
    return tuple((place[0] + r * cos(a), place[1] + r * sin(a)) for r, a in zip(radii, angles, strict=True))


def _names(nodes: Sequence[Node], at: Mapping[str, Point]) -> list[Part]:
    names: list[Part] = []
    boxes: list[tuple[float, float, float, float]] = []
    for node in nodes:
        name = node_title(node)
        name = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
        (x, y), half = at[node.iri], text_width(name, _SIZE) / 2
        top = y + node_style(node).size + 3
        box = (x - half - 3, top, x + half + 3, top + _SIZE * 1.35)
        if not any(_overlap(box, drawn) for drawn in boxes):
            boxes.append(box)
            names.append(Text((x, top), name, _SIZE, "middle", halo=True))
    return names


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _legend(nodes: Sequence[Node], width: float) -> tuple[list[Part], float]:
    """Signs of the kinds in lines, and their height."""
    kinds: dict[str, tuple[NodeStyle, int]] = {}
    for node in nodes:
        name, own = legend_entry(node)
        style, count = kinds.get(name, (own, 0))
        kinds[name] = style, count + 1
    parts: list[Part] = []
    x, y = 24.0, 0.0
    for name, (style, count) in kinds.items():
        words = f"{sentence_case(name)} {count}"
        wide = text_width(words, _SIZE) + 44
        if x > 24 and x + wide > width - 24:
            x, y = 24.0, y + 24
        small = replace(style, size=7)
        parts += [*_marks((x + 7, y + 9), small, None), Text((x + 20, y), words, _SIZE)]
        x += wide
    return parts, y + 24
