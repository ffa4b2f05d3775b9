"""Boilerplate in invented reports: what is marked, what is not, and that it holds no finding."""

import pytest
import spacy

from caregraph.extractors import sentences
from caregraph.extractors.documents import boilerplate, kinds
from caregraph.extractors.documents.boilerplate import kind_of_boilerplate, kinds_of_blocks
from caregraph.extractors.findings import findings
from caregraph.extractors.reading.read import report_from_text
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.vocabulary import load_vocabulary

LETTER = """Dear Ms Moor

Focused visit to Ashmere children’s services

This letter gives what came of the visit on 3 May 2023. The focus was children in care.

Two of us were in Ashmere, and one read records from afar.

Headline findings

Children in care are visited often, and social workers know them well. Ofsted will use these findings when it plans.

Yours sincerely
"""


@pytest.fixture(scope="module")
def read():
    nlp, vocabulary = spacy.blank("en"), load_vocabulary()
    for module in (sentences, kinds, boilerplate, findings):
        module.add_to(nlp, vocabulary)

    def annotated(text):
        reading = segment(report_from_text("own.txt", text))
        doc = nlp.make_doc(reading.text)
        doc.user_data["reading"] = reading
        return nlp(doc)

    return annotated


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("This visit was carried out partly by remote means, in line with the framework.", "method"),
        ("Her Majesty’s Inspectors for this visit were Ann Moor and Paul Lee.", "method"),
        ("Inspectors also considered a wide range of evidence, such as case records.", "method"),
        ("This letter to all the leaders in the area outlines our findings.", "method"),
        ("Between 3 and 7 May, Ofsted and the Care Quality Commission carried out a joint inspection.", "method"),
        ("I am copying this letter to the Department for Education.", "method"),
        ("However, the delivery model was adapted to the COVID-19 restrictions.", "pandemic"),
        ("An inadequate local authority fails to protect its children.", "grade"),
        ("The overall judgement is that services are good.", "grade"),
        # What inspectors saw is about the council, however it begins.
        ("Inspectors were struck by how well personal advisers know care leavers.", ""),
        ("Inspectors considered a number of case records where visits were late.", ""),
        ("Inspectors reviewed cases in which children had waited too long.", ""),
        ("During the pandemic, social workers went on seeing children at home.", ""),
        ("A good local offer is in place for care leavers.", ""),
        ("It was led by the council’s virtual school, and children enjoyed it.", ""),
    ],
)
def test_boilerplate_is_told_from_what_inspectors_found(sentence, kind):
    assert kind_of_boilerplate(sentence) == kind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("About this inspection", "method"),
        ("What the inspection judgements mean: the local authority", "grade"),
        ("The experiences and progress of care leavers", ""),
    ],
)
def test_some_headings_have_boilerplate_below_them(heading, kind):
    assert kind_of_boilerplate("Children are helped early, and help lasts.", (heading,)) == kind


def test_what_a_letter_says_before_its_findings_is_method(read):
    doc = read(LETTER)
    marked = {span.text: span.label_ for span in doc.spans["boilerplate"]}

    assert marked["Two of us were in Ashmere, and one read records from afar."] == "method"
    assert "Children in care are visited often, and social workers know them well." not in marked


def test_boilerplate_is_no_finding(read):
    doc = read(LETTER)

    assert [span.text for span in doc.spans["findings"]] == [
        "Children in care are visited often, and social workers know them well."
    ]


def test_a_block_is_boilerplate_if_all_of_it_is(read):
    doc = read(LETTER)
    reading = doc.user_data["reading"]
    blocks = {reading.text[block.start : block.end]: kinds_of_blocks(doc).get(block.start) for block in reading.blocks}

    assert blocks["Two of us were in Ashmere, and one read records from afar."] == "method"
    assert [kind for text, kind in blocks.items() if text.startswith("Children in care are visited")] == [None]
