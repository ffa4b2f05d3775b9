"""How the small net learns: first from readers, then from them and from opinions of sentences that nobody labelled.

The opinions are a large net's, which reads better, mixed with its own and, of
topics, with the counting model's. The large net's, which take half the time,
are kept, so that an interrupted training need not ask it again.
"""

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from caregraph.extractors.findings.classifier import NETWORK, PIECES, POLARITIES
from training import student, teacher
from training.fine_tuning import Answers, Net, Plan, fine_tune, scored
from training.labelled import Placed

HELD_BACK = f"held-back.{NETWORK}"  # the network that has not seen what is held out
FROM_READERS = Plan(epochs=4, rate=1e-4)
# Rounds of learning from readers and opinions, which are mixed anew each time: of which half of the other sentences.
ROUNDS = (
    (0, Plan(epochs=2, rate=1e-4)),
    (0, Plan(epochs=2, rate=1e-4)),
    (1, Plan(epochs=2, rate=1e-4, topics=2.0)),
    (0, Plan(epochs=2, rate=1e-4, topics=2.0)),
)
POLARITY_SHARE = 0.7  # the large net's of an opinion; the rest is its own
# What the large net's, its own and the counting model's scores of a topic are worth, and what is added: as a regression
# on all topics together found them.
TOPICS_SHARES, TOPICS_BIAS = (0.45, 0.45, 0.35), 0.7

Scores = NDArray[np.float32]


class Lesson(NamedTuple):
    """Sentences, and what readers said of them."""

    places: Sequence[Placed]
    said: Answers


class Others(NamedTuple):
    """Sentences that nobody labelled, in an order of chance, and the counting model's scores of their topics."""

    places: Sequence[Placed]
    counted: Scores


def learn(seen: Lesson, unseen: Lesson, others: Others, work: Path) -> None:
    """Train on labelled and other sentences, and write two networks and their pieces into a folder.

    ``HELD_BACK`` has not seen the unseen sentences, so that figures and
    confidence can be had of them. ``NETWORK``, which is shipped, has had its
    last round with them.
    """
    pieces = student.needed_pieces([*seen.places, *unseen.places, *others.places])
    (work / PIECES).write_text("\n".join(pieces), encoding="utf-8")
    kept = work / "teacher.npy"
    if not kept.exists():
        np.save(kept, _taught(seen, others.places, work))
    theirs = np.load(kept, allow_pickle=False)
    net = student.student(pieces, seen.said.topics.shape[1])
    ours, held_out, rest = (student.encoded(places, pieces) for places in (seen.places, unseen.places, others.places))
    middle = (len(rest) + 1) // 2
    halves = slice(middle), slice(middle, None)

    def learn_from_all(net: Net, encoded: list[list[int]], said: Answers, half: int, plan: Plan) -> None:
        rows = halves[half]
        sentences = rest[rows]
        opinions = _mixed(theirs[rows], scored(net, sentences), others.counted[rows])
        fine_tune(net, [*encoded, *sentences], said.followed_by(opinions), plan)

    print("the small net learns from readers", flush=True)
    fine_tune(net, ours, seen.said, FROM_READERS)
    *first, last = ROUNDS
    for turn in first:
        print("the small net learns from all", flush=True)
        learn_from_all(net, ours, seen.said, *turn)
    twin = deepcopy(net)
    print("the small net learns from all but what is held out", flush=True)
    learn_from_all(net, ours, seen.said, *last)
    student.write_transformer(net, work / HELD_BACK)
    print("the small net learns from all", flush=True)
    learn_from_all(twin, [*ours, *held_out], seen.said.followed_by(unseen.said), *last)
    student.write_transformer(twin, work / NETWORK)


def _taught(lesson: Lesson, others: Sequence[Placed], work: Path) -> Scores:
    """The large net's scores of the other sentences, once it has learnt from readers."""
    model = teacher.unpacked(work)
    net = teacher.teacher(model, lesson.said.topics.shape[1])
    print("the large net learns from readers", flush=True)
    ours = teacher.encoded(lesson.places, model)
    for plan in teacher.PLANS:
        fine_tune(net, ours, lesson.said, plan)
    return scored(net, teacher.encoded(others, model))


def _mixed(theirs: Scores, own: Scores, counted: Scores) -> Answers:
    """One opinion out of the scores of the large net, of the small one, and of the counting model, of topics alone."""
    judged = len(POLARITIES)
    topics = zip(TOPICS_SHARES, (theirs[:, judged:], own[:, judged:], counted), strict=True)
    named = sum(share * scores for share, scores in topics) + TOPICS_BIAS
    large, small = Answers.of_scores(np.hstack([theirs[:, :judged], named])), Answers.of_scores(own)
    return large._replace(polarity=POLARITY_SHARE * large.polarity + (1 - POLARITY_SHARE) * small.polarity)
