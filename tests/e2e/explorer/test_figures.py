"""From the map, the heat map and the matrix in a real browser to the words behind them."""

import csv
import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from benchmarks.browser import wait_until_idle


def test_map_leads_to_a_council_and_a_grade_to_its_words(new_page, served):
    page = new_page()
    page.goto(served)
    page.get_by_role("link", name="Ashmere: Overall effectiveness").click()
    expect(page.get_by_role("heading", name="Ashmere", exact=True)).to_be_visible()
    assert unquote(page.url).endswith("authority?council=authority/E99000001")

    page.get_by_role("link", name="Inadequate").first.click()
    expect(page.locator("blockquote mark").first).to_be_visible()


def test_grade_older_than_the_latest_inspection_is_told_apart(new_page, served):
    """Ashmere's care leavers are judged apart since 2025, so the grade for both together is of an inspection before."""
    page = new_page()
    page.goto(f"{served}/?area=in-care-and-care-leavers")
    tile = page.get_by_role("link", name="Ashmere: Children in care and care leavers")
    expect(tile).to_have_class(re.compile("grade-.* older"))
    expect(tile).to_have_accessible_name(re.compile("; older: the inspection of 6 January 2025 gave no grade for it$"))
    expect(tile).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    outlined = page.locator(".atlas .tile.older")
    legend = page.get_by_role("list", name="Legend").get_by_role("listitem").filter(has_text="older")
    assert sum(int(words.split()[-1]) for words in legend.all_inner_texts()) == outlined.count()
    expect(page.get_by_text("only outlined")).to_be_visible()
    page.goto(f"{served}/?area=leaders")
    expect(page.locator(".atlas .tile.grade-good").first).to_be_visible()
    expect(outlined).to_have_count(0)

    page.goto(f"{served}/authority?council=authority/E99000001&view=compare&compare=region")
    grade = page.locator(".grid a.grade", has_text="older").first
    expect(grade).to_have_accessible_name(re.compile("older: the inspection of .* gave no grade for it$"))


def test_cell_leads_to_findings_and_back_is_back(new_page, served):
    page = new_page(390)
    page.goto(f"{served}/concepts?concept=concept/permanence")
    page.locator(".heat a.tile").first.click()
    expect(page.locator("blockquote mark").first).to_be_visible()
    assert "/findings?" in page.url
    wait_until_idle(page)

    page.go_back()
    wait_until_idle(page)
    expect(page.get_by_role("heading", name="Permanence")).to_be_visible()


def test_matrix_leads_to_a_service_and_on_to_a_council(new_page, served):
    page = new_page()
    page.goto(f"{served}/shared")
    page.get_by_role("link", name="Farrowdale Adoption Alliance", exact=True).first.click()
    expect(page.get_by_role("heading", name="Farrowdale Adoption Alliance")).to_be_visible()
    page.get_by_role("link", name="Wexholme").first.click()
    expect(page.get_by_role("heading", name="Wexholme", exact=True)).to_be_visible()


@pytest.mark.parametrize("address", ["", "concepts", "shared", "authority?council=authority/E99000001&view=compare"])
def test_no_choice_is_out_of_sight_on_a_phone(new_page, served, address):
    page = new_page(390)
    page.goto(f"{served}/{address}")
    expect(page.locator(".stButtonGroup button").first).to_be_visible()
    wait_until_idle(page)
    for choice in page.locator(".stButtonGroup button").all():
        box = choice.bounding_box()
        assert box["x"] + box["width"] <= 390, choice.inner_text()
        hidden = choice.evaluate("button => button.parentElement.scrollWidth > button.parentElement.clientWidth + 1")
        assert not hidden, choice.inner_text()


@pytest.mark.parametrize("width", [1440, 390])
def test_names_stay_in_view_while_the_matrix_scrolls(new_page, served, width):
    """Councils stay above and services beside the cells; the table is made small, so that it must scroll both ways."""
    page = new_page(width)
    page.goto(f"{served}/shared")
    matrix = page.locator(".matrix")
    expect(matrix).to_be_visible()
    matrix.evaluate("box => { box.style.maxHeight = '120px'; box.style.maxWidth = '260px'; }")
    matrix.evaluate("box => box.scrollTo(60, 90)")

    assert matrix.evaluate("box => [box.scrollLeft, box.scrollTop].every(place => place > 30)")
    box = matrix.bounding_box()
    head = matrix.locator("thead th").first.bounding_box()
    row = matrix.locator("tbody th").last.bounding_box()
    assert abs(head["y"] - box["y"]) < 3
    assert abs(head["x"] - box["x"]) < 3
    assert abs(row["x"] - box["x"]) < 3


def test_address_of_a_page_opens_what_was_seen(new_page, served):
    page = new_page()
    page.goto(f"{served}/?map=balance&concept=concept/neglect")
    expect(page.get_by_role("link", name=re.compile(r"^Ashmere: \d+ strength"))).to_be_visible()
    expect(page.get_by_role("combobox", name="Topic", exact=True)).to_have_value("Neglect")


@pytest.mark.parametrize("width", [1440, 390])
def test_councils_of_a_service_are_cards_on_a_phone(new_page, served, width):
    """There each cell has its column's name beside it, no row is taller than half a screen, and nothing is cut off."""
    page = new_page(width)
    page.goto(f"{served}/service?thing=agency/farrowdale-adoption-alliance")
    councils = page.get_by_role("region", name="Councils by reports and published lists")
    row = councils.locator("tbody tr").first
    expect(row).to_be_visible()
    on_phone = width == 390
    expect(councils.locator("thead")).to_be_visible(visible=not on_phone)
    labels = row.locator("td").evaluate_all(
        "cells => cells.map(cell => getComputedStyle(cell, '::before').content).filter(text => text != 'none')"
    )
    assert ('"Reports mentioning it"' in labels) == on_phone
    assert councils.evaluate("box => box.scrollWidth <= box.clientWidth") or not on_phone
    assert all(row.bounding_box()["height"] < 450 for row in councils.locator("tbody tr").all())


def test_findings_are_counted_by_council_and_each_number_leads_to_its_findings(new_page, served):
    page = new_page()
    page.goto(f"{served}/findings?concept=concept/help-and-protection")
    page.get_by_role("radio", name="Number by council").click()
    row = page.get_by_role("region", name="Findings by council").locator("tbody tr").first
    expect(row).to_be_visible()
    assert "show=councils" in page.url
    council, number = row.locator("th").inner_text(), row.locator(".side.strength").inner_text()
    row.locator(".side.strength a").click()
    expect(page.get_by_text(f"▲ Strength {number} ·")).to_be_visible()
    expect(page.locator("blockquote mark").first).to_be_visible()
    assert "concept=concept/help-and-protection" in unquote(page.url)
    assert "polarity=strength" in page.url
    expect(page.locator(".evidence .source").first).to_contain_text(council)


def test_findings_are_taken_along_as_a_table(new_page, served, tmp_path):
    page = new_page()
    page.goto(f"{served}/findings?words=permanence&polarity=strength")
    expect(page.locator("blockquote mark").first).to_be_visible()
    count = int(re.search(r"Strength (\d+)", page.get_by_text(re.compile(r"Strength \d+")).first.inner_text())[1])
    with page.expect_download() as download:
        page.get_by_role("button", name="These findings as CSV").click()
    download.value.save_as(tmp_path / "findings.csv")

    with (tmp_path / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == count
    assert {row["polarity"] for row in rows} == {"strength"}
    assert all("permanen" in row["quotation"].lower() and row["document"] for row in rows)
    assert "words=permanence" in rows[0]["caregraph_question"]
