"""Authorities: the authority, or its area, that a document is about.

Reads doc.spans["kinds"] and doc.spans["dates"]. Writes doc.spans["authorities"]:
the span that proves it, with the label "authority", the ONS code as its
kb_id and the register's name as its id; both are empty where the title names
a council that the register does not have. A title names it in itself
('Focused visit to …'), or just above or below. A text without a title is
about the authority that it names most.
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
_LINES_ABOVE = 2  # of the title, in which the authority may be named
_UNREGISTERED = re.compile(r"(?:[A-Z][\w’'&-]*\s+(?:(?:and|of|upon|the)\s+)*){1,6}Council\b(?!\s+[Tt]ax)")


class _RegisteredAuthority(NamedTuple):
    """Entry of the register; the days are in ISO form, or empty."""

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
    """Find the authority in the title, else beside it, else by the number of times it is named."""

    def __init__(self, spellings: Iterable[tuple[str, str, str, str, str]]) -> None:
        self._authorities: dict[str, list[_RegisteredAuthority]] = {}  # by spelling; several have had one name
        for words, *entry in spellings:
            self._authorities.setdefault(_spelling_key(words), []).append(_RegisteredAuthority(*entry))
        names = "|".join(map(_pattern, sorted(self._authorities, key=len, reverse=True))) or "(?!)"
        self._registered = re.compile(rf"\b(?=(?-i:[A-Z]))(?:{names})(?![\w&])(?![-–]\w)", re.IGNORECASE)

    def __call__(self, doc: Doc) -> Doc:
        doc.spans[SPANS_KEY] = list(islice(self.find(doc), 1))
        return doc

    def find(self, doc: Doc) -> Iterator[Span]:
        """Yield what proves the authority, the best proof first, leaving ``doc`` as it was."""
        for start, end in chain(self._beside_title(doc), self._named_most(doc)):
            authority = self._authority(doc, start, end)
            yield span_at(doc, start, end, label=_LABEL, id=authority.name, kb_id=authority.gss)

    def _beside_title(self, doc: Doc) -> Iterator[tuple[int, int]]:
        """Yield the authorities named in the title, or in the lines right above and below it."""
        text = text_of(doc)
        for title in doc.spans.get("kinds", ()):
            for pattern in (self._registered, _UNREGISTERED):
                for start, end in _regions_of_title(text, title.start_char, title.end_char):
                    yield from (match.span() for match in pattern.finditer(text, start, end))

    def _named_most(self, doc: Doc) -> Iterator[tuple[int, int]]:
        """Yield the mentions of the authority that the text names most."""
        matches = list(self._registered.finditer(text_of(doc)))
        names = [self._authorities[_spelling_key(match[0])][0].name for match in matches]
        for most, _ in Counter(names).most_common(1):
            yield from (match.span() for match, name in zip(matches, names, strict=True) if name == most)

    def _authority(self, doc: Doc, start: int, end: int) -> _RegisteredAuthority:
        """Authority of these words on the day when the inspectors came; the present one if no day is known."""
        key = _spelling_key(text_of(doc)[start:end])
        candidates = self._authorities.get(key, [_RegisteredAuthority("", "", "", "")])
        day = next((span.id_[-10:] for span in doc.spans.get("dates", ()) if span.id_), str(date.max))
        existing = (entry for entry in candidates if entry.started <= day <= (entry.ended or day))
        return next(existing, candidates[0])


def _regions_of_title(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the characters of a title to its line's end, of the lines above it, and of the line below."""
    line_end = text.find("\n", end, end + _TITLE)
    line_end = line_end if line_end >= 0 else min(end + _TITLE, len(text))
    above = start
    for _ in range(_LINES_ABOVE + 1):
        above = text.rfind("\n", 0, max(above, 0))
    below = text.find("\n", line_end + 1, line_end + _TITLE)
    yield start, line_end
    yield above + 1, start
    yield line_end, max(below, line_end)


def _spelling_key(words: str) -> str:
    """Key of a spelling: its words without capitals, hyphens and stops.

    >>> _spelling_key("Stockton-On-Tees"), _spelling_key("Telford & Wrekin")
    ('stockton on tees', 'telford and wrekin')
    """
    return " ".join(re.sub(r"[-–.]", " ", words.lower().replace("&", "and").replace("’", "'")).split())


def _pattern(key: str) -> str:
    words = (r"(?:and|&)" if word == "and" else re.escape(word).replace("'", "['’]") for word in key.split())
    return r"[\s.–-]+".join(words)
