"""The pack: what is put aside, put in order and taken along, and nobody else's."""

import json

import docx
import pytest
from playwright.sync_api import expect

from benchmarks.browser import wait_until_idle
from tests.e2e.explorer.test_every_page import serious

COUNCIL = "authority?council=authority/E99000001"
QUESTION = "ask?question=what-must-improve&authority=Ashmere"


def open_menu(page, name):
    page.get_by_role("navigation").get_by_role("link", name=name).click()
    wait_until_idle(page)


def taken(page, name, tmp_path):
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.fixture
def packed(new_page, served):
    """A page with a pack of a chart, a table of what must improve and a quotation, in this order."""
    page = new_page()
    page.goto(f"{served}/{COUNCIL}")
    wait_until_idle(page)
    for figure in ("balance", "recommendations"):
        page.locator(f".st-key-take-{figure}").get_by_role("button", name="Add to pack").click()
        wait_until_idle(page)
    expect(page.get_by_role("button", name="In the pack")).to_have_count(2)
    open_menu(page, "Findings")
    page.get_by_role("button", name="Add to pack").first.click()
    wait_until_idle(page)
    open_menu(page, "Pack (3)")
    return page


def test_pack_is_put_in_order_noted_and_taken_along(packed, new_page, tmp_path):
    page = packed
    titles = page.get_by_role("heading", level=2)
    expect(titles).to_have_count(3)
    last = titles.nth(2).inner_text()
    page.get_by_role("button", name="Up").nth(2).click()
    expect(titles.nth(1)).to_have_text(last)
    page.get_by_label("Note").nth(0).fill("Ask them how.")
    page.get_by_label("Title of the pack").fill("Improvement board")
    page.get_by_label("Title of the pack").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Improvement board")
    wait_until_idle(page)

    assert serious(page, moderate=True) == []
    word = docx.Document(taken(page, "Word", tmp_path))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert text.startswith("Improvement board\n")
    assert "Ask them how." in text
    assert "Ofsted, Inspection of Ashmere local authority children’s services, Ashmere, " in text.replace("'", "’")
    assert "[1] " in text
    assert len(word.inline_shapes) == 1
    sheet = new_page()
    sheet.set_content(taken(page, "Web page (HTML)", tmp_path).read_text(encoding="utf-8"))
    assert serious(sheet) == []
    page.get_by_role("button", name="Remove", exact=True).nth(0).click()
    expect(titles).to_have_count(2)


def test_pack_of_one_reader_is_not_another_one_s(packed, new_page, served):
    page = new_page()
    page.goto(f"{served}/pack")
    wait_until_idle(page)

    expect(page.get_by_text("The pack is empty.")).to_be_visible()
    expect(page.get_by_role("navigation").get_by_role("link", name="Pack", exact=True)).to_be_visible()


def test_files_of_an_answer_say_what_was_asked_and_under_which_licence(new_page, served, tmp_path):
    page = new_page()
    page.goto(f"{served}/{QUESTION}")
    wait_until_idle(page)
    rows = taken(page, "CSV", tmp_path).read_text(encoding="utf-8-sig").splitlines()
    answer = json.loads(taken(page, "JSON", tmp_path).read_text(encoding="utf-8"))

    assert rows[0].endswith("caregraph_question,caregraph_asked_on,caregraph_licence")
    assert "Council: Ashmere" in rows[1]
    assert "Open Government Licence v3.0" in rows[1]
    assert "Council: Ashmere" in answer["question"]
    assert answer["address"].endswith(QUESTION)
    assert answer["rows"]


def test_tables_of_a_pack_are_cards_on_a_phone(packed):
    """Nothing is cut off there, and each value has its column's name."""
    packed.set_viewport_size({"width": 390, "height": 844})
    tables = packed.get_by_role("region", name="requests of the inspection")
    expect(tables.first).to_be_visible()
    assert tables.evaluate_all("boxes => boxes.every(box => box.scrollWidth <= box.clientWidth)")
    labels = tables.first.locator("td").evaluate_all(
        "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"
    )
    assert {'"What was asked"', '"What became of it"'} <= set(labels)
