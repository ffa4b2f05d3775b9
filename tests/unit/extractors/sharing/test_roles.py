"""Who runs a thing for whom, in the many words that say it; the sentences are invented."""

import pytest

from caregraph.extractors.documents.council_names import spellings_of
from caregraph.extractors.sharing.grammar import SharingGrammar
from caregraph.extractors.sharing.partners import Council, PartnerReader
from caregraph.ontology.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def read():
    """The statements of a sentence in a report on Bury, as relation and thing."""
    companies = ("Bury Families First",)
    grammar = SharingGrammar(PartnerReader(spellings_of(load_vocabulary()), companies=companies))

    def statements(sentence):
        return [(statement.relation, statement.thing) for statement in grammar.read(sentence, "", Council("Bury"))]

    return statements


@pytest.mark.parametrize(
    ("sentence", "relation", "thing"),
    [
        # The own council runs it.
        ("Bury lends its contact centre team to Rochdale and Oldham.", "hosts", "contact centre team"),
        ("The fostering hub, which Bury staffs for all ten authorities, is busy.", "hosts", "fostering hub"),
        ("The framework, led by Bury for ten authorities, gives more choice.", "hosts", "framework"),
        # Another council runs it.
        ("The council subscribes to Rochdale’s fostering hub.", "delegated", "fostering hub"),
        ("Night-time cover comes from Rochdale’s emergency duty team.", "delegated", "emergency duty team"),
        ("Bury relies on Rochdale for its out-of-hours response.", "delegated", "out-of-hours response"),
        ("The fostering hub’s host, Rochdale, publishes its data.", "hosted", "fostering hub"),
        # Several have it together.
        ("The contact desk that Bury and Rochdale staff between them is open all night.", "shares", "contact desk"),
        ("A secure contract, to which Rochdale and Oldham are parties, was renewed.", "shares", "secure contract"),
        ("Bury and Rochdale bankroll the exploitation team.", "shares", "exploitation team"),
        ("Five councils have clubbed together to fund a fostering hub.", "shares", "fostering hub"),
        ("One youth justice team serves both Bury and Rochdale.", "shares", "youth justice team"),
        ("Advocacy was tendered as one lot by Bury and Rochdale.", "commissions-jointly", "Advocacy"),
        # It has ended, or is to come.
        ("Bury bowed out of the shared emergency duty team.", "left", "emergency duty team"),
        ("The council no longer relies on Rochdale’s emergency team.", "left", "emergency team"),
        ("Rochdale ceased to provide an emergency duty service to Bury in May.", "left", "emergency duty service"),
        ("The joint arrangement with Rochdale was dissolved.", "left", "arrangement"),
        ("The council intends to enter the regional care cooperative.", "joining", "regional care cooperative"),
        ("Talks are under way with Rochdale about a joint fostering service.", "joining", "fostering service"),
        # A trust or company of the council.
        ("The council handed its children’s services to Bury Families First.", "delegated", "Bury Families First"),
        ("Bury Families First, a company owned by the council, is stable.", "delegated", "Bury Families First"),
    ],
)
def test_sentence_says_who_runs_a_thing_for_whom(read, sentence, relation, thing):
    assert read(sentence) == [(relation, thing)]


@pytest.mark.parametrize(
    ("sentence", "relation", "thing"),
    [
        (
            "The remit of the emergency duty team extends, at weekends, to that of Rochdale.",
            "shares",
            "emergency duty team",
        ),
        ("Bury’s contact team has been fused with Rochdale’s.", "shares", "contact team"),
        ("The contact team, once Rochdale’s too, has been wound up.", "left", "contact team"),
    ],
)
def test_words_indicate_what_is_shared_where_no_frame_fits(read, sentence, relation, thing):
    assert [(said_relation, said_thing[-len(thing) :]) for said_relation, said_thing in read(sentence)] == [
        (relation, thing)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The hospital trust serves Bury and Rochdale.",
        "The charity provides advocacy in Bury and Rochdale.",
        "Staff of the panel visited Rochdale’s team to learn from it.",
        "Leaders rejected a proposal for a joint board with Rochdale.",
        "The council has not joined the shared fostering hub with Rochdale.",
        "There is no joint board with Rochdale.",
        "The council has commissioned Rochdale to deliver an improvement programme.",
        "Children placed by the fostering team in Rochdale use its services.",
        "The team uses a model developed by Rochdale.",
        "The service manager was employed by Rochdale until last year.",
        "The legal team has used a barrister who also acts for Rochdale.",
        "The placements team competes with Rochdale and Oldham for the same foster carers.",
        "The youth justice service manages orders for Rochdale while children stay in Bury.",
        "The team agreed with Rochdale that the plan would be managed from Bury.",
        "The council works closely with Rochdale’s safeguarding board.",
        "The team supports young people who live in Rochdale and Oldham.",
    ],
)
def test_other_dealings_with_councils_say_nothing(read, sentence):
    assert read(sentence) == []
