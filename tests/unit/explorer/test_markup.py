import ast
from dataclasses import replace
from pathlib import Path

import pytest

from caregraph.explorer import markup
from caregraph.explorer.markup import fill_page_template, marked_passage, node_sign, table_rows
from caregraph.explorer.network.node_style import polarity_style
from caregraph.graph.queries.evidence import AgencyMembership
from caregraph.graph.queries.nodes import Node

EXPLORER = Path(__file__).parents[3] / "explorer"
HOSTILE = "<script>alert('x')</script> & *co*"


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
def test_marked_passage_shows_text_as_it_is_with_its_sentence_marked(text, sentence, words, expected):
    assert marked_passage(text, sentence, words) == expected


def test_marked_passage_leaves_out_what_is_far_from_the_sentence():
    shown = marked_passage("a " * 600 + "Here. " + "b " * 600, (1200, 1205), [(1200, 1205)])

    assert shown.startswith("… a")
    assert shown.endswith("b …")
    assert "<mark>Here.</mark>" in shown
    assert len(shown) < 900


def test_texts_are_escaped_in_signs_rows_and_templates():
    page = fill_page_template(
        "<h1>{{heading}}</h1>{{rows}}<script>{{data}}</script><script>{{code}}</script>",
        texts={"heading": HOSTILE},
        html={"rows": table_rows([[HOSTILE]])},
        scripts={"code": 'write("</script>")'},
        data={"name": HOSTILE},
    )

    assert "<script>alert" not in page + node_sign(polarity_style("strength"), HOSTILE)
    assert page.count("</script>") == 2
    assert "{{" not in page


def test_no_other_module_makes_markup():
    """Escaping, and handing HTML to Streamlit, happen in one module."""
    elsewhere = set()
    for path in EXPLORER.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            html_import = isinstance(node, ast.ImportFrom) and node.module == "html"
            html_call = isinstance(node, ast.Attribute) and node.attr == "html" and ast.unparse(node.value) == "st"
            unsafe = isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html"
            if html_import or html_call or unsafe:
                elsewhere.add(path.name)

    assert elsewhere == {"markup.py"}


def test_sources_of_lists_are_links_and_escaped(monkeypatch):
    shown = []
    monkeypatch.setattr(markup.st, "html", shown.append)
    council, agency = Node("c", "Ashmere", "LocalAuthority"), Node("a", "Alliance", "Agency")
    address = "https://a.example/?b=1&c"
    listed = AgencyMembership(agency, council, "SERVES", "asserted", "high", "Report <b>", source_address=address)

    markup.show_membership_sources([listed, replace(listed, source="samples", source_address=None)])
    markup.show_membership_sources([replace(listed, source_address=None)])
    [html] = shown
    assert "Report &lt;b&gt;</a>" in html
    assert "href='https://a.example/?b=1&amp;c'" in html
    assert "samples" not in html
