from dataclasses import replace

import pytest

from caregraph.explorer.figures.grade_mark import LETTERS
from caregraph.explorer.labels import (
    BACKWARD,
    FORWARD,
    citation,
    escape_markdown,
    location_label,
    node_title,
    relationship_label,
    scheme_label,
    scheme_order,
    scheme_values,
)
from caregraph.graph.neo4j.property_graph import graph_schema
from caregraph.graph.queries.evidence import Evidence, SourceDocument
from caregraph.graph.queries.nodes import Node
from caregraph.ontology.records import AREAS, GRADES, POLARITIES
from caregraph.ontology.schema import load_schema

DRAWN_TYPES = set(graph_schema().types) - {"EVIDENCED_BY"}


@pytest.mark.parametrize(
    "text", ["*a*", "_a_", "`a`", "$a$", "[a](b)", ":red[a]", "# a", "<b>a</b>", "~a~", "![a](b)", ":smile:", "1. a"]
)
def test_escape_markdown_escapes_every_mark_of_markdown(text):
    escaped = escape_markdown(text)

    assert escaped.replace("\\", "") == text
    assert all(escaped[index - 1] == "\\" for index, letter in enumerate(escaped) if letter in "*_`$[]():#<>~!.")


def test_escape_markdown_leaves_words_alone():
    assert escape_markdown("Loud and Clear, 2024") == "Loud and Clear\\, 2024"


def test_citation_has_sentence_document_council_dates_and_page():
    source = SourceDocument(
        document="d", name="Inspection of Ashmere", authority="Ashmere", started="2025-01-06", ended="2025-01-17"
    )
    fact = Evidence(
        about=Node("a", "A", "Agency"),
        role=None,
        passage="Few wait.\r\nIt is\r\nquick.",
        sentence=(11, 24),
        words=((11, 13),),
        page=2,
        paragraph="3",
        section=None,
        confidence=None,
        source=source,
    )

    assert citation(fact) == (
        "“It is quick.” Inspection of Ashmere, Ashmere, inspection of 6 to 17 January 2025, page 2, paragraph 3."
    )
    assert citation(replace(fact, has_words=False)) == (
        "Inspection of Ashmere, Ashmere, inspection of 6 to 17 January 2025, page 2, paragraph 3."
    )
    assert location_label(replace(fact, from_picture=True)) == "page 2, read from a picture, paragraph 3"


@pytest.mark.parametrize("type", sorted(DRAWN_TYPES))
def test_relationship_that_is_drawn_has_words_in_both_directions(type):
    defined = {term.relationship_type for term in load_schema().properties.values()}

    assert type in FORWARD or type in defined
    assert type in BACKWARD


@pytest.mark.parametrize(
    ("type", "expected"),
    # By the ontology, by our own words, and for a type that neither knows.
    [("IN_REGION", "in region"), ("USES", "uses"), ("INVOLVES", "mentions"), ("NO_SUCH_TYPE", "no such type")],
)
def test_relationship_is_read_along_the_arrow_in_the_words_of_the_ontology(type, expected):
    assert relationship_label(type) == expected


@pytest.mark.parametrize(("scheme", "ids"), [("grade", GRADES), ("area", AREAS), ("polarity", POLARITIES)])
def test_values_of_a_closed_scheme_come_from_the_ontology(scheme, ids):
    assert set(scheme_values(scheme)) == ids
    assert all(scheme_label(scheme, id) for id in ids)


def test_values_that_a_scheme_lacks_come_last():
    areas = ["no-such-area", "adoption", "overall"]

    assert sorted(areas, key=lambda area: scheme_order("area", area)) == ["overall", "adoption", "no-such-area"]


def test_every_grade_has_a_letter_of_its_own():
    assert LETTERS.keys() == GRADES
    assert len(set(LETTERS.values())) == len(GRADES)


@pytest.mark.parametrize(
    ("name", "day", "title"),
    [
        ("inspection of Ashmere", "2025-02-24", "Inspection of Ashmere (2025)"),
        ("inspection of Ashmere, 24 February 2025", "2025-02-24", "Inspection of Ashmere, 24 February 2025"),
        ("inspection of Ashmere", None, "Inspection of Ashmere"),
    ],
)
def test_title_of_a_document_says_its_year_once(name, day, title):
    assert node_title(Node("a", name, "Document", day=day)) == title
