"""How the small net learns: first from readers, then from them and from opinions of sentences that nobody labelled.

The opinions are a large net's, which reads better, mixed with its own. The
large net's, which take half the time, are kept, so that an interrupted training
need not ask it again.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import student, teacher
from benchmarks.fine_tuning import Answers, Plan, fine_tune, scored
from benchmarks.labelled import Placed
from extractors.classifier import NETWORK, PIECES

FROM_READERS, FROM_ALL = Plan(epochs=4, rate=1e-4), Plan(epochs=2, rate=1e-4)
ROUNDS = 2  # of learning from all, the opinions mixed anew each time
# How much the large net's opinion counts: of rare topics the small one knows something too.
POLARITY_SHARE, TOPICS_SHARE = 0.7, 0.6


def learn(places: Sequence[Placed], said: Answers, others: Sequence[Placed], work: Path) -> None:
    """Train on labelled and other sentences, and write the network and its pieces into a folder."""
    pieces = student.needed_pieces([*places, *others])
    (work / PIECES).write_text("\n".join(pieces), encoding="utf-8")
    kept = work / "teacher.npy"
    if not kept.exists():
        np.save(kept, _taught(places, said, others, work))
    theirs = np.load(kept, allow_pickle=False)
    net = student.student(pieces, said.topics.shape[1])
    ours, rest = student.encoded(places, pieces), student.encoded(others, pieces)
    print("the small net learns from readers", flush=True)
    fine_tune(net, ours, said, FROM_READERS)
    for _ in range(ROUNDS):
        opinions = _mixed(Answers.of_scores(theirs), Answers.of_scores(scored(net, rest)))
        print("the small net learns from all", flush=True)
        fine_tune(net, [*ours, *rest], said.followed_by(opinions), FROM_ALL)
    student.write_transformer(net, work / NETWORK)


def _taught(places: Sequence[Placed], said: Answers, others: Sequence[Placed], work: Path) -> NDArray[np.float32]:
    """The large net's scores of the other sentences, once it has learnt from readers."""
    model = teacher.unpacked(work)
    net = teacher.teacher(model, said.topics.shape[1])
    print("the large net learns from readers", flush=True)
    ours = teacher.encoded(places, model)
    for plan in teacher.PLANS:
        fine_tune(net, ours, said, plan)
    return scored(net, teacher.encoded(others, model))


def _mixed(theirs: Answers, own: Answers) -> Answers:
    shares = (POLARITY_SHARE, TOPICS_SHARE)
    return Answers(*(share * one + (1 - share) * two for share, one, two in zip(shares, theirs, own, strict=True)))
