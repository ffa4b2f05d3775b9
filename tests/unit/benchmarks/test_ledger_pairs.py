"""The labelled pairs of the ledger are facts alone, and the measure counts them."""

import json

import pytest

from benchmarks.ledger_pairs.measure import SETS, UNMATCHED, measure_states, read_pairs
from caregraph.graph.improvement.ledger import AGAIN, IMPROVED, PARTLY


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


def test_states_are_counted_apart():
    tallies = measure_states([IMPROVED, IMPROVED, AGAIN, UNMATCHED], [IMPROVED, PARTLY, AGAIN, IMPROVED])

    improved, again = tallies[IMPROVED], tallies[AGAIN]
    assert (improved.true_positives, improved.false_positives, improved.false_negatives) == (1, 1, 1)
    assert (again.true_positives, again.false_positives, again.false_negatives) == (1, 0, 0)
