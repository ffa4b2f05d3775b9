"""The labelled pairs of the ledger are facts alone, and the measure counts them."""

import json

import pytest

from benchmarks.ledger_pairs.measure import SETS, UNMATCHED, precision, read_pairs, recall
from caregraph.graph.improvement.states import AGAIN, IMPROVED, MENTIONED, PARTLY, PRAISED


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_pairs_have_facts_and_no_words(path):
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    assert len(rows) == len(read_pairs(path)) >= 20
    assert {row["label"] for row in rows} <= {IMPROVED, PARTLY, AGAIN, UNMATCHED}
    for row in rows:
        assert row.keys() == {"label", "asked", "later"}
        for side in (row["asked"], row["later"]):
            assert side.keys() == {"sha256", "start", "end"}
            assert len(side["sha256"]) == 64
            assert 0 <= side["start"] < side["end"]


def test_pair_is_read_once():
    pairs = [(pair.asked, pair.later) for path in SETS[-2:] for pair in read_pairs(path)]

    assert len(set(pairs)) == len(pairs)


def test_states_are_counted_apart():
    labels = [IMPROVED, IMPROVED, AGAIN, UNMATCHED, PARTLY, AGAIN]
    decisions = [IMPROVED, PRAISED, AGAIN, IMPROVED, PRAISED, MENTIONED]

    assert precision(labels, decisions) == {IMPROVED: (1, 2), PRAISED: (2, 2), AGAIN: (1, 1), MENTIONED: (1, 1)}
    assert recall(labels, decisions) == {IMPROVED: (2, 2), AGAIN: (1, 2)}
