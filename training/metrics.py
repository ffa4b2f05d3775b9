"""How good a model of findings is, and how far its confidence can be trusted."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from caregraph.extractors.findings.classifier import POLARITIES
from training.labelled import Labelled

_BANDS = ((0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1), (0.9, 1))
_CHANCE = 0.005  # by which a micro-F1 may differ: its standard error over the sentences held out is 0.008

Marks = NDArray[np.bool_]


def micro_f1(found: Marks, wanted: Marks) -> float:
    return float(2 * (found & wanted).sum() / max(found.sum() + wanted.sum(), 1))


def best_threshold(scores: NDArray[np.float64], wanted: Marks) -> float:
    """The score above which naming a topic gives the best micro-F1: the middle of those that may be, but for chance."""
    thresholds = np.arange(-3, 1, 0.05)
    figures = np.array([micro_f1(scores > threshold, wanted) for threshold in thresholds])
    good = thresholds[figures > figures.max() - _CHANCE]
    return float(good[0] + good[-1]) / 2


def print_figures(
    labelled: Sequence[Labelled], chances: NDArray[np.float64], topics: Marks, polarity: Marks, wanted: Marks
) -> None:
    """Print the figures of the card; what stands in no prose is neutral for certain and stays out of the bands."""
    guess, truth = chances.argmax(axis=1), polarity.argmax(axis=1)
    f1 = [micro_f1(guess == index, truth == index) for index in range(len(POLARITIES))]
    prose = np.array([row.found for row in labelled])
    print(f"sentences {len(truth)}, in prose {prose.sum()}, documents {len({row.document for row in labelled})}")
    print(f"polarity accuracy {(guess == truth).mean():.3f}, macro-F1 {np.mean(f1):.3f}")
    print("  " + ", ".join(f"{name} {value:.2f}" for name, value in zip(POLARITIES, f1, strict=True)))
    print(f"topics micro-F1 {micro_f1(topics, wanted):.3f}")
    print("| confidence | share | mean | right |")
    best = chances.max(axis=1)
    for low, high in _BANDS:
        inside = prose & (best >= low) & ((best < high) | (high == 1))
        right = (guess == truth)[inside].mean()
        print(
            f"| {low:.2f} to {high:.2f} | {inside.sum() / prose.sum():.3f} | {best[inside].mean():.3f} | {right:.3f} |"
        )
