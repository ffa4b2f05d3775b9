"""Train the model that judges sentences: ``python -m training.train_findings --train FOLDER --reports FOLDER``.

The first folder holds labelled sentences (``*.jsonl`` with ``id`` of the
document, ``sentence``, ``polarity`` and ``topics``), the second the documents
(``<id>.pdf``) with what stands beside them. Writes what
``findings.classifier`` reads. What is printed is measured on a fifth of the
documents, which the network measured has not seen, and on which the confidence
is calibrated; the one that is written differs by its last round, in which it
sees them too. It takes about three hours on two cores; ``--work`` keeps the
large net's opinions and the networks (`training.distillation`), so that an
interrupted run goes on. Needs the optional dependencies ``make``.
"""

import argparse
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack, identity, kron
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from caregraph.extractors.findings.classifier import (
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
from caregraph.extractors.findings.ngrams import HashedText
from caregraph.extractors.findings.sentence_context import Sentence
from caregraph.extractors.findings.transformer import Transformer
from caregraph.extractors.findings.wordpiece import WordPieces
from caregraph.ontology.vocabulary import load_vocabulary
from training.distillation import HELD_BACK, Lesson, Others, learn
from training.fine_tuning import Answers
from training.labelled import Labelled, Placed, read_labelled, read_others
from training.metrics import best_threshold, print_figures

SIZES = {"words": 1 << 17, "characters": 1 << 17, "terms": 1 << 16}
PARTS = (("words", "characters"), ("terms", "phrases"))
SCALES = {"phrases": 0.5}  # how much a kind of feature counts beside the others, if not 1
FOLDS, HELD_OUT = 5, 3  # which of the folds is held out; any would do
# How far weights may grow, chosen by cross-validation; tolerances are as loose as they can be without a loss.
STRENGTHS = (20.0, 10.0)
TOLERANCES = (1e-3, 1e-2)
BOTH_STRENGTHS = (0.1, 1.0)

Scores = NDArray[np.float64]
Matrices = dict[str, csr_matrix]  # a kind of feature each: a row for each sentence
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
    design = Design([row.place.sentence for row in labelled], topic_phrases())
    models = fit_counts(design, targets, seen)
    if not (work / NETWORK).exists():
        others = read_others([labelled[row] for row in seen], reports)
        _, counted = count(design.read([place.sentence for place in others]), models)
        others_counted = Others(others, counted.astype(np.float32))
        learn(_lesson(labelled, targets, seen), _lesson(labelled, targets, unseen), others_counted, work)
    held_out, wanted = [labelled[row] for row in unseen], targets.of(unseen)
    places = [row.place for row in held_out]
    both = Both(places, read(places, work / HELD_BACK), count(design.of(unseen), models))
    found = np.array([row.found for row in held_out])
    polarity, topics = both.held_out(wanted, folds_of(held_out), found)
    threshold = best_threshold(topics[found], wanted.topics[found])
    print_figures(held_out, polarity, topics > threshold, wanted.polarity, wanted.topics)
    models = fit_counts(design, targets, np.arange(len(labelled)))
    write(out, design, models, both.fit(wanted, np.flatnonzero(found)), threshold)
    for name in (NETWORK, PIECES):
        shutil.copyfile(work / name, out / name)


def _lesson(labelled: Sequence[Labelled], targets: Targets, rows: NDArray[np.int64]) -> Lesson:
    said = targets.of(rows)
    return Lesson([labelled[row].place for row in rows], Answers.read(said.polarity, said.topics))


def folds_of(labelled: Sequence[Labelled]) -> Folds:
    """Rows to learn from and rows of other documents, a fifth, in five ways."""
    return [*GroupKFold(FOLDS).split(labelled, groups=[row.document for row in labelled])]


def read(places: Iterable[Placed], network: Path) -> Scores:
    """A network's scores of sentences, each as in its place; its pieces stand beside it."""
    pieces = WordPieces((network.parent / PIECES).read_text(encoding="utf-8").split("\n"))
    transformer = Transformer(network, pieces)
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
    """The counted features of sentences as matrices, scaled as ``classifier.Layer`` does.

    How rare a feature is, is learnt of the sentences it is made with.
    """

    def __init__(self, learnt: Sequence[Sentence], phrases: dict[int, int]) -> None:
        hashes = np.array(sorted(phrases), np.uint64)
        self.phrases = Phrases(hashes, np.array([phrases[int(key)] for key in hashes]))
        self.sizes = SIZES | {"phrases": max(phrases.values()) + 1}
        counted = self._counted(learnt)
        self.rarity: dict[str, Scores] = {name: _rarity(counts) for name, counts in counted.items()}
        self.matrices = self._scaled(counted)

    def of(self, rows: NDArray[np.int64]) -> Matrices:
        """Features of some of the sentences it is made with."""
        return {name: matrix[rows] for name, matrix in self.matrices.items()}

    def read(self, sentences: Sequence[Sentence]) -> Matrices:
        return self._scaled(self._counted(sentences))

    def _counted(self, sentences: Sequence[Sentence]) -> Matrices:
        def counts(name: str, part: Part) -> csr_matrix:
            shape = (len(sentences), self.sizes[name])
            return csr_matrix((np.ones(len(part.rows)), (part.texts, part.rows)), shape=shape)

        return {name: counts(name, part) for name, part in features(sentences, self.phrases, self.sizes).items()}

    def _scaled(self, counted: Matrices) -> Matrices:
        def scaled(name: str, counts: csr_matrix) -> csr_matrix:
            weighed = counts.multiply(self.rarity[name]).tocsr()
            length = np.sqrt(counts.multiply(self.rarity[name] ** 2).sum(axis=1)).A1
            matrix = diags(SCALES.get(name, 1.0) / np.maximum(length, 1e-6)) @ weighed
            matrix.eliminate_zeros()
            return matrix

        return {name: scaled(name, counts) for name, counts in counted.items()}


def _rarity(counts: csr_matrix) -> Scores:
    """How much each feature counts; one that stands in a single sentence counts for nothing."""
    spread = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.where(spread > 1, np.log((1 + counts.shape[0]) / (1 + spread)) + 1, 0.0)


def side_by_side(matrices: Matrices, names: Sequence[str]) -> csr_matrix:
    return hstack([matrices[name] for name in names]).tocsr()


def fit_counts(design: Design, targets: Targets, rows: NDArray[np.int64]) -> tuple[Fit, Fit]:
    """The linear model: one logistic regression for each polarity and for each topic."""
    matrices = design.of(rows)
    return tuple(  # type: ignore[return-value]
        _one_against_rest(side_by_side(matrices, names), wanted[rows], strength=strength, tolerance=tolerance)
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


def count(matrices: Matrices, models: tuple[Fit, Fit]) -> list[Scores]:
    """The linear model's scores of polarities and of topics."""
    return [
        side_by_side(matrices, names) @ model.weights + model.bias for names, model in zip(PARTS, models, strict=True)
    ]


class Both:
    """The regressions that weigh what the transformer and the linear model make of a sentence."""

    def __init__(self, places: Sequence[Placed], read: Scores, counted: Sequence[Scores]) -> None:
        self.sentences = [place.sentence for place in places]
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
