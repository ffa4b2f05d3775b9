from random import Random

import pytest

from caregraph.extractors.documents.council_names import spellings_of
from caregraph.extractors.pipeline import ReportReader
from caregraph.extractors.reading.read import report_from_text
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
            "Advocacy is jointly commissioned with four neighbouring authorities.",
            "commissions-jointly",
            "Advocacy",
        ),
        ("Young people value the regionally commissioned advocacy service.", "commissions-jointly", "advocacy service"),
        ("The out-of-hours service is provided by a neighbouring authority.", "delegated", "out-of-hours service"),
        ("Dudley commissions its emergency duty service from Walsall.", "delegated", "emergency duty service"),
        ("A neighbouring council undertakes adoption work on behalf of Dudley.", "delegated", "adoption work"),
        ("Functions are delegated to Together for Children.", "delegated", "Together for Children"),
        ("Adoption is arranged through the regional adoption agency.", "delegated", "regional adoption agency"),
        ("The emergency duty team is hosted by Walsall Council.", "hosted", "emergency duty team"),
        ("Dudley hosts the recruitment hub for four other councils.", "hosts", "recruitment hub"),
        ("The recruitment hub, which the council hosts for its neighbours, is liked.", "hosts", "recruitment hub"),
        ("The regional adoption agency, which Dudley now hosts, is liked.", "hosts", "regional adoption agency"),
        ("Adopt South, which the council hosts on behalf of its neighbours, is an asset.", "hosts", "Adopt South"),
        ("The MASH has recently been disaggregated from a larger service.", "left", "MASH"),
        ("Leaders chose to decommission the children’s trust.", "left", "children’s trust"),
        (
            "The council plans to join a regional fostering collaborative.",
            "joining",
            "regional fostering collaborative",
        ),
        ("Training will be delivered through a pan-Lancashire training group.", "joining", "training group"),
        ("Recruitment of carers is contracted to another local authority.", "delegated", "Recruitment of carers"),
        ("Emergency duty cover is bought in from Walsall.", "delegated", "Emergency duty cover"),
        ("The director in Dudley is also the director for children’s services in Walsall.", "shares", "director"),
        (
            "Tools are used under a memorandum of understanding for 31 London boroughs.",
            "shares",
            "memorandum of understanding",
        ),
        ("Dudley is the host for Adopt South.", "hosts", "Adopt South"),
        (
            "The safeguarding arrangements with two other local authorities are new.",
            "shares",
            "safeguarding arrangements",
        ),
        ("The help line serves Dudley and another local authority.", "shares", "help line"),
        ("Rehabilitation services are accessed through other London boroughs.", "delegated", "Rehabilitation services"),
        ("Help is given by Dudley Family Trust on behalf of the council.", "delegated", "Dudley Family Trust"),
        (
            "Functions were delegated to Dudley Families First, a company owned by the council.",
            "delegated",
            "Dudley Families First",
        ),
        ("The neglect plan, produced by the four local authorities, is new.", "shares", "neglect plan"),
        ("The safeguarding partnership is shared with the City of London.", "shares", "safeguarding partnership"),
        ("The panel is a tri-partite arrangement with two other local authorities.", "shares", "panel"),
        ("Dudley and Walsall have merged their safeguarding boards.", "shares", "safeguarding boards"),
        ("The out of hours team works across Dudley and Walsall.", "shares", "out of hours team"),
        (
            "The North of Dale death review panel covers three local authorities.",
            "shares",
            "North of Dale death review panel",
        ),
        ("A study was commissioned with two other local authorities.", "commissions-jointly", "study"),
        ("The hub, which Dudley leads on behalf of three other councils, is liked.", "hosts", "hub"),
        ("Dudley is the lead authority for the recruitment hub.", "hosts", "recruitment hub"),
        # Nothing but the other council's name says that it is shared.
        ("The Dudley and Walsall children’s hub opened in May.", "shares", "children’s hub"),
        ("The Black Country strategic exploitation group meets monthly.", "shares", "strategic exploitation group"),
        ("The joint Dudley and Walsall threshold document is liked.", "shares", "threshold document"),
        ("A hub offers parents, in partnership with Walsall Council, one telephone line.", "shares", "hub"),
        ("The hub, which provides a service to Sandwell and Walsall, is busy.", "shares", "hub"),
        (
            "The five-year strategic partnership with Walsall Council helps.",
            "shares",
            "five-year strategic partnership",
        ),
        (
            "Working with Walsall, Dudley has produced a toolkit.",
            "shares",
            "toolkit",
        ),
        (
            "The board works with two neighbouring safeguarding children boards to agree procedures.",
            "shares",
            "procedures",
        ),
        (
            "The emergency duty team (EDT) service is commissioned from Walsall.",
            "delegated",
            "emergency duty team (EDT) service",
        ),
        ("The emergency duty team is hosted by the Borough of Dudley.", "hosts", "emergency duty team"),
        ("Dudley runs the pan-Lancashire advice panel.", "hosts", "advice panel"),
        ("Services transferred to Together for Children in April.", "delegated", "Together for Children"),
        ("Recruitment of adopters is now within Adopt South.", "delegated", "Adopt South"),
        (
            "Staff moved while transitioning services from the Dudley Family Trust back to the council.",
            "left",
            "Dudley Family Trust",
        ),
        ("The 10-year partnership with Walsall has ended.", "left", "10-year partnership"),
        ("The shared hub with Walsall was dissolved.", "left", "hub"),
        ("The council left the shared hub with Walsall in May.", "left", "hub"),
        ("Work to develop a regional approach through Adopt South has begun.", "joining", "Adopt South"),
        ("The panel reviews deaths across four local authority areas.", "shares", "panel"),
        ("Dudley, together with Sandwell, commissions an advocacy service.", "commissions-jointly", "advocacy service"),
        ("Dudley and Walsall commission the clinic together.", "commissions-jointly", "clinic"),
        ("The partnership, which brings together six local authorities, recruits carers.", "shares", "partnership"),
        ("Places are bought through the Commissioning Alliance.", "shares", "Commissioning Alliance"),
        ("The county-wide exploitation hub is effective.", "shares", "exploitation hub"),
        ("There are links with the Black Country Project Heron.", "shares", "Project Heron"),
        ("Homes are bought through regional care cooperatives.", "shares", "regional care cooperatives"),
        (
            "A regional campaign for children in care, the Children in Care Council Pledge, began.",
            "shares",
            "regional campaign",
        ),
        (
            "The ‘Foster with Friends’ partnership, which covers six local authorities, is liked.",
            "shares",
            "‘Foster with Friends’ partnership",
        ),
    ],
)
def test_sentence_says_that_a_thing_is_shared(read, sentence, relation, thing):
    statements = read(sentence)

    assert [(statement.relation, statement.thing) for statement in statements] == [(relation, thing)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Information is shared promptly with neighbouring authorities.",
        "The team works closely with two neighbouring local authorities.",
        "Plans are shared with partners and with schools.",
        "The two teams were merged last year.",
        "The plan developed by a neighbouring authority for this child was poor.",
        "Strong oversight is provided by Walsall Council.",
        "There is good work with youth services locally and across other councils.",
        "The case was transferred to another local authority.",
        "The ICB serves Dudley and three other areas.",
        "Reciprocal arrangements with other boroughs help young people.",
        "Children who leave the care of the council are visited.",
        "Most children placed out of area live in neighbouring authorities.",
        "Practice is better than in other local authorities.",
        "Agencies with a pan-Lancashire remit attend.",
        "The service is jointly commissioned by health and the council.",
        "The college hosts a clinic for young people.",
        "Weekly pan-agency meetings track missing children.",
        "Care leavers meet pan-council senior officers.",
        "Foster carers have delegated authority to decide.",
        "A smoking cessation service was decommissioned.",
        "Managers speak on behalf of children.",
        "There are good relationships with the regional adoption agency (Adopt South).",
        "The rate is twice the regional average.",
        "A consortium of voluntary sector providers runs the centres.",
        "Joint working with neighbouring authorities is strong.",
        "The council has a contract with the Walsall Youth Trust.",
        "Dudley shares its borders with Sandwell and Walsall.",
        "The NHS trust delivers health assessments on behalf of the council.",
        "There is a good partnership with the Walsall Colleges.",
        "The chair has links with the health board, and with neighbouring safeguarding children boards.",
        "Three areas for improvement were identified, and the other two areas of practice are good.",
        "Regional and national events are used well.",
        "Black Country agencies are visited.",
        "The Sandwell and Walsall safeguarding boards visited.",
        "The review looks at fostering services in Dudley and Walsall.",
    ],
)
def test_sentence_says_nothing_of_sharing(read, sentence):
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("council", "day", "sentence", "partners", "words"),
    [
        (
            "Halton",
            "",
            "A pan-Cheshire strategy is in place.",
            ["Cheshire East", "Cheshire West and Chester", "Warrington"],
            "pan-Cheshire",
        ),
        ("Dudley", "", "A pan-Cheshire strategy is in place.", [], "pan-Cheshire"),
        (
            "Luton",
            "",
            "The Bedfordshire-wide framework helps.",
            ["Bedford", "Central Bedfordshire"],
            "Bedfordshire-wide",
        ),
        (
            "Slough",
            "",
            "The Berkshire emergency duty team responds.",
            ["Bracknell Forest", "Reading", "West Berkshire", "Windsor and Maidenhead", "Wokingham"],
            "Berkshire",
        ),
        ("Poole", "2016-05-01", "The pan-Dorset panel meets.", ["Bournemouth", "Dorset"], "pan-Dorset"),
        ("Dorset", "2022-05-01", "The pan-Dorset panel meets.", ["Bournemouth, Christchurch and Poole"], "pan-Dorset"),
        (
            "Westminster",
            "",
            "The tri-borough panel meets.",
            ["Hammersmith and Fulham", "Kensington and Chelsea"],
            "tri-borough",
        ),
        (
            "Westminster",
            "",
            "The panel operates across the two boroughs.",
            ["Kensington and Chelsea"],
            "the two boroughs",
        ),
        ("Barnet", "", "The tri-borough panel meets.", [], "tri-borough"),
        ("Barnet", "", "The tri-borough panel with Brent and Harrow meets.", ["Brent", "Harrow"], "tri-borough"),
        ("Leicester", "", "The county-wide panel meets.", [], "county-wide"),
        ("Barnet", "", "The panel is shared with two other boroughs.", [], "two other boroughs"),
        ("Rutland", "", "The safeguarding board is joint with Leicestershire.", ["Leicestershire"], "Leicestershire"),
        (
            "Dudley",
            "",
            "The panel is shared with Sandwell, Walsall and the City of Wolverhampton Council.",
            ["Sandwell", "Walsall", "Wolverhampton"],
            "Sandwell, Walsall and the City of Wolverhampton Council",
        ),
        (
            "Dudley",
            "",
            "The panel is shared with the neighbouring Walsall Council.",
            ["Walsall"],
            "the neighbouring Walsall Council",
        ),
    ],
)
def test_partners_are_those_that_the_words_make_certain(read, council, day, sentence, partners, words):
    [statement] = read(sentence, council, day=day)

    assert set(statement.partners) == set(partners)
    assert statement.partners_text == words


@pytest.mark.parametrize(
    ("sentence", "relation", "time"),
    [
        ("The panel is shared with a neighbouring council.", "shares", "now"),
        ("The panel was previously shared with a neighbouring council.", "left", "past"),
        ("From April, the panel will be shared with a neighbouring council.", "joining", "future"),
        ("The council is in the process of joining the regional adoption agency.", "joining", "future"),
        ("The council has joined the regional adoption agency.", "shares", "now"),
        ("Dudley has recently become part of Adopt South West.", "shares", "now"),
        ("The council has left the regional adoption agency.", "left", "past"),
        ("From May, the service will be provided by a neighbouring council.", "delegated", "future"),
        ("The council will continue to share the panel with a neighbouring council.", "shares", "now"),
        (
            "Walsall has secured funding from the government to design a joint framework with Dudley.",
            "joining",
            "future",
        ),
    ],
)
def test_time_is_that_of_the_words(read, sentence, relation, time):
    assert [(statement.relation, statement.time) for statement in read(sentence)] == [(relation, time)]


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("Dudley is part of the regional adoption agency (Adopt South).", "Adopt South", "agency"),
        ("Dudley is part of Adopt South.", "Adopt South", "agency"),
        (
            "Adoption moved to the regional adoption agency, the Farrowdale Adoption Alliance.",
            "Farrowdale Adoption Alliance",
            "agency",
        ),
        ("The Farrowdale and Tarn Consortium finds families.", "Farrowdale and Tarn Consortium", "body"),
        ("However, the consortium finds families.", None, "body"),
        ("A pan-Lancashire Child Death Overview Panel meets.", "Child Death Overview Panel", "body"),
        ("A pan-Lancashire panel meets.", None, "body"),
        ("A pan-Lancashire protocol guides the work.", None, "process"),
    ],
)
def test_thing_has_the_name_that_is_printed(read, sentence, name, kind):
    assert [(statement.name, statement.type) for statement in read(sentence)] == [(name, kind)]


def test_host_is_the_council_that_runs_a_thing(read):
    sentences = (
        "The hub is hosted by Walsall.",
        "Dudley hosts the hub for three other councils.",
        "The hub is hosted by a neighbouring council.",
    )

    assert [statement.host for sentence in sentences for statement in read(sentence)] == ["Walsall", "Dudley", None]


def test_it_is_what_the_sentence_before_speaks_of_whatever_it_is_called(read):
    [statement] = read("It is a dual board covering both Dudley and Walsall.", before="The LSCB is outstanding.")

    assert statement.thing == "LSCB"


def test_one_of_several_shared_things_is_that_one(read):
    [statement] = read("The death panel is one of four sub-groups shared with Walsall.")

    assert statement.thing == "death panel"


def test_pronoun_means_the_thing_of_the_sentence_before(read):
    [statement] = read("It is shared with two other local authorities.", before="The emergency duty team is effective.")

    assert (statement.thing, statement.name) == ("emergency duty team", None)


def test_verb_behind_an_area_is_no_thing(read):
    assert read("This matters, and the tri-borough means a lot.", "Westminster") == []
    assert read("The tri-borough careers service means a lot.", "Westminster")[0].thing == "careers service"


@pytest.mark.parametrize(("council", "things"), [("Westminster", ["safeguarding board"]), ("Barnet", [])])
def test_subject_is_shared_where_boroughs_are_called_one(read, council, things):
    statements = read("The safeguarding board scrutinises practice on a tri-borough basis.", council)

    assert [statement.thing for statement in statements] == things


def test_each_thing_of_a_list_is_shared(read):
    statements = read("The safeguarding board and the youth offending team are shared with a neighbouring council.")

    assert {statement.thing for statement in statements} == {"safeguarding board", "youth offending team"}


SENTENCES = (
    "The emergency duty team is shared with a neighbouring council.",
    "Walsall is part of the regional adoption agency (Adopt South West).",
    "A pan-Lancashire group meets.",
    "Children are safe and well.",
)


@pytest.fixture(scope="module")
def reader(vocabulary):
    return ReportReader(vocabulary)


@pytest.mark.parametrize("seed", range(8))
def test_every_quotation_is_the_slice_of_the_text(reader, seed):
    random = Random(seed)
    sentences = [random.choice(SENTENCES) for _ in range(30)]
    joined = "".join(
        sentence.replace(" ", random.choice((" ", "  ", "\n", " \u00a0"))) + random.choice((" ", "\n\n"))
        for sentence in sentences
    )
    report = report_from_text("walsall.txt", f"Inspection of Walsall children’s services\n\n{joined}")

    record = reader.record(report)

    assert all(report.text[item.start : item.end] == item.text for item in record.sharing)
    assert [" ".join(item.text.split()) for item in record.sharing] == [s for s in sentences if s != SENTENCES[-1]]
    assert all(item["page"] == 1 for item in record.as_json()["sharing"])


def test_a_sentence_too_long_for_any_writer_says_nothing(reader, tmp_path):
    """What is read is bounded, so that no sentence takes long."""
    path = tmp_path / "report.txt"
    listed = "the panel, " * 300
    path.write_text(f"Inspection of Dudley children’s services\n\nIt shares {listed}with a neighbouring council.\n")

    assert reader.read(path).sharing == ()


@pytest.mark.parametrize(
    ("sentence", "host"),
    [
        ("Functions are delegated to Together for Children.", "Together for Children"),
        ("Help is given by Dudley Family Trust on behalf of the council.", "Dudley Family Trust"),
        ("Functions are delegated to a children’s trust.", None),
        ("Adoption is arranged through the regional adoption agency.", None),
    ],
)
def test_trust_that_runs_services_for_a_council_is_the_host(read, sentence, host):
    assert [statement.host for statement in read(sentence)] == [host]


@pytest.mark.parametrize(
    ("sentence", "thing"),
    [
        ("The council now takes part in a recent consortium with three boroughs.", "consortium"),
        (
            "Matches are sought through the local West Midlands Adoption Consortium.",
            "West Midlands Adoption Consortium",
        ),
        ("The local safeguarding board is shared with Walsall.", "local safeguarding board"),
        ("A highly effective fostering panel is shared with Walsall.", "fostering panel"),
        ("Procedures that meet every requirement are shared with Walsall.", "Procedures"),
        ("The duty team for the two councils is run by Walsall.", "duty team"),
        ("The tri-borough ‘Heron’ Steering Group meets monthly.", "‘Heron’ Steering Group"),
        (
            "The recently expanded Severn Adoption Consortium serves six local authorities.",
            "Severn Adoption Consortium",
        ),
        ("The council shares many activities with a neighbouring council.", "activities"),
        ("Four sub-groups are shared with Walsall.", "sub-groups"),
        ("The outstanding LSCB is shared with Walsall.", "LSCB"),
        ("The recently agreed ‘memorandum of understanding’ for three councils is new.", "memorandum of understanding"),
        ("Local ‘place-based boards’ are shared with Walsall.", "Local place-based boards"),
        ("The council buys its adoption support from Walsall.", "adoption support"),
        ("Dudley and Walsall share a procedures manual.", "procedures manual"),
        ("It values its membership of a panel of four councils.", "panel"),
    ],
)
def test_thing_has_neither_words_of_its_time_nor_half_a_pair_of_marks(read, sentence, thing):
    assert [said.thing for said in read(sentence)] == [thing]


@pytest.mark.parametrize(
    "sentence",
    [
        "The school works in partnership with Walsall Football Club on a shared programme.",
        "A community partnership with Wolverhampton City Football Club helps many children.",
        "A joint training programme with Wolverhampton University is valued.",
    ],
)
def test_club_or_university_of_a_council_s_name_is_no_partner(read, sentence):
    assert [said for said in read(sentence) if said.partners] == []
