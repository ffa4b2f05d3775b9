"""The labelled pairs of the ledger are facts alone, and the measure counts them."""

import json
from datetime import date

import pytest

from benchmarks.ledger_pairs.measure import ROWS, SETS, UNMATCHED, precision, recall
from benchmarks.ledger_pairs.pairs import ReadPair, read_pairs
from benchmarks.ledger_pairs.rows import NO_ROW, LedgerRows
from caregraph.graph.improvement.states import AGAIN, IMPROVED, MENTIONED, PARTLY, PRAISED
from caregraph.ontology.records import Authority, Finding, Record


@pytest.mark.parametrize("path", [*SETS, ROWS], ids=lambda path: path.stem)
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
    pairs = [(pair.asked, pair.later) for path in SETS[-3:] for pair in read_pairs(path)]

    assert len(set(pairs)) == len(pairs)


def test_states_are_counted_apart():
    labels = [IMPROVED, IMPROVED, AGAIN, UNMATCHED, PARTLY, AGAIN]
    decisions = [IMPROVED, PRAISED, AGAIN, IMPROVED, PRAISED, MENTIONED]

    states = {IMPROVED: (1, 2), PRAISED: (2, 2), PARTLY: (0, 0), AGAIN: (1, 1), MENTIONED: (1, 1)}
    assert precision(labels, decisions) == states
    assert recall(labels, decisions) == {IMPROVED: (2, 2), AGAIN: (1, 2)}


def record(year, *findings):
    """Record of an inspection, of kind, polarity and words."""
    return Record(
        source=f"{year}.pdf", sha256=str(year), title=None, kind="ilacs", authority=Authority("Ashmere", None),
        inspected=((date(year, 5, 1), date(year, 5, 5)),),
        findings=tuple(
            Finding(text=text, page=1, start=100 * number, end=100 * number + len(text), polarity=polarity,
                    confidence=0.97, kind=kind, topics=("supervision",))
            for number, (kind, polarity, text) in enumerate(findings)
        ),
    )  # fmt: skip


def test_row_is_decided_by_all_sentences_of_an_inspection():
    asked = record(2018, ("area-for-improvement", "concern", "The quality of reflective supervision."))
    later = record(
        2021,
        ("finding", "strength", "Reflective supervision is purposeful."),
        ("finding", "concern", "Reflective supervision is rare."),
        ("finding", "concern", "Schools call late."),
    )
    rows = LedgerRows([asked, later])

    assert rows.states == [PARTLY]
    assert [rows.decide(ReadPair(("2018", 0), ("2021", start), AGAIN)) for start in (0, 100)] == [PARTLY, PARTLY]
    assert rows.decide(ReadPair(("2018", 0), ("2021", 200), AGAIN)) == NO_ROW
    assert rows.decide(ReadPair(("2018", 0), ("2024", 0), AGAIN)) is None
