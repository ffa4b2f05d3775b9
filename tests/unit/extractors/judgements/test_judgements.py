import pytest
import spacy
from spacy.language import Language

from caregraph.extractors.documents import kinds
from caregraph.extractors.judgements import judgements
from caregraph.ontology.vocabulary import load_vocabulary

ILACS = "Inspection of Harrow local authority children’s services\nJudgement Grade\n"
SIF = "Inspection of services for children in need of help and protection, children looked after and care leavers\n"
LEADERS = "The impact of leaders on social work practice with children and families"
PROTECTION = "The experiences and progress of children who need help and protection"
LEAVERS = "The experiences and progress of care leavers"


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    for component in (kinds, judgements):
        component.add_to(nlp, load_vocabulary())
    return nlp


def found(nlp: Language, text: str) -> list[tuple[str, str]]:
    doc = nlp(text)
    return [(span.label_, span.id_) for span in doc.spans["judgements"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LEADERS} Outstanding\nOverall effectiveness Good", [("leaders", "outstanding"), ("overall", "good")]),
        # The longer grade, and 'good' inside it is no second one.
        (f"{PROTECTION}\nRequires improvement to be good", [("help-and-protection", "requires-improvement")]),
        # Columns of a table that ran into each other, the grade in the midst of the area or split over two lines.
        (
            "The experiences and progress of children who need help and Outstanding\nprotection\n"
            "Overall effectiveness Good",
            [("help-and-protection", "outstanding"), ("overall", "good")],
        ),
        (
            "The experiences and progress of children in Requires\ncare and care leavers improvement",
            [("in-care-and-care-leavers", "requires-improvement")],
        ),
        # A page whose lines all ran together.
        (
            f"Lead inspector: Ada Moor Judgement Grade {LEADERS} Good {LEAVERS} Outstanding Overall effectiveness Good"
            " Children thrive.",
            [("leaders", "good"), ("care-leavers", "outstanding"), ("overall", "good")],
        ),
        # The longer area.
        (
            "The experiences and progress of children in care Good\n"
            "The experiences and progress of children in care and care leavers Good",
            [("in-care", "good"), ("in-care-and-care-leavers", "good")],
        ),
        # The heading says it again.
        (
            f"{LEAVERS} Good\nYoung people do well.\n{LEAVERS}: good",
            [("care-leavers", "good"), ("care-leavers", "good")],
        ),
        (f"{LEADERS} Good\nStaff stay.\n{LEADERS} is: Good", [("leaders", "good"), ("leaders", "good")]),
        # The earlier inspection's grades are not this one's.
        (
            "Overall effectiveness Good\nIn 2019 the judgements were:\nOverall effectiveness: inadequate\n"
            f"{LEADERS} Good",
            [("overall", "good"), ("leaders", "good")],
        ),
        # A sentence that goes on gives no grade.
        ("Overall effectiveness is good at every level of the service", []),
        # Given, but unreadable.
        (f"{LEADERS} Good\n{LEAVERS} Inadeqvate\n", [("leaders", "good"), ("unread", "care-leavers")]),
        (f"{LEADERS} Good\n{LEAVERS} Not judged\n", [("leaders", "good")]),
        # No overall grade from April 2026.
        (f"{LEADERS} Good\nChildren's services in Harrow are good", [("leaders", "good")]),
        ("Leaders are good. Outcomes are outstanding.", []),
    ],
)
def test_judgements_of_the_current_framework(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(nlp, ILACS + text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The overall judgement is requires improvement.\nThere are no failures.",
            [("overall", "requires-improvement")],
        ),
        ("The overall judgement is that children’s services are inadequate\n", [("overall", "inadequate")]),
        ("Children’s services in Kensington and\nChelsea are outstanding\n", [("overall", "outstanding")]),
        (
            "Children’s services in Newcastle Upon Tyne require\nimprovement to be good",
            [("overall", "requires-improvement")],
        ),
        ("Children’s services in Harrow are no longer inadequate", []),
        (
            "1. Children who need help and protection Good\n"
            "2. Children looked after and achieving permanence\nInadequate\n"
            "2.1 Adoption performance Requires\nImprovement\n"
            "2.2 Experiences and progress of care leavers Good\n"
            "3. Leadership, management and governance Good",
            [
                ("help-and-protection", "good"),
                ("in-care-and-care-leavers", "inadequate"),
                ("adoption", "requires-improvement"),
                ("care-leavers", "good"),
                ("leaders", "good"),
            ],
        ),
        # The contents name areas, with page numbers.
        ("Contents\nLeadership, management and governance 29\nAdoption performance 31", []),
        ("The graded judgement for adoption performance is that it is outstanding", [("adoption", "outstanding")]),
        (
            "The Local Safeguarding Children Board (LSCB)\nThe Local Safeguarding Children Board is good\nIt meets.",
            [("lscb", "good")],
        ),
        ("The LSCB is inadequate because it seldom meets.", [("lscb", "inadequate")]),
        # What a grade means is explained at the end.
        ("An outstanding LSCB is highly influential. An LSCB that is good listens.", []),
    ],
)
def test_judgements_of_the_single_framework(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(nlp, SIF + text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Inspection of looked after children services\nOverall effectiveness\nGrade 4 (Inadequate)\n"
            "Capacity to improve\nGrade 2 (Good)\nLeadership and management Adequate",
            [("overall", "inadequate"), ("leaders", "adequate")],
        ),
        (
            "Inspection of safeguarding and looked after children services\n"
            "Safeguarding services\nOverall effectiveness Good\n"
            "Services for looked after children\nOverall effectiveness Adequate",
            [("help-and-protection", "good"), ("in-care", "adequate")],
        ),
        (
            "Joint area review\nGrades 4: outstanding; 3: good; 2: adequate; 1: inadequate\n"
            "Safeguarding 3\nLooked after children 2\nLearning difficulties and/or disabilities 4",
            [("help-and-protection", "good"), ("in-care", "adequate"), ("disabled", "outstanding")],
        ),
        (
            "Area SEND inspection of Harrow Local Area Partnership\nInspection outcome\nThe partnership’s arrangements"
            " typically lead to positive experiences and outcomes for children.",
            [("outcome", "positive")],
        ),
        (
            "Area SEND inspection of Harrow Local Area Partnership\nInspection outcome\n"
            "There are widespread and/or systemic failings leading to significant concerns about the young.",
            [("outcome", "systemic-failings")],
        ),
        # Visits and joint inspections give no grades, whatever they quote.
        ("Focused visit to Harrow children's services\nOverall effectiveness: Good", []),
        ("Overall effectiveness: Good", []),
    ],
)
def test_judgements_belong_to_a_framework(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(nlp, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Children's services in Harrow have been rated as good overall, with adoption praised as outstanding.",
            [("overall", "good"), ("adoption", "outstanding")],
        ),
        ("Inspectors judged services for care leavers to be outstanding", [("care-leavers", "outstanding")]),
        ("Children's services had been rated inadequate", []),
        ("Children's services were rated good in the last inspection", []),
        ("Staff said that care leavers do a good job", []),
    ],
)
def test_judgements_in_the_news_are_what_was_given(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(nlp, f"{text}, Ofsted said.") == expected
