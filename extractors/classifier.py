"""What a sentence of a report says: for or against, and about which topics.

A linear model over hashed n-grams, trained by ``benchmarks/train_findings.py``
and kept in ``weights/findings.npz``; docs/findings-model.md is its card.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractors.ngrams import Grams, HashedText, joined

WEIGHTS = Path(__file__).parent / "weights" / "findings.npz"
POLARITIES = ("strength", "concern", "mixed", "neutral")
LONGEST_PHRASE = 4  # words

Table = NDArray[np.float32]


class Opinion(NamedTuple):
    """What the model makes of a sentence; ``confidence`` is the calibrated probability of ``polarity``."""

    polarity: str
    confidence: float
    topics: tuple[str, ...]


class Part(NamedTuple):
    """One kind of feature: its place among the rows of a table, for each occurrence, and the text it stands in."""

    rows: NDArray[np.int64]
    texts: NDArray[np.int64]


class Layer(NamedTuple):
    """Weights of one kind of feature: a row for each bucket, and how much each counts in a text's length."""

    weights: Table
    rarity: Table

    def scores(self, part: Part, count: int) -> Table:
        """Sum the rows of each text's features, each text scaled to length one."""
        length = np.sqrt(np.bincount(part.texts, self.rarity[part.rows] ** 2, minlength=count))
        starts = np.flatnonzero(np.diff(part.texts, prepend=-1))
        total = np.zeros((count, self.weights.shape[1]), np.float32)
        if len(starts):
            total[part.texts[starts]] = np.add.reduceat(self.weights[part.rows], starts, axis=0)
        return total / np.maximum(length, 1e-6)[:, None].astype(np.float32)


class SentenceClassifier:
    """Judges sentences by the weights it is given; see ``load_classifier``."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.topics = tuple(str(topic) for topic in arrays["topics"])
        self._layers = {
            name: Layer(arrays[f"{name}.weights"].astype(np.float32), arrays[f"{name}.rarity"].astype(np.float32))
            for name in ("words", "characters", "terms", "phrases")
        }
        self._phrases = Phrases(arrays["phrases.hashes"], arrays["phrases.rows"])
        self._bias, self._topic_bias = arrays["bias"], arrays["topics.bias"]
        self._temperature = float(arrays["temperature"])

    def __call__(self, sentences: Sequence[str]) -> list[Opinion]:
        """Judge all sentences of a document at once, which is much faster than one by one."""
        polarity, topics = self.probabilities(sentences)
        best = polarity.argmax(axis=1)
        named = [tuple(self.topics[column] for column in np.flatnonzero(row)) for row in topics > 0.5]
        return [
            Opinion(POLARITIES[index], float(chances[index]), found)
            for index, chances, found in zip(best.tolist(), polarity, named, strict=True)
        ]

    def probabilities(self, sentences: Sequence[str]) -> tuple[Table, Table]:
        """Chances of each polarity, and of each topic; a topic's is scaled so that more than a half names it."""
        if not sentences:
            return np.zeros((0, len(POLARITIES)), np.float32), np.zeros((0, len(self.topics)), np.float32)
        scores = {
            name: self._layers[name].scores(part, len(sentences))
            for name, part in features(sentences, self._phrases, self._sizes()).items()
        }
        polarity = (scores["words"] + scores["characters"] + self._bias) / self._temperature
        topics = scores["terms"] + scores["phrases"] + self._topic_bias
        odds = np.exp(polarity - polarity.max(axis=1, keepdims=True))
        return odds / odds.sum(axis=1, keepdims=True), 1 / (1 + np.exp(-topics))

    def _sizes(self) -> dict[str, int]:
        return {name: len(layer.rarity) for name, layer in self._layers.items()}


class Phrases:
    """The vocabulary's spellings of concepts: sorted hashes, and the row of each one's concept."""

    def __init__(self, hashes: NDArray[np.uint64], rows: NDArray[np.int64]) -> None:
        self.hashes, self.rows = hashes, rows.astype(np.int64)

    def find(self, grams: Grams) -> Part:
        """Those of the n-grams that spell a concept."""
        places = np.searchsorted(self.hashes, grams.hashes).clip(max=len(self.hashes) - 1)
        found = self.hashes[places] == grams.hashes
        return Part(self.rows[places[found]], grams.texts[found])


def features(sentences: Sequence[str], phrases: Phrases, sizes: Mapping[str, int]) -> dict[str, Part]:
    """The features of each sentence: words and characters tell the polarity, terms and phrases the topics."""
    text = HashedText(sentences)
    words = [text.words(length) for length in range(1, LONGEST_PHRASE + 1)]
    characters = [text.characters(length) for length in (3, 4, 5)]
    return {
        "words": _buckets(joined(words[:3]), sizes["words"]),
        "characters": _buckets(joined(characters), sizes["characters"]),
        "terms": _buckets(joined(words[:2]), sizes["terms"]),
        "phrases": phrases.find(joined(words)),
    }


def _buckets(grams: Grams, size: int) -> Part:
    """The bucket of each n-gram, by the highest bits of its hash; ``size`` is a power of two."""
    return Part((grams.hashes >> np.uint64(64 - size.bit_length() + 1)).astype(np.int64), grams.texts)


@cache
def load_classifier(path: Path = WEIGHTS) -> SentenceClassifier:
    """The trained model. Its file holds plain arrays and is read without pickle."""
    with np.load(path, allow_pickle=False) as arrays:
        return SentenceClassifier(dict(arrays))
