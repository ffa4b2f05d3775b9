"""Train the model that judges sentences: ``python -m benchmarks.train_findings --train FOLDER --reports FOLDER``.

The first folder holds labelled sentences (``*.jsonl`` with ``id`` of the
document, ``sentence``, ``polarity`` and ``topics``), the second the documents
(``<id>.pdf``) with what stands beside them. Writes what
``extractors.classifier`` reads. What is printed is measured on a fifth of the
documents, which the network has not seen, and on which the confidence is
calibrated. It takes about two hours on two cores; ``--work`` keeps
the large net's opinions and the network (`benchmarks.learning`), so that an
interrupted run goes on. Needs the optional dependencies ``make``.
"""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, identity, kron
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks.findings_figures import best_threshold, print_figures
from benchmarks.fine_tuning import Answers
from benchmarks.labelled import Labelled, read_labelled, read_others
from benchmarks.learning import learn
from extractors.classifier import (
    LINEAR,
    LONGEST_PHRASE,
    NETWORK,
    PIECES,
    POLARITIES,
    WEIGHTS,
    Part,
    Phrases,
    chances,
    features,
)
from extractors.ngrams import HashedText
from extractors.pieces import WordPieces
from extractors.transformer import Transformer
from ontology.terms import load_vocabulary

SIZES = {"words": 1 << 17, "characters": 1 << 17, "terms": 1 << 16}
PARTS = (("words", "characters"), ("terms", "phrases"))
SCALES = {"phrases": 0.5}  # how much a kind of feature counts beside the others, if not 1
FOLDS, HELD_OUT = 5, 3  # which of the folds is held out; any would do
OTHERS = 24_000  # sentences that nobody labelled, about half of what there is
# How far weights may grow, chosen by cross-validation; tolerances are as loose as they can be without a loss.
STRENGTHS = (20.0, 10.0)
TOLERANCES = (1e-3, 1e-2)
BOTH_STRENGTHS = (0.1, 1.0)

Scores = NDArray[np.float64]
Folds = Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]]


class Fit(NamedTuple):
    """Weights and bias of a linear model with several outputs."""

    weights: Scores
    bias: Scores


class Targets(NamedTuple):
    """What readers made of each sentence: a row each, a column for each polarity or topic."""

    polarity: NDArray[np.bool_]
    topics: NDArray[np.bool_]
    names: tuple[str, ...]  # of the topics

    def of(self, rows: NDArray[np.int64]) -> "Targets":
        return Targets(self.polarity[rows], self.topics[rows], self.names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True, help="folder of labelled sentences, *.jsonl")
    parser.add_argument("--reports", type=Path, required=True, help="folder of the documents they are from, *.pdf")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--work", type=Path, help="folder that keeps the scores of each fold")
    options = parser.parse_args()
    options.out.mkdir(exist_ok=True)
    with TemporaryDirectory() as scratch:
        work = options.work or Path(scratch)
        work.mkdir(exist_ok=True)
        train([*read_labelled(options.train, options.reports)], options.reports, options.out, work)


def train(labelled: Sequence[Labelled], reports: Path, out: Path, work: Path) -> None:
    """Train both models, calibrate them together on what is held out, print the figures and write the weights."""
    targets = read_targets(labelled)
    seen, unseen = folds_of(labelled)[HELD_OUT]
    if not (work / NETWORK).exists():
        learnt = [labelled[row] for row in seen]
        said = Answers.read(targets.polarity[seen], targets.topics[seen])
        learn([row.place for row in learnt], said, read_others(learnt, reports)[:OTHERS], work)
    design = Design(labelled, topic_phrases())
    held_out, wanted = [labelled[row] for row in unseen], targets.of(unseen)
    both = Both(held_out, read(held_out, work), count(design, fit_counts(design, targets, seen), unseen))
    found = np.array([row.found for row in held_out])
    polarity, topics = both.held_out(wanted, folds_of(held_out), found)
    threshold = best_threshold(topics[found], wanted.topics[found])
    print_figures(held_out, polarity, topics > threshold, wanted.polarity, wanted.topics)
    counts = fit_counts(design, targets, np.arange(len(labelled)))
    write(out, design, counts, both.fit(wanted, np.flatnonzero(found)), threshold)
    for name in (NETWORK, PIECES):
        shutil.copyfile(work / name, out / name)


def folds_of(labelled: Sequence[Labelled]) -> Folds:
    """Rows to learn from and rows of other documents, a fifth, in five ways."""
    return [*GroupKFold(FOLDS).split(labelled, groups=[row.document for row in labelled])]


def read(labelled: Sequence[Labelled], work: Path) -> Scores:
    """The network's scores of labelled sentences, each as in its place."""
    transformer = Transformer(work / NETWORK, WordPieces((work / PIECES).read_text(encoding="utf-8").split("\n")))
    places = (row.place for row in labelled)
    return np.vstack([transformer.scores([*filter(None, [place.before]), place.sentence])[-1:] for place in places])


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
    """The counted features of the labelled sentences as matrices, scaled as ``extractors.classifier.Layer`` does."""

    def __init__(self, labelled: Sequence[Labelled], phrases: dict[int, int]) -> None:
        hashes = np.array(sorted(phrases), np.uint64)
        self.phrases = Phrases(hashes, np.array([phrases[int(key)] for key in hashes]))
        self.sizes = SIZES | {"phrases": max(phrases.values()) + 1}
        self.rarity: dict[str, Scores] = {}
        parts = features([row.place.sentence for row in labelled], self.phrases, self.sizes)
        self.matrices = {name: self._matrix(name, part, len(labelled)) for name, part in parts.items()}

    def _matrix(self, name: str, part: Part, count: int) -> csr_matrix:
        counts = csr_matrix((np.ones(len(part.rows)), (part.texts, part.rows)), shape=(count, self.sizes[name]))
        spread = np.bincount(counts.indices, minlength=self.sizes[name])
        self.rarity[name] = rarity = np.where(spread > 1, np.log((1 + count) / (1 + spread)) + 1, 0.0)
        length = np.sqrt(np.bincount(part.texts, rarity[part.rows] ** 2, minlength=count))
        rows = np.repeat(np.arange(count), np.diff(counts.indptr))
        counts.data *= SCALES.get(name, 1.0) * rarity[counts.indices] / np.maximum(length, 1e-6)[rows]
        counts.eliminate_zeros()
        return counts

    def side(self, names: Sequence[str], rows: NDArray[np.int64]) -> csr_matrix:
        return hstack([self.matrices[name] for name in names]).tocsr()[rows]


def fit_counts(design: Design, targets: Targets, rows: NDArray[np.int64]) -> tuple[Fit, Fit]:
    """The linear model: one logistic regression for each polarity and for each topic."""
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


def count(design: Design, models: tuple[Fit, Fit], rows: NDArray[np.int64]) -> list[Scores]:
    """The linear model's scores of polarities and of topics."""
    return [design.side(names, rows) @ model.weights + model.bias for names, model in zip(PARTS, models, strict=True)]


class Both:
    """The regressions that weigh what the transformer and the linear model make of a sentence."""

    def __init__(self, labelled: Sequence[Labelled], read: Scores, counted: Sequence[Scores]) -> None:
        self.sentences = [row.place.sentence for row in labelled]
        self.polarity = np.hstack([read[:, : len(POLARITIES)], counted[0]])
        self.topics = np.stack([read[:, len(POLARITIES) :], counted[1]])

    def fit(self, targets: Targets, rows: NDArray[np.int64]) -> tuple[Fit, Fit]:
        strength, topic_strength = BOTH_STRENGTHS
        model = LogisticRegression(C=strength, max_iter=1000)
        model.fit(self.polarity[rows], targets.polarity[rows].argmax(axis=1))
        # What the two scores are worth is learnt of all topics together, as some have few examples; how often each is
        # meant is not.
        count = len(targets.names)
        both = csr_matrix(self.topics[:, rows].reshape(len(self.topics), -1).T)
        each = kron(np.ones((len(rows), 1)), identity(count))
        pooled = LogisticRegression(C=topic_strength, max_iter=1000)
        pooled.fit(hstack([both, each]).tocsr(), targets.topics[rows].reshape(-1))
        weights, bias = np.split(pooled.coef_[0], [len(self.topics)])
        return Fit(model.coef_.T, model.intercept_), Fit(np.tile(weights[:, None], count), bias + pooled.intercept_)

    def held_out(self, targets: Targets, folds: Folds, found: NDArray[np.bool_]) -> tuple[Any, Any]:
        """Probabilities of polarities and scores of topics; what was not found in prose is neutral and has none."""
        polarity = np.tile(np.eye(len(POLARITIES))[POLARITIES.index("neutral")], (len(found), 1))
        topics = np.full(targets.topics.shape, -np.inf)
        for seen, unseen in folds:
            (ours, theirs), rows = self.fit(targets, seen[found[seen]]), unseen[found[unseen]]
            scores = self.polarity[rows] @ ours.weights + ours.bias
            polarity[rows] = chances(scores, [self.sentences[row] for row in rows])
            topics[rows] = (self.topics[:, rows] * theirs.weights[:, None]).sum(axis=0) + theirs.bias
        return polarity, topics


def write(out: Path, design: Design, counts: tuple[Fit, Fit], both: tuple[Fit, Fit], threshold: float) -> None:
    """Write the arrays that ``SentenceClassifier`` reads; the rarity of a bucket is folded into its weights."""
    polarity, topics = both
    weights: dict[str, Scores] = {}
    for names, model in zip(PARTS, counts, strict=True):
        bounds = np.cumsum([design.sizes[name] for name in names])[:-1]
        weights |= dict(zip(names, np.split(model.weights, bounds), strict=True))
    arrays: dict[str, Any] = {
        "topics": np.array(read_targets([]).names),
        "phrases.hashes": design.phrases.hashes,
        "phrases.rows": design.phrases.rows.astype(np.int16),
        "bias": counts[0].bias.astype(np.float32),
        "topics.bias": counts[1].bias.astype(np.float32),
        "both.weights": polarity.weights.astype(np.float32),
        "both.bias": polarity.bias.astype(np.float32),
        "topics.both.weights": topics.weights.astype(np.float32),
        "topics.both.bias": (topics.bias - threshold).astype(np.float32),
    }
    for name, table in weights.items():
        arrays[f"{name}.weights"] = (table * SCALES.get(name, 1.0) * design.rarity[name][:, None]).astype(np.float16)
        arrays[f"{name}.rarity"] = design.rarity[name].astype(np.float16)
    np.savez_compressed(out / LINEAR, **arrays)


if __name__ == "__main__":
    main()
