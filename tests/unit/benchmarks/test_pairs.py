"""Pairwise precision and recall of identity decisions over labelled pairs."""

import pytest

from benchmarks.pairs import LabelledPair, PairSide, iri_by_words, measure_pairs, read_pairs, wrong_pairs
from caregraph.graph.resolution.explain import MentionIdentity


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

    metrics = {metric.name: metric.value for metric in measure_pairs(pairs, KNOWN, {frozenset(("x/1", "x/2"))})}

    assert metrics == {
        "pairwise precision": 1.0,
        "pairwise recall": pytest.approx(1 / 3),
        "left for review": 1,
        "words not found": 1,
    }


def test_pair_that_is_wrongly_joined_costs_precision_and_is_described():
    pairs = [pair("MASH", "Hub", same=False), pair("MASH", "MASH", same=True)]

    metrics = {metric.name: metric.value for metric in measure_pairs(pairs, KNOWN, set())}
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


def test_labelled_pairs_are_240_of_which_both_answers_are_common():
    pairs = read_pairs()

    assert len(pairs) == 240
    assert 0.25 < sum(pair.same for pair in pairs) / len(pairs) < 0.75
    assert all(pair.left.document and pair.left.words and pair.right.document and pair.right.words for pair in pairs)
