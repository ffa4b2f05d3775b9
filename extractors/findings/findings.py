"""Findings: the sentences in which inspectors judge.

Reads the sentences, doc.spans["themes"], doc.spans["boilerplate"] and the reading's blocks; writes
doc.spans["findings"]. A span is a sentence or a bullet; its label is the polarity, its id the kind, by
the heading it stands under. ``attrs`` holds, parallel to the spans,
"confidence" (calibrated probability of the polarity) and "topics", those that the classifier predicts and those that
the words name. A neutral
sentence is a finding only if it is about a topic; only prose can hold findings:
headings, tables, contents, addresses and the imprint hold none.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from caregraph.extractors.findings.classifier import Prediction, SentenceClassifier, load_classifier
from caregraph.extractors.findings.sentence_context import Sentence, finding_kind, introduces_improvements
from caregraph.extractors.findings.worded_topics import topics_by_wording
from caregraph.extractors.reading.flow import PROSE, Reading
from caregraph.extractors.spans import strip_space
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "findings"

_LEAD_IN = re.compile(r":\s*$")
_REFERENCE = re.compile(r"\((?:outcomes?|enablers?|principles?)\b[^()]{0,80}\)\.?", re.IGNORECASE)
_MIN_TOKENS = 4  # fewer are a heading or a list's line, and judge nothing


class CandidateSentence(NamedTuple):
    """A sentence that may be a finding, without the white space around it, and as the classifier reads it."""

    span: Span
    sentence: Sentence


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
        findings = list(self.find(doc))
        doc.spans[SPANS_KEY] = SpanGroup(
            doc,
            name=SPANS_KEY,
            spans=[span for span, _ in findings],
            attrs={
                "confidence": [prediction.confidence for _, prediction in findings],
                "topics": [list(prediction.topics) for _, prediction in findings],
            },
        )
        return doc

    def find(self, doc: Doc) -> Iterator[tuple[Span, Prediction]]:
        """Yield findings in reading order."""
        candidates = list(candidate_sentences(doc))
        predictions = self.classifier([candidate.sentence for candidate in candidates])
        for candidate, predicted in zip(candidates, predictions, strict=True):
            topics = sorted((*predicted.topics, *topics_by_wording(candidate.sentence.text)))
            prediction = predicted._replace(topics=tuple(topics))
            if prediction.polarity != "neutral" or prediction.topics:
                # Praise is no area for improvement, wherever it stands, nor is what goes on about a listed one.
                sentence = candidate.sentence
                goes_on = sentence.bullet and sentence.continues
                kind = "finding" if prediction.polarity == "strength" or goes_on else finding_kind(sentence)
                start, end = candidate.span.start, candidate.span.end
                yield Span(doc, start, end, prediction.polarity, span_id=kind), prediction


def candidate_sentences(doc: Doc) -> Iterator[CandidateSentence]:
    """Yield the sentences of prose in which inspectors may judge."""
    reading: Reading = doc.user_data["reading"]
    judge_nothing = {span.start for key in ("themes", "boilerplate") for span in doc.spans.get(key, ())}
    lead_in = ""  # the paragraph that introduces the bullets below it as a heading would
    paragraph = None  # of the candidate before
    for sentence in doc.sents:
        span = strip_space(sentence)
        block = reading.block_at(span.start_char)
        is_bullet = block.kind == "bullet"
        text = reading.text[span.start_char : span.end_char]
        if not is_bullet:
            lead_in = text if block.kind == "paragraph" and introduces_improvements(text) else ""
        if len(span) < _MIN_TOKENS or span.start in judge_nothing or _is_reference(text):
            continue
        if block.kind in PROSE and not _LEAD_IN.search(text):
            heading = (is_bullet and lead_in) or block.section or ""
            yield CandidateSentence(span, Sentence(text, heading, is_bullet, continues=block == paragraph))
            paragraph = block


def _is_reference(text: str) -> bool:
    """Tell if a sentence only refers to something: '(Outcome 4, national framework)'."""
    return bool(_REFERENCE.fullmatch(text))
