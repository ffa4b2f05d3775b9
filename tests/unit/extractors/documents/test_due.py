"""Due inspections of invented reports: what their words say, or else the rule for their outcome."""

import pytest
import spacy
from spacy.tokens import Span

from caregraph.extractors.documents import due
from caregraph.ontology.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("en")
    due.add_to(nlp, load_vocabulary())
    return nlp


@pytest.mark.parametrize(
    ("kind", "grade", "text", "expected"),
    [
        ("area-send", "positive", "Outcome. The area does well.", [("inspection", "60", "area-send-2023")]),
        (
            "area-send",
            "positive",
            "Outcome. The next full inspection will be within about five years.",
            [("inspection", "60", "stated")],
        ),
        (
            "area-send",
            "systemic-failings",
            "Outcome. A monitoring inspection will be carried out within approximately 18 months.",
            [("monitoring-inspection", "18", "stated"), ("inspection", "36", "area-send-2023")],
        ),
        (
            "area-send",
            "inconsistent",
            "Outcome. Plans are written within 20 weeks.",
            [("inspection", "36", "area-send-2023")],
        ),
        ("ilacs", "good", "Outcome. The next visit is welcome.", []),
        ("news", "positive", "Outcome. The next inspection is within 3 years.", []),
    ],
)
def test_what_is_due_is_what_the_words_or_the_rule_tell(nlp, kind, grade, text, expected):
    doc = nlp.make_doc(text)
    framework = "area-send-2023" if kind == "area-send" else kind
    doc.spans["kinds"] = [Span(doc, 0, 1, kind, span_id=framework)]
    doc.spans["judgements"] = [Span(doc, 0, 1, "outcome", span_id=grade)]

    spans = nlp.get_pipe("due")(doc).spans["due"]

    assert [(span.label_, span.id_, span.kb_id_) for span in spans] == expected
