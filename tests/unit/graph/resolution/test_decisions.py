import pytest

from caregraph.graph.resolution.decisions import Decision, Decisions, read_rulings, write_decision, write_rulings
from caregraph.ontology.errors import BadDecision


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


def test_decisions_fingerprint_changes_with_what_stands():
    first = Decisions([said("a", "same", "b")])

    assert first.fingerprint == Decisions([said("b", "same", "a", why="another reason")]).fingerprint
    assert first.fingerprint != Decisions().fingerprint
    assert first.fingerprint != Decisions([said("a", "different", "b")]).fingerprint
    taken_back = Decisions([said("a", "same", "b"), said("a", "undone", "b")])
    assert taken_back.fingerprint == Decisions().fingerprint


@pytest.mark.parametrize(
    ("verdicts", "stands"),
    [
        (("same", "undone"), None),
        (("same", "different", "undone"), "same"),
        (("same", "undone", "unsure"), "unsure"),
        (("undone",), None),
        (("same", "undone", "undone"), None),
    ],
)
def test_decisions_undone_let_stand_what_stood_before(verdicts, stands):
    standing = Decisions([said("a", verdict, "b") for verdict in verdicts]).on("b", "a")

    assert (standing and standing.verdict) == stands


def test_decision_that_cannot_be_undone_is_refused(tmp_path):
    file = tmp_path / "resolutions.jsonl"
    with pytest.raises(BadDecision, match="no decision stands"):
        write_decision(said("a", "undone", "b"), file)
    assert not file.exists()

    for decision in (
        said("a", "different", "c"),
        said("a", "unsure", "c"),
        said("a", "same", "b"),
        said("b", "same", "c"),
    ):
        write_decision(decision, file)
    before = file.read_bytes()
    with pytest.raises(BadDecision, match=r"a = b .*, b = c .*, but a ≠ c"):
        write_decision(said("a", "undone", "c"), file)
    assert file.read_bytes() == before


def test_rulings_are_read_whole_or_not_at_all(tmp_path):
    file = tmp_path / "by-rule.jsonl"
    rulings = [Decision(left="a", right="b", verdict="same", by="rule:same-name", why="both are called Ann")]
    write_rulings(file, "v1", rulings)

    assert read_rulings(file) == ("v1", rulings)
    file.write_text(file.read_text() + "{", encoding="utf-8")
    assert read_rulings(file) == read_rulings(tmp_path / "missing") == (None, [])
