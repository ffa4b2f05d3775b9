"""Train the model that judges sentences: ``python -m benchmarks.train_findings --train FOLDER``.

Reads labelled sentences (``*.jsonl`` with ``id`` of the document, ``sentence``,
``polarity`` and ``topics``) and writes the arrays of ``extractors.classifier``.
What is printed is measured on documents that the model had not seen: in each
of five folds a fifth of the documents is held out. The same input gives the
same weights. Needs the optional dependencies ``make``.
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.model_selection import GroupKFold

from extractors.classifier import LONGEST_PHRASE, POLARITIES, WEIGHTS, Part, Phrases, features
from extractors.ngrams import HashedText
from ontology.terms import load_vocabulary

TOPICS = sorted(concept.id for concept in load_vocabulary().concepts if concept.topic)
SIZES = {"words": 1 << 17, "characters": 1 << 17, "terms": 1 << 16}
FOLDS = 5
PENALTY, TOPIC_PENALTY = 0.05, 0.1  # of the squared weights; chosen by cross-validation
PARTS = (("words", "characters"), ("terms", "phrases"))
_PARAGRAPH_NUMBER = re.compile(r"\s\d{1,3}\.$")  # of the next paragraph, stuck to the labelled sentence


class Labels(NamedTuple):
    """Sentences, the document each is of, and what readers made of it: one row a sentence, one column a class."""

    sentences: list[str]
    documents: list[str]
    polarity: NDArray[np.float64]
    topics: NDArray[np.float64]


class Fit(NamedTuple):
    """Weights and bias of a linear model with several outputs."""

    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    def scores(self, matrix: csr_matrix) -> NDArray[np.float64]:
        return matrix @ self.weights + self.bias


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True, help="folder of labelled sentences, *.jsonl")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    train(options.train, options.out)


def train(folder: Path, out: Path) -> None:
    """Cross-validate, print the figures, train on everything and write the weights."""
    labels = read_labels(folder)
    design = Design(labels.sentences, topic_phrases())
    polarity, topics = held_out(design, labels)
    temperature = calibrated(polarity, labels.polarity)
    threshold = best_threshold(topics, labels.topics)
    print_figures(polarity / temperature, topics - threshold, labels)
    ours, theirs = fit_both(design, labels, np.arange(design.count))
    write(out, design, ours, theirs, temperature=temperature, threshold=threshold)


def rows_of(folder: Path) -> Iterator[dict]:
    for path in sorted(folder.glob("*.jsonl")):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def read_labels(folder: Path) -> Labels:
    rows = [*rows_of(folder)]
    return Labels(
        [_PARAGRAPH_NUMBER.sub("", row["sentence"]) for row in rows],
        [row["id"] for row in rows],
        np.array([[row["polarity"] == name for name in POLARITIES] for row in rows], float),
        np.array([[name in row["topics"] for name in TOPICS] for row in rows], float),
    )


def topic_phrases() -> dict[int, int]:
    """The hash of each spelling of a concept in the vocabulary, singular and plural, and the concept's row."""
    found: dict[int, int] = {}
    for row, concept in enumerate(load_vocabulary().concepts):
        for spelling in (concept.label, *concept.alt, *concept.acronyms):
            for text in (HashedText([spelling]), HashedText([f"{spelling}s"])):
                lengths = [length for length in range(1, LONGEST_PHRASE + 1) if text.words(length).hashes.size == 1]
                found |= {int(text.words(length).hashes[0]): row for length in lengths}
    return found


class Design:
    """The features of all sentences as matrices, scaled as ``extractors.classifier.Layer`` does."""

    def __init__(self, sentences: Sequence[str], phrases: dict[int, int]) -> None:
        hashes = np.array(sorted(phrases), np.uint64)
        self.phrases = Phrases(hashes, np.array([phrases[int(key)] for key in hashes]))
        self.sizes = SIZES | {"phrases": max(phrases.values()) + 1}
        self.count = len(sentences)
        self.rarity: dict[str, NDArray[np.float64]] = {}
        self.matrices = {
            name: self._matrix(name, part) for name, part in features(sentences, self.phrases, self.sizes).items()
        }

    def _matrix(self, name: str, part: Part) -> csr_matrix:
        shape = (self.count, self.sizes[name])
        counts = csr_matrix((np.ones(len(part.rows)), (part.texts, part.rows)), shape=shape)
        spread = np.bincount(counts.indices, minlength=shape[1])
        rarity = np.where(spread > 1, np.log((1 + self.count) / (1 + spread)) + 1, 0.0)
        self.rarity[name] = rarity
        length = np.sqrt(np.bincount(part.texts, rarity[part.rows] ** 2, minlength=self.count))
        rows = np.repeat(np.arange(self.count), np.diff(counts.indptr))
        counts.data *= rarity[counts.indices] / np.maximum(length, 1e-6)[rows]
        counts.eliminate_zeros()
        return counts

    def side(self, names: Sequence[str], rows: NDArray[np.int64]) -> csr_matrix:
        return hstack([self.matrices[name] for name in names]).tocsr()[rows]


def fit(matrix: csr_matrix, targets: NDArray[np.float64], *, penalty: float, exclusive: bool) -> Fit:
    """Logistic regression on all outputs at once; targets may be probabilities. Unused columns stay at zero."""
    used = np.flatnonzero(np.bincount(matrix.indices, minlength=matrix.shape[1]))
    small, outputs = matrix[:, used], targets.shape[1]
    mirrored = small.T.tocsr()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(-1, outputs)
        chances, losses = _chances(small @ weights[:-1] + weights[-1], targets, exclusive=exclusive)
        wrong = chances - targets
        slope = np.vstack([mirrored @ wrong + penalty * weights[:-1], wrong.sum(axis=0)])
        return losses + penalty / 2 * float((weights[:-1] ** 2).sum()), slope.ravel()

    start = np.zeros((len(used) + 1) * outputs)
    solved = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 60, "ftol": 1e-5}).x
    weights = np.zeros((matrix.shape[1], outputs))
    weights[used] = solved.reshape(-1, outputs)[:-1]
    return Fit(weights, solved.reshape(-1, outputs)[-1])


def _chances(
    scores: NDArray[np.float64], targets: NDArray[np.float64], *, exclusive: bool
) -> tuple[NDArray[np.float64], float]:
    if exclusive:
        high = scores.max(axis=1, keepdims=True)
        total = high + np.log(np.exp(scores - high).sum(axis=1, keepdims=True))
        return np.exp(scores - total), float((targets * (total - scores)).sum())
    losses = np.logaddexp(0, scores) - targets * scores
    return 1 / (1 + np.exp(-scores)), float(losses.sum())


def fit_both(design: Design, labels: Labels, rows: NDArray[np.int64]) -> tuple[Fit, Fit]:
    return (
        fit(design.side(PARTS[0], rows), labels.polarity[rows], penalty=PENALTY, exclusive=True),
        fit(design.side(PARTS[1], rows), labels.topics[rows], penalty=TOPIC_PENALTY, exclusive=False),
    )


def held_out(design: Design, labels: Labels) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores of each sentence by a model that has not seen its document."""
    polarity, topics = np.zeros_like(labels.polarity), np.zeros_like(labels.topics)
    for seen, unseen in GroupKFold(FOLDS).split(labels.sentences, groups=labels.documents):
        ours, theirs = fit_both(design, labels, seen)
        polarity[unseen] = ours.scores(design.side(PARTS[0], unseen))
        topics[unseen] = theirs.scores(design.side(PARTS[1], unseen))
    return polarity, topics


def calibrated(scores: NDArray[np.float64], targets: NDArray[np.float64]) -> float:
    """The temperature under which held-out probabilities fit best."""
    return float(
        minimize_scalar(lambda t: _chances(scores / t, targets, exclusive=True)[1], bounds=(0.2, 5), method="bounded").x
    )


def best_threshold(scores: NDArray[np.float64], targets: NDArray[np.float64]) -> float:
    """The score above which naming a topic gives the best micro-F1."""
    return float(max(np.arange(-3, 1, 0.05), key=lambda threshold: micro_f1(scores > threshold, targets > 0.5)))


def micro_f1(found: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> float:
    return float(2 * (found & wanted).sum() / max(found.sum() + wanted.sum(), 1))


def print_figures(polarity: NDArray[np.float64], topics: NDArray[np.float64], labels: Labels) -> None:
    chances, _ = _chances(polarity, labels.polarity, exclusive=True)
    guess, truth = chances.argmax(axis=1), labels.polarity.argmax(axis=1)
    f1 = [micro_f1(guess == index, truth == index) for index in range(len(POLARITIES))]
    print(f"sentences {len(truth)}, documents {len(set(labels.documents))}, folds {FOLDS}")
    print(f"polarity accuracy {(guess == truth).mean():.3f}, macro-F1 {np.mean(f1):.3f}")
    print("  " + ", ".join(f"{name} {value:.2f}" for name, value in zip(POLARITIES, f1, strict=True)))
    print(f"topics micro-F1 {micro_f1(topics > 0, labels.topics > 0.5):.3f}")
    print("confidence     share  mean   right")
    best = chances.max(axis=1)
    for low, high in ((0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01), (0.9, 1.01)):
        inside = (best >= low) & (best < high)
        print(
            f"{low:.2f} to {min(high, 1):.2f}   {inside.mean():.3f}  {best[inside].mean():.3f}  "
            f"{(guess == truth)[inside].mean():.3f}"
        )


def write(out: Path, design: Design, polarity: Fit, topics: Fit, *, temperature: float, threshold: float) -> None:
    """Write the arrays that ``SentenceClassifier`` reads; the rarity of a bucket is folded into its weights."""
    arrays: dict[str, NDArray] = {
        "phrases.hashes": design.phrases.hashes,
        "phrases.rows": design.phrases.rows.astype(np.int16),
        "topics": np.array(TOPICS),
        "bias": polarity.bias.astype(np.float32),
        "topics.bias": (topics.bias - threshold).astype(np.float32),
        "temperature": np.float32(temperature),
    }
    for names, model in zip(PARTS, (polarity, topics), strict=True):
        first = 0
        for name in names:
            weights = model.weights[first : first + design.sizes[name]]
            arrays[f"{name}.weights"] = (weights * design.rarity[name][:, None]).astype(np.float16)
            arrays[f"{name}.rarity"] = design.rarity[name].astype(np.float16)
            first += design.sizes[name]
    out.parent.mkdir(exist_ok=True)
    np.savez_compressed(out, **arrays)


if __name__ == "__main__":
    main()
