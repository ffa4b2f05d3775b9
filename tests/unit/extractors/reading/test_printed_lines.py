import spacy

from caregraph.extractors.reading.printed_lines import printed_lines
from caregraph.extractors.reading.read import report_from_text
from caregraph.extractors.reading.sections import segment


def test_printed_lines_are_those_of_the_page() -> None:
    text = (
        "The leaders of the service\nknow their children well\nand act on it.\n\nA second paragraph stands\nbelow it.\n"
    )
    reading = segment(report_from_text("lines.txt", text))
    doc = spacy.blank("en").make_doc(reading.text)
    doc.user_data["reading"] = reading

    lines = [reading.text[start:end] for start, end in printed_lines(doc, 0, len(reading.text))]

    assert lines == text.replace("\n\n", "\n").splitlines()


def test_printed_lines_without_a_reading_are_those_of_the_text() -> None:
    doc = spacy.blank("en").make_doc("one\n\n two \nthree")

    assert [doc.text[start:end] for start, end in printed_lines(doc, 4, 13)] == ["two", "th"]
    assert printed_lines(doc, 3, 3) == []
