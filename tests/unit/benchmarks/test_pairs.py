"""Pairwise precision and recall of identity decisions over labelled pairs."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from benchmarks.pairs import (
    FIRST,
    SECOND,
    DecidedIdentity,
    IdentityRules,
    LabelledPair,
    PairSide,
    identities_where_words_stand,
    iri_by_words,
    measure_pairs,
    over_thresholds,
    read_pairs,
    wrong_pairs,
)
from caregraph.graph.resolution.decisions import Decision, Decisions
from caregraph.graph.resolution.explain import MentionIdentity
from caregraph.ontology.iris import person_iri
from caregraph.ontology.records import Passage, Person, Record


def pair(left, right, *, same):
    return LabelledPair(PairSide("a.pdf", left), PairSide("b.pdf", right), same)


def identity(document, words, iri, *, type="service", name=None):
    return MentionIdentity(
        document=document, page=1, start=0, end=1, words=words, name=name or words, type=type, role=None, council=None,
        iri=iri,
    )  # fmt: skip


KNOWN = {("a.pdf", "mash"): "x/1", ("b.pdf", "hub"): "x/1", ("b.pdf", "mash"): "x/2", ("a.pdf", "hub"): "x/3"}


def test_joined_pairs_give_precision_and_pairs_of_one_thing_recall():
    pairs = [
        pair("MASH", "Hub", same=True),
        pair("MASH", "MASH", same=True),
        pair("Hub", "Hub", same=False),
        pair("Hub", "Lighthouse", same=True),
    ]

    decided = DecidedIdentity(KNOWN, frozenset({frozenset(("x/1", "x/2"))}))

    metrics = {metric.name: metric.value for metric in measure_pairs(pairs, decided)}

    assert metrics == {
        "pairwise precision": 1.0,
        "pairwise recall": pytest.approx(1 / 3),
        "left for review": 1,
        "words not found": 1,
    }


def test_pair_that_is_wrongly_joined_costs_precision_and_is_described():
    pairs = [pair("MASH", "Hub", same=False), pair("MASH", "MASH", same=True)]

    metrics = {metric.name: metric.value for metric in measure_pairs(pairs, DecidedIdentity(KNOWN, frozenset()))}
    lines = list(wrong_pairs(pairs, KNOWN))

    assert metrics["pairwise precision"] == 0.0
    assert [line.split(":")[0] for line in lines] == ["joined, but two things", "apart, but one thing"]
    assert "a.pdf 'MASH' <x/1> | b.pdf 'Hub' <x/1>" in lines[0]


def test_words_have_the_iri_that_the_document_gives_them_most_often():
    identities = [
        identity("a.pdf", "the Hub", "x/1"),
        identity("a.pdf", "the  hub", "x/1"),
        identity("a.pdf", "the hub", "x/2"),
        identity("a.pdf", "Moor", "x/3", type="person", name="Ann Moor"),
        identity("a.pdf", "somewhere", None),
    ]

    assert iri_by_words(identities) == {
        ("a.pdf", "the hub"): "x/1",
        ("a.pdf", "moor"): "x/3",
        ("a.pdf", "ann moor"): "x/3",
    }


@pytest.mark.parametrize(("path", "number"), [(FIRST, 240), (SECOND, 200)])
def test_labelled_pairs_are_as_many_as_told_and_both_answers_are_common(path, number):
    pairs = read_pairs(path)

    assert len(pairs) == number
    assert len({frozenset((pair.left, pair.right)) for pair in pairs}) == number
    assert 0.25 < sum(pair.same for pair in pairs) / len(pairs) < 0.75
    assert all(pair.left.document and pair.left.words and pair.right.document and pair.right.words for pair in pairs)


def test_second_set_has_no_document_of_the_first():
    documents = [
        {side.document for pair in read_pairs(path) for side in (pair.left, pair.right)} for path in (FIRST, SECOND)
    ]

    assert documents[0] & documents[1] == set()


@pytest.fixture
def report():
    """Makes the record of a report by one inspector."""

    def make(source, inspector, year):
        person = Person(text=inspector, page=1, start=0, end=len(inspector), name=inspector, role="lead")
        days = (date(year, 5, 9), date(year, 5, 20))
        return Record(
            source=source,
            sha256=source * 8,
            title=None,
            kind="ilacs",
            authority=None,
            inspected=(days,),
            people=(person,),
        )

    return make


def test_pairs_are_measured_over_thresholds_without_a_build(report, vocabulary):
    records = [report("a.pdf", "Pete Example", 2021), report("b.pdf", "Peter Example", 2022)]
    workspace = SimpleNamespace(records=lambda: records, vocabulary=vocabulary, decisions=Decisions())

    pairs = [pair("Pete Example", "Peter Example", same=True)]
    points = over_thresholds(pairs, IdentityRules(workspace, pairs))

    assert {point.threshold: (point.recall, point.review) for point in points if point.threshold >= 0.98} == {
        0.98: (1.0, 0),
        0.99: (0.0, 1),
    }


def test_decision_of_a_person_holds_at_every_threshold(report, vocabulary):
    records = [report("a.pdf", "Pete Example", 2021), report("b.pdf", "Peter Example", 2022)]
    iris = person_iri("pete-example inspector 2021"), person_iri("peter-example inspector 2022")
    apart = Decision(left=iris[0], right=iris[1], verdict="different", by="person:Ann", why="two posts")
    workspace = SimpleNamespace(records=lambda: records, vocabulary=vocabulary, decisions=Decisions([apart]))

    pairs = [pair("Pete Example", "Peter Example", same=False)]
    points = over_thresholds(pairs, IdentityRules(workspace, pairs))

    assert {point.joined for point in points} == {0}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["house clinical service"], ["house clinical service"]),  # the report has 'in-house clinical service'
        (["clinical service"], []),  # a mention is these words
        (["the clinical service and its board of governors"], []),  # the mention has less than half of them
        (["clinical  psychology"], []),
    ],
)
def test_words_that_no_mention_is_are_looked_up_where_they_stand(report, wanted, found):
    text = "The in-house clinical service and its board of governors met."
    record = replace(report("a.pdf", "Ann Moor", 2022), passages=(Passage(text=text, page=1, start=100, end=161),))
    mention = replace(identity("a.pdf", "clinical service", "x/1"), start=113, end=129)

    assert [row.words for row in identities_where_words_stand(wanted, record, [mention])] == found


def test_documents_of_the_pairs_that_are_not_there_are_named(report, vocabulary):
    records = [report("a.pdf", "Pete Example", 2021)]
    workspace = SimpleNamespace(records=lambda: records, vocabulary=vocabulary, decisions=Decisions())

    assert IdentityRules(workspace, [pair("Pete Example", "Peter Example", same=True)]).missing == {"b.pdf"}
