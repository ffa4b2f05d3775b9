import pytest
import spacy
from spacy.language import Language

from caregraph.extractors.documents import kinds
from caregraph.ontology.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    kinds.add_to(nlp, load_vocabulary())
    return nlp


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Inspection of Harrow local authority children’s services\nInspection dates: 1 to 5 May 2023",
            ("ilacs", "ilacs"),
        ),
        ("Harrow\nInspection of children's social care services", ("ilacs", "ilacs")),
        ("Inspection of Harrow Council\nchildren’s services", ("ilacs", "ilacs")),
        (
            "Inspection of services for children in need of help and protection, children looked after",
            ("sif", "sif"),
        ),
        ("Reinspection of services for children in need of help and protection, children looked after", ("sif", "sif")),
        ("Inspection of looked after children services", ("pre-2013", "looked-after-children-2013")),
        ("Inspection of safeguarding and looked after children services", ("pre-2013", "slac")),
        (
            "Inspection of local authority arrangements for the protection of children",
            ("pre-2013", "child-protection-2012"),
        ),
        ("Dear Ms Moor\nFocused visit to Harrow children's services", ("focused-visit", "focused-visit")),
        ("Dear Ms Moor\nMonitoring visit of Harrow children's services", ("monitoring-visit", "monitoring-visit")),
        ("Dear partners\nJoint targeted area inspection of the response to neglect in Harrow", ("jtai", "jtai")),
        ("Joint inspection of police and social care in Harrow", ("jcpi", "joint-inspection")),
        ("Area SEND inspection of Harrow Local Area Partnership", ("area-send", "area-send-2023")),
        ("Joint local area SEND inspection in Harrow", ("area-send", "area-send-2016")),
        ("Joint area review\nHarrow Children's Services Authority Area", ("joint-area-review", "joint-area-review")),
        # The title comes first; other inspections are only mentioned.
        (
            "Inspection of Harrow local authority children's services\nSince the focused visit to Harrow and the Joint"
            " targeted area inspection of 2018, much has changed.",
            ("ilacs", "ilacs"),
        ),
        # A report that lost its title is known by its table.
        (
            "Judgement Grade\nThe impact of leaders on social work practice with children and families Outstanding",
            ("ilacs", "ilacs"),
        ),
        (
            "Harrow was rated good after an Inspection of Local Authority Children's Services by Ofsted, leaders said.",
            ("news", ""),
        ),
        ("The library opens at nine, the council said.", None),
        ("", None),
    ],
)
def test_kinds_come_from_the_title(nlp: Language, text: str, expected: tuple[str, str] | None) -> None:
    doc = nlp(text)

    assert [(span.label_, span.id_) for span in doc.spans["kinds"]] == ([expected] if expected else [])
