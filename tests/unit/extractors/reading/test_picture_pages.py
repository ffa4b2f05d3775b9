"""Pages that are pictures of text are told of where none can be read, and blank ones and logos are not."""

import io

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from caregraph import extras
from caregraph.extractors.pipeline import ReportReader
from caregraph.extractors.reading.read import report_from_bytes
from caregraph.ontology.errors import UnreadableReport
from caregraph.ontology.records import Unread
from caregraph.ontology.vocabulary import load_vocabulary

WIDTH, HEIGHT = A4
TEXT = (
    "Focused visit to Oxmarsh local authority children’s services",
    "Social workers in Oxmarsh see children often, and managers read their records with care.",
)


@pytest.fixture(autouse=True)
def _without_text_recognition(monkeypatch):
    monkeypatch.setitem(extras.EXTRAS, "ocr", ("no_such_module",))


def pdf(pages: str) -> bytes:
    """A page for each letter: t has text, p a picture, h a picture with a header, l a logo, b is blank, a a drawing."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    picture = ImageReader(Image.new("L", (60, 80), 128))
    for page in pages:
        if page in "ph":
            canvas.drawImage(picture, 0, 0, WIDTH, HEIGHT)
        if page == "h":
            canvas.drawString(60, HEIGHT - 30, "Page 2 of 3")
        if page == "l":
            canvas.drawImage(picture, 60, HEIGHT - 100, 60, 60)
        if page == "t":
            canvas.drawImage(picture, 0, 0, WIDTH, HEIGHT / 4)
            for line, words in enumerate(TEXT):
                canvas.drawString(60, HEIGHT - 60 - 20 * line, words)
        if page == "a":
            for shape in range(400):
                canvas.line(shape, 100, shape + 2, 103)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize(
    ("pages", "pictures"),
    [("t", ()), ("tppp", (2, 3, 4)), ("ptp", (1, 3)), ("tblt", ()), ("tht", (2,)), ("tab", (2,))],
)
def test_pages_that_are_pictures_are_known(pages: str, pictures: tuple[int, ...]) -> None:
    assert report_from_bytes("report.pdf", pdf(pages)).pictures == pictures


@pytest.mark.parametrize(
    ("pages", "reason"),
    [
        ("tp", "page 2 is a picture and was not read"),
        ("ptpp", "pages 1, 3 and 4 are pictures and were not read"),
        ("ptpppp", "pages 1 and 3 to 6 are pictures and were not read"),
    ],
)
def test_pages_that_are_pictures_are_told_of(pages: str, reason: str) -> None:
    record = ReportReader(load_vocabulary()).read_bytes("report.pdf", pdf(pages))

    assert Unread("pages", reason) in record.unread


def test_a_report_of_pictures_alone_is_refused_with_what_to_do():
    with pytest.raises(UnreadableReport) as refused:
        report_from_bytes("report.pdf", pdf("pp"))

    assert str(refused.value) == (
        "report.pdf: has 2 pages of pictures and no text; run pip install 'caregraph[ocr]' to have them read, "
        "or put it through another program for OCR first"
    )


@pytest.mark.parametrize(("name", "pictures"), [("cover-only.pdf", (2, 3, 4, 5, 6)), ("mixed.pdf", (1, 4))])
def test_shared_pictures_among_text_are_told_of(shared, name, pictures):
    content = (shared / "cases" / "scanned-pages-among-text" / name).read_bytes()

    assert report_from_bytes(name, content).pictures == pictures
