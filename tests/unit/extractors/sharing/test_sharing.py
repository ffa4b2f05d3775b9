import pytest

from caregraph.extractors.documents.council_names import spellings_of
from caregraph.extractors.sharing.grammar import SharingGrammar
from caregraph.extractors.sharing.partners import Council, PartnerReader
from caregraph.ontology.vocabulary import load_vocabulary

AGENCIES = ("Adopt South", "Adoption West")
COMPANIES = ("Together for Children",)


@pytest.fixture(scope="module")
def grammar():
    return SharingGrammar(PartnerReader(spellings_of(load_vocabulary()), agencies=AGENCIES, companies=COMPANIES))


@pytest.fixture
def read(grammar):
    """The statements of a sentence, in a report on a council, as what and how: thing or name, relation."""
    return lambda sentence, council="Dudley", before="", day="2019-05-01": grammar.read(
        sentence, before, Council(council, day)
    )


@pytest.mark.parametrize(
    ("sentence", "relation", "thing"),
    [
        ("The emergency duty team is shared with a neighbouring council.", "shares", "emergency duty team"),
        ("Dudley shares its fostering panel with two other local authorities.", "shares", "fostering panel"),
        ("There is a joint safeguarding board with the neighbouring authority.", "shares", "safeguarding board"),
        ("The contact centre, run jointly with three boroughs, is busy.", "shares", "contact centre"),
        ("A pan-Lancashire exploitation strategy guides the work.", "shares", "exploitation strategy"),
        ("Families like the tri-borough contact service very much.", "shares", "contact service"),
        ("Matches are sought through the regional consortium.", "shares", "regional consortium"),
        ("The panel, which serves six local authorities, meets monthly.", "shares", "panel"),
        ("Dudley is part of the regional adoption agency (Adopt South).", "shares", "regional adoption agency"),
        ("The Dudley and Walsall youth offending team is strong.", "shares", "youth offending team"),
        (
            "Advocacy is a service jointly commissioned with four neighbouring authorities.",
            "commissions-jointly",
            "service",
        ),
        ("Young people value the regionally commissioned advocacy service.", "commissions-jointly", "advocacy service"),
        ("The out-of-hours service is provided by a neighbouring authority.", "delegated", "out-of-hours service"),
        ("Dudley commissions its emergency duty service from Walsall.", "delegated", "emergency duty service"),
        ("A neighbouring council undertakes adoption work on behalf of Dudley.", "delegated", "adoption work"),
        ("Functions are delegated to Together for Children.", "delegated", "Together for Children"),
        ("Adoption is arranged through the regional adoption agency.", "delegated", "regional adoption agency"),
        ("The emergency duty team is hosted by Walsall Council.", "hosted", "emergency duty team"),
        ("Dudley hosts the recruitment hub for four other councils.", "hosts", "recruitment hub"),
        ("The MASH has recently been disaggregated from a larger service.", "left", "MASH"),
        ("Leaders chose to decommission the children’s trust.", "left", "children’s trust"),
        (
            "The council plans to join a regional fostering collaborative.",
            "joining",
            "regional fostering collaborative",
        ),
        ("Training will be delivered through a pan-Lancashire training group.", "joining", "training group"),
    ],
)
def test_sentence_says_that_a_thing_is_shared(read, sentence, relation, thing):
    statements = read(sentence)

    assert [(statement.relation, statement.thing) for statement in statements] == [(relation, thing)]
