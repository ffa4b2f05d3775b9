"""The linear model of findings: matrices of counted features, and a logistic regression for each label.

Needs the optional dependencies ``training``.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression

from caregraph.extractors.findings.classifier import MAX_NGRAM, ConceptPhrases, FeatureOccurrences, feature_occurrences
from caregraph.extractors.findings.ngrams import HashedTexts
from caregraph.extractors.findings.sentence_context import Sentence
from caregraph.ontology.vocabulary import load_vocabulary

BUCKETS = {"words": 1 << 17, "characters": 1 << 17, "terms": 1 << 16}
POLARITY_FEATURES, TOPIC_FEATURES = ("words", "characters"), ("terms", "phrases")
SCALES = {"phrases": 0.5}  # weight of a kind of feature beside the others, if not 1
# Inverse strength of regularisation for polarities and topics, chosen by cross-validation; tolerances are as loose as
# they can be without a loss.
REGULARISATION = (20.0, 10.0)
TOLERANCES = (1e-3, 1e-2)

Scores = NDArray[np.float64]
Labels = NDArray[np.bool_]
Matrices = dict[str, csr_matrix]  # a kind of feature each: a row for each sentence


class LinearFit(NamedTuple):
    """Weights and bias of a linear model with several outputs."""

    weights: Scores
    bias: Scores


def topic_phrases() -> dict[int, int]:
    """Map the hash of each spelling of a concept in the vocabulary, singular and plural, to the concept's row."""
    rows: dict[int, int] = {}
    for row, concept in enumerate(load_vocabulary().concepts):
        for spelling in (concept.label, *concept.alt, *concept.acronyms):
            for text in (HashedTexts([spelling]), HashedTexts([f"{spelling}s"])):
                lengths = [length for length in range(1, MAX_NGRAM + 1) if text.words(length).hashes.size == 1]
                rows |= {int(text.words(length).hashes[0]): row for length in lengths}
    return rows


class FeatureMatrices:
    """Counted features of sentences as matrices, scaled as ``classifier.FeatureWeights`` scales them.

    The rarity of each feature comes from the sentences given here.
    """

    def __init__(self, sentences: Sequence[Sentence], phrases: dict[int, int]) -> None:
        hashes = np.array(sorted(phrases), np.uint64)
        self.phrases = ConceptPhrases(hashes, np.array([phrases[int(key)] for key in hashes]))
        self.sizes = BUCKETS | {"phrases": max(phrases.values()) + 1}
        counts = self._count(sentences)
        self.rarity: dict[str, Scores] = {name: _rarity(matrix) for name, matrix in counts.items()}
        self.matrices = self._scale(counts)

    def select(self, rows: NDArray[np.int64]) -> Matrices:
        """Features of some of these sentences."""
        return {name: matrix[rows] for name, matrix in self.matrices.items()}

    def transform(self, sentences: Sequence[Sentence]) -> Matrices:
        """Features of further sentences."""
        return self._scale(self._count(sentences))

    def _count(self, sentences: Sequence[Sentence]) -> Matrices:
        def matrix(name: str, part: FeatureOccurrences) -> csr_matrix:
            shape = (len(sentences), self.sizes[name])
            return csr_matrix((np.ones(len(part.rows)), (part.texts, part.rows)), shape=shape)

        return {
            name: matrix(name, part) for name, part in feature_occurrences(sentences, self.phrases, self.sizes).items()
        }

    def _scale(self, counts: Matrices) -> Matrices:
        def scaled(name: str, matrix: csr_matrix) -> csr_matrix:
            weighted = matrix.multiply(self.rarity[name]).tocsr()
            length = np.sqrt(matrix.multiply(self.rarity[name] ** 2).sum(axis=1)).A1
            result = diags(SCALES.get(name, 1.0) / np.maximum(length, 1e-6)) @ weighted
            result.eliminate_zeros()
            return result

        return {name: scaled(name, matrix) for name, matrix in counts.items()}


def _rarity(counts: csr_matrix) -> Scores:
    """Weight of each feature by its rarity; a feature of a single sentence has weight 0."""
    spread = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.where(spread > 1, np.log((1 + counts.shape[0]) / (1 + spread)) + 1, 0.0)


def _stack(matrices: Matrices, names: Sequence[str]) -> csr_matrix:
    return hstack([matrices[name] for name in names]).tocsr()


def fit_linear_models(matrices: Matrices, polarity: Labels, topics: Labels) -> tuple[LinearFit, LinearFit]:
    """Fit one logistic regression for each polarity and for each topic."""
    (polarity_c, topics_c), (polarity_tolerance, topics_tolerance) = REGULARISATION, TOLERANCES
    polarity_matrix, topics_matrix = _stack(matrices, POLARITY_FEATURES), _stack(matrices, TOPIC_FEATURES)
    return (
        _fit_one_vs_rest(polarity_matrix, polarity, regularisation=polarity_c, tolerance=polarity_tolerance),
        _fit_one_vs_rest(topics_matrix, topics, regularisation=topics_c, tolerance=topics_tolerance),
    )


def _fit_one_vs_rest(matrix: csr_matrix, labels: Labels, *, regularisation: float, tolerance: float) -> LinearFit:
    used = np.flatnonzero(np.bincount(matrix.indices, minlength=matrix.shape[1]))
    used_columns = matrix[:, used]
    weights, bias = np.zeros((matrix.shape[1], labels.shape[1])), np.zeros(labels.shape[1])
    for column in range(labels.shape[1]):
        model = LogisticRegression(C=regularisation, tol=tolerance, solver="liblinear", random_state=0)
        model.fit(used_columns, labels[:, column])
        weights[used, column], bias[column] = model.coef_[0], model.intercept_[0]
    return LinearFit(weights, bias)


def linear_scores(matrices: Matrices, models: tuple[LinearFit, LinearFit]) -> tuple[Scores, Scores]:
    """Scores of polarities and of topics."""
    polarity, topics = models
    return (
        _stack(matrices, POLARITY_FEATURES) @ polarity.weights + polarity.bias,
        _stack(matrices, TOPIC_FEATURES) @ topics.weights + topics.bias,
    )
