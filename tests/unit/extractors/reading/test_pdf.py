"""PDF: bytes around it, characters that nobody sees, and what was typed into its forms."""

import io
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from caregraph.extractors.reading.page_pictures import draw_pages
from caregraph.extractors.reading.read import report_from_bytes
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.errors import UnreadableReport

pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))  # reportlab's own, which has a glyph for a soft hyphen
SAMPLES = sorted((Path(__file__).parents[4] / "samples").glob("*.pdf"))
PDF = SAMPLES[0].read_bytes()
PAGE = b"<html><body><p>Saved by a proxy</p></body></html>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"\0" * 20),
        (b"", b"\0" * 9000),
        (b"", b"\r\n" * 3000),
        (b"", b"\n" * 5000 + PAGE),
        (b"", b"\n--boundary--\n" + b"x" * 200_000),
        (b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n", b""),
        (b"<!-- " + b"x" * 2000 + b" -->", b"\0" * 9000),
    ],
)
def test_bytes_around_a_whole_pdf_are_passed_over(before, after):
    whole = report_from_bytes("report.pdf", PDF)
    content = before + PDF + after
    report = report_from_bytes("report.pdf", content)

    assert report.text == whole.text
    assert report.pages == whole.pages
    assert draw_pages("report.pdf", content, 100, 140, width=80) == draw_pages("report.pdf", PDF, 100, 140, width=80)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_pdf_that_is_cut_short_is_refused(path, share):
    content = path.read_bytes()

    with pytest.raises(UnreadableReport, match="cut short"):
        report_from_bytes("report.pdf", content[: int(share * len(content))])


@pytest.mark.parametrize(
    "middle",
    [
        b"startxref\n0\n%%EOF\n",  # of a file that is fetched page by page, behind its first page
        b"startxref\n9\n%%EOF\n99 0 obj\n<<",  # of a file that was changed, before the change
    ],
)
def test_end_mark_before_the_end_is_no_end(middle):
    half = len(PDF) // 2

    with pytest.raises(UnreadableReport, match="cut short"):
        report_from_bytes("report.pdf", PDF[:half] + middle + PDF[half : half + 30])


def canvas_of(draw) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=True)
    draw(canvas)
    canvas.save()
    return target.getvalue()


def form(canvas: Canvas) -> None:
    canvas.drawString(60, 780, "Inspection of Wexholme local authority children's services")
    fields = {"Overall effectiveness:": "Good", "Lead inspector:": "Osric Tunstall"}
    for row, (label, value) in enumerate(fields.items()):
        canvas.drawString(60, 740 - 40 * row, label)
        canvas.acroForm.textfield(name=label, value=value, x=220, y=732 - 40 * row, width=200, height=20, fontSize=11)
    canvas.drawString(60, 600, "Social workers visit children often and know them well.")
    canvas.acroForm.textfield(
        name="more", value="Caseloads are too high.", x=60, y=540, width=400, height=30, fontSize=11, fieldFlags=""
    )


def test_words_typed_into_a_form_stand_beside_their_labels():
    content = canvas_of(form)
    reading = segment(report_from_bytes("form.pdf", content))

    assert "Overall effectiveness: Good" in reading.text
    assert "Lead inspector: Osric Tunstall" in reading.text
    assert reading.text.index("know them well") < reading.text.index("Caseloads are too high.")


def test_words_typed_into_a_form_are_boxed():
    content = canvas_of(form)
    report = report_from_bytes("form.pdf", content)
    start = report.text.index("Osric")

    plain, boxed = (draw_pages("form.pdf", content, start, start + length, width=300) for length in (1, 14))
    assert plain[0].number == 1
    assert plain != boxed


def test_characters_that_nobody_sees_shift_no_box():
    words = "Leaders in Wexholme know their services well."
    unseen = words.replace("their", "th\xade\xadir").replace("services", "ser\xadvices")
    seen, hidden = (canvas_of(lambda canvas, text=text: draw(canvas, text)) for text in (words, unseen))
    report = report_from_bytes("report.pdf", hidden)
    document = pypdfium2.PdfDocument(hidden)
    printed = document[0].get_textpage().get_text_range()

    assert report.text == report_from_bytes("report.pdf", seen).text
    for piece in report.pages[0].pieces:
        assert report.text[piece.start : piece.end] == printed[piece.index : piece.index + piece.end - piece.start]
    assert len(report.pages[0].pieces) == 4
    start = report.text.index("well")
    assert draw_pages("report.pdf", hidden, start, start + 4, width=300)


def draw(canvas: Canvas, words: str) -> None:
    canvas.setFont("Vera", 11)
    canvas.drawString(60, 780, words)
    canvas.drawString(60, 760, "A second line stands below the first one.")
