import pytest
import spacy

from caregraph.extractors import sentences
from caregraph.extractors.documents import boilerplate, kinds
from caregraph.extractors.findings import findings
from caregraph.extractors.findings.sentence_context import Sentence, finding_kind
from caregraph.extractors.reading.read import report_from_text
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def judge():
    nlp, vocabulary = spacy.blank("en"), load_vocabulary()
    for module in (sentences, kinds, boilerplate, findings):
        module.add_to(nlp, vocabulary)

    def judged(text):
        reading = segment(report_from_text("own.txt", text))
        doc = nlp.make_doc(reading.text)
        doc.user_data["reading"] = reading
        return nlp(doc)

    return judged


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        ("Social workers visit children regularly and know them very well.", "strength"),
        ("Caseloads are too high, and managers do not have sufficient oversight of practice.", "concern"),
        ("Although most children are visited regularly, plans for some are weak and drift.", "mixed"),
    ],
)
def test_findings_have_the_polarity_that_inspectors_mean(judge, sentence, polarity):
    doc = judge(sentence)

    assert [(span.text, span.label_, span.id_) for span in doc.spans["findings"]] == [(sentence, polarity, "finding")]


@pytest.mark.parametrize(
    "lead_in", ["What needs to improve in this area?", "The council needs to improve the following:"]
)
def test_each_bullet_of_a_list_is_one_thing_to_improve(judge, lead_in):
    items = "• the timeliness of visits to children. Managers do not check these visits.\n• the oversight by leaders"

    doc = judge(f"{lead_in}\n\n{items}\n\nFindings\n\nChildren are visited often and well.")

    listed = [span.text for span in doc.spans["findings"] if span.id_ == "area-for-improvement"]
    assert listed == ["the timeliness of visits to children.", "the oversight by leaders"]


def test_a_reference_to_the_national_framework_is_no_finding(judge):
    doc = judge("What needs to improve?\n\n• The oversight by leaders. (Enabler 2, National Framework)")

    assert [span.text for span in doc.spans["findings"]] == ["The oversight by leaders."]


def test_findings_know_their_topics(judge):
    doc = judge("Neglect is recognised well, and early help is effective for children.")
    group = doc.spans["findings"]

    assert set(group.attrs["topics"][0]) == {"neglect", "early-help"}
    assert 0.5 < group.attrs["confidence"][0] <= 1


def test_findings_have_the_topics_that_their_words_name(judge):
    doc = judge("Adoption is successful for brothers and sisters, who are rarely parted.")

    assert doc.spans["findings"].attrs["topics"][0] == ["adoption", "siblings"]


@pytest.mark.parametrize(
    "text",
    [
        "The inspection took place between 6 and 10 March 2023.",
        "The council should:",
        "Page 4",
    ],
)
def test_findings_are_silent_where_nobody_judges(judge, text):
    doc = judge(text)
    group = doc.spans["findings"]

    assert len(group) == 0
    assert group.attrs == {"confidence": [], "topics": []}


def test_sentences_know_if_they_go_on_a_paragraph(judge):
    text = "Visits are regular and purposeful. Plans are weak and late.\n\nCare leavers live in safe homes.\n\n"
    bullets = "• Leaders know their services well. They act on it.\n• Staff are trained well and often."

    candidates = findings.candidate_sentences(judge(text + bullets))

    assert [candidate.sentence.continues for candidate in candidates] == [False, True, False, False, True, False]


def test_findings_have_parallel_attributes(judge):
    doc = judge("Visits are regular and purposeful. Plans are weak and late. Care leavers live in safe homes.")
    group = doc.spans["findings"]

    assert len(group) == len(group.attrs["confidence"]) == len(group.attrs["topics"]) == 3


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("What needs to improve?", "area-for-improvement"),
        ("What needs to improve in this area of social work practice", "area-for-improvement"),
        ("Areas for improvement", "area-for-improvement"),
        ("Area for priority action", "priority-action"),
        ("Recommendations", "recommendation"),
        ("Case study: area for improvement", "finding"),
        ("The impact of leaders on social work practice", "finding"),
        # Only the beginning of a heading is read, of whatever length it is.
        (f"{'W' * 300} recommendations", "finding"),
    ],
)
def test_a_finding_is_of_the_kind_its_heading_says(heading, kind):
    assert finding_kind(Sentence("The quality of plans.", heading, bullet=True)) == kind
