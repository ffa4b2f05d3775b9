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
        # Spellings that the register does not list.
        (
            "Inspection of Bournemouth Christchurch & Poole children's services",
            "Bournemouth, Christchurch and Poole",
            "E06000058",
        ),
        ("Focused visit to N.E. Lincolnshire children's services", "North East Lincolnshire", "E06000012"),
        ("Inspection of NE Lincs local authority children's services", "North East Lincolnshire", "E06000012"),
        ("Monitoring visit of N Yorks children's services", "North Yorkshire", "E06000065"),
        ("Inspection of Saint Helens children's services", "St Helens", "E08000013"),
        ("Inspection of the London Borough of Bexley’s children’s services", "Bexley", "E09000004"),
        ("Inspection of Dudley MBC children's services", "Dudley", "E08000027"),
        ("Focused visit to the Royal Borough of Kensington & Chelsea", "Kensington and Chelsea", "E09000020"),
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


@pytest.mark.parametrize(
    ("title", "name", "note"),
    [
        ("Inspection of Bukinghamshire local authority children's services", "Buckinghamshire", "'Bukinghamshire'"),
        ("Focused visit to Midlesbrough children's services", "Middlesbrough", "'Midlesbrough'"),
        ("Monitoring visit of Wolverhamtpon City Council", "Wolverhampton", "read as Wolverhampton"),
        ("Inspection of Mossford Borough Council children's services", None, "'Mossford Borough"),
        ("Area SEND inspection of Thistledown Local Area Partnership", None, "no council of the register"),
        ("Inspection of Upper Durham local authority children's services", None, "'Upper Durham'"),
        ("Thistledown\nInspection of services for children in need of help and protection", None, "'Thistledown'"),
        ("Mossford Vale Council\nInspection of children's services", None, "'Mossford Vale Council'"),
        (
            "Lecester City Council\nInspection of services for children in need of help and protection",
            "Leicester",
            "read",
        ),
        # As near to Hertfordshire as to Herefordshire; a district; a name of few letters.
        ("Inspection of Herfordshire local authority children's services", None, "'Herfordshire'"),
        ("Focused visit to Burnley children's services", None, "'Burnley'"),
        ("Focused visit to Boston children's services", None, "'Boston'"),
    ],
)
def test_title_is_read_with_a_note_or_gives_no_council(nlp: Language, title: str, name: str | None, note: str) -> None:
    doc = nlp(f"{title}\nDurham and Leeds work together. Durham hosts the hub, and Durham knows it.")

    assert [span.id_ for span in doc.spans["authorities"]] == ([name] if name else [])
    assert note in " ".join(doc.spans["authorities"].attrs["notes"])


def test_council_inspected_after_its_end_is_named_with_a_note(nlp: Language) -> None:
    doc = nlp("Inspection of Cumbria children's services\nInspection dates: 3 to 7 June 2024")

    assert [span.id_ for span in doc.spans["authorities"]] == ["Cumbria"]
    assert "ended on 2023-03-31, before this inspection" in doc.spans["authorities"].attrs["notes"][0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Durham praised by Ofsted\nLeeds and Bury sent letters, said Leeds. Leeds is near.", "Durham"),
        (
            "A good day\nDurham did well, Ofsted said. Durham is glad, and so is Durham’s neighbour Sunderland.",
            "Durham",
        ),
        ("Durham and Leeds praised\nOfsted said so.", None),
        ("Mixed picture\nDurham\nOfsted said it is good.\nLeeds\nOfsted said it is weak.\nBury was quiet.", None),
        ("Mixed picture\nOfsted said that Durham, Leeds, Bury and Wigan have work to do.", None),
    ],
)
def test_news_is_about_one_council_or_none(nlp: Language, text: str, name: str | None) -> None:
    doc = nlp(text)

    assert [span.label_ for span in doc.spans["kinds"]] == ["news"]
    assert [span.id_ for span in doc.spans["authorities"]] == ([name] if name else [])
    assert bool(doc.spans["authorities"].attrs["notes"]) == (name is None)
