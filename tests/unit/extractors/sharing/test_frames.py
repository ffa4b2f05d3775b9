"""Ways in which sentences say that councils share a thing, one line for each; the sentences are invented."""

import pytest

from caregraph.extractors.documents.council_names import spellings_of
from caregraph.extractors.sharing.grammar import SharingGrammar
from caregraph.extractors.sharing.partners import Council, PartnerReader
from caregraph.ontology.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def grammar():
    spellings = spellings_of(load_vocabulary())
    return SharingGrammar(PartnerReader(spellings, agencies=("Adopt South",), companies=("Together for Children",)))


@pytest.mark.parametrize(
    ("sentence", "relation", "thing"),
    [
        ("The trust is responsible for delivering children’s services in the town.", "delegated", "trust"),
        ("The new body, Dudley Family Trust, took over on 1 May.", "delegated", "Dudley Family Trust"),
        (
            "Responsibility transferred to the new body, Dudley Family Trust, in May.",
            "delegated",
            "Dudley Family Trust",
        ),
        ("An independent trust was established to deliver children’s services.", "delegated", "trust"),
        ("The plan lists the services commissioned from the trust by the council.", "delegated", "trust"),
        (
            "The council transferred its social care functions to Together for Children.",
            "delegated",
            "Together for Children",
        ),
        ("Children’s services are run by an arm’s-length company.", "delegated", "arm’s-length company"),
        ("Responsibility for social work rests with Together for Children.", "delegated", "Together for Children"),
        (
            "At that time, help was provided by a predecessor body, Dudley Family Trust.",
            "delegated",
            "Dudley Family Trust",
        ),
        ("The council set up DfC in May to provide social care on its behalf.", "delegated", "DfC"),
    ],
)
def test_trust_or_company_runs_services_for_a_council(grammar, sentence, relation, thing):
    statements = grammar.read(sentence, "", Council("Dudley", "2019-05-01"))

    assert [(statement.relation, statement.thing) for statement in statements] == [(relation, thing)]


@pytest.mark.parametrize(
    ("sentence", "relation", "thing"),
    [
        ("The team has been unsettled by the separation from Walsall.", "left", "team"),
        ("The council left the joint youth offending service in 2018.", "left", "youth offending service"),
        ("The panel is no longer shared with Walsall.", "left", "panel"),
        ("The hub was brought in-house from Walsall in May.", "left", "hub"),
        ("Work suffered from the termination of joint arrangements.", "left", "arrangements"),
        (
            "The council has taken its adoption service back from the regional adoption agency.",
            "left",
            "regional adoption agency",
        ),
        ("The tri-borough panel was disbanded in May.", "left", "panel"),
        ("Children’s services were returned to the council in May.", "left", "Children’s services"),
        ("The disaggregation of the Dudley and Walsall board is complete.", "left", "Dudley and Walsall board"),
        ("Dudley left the Black Country youth justice service.", "left", "Black Country youth justice service"),
    ],
)
def test_council_leaves_a_shared_thing(grammar, sentence, relation, thing):
    statements = grammar.read(sentence, "", Council("Dudley", "2019-05-01"))

    assert [(statement.relation, statement.thing) for statement in statements] == [(relation, thing)]


@pytest.mark.parametrize(
    ("sentence", "relation", "thing"),
    [
        (
            "The services commissioned out are advocacy (a charity) and the emergency duty team (Walsall).",
            "delegated",
            "emergency duty team",
        ),
        ("Dudley manages the contract for the refuge on behalf of three councils.", "hosts", "contract"),
        ("Dudley hosts the recruitment hub on behalf of its partner authorities.", "hosts", "recruitment hub"),
        (
            "Walsall Council has provided the emergency duty team for Dudley since May.",
            "delegated",
            "emergency duty team",
        ),
        ("There is an agreement for Walsall to provide cover at night.", "delegated", "cover"),
        ("Walsall Council delivers children’s services through a partnership.", "delegated", "children’s services"),
        ("The council pays Walsall to run its night team.", "delegated", "night team"),
        ("Cover is provided through a contract with Walsall.", "delegated", "Cover"),
        ("Walsall is responsible for children’s services in the town.", "delegated", "children’s services"),
        ("The authority leads on emergency duty for three other councils.", "hosts", "emergency duty"),
        ("Adopt South recruits carers for Dudley and two other councils.", "delegated", "Adopt South"),
        ("Walsall hosts the joint contact centre for both councils.", "hosted", "contact centre"),
        ("Walsall’s emergency duty team covers Dudley at night.", "delegated", "emergency duty team"),
        ("Dudley provides the emergency duty team for Walsall.", "hosts", "emergency duty team"),
        ("The council has an agreement with Walsall for the contact centre.", "delegated", "contact centre"),
        ("The council has been chosen to host the regional adoption agency.", "hosts", "regional adoption agency"),
        ("Recruitment of adopters is the responsibility of Adopt South.", "delegated", "Adopt South"),
        ("The council is preparing for the regionalisation of adoption.", "joining", "adoption"),
        ("The four councils have agreed to set up a regional adoption agency.", "joining", "regional adoption agency"),
        ("Adopt South has taken on the recruitment of adopters.", "delegated", "Adopt South"),
        ("Adopt South now has responsibility for finding adopters.", "delegated", "Adopt South"),
        ("The council runs the pan-Lancashire panel.", "hosts", "panel"),
        ("The Black Country project, led by Dudley, helps fathers.", "hosts", "project"),
    ],
)
def test_one_council_runs_a_thing_for_another(grammar, sentence, relation, thing):
    statements = grammar.read(sentence, "", Council("Dudley", "2019-05-01"))

    assert [(statement.relation, statement.thing) for statement in statements] == [(relation, thing)]


@pytest.mark.parametrize(
    ("sentence", "relation", "thing"),
    [
        ("Adopt South, which the council joined in May, finds families.", "shares", "Adopt South"),
        ("Leadership arrangements are combined with Walsall.", "shares", "Leadership arrangements"),
        ("In partnership with Walsall, the board has produced a resource pack.", "shares", "resource pack"),
        ("The board joined the Walsall workforce group.", "shares", "workforce group"),
        ("The council is part of a group of six local authorities that pools places.", "shares", "group"),
        ("There is good work between Walsall and Sandwell in Together4families.", "shares", "Together4families"),
        ("The panel is a single service for both councils.", "shares", "panel"),
        ("There is one safeguarding partnership for the two authorities.", "shares", "safeguarding partnership"),
        ("The threshold document is common to all three councils.", "shares", "threshold document"),
        ("Money was saved by amalgamation under a single board with two neighbouring councils.", "shares", "board"),
        ("The South London Commissioning Partnership buys places.", "shares", "South London Commissioning Partnership"),
        ("The North East framework for placements is used.", "shares", "North East framework"),
        ("The regional ‘Children Who Wander’ policy was revised.", "shares", "regional ‘Children Who Wander’ policy"),
        (
            "The Regional Children in Care Council Campaign began.",
            "shares",
            "Regional Children in Care Council Campaign",
        ),
        ("All 12 local authorities have signed a memorandum of understanding on pay.", "shares", "memorandum"),
        (
            "The council has commissioned, with two neighbouring councils, a missing children service.",
            "commissions-jointly",
            "missing children service",
        ),
        ("Dudley and its neighbour, Walsall, have set up a joint panel.", "shares", "panel"),
        ("The chair also chairs the Walsall board.", "shares", "chair"),
        ("The duty team is based in Walsall and covers Dudley, Walsall and Sandwell.", "shares", "duty team"),
        ("The panel across the Black Country meets monthly.", "shares", "panel"),
        ("The duty team works on behalf of all four councils.", "shares", "duty team"),
        ("Thirty families across the three boroughs have completed the reading course.", "shares", "reading course"),
        ("Dudley works with other councils in the White Rose Buying Group.", "shares", "White Rose Buying Group"),
        (
            "The council helps with the ‘Kind Words’ project, working with two other councils.",
            "shares",
            "‘Kind Words’ project",
        ),
        ("ACE, a partnership of five local authorities, is new.", "shares", "ACE"),
        ("The adoption team merged with those of Walsall and Sandwell.", "shares", "adoption team"),
        ("Dudley and Walsall have one panel.", "shares", "panel"),
        ("Dudley and Walsall boards meet often and share a reading group.", "shares", "reading group"),
        ("Dudley and Walsall have two boards but a common set of procedures.", "shares", "set of procedures"),
        ("Dudley and Walsall have agreed to merge their youth teams.", "joining", "youth teams"),
        ("The adoption team has joined forces with Walsall.", "shares", "adoption team"),
        ("The designated officer also works for Walsall.", "shares", "designated officer"),
        ("The director is also responsible for services in Walsall.", "shares", "director"),
        ("Walsall’s director is now also the director for Dudley.", "shares", "director"),
        ("Duty cover is provided on a joint basis with Walsall.", "shares", "Duty cover"),
        ("A new panel is planned with five neighbouring authorities.", "joining", "new panel"),
        ("The joint South West exploitation protocol was signed.", "shares", "South West exploitation protocol"),
        ("The Black Country procedures website is used.", "shares", "procedures website"),
        (
            "Carers are found through Kin in the Black Country, a partnership with three neighbouring authorities.",
            "shares",
            "partnership",
        ),
        ("Procedures are maintained for the four authorities.", "shares", "Procedures"),
        (
            "The West Midlands recruitment and retention groups are liked.",
            "shares",
            "West Midlands recruitment and retention groups",
        ),
        ("The youth justice team serves four local authorities.", "shares", "youth justice team"),
        ("The emergency duty team works for both Dudley and Walsall.", "shares", "emergency duty team"),
        ("The emergency duty team is run by Dudley and Walsall.", "shares", "emergency duty team"),
        ("The council and Walsall share a panel.", "shares", "panel"),
        ("Dudley and Walsall’s panel was replaced.", "shares", "panel"),
        ("A four-borough pilot is going well.", "shares", "pilot"),
        ("A cross-regional project is going well.", "shares", "project"),
        ("Many children meet the cross-borough and regional work programmes.", "shares", "work programmes"),
    ],
)
def test_councils_share_a_thing(grammar, sentence, relation, thing):
    statements = grammar.read(sentence, "", Council("Dudley", "2019-05-01"))

    assert [(statement.relation, statement.thing) for statement in statements] == [(relation, thing)]


@pytest.mark.parametrize(
    ("council", "sentence", "thing"),
    [
        (
            "Stockton-on-Tees",
            "The Tees-wide missing, exploited and trafficked group meets.",
            "missing, exploited and trafficked group",
        ),
        ("Middlesbrough", "The review panel benefits from a cross-Teesside approach.", "review panel"),
        ("City of London", "A London-wide scheme for new arrivals is used.", "scheme"),
        (
            "Hackney",
            "The City and Hackney Safeguarding Children Partnership offers training.",
            "Safeguarding Children Partnership",
        ),
    ],
)
def test_area_of_several_councils_is_known_by_its_name(grammar, council, sentence, thing):
    [statement] = grammar.read(sentence, "", Council(council, "2019-05-01"))

    assert (statement.relation, statement.thing) == ("shares", thing)


@pytest.mark.parametrize(
    "sentence",
    [
        "Children are placed with carers from neighbouring authorities.",
        "Information is shared with other local authorities when children move.",
        "Leaders have learned from the experience of other councils.",
        "Leaders have drawn on support from a neighbouring authority.",
        "Many children live in other local authority areas.",
        "Social workers work well with colleagues in other councils.",
        "The panel compares performance with that of neighbouring boroughs.",
        "A peer review by another local authority was helpful.",
        "Teams were merged to form a single assessment service.",
        "The hospital trust covers three boroughs.",
        "The police force serves ten councils in the county.",
        "Children placed in Walsall and Sandwell receive good support.",
        "Health assessments for children living in other counties are delayed.",
        "The company that provides advocacy has trained its staff.",
        "Joint working between social care and health is strong.",
        "The trust told inspectors that waiting times have fallen.",
        "Families move between Dudley, Walsall and Sandwell frequently.",
        "The rate is higher than that in Walsall and Coventry.",
        "Staff have joined the council from other authorities.",
        "The independent reviewing service is responsible for the delivery of reviews.",
        "A joint panel of health, education and social care decides on placements.",
        "The council works with other local authorities to trace missing children.",
        "The voluntary sector alliance runs a helpline.",
        "The mental health trust took over the contract for school nursing services.",
        "The council commissions a charity to deliver return home interviews.",
        "Both parents and carers contribute to the plan.",
        "Support in the community is covered by the early help team and the police.",
        "Children in care from other boroughs attend the council’s schools.",
        "The council is working with two other authorities to find a placement.",
        "Inspectors from Ofsted and two other inspectorates visited the service.",
        "The framework for early help is used by all partner agencies across the borough.",
        "The regional schools commissioner attends the board.",
        "Regional data show that rates are falling.",
        "Foster carers value the trust that they have built with workers.",
        "The two youth offending teams in the borough have merged.",
        "The shared vision of partners is clear.",
        "The council took responsibility for a child from another authority.",
        "Cases transferred from Walsall are assessed promptly.",
        "Managers hold a joint meeting with neighbouring social work teams in the borough.",
        "A protocol with the district housing teams is in place.",
        "The Dudley-wide offer is clear.",
        "Young people across all four areas of the borough have attended the club.",
        "The West Midlands average is lower.",
        "The board met on behalf of all partners.",
        "A West Midlands-wide review of health services began.",
        "The panel took part in a review led by the tri-borough of Camden, Barnet and Brent.",
    ],
)
def test_councils_are_named_and_share_nothing(grammar, sentence):
    assert grammar.read(sentence, "", Council("Dudley", "2019-05-01")) == []


@pytest.mark.parametrize("noun", ["quiz", "mentoring scheme", "rota of sitters", "advocacy contract", "clinic"])
@pytest.mark.parametrize("verb", ["handled", "supplied", "arranged", "administered", "run"])
def test_another_council_runs_anything_in_any_words(grammar, noun, verb):
    [statement] = grammar.read(f"The {noun} is {verb} by a neighbouring council.", "", Council("Dudley", "2019-05-01"))

    assert statement.relation == "delegated"
    assert statement.thing == noun


@pytest.mark.parametrize("verb", ["procured", "purchased", "commissioned", "tendered"])
@pytest.mark.parametrize("shape", ["The clinic was {} with Walsall.", "The council {} a clinic with Walsall."])
def test_councils_buy_together_in_any_words(grammar, verb, shape):
    [statement] = grammar.read(shape.format(verb), "", Council("Dudley", "2019-05-01"))

    assert (statement.relation, statement.thing) == ("commissions-jointly", "clinic")


@pytest.mark.parametrize(
    ("sentence", "relation", "thing"),
    [
        ("The council has outsourced its fostering functions to a company.", "delegated", "company"),
        ("Recruitment checks are handled through Walsall.", "delegated", "Recruitment checks"),
        ("Together with Walsall, the council maintains a rota.", "shares", "rota"),
        (
            "The strategy for tackling exploitation across the Black Country was revised.",
            "shares",
            "strategy for tackling exploitation",
        ),
        ("The council exited the shared clinic with Walsall.", "left", "clinic"),
        ("The sitting service is joint with Walsall.", "shares", "sitting service"),
        ("The panel chair, who is managed by a neighbouring council, is liked.", "delegated", "panel chair"),
        (
            "The council’s commissioning strategy, on a local and sub-regional basis, is new.",
            "shares",
            "council’s commissioning strategy",
        ),
    ],
)
def test_shape_holds_for_words_of_one_class(grammar, sentence, relation, thing):
    statements = grammar.read(sentence, "", Council("Dudley", "2019-05-01"))

    assert [(statement.relation, statement.thing) for statement in statements] == [(relation, thing)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The rate is in line with other councils.",
        "Dudley lies west of Walsall and shares its borders with Walsall and Sandwell.",
        "Adopters are often used by other local authorities.",
        "Outcomes are better than those of statistical neighbouring authorities.",
        "Joint work with other council services has led to more homes.",
        "The dissolution of the Children’s Trust arrangements weakened planning.",
        "There is an increase in families moving to the area from other boroughs.",
        "Staff liaise and share information promptly with other authorities.",
        "The partnership is made up of the council and Black Country Integrated Care Board.",
        "Funding of the leaving care regional tender is secure, and staff are leaving care work.",
    ],
)
def test_words_of_a_class_say_nothing_of_what_is_not_shared(grammar, sentence):
    statements = grammar.read(sentence, "", Council("Dudley", "2019-05-01"))

    assert [said for said in statements if said.relation != "shares" or said.thing != "regional tender"] == []
