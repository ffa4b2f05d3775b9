"""Kinds: the sort of inspection that a document reports, by the words of its title.

Writes doc.spans["kinds"]: one span, the words that prove it; its label is the
kind, its id the framework. The title stands at the head of the opening; a
title that is only mentioned ('since the focused visit in July 2018') has no
capital or comes later. A document that has lost its title is known by its
table of judgements, and one that is no report but speaks of one is news.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from caregraph.extractors.spans import span_at, text_of
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "kinds"
NEWS = "news"

_OPENING = 4000  # characters in which a report has its title and its table of judgements
_DISTINCTIVE = 4  # words: the name of an area that has so many is printed nowhere but in a report
_NAME = r"(?:[^.:;]{0,90}?\s+)?"
_REPORT = re.compile(
    r"\b(?:(?:lead|reporting) inspector|inspection (?:dates?|team)|yours sincerely|majesty[’']s inspector)\b",
    re.IGNORECASE,
)
_INSPECTORATE = re.compile(r"\b(?:Ofsted|Care Quality Commission|CQC)\b")
_SPEECH = re.compile(r"\b(?:said|says|added|commented|welcomed)\b")


class KindProof(NamedTuple):
    """Characters ``start`` to ``end`` that prove a kind; the framework is empty for news."""

    start: int
    end: int
    kind: str
    framework: str


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component, with the titles and areas of the vocabulary's frameworks."""
    nlp.add_pipe("kinds", config=phrases_of_kinds(vocabulary))


def phrases_of_kinds(vocabulary: Vocabulary) -> dict[str, list[tuple[str, str, str]]]:
    """Titles and areas of the vocabulary's frameworks, as `make_kinds` takes them."""
    titles = [(title, term.kind, term.id) for term in vocabulary.frameworks for title in term.titles]
    areas = [(label, term) for term in vocabulary.frameworks for area in term.areas for label in area.labels]
    kinds: dict[str, set[str]] = {}
    for label, term in areas:
        kinds.setdefault(label, set()).add(term.kind)
    distinctive = [
        (label, term.kind, term.id)
        for label, term in areas
        if len(kinds[label]) == 1 and len(label.split()) >= _DISTINCTIVE and "…" not in label
    ]
    return {"titles": titles, "areas": distinctive}


@Language.factory("kinds", assigns=["doc.spans"], default_config={"titles": [], "areas": []})
def make_kinds(
    nlp: Language, name: str, titles: list[tuple[str, str, str]], areas: list[tuple[str, str, str]]
) -> "KindExtractor":
    """``titles`` and ``areas`` are (words, kind, framework); '…' in a title stands for a name."""
    return KindExtractor(titles=titles, areas=areas)


class KindExtractor:
    """Take the title that stands first, and of those that begin together the longest."""

    def __init__(self, *, titles: Iterable[tuple[str, str, str]], areas: Iterable[tuple[str, str, str]]) -> None:
        self._titles = _PhrasesOfKinds(titles, capital=True)
        self._areas = _PhrasesOfKinds(areas, capital=False)

    def __call__(self, doc: Doc) -> Doc:
        doc.spans[SPANS_KEY] = list(self.find(doc))[:1]
        return doc

    def find(self, doc: Doc) -> Iterator[Span]:
        """Yield what proves a kind, the best proof first, leaving ``doc`` as it was."""
        for start, end, kind, framework in self.proofs(text_of(doc)):
            yield span_at(doc, start, end, label=kind, id=framework)

    def proofs(self, text: str) -> Iterator[KindProof]:
        """Yield what proves a kind in a document's text, the best proof first."""
        if not _REPORT.search(text) and not self._areas.first_match(text) and _SPEECH.search(text):
            inspectorate = _INSPECTORATE.search(text)
            if inspectorate:
                yield KindProof(*inspectorate.span(), NEWS, "")
        for phrases in (self._titles, self._areas):
            if match := phrases.first_match(text):
                yield match

    def title_at(self, text: str, start: int) -> KindProof | None:
        """Title that begins at a character, None if none does."""
        return self._titles.match_at(text, start)


class _PhrasesOfKinds:
    """Phrases that each belong to one kind, in one pattern, the longer before the shorter."""

    def __init__(self, phrases: Iterable[tuple[str, str, str]], *, capital: bool) -> None:
        self._phrases = sorted(phrases, key=lambda phrase: -len(phrase[0]))
        groups = (f"(?P<phrase{index}>{_pattern(words, capital)})" for index, (words, *_) in enumerate(self._phrases))
        self._pattern = re.compile(rf"\b(?:{'|'.join(groups) or '(?!)'})\b", re.IGNORECASE)

    def first_match(self, text: str) -> KindProof | None:
        """First phrase in the opening."""
        return self._proof(self._pattern.search(text, 0, _OPENING))

    def match_at(self, text: str, start: int) -> KindProof | None:
        """Phrase that begins at a character."""
        return self._proof(self._pattern.match(text, start))

    def _proof(self, match: re.Match[str] | None) -> KindProof | None:
        if match is None or match.lastgroup is None:
            return None
        _, kind, framework = self._phrases[int(match.lastgroup.removeprefix("phrase"))]
        return KindProof(match.start(), match.end(), kind, framework)


def _pattern(words: str, capital: bool) -> str:
    escaped = [re.escape(word).replace("'", "['’]") for word in words.replace("’", "'").split()]
    if capital:
        escaped[0] = f"(?-i:{escaped[0][0]}){escaped[0][1:]}"
    return r"\s+".join(escaped).replace(r"\s+…\s+", rf"\s+{_NAME}")
