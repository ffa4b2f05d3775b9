import io

import pytest
from lxml import etree
from PIL import Image

from caregraph.explorer.pictures.chart_pictures import bar_picture, polarity_picture
from caregraph.explorer.pictures.drawing import Disc, Shape, Stroke, Text, as_png, as_svg, text_width, wrapped
from caregraph.explorer.pictures.network_picture import network_picture
from caregraph.graph.queries.nodes import Edge, Node
from caregraph.graph.queries.polarity_counts import PolarityCounts

HOSTILE = '<script>alert(1)</script> & "Ashmere" \x01\x00'
NOTES = ("Open Government Licence v3.0", "http://127.0.0.1:8501/ask?a=1&b=2")
SVG = "{http://www.w3.org/2000/svg}"
NODES = [
    Node("a", "Ashmere", "LocalAuthority"),
    Node("b", HOSTILE, "Agency"),
    Node("c", "Wexholme", "LocalAuthority"),
    *(Node(f"f{number}", f"Finding {number}", "Finding", polarity="strength") for number in range(20)),
]
EDGES = [Edge("b", "a", "SERVES"), Edge("a", "b", "USES"), Edge("b", "c", "SERVES"), Edge("a", "c", "NEIGHBOUR_OF")]
POSITIONS = {node.iri: (number * 30.0, number % 3 * 20.0) for number, node in enumerate(NODES)}
PICTURES = {
    "bars": bar_picture(HOSTILE, [(HOSTILE, 3), ("Ashmere", 1.5), ("none", 0)], notes=NOTES),
    "polarity": polarity_picture(HOSTILE, [(HOSTILE, PolarityCounts(55, 3)), ("b", PolarityCounts())], notes=NOTES),
    "network": network_picture(HOSTILE, NODES, EDGES, POSITIONS, counted=NODES, notes=NOTES),
    "nothing": network_picture("Empty", [], [], {}, counted=[], notes=NOTES),
}


@pytest.mark.parametrize("drawing", PICTURES.values(), ids=PICTURES)
def test_svg_says_title_and_licence_and_its_texts_are_no_markup(drawing):
    root = etree.fromstring(as_svg(drawing))
    texts = [element.text for element in root.iter(f"{SVG}text")]

    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= set(
        "svg title rect text line circle polygon".split()
    )
    assert root.get("aria-label") == root.findtext(f"{SVG}title")
    assert NOTES[0] in texts
    assert NOTES[1] in texts


@pytest.mark.parametrize("drawing", PICTURES.values(), ids=PICTURES)
def test_png_is_twice_the_size_of_the_svg(drawing):
    root = etree.fromstring(as_svg(drawing))
    picture = Image.open(io.BytesIO(as_png(drawing)))

    assert abs(picture.width - 2 * int(root.get("width"))) <= 1
    assert abs(picture.height - 2 * int(root.get("height"))) <= 1
    assert len(picture.getcolors(100_000) or ()) > 2  # there is something on it


def test_bars_are_to_scale():
    bars = [part for part in PICTURES["bars"].parts if isinstance(part, Shape)]
    lengths = [bar.points[1][0] - bar.points[0][0] for bar in bars]

    assert lengths[1] == pytest.approx(lengths[0] / 2)
    assert lengths[2] == 0


def test_network_has_each_node_once_each_tie_as_one_line_and_a_legend():
    drawing = PICTURES["network"]
    words = [part.words for part in drawing.parts if isinstance(part, Text)]
    marks = [part for part in drawing.parts if isinstance(part, Disc | Shape) and part.border]

    assert len(marks) == len(NODES)
    assert sorted(part.dashed for part in drawing.parts if isinstance(part, Stroke)) == [False, False, True]
    assert {"Council 2", "Agency 1", "Strength 20"} <= set(words)


def test_names_of_a_network_do_not_lie_over_each_other():
    names = [part for part in PICTURES["network"].parts if isinstance(part, Text) and part.anchor == "middle"]
    boxes = [
        (text.place[0] - text_width(text.words, text.size) / 2, text.place[1], text_width(text.words, text.size))
        for text in names
    ]

    assert len(names) > 3
    for number, (left, top, width) in enumerate(boxes):
        for other_left, other_top, other_width in boxes[:number]:
            apart = left + width <= other_left or other_left + other_width <= left
            assert apart or abs(top - other_top) >= names[0].size


def test_lines_are_no_wider_than_their_room():
    lines = wrapped("Findings on help and protection in all councils of the region", 120, 13)

    assert len(lines) > 2
    assert all(text_width(line, 13) <= 120 for line in lines)
    assert all(text_width(line, 13) <= 120 for line in wrapped(f"http://127.0.0.1/?nodes={'a' * 300}", 120, 13))
    assert wrapped("one two three four five six", 40, 13, most=1)[0].endswith("…")
