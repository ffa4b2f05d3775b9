"""The browser's history: one entry a click, and Back restores the page, its filters and its place."""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from benchmarks.browser import click_node, node_iris, wait_until, wait_until_idle

ASHMERE = "authority/E99000001"
ALLIANCE = "agency/farrowdale-adoption-alliance"
ENTRY = "navigation.currentEntry.index"  # unlike the history's length, it does not count what Forward would bring
SCROLLED = """() => document.querySelector("[data-testid='stMain']").scrollTop"""


def go(page: Page, address: str) -> None:
    page.goto(address)
    wait_until_idle(page)


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


# Where a journey begins, the text or the name of a link there, and a part of the address that it leads to; those that
# begin at one place stand together, so that it is opened once.
LINKS = {
    "tile of the map": ("", ".atlas a.tile", "/authority?council="),
    "latest inspection": ("", ".visits p a", "/documents?document="),
    "region of a council": (f"authority?council={ASHMERE}", ".dotted a", "/shared?region="),
    "bar of a council": (f"authority?council={ASHMERE}", ".side a", "/findings?council="),
    "grade of a council": (f"authority?council={ASHMERE}", ".timeline a.grade", "judgement="),
    "network of a council": (f"authority?council={ASHMERE}", "text=Show in network", "/explore?"),
    "service of a council": (f"authority?council={ASHMERE}&view=services", ".table tbody th a", "/service?thing="),
    "finding's council": ("findings?words=permanence&polarity=strength", ".around a", "/authority?council="),
    "finding's own address": ("findings?words=permanence", ".around a >> text=Link to this finding", "?finding="),
    "menu": ("findings?words=permanence", "role=link[name='Councils']", "/authority"),
    "topic of the tree": ("concepts?concept=concept/permanence", ".tree a >> visible=true", "/concepts?concept="),
    "cell of the heat map": ("concepts?concept=concept/permanence", ".heat a.tile", "/findings?"),
    "network of a topic": ("concepts?concept=concept/permanence", "text=Show in network", "/explore?"),
    "row of the matrix": ("shared", ".matrix tbody th a", "/service?thing="),
    "council of a service": (f"service?thing={ALLIANCE}", ".table tbody th a", "/authority?council="),
    "network of a service": (f"service?thing={ALLIANCE}", "text=Show in network", "/explore?"),
}


@pytest.mark.parametrize("name", LINKS)
def test_link_is_one_entry_and_back_is_where_it_was_clicked(reader, served, name):
    start, link, target = LINKS[name]
    if unquote(reader.url) != f"{served}/{start}":  # the link before began elsewhere, or did not lead back
        go(reader, f"{served}/{start}")
    before, title, entry = reader.url, heading(reader), reader.evaluate(ENTRY)

    reader.locator(link).first.click()
    wait_until(reader, lambda: target in reader.url)
    wait_until_idle(reader)
    assert reader.evaluate(ENTRY) == entry + 1

    back(reader, before)
    expect(reader.locator("h1")).to_have_text(title)
    assert reader.evaluate(ENTRY) == entry
    reader.go_forward()
    wait_until(reader, lambda: target in reader.url)
    wait_until_idle(reader)
    back(reader, before)


def back(page: Page, address: str) -> None:
    page.go_back()
    wait_until(page, lambda: unquote(page.url) == unquote(address))  # the script and Streamlit quote differently
    wait_until_idle(page)


def test_back_restores_words_and_filters_one_by_one(new_page, served):
    page = new_page()
    go(page, f"{served}/findings?words=permanence")
    page.get_by_role("combobox", name="Council").click()
    page.get_by_role("option", name="Ashmere").click()
    wait_until(page, lambda: "council=" in page.url)
    page.get_by_role("radio", name=re.compile("Strength")).click()
    wait_until(page, lambda: "polarity=strength" in page.url)
    wait_until_idle(page)
    page.locator(".around a").first.click()
    expect(page.get_by_role("heading", name="Ashmere", exact=True)).to_be_visible()
    wait_until_idle(page)

    page.go_back()
    expect(page.get_by_role("radio", name=re.compile("Strength"))).to_be_checked()
    expect(page.get_by_label("Search report text")).to_have_value("permanence")
    page.go_back()
    expect(page.get_by_role("radio", name=re.compile("All"))).to_be_checked()
    expect(page.get_by_role("combobox", name="Council")).to_have_value("Ashmere")
    page.go_back()
    expect(page.get_by_role("combobox", name="Council")).to_have_value("Any")
    expect(page.get_by_label("Search report text")).to_have_value("permanence")


def test_back_restores_the_place_and_a_new_page_begins_at_its_heading(new_page, served):
    page = new_page()
    go(page, f"{served}/findings?words=children")
    council = page.locator(".around").last.locator("a").first
    council.scroll_into_view_if_needed()
    wait_until(page, lambda: page.evaluate(SCROLLED) > 500)
    place, name = page.evaluate(SCROLLED), council.inner_text()
    council.click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_focused()
    wait_until_idle(page)
    assert page.evaluate(SCROLLED) == 0

    page.go_back()
    wait_until(page, lambda: abs(page.evaluate(SCROLLED) - place) < 5)
    wait_until_idle(page)
    assert abs(page.evaluate(SCROLLED) - place) < 5
    expect(page.get_by_role("heading", name="Findings", exact=True)).to_be_focused()


def test_network_that_the_menu_brings_back_is_one_entry(new_page, served):
    page = new_page()
    go(page, f"{served}/explore?nodes={ALLIANCE},{ASHMERE}&selected={ALLIANCE}")
    shown = node_iris(page)
    page.get_by_role("link", name="Councils", exact=True).click()
    expect(page.get_by_role("heading", name="Councils", exact=True)).to_be_visible()
    wait_until_idle(page)
    entries = page.evaluate("history.length")
    page.get_by_role("link", name="Network", exact=True).click()
    wait_until(page, lambda: "nodes=" in page.url)
    wait_until_idle(page)
    assert node_iris(page) == shown
    assert page.evaluate("history.length") == entries + 1

    page.go_back()
    expect(page.get_by_role("heading", name="Councils", exact=True)).to_be_visible()
    assert page.url.endswith("/authority")


def test_back_in_the_network_goes_to_the_view_before_and_undo_goes_on_from_there(new_page, served):
    page = new_page()
    go(page, f"{served}/explore?nodes={ALLIANCE}&selected={ALLIANCE}")
    [alliance] = node_iris(page)
    entries = page.evaluate("history.length")
    wait_until(page, lambda: len(node_iris(page)) > 1, action=lambda: click_node(page, alliance, double=True))
    wait_until_idle(page)
    assert page.evaluate("history.length") == entries + 1

    page.go_back()
    wait_until(page, lambda: node_iris(page) == [alliance])
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    page.get_by_role("button", name="Redo").click()
    wait_until(page, lambda: len(node_iris(page)) > 1)


@pytest.mark.parametrize(
    ("former", "current"),
    [(f"?nodes={ALLIANCE}", f"/explore?nodes={ALLIANCE}"), (f"shared?thing={ALLIANCE}", f"/service?thing={ALLIANCE}")],
)
def test_former_address_is_taken_over_without_an_entry(new_page, served, former, current):
    page = new_page()
    go(page, f"{served}/about")
    go(page, f"{served}/{former}")
    wait_until(page, lambda: current in unquote(page.url))
    wait_until_idle(page)

    page.go_back()
    expect(page.get_by_role("heading", name="About", exact=True)).to_be_visible()
