"""Findings: what inspectors judge, sentence by sentence.

Reads the sentences and the reading's blocks; writes doc.spans["findings"]. A
span is a sentence or a bullet; its label is the polarity, its id the kind, by
the heading it stands under. ``attrs`` holds, parallel to the spans,
"confidence" (calibrated probability of the polarity) and "topics". A neutral
sentence is a finding only if it is about a topic; only prose can hold findings:
headings, tables, contents, addresses and the imprint hold none.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from caregraph.extractors.findings.classifier import Opinion, SentenceClassifier, load_classifier
from caregraph.extractors.findings.sentence_context import Sentence, kind_of
from caregraph.extractors.reading.flow import PROSE, Block, Reading
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "findings"

_ABOUT = re.compile(
    r"(?:information )?about (?:this|the) (?:\w+ ){0,2}inspection|inspection details|next steps", re.IGNORECASE
)
_LEAD_IN = re.compile(r":\s*$")
_FEWEST = 4  # words: less is a heading or a list's line, and judges nothing


class Candidate(NamedTuple):
    """A sentence that may be a finding, without the white space around it."""

    span: Span
    block: Block

    @property
    def sentence(self) -> Sentence:
        return Sentence(self.span.text, self.block.section or "", self.block.kind == "bullet")


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component; its classifier brings its own vocabulary."""
    nlp.add_pipe("findings")


@Language.factory("findings", requires=["token.is_sent_start"], assigns=["doc.spans"])
def make_findings(nlp: Language, name: str) -> "FindingExtractor":
    return FindingExtractor(load_classifier())


class FindingExtractor:
    """Classify every sentence of prose, all of a document at once."""

    def __init__(self, classifier: SentenceClassifier) -> None:
        self.classifier = classifier

    def __call__(self, doc: Doc) -> Doc:
        found = list(self.find(doc))
        doc.spans[SPANS_KEY] = SpanGroup(
            doc,
            name=SPANS_KEY,
            spans=[span for span, _ in found],
            attrs={
                "confidence": [opinion.confidence for _, opinion in found],
                "topics": [list(opinion.topics) for _, opinion in found],
            },
        )
        return doc

    def find(self, doc: Doc) -> Iterator[tuple[Span, Opinion]]:
        """Yield findings in reading order."""
        sentences = list(candidates(doc))
        opinions = self.classifier([candidate.sentence for candidate in sentences])
        for candidate, opinion in zip(sentences, opinions, strict=True):
            if opinion.polarity != "neutral" or opinion.topics:
                # Praise is no area for improvement, wherever it stands.
                kind = "finding" if opinion.polarity == "strength" else kind_of(candidate.sentence)
                start, end = candidate.span.start, candidate.span.end
                yield Span(doc, start, end, opinion.polarity, span_id=kind), opinion


def candidates(doc: Doc) -> Iterator[Candidate]:
    """The sentences of prose in which inspectors may judge."""
    reading: Reading = doc.user_data["reading"]
    for sentence in doc.sents:
        span = _trimmed(sentence)
        if len(span) < _FEWEST:
            continue
        block = reading.block_at(span.start_char)
        if block.kind in PROSE and not _LEAD_IN.search(span.text) and not _is_method(block):
            yield Candidate(span, block)


def _is_method(block: Block) -> bool:
    return any(_ABOUT.match(heading) for heading in block.sections)


def _trimmed(span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and span.doc[start].is_space:
        start += 1
    while end > start and span.doc[end - 1].is_space:
        end -= 1
    return span.doc[start:end]
