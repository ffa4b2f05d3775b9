from dataclasses import replace

import pytest

from caregraph.graph.dataset.attestations import find_attestations
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.records import Authority, Finding, Mention, Record

ANE, COAST = "agency:adopt-north-east", "agency:adopt-coast-to-coast"


def attested(vocabulary, council, *sentences):
    """Attestations of a report on a council; each sentence comes with the id of the term that it names."""
    mentions, findings, start = [], [], 0
    for text, term in sentences:
        finding = Finding(text=text, page=3, start=start, end=start + len(text), polarity="strength", confidence=0.9)
        findings.append(finding)
        if term is not None:
            name = vocabulary.thing(term).label
            first = start + text.index(name)
            quote = {"text": name, "page": 3, "start": first, "end": first + len(name)}
            mentions.append(Mention(**quote, name=name, type="agency", term=term))
        start += len(text) + 1
    record = Record(
        source="a.pdf",
        sha256="a" * 64,
        title=None,
        kind="ilacs",
        authority=Authority(council, None),
        mentions=tuple(mentions),
        findings=tuple(findings),
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
        # The council says that it left.
        (
            "Gateshead",
            [(HELPS, ANE), ("The council is no longer part of Adopt North East.", ANE)],
            [(ANE, "contradicted", "The council is no longer part of Adopt North East.")],
        ),
        ("Gateshead", [("Children in care have left school to see Adopt North East.", ANE)], None),
        # Nothing is said of what is not named, and nothing by a report that names none.
        ("Gateshead", [("Adoption is timely.", None)], []),
        ("Gateshead", [("Mockingbird helps carers.", None)], []),
    ],
)
def test_attestation_of_a_report(vocabulary, council, sentences, expected):
    attestations = attested(vocabulary, council, *sentences)
    if expected is None:
        assert [standing for _, standing, _ in attestations] == ["confirmed"]
    else:
        assert attestations == expected


def test_two_other_agencies_of_the_kind_contradict_nothing(vocabulary):
    attestations = attested(
        vocabulary, "Sunderland", (HELPS, ANE), ("Adoption Tees Valley advises.", "agency:adoption-tees-valley")
    )
    assert {standing for _, standing, _ in attestations} == {"confirmed"}


def test_report_on_no_council_attests_nothing(vocabulary, record):
    assert list(find_attestations(replace(record, authority=None), vocabulary)) == []
