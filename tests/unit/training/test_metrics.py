"""The metrics by which the model of findings is chosen and shown."""

import numpy as np
import pytest

from training.metrics import best_threshold, micro_f1


@pytest.mark.parametrize(
    ("predicted", "expected", "f1"),
    [
        ([[True, False], [True, True]], [[True, False], [True, True]], 1.0),
        ([[True, True], [False, False]], [[True, False], [True, False]], 0.5),
        ([[False, False], [False, False]], [[True, False], [False, False]], 0.0),
        ([[False, False], [False, False]], [[False, False], [False, False]], 0.0),
    ],
)
def test_micro_f1_counts_all_cells_together(predicted, expected, f1):
    assert micro_f1(np.array(predicted), np.array(expected)) == f1


def test_threshold_stands_in_the_middle_of_those_that_are_as_good():
    scores = np.array([[0.52, -2.02], [-2.51, 0.81]])
    expected = np.array([[True, False], [False, True]])
    assert best_threshold(scores, expected) == pytest.approx((-2.0 + 0.5) / 2)


def test_threshold_does_not_follow_a_peak_of_chance():
    named, near, low = np.linspace(0.32, 0.9, 1000), [-0.02], np.full(1000, -1.52)
    scores = np.concatenate([named, near, low])[:, None]
    expected = scores > 0  # so that anything from 0.0 on is better than what is below by one in two thousand
    assert best_threshold(scores, expected) == pytest.approx((-1.5 + 0.3) / 2)
