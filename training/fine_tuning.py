"""Fine-tuning of an encoder to classify sentences: two heads over it, for polarity and for topics.

Needs the optional dependencies ``training``. The seed is fixed, but
floating-point sums depend on the number of threads.
"""

import random
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from caregraph.extractors.findings.classifier import POLARITIES
from caregraph.extractors.findings.transformer import pad_batch

BATCH, HEAD_RATE, WARM_UP, DECAY = 32, 1e-3, 0.1, 0.01
DROPOUT, TOPICS_WEIGHT = 0.1, 20.0
SMOOTHING = 0.03  # of annotators' labels, as annotators err too
RARE = -3.5  # bias with which a topic starts: most sentences are not about it

Probabilities = NDArray[np.float32]  # a row for each sentence, a column for each label


class SoftLabels(NamedTuple):
    """Training targets of sentences: the probability of each polarity, and of each topic."""

    polarity: Probabilities
    topics: Probabilities

    @classmethod
    def from_annotations(cls, polarity: NDArray[np.bool_], topics: NDArray[np.bool_]) -> "SoftLabels":
        """Smooth the polarities that annotators gave; topics stay as they are."""
        smoothed = polarity * (1 - SMOOTHING) + SMOOTHING / len(POLARITIES)
        return cls(smoothed.astype(np.float32), topics.astype(np.float32))

    @classmethod
    def from_scores(cls, scores: NDArray[np.float32]) -> "SoftLabels":
        """Turn a network's scores into probabilities; columns are each polarity, then each topic."""
        polarity, topics = torch.from_numpy(scores).split([len(POLARITIES), scores.shape[1] - len(POLARITIES)], dim=1)
        return cls(polarity.softmax(dim=1).numpy(), topics.sigmoid().numpy())

    def followed_by(self, following: "SoftLabels") -> "SoftLabels":
        """Labels of these sentences, then those of the following ones."""
        return SoftLabels(*(np.concatenate(parts) for parts in zip(self, following, strict=True)))


class TrainingPlan(NamedTuple):
    """Passes over all sentences, the encoder's highest learning rate, and the weight of topics in the loss."""

    epochs: int
    rate: float
    topics: float = 1.0


class SentenceNetwork(torch.nn.Module):  # type: ignore[misc]  # mypy knows torch only where it is installed
    """An encoder under two heads that see the mean of its states and the first of them."""

    def __init__(self, base: Any, topics: int) -> None:
        super().__init__()
        self.base = base
        size = 2 * base.config.hidden_size
        self.dropout = torch.nn.Dropout(DROPOUT)
        self.polarity, self.topics = torch.nn.Linear(size, len(POLARITIES)), torch.nn.Linear(size, topics)
        torch.nn.init.constant_(self.topics.bias, RARE)

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        states = self.base(input_ids=pieces, attention_mask=mask).last_hidden_state.float()
        features = self.dropout(pooled(states, mask))
        return self.polarity(features), self.topics(features)


def pooled(states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """The mean of each sentence's states, then the first: sentences × twice the encoder's size."""
    present = mask[:, :, None].float()
    return torch.cat([(states * present).sum(1) / present.sum(1), states[:, 0]], 1)


def fine_tune(
    network: SentenceNetwork, encoded: Sequence[Sequence[int]], labels: SoftLabels, plan: TrainingPlan
) -> None:
    """Train a network on encoded sentences; weights of it that want no gradient stay as they are."""
    torch.manual_seed(0)
    shuffle = random.Random(0)
    polarity_targets, topic_targets = map(torch.from_numpy, labels)
    steps = plan.epochs * -(-len(encoded) // BATCH)
    optimiser = torch.optim.AdamW(_parameter_groups(network), lr=plan.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (WARM_UP * steps), max(0.0, (steps - step) / ((1 - WARM_UP) * steps)))
    )
    network.train()
    for step, rows in enumerate(rows for _ in range(plan.epochs) for rows in _batches(encoded, shuffle)):
        with torch.autocast("cpu", torch.bfloat16):
            polarity, topics = network(*map(torch.from_numpy, pad_batch([encoded[row] for row in rows])))
        loss = functional.cross_entropy(polarity.float(), polarity_targets[rows])
        topic_loss = functional.binary_cross_entropy_with_logits(topics.float(), topic_targets[rows])
        loss = loss + plan.topics * TOPICS_WEIGHT * topic_loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        if step % 50 == 0:
            print(f"  step {step} of {steps}: loss {loss.item():.2f}", flush=True)


def predict_scores(network: SentenceNetwork, encoded: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """Score encoded sentences: a row for each, a column for each polarity, then each topic."""
    order = sorted(range(len(encoded)), key=lambda row: len(encoded[row]))
    scores = np.zeros((len(encoded), network.polarity.out_features + network.topics.out_features), np.float32)
    network.eval()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(order), 2 * BATCH):
            rows = order[start : start + 2 * BATCH]
            heads = network(*map(torch.from_numpy, pad_batch([encoded[row] for row in rows])))
            scores[rows] = torch.cat(heads, dim=1).float().numpy()
    return scores


def _parameter_groups(network: SentenceNetwork) -> list[dict[str, Any]]:
    base = [weight for weight in network.base.parameters() if weight.requires_grad]
    heads = [*network.polarity.parameters(), *network.topics.parameters()]
    return [{"params": base, "weight_decay": DECAY}, {"params": heads, "lr": HEAD_RATE, "weight_decay": DECAY}]


def _batches(encoded: Sequence[Sequence[int]], shuffle: random.Random) -> Iterator[list[int]]:
    """All rows once, in batches of similar length."""
    rows = [*range(len(encoded))]
    shuffle.shuffle(rows)
    batches: list[list[int]] = []
    for start in range(0, len(rows), 16 * BATCH):
        by_length = sorted(rows[start : start + 16 * BATCH], key=lambda row: len(encoded[row]))
        batches += [by_length[first : first + BATCH] for first in range(0, len(by_length), BATCH)]
    shuffle.shuffle(batches)
    yield from batches
