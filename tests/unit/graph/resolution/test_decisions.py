import pytest

from caregraph.graph.resolution.decisions import Decision, Decisions
from caregraph.ontology.errors import BadDecision


def decision(left, verdict, right, *, by="person:Ann", why="they work together"):
    return Decision(left=left, right=right, verdict=verdict, by=by, why=why, when="2026-11-21")


@pytest.mark.parametrize(
    ("decisions", "iri", "expected"),
    [
        ([decision("a", "same", "b")], "b", {"a", "b"}),
        # What is one thing with b is one thing with what b is one thing with.
        ([decision("a", "same", "b"), decision("c", "same", "b")], "c", {"a", "b", "c"}),
        ([decision("a", "same", "b"), decision("b", "different", "c")], "a", {"a", "b"}),
        # The last decision on a pair counts, whichever is named first.
        ([decision("a", "same", "b"), decision("b", "unsure", "a")], "a", {"a"}),
        ([decision("a", "different", "b"), decision("a", "same", "b")], "a", {"a", "b"}),
        ([decision("a", "unsure", "b")], "a", {"a"}),
        ([], "a", {"a"}),
    ],
)
def test_decisions_make_clusters(decisions, iri, expected):
    assert Decisions(decisions).cluster_of(iri) == expected


@pytest.mark.parametrize(
    ("same", "left", "right", "expected"),
    [
        ([("a", "b"), ("b", "c")], "c", "a", ["bc", "ab"]),
        # Of two ways the shorter one.
        ([("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")], "a", "d", ["ad"]),
        # Of two ways of one length the first in the order of the pairs, in whatever order they were decided.
        ([("a", "c"), ("c", "d"), ("b", "d"), ("a", "b")], "a", "d", ["ab", "bd"]),
        ([("a", "c"), ("c", "d"), ("b", "d"), ("a", "b")], "d", "a", ["bd", "ab"]),
        ([("a", "b"), ("c", "d")], "a", "d", []),
        ([("a", "b")], "a", "a", []),
        ([], "a", "b", []),
    ],
)
def test_chain_between_two_iris_is_the_shortest(same, left, right, expected):
    for order in (same, same[::-1]):
        chain = Decisions(decision(first, "same", second) for first, second in order).chain_between(left, right)

        assert ["".join(sorted(link.pair)) for link in chain] == expected


@pytest.mark.parametrize(
    ("decisions", "reason"),
    [
        (
            [
                decision("a", "same", "b"),
                decision("b", "same", "c"),
                decision("c", "different", "a", why="two offices"),
            ],
            r"c = b .*, b = a .*, but c ≠ a \(person:Ann: two offices\)",
        ),
        ([decision("a", "different", "a")], "differ from itself"),
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


def test_decisions_fingerprint_changes_with_the_current_decisions():
    first = Decisions([decision("a", "same", "b")])

    assert first.fingerprint == Decisions([decision("b", "same", "a", why="another reason")]).fingerprint
    assert first.fingerprint != Decisions().fingerprint
    assert first.fingerprint != Decisions([decision("a", "different", "b")]).fingerprint
    undone = Decisions([decision("a", "same", "b"), decision("a", "undone", "b")])
    assert undone.fingerprint == Decisions().fingerprint


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (("same", "undone"), None),
        (("same", "different", "undone"), "same"),
        (("same", "undone", "unsure"), "unsure"),
        (("undone",), None),
        (("same", "undone", "undone"), None),
    ],
)
def test_decision_before_an_undone_one_counts_again(verdicts, expected):
    current = Decisions([decision("a", verdict, "b") for verdict in verdicts]).for_pair("b", "a")

    assert (current and current.verdict) == expected
