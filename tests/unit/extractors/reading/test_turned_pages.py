"""Pages that are turned, or whose text is turned on them, are read and drawn as those that are upright."""

import io

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from caregraph.extractors.pipeline import ReportReader
from caregraph.extractors.reading.page_pictures import draw_pages
from caregraph.extractors.reading.read import report_from_bytes
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.vocabulary import load_vocabulary

LINES = (
    ("Focused visit to Brackenford local authority children’s services", 18.0),
    ("1. Social workers visit children in Brackenford often, and their records are", 11.0),
    ("clear about risk. Managers read them each week.", 11.0),
    ("2. Too many children wait for a worker of their own, and leaders do not yet", 11.0),
    ("know how long.", 11.0),
)
WORDS = "Too many children wait"
WIDTH, HEIGHT = A4


def pdf(*, turn: int, rotation: int) -> bytes:
    """One page whose text is turned anticlockwise by ``turn`` degrees on it, shown turned clockwise by ``rotation``."""
    target = io.BytesIO()
    lies = turn in (90, 270)
    canvas = Canvas(target, pagesize=(HEIGHT, WIDTH) if lies else (WIDTH, HEIGHT))
    canvas.translate(*{0: (0, 0), 90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[turn])
    canvas.rotate(turn)
    baseline = HEIGHT - 80
    for words, size in LINES:
        canvas.setFont("Helvetica", size)
        canvas.drawString(60, baseline, words)
        baseline -= 1.3 * size
    canvas.save()
    document = pypdfium2.PdfDocument(target.getvalue())
    document[0].set_rotation(rotation)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def box(content: bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is boxed in the picture of the page, in pixels."""
    report = report_from_bytes("report.pdf", content)
    start = report.text.index(WORDS)
    [picture] = draw_pages("report.pdf", content, start, start + len(WORDS), width=600)
    image = Image.open(io.BytesIO(picture.png)).convert("RGB")
    amber = Image.eval(image.getchannel("B"), lambda value: 255 * (value < 200))
    yellow = Image.eval(image.getchannel("R"), lambda value: 255 * (value > 200))
    bounds = Image.composite(amber, Image.new("L", image.size), yellow).getbbox()
    assert bounds is not None
    return bounds


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_page_is_read_and_boxed_as_an_upright_one(turn: int, rotation: int) -> None:
    content, upright = pdf(turn=turn, rotation=rotation), pdf(turn=0, rotation=0)

    reading = segment(report_from_bytes("report.pdf", content))
    expected = segment(report_from_bytes("report.pdf", upright))

    assert reading.text == expected.text
    assert [(block.kind, block.paragraph) for block in reading.blocks] == [
        (block.kind, block.paragraph) for block in expected.blocks
    ]
    assert box(content) == pytest.approx(box(upright), abs=2)


@pytest.mark.parametrize("name", ["turned90.pdf", "turned270.pdf", "sideways-scan.pdf"])
def test_shared_turned_pages_have_all_their_findings(shared, name):
    record = ReportReader(load_vocabulary()).read(shared / "cases" / "pages-turned-90" / name)

    assert len(record.findings) == 20
    assert len(record.judgements) == 9
