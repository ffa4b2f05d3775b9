"""The untidy inputs of the shared cases, where that folder is there."""

from datetime import date

import pytest

from caregraph.ontology.errors import UnreadableReport

GRADES = {
    "leaders": "good",
    "help-and-protection": "requires-improvement",
    "in-care": "good",
    "care-leavers": "outstanding",
    "overall": "good",
}


@pytest.mark.parametrize(
    "name",
    [
        "line-ends/cr.txt",
        "line-ends/u2028.txt",
        "invisible-characters/soft-hyphen.txt",
        "invisible-characters/zwsp-at-line-start.txt",
        "invisible-characters/zwsp-in-word.txt",
        "html-not-seen-as-html/div-grid.html",
        "html-not-seen-as-html/fragment.html",
        "html-not-seen-as-html/late.html",
        "markdown-from-a-converter/footnote.txt",
        "markdown-from-a-converter/report.md",
        "markdown-from-a-converter/report.txt",
        "mail-and-web-archives/letter.docx",
        "mail-and-web-archives/page.mhtml",
        "whole-pdf-called-cut-short/trailing-html.pdf",
        "whole-pdf-called-cut-short/trailing-zeros.pdf",
    ],
)
def test_case_is_read_whole(read, shared, name):
    record = read((shared / "cases" / name).read_bytes(), name)

    assert (record.kind, record.authority.name) == ("ilacs", "Ashmere")
    assert record.inspected == ((date(2024, 9, 9), date(2024, 9, 13)),)
    assert {judgement.area: judgement.grade for judgement in record.judgements} == GRADES
    assert [person.name for person in record.people] == ["Nerys Osgathorpe"]
    assert len(record.findings) == 20


def test_letter_in_a_mail_keeps_its_own_days(read, shared):
    record = read((shared / "cases" / "mail-and-web-archives" / "mail-base64.eml").read_bytes())

    assert record.kind == "focused-visit"
    assert record.inspected == ((date(2022, 12, 6), date(2022, 12, 7)),)
    assert record.published == date(2023, 1, 30)


def test_zip_is_refused_by_name(read, shared):
    with pytest.raises(UnreadableReport, match="zip archive of 2 files: unpack it, then build the folder"):
        read((shared / "cases" / "mail-and-web-archives" / "stored.zip").read_bytes())


def test_words_typed_into_a_form_are_read(read, shared):
    record = read((shared / "cases" / "scanned-pages-among-text" / "form-fields.pdf").read_bytes())

    assert {finding.polarity for finding in record.findings} == {"strength", "concern"}
