"""Authorities: the council, or the council's area, that a document is about.

Reads doc.spans["kinds"] and doc.spans["dates"]. Writes doc.spans["authorities"]:
the span that proves it, with the label "authority", the ONS code as its
kb_id and the register's name as its id; both are empty where the title names
a council that the register does not have. A title names it in itself
('Focused visit to …'), or just above or below. A text without a title is
about the council that it names most.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from caregraph.extractors.spans import span_at, text_of
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "authorities"
_LABEL = "authority"

_TITLE = 300  # characters from the title on in which it ends, and a line below it
_COUNCIL = re.compile(r"(?:[A-Z][\w’'&-]*\s+(?:(?:and|of|upon|the)\s+)*){1,6}Council\b(?!\s+[Tt]ax)")


class _Council(NamedTuple):
    name: str
    gss: str
    started: str
    ended: str


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component, with the spellings of the vocabulary's register."""
    spellings = [
        (spelling, term.name, term.gss, str(term.started or ""), str(term.ended or ""))
        for term in vocabulary.authorities
        for spelling in term.spellings
    ]
    nlp.add_pipe("authorities", config={"spellings": spellings})


@Language.factory("authorities", requires=["doc.spans"], assigns=["doc.spans"], default_config={"spellings": []})
def make_authorities(nlp: Language, name: str, spellings: list[tuple[str, str, str, str, str]]) -> "AuthorityExtractor":
    """``spellings`` are (words, name, ONS code, first day, last day), the days in ISO form or empty."""
    return AuthorityExtractor(spellings)


class AuthorityExtractor:
    """Find the council in the title, else beside it, else by how often it is named."""

    def __init__(self, spellings: Iterable[tuple[str, str, str, str, str]]) -> None:
        self._councils: dict[str, list[_Council]] = {}
        for words, *council in spellings:
            self._councils.setdefault(_key(words), []).append(_Council(*council))
        named = "|".join(map(_pattern, sorted(self._councils, key=len, reverse=True))) or "(?!)"
        self._pattern = re.compile(rf"\b(?=(?-i:[A-Z]))(?:{named})(?![\w&])(?![-–]\w)", re.IGNORECASE)

    def __call__(self, doc: Doc) -> Doc:
        doc.spans[SPANS_KEY] = list(islice(self.find(doc), 1))
        return doc

    def find(self, doc: Doc) -> Iterator[Span]:
        """Yield what proves the council, the best proof first, leaving ``doc`` as it was."""
        for start, end in chain(self._titled(doc), self._most_named(doc)):
            council = self._council(doc, start, end)
            yield span_at(doc, start, end, label=_LABEL, id=council.name, kb_id=council.gss)

    def _titled(self, doc: Doc) -> Iterator[tuple[int, int]]:
        """The council in the title, or in the lines right above and below it."""
        text = text_of(doc)
        for title in doc.spans.get("kinds", ()):
            for pattern in (self._pattern, _COUNCIL):
                for start, end in _around(text, title.start_char, title.end_char):
                    yield from (match.span() for match in pattern.finditer(text, start, end))

    def _most_named(self, doc: Doc) -> Iterator[tuple[int, int]]:
        names = list(self._pattern.finditer(text_of(doc)))
        counts = Counter(self._councils[_key(match[0])][0].name for match in names)
        for name, _ in counts.most_common(1):
            yield from (match.span() for match in names if self._councils[_key(match[0])][0].name == name)

    def _council(self, doc: Doc, start: int, end: int) -> _Council:
        """The council of these words that was there when the inspectors came; the present one if no day is known."""
        candidates = self._councils.get(_key(text_of(doc)[start:end]), [_Council("", "", "", "")])
        day = next((span.id_[-10:] for span in doc.spans.get("dates", ()) if span.id_), str(date.max))
        there = (council for council in candidates if council.started <= day <= (council.ended or day))
        return next(there, candidates[0])


def _around(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The characters of a title to its line's end, of the two lines above it, and of the line below."""
    line_end = text.find("\n", end, end + _TITLE)
    line_end = line_end if line_end >= 0 else min(end + _TITLE, len(text))
    above = start
    for _ in range(3):
        above = text.rfind("\n", 0, max(above, 0))
    below = text.find("\n", line_end + 1, line_end + _TITLE)
    yield start, line_end
    yield above + 1, start
    yield line_end, max(below, line_end)


def _key(words: str) -> str:
    """Words as spelt, without capitals, hyphens and stops.

    >>> _key("Stockton-On-Tees"), _key("Telford & Wrekin")
    ('stockton on tees', 'telford and wrekin')
    """
    return " ".join(re.sub(r"[-–.]", " ", words.lower().replace("&", "and").replace("’", "'")).split())


def _pattern(key: str) -> str:
    words = (r"(?:and|&)" if word == "and" else re.escape(word).replace("'", "['’]") for word in key.split())
    return r"[\s.–-]+".join(words)
