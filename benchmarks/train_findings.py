"""Train the model that judges sentences: ``python -m benchmarks.train_findings --train FOLDER --reports FOLDER``.

The first folder holds labelled sentences (``*.jsonl`` with ``id`` of the
document, ``sentence``, ``polarity`` and ``topics``), the second the documents
(``<id>.pdf``) with what stands beside them. Writes the arrays of
``extractors.classifier``. What is printed is measured on documents that the
model had not seen: in each of five folds a fifth of the documents is held out.
Nothing is random that is not seeded. Needs the optional dependencies ``make``.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks.findings_figures import best_threshold, print_figures
from benchmarks.labelled import Labelled, read_labelled
from extractors.classifier import LONGEST_PHRASE, POLARITIES, WEIGHTS, Part, Phrases, Sentence, beside, features, rivals
from extractors.ngrams import HashedText
from ontology.terms import load_vocabulary

SIZES = {"words": 1 << 17, "characters": 1 << 17, "terms": 1 << 16, "headings": 1 << 12}
PARTS = (("words", "characters"), ("terms", "phrases"))
SCALES = {"phrases": 0.5}  # how much a kind of feature counts beside the others, if not 1
FOLDS = 5
# How far weights may grow, chosen by cross-validation; tolerances are as loose as they can be without a loss.
STRENGTHS = (20.0, 10.0)
TOLERANCES = (1e-3, 1e-2)
BESIDE_STRENGTH = 0.3

Scores = NDArray[np.float64]


class Fit(NamedTuple):
    """Weights and bias of a linear model with several outputs."""

    weights: Scores
    bias: Scores


class Targets(NamedTuple):
    """What readers made of each sentence: a row each, a column for each polarity or topic."""

    polarity: NDArray[np.bool_]
    topics: NDArray[np.bool_]
    names: tuple[str, ...]  # of the topics


class Alone(NamedTuple):
    """Scores of the first model, polarity and topics, for each labelled sentence and those before and after it."""

    own: tuple[Scores, Scores]
    before: tuple[Scores, Scores]
    after: tuple[Scores, Scores]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True, help="folder of labelled sentences, *.jsonl")
    parser.add_argument("--reports", type=Path, required=True, help="folder of the documents they are from, *.pdf")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    train([*read_labelled(options.train, options.reports)], options.out)


def train(labelled: Sequence[Labelled], out: Path) -> None:
    """Cross-validate both models, print the figures, train on everything and write the weights."""
    design = Design(labelled, topic_phrases())
    targets = read_targets(labelled)
    folds = [*GroupKFold(FOLDS).split(labelled, groups=[row.document for row in labelled])]
    alone = held_out(design, targets, folds)
    found = np.array([row.found for row in labelled])
    context = Context(labelled, design, alone)
    polarity, topics = context.held_out(targets, folds, found)
    threshold = best_threshold(topics[found], targets.topics[found])
    print_figures(labelled, polarity, topics > threshold, targets.polarity, targets.topics)
    everything = np.arange(len(labelled))
    write(out, design, fit_alone(design, targets, everything), context.fit(targets, np.flatnonzero(found)), threshold)


def read_targets(labelled: Sequence[Labelled]) -> Targets:
    names = tuple(sorted(concept.id for concept in load_vocabulary().concepts if concept.topic))
    return Targets(
        np.array([[row.polarity == name for name in POLARITIES] for row in labelled]),
        np.array([[name in row.topics for name in names] for row in labelled]),
        names,
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
    """The features of the labelled sentences, then of those before, then of those after them, as matrices.

    They are scaled as ``extractors.classifier.Layer`` does.
    """

    def __init__(self, labelled: Sequence[Labelled], phrases: dict[int, int]) -> None:
        hashes = np.array(sorted(phrases), np.uint64)
        self.phrases = Phrases(hashes, np.array([phrases[int(key)] for key in hashes]))
        self.sizes = SIZES | {"phrases": max(phrases.values()) + 1}
        self.count = len(labelled)
        self.rarity: dict[str, Scores] = {}
        sentences = [
            *(row.sentence for row in labelled),
            *(row.before or Sentence("") for row in labelled),
            *(row.after or Sentence("") for row in labelled),
        ]
        self.matrices = {
            name: self._matrix(name, part, len(sentences))
            for name, part in features(sentences, self.phrases, self.sizes).items()
        }

    def _matrix(self, name: str, part: Part, count: int) -> csr_matrix:
        counts = csr_matrix((np.ones(len(part.rows)), (part.texts, part.rows)), shape=(count, self.sizes[name]))
        spread = np.bincount(counts[: self.count].indices, minlength=self.sizes[name])
        self.rarity[name] = rarity = np.where(spread > 1, np.log((1 + self.count) / (1 + spread)) + 1, 0.0)
        length = np.sqrt(np.bincount(part.texts, rarity[part.rows] ** 2, minlength=count))
        rows = np.repeat(np.arange(count), np.diff(counts.indptr))
        counts.data *= SCALES.get(name, 1.0) * rarity[counts.indices] / np.maximum(length, 1e-6)[rows]
        counts.eliminate_zeros()
        return counts

    def side(self, names: Sequence[str], rows: NDArray[np.int64]) -> csr_matrix:
        return hstack([self.matrices[name] for name in names]).tocsr()[rows]


def fit_alone(design: Design, targets: Targets, rows: NDArray[np.int64]) -> tuple[Fit, Fit]:
    """The first model: one logistic regression for each polarity and for each topic."""
    return tuple(  # type: ignore[return-value]
        _one_against_rest(design.side(names, rows), wanted[rows], strength=strength, tolerance=tolerance)
        for names, wanted, strength, tolerance in zip(PARTS, targets[:2], STRENGTHS, TOLERANCES, strict=True)
    )


def _one_against_rest(matrix: csr_matrix, wanted: NDArray[np.bool_], *, strength: float, tolerance: float) -> Fit:
    used = np.flatnonzero(np.bincount(matrix.indices, minlength=matrix.shape[1]))
    small = matrix[:, used]
    weights, bias = np.zeros((matrix.shape[1], wanted.shape[1])), np.zeros(wanted.shape[1])
    for column in range(wanted.shape[1]):
        model = LogisticRegression(C=strength, tol=tolerance, solver="liblinear", random_state=0)
        model.fit(small, wanted[:, column])
        weights[used, column], bias[column] = model.coef_[0], model.intercept_[0]
    return Fit(weights, bias)


def held_out(design: Design, targets: Targets, folds: Sequence[tuple[Any, Any]]) -> Alone:
    """Scores of the first model by weights that have not seen the sentence's document."""
    scores = [(np.zeros(targets[0].shape), np.zeros(targets[1].shape)) for _ in Alone._fields]
    for seen, unseen in folds:
        models = fit_alone(design, targets, seen)
        for place, table in enumerate(scores):
            for names, model, part in zip(PARTS, models, table, strict=True):
                part[unseen] = design.side(names, unseen + place * design.count) @ model.weights + model.bias
    return Alone(*scores)


class Context:
    """The second model: the first one's scores, beside each other, under their headings."""

    def __init__(self, labelled: Sequence[Labelled], design: Design, alone: Alone) -> None:
        bullets = np.array([[row.sentence.bullet] for row in labelled], float)
        # Where there is no sentence beside it, an empty one stands: it scores the bias.
        polarity, topics = zip(*alone, strict=True)
        self.polarity = hstack(
            [csr_matrix(np.hstack([beside(*polarity), bullets])), design.matrices["headings"][: len(labelled)]]
        ).tocsr()
        self.topics = np.stack([*topics, rivals(topics[0])])

    def fit(self, targets: Targets, rows: NDArray[np.int64]) -> tuple[Fit, Fit]:
        model = _regression().fit(self.polarity[rows], targets.polarity[rows].argmax(axis=1))
        each = [
            _regression().fit(self.topics[:, rows, k].T, targets.topics[rows, k]) for k in range(len(targets.names))
        ]
        topics = Fit(np.array([one.coef_[0] for one in each]).T, np.array([one.intercept_[0] for one in each]))
        return Fit(model.coef_.T, model.intercept_), topics

    def held_out(self, targets: Targets, folds: Sequence[tuple[Any, Any]], found: NDArray[np.bool_]) -> tuple[Any, Any]:
        """Probabilities of polarities and scores of topics; what was not found in prose is neutral and has none."""
        polarity = np.tile(np.eye(len(POLARITIES))[POLARITIES.index("neutral")], (len(found), 1))
        topics = np.full(targets.topics.shape, -np.inf)
        for seen, unseen in folds:
            (ours, theirs), rows = self.fit(targets, seen[found[seen]]), unseen[found[unseen]]
            scores = self.polarity[rows] @ ours.weights + ours.bias
            odds = np.exp(scores - scores.max(axis=1, keepdims=True))
            polarity[rows] = odds / odds.sum(axis=1, keepdims=True)
            topics[rows] = (self.topics[:, rows] * theirs.weights[:, None]).sum(axis=0) + theirs.bias
        return polarity, topics


def _regression() -> LogisticRegression:
    return LogisticRegression(C=BESIDE_STRENGTH, max_iter=1000)


def write(out: Path, design: Design, alone: tuple[Fit, Fit], context: tuple[Fit, Fit], threshold: float) -> None:
    """Write the arrays that ``SentenceClassifier`` reads; the rarity of a bucket is folded into its weights."""
    polarity, topics = context
    count = polarity.weights.shape[0] - design.sizes["headings"]
    weights = {"headings": polarity.weights[count:]}
    for names, model in zip(PARTS, alone, strict=True):
        bounds = np.cumsum([design.sizes[name] for name in names])[:-1]
        weights |= dict(zip(names, np.split(model.weights, bounds), strict=True))
    arrays: dict[str, Any] = {
        "topics": np.array(read_targets([]).names),
        "phrases.hashes": design.phrases.hashes,
        "phrases.rows": design.phrases.rows.astype(np.int16),
        "bias": alone[0].bias.astype(np.float32),
        "topics.bias": alone[1].bias.astype(np.float32),
        "beside.weights": polarity.weights[:count].astype(np.float32),
        "beside.bias": polarity.bias.astype(np.float32),
        "topics.beside.weights": topics.weights.astype(np.float32),
        "topics.beside.bias": (topics.bias - threshold).astype(np.float32),
    }
    for name, table in weights.items():
        arrays[f"{name}.weights"] = (table * SCALES.get(name, 1.0) * design.rarity[name][:, None]).astype(np.float16)
        arrays[f"{name}.rarity"] = design.rarity[name].astype(np.float16)
    out.parent.mkdir(exist_ok=True)
    np.savez_compressed(out, **arrays)


if __name__ == "__main__":
    main()
