import pytest

from caregraph.extractors.documents.second_reports import SecondReports
from caregraph.extractors.reading.flow import Reading
from caregraph.extractors.reading.read import report_from_bytes
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.vocabulary import load_vocabulary

BODY = "\n\n".join(
    f"{number}. Leaders in the town know their services well and act at once." for number in range(1, 16)
)
LETTER = (
    "{day}\n\nAnn Example\nDirector of Children's Services\n\nDear Ms Example\n\n"
    "Focused visit to {name} children's services\n\n{body}"
)
REPORT = "Inspection of {name} local authority children’s services\n\nInspection dates: {day}\n\n{body}"


def report(name: str, day: str, body: str = BODY) -> str:
    return REPORT.format(name=name, day=day, body=body)


def letter(name: str, day: str, body: str = BODY) -> str:
    return LETTER.format(name=name, day=day, body=body)


def reading_of(*documents: str) -> Reading:
    return segment(report_from_bytes("a.txt", "\n\n\n".join(documents).encode()))


@pytest.fixture(scope="module")
def reports() -> SecondReports:
    return SecondReports(load_vocabulary())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (report("Durham", "3 to 7 June 2024"), report("Leeds", "4 May 2023")),
        (report("Durham", "3 to 7 June 2024"), report("Durham", "4 May 2021")),
        (letter("Durham", "3 June 2024"), letter("Leeds", "4 May 2023")),
        (report("Durham", "3 to 7 June 2024"), letter("Mossford", "4 May 2023")),
    ],
)  # fmt: skip
def test_second_report_is_told_and_not_read(reports: SecondReports, first: str, second: str) -> None:
    alone = reading_of(first)
    reading, note = reports.split(reading_of(first, second))

    assert reading.text == alone.text
    assert reading.blocks == alone.blocks
    assert note
    assert "a second report begins on page 1" in note


@pytest.mark.parametrize(
    "documents",
    [
        (report("Durham", "3 to 7 June 2024"),),
        (report("Durham", "3 to 7 June 2024"), "Focused visit to Leeds was a year ago.", BODY),
        (report("Durham", "3 June 2024"), report("Durham", "3 June 2024", "")),
        ("", BODY),
    ],
)  # fmt: skip
def test_single_report_is_read_whole(reports: SecondReports, documents: tuple[str, ...]) -> None:
    whole = reading_of(*documents)

    assert reports.split(whole) == (whole, None)
