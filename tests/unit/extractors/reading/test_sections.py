"""A report's flow: blocks with their numbers and headings, and the place of every character."""

from dataclasses import replace

import pytest

from caregraph.extractors.reading.read import report_from_text
from caregraph.extractors.reading.sections import segment

LETTER = """Ofsted
Piccadilly Gate

3 May 2022

Jane Example
Director of Children’s Services

Dear Ms Example

Focused visit to Ashmere

This letter summarises the findings of the visit. Inspectors looked at the front door and at how
well children are helped.

What needs to improve

• The timeliness of strategy meetings, including those that
are held at night.
• Supervision.

1. Children are seen quickly by multi-
agency teams.

2.

Plans are clear.

The Office for Standards in Education, Children’s Services and Skills (Ofsted) regulates much.
"""


def blocks(text):
    reading = segment(report_from_text("letter.txt", text))
    return [(block.kind, block.paragraph, reading.text[block.start : block.end]) for block in reading.blocks]


def test_letter_is_segmented_in_reading_order():
    assert blocks(LETTER) == [
        ("address", None, "Ofsted\nPiccadilly Gate"),
        ("address", None, "3 May 2022"),
        ("address", None, "Jane Example\nDirector of Children’s Services"),
        ("paragraph", None, "Dear Ms Example"),
        ("heading", None, "Focused visit to Ashmere"),
        (
            "paragraph",
            None,
            "This letter summarises the findings of the visit. Inspectors looked at the front door and at how "
            "well children are helped.",
        ),
        ("heading", None, "What needs to improve"),
        ("bullet", None, "The timeliness of strategy meetings, including those that are held at night."),
        ("bullet", None, "Supervision."),
        ("paragraph", "1", "Children are seen quickly by multi-agency teams."),
        ("paragraph", "2", "Plans are clear."),
        (
            "imprint",
            None,
            "The Office for Standards in Education, Children’s Services and Skills (Ofsted) regulates much.",
        ),
    ]


class Counting(str):
    """A text that counts the characters copied out of it."""

    copied = 0

    def __getitem__(self, key):
        part = super().__getitem__(key)
        Counting.copied += len(part)
        return part


@pytest.mark.parametrize("length", [1_000, 4_000])
def test_a_line_of_any_length_is_copied_a_few_times_only(length):
    report = report_from_text("letter.txt", "Children are helped well. " * length)
    Counting.copied = 0
    segment(replace(report, text=Counting(report.text)))

    assert Counting.copied < 12 * len(report.text)


def test_blocks_know_the_heading_above():
    reading = segment(report_from_text("letter.txt", LETTER))

    sections = {reading.text[block.start : block.end][:12]: block.section for block in reading.blocks}
    assert sections["Supervision."] == "What needs to improve"
    assert sections["This letter "] == "Focused visit to Ashmere"
    assert sections["3 May 2022"] is None


@pytest.mark.parametrize(
    "text",
    [
        LETTER,
        "One  paragraph\r\nover   two lines.\r\n\r\nAnother.",
        "\n\n   Leading blanks, then words.\n",
        "Judgement\tGrade\nOverall effectiveness\tGood\n",
    ],
)
def test_flow_and_report_have_the_same_words_at_each_offset(text):
    report = report_from_text("letter.txt", text)
    reading = segment(report)

    assert len(reading.offsets) == len(reading.text)
    for index, sign in enumerate(reading.text):
        assert sign.isspace() or report.text[reading.offsets[index]] == sign
    for block in reading.blocks:
        quote = reading.quote(block.start, block.end)
        assert quote["text"] == report.text[quote["start"] : quote["end"]]
        assert reading.block_at(block.start) == block


def test_year_at_a_line_start_is_no_paragraph_number():
    assert blocks("The service was last inspected in\n2019. Since then it has changed.") == [
        ("paragraph", None, "The service was last inspected in 2019. Since then it has changed.")
    ]


def test_the_imprint_goes_on_to_the_end_but_not_from_a_cover():
    imprint = "If you would like a copy of this document in a different format, ask for one."
    after = "Write to the Enquiries Team of the publisher for more."

    assert blocks("\n\n".join([LETTER.split("The Office for")[0].rstrip(), imprint, after]))[-1] == (
        "imprint",
        None,
        after,
    )
    assert blocks("\n\n".join([imprint, "Children are seen quickly.", "Plans are clear."]))[-1][0] == "paragraph"
