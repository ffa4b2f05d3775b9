"""Grammar of days as reports print them: 'on 2 and 3 March 2022', '27 to 31 January 2025', '9–24 November 2017'.

British order only, day before month. A day that lacks its month or its year
takes them from the next one that has them, as a reader does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = {name: number for number, name in enumerate(_MONTHS, start=1)}

_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_DAY = r"(?P<{0}day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d.:%])"
_MONTH = (
    r"(?P<{0}month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_YEAR = r"(?P<{0}year>(?:19|20)\d\d)(?!\d)"
_DATE = rf"{_WEEKDAY}{_DAY}(?:\s*(?:of\s+)?{_MONTH}(?:,?\s*{_YEAR})?)?"
# '6, 7 and 8 March': the days between. More than a month has is no list of days, but may be a page of numbers.
_LIST = r"(?:,\s*\d{1,2}(?:st|nd|rd|th)?(?=\s*(?:,|and\b|&))){0,31}"
_LINK = r"\s*(?P<link>(?<![a-z])(?:to|until|and)|&|-|–|—)\s*"
_LAST = rf"{_WEEKDAY}{_DAY}\s*(?:of\s+)?{_MONTH}(?:,?\s*{_YEAR})?"
_PERIOD = re.compile(
    r"(?<![\d/.])(?P<frame>\b(?:between|from)\s+)?"
    rf"(?:{_DATE.format('first_')}{_LIST}{_LINK})?{_LAST.format('last_')}",
    re.IGNORECASE,
)
_JOINS_PERIODS = re.compile(r"\s*(?:,|;|and|&|,\s*and)\s*")
_NUMERIC = re.compile(r"(?<![\d/.])(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>20\d\d)(?!\d)")

_SAME_VISIT = 4  # days: 'on 2 and 3 March' is one visit, 'on 7 and 24 March' are two


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days ``first`` to ``last``, read from ``text[start:end]``; a single day is both."""

    start: int
    end: int
    first: date
    last: date


def parse_period(text: str) -> tuple[date, date]:
    """Read the days on which an inspection ran.

    Args:
        text: a period as reports print it, day first. Where the first date
            lacks a month or a year, it takes them from the second.

    Returns:
        The first and the last day, both inside the period.

    Raises:
        ValueError: if a date is missing, is not in the calendar, or the period runs backwards.

    >>> parse_period("28 November to 2 December 2022")
    (datetime.date(2022, 11, 28), datetime.date(2022, 12, 2))
    """
    periods = list(find_periods(text))
    if not periods:
        raise ValueError(f"no period with day, month and year in {text!r}")
    return periods[0].first, periods[-1].last


def find_periods(text: str, *, published: date | None = None) -> Iterator[Period]:
    """Yield the periods in ``text`` in reading order, and pass over all that cannot be a date.

    ``published`` dates a period that has no year of its own nor one after it: it
    ended on the last such day before the report came out.
    """
    matches = list(_PERIOD.finditer(text))
    latest = published
    backwards: list[Period] = []
    for match, following in zip(reversed(matches), [None, *reversed(matches)], strict=False):
        # '5 to 9 December and 14 to 15 February 2023': the first period takes its year from the second.
        joined = following is not None and _JOINS_PERIODS.fullmatch(text, match.end(), following.start())
        periods = list(_periods_of_match(match, latest if joined else published))
        latest = periods[0].first if periods else published
        backwards.extend(reversed(periods))
    yield from reversed(backwards) if matches else _numeric_dates(text)


def single_days(text: str) -> Iterator[Period]:
    """Yield the whole dates (day, month, year) in ``text`` that are not part of a range."""
    return (period for period in find_periods(text) if period.first == period.last)


def _numeric_dates(text: str) -> Iterator[Period]:
    """Yield dates such as 05/12/2022."""
    for match in _NUMERIC.finditer(text):
        day = _date_or_none(match["day"], int(match["month"]), int(match["year"]))
        if day:
            yield Period(match.start(), match.end(), day, day)


def _periods_of_match(match: re.Match[str], latest: date | None) -> Iterator[Period]:
    """Yield the one or two periods of ``match``; without a year, a period ended on or before ``latest``."""
    month = _NUMBERS[match["last_month"][:3].lower()]
    if match["last_year"]:
        last = _date_or_none(match["last_day"], month, int(match["last_year"]))
    else:
        last = _latest_date(match["last_day"], month, latest)
    if last is None:
        return
    start = match.end("frame") if match["frame"] else match.start()
    if not match["first_day"]:
        yield Period(start, match.end(), last, last)
        return
    first = _first_day(match, last)
    if first is None or first > last:
        return
    if match["link"].lower() in ("and", "&") and not match["frame"] and (last - first).days > _SAME_VISIT:
        yield Period(start, match.end("first_day"), first, first)
        yield Period(match.start("last_day"), match.end(), last, last)
    else:
        yield Period(start, match.end(), first, last)


def _first_day(match: re.Match[str], last: date) -> date | None:
    month = _NUMBERS[match["first_month"][:3].lower()] if match["first_month"] else last.month
    year = int(match["first_year"]) if match["first_year"] else last.year - (month > last.month)
    return _date_or_none(match["first_day"], month, year)


def _latest_date(day: str, month: int, latest: date | None) -> date | None:
    """Last such day on or before ``latest``; None without it."""
    if latest is None:
        return None
    candidates = (_date_or_none(day, month, latest.year - back) for back in (0, 1))
    return next((candidate for candidate in candidates if candidate and candidate <= latest), None)


def _date_or_none(day: str, month: int, year: int) -> date | None:
    try:
        return date(year, month, int(day))
    except ValueError:
        return None
