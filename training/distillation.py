"""Training of the student: first on annotators' labels, then on these and on soft labels of unlabelled sentences.

The soft labels are the teacher's, mixed with the student's own and, of topics,
with the linear model's. The teacher's scores, which take half the time, are
stored, so that an interrupted training need not compute them again.
"""

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from caregraph.extractors.findings.classifier import NETWORK_FILE, POLARITIES, WORDPIECE_FILE
from training import student, teacher
from training.fine_tuning import SentenceNetwork, SoftLabels, TrainingPlan, fine_tune, predict_scores
from training.labelled import SentenceInContext
from training.onnx_export import write_network

HELD_OUT_NETWORK = f"held-back.{NETWORK_FILE}"  # file of the network that has not seen the held-out sentences
SUPERVISED_PLAN = TrainingPlan(epochs=4, rate=1e-4)
# Rounds of training on labels and soft labels, which are mixed anew in each: the half of the unlabelled sentences that
# it uses, and its plan.
DISTILLATION_ROUNDS = (
    (0, TrainingPlan(epochs=2, rate=1e-4)),
    (0, TrainingPlan(epochs=2, rate=1e-4)),
    (1, TrainingPlan(epochs=2, rate=1e-4, topics=2.0)),
    (0, TrainingPlan(epochs=2, rate=1e-4, topics=2.0)),
)
TEACHER_SHARE = 0.7  # of a soft polarity; the rest is the student's
# Weights of the teacher's, the student's and the linear model's scores of a topic, and the bias added: as a regression
# on all topics together found them.
TOPIC_WEIGHTS, TOPIC_BIAS = (0.45, 0.45, 0.35), 0.7

Scores = NDArray[np.float32]


class LabelledSet(NamedTuple):
    """Sentences, and the labels that annotators gave them."""

    contexts: Sequence[SentenceInContext]
    labels: SoftLabels


class UnlabelledSet(NamedTuple):
    """Sentences without labels, in random order, and the linear model's scores of their topics."""

    contexts: Sequence[SentenceInContext]
    linear_scores: Scores


def distil(training: LabelledSet, held_out: LabelledSet, unlabelled: UnlabelledSet, work: Path) -> None:
    """Train the student, and write two networks and their word pieces into a folder.

    ``HELD_OUT_NETWORK`` has not seen the held-out sentences, so that metrics
    and confidence can be measured on them. ``NETWORK_FILE``, which is shipped, has
    had its last round with them.
    """
    pieces = student.needed_pieces([*training.contexts, *held_out.contexts, *unlabelled.contexts])
    (work / WORDPIECE_FILE).write_text("\n".join(pieces), encoding="utf-8")
    stored = work / "teacher.npy"
    if not stored.exists():
        np.save(stored, _teacher_scores(training, unlabelled.contexts, work))
    teacher_scores = np.load(stored, allow_pickle=False)
    network = student.make_student(pieces, training.labels.topics.shape[1])
    labelled_rows = student.encode_for_student(training.contexts, pieces)
    held_out_rows = student.encode_for_student(held_out.contexts, pieces)
    unlabelled_rows = student.encode_for_student(unlabelled.contexts, pieces)
    middle = (len(unlabelled_rows) + 1) // 2
    halves = slice(middle), slice(middle, None)

    def train_on_all(
        network: SentenceNetwork, encoded: list[list[int]], labels: SoftLabels, half: int, plan: TrainingPlan
    ) -> None:
        rows = halves[half]
        sentences = unlabelled_rows[rows]
        own_scores = predict_scores(network, sentences)
        soft_labels = _mix_soft_labels(teacher_scores[rows], own_scores, unlabelled.linear_scores[rows])
        fine_tune(network, [*encoded, *sentences], labels.followed_by(soft_labels), plan)

    print("training the student on labels", flush=True)
    fine_tune(network, labelled_rows, training.labels, SUPERVISED_PLAN)
    *earlier_rounds, last_round = DISTILLATION_ROUNDS
    for earlier_round in earlier_rounds:
        print("training the student on labels and soft labels", flush=True)
        train_on_all(network, labelled_rows, training.labels, *earlier_round)
    shipped = deepcopy(network)
    print("last round of the student that is measured, without the held-out sentences", flush=True)
    train_on_all(network, labelled_rows, training.labels, *last_round)
    write_network(network, work / HELD_OUT_NETWORK)
    print("last round of the student that is shipped", flush=True)
    all_labels = training.labels.followed_by(held_out.labels)
    train_on_all(shipped, [*labelled_rows, *held_out_rows], all_labels, *last_round)
    write_network(shipped, work / NETWORK_FILE)


def _teacher_scores(training: LabelledSet, unlabelled: Sequence[SentenceInContext], work: Path) -> Scores:
    """Train the teacher on annotators' labels, and score the unlabelled sentences with it."""
    model = teacher.unpack_teacher(work)
    network = teacher.make_teacher(model, training.labels.topics.shape[1])
    print("training the teacher on labels", flush=True)
    encoded = teacher.encode_for_teacher(training.contexts, model)
    for plan in teacher.PLANS:
        fine_tune(network, encoded, training.labels, plan)
    return predict_scores(network, teacher.encode_for_teacher(unlabelled, model))


def _mix_soft_labels(teacher_scores: Scores, own_scores: Scores, linear_scores: Scores) -> SoftLabels:
    """Combine the scores of the teacher, of the student and, for topics alone, of the linear model."""
    polarities = len(POLARITIES)
    topic_scores = (teacher_scores[:, polarities:], own_scores[:, polarities:], linear_scores)
    topics = sum(weight * scores for weight, scores in zip(TOPIC_WEIGHTS, topic_scores, strict=True)) + TOPIC_BIAS
    mixed = SoftLabels.from_scores(np.hstack([teacher_scores[:, :polarities], topics]))
    own = SoftLabels.from_scores(own_scores)
    return mixed._replace(polarity=TEACHER_SHARE * mixed.polarity + (1 - TEACHER_SHARE) * own.polarity)
