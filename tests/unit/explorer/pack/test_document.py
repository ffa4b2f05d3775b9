import io

import docx
import lxml.html
import pytest

from caregraph.brief.blocks import Block, Picture, Table
from caregraph.brief.files import WRITERS
from caregraph.explorer.pack.document import WIDEST, pack_document
from caregraph.explorer.pack.items import PackItem
from caregraph.explorer.pictures.chart_pictures import bar_picture
from caregraph.graph.queries.evidence import Evidence, SourceDocument
from caregraph.graph.queries.nodes import Node

HOSTILE = "<img src=x onerror=alert(1)> \x01 & “quoted”"
SOURCE = SourceDocument(
    document="d", name=f"Inspection of {HOSTILE}", authority="Ashmere", started="2025-01-06", ended="2025-01-17",
    published="2025-03-03", address="https://reports.example.org/1", publishers=("Ofsted", "CQC"),
)  # fmt: skip
FACT = Evidence(
    about=Node("a", "A", "Finding", polarity="strength"), role=None, passage=f"Few wait. {HOSTILE}", sentence=(0, 9),
    words=(), page=6, paragraph="24", section=None, confidence=0.9, source=SOURCE,
)  # fmt: skip
WIDE = Table("Matrix", ("Name", *(f"Council {n}" for n in range(20))), (("Alliance", *map(str, range(20))),))
ITEMS = [
    PackItem(key="1", title=f"Strength, {HOSTILE}", sources=(FACT,), note=f"Ask them.\n{HOSTILE}", address="http://x/"),
    PackItem(key="2", title="Asked", tables=(Table("Asked", ("Said",), (("Few wait. [1]",),)),), sources=(FACT,)),
    PackItem(key="3", title="Bars", picture=bar_picture("Bars", [(HOSTILE, 2)], notes=())),
    PackItem(key="4", title="Matrix", tables=(WIDE,)),
]
CITED = "Ofsted and CQC, Inspection of <img src=x onerror=alert(1)> \ufffd & “quoted”, Ashmere, "
PLACE = "inspection of 6 to 17 January 2025, published 3 March 2025, page 6, paragraph 24."


@pytest.fixture
def document():
    png = next(part.png for part in pack_document(ITEMS, title="For the board", day="3 May 2026").parts
               if isinstance(part, Picture))  # fmt: skip
    pages = lambda fact: [(6, png)]  # noqa: E731
    return pack_document(ITEMS, title="For the board", day="3 May 2026", page_pictures=pages)


def test_quotation_has_its_words_its_place_and_the_address_of_its_report(document):
    blocks = [part for part in document.parts if isinstance(part, Block)]
    quotation = next(number for number, block in enumerate(blocks) if block.kind == "quotation")

    assert blocks[quotation].text == "“Few wait.”"
    assert blocks[quotation + 1] == Block("citation", CITED + PLACE, "https://reports.example.org/1")
    assert any(block.text == f"[1] {CITED}{PLACE}" for block in blocks)


def test_wide_table_is_parted_and_loses_no_column(document):
    parts = [part for part in document.parts if isinstance(part, Table) and part.caption.startswith("Matrix")]

    assert max(len(part.head) for part in parts) <= WIDEST
    assert [name for part in parts for name in part.head[1:]] == list(WIDE.head[1:])
    assert {part.rows[0][0] for part in parts} == {"Alliance"}


def test_page_has_language_headings_and_texts_for_pictures_and_no_markup_of_reports(document):
    page = lxml.html.document_fromstring(WRITERS[".html"](document))

    assert page.get("lang") == "en-GB"
    assert [element.text_content() for element in page.iter("h1")] == ["For the board"]
    assert all(
        picture.get("src").startswith("data:image/png;base64,") and picture.get("alt") for picture in page.iter("img")
    )
    assert not list(page.iter("script"))
    assert not [element for element in page.iter() if "onerror" in element.attrib]
    assert page.xpath("//a/@href")[0] == "https://reports.example.org/1"
    assert "Open Government Licence v3.0" in page.text_content()
    assert "Ask them." in page.text_content()


def test_word_has_links_headings_and_texts_for_pictures(document):
    word = docx.Document(io.BytesIO(WRITERS[".docx"](document)))
    styles = [paragraph.style.name for paragraph in word.paragraphs]
    links = [relation.target_ref for relation in word.part.rels.values() if relation.is_external]

    assert styles[0] == "Heading 1"
    assert styles.count("Heading 2") == len(ITEMS) + 1
    assert "https://reports.example.org/1" in links
    assert all(shape._inline.docPr.get("descr") for shape in word.inline_shapes)
    assert len(word.inline_shapes) == 2


@pytest.mark.parametrize("suffix", [".docx", ".html"])
def test_address_that_is_no_page_of_the_web_is_no_link(suffix):
    item = PackItem(key="1", title="Seen", address="javascript:alert(1)")
    content = WRITERS[suffix](pack_document([item], title="", day="3 May 2026"))

    if suffix == ".html":
        assert b'href="javascript' not in content
    else:
        rels = docx.Document(io.BytesIO(content)).part.rels.values()
        assert not [relation for relation in rels if relation.is_external and "javascript" in relation.target_ref]
