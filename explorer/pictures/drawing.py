"""Drawings: shapes and texts with their places, written as SVG or as PNG; a text is never markup.

The letters are Source Sans, which Streamlit brings, so that both forms look as the page does.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

import streamlit
from PIL import Image, ImageDraw, ImageFont

INK, PAPER, FAINT = "#1f2328", "#ffffff", "#b9b4a8"
_NOTE_LINES = 4  # of a note under a picture; an address of many nodes is cut
SCALE = 2  # of a PNG: pixels for each of the drawing
_FONT = ("static/static/media", "SourceSansVF-Upright*.woff2")  # in Streamlit's folder
_FAMILY = "'Source Sans 3', 'Source Sans Pro', Arial, sans-serif"
_ANCHORS = {"start": "la", "middle": "ma", "end": "ra"}  # as Pillow names them
_LINE, _DASH = 1.5, 6  # pixels: width of a line, length of a dash
_ASCENT = 0.984  # of Source Sans, in parts of its size: from the top of a line to its base

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """Polygon in a colour; with a border it stands out from what is under it."""

    points: tuple[Point, ...]
    colour: str
    border: str | None = None


@dataclass(frozen=True, slots=True)
class Disc:
    """Full circle."""

    centre: Point
    radius: float
    colour: str
    border: str | None = None


@dataclass(frozen=True, slots=True)
class Stroke:
    """Straight line, whole or dashed."""

    start: Point
    end: Point
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; ``place`` is its upper left corner, the middle of its top, or its upper right corner."""

    place: Point
    words: str
    size: float = 13
    anchor: str = "start"
    bold: bool = False
    halo: bool = False


Part = Shape | Disc | Stroke | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """Parts in the order in which they are drawn, on a sheet of some pixels; ``title`` says what it shows."""

    title: str
    width: float
    height: float
    parts: tuple[Part, ...]


def rectangle(left: float, top: float, width: float, height: float, colour: str) -> Shape:
    """A rectangle as a polygon."""
    right, bottom = left + width, top + height
    return Shape(((left, top), (right, top), (right, bottom), (left, bottom)), colour)


def as_svg(drawing: Drawing) -> bytes:
    """A drawing as SVG, with its title for those who do not see it."""
    width, height = f"{drawing.width:.0f}", f"{drawing.height:.0f}"
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": width,
            "height": height,
            "viewBox": f"0 0 {width} {height}",
            "role": "img",
            "aria-label": _plain(drawing.title),
            "font-family": _FAMILY,
        },
    )
    SubElement(root, "title").text = _plain(drawing.title)
    SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": PAPER})
    for part in drawing.parts:
        _add_to(root, part)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _add_to(root: Element, part: Part) -> None:
    if isinstance(part, Text):
        x, y = part.place[0], part.place[1] + _ASCENT * part.size
        look = {"x": f"{x:.1f}", "y": f"{y:.1f}", "font-size": f"{part.size:g}", "fill": INK}
        look |= {"text-anchor": part.anchor} | ({"font-weight": "600"} if part.bold else {})
        look |= {"stroke": PAPER, "stroke-width": "4", "paint-order": "stroke"} if part.halo else {}
        SubElement(root, "text", look).text = _plain(part.words)
        return
    if isinstance(part, Stroke):
        (x1, y1), (x2, y2) = part.start, part.end
        ends = {"x1": f"{x1:.1f}", "y1": f"{y1:.1f}", "x2": f"{x2:.1f}", "y2": f"{y2:.1f}"}
        dashes = {"stroke-dasharray": f"{_DASH} {_DASH}"} if part.dashed else {}
        SubElement(root, "line", ends | dashes | {"stroke": FAINT, "stroke-width": f"{_LINE}"})
        return
    look = {"fill": part.colour} | ({"stroke": part.border, "stroke-width": "2"} if part.border else {})
    if isinstance(part, Disc):
        x, y = part.centre
        SubElement(root, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{part.radius:g}"} | look)
    else:
        SubElement(root, "polygon", {"points": " ".join(f"{x:.1f},{y:.1f}" for x, y in part.points)} | look)


def _plain(text: str) -> str:
    """Text on one line, without characters that no XML may hold."""
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())


def as_png(drawing: Drawing) -> bytes:
    """A drawing as PNG, at twice its size."""
    picture = Image.new("RGB", (round(drawing.width * SCALE), round(drawing.height * SCALE)), PAPER)
    pen = ImageDraw.Draw(picture)
    for part in drawing.parts:
        _draw(pen, part)
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


def _draw(pen: ImageDraw.ImageDraw, part: Part) -> None:
    if isinstance(part, Text):
        font = _font(part.size * SCALE, bold=part.bold)
        place = (part.place[0] * SCALE, part.place[1] * SCALE)
        halo = 2 * SCALE if part.halo else 0
        words = _plain(part.words)
        pen.text(place, words, INK, font, anchor=_ANCHORS[part.anchor], stroke_width=halo, stroke_fill=PAPER)
    elif isinstance(part, Stroke):
        for start, end in _dashes(part):
            pen.line([_scaled(start), _scaled(end)], FAINT, round(_LINE * SCALE))
    elif isinstance(part, Disc):
        (x, y), radius = _scaled(part.centre), part.radius * SCALE
        box = (x - radius, y - radius, x + radius, y + radius)
        pen.ellipse(box, part.colour, part.border, width=2 * SCALE if part.border else 0)
    else:
        points = [_scaled(point) for point in part.points]
        pen.polygon(points, part.colour, part.border, width=2 * SCALE if part.border else 0)


def _dashes(line: Stroke) -> list[tuple[Point, Point]]:
    """Pieces of a line that are drawn: a dashed one has every second."""
    if not line.dashed:
        return [(line.start, line.end)]
    (x1, y1), (x2, y2) = line.start, line.end
    count = max(1, round(math.dist(line.start, line.end) / _DASH))
    ends = [(x1 + (x2 - x1) * number / count, y1 + (y2 - y1) * number / count) for number in range(count + 1)]
    return list(zip(ends[::2], ends[1::2], strict=False))


def _scaled(point: Point) -> Point:
    return point[0] * SCALE, point[1] * SCALE


@cache
def _font(size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Source Sans, or Pillow's own letters where it is not to be had."""
    folder, name = _FONT
    files = sorted((Path(streamlit.__file__).parent / folder).glob(name))
    try:
        font = ImageFont.truetype(files[0], size)
        font.set_variation_by_axes([600 if bold else 400])
    except (IndexError, OSError):
        return ImageFont.load_default(size)
    return font


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """Width of a line of text, in the drawing's pixels."""
    return float(_font(size, bold=bold).getlength(_plain(words)))


def wrapped(words: str, width: float, size: float, *, bold: bool = False, most: int | None = None) -> list[str]:
    """Lines of a text that are at most so wide; a cut one ends with an ellipsis.

    Args:
        most: lines; the rest is cut off.
    """
    lines: list[str] = []
    for word in _pieces(_plain(words), width, size):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if most is not None and len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return lines


def _pieces(words: str, width: float, size: float) -> list[str]:
    """Words of a text; one that is longer than a line, such as an address, is parted."""
    pieces: list[str] = []
    for word in words.split():
        while text_width(word, size) > width:
            most = max(1, int(len(word) * width / text_width(word, size)) - 1)
            pieces.append(word[:most])
            word = word[most:]
        pieces.append(word)
    return pieces


def framed(title: str, width: float, height: float, parts: Sequence[Part], *, notes: Sequence[str]) -> Drawing:
    """A drawing with its title above and notes, such as the attribution, below.

    Args:
        height: of the parts, which begin at the upper left corner.
    """
    margin, size, small = 24.0, 19.0, 11.5
    inside = width - 2 * margin
    heading = [
        Text((margin, margin + number * size * 1.3), line, size, bold=True)
        for number, line in enumerate(wrapped(title, inside, size, bold=True))
    ]
    top = margin + len(heading) * size * 1.3 + 12
    bottom = top + height + 14
    lines = [line for note in notes for line in wrapped(note, inside, small, most=_NOTE_LINES)]
    foot = [Text((margin, bottom + number * small * 1.4), line, small) for number, line in enumerate(lines)]
    lowered = [moved(part, (0, top)) for part in parts]
    return Drawing(title, width, bottom + len(lines) * small * 1.4 + margin, (*heading, *lowered, *foot))


def moved(part: Part, by: Point) -> Part:
    """A part at another place, so far to the right and down."""

    def move(point: Point) -> Point:
        return point[0] + by[0], point[1] + by[1]

    if isinstance(part, Text):
        return replace(part, place=move(part.place))
    if isinstance(part, Stroke):
        return replace(part, start=move(part.start), end=move(part.end))
    if isinstance(part, Disc):
        return replace(part, centre=move(part.centre))
    return replace(part, points=tuple(map(move, part.points)))
