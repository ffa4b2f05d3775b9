"""Dates: the days of the visit, and the day of publication.

Writes doc.spans["dates"]: spans labelled "inspected", one for each period of
the visit, with an id such as "2022-12-05/2022-12-09", and one labelled
"published" with an ISO date. A date that is announced but cannot be read has
the label "unread-inspected" or "unread-published"; one that can be read but
hardly be true has the same label, and as its id the reason. Other dates in a
report (deadlines, earlier inspections) are no dates of its own; nor is what a
running footer says, which is no part of the flow.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain

from spacy.language import Language
from spacy.tokens import Doc, Span

from caregraph.extractors.dates.periods import DateRun, Period, find_periods, find_runs, single_days
from caregraph.extractors.spans import span_at, text_of
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "dates"

_OPENING = 5000  # characters in which a report says when it was made
_NEAR = 15  # characters at most between a label and its date
_WIDTH = 200  # characters in which a label's dates stand
# A label opens a line, or has a colon where lines ran together ('Age group: All Published: 2 August 2013').
_INSPECTED = re.compile(
    r"(?:^(?:(?:inspection|visit|review|fieldwork)\s+(?:dates?|period)"
    r"|dates?\s+of\s+(?:the\s+|this\s+)?(?:inspection|visit|fieldwork))\b\s*:?|(?-i:\bInspection dates?\s*:))[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
_PUBLISHED = re.compile(
    r"(?:^(?:(?:report\s+)?(?:first\s+)?published(?:\s+on)?|(?:publication|report)\s+date|date\s+of\s+publication)\b\s*:?"
    r"|(?-i:\b(?:Report [Pp]|P)ublished\s*:))[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
_SALUTATION = re.compile(r"\bDear\s+(?=\w)")
_JOINS_PERIODS = re.compile(r"\s*(?:,|;|and|&|,\s*and)?\s*(?:again\s+)?(?:from\s+|on\s+|between\s+)?", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.]+(?:\.(?=\S)[^.]*)*")
_VISIT = re.compile(
    r"\b(?:took place|carried out|conducted|undertook|undertaken|visited|visit|on[- ]site|inspected|inspection)\b",
    re.IGNORECASE,
)
# The rest of a labelled line, up to the next word with a capital that is no part of a date.
_REST_OF_LINE = re.compile(
    r"(?:[^A-Z\n]|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*){0,100}"
)
_FIRST_YEAR, _LAST_YEAR = 2000, 2035  # of the reports that this version reads; a day beyond them is a misprint
_LONGEST_VISIT = 366  # days
_FIRST_MONTHS = 2  # of a year, in which its number may be forgotten
_DUE = timedelta(days=120)  # from a visit to its letter
_CLAUSE = 80  # characters before a date that may give it to another event
_ANOTHER_EVENT = re.compile(
    r"\b(?:previous|last|since|earlier|until|by|before|(?<!looked )after|following|became)\b[^,.]*$", re.IGNORECASE
)


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component; dates need no vocabulary."""
    nlp.add_pipe("dates")


@Language.factory("dates", assigns=["doc.spans"])
def make_dates(nlp: Language, name: str) -> "DateExtractor":
    return DateExtractor()


class DateExtractor:
    """Read a report's own dates from its labelled lines, or a letter's from its head and first sentences."""

    def __call__(self, doc: Doc) -> Doc:
        doc.spans[SPANS_KEY] = list(self.find(doc))
        return doc

    def find(self, doc: Doc) -> Iterator[Span]:
        """Yield dates, the visit's first, leaving ``doc`` as it was."""
        opening = text_of(doc)[:_OPENING]
        published = _published(opening)
        labelled = _periods_behind_label(opening, published)
        inspected = labelled or _periods_in_prose(opening, published)
        doubt_of_visit = _doubt_of_visit(inspected)
        doubt_of_publication = _doubt_of_year([published] if published else [])
        if inspected and published and not (doubt_of_visit or doubt_of_publication):
            early = published.first < inspected[-1].last
            if early and (labelled or _has_year_before(published.first, inspected[-1].last)):
                doubt_of_publication = f"before the visit, which ended on {inspected[-1].last}:"
            elif early:
                doubt_of_visit = f"later than the report, which is of {published.first}:"
        yield from _as_spans(doc, inspected, _INSPECTED, "inspected", doubt_of_visit)
        yield from _as_spans(doc, [published] if published else [], _PUBLISHED, "published", doubt_of_publication)


def _as_spans(doc: Doc, periods: Sequence[Period], label: re.Pattern[str], name: str, doubt: str) -> Iterator[Span]:
    """Yield the spans of a field's periods; one alone where they are doubtful, or cannot be read behind their label."""
    if doubt:
        yield span_at(doc, periods[0].start, periods[-1].end, label=f"unread-{name}", id=doubt)
    elif not periods:
        yield from _unreadable(doc, label, f"unread-{name}")
    else:
        for period in periods:
            id = f"{period.first}/{period.last}" if name == "inspected" else f"{period.first}"
            yield span_at(doc, period.start, period.end, label=name, id=id)


def _doubt_of_visit(periods: Sequence[Period]) -> str:
    """Reason why periods can hardly be a visit's; empty if they can."""
    if periods and (periods[-1].last - periods[0].first).days > _LONGEST_VISIT:
        return "longer than a year:"
    return _doubt_of_year(periods)


def _has_year_before(published: date, visited: date) -> bool:
    """Tell if a day has the number of the year before, as letters written in January may: a year on, it is due."""
    due = timedelta(0) < published + timedelta(days=365) - visited <= _DUE
    return due and published.month <= _FIRST_MONTHS


def _doubt_of_year(periods: Sequence[Period]) -> str:
    """Reason why days can hardly be a report's; empty if they can."""
    years = [day.year for period in periods for day in (period.first, period.last)]
    if any(year < _FIRST_YEAR for year in years):
        return f"before {_FIRST_YEAR}:"
    return f"after {_LAST_YEAR}:" if any(year > _LAST_YEAR for year in years) else ""


def _published(text: str) -> Period | None:
    """Date of the labelled line, else the first whole date above a letter's salutation, in words if one is."""
    for label in _PUBLISHED.finditer(text):
        for day in _shift(single_days(text[label.end() : label.end() + _WIDTH], behind_label=True), label.end()):
            return day
    salutation = _SALUTATION.search(text)
    days = list(single_days(text[: salutation.start()])) if salutation else []
    in_words = (day for day in days if any(char.isalpha() for char in text[day.start : day.end]))
    return next(chain(in_words, days), None)


def _periods_behind_label(text: str, published: Period | None) -> Sequence[Period]:
    """Periods of the first labelled line that has any and can be read whole."""
    for label in _INSPECTED.finditer(text):
        window = text[label.end() : label.end() + _WIDTH]
        runs = list(find_runs(window, published=_day(published), behind_label=True))
        periods = _joined_periods(window, [period for run in runs for period in run.periods])
        if runs and runs[0].periods and runs[0].start <= _NEAR and not _leaves_days(window, runs, periods[-1].end):
            return list(_shift(periods, label.end()))
    return ()


def _leaves_days(text: str, runs: Sequence[DateRun], end: int) -> bool:
    """Do more days stand in the line behind those that were read? Then these may be half of a period."""
    rest = _REST_OF_LINE.match(text, end)
    return any(end <= run.start < (rest.end() if rest else end) for run in runs)


def _periods_in_prose(text: str, published: Period | None) -> Sequence[Period]:
    """Periods of the first sentence about the visit, below a letter's head; the plans of a letter come last."""
    salutation = _SALUTATION.search(text)
    labelled = [_line_behind(text, label) for label in _INSPECTED.finditer(text)]
    planned: Sequence[Period] = ()
    for sentence in _SENTENCE.finditer(text, salutation.end() if salutation else 0):
        if not _VISIT.search(sentence[0]):
            continue
        periods = _shift(find_periods(sentence[0], published=_day(published)), sentence.start())
        own = [
            period
            for period in periods
            if period != published and not _is_of_another_event(text, period.start)
            if not any(start <= period.start < end for start, end in labelled)
        ]
        joined = _joined_periods(text, own) if own else ()
        if joined and published and joined[-1].last > published.first:
            planned = planned or joined
        elif joined:
            return joined
    return planned


def _line_behind(text: str, label: re.Match[str]) -> tuple[int, int]:
    """Start and end of the line behind a label, which is no prose: what could not be read in it is not read there."""
    end = text.find("\n", label.end(), label.end() + _WIDTH)
    return label.end(), end if end >= 0 else label.end() + _WIDTH


def _is_of_another_event(text: str, start: int) -> bool:
    """Do the words before a date give it to another event: a deadline, an earlier inspection?"""
    return bool(_ANOTHER_EVENT.search(text, max(0, start - _CLAUSE), start))


def _shift(periods: Iterable[Period], offset: int) -> Iterator[Period]:
    """Shift periods of a part of a text, which begins at ``offset``, to where they stand in the text."""
    for period in periods:
        yield Period(period.start + offset, period.end + offset, period.first, period.last)


def _joined_periods(text: str, periods: Sequence[Period]) -> Sequence[Period]:
    """First period and those joined on to it ('5 to 9 December 2022 and 14 to 15 February 2023')."""
    count = 1
    while count < len(periods) and _JOINS_PERIODS.fullmatch(text, periods[count - 1].end, periods[count].start):
        count += 1
    return periods[:count]


def _day(published: Period | None) -> date | None:
    return published.first if published else None


def _unreadable(doc: Doc, pattern: re.Pattern[str], name: str) -> Iterator[Span]:
    """Yield the first label that has a colon and words behind it, with these words."""
    opening = text_of(doc)[:_OPENING]
    for label in pattern.finditer(opening):
        line = opening[label.end() :].partition("\n")[0]
        if label[0].rstrip().endswith(":") and line.strip():
            yield span_at(doc, label.start(), label.end() + len(line[:_WIDTH]), label=name)
            return
