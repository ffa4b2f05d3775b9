import pytest

from caregraph.extractors.names.phrases import Phrase, PhraseTrie
from caregraph.ontology.checks import shared_labels
from caregraph.ontology.turtle import Statements
from caregraph.ontology.vocabulary import FILES, load_vocabulary

# Labels that two entries share on purpose: a report says by its council which one it means.
KNOWN_SHARED = {
    "atv": {"agency/adopt-thames-valley", "agency/adoption-tees-valley"},
    "children's trust": {
        "agency/birmingham-childrens-trust",
        "agency/doncaster-childrens-services-trust",
        "agency/northamptonshire-childrens-trust",
        "agency/sandwell-childrens-trust",
        "body/children-trust-board",
    },
    "mach": {"service/mash", "service/south-tees-multi-agency-childrens-hub"},
    "multi-agency children's hub": {"service/mash", "service/south-tees-multi-agency-childrens-hub"},
    "together for children": {"agency/together-for-adoption", "agency/together-for-children"},
    "one adoption": {"agency/one-adoption-north-and-humber", "agency/one-adoption-west-yorkshire"},
}
THINGS = ("cg:Agency", "cg:Service", "cg:Programme", "cg:Body", "cg:Process")


def test_things_share_no_label_unnoticed() -> None:
    assert shared_labels(Statements(FILES), *THINGS) == KNOWN_SHARED


def test_concepts_share_no_label_unnoticed() -> None:
    assert shared_labels(Statements(FILES), "cg:Concept") == {}


def test_concepts_hold_every_topic_with_a_definition() -> None:
    vocabulary = load_vocabulary()

    assert len(vocabulary.topics) == 67
    assert all(term.definition and term.label for term in vocabulary.concepts)
    assert {"front-door", "kinship-care", "youth-justice"} <= vocabulary.topics


def test_concepts_say_broader_and_narrower_alike() -> None:
    vocabulary = load_vocabulary()

    for term in vocabulary.concepts:
        assert all(term.id in vocabulary.concept(broader).narrower for broader in term.broader)


@pytest.mark.parametrize(
    ("id", "type", "scope"),
    [
        ("service:mash", "service", "local"),
        ("body:corporate-parenting-board", "body", "local"),
        ("programme:mockingbird", "programme", "national"),
        ("process:plo", "process", "national"),
        ("agency:cafcass", "agency", "national"),
        ("agency:adopt-north-east", "agency", "regional"),
        ("agency:northumbria-police", "agency", "regional"),
        ("agency:icb", "agency", "local"),
    ],
)
def test_things_have_the_scope_that_decides_what_is_shared(id: str, type: str, scope: str) -> None:
    term = load_vocabulary().thing(id)

    assert (term.type, term.scope) == (type, scope)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A pupil referral unit (PRU) opened.", {"service:pupil-referral-unit"}),
        ("The children missing education team and the CME team", {"service:children-missing-education-team"}),
        ("a new board sub-group", {"body:board-subgroup"}),
        ("The quality assurance sub-group meets.", {"body:quality-assurance-subgroup"}),
        ("The family solutions team helps.", {"service:family-solutions-team"}),
        ("The pupil inclusion panel is strong.", {"body:inclusion-panel"}),
        ("She studies at the Open University.", {"agency:open-university"}),
        ("They want to stay close to friends.", set()),
        ("It has signed up to Stay Close.", {"programme:staying-close"}),
        ("Leaders are on the Children's Trust Board.", {"body:children-trust-board"}),
    ],
)
def test_thesaurus_has_kinds_that_many_councils_have(text: str, expected: set[str]) -> None:
    phrases = [
        Phrase(spelling.text, term.id, spelling.exact)
        for term in load_vocabulary().things
        for spelling in term.spellings
    ]

    assert {key for match in PhraseTrie(phrases).find(text) for key in match.keys} == expected


def test_adopt_north_east_serves_five_councils_and_is_hosted_by_one() -> None:
    vocabulary = load_vocabulary()
    term = vocabulary.thing("agency:adopt-north-east")

    assert {vocabulary.authority(member.authority).name for member in term.members} == {
        "Gateshead",
        "Newcastle upon Tyne",
        "North Tyneside",
        "Northumberland",
        "South Tyneside",
    }
    assert {member.standing for member in term.members} == {"asserted"}
    assert vocabulary.authority(term.host or "").name == "North Tyneside"
    assert term.kind == "agency:regional-adoption-agency"


def test_regional_things_serve_councils_of_the_register() -> None:
    vocabulary = load_vocabulary()
    serving = [term for term in vocabulary.things if term.members]

    assert len(serving) > 120
    assert all(term.regional for term in serving)
    assert all(vocabulary.authority(member.authority) for term in serving for member in term.members)


def test_hidden_names_are_no_spellings() -> None:
    for term in load_vocabulary().things:
        assert not {spelling.text for spelling in term.spellings} & set(term.hidden), term.id


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("Doncaster Children's Services Trust", "agency:doncaster-childrens-services-trust"),
        ("Doncaster Children's Trust", "agency:doncaster-childrens-services-trust"),
        ("Slough Children's Trust", "agency:slough-children-first"),
        ("Sandwell Children's Trust", "agency:sandwell-childrens-trust"),
    ],
)
def test_trust_is_known_with_and_without_services_in_its_name(name: str, thing: str) -> None:
    assert [term.id for term in load_vocabulary().things if name in {spelling.text for spelling in term.spellings}] == [
        thing
    ]
