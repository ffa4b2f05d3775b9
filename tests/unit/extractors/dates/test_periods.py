from datetime import date

import pytest

from caregraph.extractors.dates.periods import find_periods, find_runs, parse_period, single_days


def days(text: str, published: date | None = None) -> list[tuple[str, str]]:
    return [(str(period.first), str(period.last)) for period in find_periods(text, published=published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("27 to 31 January 2025", [("2025-01-27", "2025-01-31")]),
        ("23 January 2017 – 16 February 2017", [("2017-01-23", "2017-02-16")]),
        ("11 January 2016–4 February 2016", [("2016-01-11", "2016-02-04")]),
        ("9–24 November 2017", [("2017-11-09", "2017-11-24")]),
        ("24 – 28 June 2013", [("2013-06-24", "2013-06-28")]),
        ("14 January 2014- 5 February 2014", [("2014-01-14", "2014-02-05")]),
        ("02 March 2020 to 13 March 2020", [("2020-03-02", "2020-03-13")]),
        ("9 May to 20 May 2022", [("2022-05-09", "2022-05-20")]),
        ("between 9 and 13 July 2018", [("2018-07-09", "2018-07-13")]),
        ("Between 19 November 2018 and 23 November 2018, three", [("2018-11-19", "2018-11-23")]),
        ("Monday 5th July 2021 to Friday 9th July 2021", [("2021-07-05", "2021-07-09")]),
        ("30 Sept. – 4 Oct 2019", [("2019-09-30", "2019-10-04")]),
        ("28 July 2016", [("2016-07-28", "2016-07-28")]),
        ("05/12/2022", [("2022-12-05", "2022-12-05")]),
        # One visit on two days, or on three.
        ("2 and 3 March 2022", [("2022-03-02", "2022-03-03")]),
        ("6, 7 and 8 March 2018", [("2018-03-06", "2018-03-08")]),
        # Two visits.
        ("7 and 24 March 2022", [("2022-03-07", "2022-03-07"), ("2022-03-24", "2022-03-24")]),
        (
            "5 to 9 December 2022 and 14 to 15 February 2023",
            [("2022-12-05", "2022-12-09"), ("2023-02-14", "2023-02-15")],
        ),
        # The year of the second visit dates the first one, too.
        ("5 to 9 December and 14 to 15 February 2023", [("2022-12-05", "2022-12-09"), ("2023-02-14", "2023-02-15")]),
        ("12 December to 13 January 2017", [("2016-12-12", "2017-01-13")]),
        # Lost spaces, and a line's end within.
        ("20to 24 June2016", [("2016-06-20", "2016-06-24")]),
        ("20 to 24\nJune 2016", [("2016-06-20", "2016-06-24")]),
        # The ways in which people write 3 to 14 March.
        *(
            (text, [("2025-03-03", "2025-03-14")])
            for text in (
                "03/03/2025 - 14/03/2025",
                "03/03/2025-14/03/2025",
                "3/3/2025 to 14/3/2025",
                "03/03 - 14/03/2025",
                "3-14/03/2025",
                "3.3.25–14.3.25",
                "03.03.2025 — 14.03.2025",
                "03-03-2025 to 14-03-2025",
                "2025-03-03 to 2025-03-14",
                "2025-03-03–2025-03-14",
                "2025-03-03/2025-03-14",
                "Mon 3 March – Fri 14 March 2025",
                "Thurs 3 - Tues 14 March 2025",
                "from Monday 3 to Friday 14 March 2025",
                "the 3rd to the 14th of March 2025",
                "3ʳᵈ – 14ᵗʰ March 2025",
                "3 rd to 14 th March 2025",
                "3 Mar – 14 Mar 2025",
                "3 Mar. – 14 Mar. 2025",
                "03 ‑ 14 March, 2025",
                "3 until 14 March 2025",
                "3 March 2025 to 14 March",
                "March 3-14, 2025",
                "March 3rd to March 14th, 2025",
                "Monday, March 3 – Friday, March 14, 2025",
                "March 3, 2025 – March 14, 2025",
            )
        ),
        ("March 28 – April 4, 2025", [("2025-03-28", "2025-04-04")]),
        ("Dec 28, 2024 to Jan 10, 2025", [("2024-12-28", "2025-01-10")]),
        ("28 December – 4 January 2025", [("2024-12-28", "2025-01-04")]),
        # Two weeks, and days of two weeks.
        ("3–7 and 10–14 March 2025", [("2025-03-03", "2025-03-07"), ("2025-03-10", "2025-03-14")]),
        ("3–7 March, 10–14 March 2025", [("2025-03-03", "2025-03-07"), ("2025-03-10", "2025-03-14")]),
        (
            "between 3 and 7 March and between 10 and 14 March 2025",
            [("2025-03-03", "2025-03-07"), ("2025-03-10", "2025-03-14")],
        ),
        ("3, 4, 5, 10 and 11 March 2025", [("2025-03-03", "2025-03-05"), ("2025-03-10", "2025-03-11")]),
        # Day before month, where both are numbers.
        ("04/03/2025", [("2025-03-04", "2025-03-04")]),
        # A number beside a date is no day.
        ("3 March 2025 and 14 children", [("2025-03-03", "2025-03-03")]),
        ("room 12, 3 March 2025", [("2025-03-03", "2025-03-03")]),
        # Half of it cannot be read, so nothing is.
        ("3b to 14 March 2025", []),
        ("3 March to 1x March 2025", []),
        ("3 March 2025 – tbc", []),
        ("3 to 31 June 2025", []),
        ("03/14/2025", []),
        ("04/03/2025 - 04/14/2025", []),
        ("2025-03-03 to 2025-13-14", []),
        ("w/c 3 March 2025", []),
        ("week commencing 3 March 2025", []),
        # None of these is a date.
        ("aged 3 to 14", []),
        ("call 0300 123 1231 or 020 7946 0958", []),
        ("paragraphs 3 to 14", []),
        ("section 17 and section 3.3.25 to 14.3.25", []),
        ("a ratio of 1/3, or 1:3", []),
        ("in May 20 children were seen, in 2019 more", []),
        ("31 June 2016", []),
        ("30 to 28 May 2019", []),
        ("paragraph 5 may 2 be", []),
        ("within 3 months of 2021", []),
        ("section 1.12 March 2020", []),
    ],
)
def test_find_periods_reads_what_reports_print(text: str, expected: list[tuple[str, str]]) -> None:
    assert days(text) == expected


def test_find_periods_takes_a_missing_year_from_the_publication() -> None:
    text = "Between 20 and 24 June, three inspectorates came."

    assert days(text) == []
    assert days(text, published=date(2016, 8, 2)) == [("2016-06-20", "2016-06-24")]
    assert days(text, published=date(2016, 3, 2)) == [("2015-06-20", "2015-06-24")]


def test_find_periods_says_where_they_stand() -> None:
    text = "We were there on 7 and 24 March 2022."

    assert [text[period.start : period.end] for period in find_periods(text)] == ["7", "24 March 2022"]


@pytest.mark.parametrize("text", ["", "in the spring of 2022", "31 to 32 May 2020", "20 and 24 June"])
def test_parse_period_refuses_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="no period"):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 Mar 25 - 14 Mar 25", [("2025-03-03", "2025-03-14")]),
        ("3/3/25", [("2025-03-03", "2025-03-03")]),
        ("3 March ’25", [("2025-03-03", "2025-03-03")]),
        ("3 to 14 March 25 families", []),
        ("3 to 14 March\n26 families", []),
    ],
)
def test_years_of_two_figures_are_read_behind_a_label_only(text: str, expected: list[tuple[str, str]]) -> None:
    runs = find_runs(text, behind_label=True)

    assert [(str(period.first), str(period.last)) for run in runs for period in run.periods] == expected
    assert list(single_days(text)) == []


def test_reading_periods_is_linear_in_the_numbers_of_a_page() -> None:
    [period] = find_periods("12, " * 50_000 + "3 to 14 March 2025")

    assert period.first == date(2025, 3, 3)
