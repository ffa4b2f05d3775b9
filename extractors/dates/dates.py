"""Dates: the days of the visit, and the day of publication.

Writes doc.spans["dates"]: spans labelled "inspected", one for each period of
the visit, with an id such as "2022-12-05/2022-12-09", and one labelled
"published" with an ISO date. A date that is announced but cannot be read has
the label "unread-inspected" or "unread-published". Other dates in a report
(deadlines, earlier inspections) are no dates of its own; nor is what a running
footer says, which is no part of the flow.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Span

from caregraph.extractors.dates.periods import Period, find_periods, single_days
from caregraph.extractors.spans import span_at, text_of
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "dates"

_OPENING = 5000  # characters in which a report says when it was made
_NEAR = 15  # characters at most between a label and its date
_WIDTH = 200  # characters in which a label's dates stand
# A label opens a line, or has a colon where lines ran together ('Age group: All Published: 2 August 2013').
_INSPECTED = re.compile(
    r"(?:^(?:inspection|visit|review|fieldwork)\s+dates?\b\s*:?|(?-i:\bInspection dates?\s*:))[ \t]*",
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
        inspected = _periods_behind_label(opening, published) or _periods_in_prose(opening, published)
        for period in inspected:
            yield span_at(doc, period.start, period.end, label="inspected", id=f"{period.first}/{period.last}")
        if not inspected:
            yield from _unreadable(doc, _INSPECTED, "unread-inspected")
        if published:
            yield span_at(doc, published.start, published.end, label="published", id=f"{published.first}")
        else:
            yield from _unreadable(doc, _PUBLISHED, "unread-published")


def _published(text: str) -> Period | None:
    """Date of the labelled line, else the first whole date above a letter's salutation."""
    for label in _PUBLISHED.finditer(text):
        for day in _shift(single_days(text[label.end() : label.end() + _WIDTH]), label.end()):
            return day
    salutation = _SALUTATION.search(text)
    return next(single_days(text[: salutation.start()]), None) if salutation else None


def _periods_behind_label(text: str, published: Period | None) -> Sequence[Period]:
    """Periods of the first labelled line that has any."""
    for label in _INSPECTED.finditer(text):
        following = find_periods(text[label.end() : label.end() + _WIDTH], published=_day(published))
        periods = _joined_periods(text, list(_shift(following, label.end())))
        if periods and periods[0].start - label.end() <= _NEAR:
            return periods
    return ()


def _periods_in_prose(text: str, published: Period | None) -> Sequence[Period]:
    """Periods of the first sentence about the visit, below a letter's head."""
    salutation = _SALUTATION.search(text)
    for sentence in _SENTENCE.finditer(text, salutation.end() if salutation else 0):
        if not _VISIT.search(sentence[0]):
            continue
        periods = _shift(find_periods(sentence[0], published=_day(published)), sentence.start())
        own = [period for period in periods if period != published and not _is_of_another_event(text, period.start)]
        if own:
            return _joined_periods(text, own)
    return ()


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
