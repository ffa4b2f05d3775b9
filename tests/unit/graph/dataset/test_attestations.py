from dataclasses import replace

import pytest

from caregraph.graph.dataset.attestations import find_attestations
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.records import Authority, Finding, Mention, Record, SharingStatement

ANE, COAST = "agency:adopt-north-east", "agency:adopt-coast-to-coast"


def attestations_of(vocabulary, council, *sentences, name=None, relation=None):
    """Attestations of a report on a council; each sentence comes with the id of the term that it names.

    ``name`` stands in the sentences for the term's own; ``relation`` is what a statement in the first sentence says.
    """
    mentions, findings, start = [], [], 0
    for text, term in sentences:
        finding = Finding(text=text, page=3, start=start, end=start + len(text), polarity="strength", confidence=0.9)
        findings.append(finding)
        if term is not None:
            words = name or vocabulary.thing(term).label
            first = start + text.index(words)
            quote = {"text": words, "page": 3, "start": first, "end": first + len(words)}
            mentions.append(Mention(**quote, name=words, type="agency", term=None if name else term))
        start += len(text) + 1
    sharing = []
    if relation:
        quote = {"text": findings[0].text, "page": 3, "start": 0, "end": findings[0].end}
        thing = mentions[0].name
        sharing.append(SharingStatement(**quote, thing=thing, name=thing, type="agency", relation=relation))
    record = Record(
        source="a.pdf",
        sha256="a" * 64,
        title=None,
        kind="ilacs",
        authority=Authority(council, None),
        mentions=tuple(mentions),
        findings=tuple(findings),
        sharing=tuple(sharing),
    )
    resolved = Resolver(vocabulary, Decisions()).resolve(record)
    ids = {thing.iri: thing.id for thing in vocabulary.things}
    return [
        (ids[attestation.thing], attestation.standing, attestation.quote.text)
        for attestation in find_attestations(resolved, vocabulary)
    ]


HELPS = "Adopt North East finds families quickly."


@pytest.mark.parametrize(
    ("council", "sentences", "expected"),
    [
        # A member's report that names the agency confirms it, once, by its first sentence.
        ("Gateshead", [(HELPS, ANE), ("Adopt North East trains adopters.", ANE)], [(ANE, "confirmed", HELPS)]),
        # An agency of another region is not recognised at all; one of the region takes the place of the one expected.
        ("Leeds", [(HELPS, ANE)], []),
        ("Sunderland", [(HELPS, ANE)], [(ANE, "confirmed", HELPS), (COAST, "contradicted", HELPS)]),
        ("Gateshead", [("Children in care have left school to see Adopt North East.", ANE)], None),
        # Nothing is said of what is not named, and nothing by a report that names none.
        ("Gateshead", [("Adoption is timely.", None)], []),
        ("Gateshead", [("Mockingbird helps carers.", None)], []),
    ],
)
def test_attestation_of_a_report(vocabulary, council, sentences, expected):
    attestations = attestations_of(vocabulary, council, *sentences)
    if expected is None:
        assert [standing for _, standing, _ in attestations] == ["confirmed"]
    else:
        assert attestations == expected


@pytest.mark.parametrize(("relation", "standing"), [("left", "left"), ("joining", "joining"), ("shares", "confirmed")])
def test_sharing_statement_says_that_a_council_left_or_joins(vocabulary, relation, standing):
    (attestation,) = attestations_of(vocabulary, "Gateshead", (HELPS, ANE), relation=relation)

    assert attestation[1] == standing


def test_words_for_the_kind_imply_the_agency(vocabulary):
    words = "The regional adoption agency finds families."
    (attestation,) = attestations_of(vocabulary, "Gateshead", (words, ANE), name="regional adoption agency")

    assert attestation == (ANE, "implied", words)


def test_police_of_a_neighbour_contradict_nothing(vocabulary):
    """A report may name another force than the council's own."""
    forces = [thing for thing in vocabulary.things if thing.kind == "agency:police-force"]
    named = next(thing for thing in forces if thing.label == "Durham Constabulary")

    attestations = attestations_of(vocabulary, "Gateshead", ("Durham Constabulary helped.", named.id))

    assert "contradicted" not in {standing for _, standing, _ in attestations}


def test_two_other_agencies_of_the_kind_contradict_nothing(vocabulary):
    attestations = attestations_of(
        vocabulary, "Sunderland", (HELPS, ANE), ("Adoption Tees Valley advises.", "agency:adoption-tees-valley")
    )
    assert {standing for _, standing, _ in attestations} == {"confirmed"}


def test_report_on_no_council_attests_nothing(vocabulary, record):
    assert list(find_attestations(replace(record, authority=None), vocabulary)) == []
