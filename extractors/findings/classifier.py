"""Classifier of sentences: polarity and topics of each sentence of a report.

Two models score each sentence. A linear one counts its n-grams and the
vocabulary's spellings of concepts; a small transformer reads it with its
heading. A regression combines their scores into calibrated probabilities.
``training/train_findings.py`` makes all files in ``weights/``;
docs/findings-model.md is the model card.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from caregraph.extractors.findings.ngrams import HashedTexts, Ngrams, concatenate_ngrams
from caregraph.extractors.findings.sentence_context import Sentence, is_improvement_item, names_matter
from caregraph.extractors.findings.transformer import Transformer
from caregraph.extractors.findings.wordpiece import WordPieceTokenizer

WEIGHTS = Path(__file__).parent / "weights"
LINEAR_FILE, NETWORK_FILE, WORDPIECE_FILE = "findings.npz", "findings.onnx", "pieces.txt"
POLARITIES = ("strength", "concern", "mixed", "neutral")
MAX_NGRAM = 4  # words
_SURE_PRAISE = 0.9  # probability from which a listed item is praise and nothing to improve
_PART = 400  # sentences whose n-grams are in memory at once, 10 MB of them; a long report has 1,000

FloatArray = NDArray[np.float32]


class Prediction(NamedTuple):
    """Polarity and topics of a sentence; ``confidence`` is the calibrated probability of the polarity."""

    polarity: str
    confidence: float
    topics: tuple[str, ...]


class FeatureOccurrences(NamedTuple):
    """Occurrences of one kind of feature: for each, the row of its weights, and the index of the text, ascending."""

    rows: NDArray[np.int64]
    texts: NDArray[np.int64]


class FeatureWeights(NamedTuple):
    """Weights of one kind of feature, a row for each bucket.

    ``rarity`` is the inverse document frequency of each bucket; the weights have it multiplied in already.
    """

    weights: FloatArray
    rarity: FloatArray

    def scores(self, occurrences: FeatureOccurrences, text_count: int) -> FloatArray:
        """Sum the weights of each text's features, each feature vector scaled to norm one; a row for each text."""
        rows, texts = occurrences
        norm = np.sqrt(np.bincount(texts, self.rarity[rows] ** 2, minlength=text_count))
        starts = np.flatnonzero(np.diff(texts, prepend=-1))
        total = np.zeros((text_count, self.weights.shape[1]), np.float32)
        if len(starts):
            total[texts[starts]] = np.add.reduceat(self.weights[rows], starts, axis=0)
        scale: FloatArray = np.maximum(norm, 1e-6).astype(np.float32)
        return np.divide(total, scale[:, None], dtype=np.float32)


class SentenceClassifier:
    """Predict polarity and topics of sentences with trained weights; see ``load_classifier``."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], transformer: Transformer) -> None:
        self.topics = tuple(str(topic) for topic in arrays["topics"])
        self._weights = {
            name: FeatureWeights(
                arrays[f"{name}.weights"].astype(np.float32), arrays[f"{name}.rarity"].astype(np.float32)
            )
            for name in ("words", "characters", "terms", "phrases")
        }
        self._concept_phrases = ConceptPhrases(arrays["phrases.hashes"], arrays["phrases.rows"])
        self._biases = arrays["bias"], arrays["topics.bias"]
        self._polarity, self._polarity_bias = arrays["both.weights"], arrays["both.bias"]
        self._topics, self._topics_bias = arrays["topics.both.weights"], arrays["topics.both.bias"]
        self._transformer = transformer

    def __call__(self, sentences: Sequence[Sentence]) -> list[Prediction]:
        """Classify all sentences of a document, in reading order: some are read with the one before."""
        polarity, topics = self.probabilities(sentences)
        columns = polarity.argmax(axis=1).tolist()
        topic_ids = [tuple(self.topics[column] for column in np.flatnonzero(row)) for row in topics > 0.5]
        return [
            Prediction(POLARITIES[column], float(probabilities[column]), topics_of_sentence)
            for column, probabilities, topics_of_sentence in zip(columns, polarity, topic_ids, strict=True)
        ]

    def probabilities(self, sentences: Sequence[Sentence]) -> tuple[FloatArray, FloatArray]:
        """Probabilities of each polarity and of each topic; a topic's is scaled so that above 0.5 it is predicted."""
        network, linear = self._transformer.scores(sentences), self._linear_scores(sentences)
        polarity = np.hstack([network[:, : len(POLARITIES)], linear[0]]) @ self._polarity + self._polarity_bias
        scores = network[:, len(POLARITIES) :]
        features = np.concatenate([[scores, linear[1]], paragraph_features(scores, sentences)])
        topics = (features * self._topics[:, None]).sum(axis=0) + self._topics_bias
        return polarity_probabilities(polarity, sentences), sigmoid(topics)

    def _linear_scores(self, sentences: Sequence[Sentence]) -> tuple[FloatArray, FloatArray]:
        """Scores of polarities and of topics by the linear model."""
        parts = [
            self._linear_scores_of_part(sentences[start : start + _PART])
            for start in range(0, max(1, len(sentences)), _PART)
        ]
        return np.concatenate([polarity for polarity, _ in parts]), np.concatenate([topics for _, topics in parts])

    def _linear_scores_of_part(self, sentences: Sequence[Sentence]) -> tuple[FloatArray, FloatArray]:
        sizes = {name: len(weights.rarity) for name, weights in self._weights.items()}
        features = feature_occurrences(sentences, self._concept_phrases, sizes)
        scores = {
            name: self._weights[name].scores(occurrences, len(sentences)) for name, occurrences in features.items()
        }
        bias, topics_bias = self._biases
        return scores["words"] + scores["characters"] + bias, scores["terms"] + scores["phrases"] + topics_bias


def polarity_probabilities(scores: Any, sentences: Sequence[Sentence]) -> Any:
    """Turn scores of polarities, a row for each sentence, into probabilities that add up to one.

    An item listed under 'What needs to improve' is a concern, however neutral its words are, or however they name what
    it should come to; praise that stands there all the same is surely praise.
    """
    odds = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    probabilities = odds / odds.sum(axis=1, keepdims=True)
    strength, concern, neutral = (POLARITIES.index(name) for name in ("strength", "concern", "neutral"))
    items = np.array([is_improvement_item(sentence) for sentence in sentences], bool)
    matters = np.array([names_matter(sentence) for sentence in sentences], bool)
    unsure = items & (matters | (probabilities[:, strength] < _SURE_PRAISE))
    for rows, polarity in ((items, neutral), (unsure, strength)):
        probabilities[rows, concern] += probabilities[rows, polarity]
        probabilities[rows, polarity] = 0
    return probabilities


def paragraph_features(network: FloatArray, sentences: Sequence[Sentence]) -> FloatArray:
    """What the rest of its paragraph says of a sentence's topics, four features × sentences × topics.

    ``network`` has the network's scores of topics, in reading order. The features are the probabilities that the topic
    is that of the paragraph's first sentence, of the sentence before, of that one where the sentence itself is about
    nothing in particular ('There are delays for those who need it.'), and of the sentence after.
    """
    probabilities, rows = sigmoid(network), np.arange(len(sentences))
    continues = np.array([sentence.continues for sentence in sentences], bool)
    continues[:1] = False
    opening = np.maximum.accumulate(np.where(continues, 0, rows))
    first = np.where(continues[:, None], probabilities[opening], 0)
    before = np.where(continues[:, None], np.roll(probabilities, 1, axis=0), 0)
    after = np.where(np.roll(continues, -1)[:, None], np.roll(probabilities, -1, axis=0), 0)
    vague = 1 - probabilities.max(axis=1, keepdims=True, initial=0)
    return np.stack([first, before, before * vague, after])


def sigmoid(scores: FloatArray) -> FloatArray:
    """Probabilities of scores, each by itself."""
    probabilities = 1 / (1 + np.exp(-scores))
    return probabilities.astype(scores.dtype)


class ConceptPhrases:
    """The vocabulary's spellings of concepts: their hashes, sorted, and for each the row of its concept's weights."""

    def __init__(self, hashes: NDArray[np.uint64], rows: NDArray[np.int64]) -> None:
        self.hashes, self.rows = hashes, rows.astype(np.int64)

    def occurrences(self, ngrams: Ngrams) -> FeatureOccurrences:
        """Keep the n-grams that spell a concept."""
        indexes = np.searchsorted(self.hashes, ngrams.hashes).clip(max=len(self.hashes) - 1)
        spells_concept = self.hashes[indexes] == ngrams.hashes
        return FeatureOccurrences(self.rows[indexes[spells_concept]], ngrams.texts[spells_concept])


def feature_occurrences(
    sentences: Sequence[Sentence], concept_phrases: ConceptPhrases, sizes: Mapping[str, int]
) -> dict[str, FeatureOccurrences]:
    """Features of each sentence, by kind: words and characters score the polarity, terms and phrases the topics.

    ``sizes`` gives the number of buckets of each kind.
    """
    hashed = HashedTexts([sentence.text for sentence in sentences])
    words = [hashed.words(length) for length in range(1, MAX_NGRAM + 1)]
    characters = [hashed.characters(length) for length in (3, 4, 5)]
    return {
        "words": _bucket_occurrences(concatenate_ngrams(words[:3]), sizes["words"]),
        "characters": _bucket_occurrences(concatenate_ngrams(characters), sizes["characters"]),
        "terms": _bucket_occurrences(concatenate_ngrams(words[:2]), sizes["terms"]),
        "phrases": concept_phrases.occurrences(concatenate_ngrams(words)),
    }


def _bucket_occurrences(ngrams: Ngrams, size: int) -> FeatureOccurrences:
    """Put each n-gram into a bucket by the highest bits of its hash; ``size``, of the table, is a power of two."""
    return FeatureOccurrences((ngrams.hashes >> np.uint64(64 - size.bit_length() + 1)).astype(np.int64), ngrams.texts)


@cache
def load_classifier(folder: Path = WEIGHTS) -> SentenceClassifier:
    """Load the trained model. Its files hold plain arrays, a network and word pieces; none is read by pickle."""
    tokenizer = WordPieceTokenizer((folder / WORDPIECE_FILE).read_text(encoding="utf-8").split("\n"))
    with np.load(folder / LINEAR_FILE, allow_pickle=False) as arrays:
        return SentenceClassifier(dict(arrays), Transformer(folder / NETWORK_FILE, tokenizer))
