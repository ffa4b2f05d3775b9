import pytest

from graph.decisions import Decision, Decisions, write_decision
from ontology.errors import BadDecision


def said(left, verdict, right, *, by="person:Ann", why="they work together"):
    return Decision(left=left, right=right, verdict=verdict, by=by, why=why, when="2026-11-21")


@pytest.mark.parametrize(
    ("decisions", "iri", "expected"),
    [
        ([said("a", "same", "b")], "b", {"a", "b"}),
        # What is one thing with b is one thing with what b is one thing with.
        ([said("a", "same", "b"), said("c", "same", "b")], "c", {"a", "b", "c"}),
        ([said("a", "same", "b"), said("b", "different", "c")], "a", {"a", "b"}),
        # The last word on a pair stands, whichever is named first.
        ([said("a", "same", "b"), said("b", "unsure", "a")], "a", {"a"}),
        ([said("a", "different", "b"), said("a", "same", "b")], "a", {"a", "b"}),
        ([said("a", "unsure", "b")], "a", {"a"}),
        ([], "a", {"a"}),
    ],
)
def test_decisions_join_what_is_one_thing(decisions, iri, expected):
    assert Decisions(decisions).one_with(iri) == expected


@pytest.mark.parametrize(
    ("decisions", "reason"),
    [
        (
            [said("a", "same", "b"), said("b", "same", "c"), said("c", "different", "a", why="two offices")],
            r"c = b .*, b = a .*, but c ≠ a \(person:Ann: two offices\)",
        ),
        ([said("a", "different", "a")], "differ from itself"),
    ],
)
def test_decisions_that_contradict_are_refused_with_the_chain(decisions, reason):
    with pytest.raises(BadDecision, match=reason):
        Decisions(decisions)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"verdict": "maybe"}, "verdict: expected one of same"), ({"why": " "}, "why: expected words")],
)
def test_decision_refuses_what_its_fields_cannot_hold(fields, reason):
    with pytest.raises(BadDecision, match=reason):
        Decision(**{"left": "a", "right": "b", "verdict": "same", "by": "person:Ann", "why": "known"} | fields)


def test_decisions_written_are_read_again(tmp_path):
    file = tmp_path / "resolutions.jsonl"
    write_decision(said("a", "same", "b", why="the same “hub”"), file)
    write_decision(said("b", "different", "c"), file)

    assert Decisions.read(file).standing == (said("a", "same", "b", why="the same “hub”"), said("b", "different", "c"))


def test_decision_that_contradicts_is_not_written(tmp_path):
    file = tmp_path / "resolutions.jsonl"
    write_decision(said("a", "same", "b"), file)
    write_decision(said("b", "same", "c"), file)

    with pytest.raises(BadDecision):
        write_decision(said("a", "different", "c"), file)
    assert Decisions.read(file).one_with("a") == {"a", "b", "c"}


def test_decisions_taken_back_leave_no_trace(tmp_path):
    file = tmp_path / "resolutions.jsonl"
    write_decision(said("a", "same", "b"), file)
    write_decision(said("a", "unsure", "b"), file)

    assert Decisions.read(file).one_with("a") == {"a"}


def test_decisions_of_no_file_are_none(tmp_path):
    assert Decisions.read(tmp_path / "none.jsonl").standing == ()


@pytest.mark.parametrize("line", ["{", "[1]", '{"left": "a"}', '{"left": 1, "right": 2, "verdict": "same"}'])
def test_decisions_name_the_line_that_is_none(tmp_path, line):
    file = tmp_path / "resolutions.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")

    with pytest.raises(BadDecision, match=r"resolutions\.jsonl:2"):
        Decisions.read(file)


def test_decisions_fingerprint_changes_with_what_is_one_thing():
    first = Decisions([said("a", "same", "b")])

    assert first.fingerprint == Decisions([said("b", "same", "a", why="another reason")]).fingerprint
    assert first.fingerprint != Decisions().fingerprint
    taken_back = Decisions([said("a", "same", "b"), said("a", "unsure", "b")])
    assert taken_back.fingerprint == Decisions().fingerprint
