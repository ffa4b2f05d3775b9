from types import SimpleNamespace

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from caregraph.extractors.names.services import ServiceExtractor, add_to
from caregraph.ontology.vocabulary import load_vocabulary

THINGS = [
    ("service:mash", "service", "multi-agency safeguarding hub", False),
    ("service:mash", "service", "MASH", True),
    ("agency:raa", "agency", "regional adoption agency", False),
    ("agency:adopt-us", "agency", "Adopt Us", True),
    ("body:lscb", "body", "local safeguarding children board", False),
    ("body:lscb", "body", "safeguarding children board", False),
    ("body:cicc", "body", "children in care council", False),
    ("agency:constabulary", "agency", "Oldport Constabulary", False),
    ("body:coast", "body", "Coast Regional Children in Care Council", False),
    ("process:need", "process", "child in need plan", False),
    ("process:protection", "process", "child protection plan", False),
    ("programme:pause", "programme", "Pause", True),
    ("service:exploitation", "service", "child exploitation team", False),
    ("service:advice", "service", "integrated interview age service", False),
    ("service:edge", "service", "edge of care service", False),
    ("agency:ccg", "agency", "clinical commissioning group", False),
    ("agency:ofsted", "agency", "Ofsted", False),
    ("agency:tees", "agency", "Adoption Tees", False),
    ("agency:tees", "agency", "ATV", True),
    ("agency:thames", "agency", "Adoption Thames", False),
    ("agency:thames", "agency", "ATV", True),
]
EXTRACTOR = ServiceExtractor(
    things=THINGS,
    generic_kinds={"agency:adopt-us": "agency:raa", "body:coast": "body:cicc"},
    local=["service:mash", "body:cicc", "service:edge"],
    concept_acronyms=["SEND", "CSE"],
    authorities=[
        "Oldport",
        "Oldport City Council",
        "Newbury Vale",
        "Marsh",
        "Marsh-on-Sea",
        "Ashmere",
        "Ashmere with Oldport",
    ],
)


def things(text: str, **context: object) -> list[tuple[str, str, str]]:
    """The words, the type and the key of each mention."""
    mentions = EXTRACTOR.find(text, **context)  # type: ignore[arg-type]
    return [(text[mention.start : mention.end], mention.type, mention.key) for mention in mentions]


def names(text: str) -> list[str]:
    return [words for words, _, _ in things(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Capitals that the noun of a thing ends, or that it follows in small letters.
        ("Members of the Harbour Improvement Board met.", [("Harbour Improvement Board", "body")]),
        ("Staff in the Full Moon team help.", [("Full Moon team", "service")]),
        *(
            (
                f"{words} Marsh-on-Sea and Dunmere children’s hub is liked.",
                [("Marsh-on-Sea and Dunmere children’s hub", "service")],
            )
            for words in ("", "Today, the")
        ),
        ("Support from Bright Tides, a charity for families, helps.", [("Bright Tides", "agency")]),
        ("They use Stepwise, an early intervention project, well.", [("Stepwise", "programme")]),
        ("Young people value a hub called The Jetty.", [("Jetty", "service")]),
        ("Police run Operation Lantern with schools.", [("Operation Lantern", "programme")]),
        ("Parents praise Children and Families Oldport often.", [("Children and Families Oldport", "service")]),
        # A noun some words behind the capitals, or behind a bracket.
        ("The Blue Buoy early family service helps.", [("Blue Buoy early family service", "service")]),
        ("Staff praise the Blue Buoy (edge of care) service.", [("Blue Buoy (edge of care) service", "service")]),
        ("Parents like the Harbour Therapy (HT-CAN) team.", [("Harbour Therapy", "programme")]),
        ("Many go to the Saturday drama club.", [("Saturday drama club", "service")]),
        (
            "Managers buy places from the Blue Coast adoption consortium.",
            [("Blue Coast adoption consortium", "agency")],
        ),
        # Capitals that nothing follows, among words in small letters.
        ("Young people take part in the Learning Quay each week.", [("Learning Quay", "programme")]),
        ("They are supported by mentors and Harbour Connect.", [("Harbour Connect", "programme")]),
        # One word, that a text uses as a name again and again.
        (
            "Contacts go to Lanternline. Lanternline answers calls.",
            [("Lanternline", "service"), ("Lanternline", "service")],
        ),
        ("Help is provided by Tidewell, and Tidewell listens.", [("Tidewell", "agency"), ("Tidewell", "agency")]),
        # The noun before the place, and the health service of one.
        ("Leaders work with the University of Oldport.", [("University of Oldport", "agency")]),
        ("The nurses of NHS Upper Marsh agree.", [("NHS Upper Marsh", "agency")]),
        # A name whose end has a line of its own.
        ("Chief Executive, NHS Upper Marsh\nTrust\nAnn Smith", [("NHS Upper Marsh\nTrust", "agency")]),
        ("Director, Harbour Integrated\nCare Board", [("Harbour Integrated\nCare Board", "body")]),
        # Names in quotation marks.
        ("The ‘Sycamore’ team listens.", [("Sycamore", "service")]),
        ("The ‘Quiet Corner’, a hub for carers, opened.", [("Quiet Corner", "service")]),
        ("Children write their ‘my plan’ themselves.", [("my plan", "process")]),
        # In small letters, and any noun of a thing behind it; one quoted word may be no more than a stressed one.
        ("The ‘ever near’ approach supports care leavers.", [("ever near", "programme")]),
        ("They use the ‘stay well screening tool’ often.", [("stay well screening tool", "process")]),
        ("The ‘aiming higher’ improvement programme grows.", [("aiming higher", "programme")]),
        ("Foster carers like their ‘in our shoes’ training.", [("in our shoes", "programme")]),
        ("They are helped by workers known as ‘tide guides’ there.", [("tide guides", "programme")]),
        # Two names that a small word joins, and a sentence's first word.
        (
            "Since the Harbour Board and the Coast Forum met, much changed.",
            [("Harbour Board", "body"), ("Coast Forum", "body")],
        ),
        ("Leaders in the Sailors Panel agree.", [("Sailors Panel", "body")]),
        # A council's name before another's, or an agency's behind a small word.
        (
            "Oldport City Council Harbour Coast Integrated Care Board leads.",
            [("Harbour Coast Integrated Care Board", "body")],
        ),
        (
            "Operation Lantern with Adoption Tees works.",
            [("Operation Lantern", "programme"), ("Adoption Tees", "agency")],
        ),
        ("Leaders of Newbury Vale and Adoption Tees meet.", [("Adoption Tees", "agency")]),
        ("Partners in Oldport and Oldport Constabulary agree.", [("Oldport Constabulary", "agency")]),
        ("Write to Bright Tides Trust and Oldport City Council.", [("Bright Tides Trust", "agency")]),
        # The second half of a hyphened word is no beginning of a name.
        ("The in-edge exploitation team grows.", [("exploitation team", "service")]),
        # Small letters, of words that the vocabulary has.
        ("The exploitation panel sits weekly.", [("exploitation panel", "body")]),
        ("An interview board and an age hub sit weekly.", [("interview board", "body"), ("age hub", "service")]),
    ],
)
def test_services_find_names_that_are_in_no_list(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(words, type_) for words, type_, _ in things(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ofsted inspected Oldport City Council in March.",
        "The Director of Children’s Services and the Lead Member meet the Chief Executive.",
        "Senior managers know their teams, and the leadership team is stable.",
        "The Children Act 1989 applies. Secretary of State for Health.",
        "This was done at the request of the Secretary of State for Education.",
        "She is an Inspector of Fire & Rescue Services.",
        "The leaders of Oldport’s SEND services have changed.",
        "A ‘dramatic’ approach helps nobody.",
        "Their ‘open door’ policy and a ‘close the loop’ process are known.",
        "“They have helped me a lot with my plan”, one child said.",
        "Children are proud of a ‘good’ service.",
        "Oldport services are good, and Oldport Council is ambitious.",
        "Children with special educational needs and/or disabilities (SEND) and at risk of exploitation (CSE).",
        "Local clinical commissioning groups took part.",
        "Pause before you speak.",
        "Similarly, the workers had a plan.",
        # Capitals of subjects, peoples, places, posts and days, and of a word that is one of two.
        "The Domestic Abuse strategy, an Eastern European family, a trip to the Dark Forest and the Town Clerk.",
        "They meet the Family Liaison Officer on the first Monday of the Autumn Term.",
        "Families use the Wi-Fi there.",
        "In Newbury Vale, a package of help began; work with the Royal Society for the Study of Tides goes on.",
        "The visit was led by Ann Smith, an inspector.",
        "They live in Dunmere, and the Dunmere Valley has a beach.",
        "Young people from Denmark speak Danish, and families write in Danish.",
        "The boards and the local hubs of the partnership meet.",
        # Addresses, with a postcode or without.
        "Harbour House\nStore Street\nOldport M1 2WD\nTelephone 0300 000 0000",
        "Director, Oldport Civic Centre\nTide Road\nOldport OP24 8AY",
        "Oldport Lane Centre, Oldport OP2 8AB",
        "They work in the Civic Centre.",
        # The end of a name that a line break cut.
        "Harbour Coast Integrated\nCare Board and Clinical\nCommissioning Groups",
        # Words that any team may have before its name, and systems.
        "An integrated service and an interview panel are in place for every age group.",
        "The local Health Trusts and the Trust Board agree on the integrated children's system (ICS).",
        # Inspections and their frameworks.
        "This visit followed the inspection of local authority children's services (ILACS) framework.",
        "The single inspection framework (SIF) and the joint targeted area inspection (JTAI) came first.",
        "Inspectors came from Education and Social Care, a team of many years.",
        "The Placement Review (England) Regulations 2010 apply.",
        # A footnote's number, and a verb in the way of a noun.
        "They looked at families in Oldport3.",
        "Feedback from Stepwise about service provision helps.",
    ],
)
def test_services_leave_out_what_names_no_thing(text: str) -> None:
    assert names(text) == []


def test_services_find_a_definition_and_where_it_is_used() -> None:
    text = "The families advice service (FAS) is new. Parents like the FAS, and the FAS team is kind."
    mentions = things(text)

    assert [words for words, _, _ in mentions] == ["families advice service", "FAS", "FAS", "FAS"]
    assert len({key for _, _, key in mentions}) == 1
    assert {type_ for _, type_, _ in mentions} == {"service"}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("The regional adoption agency (Adopt Us) grows.", ["agency:adopt-us", "agency:adopt-us"]),
        # A body of a region stands beside the council's own, and may be named alone.
        ("The Coast Regional Children in Care Council met the children in care council.", ["body:coast", "body:cicc"]),
        # The one agency of its kind in the document.
        ("Adopt Us is good. The regional adoption agency grows.", ["agency:adopt-us", "agency:adopt-us"]),
        ("The edge of care service, Staying Near, which is new, helps.", ["staying near", "staying near"]),
        ("The ‘Sycamore’ team and the Sycamore service help.", ["sycamore", "sycamore"]),
        # A shared acronym is that of the thing named in full.
        ("Adoption Thames is new. ATV grows.", ["agency:thames", "agency:thames"]),
        # A name in capitals goes on without its head.
        ("The Full Moon team is new. Parents trust Full Moon.", ["full moon", "full moon"]),
        ("The MASH team sits in the multi-agency safeguarding hub.", ["service:mash", "service:mash"]),
        # A proper name before the common one, which may have capitals.
        ("‘Our Voice’, the council’s Children in Care Council, sings.", ["our voice", "our voice"]),
        ("‘Tidal Voices’, the children in care council, meets.", ["tidal voice", "tidal voice"]),
        ("The Children in Care Council, A Tidal Voice, provides help.", ["tidal voice", "tidal voice"]),
        ("The Coast Board, the children in care council, schools and others met.", ["coast board", "body:cicc"]),
        # With what it is behind it, and without.
        ("The Blue Buoy team and the Blue Buoy early help team met.", ["blue buoy", "blue buoy"]),
    ],
)
def test_services_know_one_thing_by_its_several_names(text: str, keys: list[str]) -> None:
    assert [key for _, _, key in things(text)] == keys


def test_services_tell_an_authoritys_own_body_from_a_neighbours() -> None:
    text = "Oldport Safeguarding Children Board met Newbury Vale Safeguarding Children Board."

    own, neighbour = things(text, authority="Oldport")

    assert own == ("Oldport Safeguarding Children Board", "body", "body:lscb")
    assert neighbour == ("Newbury Vale Safeguarding Children Board", "body", "newbury vale safeguarding child board")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Harbour Clinical Commissioning Group pays. The clinical commissioning group agrees.", ["harbour"] * 2),
        ("Harbour Clinical Commissioning Group (NHS HC CCG) pays.", ["harbour"] * 2),
        # With two, the name in general is neither's.
        (
            "Harbour Clinical Commissioning Group and Marsh Clinical Commissioning Group met"
            " the clinical commissioning group.",
            ["harbour", "marsh", "agency"],
        ),
        # The council's own is one, too.
        (
            "Oldport Clinical Commissioning Group met Harbour Clinical Commissioning Group.",
            ["agency", "harbour"],
        ),
    ],
)
def test_services_know_the_one_agency_of_a_kind_in_general(text: str, keys: list[str]) -> None:
    assert [key.partition(" ")[0].partition(":")[0] for _, _, key in things(text, authority="Oldport")] == keys


def test_services_take_no_person_for_a_thing() -> None:
    text = "They met Giles Oldport there."

    assert names(text) == ["Giles Oldport"]
    assert things(text, people=[(9, 22)]) == []


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("en")
    add_to(pipeline, load_vocabulary())
    return pipeline


def in_blocks(nlp: Language, *blocks: tuple[str, str]) -> Doc:
    """A document of blocks, each a kind and its text."""
    text = "\n".join(words for _, words in blocks)
    starts = [text.index(words) for _, words in blocks]
    doc = nlp.make_doc(text)
    doc.user_data["reading"] = SimpleNamespace(
        blocks=[
            SimpleNamespace(kind=kind, start=start, end=start + len(words))
            for (kind, words), start in zip(blocks, starts, strict=True)
        ]
    )
    return nlp(doc)


def test_services_write_type_term_fullest_name_and_aliases(nlp: Language) -> None:
    doc = in_blocks(
        nlp, ("paragraph", "The multi-agency safeguarding hub (MASH) is good. Two ‘Blue Door’ teams work in the MASH.")
    )
    group = doc.spans["services"]

    assert [(span.text, span.label_, span.kb_id_, span.id_) for span in group] == [
        ("multi-agency safeguarding hub", "service", "service:mash", "multi-agency safeguarding hub"),
        ("MASH", "service", "service:mash", "multi-agency safeguarding hub"),
        ("Blue Door", "service", "", "Blue Door"),
        ("MASH", "service", "service:mash", "multi-agency safeguarding hub"),
    ]
    assert group.attrs["aliases"] == [["MASH"], ["MASH"], [], ["MASH"]]


def test_services_span_whole_tokens(nlp: Language) -> None:
    doc = in_blocks(nlp, ("paragraph", "The MASH and Mockingbird3 work."))

    assert [(span.text, span.id_) for span in doc.spans["services"]] == [
        ("MASH", "MASH"),
        ("Mockingbird3", "Mockingbird"),
    ]


def test_services_are_silent_in_imprint_and_contents(nlp: Language) -> None:
    doc = in_blocks(
        nlp,
        ("contents", "The multi-agency safeguarding hub 4"),
        ("paragraph", "The virtual school is ambitious."),
        ("imprint", "Write to the Harbour Information Team, which also inspects the virtual school."),
    )

    assert [span.text for span in doc.spans["services"]] == ["virtual school"]


def test_services_find_nothing_in_a_document_without_any(nlp: Language) -> None:
    doc = in_blocks(nlp, ("paragraph", "Children are seen, and they are happy."))

    assert list(doc.spans["services"]) == []
    assert doc.spans["services"].attrs["aliases"] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Return home interviews are late. A return home interview was missed.", "return home interview"),
        ("Child protection enquiries are thorough.", "Child protection enquiry"),
    ],
)
def test_services_name_a_thing_in_the_singular(nlp: Language, text: str, name: str) -> None:
    doc = nlp(text)

    assert {span.id_ for span in doc.spans["services"]} == {name}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All have a ‘child in need’ plan.", "child in need plan"),
        ('All have a "child in need" plan.', "child in need plan"),
        ("They call it the ‘children in care’ council", "children in care council"),
        ("It is known as ‘Oldport’s Harbour Board’.", "Oldport’s Harbour Board"),
        ("Ashmere with Oldport’s Harbour Board met.", "Ashmere with Oldport’s Harbour Board"),
    ],
)
def test_full_name_has_no_half_of_a_quotation_or_of_a_council(text, expected):
    assert expected in [mention.full for mention in EXTRACTOR.find(text)]
