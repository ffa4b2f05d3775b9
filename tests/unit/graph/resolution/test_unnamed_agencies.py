"""Agencies named by their kind alone: 'the regional adoption agency' of a council that has one."""

import pytest

from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.records import Mention

RAA, ICB, TRUST = "agency:regional-adoption-agency", "agency:icb", "agency:nhs-foundation-trust"


@pytest.fixture(scope="module")
def resolver(vocabulary):
    return Resolver(vocabulary, Decisions())


@pytest.mark.parametrize(
    ("council", "words", "term", "expected", "rule"),
    [
        ("Gateshead", "regional adoption agency", RAA, "agency:adopt-north-east", "unnamed-member"),
        ("Gateshead", "RAA", RAA, "agency:adopt-north-east", "unnamed-member"),
        ("Darlington", "RAA", RAA, "agency:adoption-tees-valley", "unnamed-member"),
        ("Gateshead", "ICB", ICB, "agency:nhs-north-east-and-north-cumbria-integrated-care-board", "unnamed-member"),
        # Many are not one.
        ("Gateshead", "RAAs", RAA, RAA, "own-instance"),
        ("Gateshead", "integrated care boards", ICB, ICB, "own-instance"),
        # Several serve it, and none can be told.
        ("Hampshire", "integrated care board", ICB, ICB, "own-instance"),
        ("Cumberland", "RAA", RAA, RAA, "own-instance"),
        # A proper name is not the kind that it ends in.
        ("Gateshead", "Tidewater Hospitals NHS Foundation Trust", TRUST, None, "local-name"),
        ("Darlington", "Tidewater Regional Adoption Agency", RAA, None, "local-name"),
        ("Darlington", "Darlington’s Regional Adoption Agency", RAA, "agency:adoption-tees-valley", "unnamed-member"),
        ("York", "York NHS Foundation Trust", TRUST, TRUST, "own-instance"),
        # A region's council of young people stands beside each council's own.
        (
            "Gateshead",
            "children in care council",
            "body:children-in-care-council",
            "body:children-in-care-council",
            "own-instance",
        ),
    ],
)
def test_unnamed_agency_is_the_one_that_serves_the_council(resolver, vocabulary, council, words, term, expected, rule):
    (authority,) = [term for term in vocabulary.authorities_named(council) if term.ended is None]
    mention = Mention(text=words, page=1, start=0, end=len(words), name=words, type=term.split(":")[0], term=term)

    identity = resolver.identify(mention, authority.gss)

    assert (identity.term, identity.rule) == (expected, rule)


def test_unnamed_agency_of_no_council_is_the_kind(resolver):
    mention = Mention(text="RAA", page=1, start=0, end=3, name="RAA", type="agency", term=RAA)

    assert resolver.identify(mention, None).rule == "kind"
