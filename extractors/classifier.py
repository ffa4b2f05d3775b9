"""What a sentence of a report says: for or against, and about which topics.

Two linear models, one on the other. The first scores each sentence by its
hashed n-grams alone; the second weighs these scores with those of the
sentences beside it, the heading above and whether it is a bullet: inspectors
praise and fault in runs. ``benchmarks/train_findings.py`` trains both and
writes ``weights/findings.npz``; docs/findings-model.md is their card.
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


class Sentence(NamedTuple):
    """A sentence and where it stands: the nearest heading above, "" if none, and whether it is a bullet."""

    text: str
    heading: str = ""
    bullet: bool = False


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

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.topics = tuple(str(topic) for topic in arrays["topics"])
        self._layers = {
            name: Layer(arrays[f"{name}.weights"].astype(np.float32), arrays[f"{name}.rarity"].astype(np.float32))
            for name in ("words", "characters", "terms", "phrases", "headings")
        }
        self._phrases = Phrases(arrays["phrases.hashes"], arrays["phrases.rows"])
        self._bias, self._topic_bias = arrays["bias"], arrays["topics.bias"]
        self._beside, self._beside_bias = arrays["beside.weights"], arrays["beside.bias"]
        self._topics_beside, self._topics_beside_bias = arrays["topics.beside.weights"], arrays["topics.beside.bias"]

    def __call__(self, sentences: Sequence[Sentence]) -> list[Opinion]:
        """Judge all sentences of a document, in reading order; those beside a sentence bear on it."""
        polarity, topics = self.probabilities(sentences)
        best = polarity.argmax(axis=1).tolist()
        named = [tuple(self.topics[column] for column in np.flatnonzero(row)) for row in topics > 0.5]
        return [
            Opinion(POLARITIES[index], float(chances[index]), found)
            for index, chances, found in zip(best, polarity, named, strict=True)
        ]

    def probabilities(self, sentences: Sequence[Sentence]) -> tuple[Table, Table]:
        """Chances of each polarity, and of each topic; a topic's is scaled so that more than a half names it."""
        count = len(sentences)
        if not count:
            return np.zeros((0, len(POLARITIES)), np.float32), np.zeros((0, len(self.topics)), np.float32)
        sizes = {name: len(layer.rarity) for name, layer in self._layers.items()}
        scores = {
            name: self._layers[name].scores(part, count)
            for name, part in features(sentences, self._phrases, sizes).items()
        }
        alone = scores["words"] + scores["characters"] + self._bias
        bullets = np.array([[sentence.bullet] for sentence in sentences], np.float32)
        polarity = np.hstack([beside(alone, *_neighbours(alone, self._bias)), bullets]) @ self._beside
        polarity += scores["headings"] + self._beside_bias
        odds = np.exp(polarity - polarity.max(axis=1, keepdims=True))
        topics = scores["terms"] + scores["phrases"] + self._topic_bias
        weighed = (
            np.stack([topics, *_neighbours(topics, self._topic_bias), rivals(topics)]) * self._topics_beside[:, None]
        )
        return odds / odds.sum(axis=1, keepdims=True), 1 / (1 + np.exp(-weighed.sum(axis=0) - self._topics_beside_bias))


def _neighbours(scores: Table, empty: Table) -> tuple[Table, Table]:
    """The scores of the sentence before each, and after each; those of an empty one where there is none."""
    return np.vstack([empty[None], scores[:-1]]), np.vstack([scores[1:], empty[None]])


def beside(own: Any, before: Any, after: Any) -> Any:
    """Each sentence's own scores and those of the sentences beside it, as one row."""
    return np.hstack([own, before, after])


def rivals(topics: Any) -> Any:
    """For each topic the best score of another one."""
    order = np.sort(topics, axis=1)
    return np.where(topics == order[:, -1:], order[:, -2:-1], order[:, -1:])


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
    """The features of each sentence: words, characters and headings tell the polarity, terms and phrases the topics."""
    text = HashedText([sentence.text for sentence in sentences])
    heading = HashedText([sentence.heading for sentence in sentences])
    words = [text.words(length) for length in range(1, LONGEST_PHRASE + 1)]
    return {
        "words": _buckets(joined(words[:3]), sizes["words"]),
        "characters": _buckets(joined(text.characters(length) for length in (3, 4, 5)), sizes["characters"]),
        "headings": _buckets(joined(heading.words(length) for length in (1, 2)), sizes["headings"]),
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
