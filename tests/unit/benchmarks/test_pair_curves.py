"""Drawing of precision and recall over thresholds."""

from xml.etree import ElementTree

import pytest

from benchmarks.pair_curves import OperatingPoint, draw_curves

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("point", "precision", "recall"),
    [
        (OperatingPoint(threshold=0.9, same=4, joined=2, correct=1), 0.5, 0.25),
        # Nothing is joined wrongly where nothing is joined, and nothing is missed where there is nothing.
        (OperatingPoint(threshold=0.9, same=4, joined=0, correct=0), 1.0, 0.0),
        (OperatingPoint(threshold=0.9, same=0, joined=0, correct=0), 1.0, 1.0),
    ],
)
def test_point_has_precision_and_recall(point, precision, recall):
    assert (point.precision, point.recall) == (precision, recall)


def test_drawing_has_a_panel_a_set_and_two_lines_a_panel():
    points = [OperatingPoint(threshold, same=4, joined=3, correct=3) for threshold in (0.5, 0.9)]

    drawing = ElementTree.fromstring(draw_curves({"First <set>": points, "Second set": points}, used=0.9))

    assert [text.text for text in drawing.iter(f"{SVG}text") if text.text.endswith(("set>", "set"))] == [
        "First <set>",
        "Second set",
    ]
    assert len(drawing.findall(f".//{SVG}polyline")) == 4
    assert "First <set>: precision 1.00, recall 0.75" in drawing.find(f"{SVG}title").text


def test_drawing_is_the_same_every_time():
    points = [OperatingPoint(0.9, same=4, joined=3, correct=3)]

    assert draw_curves({"Set": points}, used=0.9) == draw_curves({"Set": points}, used=0.9)
