"""Witnesses of one inspection are found by their words, grades and days, and counted once."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from caregraph.graph.resolution.decisions import Decision, Decisions
from caregraph.graph.resolution.events import MOST_TIED, facts_of, find_witnesses, similarity, sketch, witness_decisions
from caregraph.ontology.iris import document_iri
from caregraph.ontology.records import Authority, Finding, Judgement, Passage, Record

WORDS = (
    "Leaders know their services well and act on what they learn. Children in need are seen often. "
    "Plans for most children are up to date and written with their families. Social workers speak warmly of managers. "
    "Some strategy meetings are held too late at night and without health partners. The virtual school is ambitious. "
)
OTHER_WORDS = (
    "Care leavers are helped into work by a team that they trust. Homes are safe. A few young people wait too long for "
    "mental health support, and their personal advisers are worried about this. Foster carers feel listened to. "
)


def document(digit, *, words=WORDS, grade="good", kind="ilacs", source="report.pdf", days=(9, 13), **changes):
    quote = {"text": words, "page": 1, "start": 0, "end": len(words)}
    period = ((date(2024, 9, days[0]), date(2024, 9, days[1])),) if days else ()
    record = Record(
        source=source, sha256=digit * 64, title="Inspection", kind=kind, authority=Authority("Wexholme", "E99000005"),
        inspected=period, judgements=(Judgement(**quote, area="overall", grade=grade),) if grade else (),
        findings=(Finding(**quote, polarity="strength", confidence=0.9),), passages=(Passage(**quote),),
    )  # fmt: skip
    return replace(record, **changes)


def roles(*records, decisions=()):
    return {
        sha256[0]: witness.role
        for sha256, witness in find_witnesses(map(facts_of, records), Decisions(decisions)).items()
    }


NEWS = "Wexholme council has welcomed its report. Inspectors rated its services as good overall, said the leader. "


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ((document("a"),), {"a": "principal"}),
        # The text of a PDF beside it.
        ((document("a"), document("b", source="report.txt")), {"a": "principal", "b": "copy"}),
        # A copy whose days and council could not be read is a copy all the same.
        (
            (document("a"), document("b", source="copy.txt", days=None, authority=None)),
            {"a": "principal", "b": "copy"},
        ),
        # A corrected version decides, and so does the later published one.
        (
            (document("a"), document("b", words="Corrected version. " + WORDS, grade="requires-improvement")),
            {"a": "version", "b": "principal"},
        ),
        (
            (
                document("a", published=date(2024, 11, 4)),
                document("b", grade="inadequate", published=date(2024, 10, 21)),
            ),
            {"a": "principal", "b": "version"},
        ),
        # Two reports in words of their own.
        ((document("a"), document("b", words=OTHER_WORDS, days=(1, 2))), {"a": "principal", "b": "principal"}),
        # News that gives the same grades, and came out when the report did.
        (
            (document("a"), document("b", words=NEWS, kind="news", days=None, published=date(2024, 10, 30))),
            {"a": "principal", "b": "news"},
        ),
        # News that gives another grade, or comes years later, is of no known inspection.
        (
            (document("a", grade="inadequate"), document("b", words=NEWS, kind="news", days=None)),
            {"a": "principal", "b": "undated"},
        ),
        (
            (document("a"), document("b", words=NEWS, kind="news", days=None, published=date(2027, 1, 1))),
            {"a": "principal", "b": "undated"},
        ),
        # News with days of its own tells of an inspection that no report here tells of.
        ((document("b", words=NEWS, kind="news"),), {"b": "principal"}),
        # News without a grade or a day ties itself to nothing.
        (
            (document("a"), document("b", words=NEWS, kind="news", days=None, grade=None)),
            {"a": "principal", "b": "undated"},
        ),
    ],
)
def test_witnesses_have_their_part_in_any_order(records, expected):
    for order in permutations(records):
        assert roles(*order) == expected


def test_document_that_speaks_goes_on_speaking_until_it_is_corrected():
    text, pdf = document("a", source="report.txt"), document("b")
    corrected = document("c", words="Corrected version. " + WORDS)

    def principal(*records, incumbents):
        witnesses = find_witnesses(map(facts_of, records), Decisions(), incumbents=incumbents)
        return next(sha256[0] for sha256, witness in witnesses.items() if witness.role == "principal")

    assert principal(text, pdf, incumbents=()) == "b"
    assert principal(text, pdf, incumbents={"a" * 64}) == "a"
    assert principal(text, pdf, corrected, incumbents={"a" * 64}) == "c"


def test_witnesses_of_one_event_say_so():
    witnesses = find_witnesses(map(facts_of, (document("a"), document("b", source="report.txt"))), Decisions())

    assert witnesses["a" * 64].event == witnesses["b" * 64].event
    assert witnesses["b" * 64].principal == "a" * 64
    (decision,) = witness_decisions(witnesses)
    assert decision.by == "rule:witness-copy"
    assert "100% of their words" in decision.why


def decided(verdict, left, right):
    return Decision(
        left=document_iri(left * 64), right=document_iri(right * 64), verdict=verdict, by="person:Ann", why="I know"
    )


def test_a_person_overrides_the_rule_both_ways():
    copies = document("a"), document("b", source="report.txt")
    assert roles(*copies, decisions=[decided("different", "a", "b")]) == {"a": "principal", "b": "principal"}

    linked = *copies, document("c", source="again.txt")
    assert roles(*linked, decisions=[decided("different", "a", "b")]) == {
        "a": "principal",
        "b": "principal",
        "c": "copy",
    }

    news = document("b", words=NEWS, kind="news", days=None, grade="outstanding")
    assert roles(document("a"), news) == {"a": "principal", "b": "undated"}
    assert roles(document("a"), news, decisions=[decided("same", "a", "b")]) == {"a": "principal", "b": "news"}


def test_sketches_measure_common_words():
    assert similarity(sketch([WORDS]), sketch([WORDS.upper()])) == 1.0
    assert similarity(sketch([WORDS]), sketch([OTHER_WORDS])) == 0.0
    assert similarity(sketch([]), sketch([])) == 0.0


def test_copies_are_found_among_many_documents_with_the_same_standing_words():
    standing = " ".join(f"Standing words number {number} are in every letter." for number in range(20))
    own = [" ".join(f"Letter {number} says {word} in line {line}." for line in range(40)) for number, word in
           enumerate(f"word{number}" for number in range(2 * MOST_TIED))]  # fmt: skip
    records = [
        replace(document("a", words=f"{standing} {words}", days=None, grade=None), sha256=f"{number:064x}")
        for number, words in enumerate([*own, own[0]])
    ]
    witnesses = find_witnesses(map(facts_of, records), Decisions())

    assert {int(sha256, 16) for sha256, witness in witnesses.items() if witness.role == "copy"} in ({0}, {len(own)})
