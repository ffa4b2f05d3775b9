"""What a sentence of a report says: for or against, and about which topics.

Two models read each sentence. A linear one counts its n-grams and the
vocabulary's spellings of concepts; a small transformer reads it under its
heading. A regression weighs the scores of both into calibrated chances.
``training/train_findings.py`` makes everything in ``weights/``;
docs/findings-model.md is the model's card.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from caregraph.extractors.findings.ngrams import Grams, HashedText, joined
from caregraph.extractors.findings.sentence_context import Sentence, is_listed_to_improve
from caregraph.extractors.findings.transformer import Transformer
from caregraph.extractors.findings.wordpiece import WordPieces

WEIGHTS = Path(__file__).parent / "weights"
LINEAR, NETWORK, PIECES = "findings.npz", "findings.onnx", "pieces.txt"
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
        scale: Table = np.maximum(length, 1e-6).astype(np.float32)
        return np.divide(total, scale[:, None], dtype=np.float32)


class SentenceClassifier:
    """Judges sentences by the weights it is given; see ``load_classifier``."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], transformer: Transformer) -> None:
        self.topics = tuple(str(topic) for topic in arrays["topics"])
        self._layers = {
            name: Layer(arrays[f"{name}.weights"].astype(np.float32), arrays[f"{name}.rarity"].astype(np.float32))
            for name in ("words", "characters", "terms", "phrases")
        }
        self._phrases = Phrases(arrays["phrases.hashes"], arrays["phrases.rows"])
        self._biases = arrays["bias"], arrays["topics.bias"]
        self._polarity, self._polarity_bias = arrays["both.weights"], arrays["both.bias"]
        self._topics, self._topics_bias = arrays["topics.both.weights"], arrays["topics.both.bias"]
        self._transformer = transformer

    def __call__(self, sentences: Sequence[Sentence]) -> list[Opinion]:
        """Judge all sentences of a document, in reading order: some are read with the one before."""
        polarity, topics = self.probabilities(sentences)
        best = polarity.argmax(axis=1).tolist()
        named = [tuple(self.topics[column] for column in np.flatnonzero(row)) for row in topics > 0.5]
        return [
            Opinion(POLARITIES[index], float(chances[index]), found)
            for index, chances, found in zip(best, polarity, named, strict=True)
        ]

    def probabilities(self, sentences: Sequence[Sentence]) -> tuple[Table, Table]:
        """Chances of each polarity, and of each topic; a topic's is scaled so that more than a half names it."""
        read, counted = self._transformer.scores(sentences), self._counted(sentences)
        polarity = np.hstack([read[:, : len(POLARITIES)], counted[0]]) @ self._polarity + self._polarity_bias
        topics = (np.stack([read[:, len(POLARITIES) :], counted[1]]) * self._topics[:, None]).sum(axis=0)
        return chances(polarity, sentences), 1 / (1 + np.exp(-topics - self._topics_bias))

    def _counted(self, sentences: Sequence[Sentence]) -> tuple[Table, Table]:
        """The linear model's scores of polarities and of topics."""
        sizes = {name: len(layer.rarity) for name, layer in self._layers.items()}
        parts = features(sentences, self._phrases, sizes)
        scores = {name: self._layers[name].scores(part, len(sentences)) for name, part in parts.items()}
        bias, topics_bias = self._biases
        return scores["words"] + scores["characters"] + bias, scores["terms"] + scores["phrases"] + topics_bias


def chances(scores: Any, sentences: Sequence[Sentence]) -> Any:
    """Scores of polarities, a row for each sentence, as probabilities that add up to one.

    What is listed under 'What needs to improve' is meant as that, however neutral its words are.
    """
    odds = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    found = odds / odds.sum(axis=1, keepdims=True)
    concern, neutral = POLARITIES.index("concern"), POLARITIES.index("neutral")
    improve = np.array([is_listed_to_improve(sentence) for sentence in sentences], bool)
    found[improve, concern] += found[improve, neutral]
    found[improve, neutral] = 0
    return found


class Phrases:
    """The vocabulary's spellings of concepts: sorted hashes, and the row of each one's concept."""

    def __init__(self, hashes: NDArray[np.uint64], rows: NDArray[np.int64]) -> None:
        self.hashes, self.rows = hashes, rows.astype(np.int64)

    def find(self, grams: Grams) -> Part:
        """Those of the n-grams that spell a concept."""
        places = np.searchsorted(self.hashes, grams.hashes).clip(max=len(self.hashes) - 1)
        found = self.hashes[places] == grams.hashes
        return Part(self.rows[places[found]], grams.texts[found])


def features(sentences: Sequence[Sentence], phrases: Phrases, sizes: Mapping[str, int]) -> dict[str, Part]:
    """The counted features of each sentence: words and characters tell the polarity, terms and phrases the topics."""
    text = HashedText([sentence.text for sentence in sentences])
    words = [text.words(length) for length in range(1, LONGEST_PHRASE + 1)]
    return {
        "words": _buckets(joined(words[:3]), sizes["words"]),
        "characters": _buckets(joined(text.characters(length) for length in (3, 4, 5)), sizes["characters"]),
        "terms": _buckets(joined(words[:2]), sizes["terms"]),
        "phrases": phrases.find(joined(words)),
    }


def _buckets(grams: Grams, size: int) -> Part:
    """The bucket of each n-gram, by the highest bits of its hash; ``size`` is a power of two."""
    return Part((grams.hashes >> np.uint64(64 - size.bit_length() + 1)).astype(np.int64), grams.texts)


@cache
def load_classifier(folder: Path = WEIGHTS) -> SentenceClassifier:
    """The trained model. Its files hold plain arrays, a network and words, and none is read by pickle."""
    pieces = WordPieces((folder / PIECES).read_text(encoding="utf-8").split("\n"))
    with np.load(folder / LINEAR, allow_pickle=False) as arrays:
        return SentenceClassifier(dict(arrays), Transformer(folder / NETWORK, pieces))
