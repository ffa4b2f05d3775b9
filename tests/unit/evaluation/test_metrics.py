"""Tallies and shares as metrics, with the counts behind them."""

import pytest

from caregraph.evaluation.metrics import Accuracy, Metric, Tally


@pytest.mark.parametrize(
    ("expected", "actual", "f1", "note"),
    [
        ({"a", "b"}, {"a", "b"}, 1.0, "P 1.000 R 1.000"),
        ({"a", "b"}, {"a"}, 2 / 3, "P 1.000 R 0.500"),
        ({"a"}, {"a", "b", "c"}, 0.5, "P 0.333 R 1.000"),
        ({"a"}, {"b"}, 0.0, "P 0.000 R 0.000"),
        (set(), set(), 0.0, "P 0.000 R 0.000"),
    ],
)
def test_tally_gives_f1_with_precision_and_recall(expected, actual, f1, note):
    tally = Tally()
    tally.add(expected, actual)

    assert tally.metric("topics") == Metric("topics", pytest.approx(f1), note)


@pytest.mark.parametrize(
    ("answers", "expected"), [([True, False, True, True], (0.75, "3/4")), ([False], (0.0, "0/1")), ([], (0.0, "0/0"))]
)
def test_accuracy_is_the_share_of_correct_answers(answers, expected):
    accuracy = Accuracy()
    for answer in answers:
        accuracy.add(answer)

    assert accuracy.metric("kind") == Metric("kind", *expected)
