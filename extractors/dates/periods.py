"""Grammar of days as people write them: '2 and 3 March 2022', '27 to 31 January 2025', '03/03/2025 - 14/03/2025'.

Day before month where both are numbers, as in England; ISO days; and the
American order where the month is a word ('March 3-14, 2025'). A day that lacks
its month or its year takes them from the next one that has them, as a reader
does. Days that hang together are read whole or not at all: where one of them
cannot be read, none is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = {name: number for number, name in enumerate(_MONTHS, start=1)}

_WEEKDAY_NAME = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:r(?:s)?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_WEEKDAY = rf"(?:\b{_WEEKDAY_NAME},?\s*(?:the\s+)?)?"
_ORDINAL = r"(?:\s?(?:st|nd|rd|th|ˢᵗ|ⁿᵈ|ʳᵈ|ᵗʰ))?"
_DAY = rf"(?<![\d/.])\d{{1,2}}{_ORDINAL}(?![\d.:%/])"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_YEAR = r"(?:19|20)\d\d(?!\d)"
# '3 Mar 25', in a line that gives dates and nothing else.
_SHORT_YEAR = r"[’']?\d\d(?!\d)(?=[ \t]*(?:$|[-‐‑‒–—―−,;)]|(?:to|and|until)\b|(?-i:[A-Z])))"
_NUMERIC_END = r"(?![\d/]|\.\d)"
_AMERICAN_MONTH = rf"(?-i:(?=[A-Z])){_MONTH}"


def _atoms(before_year: str) -> re.Pattern[str]:
    """Pattern of a day in each order and style; ``before_year`` stands between a month and its year."""
    return re.compile(
        r"(?<![\d.-])(?<![a-z]/)(?P<iso>(?P<iy>(?:19|20)\d\d)-(?P<im>\d{1,2})-(?P<id>\d{1,2}))(?!\d|-\d)"
        rf"|{_WEEKDAY}(?<![\w/.])(?P<numeric>(?P<nd>\d{{1,2}})(?P<mark>[/.])(?P<nm>\d{{1,2}})(?:(?P=mark)(?P<ny>\d{{4}}|\d\d))?)"
        + _NUMERIC_END
        + rf"|{_WEEKDAY}(?<![\w/.-])(?P<dashed>(?P<dd>\d{{1,2}})-(?P<dm>\d{{1,2}})-(?P<dy>(?:19|20)\d\d))(?!\d|-\d)"
        rf"|(?<![a-z])(?P<american>{_WEEKDAY}(?P<am>{_AMERICAN_MONTH})\s*(?P<ad>{_DAY})(?:(?:{before_year})(?P<ay>[’']?\d+))?)"
        rf"|(?P<words>{_WEEKDAY}(?P<wd>{_DAY})(?:\s*(?:of\s+)?(?P<wm>{_MONTH})(?:(?:{before_year})(?P<wy>[’']?\d+))?|,\s*(?P<ly>{_YEAR}))?)",
        re.IGNORECASE | re.MULTILINE,
    )


_ATOMS = _atoms(rf",?\s*(?={_YEAR})")
_ATOMS_BEHIND_LABEL = _atoms(rf",?\s*(?={_YEAR})|[ \t]*(?={_SHORT_YEAR})")
_TO = r"(?:(?<![a-z])(?:to|until|till|through)\b|[-‐‑‒–—―−]|(?<=-\d\d)/)"  # the last between ISO days
_LINK = re.compile(
    rf"\s*(?:(?P<range>{_TO})|(?P<and>,?\s*(?<![a-z])and\b|&|;)|(?P<comma>,))\s*(?:again\s+)?"
    r"(?P<frame>(?:from|between)\s+)?(?:on\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_FRAME = re.compile(r"\b(?P<frame>between|from)\s+(?:the\s+)?\Z", re.IGNORECASE)
_LONGEST_FRAME = 20  # characters
# Words before a range's sign, or after it, that are the half which could not be read: '3b to 14 March 2025'.
_HALF = rf"(?:\w*\d[\w./]*|{_MONTH}|{_WEEKDAY_NAME}|\?+|…|\.{{2,}}|\bx+\b|tbc|unknown)"
_HALF_BEFORE = re.compile(
    rf"(?:(?:^|(?<=[\s(])){_HALF}\s*{_TO}|\bw/[cbe]|\bweeks?\s+(?:commencing|beginning|starting|ending|of))\s*(?:the\s+)?\Z",
    re.IGNORECASE,
)
_HALF_AFTER = re.compile(rf"\s*{_TO}\s*(?:the\s+)?{_HALF}", re.IGNORECASE)
_LONGEST_HALF = 30  # characters
_SECTION = re.compile(
    r"\b(?:sections?|paragraphs?|paras?|clauses?|versions?|pages?|chapters?)\s*\Z|§\s*\Z", re.IGNORECASE
)

_SAME_VISIT = 4  # days: 'on 2 and 3 March' is one visit, 'on 7 and 24 March' are two
_MOST_DAYS = 32  # that hang together; a page of numbers is no list of days


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days ``first`` to ``last``, read from ``text[start:end]``; a single day is both."""

    start: int
    end: int
    first: date
    last: date


class DateRun(NamedTuple):
    """Days that hang together, ``text[start:end]``, and their periods; these are empty if a day cannot be read."""

    start: int
    end: int
    periods: tuple[Period, ...]


class _Day(NamedTuple):
    """Day as printed, which may lack its month or its year; ``style`` is the order and sign of its parts."""

    start: int
    end: int
    day: int
    month: int | None
    year: int | None
    style: str


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

    ``published`` dates a period that has no year of its own nor one beside it: it
    ended on the last such day before the report came out.
    """
    return (period for run in find_runs(text, published=published) for period in run.periods)


def find_runs(text: str, *, published: date | None = None, behind_label: bool = False) -> Iterator[DateRun]:
    """Yield the days that hang together, in reading order; numbers without a month are none.

    ``behind_label`` if ``text`` gives dates, so that '3/3/25' and '3 Mar 25' are days of 2025.
    """
    atoms = _ATOMS_BEHIND_LABEL if behind_label else _ATOMS
    for days, links in _linked_days(text, [_day_of(match) for match in atoms.finditer(text)]):
        if any(day.month for day in days) and not _SECTION.search(
            text, max(0, days[0].start - _LONGEST_HALF), days[0].start
        ):
            periods = _periods(text, days, links, published, short_years=behind_label or len(days) > 1)
            if _is_half(text, days[0].start, days[-1].end):
                periods = ()
            yield DateRun(days[0].start, days[-1].end, periods)


def single_days(text: str, *, behind_label: bool = False) -> Iterator[Period]:
    """Yield the whole dates (day, month, year) in ``text`` that are not part of a range."""
    runs = find_runs(text, behind_label=behind_label)
    return (period for run in runs for period in run.periods if period.first == period.last)


def _day_of(match: re.Match[str]) -> _Day:
    start, end = match.span()
    if match["iso"]:
        return _Day(start, end, int(match["id"]), int(match["im"]), int(match["iy"]), "iso")
    if match["numeric"]:
        return _Day(start, end, int(match["nd"]), int(match["nm"]), _year(match["ny"]), match["mark"])
    if match["dashed"]:
        return _Day(start, end, int(match["dd"]), int(match["dm"]), int(match["dy"]), "-")
    if match["american"]:
        month = _NUMBERS[match["am"][:3].lower()]
        return _Day(start, end, _number(match["ad"]), month, _year(match["ay"]), "american")
    if match["wm"]:
        month = _NUMBERS[match["wm"][:3].lower()]
        return _Day(start, end, _number(match["wd"]), month, _year(match["wy"]), "words")
    return _Day(start, end, _number(match["wd"]), None, _year(match["ly"]), "day")


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text[-2:])


def _linked_days(text: str, days: Sequence[_Day]) -> Iterator[tuple[list[_Day], list[re.Match[str]]]]:
    """Yield the days that are linked by 'to', 'and' or a sign, with their links."""
    run: list[_Day] = []
    links: list[re.Match[str]] = []
    for day in days:
        link = _LINK.fullmatch(text, run[-1].end, day.start) if run and len(run) < _MOST_DAYS else None
        if link and _may_be_linked(run[-1], day):
            links.append(link)
        elif run:
            yield from _without_stray_numbers(run, links)
            run, links = [], []
        run.append(day)
    if run:
        yield from _without_stray_numbers(run, links)


def _may_be_linked(left: _Day, right: _Day) -> bool:
    """May two days hang together? Numbers in one style; words, and days without a month, with each other."""
    words = {"words", "american", "day"}
    return (
        left.style == right.style
        or {left.style, right.style} <= words
        or (left.style == "day" and right.year is not None)
    )


def _without_stray_numbers(
    days: list[_Day], links: list[re.Match[str]]
) -> Iterator[tuple[list[_Day], list[re.Match[str]]]]:
    """Cut numbers that are no days: '14' in '3 March 2025 and 14 children', '12' in 'room 12, 3 March 2025'."""
    while len(days) > 1 and days[-1].month is None and not links[-1]["range"] and not days[-1].year:
        days, links = days[:-1], links[:-1]
    while len(days) > 1 and days[0].month is None and links[0]["comma"]:
        listed = next((link for link in links if not link["comma"]), None)
        if listed and listed["and"] and days[0].day < days[1].day:
            break
        days, links = days[1:], links[1:]
    yield days, links


def _periods(
    text: str, days: list[_Day], links: list[re.Match[str]], published: date | None, *, short_years: bool
) -> tuple[Period, ...]:
    """Periods of linked days; none if one of them cannot be read, or they run backwards."""
    dates = _dates(days, published)
    if dates is None or not (short_years or _has_whole_year(text, days[-1])):
        return ()
    periods: list[Period] = []
    frame = bool(_FRAME.search(text, max(0, days[0].start - _LONGEST_FRAME), days[0].start))
    open_range = False
    for index, (day, on) in enumerate(zip(days, dates, strict=True)):
        link = links[index - 1] if index else None
        if link is None:
            periods.append(Period(day.start, day.end, on, on))
            continue
        if on < periods[-1].last:
            return ()
        ends_frame = frame and link["and"] is not None and not open_range
        if link["range"] or ends_frame:
            if open_range:  # '3 to 7 to 14 March' is no period
                return ()
            periods[-1] = Period(periods[-1].start, day.end, periods[-1].first, on)
            open_range, frame = True, False
            continue
        follows = not open_range and (on - periods[-1].first).days <= _SAME_VISIT and not _begins_range(links, index)
        if follows:
            periods[-1] = Period(periods[-1].start, day.end, periods[-1].first, on)
        else:
            periods.append(Period(day.start, day.end, on, on))
        open_range, frame = False, link["frame"] is not None
    return tuple(periods)


def _begins_range(links: list[re.Match[str]], index: int) -> bool:
    return index < len(links) and links[index]["range"] is not None


def _dates(days: Sequence[_Day], published: date | None) -> list[date] | None:
    """Dates of linked days, which take what they lack from those beside them; None if one has none."""
    months: list[int | None] = [day.month for day in days]
    years: list[int | None] = [day.year for day in days]
    for index in range(1, len(days)):  # 'March 3-14, 2025', and '3 March 2025 – 14 April'
        if months[index] is None and days[index - 1].style in ("american", "day"):
            months[index] = months[index - 1]
        if years[index] is None and years[index - 1] is not None and not any(years[index:]):
            years[index] = _following_year(years[index - 1], months[index - 1], months[index])
    for index in range(len(days) - 2, -1, -1):
        if months[index] is None:
            months[index] = months[index + 1]
    if None in months:
        return None
    if years[-1] is None:
        years[-1] = _latest_year(days[-1].day, months[-1] or 0, published)
    for index in range(len(days) - 2, -1, -1):
        following = years[index + 1]
        if years[index] is None and following is not None:
            years[index] = following - ((months[index] or 0) > (months[index + 1] or 0))
    dates = [_date_or_none(day.day, month, year) for day, month, year in zip(days, months, years, strict=True)]
    complete = [day for day in dates if day]
    return complete if len(complete) == len(dates) else None


def _following_year(year: int | None, month: int | None, following: int | None) -> int | None:
    return year + (following < month) if year and month and following else None


def _has_whole_year(text: str, day: _Day) -> bool:
    return day.style not in ("/", ".") or day.year is None or text[day.start : day.end].endswith(str(day.year))


def _latest_year(day: int, month: int, latest: date | None) -> int | None:
    """Year of the last such day on or before ``latest``; None without it."""
    if latest is None:
        return None
    candidates = (_date_or_none(day, month, latest.year - back) for back in (0, 1))
    return next((candidate.year for candidate in candidates if candidate and candidate <= latest), None)


def _is_half(text: str, start: int, end: int) -> bool:
    """Does a range's sign beside the days, with words that are no day, show that half of them is missing?"""
    before = _HALF_BEFORE.search(text[max(0, start - _LONGEST_HALF) : start])
    return bool(before or _HALF_AFTER.match(text, end, min(len(text), end + _LONGEST_HALF)))


def _date_or_none(day: int, month: int | None, year: int | None) -> date | None:
    try:
        return date(year or 0, month or 0, day)
    except ValueError:
        return None
