import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Span

from caregraph.extractors import missing
from caregraph.ontology.vocabulary import load_vocabulary

OF_2015, OF_2018, OF_2024, OF_2026 = (
    "2015-09-14/2015-10-08",
    "2018-03-05/2018-03-09",
    "2024-09-09/2024-09-13",
    "2026-05-11/2026-05-15",
)
EITHER_WAY = "2023-02-20/2023-02-24"  # care judged together, or apart
FIVE = "overall leaders help-and-protection in-care care-leavers"
TOGETHER = "overall leaders help-and-protection in-care-and-care-leavers"
SINGLE = "overall help-and-protection in-care-and-care-leavers adoption care-leavers leaders lscb"


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    missing.add_to(nlp, load_vocabulary())
    return nlp


def missing_fields(nlp: Language, kind: str, days: str, areas: str, role: str, title: str) -> list[str]:
    doc = nlp.make_doc(title)
    doc.spans["kinds"] = [Span(doc, 0, len(doc), kind)] if kind else []
    doc.spans["dates"] = [Span(doc, 0, 1, "inspected", span_id=days)] if days else []
    doc.spans["judgements"] = [Span(doc, 0, 1, area, span_id="good") for area in areas.split()]
    doc.spans["themes"] = [Span(doc, 0, 1, kind)]
    doc.spans["people"] = [Span(doc, 0, 1, role, span_id="Nerys Osgathorpe")] if role else []
    return [note.field for note in nlp.get_pipe("missing")(doc).user_data["missing"]]


@pytest.mark.parametrize(
    ("kind", "days", "areas", "expected"),
    [
        ("ilacs", OF_2024, "", ["judgements"]),
        ("ilacs", OF_2024, "overall leaders help-and-protection in-care", ["judgements.care-leavers"]),
        ("ilacs", OF_2024, "leaders help-and-protection in-care care-leavers", ["judgements.overall"]),
        ("ilacs", OF_2024, f"{FIVE} unread", []),
        (
            "ilacs",
            EITHER_WAY,
            "overall leaders",
            ["judgements.care-leavers", "judgements.help-and-protection", "judgements.in-care"],
        ),
        ("ilacs", "", FIVE, ["inspected"]),
        ("ilacs", "", "overall", ["inspected", "judgements.help-and-protection", "judgements.leaders"]),
        ("sif", OF_2015, "", ["judgements"]),
        ("sif", OF_2015, SINGLE.replace("adoption ", ""), ["judgements.adoption"]),
        ("area-send", OF_2024, "", ["judgements"]),
        ("focused-visit", OF_2024, "", ["people"]),
        ("monitoring-visit", OF_2024, "", ["people"]),
        ("jtai", "", "", ["inspected", "people"]),
        # Documents that have everything that one of their kind has.
        ("ilacs", OF_2024, FIVE, []),
        ("ilacs", EITHER_WAY, FIVE, []),
        ("ilacs", EITHER_WAY, TOGETHER, []),
        ("ilacs", OF_2026, FIVE.replace("overall ", ""), []),
        ("sif", OF_2015, SINGLE, []),
        ("sif", OF_2015, SINGLE.replace(" lscb", ""), []),
        ("sif", OF_2015, "lscb", []),
        ("area-send", OF_2024, "outcome", []),
        ("area-send", OF_2018, "", []),
        ("pre-2013", "2011-03-08/2011-03-09", "", []),
        ("news", "", "", []),
        ("", "", "", []),
    ],
)
def test_fields_that_a_kind_should_have_are_noted(
    nlp: Language, kind: str, days: str, areas: str, expected: list[str]
) -> None:
    assert missing_fields(nlp, kind, days, areas, "", "Inspection of Ashmere children's services") == expected


@pytest.mark.parametrize(
    ("kind", "role", "title"),
    [
        ("focused-visit", "lead", "Focused visit to Wexholme"),
        ("jtai", "director", "Joint targeted area inspection of Wexholme"),
        ("area-send", "", "Area SEND monitoring inspection of Pellmouth"),
    ],
)
def test_documents_with_inspectors_or_without_grades_have_no_note(
    nlp: Language, kind: str, role: str, title: str
) -> None:
    assert missing_fields(nlp, kind, OF_2024, "", role, title) == []


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("focused-visit", ["themes"]), ("monitoring-visit", ["themes"]), ("jtai", ["themes"]), ("ilacs", [])],
)
def test_a_letter_without_a_theme_is_noted(nlp, kind, expected):
    doc = nlp.make_doc("Focused visit to Ashmere")
    doc.spans["kinds"] = [Span(doc, 0, len(doc), kind)]
    doc.spans["dates"] = [Span(doc, 0, 1, "inspected", span_id=OF_2024)]
    doc.spans["people"] = [Span(doc, 0, 1, "lead", span_id="Nerys Osgathorpe")]
    doc.spans["judgements"], doc.spans["themes"] = [], []

    notes = nlp.get_pipe("missing")(doc).user_data["missing"]

    assert [note.field for note in notes if not note.field.startswith("judgements")] == expected
