import pytest

from caregraph.graph.resolution.decision_files import (
    append_decision,
    read_automatic_decisions,
    read_decisions,
    write_automatic_decisions,
)
from caregraph.graph.resolution.decisions import Decision
from caregraph.ontology.errors import BadDecision


def decision(left, verdict, right, *, why="they work together"):
    return Decision(left=left, right=right, verdict=verdict, by="person:Ann", why=why, when="2026-11-21")


def test_decisions_written_are_read_again(tmp_path):
    file = tmp_path / "resolutions.jsonl"
    same, different = decision("a", "same", "b", why="the same “hub”"), decision("b", "different", "c")
    append_decision(same, file)
    append_decision(different, file)

    assert read_decisions(file).current == (same, different)


def test_decision_that_contradicts_is_not_written(tmp_path):
    file = tmp_path / "resolutions.jsonl"
    append_decision(decision("a", "same", "b"), file)
    append_decision(decision("b", "same", "c"), file)

    with pytest.raises(BadDecision):
        append_decision(decision("a", "different", "c"), file)
    assert read_decisions(file).cluster_of("a") == {"a", "b", "c"}


def test_later_decision_replaces_the_earlier_one(tmp_path):
    file = tmp_path / "resolutions.jsonl"
    append_decision(decision("a", "same", "b"), file)
    append_decision(decision("a", "unsure", "b"), file)

    assert read_decisions(file).cluster_of("a") == {"a"}


def test_decisions_of_no_file_are_none(tmp_path):
    assert read_decisions(tmp_path / "none.jsonl").current == ()


@pytest.mark.parametrize("line", ["{", "[1]", '{"left": "a"}', '{"left": 1, "right": 2, "verdict": "same"}'])
def test_decisions_name_the_line_that_is_none(tmp_path, line):
    file = tmp_path / "resolutions.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")

    with pytest.raises(BadDecision, match=r"resolutions\.jsonl:2"):
        read_decisions(file)


def test_decision_that_cannot_be_undone_is_refused(tmp_path):
    file = tmp_path / "resolutions.jsonl"
    with pytest.raises(BadDecision, match="no decision stands"):
        append_decision(decision("a", "undone", "b"), file)
    assert not file.exists()

    for taken in (
        decision("a", "different", "c"),
        decision("a", "unsure", "c"),
        decision("a", "same", "b"),
        decision("b", "same", "c"),
    ):
        append_decision(taken, file)
    before = file.read_bytes()
    with pytest.raises(BadDecision, match=r"a = b .*, b = c .*, but a ≠ c"):
        append_decision(decision("a", "undone", "c"), file)
    assert file.read_bytes() == before


def test_automatic_decisions_are_read_whole_or_not_at_all(tmp_path):
    file = tmp_path / "by-rule.jsonl"
    decisions = [Decision(left="a", right="b", verdict="same", by="rule:same-name", why="both are called Ann")]
    write_automatic_decisions(file, "v1", decisions)

    assert read_automatic_decisions(file) == ("v1", decisions)
    file.write_text(file.read_text() + "{", encoding="utf-8")
    assert read_automatic_decisions(file) == read_automatic_decisions(tmp_path / "missing") == (None, [])


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"made_of": "v1"}\n{"left": "a"}', '{"made_of": "v1"}\n{'])
def test_damaged_automatic_decisions_are_logged(tmp_path, caplog, content):
    file = tmp_path / "by-rule.jsonl"
    file.write_text(content, encoding="utf-8")

    assert read_automatic_decisions(file) == (None, [])
    [line] = caplog.records
    assert line.levelname == "WARNING"
    assert str(file) in line.getMessage()


def test_missing_automatic_decisions_are_nothing_to_log(tmp_path, caplog):
    assert read_automatic_decisions(tmp_path / "missing") == (None, [])
    assert not caplog.records
