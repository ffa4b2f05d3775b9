"""A picture has the boxes where the words are printed."""

import io
from pathlib import Path

import pytest
from PIL import Image

from caregraph.extractors.reading.page_pictures import draw_pages
from caregraph.extractors.reading.read import read_report
from caregraph.ontology.errors import UnreadableReport

SAMPLES = Path(__file__).parents[4] / "samples"
PDF = SAMPLES / "ashmere_cs_2025-02-24.pdf"


def boxed(png: bytes) -> list[int]:
    """The rows of the picture that have the amber of a box in them."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    rows = (picture.crop((0, y, picture.width, y + 1)).getcolors(picture.width) for y in range(picture.height))
    return [y for y, colours in enumerate(rows) if any(r > 240 and b < 200 for _, (r, _, b) in colours)]


def test_words_are_boxed_on_their_page_and_only_there():
    report = read_report(PDF)
    words = "Child protection enquiries are careful and proportionate."
    start = report.text.index(words)
    [found] = draw_pages(PDF.name, PDF.read_bytes(), start, start + len(words), width=600)
    rows = boxed(found.png)

    assert found.number == report.page_at(start)
    assert 5 < len(rows) < 40  # one line
    assert rows[-1] - rows[0] == len(rows) - 1


def test_words_that_cross_a_page_are_boxed_on_both():
    report = read_report(PDF)
    start = report.pages[1].pieces[0].start
    found = draw_pages(PDF.name, PDF.read_bytes(), start - 30, start + 30, width=300)

    assert [one.number for one in found] == [1, 2]


def test_report_without_pages_has_no_picture():
    path = SAMPLES / "pellmouth_focused-visit_2023-01-30.txt"

    assert draw_pages(path.name, path.read_bytes(), 0, 50) == []


def test_what_is_no_report_is_refused():
    with pytest.raises(UnreadableReport):
        draw_pages("nothing", b"%PDF-1.7 nothing", 0, 5)
