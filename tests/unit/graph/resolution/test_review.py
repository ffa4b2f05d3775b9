from datetime import date

import pytest

from caregraph.graph.resolution.decision_files import read_decisions
from caregraph.graph.resolution.review import record_decision, record_undo
from caregraph.ontology.errors import BadDecision
from caregraph.ontology.iris import THINGS

A, B, C = (f"{THINGS}service/{letter}" for letter in "abc")
SIGNED = {"by": "Ann", "why": "one team under two names", "when": date(2026, 11, 22)}


def test_decisions_are_signed_and_undone(tmp_path):
    file = tmp_path / "resolutions.jsonl"
    made = record_decision(file, A, B, "same", **SIGNED)

    assert (made.by, made.when) == ("person:Ann", "2026-11-22")
    assert read_decisions(file).cluster_of(A) == {A, B}
    record_undo(file, B, A, **SIGNED)
    assert read_decisions(file).current == ()
    assert len(file.read_text(encoding="utf-8").splitlines()) == 2  # the file tells the whole story


def test_impossible_decision_is_refused_with_its_reason(tmp_path):
    file = tmp_path / "resolutions.jsonl"
    record_decision(file, A, B, "same", **SIGNED)
    record_decision(file, B, C, "same", **SIGNED)
    before = file.read_bytes()

    with pytest.raises(BadDecision, match=r"/a = .*/b .*, .*/b = .*/c .*, but .*/a ≠ .*/c .*one team under two names"):
        record_decision(file, A, C, "different", **SIGNED)
    with pytest.raises(BadDecision, match="no decision stands"):
        record_undo(file, A, C, **SIGNED)
    with pytest.raises(BadDecision, match="is a person"):
        record_decision(file, A, f"{THINGS}person/ann", "same", **SIGNED)
    assert file.read_bytes() == before
