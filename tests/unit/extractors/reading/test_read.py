"""What a file is comes from its bytes, and its text keeps the medium's own characters."""

from pathlib import Path

import pytest

from caregraph.extractors.reading.read import read_report, report_from_bytes, report_from_text
from caregraph.ontology.errors import UnreadableReport

PROSE = "Leaders know their services well. " * 20


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("letter.txt", "Leaders’ plans are clear.".encode(), "text"),
        ("letter.txt", "Leaders’ plans are clear.".encode("cp1252"), "text"),
        ("letter.txt", "Leaders’ plans are clear.".encode("utf-16"), "text"),
        ("letter.pdf", "Leaders’ plans are clear.".encode(), "text"),
        ("news.txt", f"<!DOCTYPE html><html><body><article><p>{PROSE}</p></article></body></html>".encode(), "html"),
    ],
)
def test_media_come_from_the_bytes(name, content, media):
    report = report_from_bytes(name, content)

    assert report.media == media
    assert "Leaders" in report.text


def test_windows_1252_keeps_its_quotes():
    assert report_from_bytes("letter.txt", b"Children\x92s views").text.strip() == "Children’s views"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\0\n", "is empty"),
        (b"PK\x03\x04\x14\0\x06\0\x08\0", "damaged"),
        (b"%PDF-1.7\n1 0 obj\n<<", "cut short"),
        (b"%PDF-1.7\nnothing here\n%%EOF", "damaged"),
        (b"<html><head><title>Report not found</title></head><body><p>Sorry.</p></body></html>", "Report not found"),
    ],
)
def test_what_is_no_report_says_why(content, reason):
    with pytest.raises(UnreadableReport, match=reason) as failure:
        report_from_bytes("broken.pdf", content)

    assert str(failure.value).startswith("broken.pdf: ")


def test_missing_file_says_so(tmp_path):
    with pytest.raises(UnreadableReport, match="cannot be opened"):
        read_report(tmp_path / "absent.pdf")


def test_html_leaves_the_site_around_the_article():
    page = (
        "<html><body><nav><a href='/'>Home</a> <a href='/jobs'>Vacancies</a></nav><main><article><h1>Visit praised</h1>"
        f"<p>{PROSE}</p><ul><li>More foster carers are needed.</li></ul></article></main>"
        "<footer>Cookie policy</footer></body></html>"
    )
    report = report_from_bytes("news.html", page.encode())

    assert "More foster carers are needed." in report.text
    assert "Vacancies" not in report.text
    assert "Cookie" not in report.text


def test_pages_of_text_lead_back_to_their_place():
    report = report_from_text("letter.txt", "One line.\nAnother line.")

    assert [page.number for page in report.pages] == [1]
    assert report.page_at(len("One line.\n")) == 1
    with pytest.raises(ValueError, match="no page holds"):
        report.page_at(10_000)


SAMPLES = sorted((Path(__file__).parents[4] / "samples").glob("*.pdf"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_pdf_offsets_are_pdfiums_character_indexes(path):
    import pypdfium2

    report = read_report(path)

    document = pypdfium2.PdfDocument(path)
    for page in report.pages:
        printed = document[page.number - 1].get_textpage().get_text_range().replace("\ufffe", "-")
        assert page.pieces
        for piece in page.pieces:
            length = piece.end - piece.start
            assert report.text[piece.start : piece.end] == printed[piece.index : piece.index + length]
    pieces = [piece for page in report.pages for piece in page.pieces]
    added = set(range(len(report.text))) - {place for piece in pieces for place in range(piece.start, piece.end)}
    assert "".join(report.text[place] for place in added).strip("\n") == ""


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_pdf_page_numbers_are_furniture(path):
    report = read_report(path)

    for page in report.pages[1:]:
        furniture = [line for line in report.lines if line.page == page.number and line.start >= report.notes_end]
        words = [report.text[line.start : line.end].split() for line in furniture]
        assert any(line and line[-1] == str(page.number) for line in words)
