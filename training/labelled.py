"""Labelled sentences, located in the reports that they come from, and the other sentences of these reports."""

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language

from caregraph.extractors import sentences
from caregraph.extractors.documents import boilerplate, kinds
from caregraph.extractors.findings import findings
from caregraph.extractors.findings.sentence_context import Sentence
from caregraph.extractors.reading.read import read_report
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.vocabulary import load_vocabulary

_PARAGRAPH_NUMBER = re.compile(r"\s\d{1,3}\.$")  # of the next paragraph, stuck to the labelled sentence
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")
_SHORTEST = 20  # characters: a shorter text may stand in a longer one by chance


class SentenceInContext(NamedTuple):
    """A sentence by its position in its paragraph, and the sentence before that, None where a document begins."""

    paragraph: tuple[Sentence, ...]
    position: int = 0
    before_paragraph: Sentence | None = None

    @property
    def sentence(self) -> Sentence:
        """The sentence itself, as the component sees it."""
        return self.paragraph[self.position]

    @property
    def previous(self) -> Sentence | None:
        """The sentence before it, in its paragraph or above."""
        return self.paragraph[self.position - 1] if self.position else self.before_paragraph

    def with_text(self, text: str) -> "SentenceInContext":
        """The same place, with other words."""
        paragraph = [*self.paragraph]
        paragraph[self.position] = self.sentence._replace(text=text)
        return self._replace(paragraph=tuple(paragraph))


class LabelledSentence(NamedTuple):
    """A sentence as labelled, and its context in the report.

    ``in_prose`` is false where the text stands in no prose, so that it can be no finding.
    """

    document: str
    polarity: str
    topics: tuple[str, ...]
    context: SentenceInContext
    in_prose: bool


def read_labelled_sentences(folder: Path, reports: Path) -> Iterator[LabelledSentence]:
    """Read ``*.jsonl`` in a folder, and the reports named ``<id>.pdf`` in another."""
    rows = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    nlp = _sentence_pipeline()
    prose = {name: _read_prose(nlp, reports / f"{name}.pdf") for name in sorted({row["id"] for row in rows})}
    for row in rows:
        text = _PARAGRAPH_NUMBER.sub("", row["sentence"])
        candidates = prose[row["id"]]
        index = _index_of(_alphanumeric(text), [candidate for candidate, _ in candidates])
        context = SentenceInContext((Sentence(text),)) if index is None else candidates[index][1]
        yield LabelledSentence(
            document=row["id"],
            polarity=row["polarity"],
            topics=tuple(row["topics"]),
            context=context.with_text(text),
            in_prose=index is not None,
        )


def read_unlabelled_sentences(labelled: Iterable[LabelledSentence], reports: Path) -> list[SentenceInContext]:
    """Read the sentences of the labelled documents that have no label, each text once, in random order."""
    nlp, labelled = _sentence_pipeline(), [*labelled]
    known = {_alphanumeric(row.context.sentence.text) for row in labelled}
    contexts: dict[str, SentenceInContext] = {}
    for name in sorted({row.document for row in labelled}):
        for text, context in _read_prose(nlp, reports / f"{name}.pdf"):
            if len(text) >= _SHORTEST and text not in known:
                contexts.setdefault(text, context)
    unlabelled = [*contexts.values()]
    random.Random(0).shuffle(unlabelled)
    return unlabelled


def _sentence_pipeline() -> Language:
    nlp = spacy.blank("en")
    for component in (sentences, kinds, boilerplate):
        component.add_to(nlp, load_vocabulary())
    return nlp


def _read_prose(nlp: Language, path: Path) -> list[tuple[str, SentenceInContext]]:
    """A report's sentences in reading order, each with its letters and digits."""
    reading = segment(read_report(path))
    doc = nlp.make_doc(reading.text)
    doc.user_data["reading"] = reading
    prose = [candidate.sentence for candidate in findings.candidate_sentences(nlp(doc))]
    return [(_alphanumeric(context.sentence.text), context) for context in sentences_in_context(prose)]


def sentences_in_context(prose: Sequence[Sentence]) -> Iterator[SentenceInContext]:
    """Yield a document's sentences, given in reading order, each with its paragraph."""
    starts = [row for row, sentence in enumerate(prose) if not sentence.continues]
    for start, end in pairwise([*starts, len(prose)]):
        before = prose[start - 1] if start else None
        for position in range(end - start):
            yield SentenceInContext(tuple(prose[start:end]), position, before)


def _index_of(text: str, prose: Sequence[str]) -> int | None:
    """The index of the sentence that is the text, or else of the first that contains it or lies in it."""
    if text in prose:
        return prose.index(text)
    contained = (
        index
        for index, candidate in enumerate(prose)
        if len(candidate) > _SHORTEST and (candidate in text or text in candidate)
    )
    return next(contained, None)


def _alphanumeric(text: str) -> str:
    """Letters and digits alone: a line break may have swallowed a hyphen or a space."""
    return _NOT_ALPHANUMERIC.sub("", text.lower())
