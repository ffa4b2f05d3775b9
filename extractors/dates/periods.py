"""The grammar of days as reports print them: 'on 2 and 3 March 2022', '27 to 31 January 2025', '9–24 November 2017'.

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
_LIST = r"(?:,\s*\d{1,2}(?:st|nd|rd|th)?(?=\s*(?:,|and\b|&)))*"  # '6, 7 and 8 March': the days between
_LINK = r"\s*(?P<link>(?<![a-z])(?:to|until|and)|&|-|–|—)\s*"
_LAST = rf"{_WEEKDAY}{_DAY}\s*(?:of\s+)?{_MONTH}(?:,?\s*{_YEAR})?"
_PERIOD = re.compile(
    r"(?<![\d/.])(?P<frame>\b(?:between|from)\s+)?"
    rf"(?:{_DATE.format('first_')}{_LIST}{_LINK})?{_LAST.format('last_')}",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:,|;|and|&|,\s*and)\s*")
_NUMERIC = re.compile(r"(?<![\d/.])(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>20\d\d)(?!\d)")

_SAME_VISIT = 4  # days: 'on 2 and 3 March' is one visit, 'on 7 and 24 March' are two


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days ``first`` to ``last``, read from ``text[start:end]``; a single day is both."""

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
        ValueError: if a date is missing, is none of the calendar's, or the period runs backwards.

    >>> parse_period("28 November to 2 December 2022")
    (datetime.date(2022, 11, 28), datetime.date(2022, 12, 2))
    """
    periods = list(find_periods(text))
    if not periods:
        raise ValueError(f"no period with day, month and year in {text!r}")
    return periods[0].first, periods[-1].last


def find_periods(text: str, *, published: date | None = None) -> Iterator[Period]:
    """Yield the periods in ``text`` in reading order; what cannot be a date is passed over.

    ``published`` dates a period that has no year of its own nor one after it: it
    ended on the last such day before the report came out.
    """
    matches = list(_PERIOD.finditer(text))
    latest = published
    found: list[Period] = []
    for match, following in zip(reversed(matches), [None, *reversed(matches)], strict=False):
        # '5 to 9 December and 14 to 15 February 2023': the first period takes its year from the second.
        joined = following is not None and _JOINED.fullmatch(text, match.end(), following.start())
        periods = list(_read(match, latest if joined else published))
        latest = periods[0].first if periods else published
        found[:0] = periods
    yield from found if matches else _numeric(text)


def single_days(text: str) -> Iterator[Period]:
    """Yield the whole dates (day, month, year) in ``text`` that are no part of a range."""
    return (period for period in find_periods(text) if period.first == period.last)


def _numeric(text: str) -> Iterator[Period]:
    for match in _NUMERIC.finditer(text):
        day = _date(match["day"], int(match["month"]), int(match["year"]))
        if day:
            yield Period(match.start(), match.end(), day, day)


def _read(match: re.Match[str], latest: date | None) -> Iterator[Period]:
    """The one or two periods of ``match``; one without a year ended on or before ``latest``."""
    month = _NUMBERS[match["last_month"][:3].lower()]
    if match["last_year"]:
        last = _date(match["last_day"], month, int(match["last_year"]))
    else:
        last = _before(match["last_day"], month, latest)
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
    return _date(match["first_day"], month, year)


def _before(day: str, month: int, latest: date | None) -> date | None:
    if latest is None:
        return None
    candidates = (_date(day, month, latest.year - back) for back in (0, 1))
    return next((found for found in candidates if found and found <= latest), None)


def _date(day: str, month: int, year: int) -> date | None:
    try:
        return date(year, month, int(day))
    except ValueError:
        return None
