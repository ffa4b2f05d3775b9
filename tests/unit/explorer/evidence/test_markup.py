import pytest

from caregraph.explorer.evidence.markup import marked
from caregraph.explorer.labels import RELATIONSHIPS, citation, plain
from caregraph.graph.neo4j.property_graph import graph_schema
from caregraph.graph.queries.evidence import Evidence, SourceDocument
from caregraph.graph.queries.nodes import Node


@pytest.mark.parametrize(
    ("text", "sentence", "words", "expected"),
    [
        ("All is well.", (0, 12), [(0, 12)], "<mark>All is well.</mark>"),
        ("Few wait. It is quick.", (10, 22), [(16, 21)], "Few wait. <mark>It is <strong>quick</strong>.</mark>"),
        (
            "FAA (the FAA) acts.",
            (0, 19),
            [(0, 3), (9, 12)],
            "<mark><strong>FAA</strong> (the <strong>FAA</strong>) acts.</mark>",
        ),
        # Words outside the sentence mark nothing in it.
        ("Few wait. It is quick.", (10, 22), [(0, 3)], "Few wait. <mark>It is quick.</mark>"),
        (
            "<script>x</script> & 'y'",
            (0, 18),
            [(0, 18)],
            "<mark>&lt;script&gt;x&lt;/script&gt;</mark> &amp; &#x27;y&#x27;",
        ),
        ("a **b** $c$ :red[d]", (2, 7), [(2, 7)], "a <mark>**b**</mark> $c$ :red[d]"),
    ],
)
def test_marked_shows_text_as_it_is_with_its_sentence_marked(text, sentence, words, expected):
    assert marked(text, sentence, words) == expected


def test_marked_leaves_out_what_is_far_from_the_sentence():
    shown = marked("a " * 600 + "Here. " + "b " * 600, (1200, 1205), [(1200, 1205)])

    assert shown.startswith("… a")
    assert shown.endswith("b …")
    assert "<mark>Here.</mark>" in shown
    assert len(shown) < 900


@pytest.mark.parametrize(
    "text", ["*a*", "_a_", "`a`", "$a$", "[a](b)", ":red[a]", "# a", "<b>a</b>", "~a~", "![a](b)", ":smile:", "1. a"]
)
def test_plain_escapes_every_mark_of_markdown(text):
    escaped = plain(text)

    assert escaped.replace("\\", "") == text
    assert all(escaped[place - 1] == "\\" for place, letter in enumerate(escaped) if letter in "*_`$[]():#<>~!.")


def test_plain_leaves_words_alone():
    assert plain("Loud and Clear, 2024") == "Loud and Clear\\, 2024"


def test_citation_says_who_said_what_when_and_where():
    source = SourceDocument(
        document="d", name="Inspection of Ashmere", authority="Ashmere", started="2025-01-06", ended="2025-01-17"
    )
    found = Evidence(
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

    assert citation(found) == (
        "“It is quick.” Inspection of Ashmere, Ashmere, inspection of 6 to 17 January 2025, page 2, paragraph 3."
    )


def test_every_relationship_that_is_drawn_has_words():
    assert set(graph_schema().types) - {"EVIDENCED_BY"} <= RELATIONSHIPS.keys()
