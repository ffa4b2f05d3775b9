"""Authorities: the authority, or its area, that a document is about.

Reads doc.spans["kinds"] and doc.spans["dates"]. Writes doc.spans["authorities"]:
the span that proves it, with the label "authority", the ONS code as its kb_id
and the register's name as its id. A title names it in itself ('Focused visit
to …'), or just above or below. A title that names a council which the register
does not have gives none, whatever the text below names. A text without a title
is about the authority that it names most; a news item is about the one of its
headline, else about the one that it names far more often than any second one.
The group's attribute "notes" says in words what is doubtful.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Span

from caregraph.extractors.documents.council_names import (
    CouncilNames,
    PrintedName,
    RegisteredAuthority,
    Spelling,
    has_common_word,
    spellings_of,
)
from caregraph.extractors.documents.kinds import NEWS
from caregraph.extractors.reading.flow import Reading
from caregraph.extractors.spans import span_at, text_of
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "authorities"
NOTES = "notes"
_LABEL = "authority"

_TITLE = 300  # characters from the title on in which it ends, and a line below it
_LINES_ABOVE = 2  # of the title, in which the authority may be named
_ABOVE = 4 * _TITLE  # characters before the title in which those lines are looked at, however long they are
_UNREGISTERED = re.compile(r"(?:[A-Z][\w’'&-]*\s+(?:(?:and|of|upon|the)\s+)*){1,6}Council\b(?!\s+[Tt]ax)")
_COUNCIL_LINE = re.compile(r"(?:[A-Z][\w’'&-]*\s+(?:(?:and|of|upon|the)\s+)*){1,5}Council")
_BARE_LINE = re.compile(r"[A-Z][\w’'-]{3,}(?:\s+(?:(?:and|of|upon|on)\s+)?[A-Z][\w’'-]+){0,2}")
_IS_TITLE = re.compile(r"(?:re)?inspection|review|joint|focused|monitoring|area|annual|unannounced", re.IGNORECASE)
_LABEL_BEHIND = re.compile(r"\bInspection dates?\b|\bLead inspector\b|\bReport published\b")
_HEADLINE = re.compile(r"[^\n]{1,200}")
_SECTION_HEAD = re.compile(r"^[^\n]{3,60}$", re.MULTILINE)
_CLEARLY = 2  # times as often as any second council: the council that a news item is about
_LISTED = 4  # councils at most that a note lists


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component, with the spellings of the vocabulary's register."""
    nlp.add_pipe("authorities", config={"spellings": spellings_of(vocabulary)})


@Language.factory("authorities", requires=["doc.spans"], assigns=["doc.spans"], default_config={"spellings": []})
def make_authorities(nlp: Language, name: str, spellings: list[Spelling]) -> "AuthorityExtractor":
    """``spellings`` are (words, name, ONS code, first day, last day), the days in ISO form or empty."""
    return AuthorityExtractor(spellings)


class AuthorityExtractor:
    """Find the authority in the title, else beside it, else by the number of times it is named."""

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        self._names = CouncilNames(spellings)

    def __call__(self, doc: Doc) -> Doc:
        name, notes = self.find(doc)
        spans: list[Span] = []
        if name and name.entries:
            authority, further = _on_the_day(doc, name.entries)
            spans = [span_at(doc, name.start, name.end, label=_LABEL, id=authority.name, kb_id=authority.gss)]
            notes = [*notes, *further]
        doc.spans[SPANS_KEY] = spans
        doc.spans[SPANS_KEY].attrs[NOTES] = tuple(notes)
        return doc

    def find(self, doc: Doc) -> tuple[PrintedName | None, list[str]]:
        """Name that proves the authority, and notes on what is doubtful, leaving ``doc`` as it was."""
        text = text_of(doc)
        for title in doc.spans.get("kinds", ()):
            if title.label_ == NEWS:
                return self._in_news(text, _printed(doc))
            printed_name = self._beside_title(doc, title.start_char, title.end_char)
            if printed_name and not printed_name.entries:
                words = text[printed_name.start : printed_name.end]
                return None, [f"the title names {words!r}, which is no council of the register"]
            if printed_name:
                return printed_name, [printed_name.note] if printed_name.note else []
        return self._named_most(text), []

    def _beside_title(self, doc: Doc, start: int, end: int) -> PrintedName | None:
        """Name of the authority in the title, or in the lines right above and below it; None if there is none."""
        text = text_of(doc)
        regions = list(_regions_of_title(text, start, end))
        slot = self._names.in_title(text, start, end, regions[0][1])
        if slot := slot or self._in_a_line(doc, start, end, _COUNCIL_LINE):
            return slot
        for region in regions:
            for name in self._names.in_text(text, *region):
                return name
        for region in regions:
            if match := _UNREGISTERED.search(text, *region):
                return self._names.read(text, *match.span())
        return self._in_a_line(doc, start, end, _BARE_LINE) if _IS_TITLE.match(text, start) else None

    def _in_a_line(self, doc: Doc, start: int, end: int, pattern: re.Pattern[str]) -> PrintedName | None:
        """Misspelt or unknown name that has the line right above or below a title to itself; None if there is none."""
        text, printed = text_of(doc), _printed(doc)
        first, last = doc.user_data["reading"].source_span(start, end) if "reading" in doc.user_data else (start, end)
        above = printed[max(0, first - _TITLE) : first].splitlines()[-_LINES_ABOVE:]
        below = printed[last : last + _TITLE].splitlines()[1 : _LINES_ABOVE + 1]
        for line in (*reversed(above), *below):
            words = " ".join(line.split())
            if not pattern.fullmatch(words) or (pattern is _BARE_LINE and has_common_word(words)):
                continue
            position = text.find(words, max(0, start - 2 * _TITLE))
            name = self._names.read(text, position, position + len(words)) if position >= 0 else None
            return name if name and (name.note or not name.entries) else None
        return None

    def _in_news(self, text: str, printed: str) -> tuple[PrintedName | None, list[str]]:
        """Name of the council that a news item is about; none, with a note, if it is about several."""
        names = list(self._names.in_text(text))
        by_council: dict[str, list[PrintedName]] = {}
        for name in names:
            by_council.setdefault(name.entries[0].name, []).append(name)
        headline = _HEADLINE.search(printed)
        in_headline = {name.entries[0].name for name in self._names.in_text(headline[0] if headline else "")}
        sections = {
            head.entries[0].name
            for match in _SECTION_HEAD.finditer(printed)
            if (head := self._names.read_exactly(printed, *match.span()))
        }
        counts = Counter({council: len(mentions) for council, mentions in by_council.items()}).most_common()
        is_clear = len(counts) == 1 or (len(counts) > 1 and counts[0][1] >= _CLEARLY * counts[1][1])
        if len(sections) > 1 or len(in_headline) > 1 or (counts and not in_headline and not is_clear):
            listed = ", ".join(council for council, _ in counts[:_LISTED])
            return None, [f"it is about several councils: {listed}{' and more' if len(counts) > _LISTED else ''}"]
        council = next(iter(in_headline), counts[0][0] if counts else "")
        return next(iter(by_council.get(council, ())), None), []

    def _named_most(self, text: str) -> PrintedName | None:
        """First mention of the authority that the text names most."""
        names = list(self._names.in_text(text))
        for most, _ in Counter(name.entries[0].name for name in names).most_common(1):
            return next(name for name in names if name.entries[0].name == most)
        return None


def _printed(doc: Doc) -> str:
    """Text of a document in its printed lines: the flow may make one paragraph of short lines."""
    reading: Reading | None = doc.user_data.get("reading")
    return doc.text if reading is None else reading.report.text


def _on_the_day(doc: Doc, entries: tuple[RegisteredAuthority, ...]) -> tuple[RegisteredAuthority, list[str]]:
    """Authority of a name on the day when the inspectors came, and a note if there was none.

    It is the present one if no day is known.
    """
    dated = next((span for span in doc.spans.get("dates", ()) if span.id_), None)
    day = dated.id_[-10:] if dated else str(date.max)
    for entry in entries:
        if entry.started <= day <= (entry.ended or day):
            return entry, []
    authority = entries[0]
    if dated and dated.label_ == "inspected" and authority.ended and authority.ended < day:
        return authority, [f"{authority.name} ended on {authority.ended}, before this inspection of {day}"]
    return authority, []


def _regions_of_title(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the characters of a title to its line's end, of the lines above it, and of the line below."""
    line_end = text.find("\n", end, end + _TITLE)
    line_end = line_end if line_end >= 0 else min(end + _TITLE, len(text))
    above = start
    for _ in range(_LINES_ABOVE + 1):
        above = text.rfind("\n", 0, max(above, 0))
    below = text.find("\n", line_end + 1, line_end + _TITLE)
    label = _LABEL_BEHIND.search(text, end, line_end)
    yield start, label.start() if label else line_end
    yield max(above + 1, start - _ABOVE), start
    yield line_end, max(below, line_end)
