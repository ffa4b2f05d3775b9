"""A report whose pages are pictures is read with the extra `ocr`, and every word has its box."""

import io
import os
import subprocess
import sys

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from caregraph import extras
from caregraph.extractors.pipeline import ReportReader
from caregraph.extractors.reading.file_content import count_pictures_in
from caregraph.extractors.reading.page_pictures import draw_pages
from caregraph.extractors.reading.pdf import picture_pages, recognition
from caregraph.extractors.version import extractor_version
from caregraph.ontology.records import Unread
from caregraph.ontology.vocabulary import load_vocabulary

pytest.importorskip("rapidocr")

WIDTH, HEIGHT = A4
FINDING = "Social workers know children well and visit them often, in Oxmarsh and beyond."
TEXT = [  # type size, distance from the left, and words; two lines of one height are cells of a row
    (24, 60, 770, "Oxmarsh City Council"),
    (24, 60, 740, "Inspection of children's social care services"),
    (12, 60, 705, "Inspection dates: 13 to 24 May 2024"),
    (12, 60, 685, "Lead inspector: Ottoline Greave, His Majesty's Inspector"),
    (12, 60, 650, "Judgement"),
    (12, 320, 650, "Grade"),
    (12, 60, 630, "The impact of leaders on social work"),
    (12, 320, 630, "Requires improvement to be good"),
    (12, 60, 616, "practice with children and families"),
    (12, 60, 596, "The experiences and progress of children in care"),
    (12, 360, 596, "Good"),
    (12, 60, 576, "Overall effectiveness"),
    (12, 320, 576, "Good"),
    (12, 60, 550, FINDING),
    (12, 60, 535, "Their plans are clear, and managers see to it that nothing in them is forgotten."),
    (12, 60, 520, "Managers read every record within a day, and say with care what is to be done next."),
    (12, 60, 505, "Children say that they are heard, and that what they ask for is mostly done in time."),
    (12, 60, 475, "Too many care leavers wait for a home of their own, and leaders know of it."),
    (12, 60, 460, "Their plan to build more homes is sound, but it has no money and no days in it so far."),
]
READ = """
import socket, sys
def refuse(*_):
    raise OSError("no network")
socket.getaddrinfo = socket.socket.connect = refuse
from caregraph.extractors.reading.read import report_from_bytes
report = report_from_bytes("report.pdf", sys.stdin.buffer.read())
print(len(report.pages) - 1, [page.number for page in report.picture_pages if page.lines], list(report.pictures))
"""


def printed() -> Image.Image:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    for size, left, height, words in TEXT:
        canvas.setFont("Helvetica", size)
        canvas.drawString(left, height, words)
    canvas.showPage()
    canvas.save()
    return pypdfium2.PdfDocument(target.getvalue())[0].render(scale=2).to_pil().convert("L")


def pdf(*pages: Image.Image) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target)
    for picture in pages:
        size = picture.width / 2, picture.height / 2
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(picture), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.fixture(scope="module")
def content() -> bytes:
    """A page of text, scanned a little askew, and one that is grey all over."""
    askew = printed().rotate(0.7, fillcolor=255, resample=Image.Resampling.BICUBIC)
    return pdf(askew, Image.new("L", (600, 800), 128))


@pytest.fixture(scope="module")
def record(content):
    return ReportReader(load_vocabulary()).read_bytes("oxmarsh.pdf", content)


def test_a_report_of_pictures_is_read(record):
    assert {(judgement.area, judgement.grade) for judgement in record.judgements} == {
        ("leaders", "requires-improvement"),
        ("in-care", "good"),
        ("overall", "good"),
    }
    assert [(str(first), str(last)) for first, last in record.inspected] == [("2024-05-13", "2024-05-24")]
    assert [person.name for person in record.people] == ["Ottoline Greave"]
    assert FINDING in {finding.text for finding in record.findings}


def test_what_was_read_from_a_picture_says_so(record):
    quotes = (*record.judgements, *record.people, *record.findings, *record.passages)

    assert all(quote.from_picture for quote in quotes)
    assert all(row["from_picture"] for row in record.as_json()["findings"])
    assert [note for note in record.unread if note.field == "pages"] == [
        Unread("pages", "page 1 was read from a picture: words may be wrong"),
        Unread("pages", "page 2 is a picture in which no words were found"),
    ]


def test_words_are_boxed_where_they_stand_without_reading_the_page_again(content, record, monkeypatch):
    monkeypatch.setitem(extras.EXTRAS, "ocr", ("no_such_module",))
    finding = next(finding for finding in record.findings if finding.text == FINDING)

    [page] = draw_pages("oxmarsh.pdf", content, finding.start, finding.end, picture_pages=record.picture_pages)

    picture = Image.open(io.BytesIO(page.png)).convert("RGB")
    scale = picture.width / WIDTH
    amber = [
        (x / scale, HEIGHT - y / scale)
        for x in range(0, picture.width, 2)
        for y in range(0, picture.height, 2)
        if (pixel := picture.getpixel((x, y)))[0] > 220 and pixel[2] < 200
    ]
    assert page.number == 1
    assert min(x for x, _ in amber) == pytest.approx(58, abs=6)
    assert max(x for x, _ in amber) == pytest.approx(500, abs=25)
    assert 530 < min(y for _, y in amber) < max(y for _, y in amber) < 575


def test_a_page_that_lies_on_its_side_is_read(content):
    [page] = picture_pages.read_pictures(pdf(printed().transpose(Image.Transpose.ROTATE_90)), [1])

    assert (page.rotation, round(page.width), round(page.height)) == (90, 596, 842)
    assert FINDING in [line.text for line in page.lines]


def test_pages_beyond_the_most_are_told_of(content, monkeypatch):
    monkeypatch.setattr(picture_pages, "MOST_PICTURES", 1)
    record = ReportReader(load_vocabulary()).read_bytes("oxmarsh.pdf", content)

    assert Unread("pages", "page 2 is a picture and was not read: at most 200 are read") in record.unread


def test_version_tells_with_what_pictures_are_read(monkeypatch):
    vocabulary = load_vocabulary()
    before = extractor_version(vocabulary)
    monkeypatch.setitem(extras.EXTRAS, "ocr", ("no_such_module",))

    assert extractor_version(vocabulary) != before


def test_pictures_give_time_only_where_they_are_read(content, monkeypatch):
    assert count_pictures_in(content) == 2
    monkeypatch.setitem(extras.EXTRAS, "ocr", ("no_such_module",))
    assert count_pictures_in(content) == 0


def test_reading_a_picture_says_writes_and_fetches_nothing(content, tmp_path):
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    environment.pop("ORT_DISABLE_TELEMETRY", None)

    run = subprocess.run([sys.executable, "-c", READ], input=content, env=environment, capture_output=True, timeout=300)

    assert (run.returncode, run.stdout.decode().strip(), run.stderr.decode()) == (0, "1 [1] []", "")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_package_without_its_networks_reads_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(recognition, "_networks", lambda: (tmp_path / "a.onnx", tmp_path / "b.onnx"))

    assert recognition.engine() is None
    assert recognition.missing_networks() == ["a.onnx", "b.onnx"]
