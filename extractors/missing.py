"""Missing fields: what a document of its kind should have and has not, so that no gap is silent.

A graded inspection has the grades of its framework, a letter names its
inspectors, and every report gives the days of its inspection. Documents that
never had a field have no note of it: those of a framework without grades, the
review of a safeguarding board alone, a monitoring inspection, news.

Reads doc.spans["kinds"], ["dates"], ["judgements"], ["people"] and ["themes"]. Writes
doc.user_data["missing"], a list of Unread.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Span

from caregraph.extractors.documents.kinds import NEWS
from caregraph.extractors.judgements.judgements import UNREAD
from caregraph.ontology.records import INSPECTOR_ROLES, Unread
from caregraph.ontology.vocabulary import Vocabulary

MISSING_KEY = "missing"

_SIGNED = frozenset({"focused-visit", "monitoring-visit", "jtai"})
_UNGRADED_TITLES = ("monitoring", "revisit")
_BOARD = "lscb"  # reviewed beside the council or alone, and not at all in the last reports of its framework
# For some months of 2023 this kind judged children in care and care leavers together or apart.
_EITHER_WAY = "ilacs"
_TOGETHER, _APART = "in-care-and-care-leavers", frozenset({"in-care", "care-leavers"})

Term = tuple[str, str | None, str | None]  # an area's id, or a kind, and its first and last day
Framework = tuple[Term, list[Term]]


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component, with the kinds and areas of the vocabulary's frameworks and the days on which they hold."""
    frameworks = [
        (
            (term.kind, _iso_day(term.start), _iso_day(term.end)),
            [(area.id, _iso_day(area.start), _iso_day(area.end)) for area in term.areas],
        )
        for term in vocabulary.frameworks
    ]
    nlp.add_pipe("missing", config={"frameworks": frameworks})


@Language.factory("missing", requires=["doc.spans"], default_config={"frameworks": []})
def make_missing(nlp: Language, name: str, frameworks: list[Framework]) -> "MissingFields":
    """``frameworks`` are pairs of a kind and of areas, each with its first and its last ISO day or None."""
    return MissingFields(frameworks)


class MissingFields:
    """Note each field that a document's kind should have, and that was not found."""

    def __init__(self, frameworks: Iterable[Framework]) -> None:
        self._frameworks = list(frameworks)

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data[MISSING_KEY] = list(self.find(doc))
        return doc

    def find(self, doc: Doc) -> Iterator[Unread]:
        """Yield a note for each missing field, leaving ``doc`` as it was."""
        kind = next(iter(doc.spans["kinds"]), None)
        if kind is None or kind.label_ == NEWS:
            return
        if not _ids(doc, "dates", "inspected"):
            yield Unread("inspected", "no days of the inspection were found")
        if kind.label_ in _SIGNED and not any(span.label_ in INSPECTOR_ROLES for span in doc.spans["people"]):
            yield Unread("people", "no inspector was found")
        if kind.label_ in _SIGNED and not doc.spans["themes"]:
            yield Unread("themes", "what it looked at was not found")
        yield from self._missing_grades(doc, kind)

    def _missing_grades(self, doc: Doc, kind: Span) -> Iterator[Unread]:
        """Yield a note for each area of the framework without a grade, or one if there is none at all."""
        graded = {span.label_ for span in doc.spans["judgements"] if span.label_ != UNREAD}
        if graded == {_BOARD} or any(word in kind.text.lower() for word in _UNGRADED_TITLES):
            return
        expected = self._expected_areas(doc, kind.label_, graded)
        if not doc.spans["judgements"] and expected:
            yield Unread("judgements", "no grade was found")
        elif doc.spans["judgements"]:
            for area in sorted(expected - graded):
                yield Unread(f"judgements.{area}", "no grade was found")

    def _expected_areas(self, doc: Doc, kind: str, graded: set[str]) -> set[str]:
        """Areas that every framework which may be meant grades on the inspection's day, or always if it has none."""
        days = [id.rpartition("/")[2] for label in ("inspected", "published") for id in _ids(doc, "dates", label)]
        day = days[0] if days else None
        areas = [
            {area[0] for area in areas if _holds(area, day)}
            for framework, areas in self._frameworks
            if framework[0] == kind and (day is None or _holds(framework, day))
            if graded <= {area[0] for area in areas}
        ]
        expected = set.intersection(*areas) - {_BOARD} if areas else set()
        if kind == _EITHER_WAY and expected >= {_TOGETHER, *_APART}:
            return expected - (_APART if _TOGETHER in graded else {_TOGETHER})
        return expected


def _ids(doc: Doc, key: str, label: str) -> list[str]:
    return [span.id_ for span in doc.spans[key] if span.label_ == label]


def _iso_day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _holds(term: Term, day: str | None) -> bool:
    """Does a term hold on a day, or always if the day is not known?"""
    _, first, last = term
    if day is None:
        return first is None and last is None
    return (first or day) <= day <= (last or day)
