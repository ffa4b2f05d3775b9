"""The figures by which the judging model is made and shown."""

import numpy as np
import pytest

from training.metrics import best_threshold


def test_threshold_stands_in_the_middle_of_those_that_are_as_good() -> None:
    scores = np.array([[0.52, -2.02], [-2.51, 0.81]])
    wanted = np.array([[True, False], [False, True]])
    assert best_threshold(scores, wanted) == pytest.approx((-2.0 + 0.5) / 2)


def test_threshold_does_not_follow_a_peak_of_chance() -> None:
    named, one, others = np.linspace(0.32, 0.9, 1000), [-0.02], np.full(1000, -1.52)
    scores = np.concatenate([named, one, others])[:, None]
    wanted = scores > 0  # so that anything from 0.0 on is better than what is below by one in two thousand
    assert best_threshold(scores, wanted) == pytest.approx((-1.5 + 0.3) / 2)
