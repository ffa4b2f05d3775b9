"""Verdicts on faults: what held, what did not, and what could not be made here."""

import pytest

from benchmarks.robustness import faults
from benchmarks.robustness.faults import Fault, Seen, Skipped, try_fault


class Stage:
    states = ("first", "second")

    def __init__(self):
        self.built = []

    def build(self, state):
        self.built.append(state)


def seen(make):
    stage = Stage()
    verdict = try_fault(Fault("a fault", "something holds", make), stage)
    assert stage.built == ["first"]  # each fault begins with the same reports
    return verdict


def test_what_was_seen_is_told():
    assert seen(lambda stage: "said after 3 s") == Seen("held", "said after 3 s")


@pytest.mark.parametrize("error", [AssertionError("no\n  heading"), TimeoutError("no  heading")])
def test_broken_promise_fails_with_its_words_on_a_line(error):
    def fail(stage):
        raise error

    assert seen(fail) == Seen("failed", "no heading")


def test_fault_that_cannot_be_made_is_skipped_with_the_reason(monkeypatch, tmp_path):
    class NoDisk:
        def __enter__(self):
            return False

        def __exit__(self, *_):
            return None

    stage = Stage()
    stage.folder, stage.server = tmp_path, lambda: None
    monkeypatch.setattr(faults, "small_disk", lambda folder, size: NoDisk())

    with pytest.raises(Skipped, match="no file system may be mounted"):
        faults.fill_disk(stage)


def test_reports_that_change_are_those_of_one_state_alone(tmp_path):
    for name, files in (("one", "ab"), ("other", "ac")):
        (tmp_path / name).mkdir()
        for file in files:
            (tmp_path / name / file).touch()
    states = [type("State", (), {"files": tmp_path / name})() for name in ("one", "other")]

    assert faults._changing(states) == {"b", "c"}
