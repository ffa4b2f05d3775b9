"""Fine-tuning of an encoder to judge sentences: two heads, for polarities and topics, over any of them.

Needs the optional dependencies ``make``. The seed is fixed, but floating-point
sums depend on the number of threads.
"""

import random
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from caregraph.extractors.findings.classifier import POLARITIES
from caregraph.extractors.findings.transformer import padded

BATCH, HEAD_RATE, WARM_UP, DECAY = 32, 1e-3, 0.1, 0.01
DROPOUT, TOPICS_WEIGHT = 0.1, 20.0
SMOOTHING = 0.03  # of what readers said, who err too
RARE = -3.5  # where a topic's score begins: most sentences are not about it

Chances = NDArray[np.float32]  # a row for each sentence, a column for each answer


class Answers(NamedTuple):
    """What is to be learnt of sentences: the chances of each polarity, and of each topic."""

    polarity: Chances
    topics: Chances

    @classmethod
    def read(cls, polarity: NDArray[np.bool_], topics: NDArray[np.bool_]) -> "Answers":
        """What readers said."""
        smoothed = polarity * (1 - SMOOTHING) + SMOOTHING / len(POLARITIES)
        return cls(smoothed.astype(np.float32), topics.astype(np.float32))

    @classmethod
    def of_scores(cls, scores: NDArray[np.float32]) -> "Answers":
        """What a net said, whose scores have a column for each polarity, then each topic."""
        judged, named = torch.from_numpy(scores).split([len(POLARITIES), scores.shape[1] - len(POLARITIES)], dim=1)
        return cls(judged.softmax(dim=1).numpy(), named.sigmoid().numpy())

    def followed_by(self, others: "Answers") -> "Answers":
        """The answers for these sentences, then those for others."""
        return Answers(*(np.concatenate(both) for both in zip(self, others, strict=True)))


class Plan(NamedTuple):
    """How often all sentences are seen, how fast the encoder learns at most, and how much topics count."""

    epochs: int
    rate: float
    topics: float = 1.0


class Net(torch.nn.Module):  # type: ignore[misc]  # mypy knows torch only where it is installed
    """An encoder under two heads that see the mean and the first of its states."""

    def __init__(self, base: Any, topics: int) -> None:
        super().__init__()
        self.base = base
        size = 2 * base.config.hidden_size
        self.dropout = torch.nn.Dropout(DROPOUT)
        self.polarity, self.topics = torch.nn.Linear(size, len(POLARITIES)), torch.nn.Linear(size, topics)
        torch.nn.init.constant_(self.topics.bias, RARE)

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        states = self.base(input_ids=pieces, attention_mask=mask).last_hidden_state.float()
        there = mask[:, :, None].float()
        both = self.dropout(torch.cat([(states * there).sum(1) / there.sum(1), states[:, 0]], 1))
        return self.polarity(both), self.topics(both)


def fine_tune(net: Net, encoded: Sequence[Sequence[int]], answers: Answers, plan: Plan) -> None:
    """Train a net on encoded sentences; weights of it that want no gradient stay as they are."""
    torch.manual_seed(0)
    shuffle = random.Random(0)
    wanted, about = map(torch.from_numpy, answers)
    steps = plan.epochs * -(-len(encoded) // BATCH)
    optimiser = torch.optim.AdamW(_groups(net), lr=plan.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (WARM_UP * steps), max(0.0, (steps - step) / ((1 - WARM_UP) * steps)))
    )
    net.train()
    for step, rows in enumerate(rows for _ in range(plan.epochs) for rows in _batches(encoded, shuffle)):
        with torch.autocast("cpu", torch.bfloat16):
            judged, named = net(*map(torch.from_numpy, padded([encoded[row] for row in rows])))
        loss = functional.cross_entropy(judged.float(), wanted[rows])
        off = functional.binary_cross_entropy_with_logits(named.float(), about[rows])
        loss = loss + plan.topics * TOPICS_WEIGHT * off
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        if step % 50 == 0:
            print(f"  step {step} of {steps}: loss {loss.item():.2f}", flush=True)


def scored(net: Net, encoded: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """A row of scores for each encoded sentence: a column for each polarity, then each topic."""
    order = sorted(range(len(encoded)), key=lambda row: len(encoded[row]))
    scores = np.zeros((len(encoded), net.polarity.out_features + net.topics.out_features), np.float32)
    net.eval()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(order), 2 * BATCH):
            rows = order[start : start + 2 * BATCH]
            both = net(*map(torch.from_numpy, padded([encoded[row] for row in rows])))
            scores[rows] = torch.cat(both, dim=1).float().numpy()
    return scores


def _groups(net: Net) -> list[dict[str, Any]]:
    base = [weight for weight in net.base.parameters() if weight.requires_grad]
    heads = [*net.polarity.parameters(), *net.topics.parameters()]
    return [{"params": base, "weight_decay": DECAY}, {"params": heads, "lr": HEAD_RATE, "weight_decay": DECAY}]


def _batches(encoded: Sequence[Sequence[int]], shuffle: random.Random) -> Iterator[list[int]]:
    """All rows once, in batches of like length."""
    rows = [*range(len(encoded))]
    shuffle.shuffle(rows)
    batches: list[list[int]] = []
    for start in range(0, len(rows), 16 * BATCH):
        near = sorted(rows[start : start + 16 * BATCH], key=lambda row: len(encoded[row]))
        batches += [near[place : place + BATCH] for place in range(0, len(near), BATCH)]
    shuffle.shuffle(batches)
    yield from batches
