"""Train the model that classifies sentences: ``python -m training.train_findings --train FOLDER --reports FOLDER``.

The first folder holds labelled sentences (``*.jsonl`` with ``id`` of the
document, ``sentence``, ``polarity`` and ``topics``), the second the documents
(``<id>.pdf``), which give each sentence its context. Writes what
``findings.classifier`` loads. The metrics printed are measured on a fifth of
the documents, which the network measured has not seen, and on which the
confidence is calibrated; the network that is written differs by its last round,
in which it sees them too. It takes about three hours on two cores; ``--work``
keeps the teacher's scores and the networks (`training.distillation`), so that
an interrupted run goes on. Needs the optional dependencies ``training``.
"""

import argparse
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, identity, kron
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from caregraph.extractors.findings.classifier import (
    LINEAR_FILE,
    NETWORK_FILE,
    POLARITIES,
    WEIGHTS,
    WORDPIECE_FILE,
    paragraph_features,
    polarity_probabilities,
)
from caregraph.extractors.findings.transformer import Transformer
from caregraph.extractors.findings.worded_topics import WORDED_TOPICS
from caregraph.extractors.findings.wordpiece import WordPieceTokenizer
from caregraph.ontology.vocabulary import load_vocabulary
from training.distillation import HELD_OUT_NETWORK, LabelledSet, UnlabelledSet, distil
from training.fine_tuning import SoftLabels
from training.labelled import (
    LabelledSentence,
    SentenceInContext,
    read_labelled_sentences,
    read_unlabelled_sentences,
)
from training.linear_model import (
    POLARITY_FEATURES,
    SCALES,
    TOPIC_FEATURES,
    FeatureMatrices,
    Labels,
    LinearFit,
    Scores,
    fit_linear_models,
    linear_scores,
    topic_phrases,
)
from training.metrics import best_threshold, print_metrics

FOLDS, HELD_OUT = 5, 3  # index of the fold that is held out; any would do
COMBINATION_REGULARISATION = (0.1, 1.0)  # of polarities and of topics

Folds = Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]]


class Targets(NamedTuple):
    """Annotators' labels: a row for each sentence, a column for each polarity or topic."""

    polarity: Labels
    topics: Labels
    names: tuple[str, ...]  # of the topics

    def select(self, rows: NDArray[np.int64]) -> "Targets":
        """Labels of some of the sentences."""
        return Targets(self.polarity[rows], self.topics[rows], self.names)


def main() -> None:
    """Train on the folders that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True, help="folder of labelled sentences, *.jsonl")
    parser.add_argument("--reports", type=Path, required=True, help="folder of the documents they are from, *.pdf")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--work", type=Path, help="folder that keeps the teacher's scores and the networks")
    options = parser.parse_args()
    options.out.mkdir(exist_ok=True)
    with TemporaryDirectory() as scratch:
        work = options.work or Path(scratch)
        work.mkdir(exist_ok=True)
        train([*read_labelled_sentences(options.train, options.reports)], options.reports, options.out, work)


def train(labelled: Sequence[LabelledSentence], reports: Path, out: Path, work: Path) -> None:
    """Train both models, calibrate their combination on what is held out, print the metrics and write the weights."""
    targets = targets_of(labelled)
    training_rows, held_out_rows = document_folds(labelled)[HELD_OUT]
    matrices = FeatureMatrices([row.context.sentence for row in labelled], topic_phrases())
    models = _fit_linear(matrices, targets, training_rows)
    if not (work / NETWORK_FILE).exists():
        contexts = read_unlabelled_sentences([labelled[row] for row in training_rows], reports)
        _, topic_scores = linear_scores(matrices.transform([context.sentence for context in contexts]), models)
        unlabelled = UnlabelledSet(contexts, topic_scores.astype(np.float32))
        training_set, held_out_set = (_labelled_set(labelled, targets, rows) for rows in (training_rows, held_out_rows))
        distil(training_set, held_out_set, unlabelled, work)
    held_out, expected = [labelled[row] for row in held_out_rows], targets.select(held_out_rows)
    contexts = [row.context for row in held_out]
    combiner = ScoreCombiner(
        contexts,
        transformer_scores(contexts, work / HELD_OUT_NETWORK),
        linear_scores(matrices.select(held_out_rows), models),
    )
    in_prose = np.array([row.in_prose for row in held_out])
    polarity, topics = combiner.cross_validated(expected, document_folds(held_out), in_prose)
    threshold = best_threshold(topics[in_prose], expected.topics[in_prose])
    print_metrics(held_out, polarity, topics > threshold, expected.polarity, expected.topics)
    models = _fit_linear(matrices, targets, np.arange(len(labelled)))
    write_weights(out, matrices, models, combiner.fit(expected, np.flatnonzero(in_prose)), threshold)
    for name in (NETWORK_FILE, WORDPIECE_FILE):
        shutil.copyfile(work / name, out / name)


def _fit_linear(matrices: FeatureMatrices, targets: Targets, rows: NDArray[np.int64]) -> tuple[LinearFit, LinearFit]:
    return fit_linear_models(matrices.select(rows), targets.polarity[rows], targets.topics[rows])


def _labelled_set(labelled: Sequence[LabelledSentence], targets: Targets, rows: NDArray[np.int64]) -> LabelledSet:
    selected = targets.select(rows)
    labels = SoftLabels.from_annotations(selected.polarity, selected.topics)
    return LabelledSet([labelled[row].context for row in rows], labels)


def document_folds(labelled: Sequence[LabelledSentence]) -> Folds:
    """Split sentences in five ways into training rows and the rows of other documents, a fifth."""
    return [*GroupKFold(FOLDS).split(labelled, groups=[row.document for row in labelled])]


def transformer_scores(contexts: Iterable[SentenceInContext], network: Path) -> tuple[Scores, Scores]:
    """Score sentences, each with its context, with a network; with the features that their paragraphs give.

    The word pieces stand beside the network's file.
    """
    pieces = WordPieceTokenizer((network.parent / WORDPIECE_FILE).read_text(encoding="utf-8").split("\n"))
    transformer = Transformer(network, pieces)
    scores, features = [], []
    for context in contexts:
        before = [*filter(None, [context.before_paragraph])]  # some sentences are read with the one before
        rows = transformer.scores([*before, *context.paragraph])[len(before) :]
        scores.append(rows[context.position])
        features.append(paragraph_features(rows[:, len(POLARITIES) :], context.paragraph)[:, context.position])
    return np.stack(scores), np.stack(features, axis=1)


def targets_of(labelled: Sequence[LabelledSentence]) -> Targets:
    """Labels of sentences as matrices; topics, without those that are found by wording, in alphabetical order."""
    names = tuple(sorted(load_vocabulary().topics - WORDED_TOPICS))
    return Targets(
        np.array([[row.polarity == name for name in POLARITIES] for row in labelled]),
        np.array([[name in row.topics for name in names] for row in labelled]),
        names,
    )


class ScoreCombiner:
    """Regressions that weigh the transformer's and the linear model's scores of a sentence."""

    def __init__(
        self, contexts: Sequence[SentenceInContext], network: tuple[Scores, Scores], linear: tuple[Scores, Scores]
    ) -> None:
        self.sentences = [context.sentence for context in contexts]
        scores, of_paragraph = network
        self.polarity = np.hstack([scores[:, : len(POLARITIES)], linear[0]])
        self.topics = np.concatenate([[scores[:, len(POLARITIES) :], linear[1]], of_paragraph])

    def fit(self, targets: Targets, rows: NDArray[np.int64]) -> tuple[LinearFit, LinearFit]:
        """Fit both regressions on some of the sentences.

        The weights of a topic's features are learnt from all topics together,
        as some topics have few examples; the bias is each topic's own.
        """
        polarity_c, topics_c = COMBINATION_REGULARISATION
        model = LogisticRegression(C=polarity_c, max_iter=1000)
        model.fit(self.polarity[rows], targets.polarity[rows].argmax(axis=1))
        count = len(targets.names)
        scores = csr_matrix(self.topics[:, rows].reshape(len(self.topics), -1).T)
        indicators = kron(np.ones((len(rows), 1)), identity(count))
        pooled = LogisticRegression(C=topics_c, max_iter=1000)
        pooled.fit(hstack([scores, indicators]).tocsr(), targets.topics[rows].reshape(-1))
        weights, bias = np.split(pooled.coef_[0], [len(self.topics)])
        topics_fit = LinearFit(np.tile(weights[:, None], count), bias + pooled.intercept_)
        return LinearFit(model.coef_.T, model.intercept_), topics_fit

    def cross_validated(self, targets: Targets, folds: Folds, in_prose: NDArray[np.bool_]) -> tuple[Any, Any]:
        """Probabilities of polarities and scores of topics, each sentence by regressions fitted without it.

        A sentence outside prose is neutral and has no topics.
        """
        polarity = np.tile(np.eye(len(POLARITIES))[POLARITIES.index("neutral")], (len(in_prose), 1))
        topics = np.full(targets.topics.shape, -np.inf)
        for fitted, predicted in folds:
            rows = predicted[in_prose[predicted]]
            polarity_fit, topics_fit = self.fit(targets, fitted[in_prose[fitted]])
            scores = self.polarity[rows] @ polarity_fit.weights + polarity_fit.bias
            polarity[rows] = polarity_probabilities(scores, [self.sentences[row] for row in rows])
            topics[rows] = (self.topics[:, rows] * topics_fit.weights[:, None]).sum(axis=0) + topics_fit.bias
        return polarity, topics


def write_weights(
    out: Path,
    matrices: FeatureMatrices,
    models: tuple[LinearFit, LinearFit],
    combination: tuple[LinearFit, LinearFit],
    threshold: float,
) -> None:
    """Write the arrays that ``SentenceClassifier`` loads; the rarity of a bucket is folded into its weights."""
    polarity, topics = combination
    weights: dict[str, Scores] = {}
    for names, model in zip((POLARITY_FEATURES, TOPIC_FEATURES), models, strict=True):
        bounds = np.cumsum([matrices.sizes[name] for name in names])[:-1]
        weights |= dict(zip(names, np.split(model.weights, bounds), strict=True))
    arrays: dict[str, Any] = {
        "topics": np.array(targets_of([]).names),
        "phrases.hashes": matrices.phrases.hashes,
        "phrases.rows": matrices.phrases.rows.astype(np.int16),
        "bias": models[0].bias.astype(np.float32),
        "topics.bias": models[1].bias.astype(np.float32),
        "both.weights": polarity.weights.astype(np.float32),
        "both.bias": polarity.bias.astype(np.float32),
        "topics.both.weights": topics.weights.astype(np.float32),
        "topics.both.bias": (topics.bias - threshold).astype(np.float32),
    }
    for name, table in weights.items():
        arrays[f"{name}.weights"] = (table * SCALES.get(name, 1.0) * matrices.rarity[name][:, None]).astype(np.float16)
        arrays[f"{name}.rarity"] = matrices.rarity[name].astype(np.float16)
    np.savez_compressed(out / LINEAR_FILE, **arrays)


if __name__ == "__main__":
    main()
