"""Files of a brief: each form reads back the lines that were written, and text of reports is never markup."""

import docx
import pytest

from caregraph.brief.answers import Brief
from caregraph.brief.blocks import (
    Block,
    Count,
    Picture,
    Quotation,
    Table,
    lines_of,
    parse_count,
    parse_quotation,
    parse_recipe,
    recipe_line,
)
from caregraph.brief.files import READERS, WRITERS, read_lines, write_brief
from caregraph.explorer.pictures.drawing import Disc, Drawing, as_png
from caregraph.ontology.errors import BadQuestion, UnreadableReport

HOSTILE = '“<script>alert(1)</script> # *All* | files [x] \\ ``{}`` > = \x01 & "quoted”'
QUOTATION = Quotation(HOSTILE, "Ashmere", "a_b|c;[d].pdf", 3, "7", "strength")
PNG = as_png(Drawing("Dot", 4, 4, (Disc((2, 2), 1, "#000000"),)))
BRIEF = Brief(
    "Brief: Ashmere",
    (
        Block("title", "Brief: Ashmere"),
        Block("heading", "Grades"),
        Block("count", Count("Grades", 1204, "judgements-over-time", {"authority": "Ashmere"}).line()),
        Table("Grades by inspection", ("Began", "Words"), (("2022-03-21", QUOTATION.line()), ("2019-01-21", "Good"))),
        Block("subheading", "1. Plans"),
        Block("quotation", QUOTATION.line("Asked")),
        Block("citation", "Ofsted, page 3:", "https://reports.example.org/1?a=1&b=<2>"),
        Picture("Bars", PNG, 'Bars: "4" & <5>'),
        Block("recipe", recipe_line({"authority": "Ashmere", "for": "visit"})),
    ),
)


@pytest.mark.parametrize("suffix", WRITERS)
def test_lines_are_read_back_as_they_were_written(tmp_path, suffix):
    path = tmp_path / f"brief{suffix}"
    write_brief(BRIEF, path)

    assert read_lines(path) == lines_of(BRIEF.parts)


def test_page_escapes_what_a_report_says(tmp_path):
    path = tmp_path / "brief.html"
    write_brief(BRIEF, path)

    assert "<script>" not in path.read_text()


def test_word_has_headings_language_and_table_header(tmp_path):
    path = tmp_path / "brief.docx"
    write_brief(BRIEF, path)
    document = docx.Document(path)
    assert [(round(part.page_width.mm), round(part.page_height.mm)) for part in document.sections] == [(210, 297)]

    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[:2] == ["Heading 1", "Heading 2"]
    assert "Heading 3" in styles
    assert document.core_properties.title == "Brief: Ashmere"
    assert document.core_properties.language == "en-GB"
    assert "w:tblHeader" in document.tables[0].rows[0]._tr.xml
    assert 'w:val="en-GB"' in document.styles.element.xml


def test_word_table_gives_long_cells_room_and_parts_no_row(tmp_path):
    words = "“Visits are regular, and plans are shared with families in good time.” [Ashmere; ashmere.pdf; page 3]"
    table = Table("Grades by council", ("Council", "Began", "Words"), (("Ashmere", "2022-05-16", words),) * 2)
    write_brief(Brief("Brief: Ashmere", (table,)), tmp_path / "brief.docx")
    document = docx.Document(tmp_path / "brief.docx")

    council, began, quoted = (cell.width.mm for cell in document.tables[0].rows[1].cells)
    assert council >= 26
    assert quoted > 2 * began
    assert round(council + began + quoted) == 170
    assert [column.width.mm for column in document.tables[0].columns] == [council, began, quoted]
    assert all("w:cantSplit" in row._tr.xml for row in document.tables[0].rows)
    assert document.styles["Caption"].paragraph_format.keep_with_next
    assert "PAGE" in document.sections[0].footer.paragraphs[0]._p.xml
    assert read_lines(tmp_path / "brief.docx")[0] == "Grades by council"


def test_lines_parse_into_what_they_were_made_of():
    assert parse_count(BRIEF.parts[2].text) == Count("Grades", 1204, "judgements-over-time", {"authority": "Ashmere"})
    quotation = parse_quotation(BRIEF.parts[5].text)
    assert (quotation.page, quotation.paragraph, quotation.fact) == (3, "7", "strength")
    assert parse_recipe(BRIEF.parts[-1].text) == {"authority": "Ashmere", "for": "visit"}


@pytest.mark.parametrize("line", ["Grades", "“Words.”", "“Words.” [Ashmere]", "“Words.” [Ashmere; a.pdf; page x]", ""])
def test_other_lines_are_no_quotation(line):
    assert parse_quotation(line) is None


@pytest.mark.parametrize(
    ("name", "content", "error", "reason"),
    [
        ("brief.pdf", b"", BadQuestion, "expected a file that ends in .docx, .html, .md"),
        ("brief.docx", b"no zip", UnreadableReport, "brief.docx: is no .docx file"),
        ("brief.md", b"\xff\xfe\xff", UnreadableReport, "brief.md: is no .md file"),
        ("brief.html", b"", UnreadableReport, "brief.html: is no .html file"),
    ],
)
def test_file_that_is_no_brief_is_refused_by_name(tmp_path, name, content, error, reason):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(error, match=reason):
        read_lines(path)
    assert READERS.keys() == WRITERS.keys()


def test_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableReport, match=r"none\.md: cannot be read"):
        read_lines(tmp_path / "none.md")
