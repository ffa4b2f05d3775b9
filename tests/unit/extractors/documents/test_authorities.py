import pytest
import spacy
from spacy.language import Language

from caregraph.extractors.dates import dates
from caregraph.extractors.documents import authorities, kinds
from caregraph.ontology.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    for component in (kinds, dates, authorities):
        component.add_to(nlp, load_vocabulary())
    return nlp


@pytest.mark.parametrize(
    ("text", "name", "gss"),
    [
        ("Inspection of Essex local authority children’s services", "Essex", "E10000012"),
        ("Inspection of the Isle of Wight local authority children's services", "Isle of Wight", "E06000046"),
        ("London Borough of Bexley\nInspection of children's social care services", "Bexley", "E09000004"),
        ("Inspection of looked after children services\nKent County Council\nInspection dates", "Kent", "E10000016"),
        ("Inspection of Stockton-On-Tees local authority children's services", "Stockton-on-Tees", "E06000004"),
        ("Focused visit to Telford & Wrekin children's services", "Telford and Wrekin", "E06000020"),
        # The longest name at a place: neither York nor Yorkshire.
        ("Area SEND inspection of North Yorkshire Local Area Partnership", "North Yorkshire", "E06000065"),
        # Partners above the title have names of other places.
        (
            "Jo Hill, Chief Constable, Kent Police\nDear partners\nJoint targeted area inspection of the response to"
            " neglect in Medway",
            "Medway",
            "E06000035",
        ),
        # One name, two councils: the one of the day.
        ("Inspection of Dorset children's services\nInspection dates: 4 to 8 June 2018", "Dorset", "E10000009"),
        ("Inspection of Dorset children's services\nInspection dates: 4 to 8 October 2021", "Dorset", "E06000059"),
        # Without a title, the council that is named most.
        (
            "Reading scores rose. Bury works with Wigan. Children in Bury are safe, and Bury Council knows it.",
            "Bury",
            "E08000002",
        ),
        # A council that is in no list.
        ("Inspection of Mossford Borough Council children's services", "", ""),
    ],
)
def test_authorities_are_the_inspected_council(nlp: Language, text: str, name: str, gss: str) -> None:
    doc = nlp(text)
    (span,) = doc.spans["authorities"]

    assert (span.id_, span.kb_id_) == (name, gss)
    assert span.text in text


@pytest.mark.parametrize(
    "text", ["", "Reading aloud helps. She will bury the bone.".lower(), "Inspection of children's services"]
)
def test_authorities_are_not_invented(nlp: Language, text: str) -> None:
    doc = nlp(text)

    assert not doc.spans["authorities"]
