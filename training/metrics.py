"""Metrics of a model of findings: its accuracy, and the reliability of its confidence."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from caregraph.extractors.findings.classifier import POLARITIES
from training.labelled import LabelledSentence

_BANDS = ((0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1), (0.9, 1))
_TOLERANCE = 0.005  # of a micro-F1: its standard error over the sentences held out is 0.008

Marks = NDArray[np.bool_]


def micro_f1(predicted: Marks, expected: Marks) -> float:
    """F1 over all cells together; 0 where nothing is marked."""
    return float(2 * (predicted & expected).sum() / max(predicted.sum() + expected.sum(), 1))


def best_threshold(scores: NDArray[np.float64], expected: Marks) -> float:
    """The score above which naming a topic gives the best micro-F1: the middle of those as good within tolerance."""
    thresholds = np.arange(-3, 1, 0.05)
    f1 = np.array([micro_f1(scores > threshold, expected) for threshold in thresholds])
    good = thresholds[f1 > f1.max() - _TOLERANCE]
    return float(good[0] + good[-1]) / 2


def print_metrics(
    labelled: Sequence[LabelledSentence],
    probabilities: NDArray[np.float64],
    topics: Marks,
    expected_polarity: Marks,
    expected_topics: Marks,
) -> None:
    """Print the figures of the model's card.

    A sentence outside prose is neutral for certain, and stays out of the bands of confidence.
    """
    predicted, expected = probabilities.argmax(axis=1), expected_polarity.argmax(axis=1)
    f1 = [micro_f1(predicted == index, expected == index) for index in range(len(POLARITIES))]
    prose = np.array([row.in_prose for row in labelled])
    print(f"sentences {len(expected)}, in prose {prose.sum()}, documents {len({row.document for row in labelled})}")
    print(f"polarity accuracy {(predicted == expected).mean():.3f}, macro-F1 {np.mean(f1):.3f}")
    print("  " + ", ".join(f"{name} {value:.2f}" for name, value in zip(POLARITIES, f1, strict=True)))
    print(f"topics micro-F1 {micro_f1(topics, expected_topics):.3f}")
    print("| confidence | share | mean | right |")
    confidence = probabilities.max(axis=1)
    for low, high in _BANDS:
        inside = prose & (confidence >= low) & ((confidence < high) | (high == 1))
        right = (predicted == expected)[inside].mean()
        share, mean = inside.sum() / prose.sum(), confidence[inside].mean()
        print(f"| {low:.2f} to {high:.2f} | {share:.3f} | {mean:.3f} | {right:.3f} |")
