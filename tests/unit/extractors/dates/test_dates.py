import pytest
import spacy

from caregraph.extractors.dates.dates import DateExtractor

LETTER = """6 April 2022
Ada Moor, Director of Children's Services
Dear Ms Moor
Focused visit to Harrow children's services
This letter sets out what we saw on a focused visit to Harrow on 2 and 3 March 2022.
The council should send its plan by 14 July 2022."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Inspection dates: 26 to 30 June 2023\nLead inspector: Ada Moor", [("inspected", "2023-06-26/2023-06-30")]),
        (
            "Inspection dates: 5 to 9 December 2022 and 14 to 15 February 2023\nLead inspector: Ada Moor",
            [("inspected", "2022-12-05/2022-12-09"), ("inspected", "2023-02-14/2023-02-15")],
        ),
        (
            "Inspection date: 28 July 2016\nReport published: 20 September 2016",
            [("inspected", "2016-07-28/2016-07-28"), ("published", "2016-09-20")],
        ),
        # Lines that ran together.
        (
            "Inspection date: 20 May 2014 – 11 June 2014 Report published: 18 July 2014",
            [("inspected", "2014-05-20/2014-06-11"), ("published", "2014-07-18")],
        ),
        ("Age group: All Published: 2 August 2013", [("published", "2013-08-02")]),
        # Earlier inspections, deadlines and parts published before are other dates.
        (
            "Inspection dates: 9 to 13 October 2023\nDate of previous inspection: 8 to 10 July 2019",
            [("inspected", "2023-10-09/2023-10-13")],
        ),
        (LETTER, [("inspected", "2022-03-02/2022-03-03"), ("published", "2022-04-06")]),
        (
            "2 August 2016\nDear partners\nBetween 20 and 24 June, Ofsted and others carried out a joint inspection.",
            [("inspected", "2016-06-20/2016-06-24"), ("published", "2016-08-02")],
        ),
        (
            "This inspection took place from 23 to 27 January 2023. On 1 July 2022, the board became responsible.",
            [("inspected", "2023-01-23/2023-01-27")],
        ),
        ("Since the last inspection on 3 May 2016, visits take place on time.", []),
        ("The footnote says that a part was originally published on 11 February 2014.", []),
        ("Leaders visit families often. In 2019 they were judged to be good.", []),
        # Given but unreadable is not the same as not given.
        ("Inspection dates: 2b to 3o June\nLead inspector: Ada Moor", [("unread-inspected", "")]),
        ("Report published: soon", [("unread-published", "")]),
        ("Inspection dates:\nLead inspector: Ada Moor", []),
        # Half of a period is none.
        ("Inspection dates: 3 March 2025 – 1x March\nLead inspector: Ada Moor", [("unread-inspected", "")]),
        ("Inspection dates: 3 March 2025, 9am to 14 March 2025, 5pm", [("unread-inspected", "")]),
        ("Inspection dates: week commencing 3 March 2025", [("unread-inspected", "")]),
        # Numbers behind one label, words behind the next.
        (
            "Inspection dates: 03/03/2025 - 14/03/2025\nReport published: 2 May 2025",
            [("inspected", "2025-03-03/2025-03-14"), ("published", "2025-05-02")],
        ),
        ("Dates of inspection: 2025-03-03 to 2025-03-14\n", [("inspected", "2025-03-03/2025-03-14")]),
        ("Visit dates: March 3-14, 2025\n", [("inspected", "2025-03-03/2025-03-14")]),
        # Days that can hardly be a report's are told and not taken.
        ("Inspection dates: 3 to 14 March 1924\n", [("unread-inspected", "before 2000:")]),
        ("Inspection dates: 3 to 14 March 2042\n", [("unread-inspected", "after 2035:")]),
        ("Inspection dates: 3 March 2023 to 14 March 2025\n", [("unread-inspected", "longer than a year:")]),
        ("Report published: 2 May 1998\n", [("unread-published", "before 2000:")]),
        (
            "Inspection dates: 3 to 14 March 2025\nReport published: 10 March 2025",
            [
                ("inspected", "2025-03-03/2025-03-14"),
                ("unread-published", "before the visit, which ended on 2025-03-14:"),
            ],
        ),
        # A letter's plans are no visit, unless it tells of nothing else.
        (
            "6 April 2022\nDear Ms Moor\nWe will visit again on 7 June 2022. Our visit on 2 and 3 March 2022 is done.",
            [("inspected", "2022-03-02/2022-03-03"), ("published", "2022-04-06")],
        ),
        (
            "6 April 2022\nDear Ms Moor\nThis letter is about the visit on 2 and 3 March 2023.",
            [("unread-inspected", "later than the report, which is of 2022-04-06:"), ("published", "2022-04-06")],
        ),
        # A letter of January that has the number of the year before.
        (
            "12 January 2022\nDear Ms Moor\nThis letter is about the visit on 6 and 7 December 2022.",
            [
                ("inspected", "2022-12-06/2022-12-07"),
                ("unread-published", "before the visit, which ended on 2022-12-07:"),
            ],
        ),
    ],
)
def test_dates_are_the_reports_own(text: str, expected: list[tuple[str, str]]) -> None:
    doc = spacy.blank("en")(text)

    assert [(span.label_, span.id_) for span in DateExtractor().find(doc)] == expected


def test_dates_are_proved_by_their_words() -> None:
    doc = spacy.blank("en")("Inspection dates: 5 to 9 December 2022 and 14 to 15 February 2023")

    assert [span.text for span in DateExtractor().find(doc)] == ["5 to 9 December 2022", "14 to 15 February 2023"]
