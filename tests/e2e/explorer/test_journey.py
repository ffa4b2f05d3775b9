"""The explorer in a real browser: from a search to the words that say a fact, and nothing from outside."""

import pytest
from playwright.sync_api import Page, expect

from benchmarks.browser import click_node, node_iris, selected_iris, wait_until, wait_until_idle

ALLIANCE = "https://w3id.org/caregraph/id/agency/farrowdale-adoption-alliance"
ASHMERE = "https://w3id.org/caregraph/id/authority/E99000001"
NETWORK = "explore?nodes=agency/farrowdale-adoption-alliance,authority/E99000001&selected=authority/E99000001"
WIDTHS = (1440, 390)


@pytest.fixture(params=WIDTHS)
def page(new_page, request: pytest.FixtureRequest) -> Page:
    """A page of a desk's or a phone's width."""
    return new_page(request.param)


def go(page: Page, address: str) -> None:
    page.goto(address)
    wait_until_idle(page)


def expand(page: Page, iri: str) -> None:
    """Double-click a node until it brings something."""
    before = set(node_iris(page))
    wait_until(
        page,
        lambda: before < set(node_iris(page)) and selected_iris(page) == [iri],
        action=lambda: click_node(page, iri, double=True),
    )
    wait_until_idle(page)


def test_search_leads_to_evidence_in_three_actions(page, served):
    go(page, f"{served}/explore")
    page.get_by_label("Search").first.fill("adoption alliance")
    hits = page.locator("[class*='st-key-pick-']")  # before they come, a suggestion has the same name
    hits.get_by_role("button", name="Farrowdale Adoption Alliance", exact=True).click()

    wait_until(page, lambda: selected_iris(page) == [ALLIANCE])
    expect(page.locator("blockquote mark").first).to_be_visible()
    page.get_by_role("button", name="Page 2", exact=True).first.click()
    expect(page.get_by_role("img", name="the sentence boxed").first).to_be_visible()


def test_view_is_expanded_undone_and_shared(page, served, new_page):
    go(page, f"{served}/{NETWORK}")
    expand(page, ASHMERE)
    once = node_iris(page)
    expand(page, ALLIANCE)
    twice = node_iris(page)
    expect(page.get_by_role("heading", name="Farrowdale Adoption Alliance", exact=True)).to_be_visible()

    page.get_by_role("button", name="Undo").click()
    wait_until(page, lambda: set(node_iris(page)) == set(once))
    page.get_by_role("button", name="Redo").click()
    wait_until(page, lambda: set(node_iris(page)) == set(twice))
    page.get_by_role("button", name="Pin", exact=True).click()
    wait_until(page, lambda: "pinned=" in page.url)

    friend = new_page()
    go(friend, page.url)
    wait_until(friend, lambda: set(node_iris(friend)) == set(twice) and selected_iris(friend) == [ALLIANCE])
    expect(friend.get_by_role("button", name="Unpin", exact=True)).to_be_visible()
    expect(friend.locator("blockquote mark").first).to_be_visible()


def test_network_is_filtered_and_exported_and_opens_again(new_page, served, tmp_path):
    page = new_page()
    go(page, f"{served}/{NETWORK}")
    expand(page, ASHMERE)
    before = node_iris(page)
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("combobox", name="Kind").click()
    page.get_by_role("option", name="Councils").click()
    wait_until(page, lambda: node_iris(page) == [ASHMERE])
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Undo").click()
    wait_until(page, lambda: set(node_iris(page)) == set(before))

    files = {}
    page.get_by_role("button", name="Export").click()
    for form in ("HTML", "JSON", "GraphML"):
        with page.expect_download() as download:
            page.get_by_role("button", name=form).click()
        files[form] = tmp_path / f"caregraph.{form.lower()}"
        download.value.save_as(files[form])
    for form in ("PNG", "SVG"):
        with page.expect_download() as download:
            page.get_by_role("button", name=form, exact=True).click()
        files[form] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[form])

    assert files["PNG"].read_bytes().startswith(b"\x89PNG")
    assert "Open Government Licence" in files["SVG"].read_text(encoding="utf-8")
    assert "Farrowdale Adoption Alliance" in files["GraphML"].read_text(encoding="utf-8")
    offline = new_page()
    offline.goto(files["HTML"].as_uri())
    expect(offline.locator("body")).to_have_attribute("data-nodes", str(len(before)))
    expect(offline.locator("canvas")).to_be_visible()

    second = new_page()
    go(second, f"{served}/{NETWORK}")
    second.get_by_role("button", name="Export").click()
    second.locator("input[type=file]").set_input_files(files["JSON"])
    wait_until(second, lambda: set(node_iris(second)) == set(before))


def test_shared_service_opens_in_the_network(new_page, served):
    page = new_page()
    go(page, f"{served}/service?thing=agency/farrowdale-adoption-alliance")
    expect(page.locator("blockquote mark").first).to_be_visible()

    page.get_by_role("link", name="Show in network").click()
    wait_until(page, lambda: selected_iris(page) == [ALLIANCE])
    assert ASHMERE in node_iris(page)


def test_search_and_evidence_need_no_mouse(new_page, served):
    page = new_page(390)
    go(page, f"{served}/explore")
    page.get_by_label("Search").first.focus()
    page.keyboard.type("mockingbird")
    pick = page.locator("[class*='st-key-pick-'] button").first
    expect(pick).to_be_visible()
    pick.focus()
    page.keyboard.press("Enter")
    wait_until_idle(page)

    expect(page.locator("blockquote mark").first).to_be_visible()


def test_console_refuses_a_write_and_draws_what_it_reads(new_page, served):
    page = new_page()
    go(page, f"{served}/ask")
    page.get_by_text("Cypher", exact=True).click()
    box = page.get_by_role("textbox", name="Cypher")
    box.fill("MATCH (n:LocalAuthority) DETACH DELETE n")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_test_id("stAlert")).to_be_visible()

    box.fill("MATCH (a:LocalAuthority)-[:USES]->(s:Agency) RETURN a, s LIMIT 5")
    page.get_by_role("button", name="Run").click()
    network = page.get_by_test_id("stMain").get_by_text("Network", exact=True)
    expect(network).to_be_visible()
    wait_until_idle(page)
    network.click()
    wait_until(page, lambda: any("/agency/" in iri for iri in node_iris(page)))


def test_pair_is_decided_and_the_decision_undone(new_page, served):
    page = new_page()
    go(page, f"{served}/review")
    pairs = page.get_by_text("pairs to check")
    expect(pairs).to_be_visible()
    before = pairs.inner_text()
    page.get_by_role("button", name="Different", exact=True).click()
    expect(page.get_by_text("give your name first")).to_be_visible()
    page.get_by_label("Your name").fill("Ann Example")
    page.keyboard.press("Enter")
    wait_until_idle(page)
    page.get_by_label("Reason").fill("two teams")
    page.keyboard.press("Enter")
    wait_until_idle(page)
    page.get_by_role("button", name="Skip").focus()
    page.keyboard.press("d")
    expect(page.get_by_text("Decided:")).to_be_visible()
    wait_until(page, lambda: pairs.inner_text() != before)

    page.get_by_text("1 decision by people").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone:")).to_be_visible()
    wait_until(page, lambda: pairs.inner_text() == before)


def test_menu_of_a_phone_closes_when_a_page_is_chosen(new_page, served):
    page = new_page(390)
    go(page, f"{served}/about")
    page.get_by_test_id("stExpandSidebarButton").click()
    menu = page.get_by_test_id("stSidebar")
    expect(menu).to_have_attribute("data-collapsed", "false")

    menu.get_by_role("link", name="Findings").click()
    expect(page.get_by_role("heading", name="Findings", level=1)).to_be_visible()
    expect(menu).to_have_attribute("data-collapsed", "true")


def test_pairs_of_one_council_are_checked_beside_their_pages(new_page, served):
    page = new_page(390)
    go(page, f"{served}/review")
    pairs = page.get_by_text("to check, those")
    expect(pairs).to_be_visible()
    every = pairs.inner_text()
    assert all(box.bounding_box()["width"] > 100 for box in page.get_by_role("combobox").all())
    page.get_by_role("combobox", name="Council or region").click()
    page.get_by_role("option", name="Brackenford", exact=True).click()
    wait_until(page, lambda: pairs.inner_text() != every)
    assert page.url.endswith("?place=Brackenford")
    expect(page.get_by_test_id("stImage")).to_have_count(0)

    page.get_by_text("Show the pages").click()
    expect(page.get_by_role("img", name="the sentence boxed").first).to_be_visible()
    wait_until_idle(page)
    shown = page.get_by_test_id("stImage").count()
    assert shown >= 2
    page.get_by_role("button", name="Skip").click()
    wait_until_idle(page)
    expect(page.get_by_role("img", name="the sentence boxed").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
