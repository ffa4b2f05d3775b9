"""The explorer in a real browser: from a search to the words that prove a fact, and nothing from outside."""

import pytest
from playwright.sync_api import Page, expect

from benchmarks.browser import click, eventually, explorer, selected, settle, shown

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
    settle(page)


def expand(page: Page, iri: str) -> None:
    """Double-click a node until it brings something."""
    before = set(shown(page))
    eventually(
        page,
        lambda: before < set(shown(page)) and selected(page) == [iri],
        trying=lambda: click(page, iri, double=True),
    )
    settle(page)


def test_search_leads_to_evidence_in_three_actions(page, served):
    go(page, f"{served}/explore")
    page.get_by_label("Search").first.fill("adoption alliance")
    page.get_by_role("button", name="Farrowdale Adoption Alliance", exact=True).first.click()

    eventually(page, lambda: selected(page) == [ALLIANCE])
    expect(page.locator("blockquote mark").first).to_be_visible()
    page.get_by_role("button", name="Page 2", exact=True).first.click()
    expect(page.get_by_role("img", name="the sentence boxed").first).to_be_visible()


def test_view_is_expanded_undone_and_shared(page, served, new_page):
    go(page, f"{served}/{NETWORK}")
    expand(page, ASHMERE)
    once = shown(page)
    expand(page, ALLIANCE)
    twice = shown(page)
    expect(page.get_by_role("heading", name="Farrowdale Adoption Alliance", exact=True)).to_be_visible()

    page.get_by_role("button", name="Undo").click()
    eventually(page, lambda: set(shown(page)) == set(once))
    page.get_by_role("button", name="Redo").click()
    eventually(page, lambda: set(shown(page)) == set(twice))
    page.get_by_role("button", name="Pin", exact=True).click()
    eventually(page, lambda: "pinned=" in page.url)

    friend = new_page()
    go(friend, page.url)
    eventually(friend, lambda: set(shown(friend)) == set(twice) and selected(friend) == [ALLIANCE])
    expect(friend.get_by_role("button", name="Unpin", exact=True)).to_be_visible()
    expect(friend.locator("blockquote mark").first).to_be_visible()


def test_network_is_filtered_and_taken_away_and_opens_again(new_page, served, tmp_path):
    page = new_page()
    go(page, f"{served}/{NETWORK}")
    expand(page, ASHMERE)
    everything = shown(page)
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("combobox", name="Kind").click()
    page.get_by_role("option", name="Local authorities (1)").click()
    eventually(page, lambda: shown(page) == [ASHMERE])
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Undo").click()
    eventually(page, lambda: set(shown(page)) == set(everything))

    files = {}
    page.get_by_role("button", name="Take away").click()
    for form in ("HTML", "JSON", "GraphML"):
        with page.expect_download() as download:
            page.get_by_role("button", name=form).click()
        files[form] = tmp_path / f"caregraph.{form.lower()}"
        download.value.save_as(files[form])
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as PNG").click()

    assert download.value.suggested_filename == "caregraph.png"
    assert "Farrowdale Adoption Alliance" in files["GraphML"].read_text(encoding="utf-8")
    offline = new_page()
    offline.goto(files["HTML"].as_uri())
    expect(offline.locator("body")).to_have_attribute("data-nodes", str(len(everything)))
    expect(offline.locator("canvas")).to_be_visible()

    other = new_page()
    go(other, f"{served}/{NETWORK}")
    other.get_by_role("button", name="Take away").click()
    other.locator("input[type=file]").set_input_files(files["JSON"])
    eventually(other, lambda: set(shown(other)) == set(everything))


def test_shared_service_opens_in_the_network(new_page, served):
    page = new_page()
    go(page, f"{served}/service?thing=agency/farrowdale-adoption-alliance")
    expect(page.locator("blockquote mark").first).to_be_visible()

    page.get_by_role("button", name="Show in network").click()
    eventually(page, lambda: selected(page) == [ALLIANCE])
    assert ASHMERE in shown(page)


def test_search_and_evidence_need_no_mouse(new_page, served):
    page = new_page(390)
    go(page, f"{served}/explore")
    page.get_by_label("Search").first.focus()
    page.keyboard.type("mockingbird")
    pick = page.locator("[class*='st-key-pick-'] button").first
    expect(pick).to_be_visible()
    pick.focus()
    page.keyboard.press("Enter")
    settle(page)

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
    page.get_by_text("Network", exact=True).click()
    eventually(page, lambda: any("/agency/" in iri for iri in shown(page)))


def test_doubt_is_decided_and_the_decision_undone(new_page, served):
    page = new_page()
    go(page, f"{served}/review")
    doubts = page.get_by_text("pairs in doubt")
    expect(doubts).to_be_visible()
    before = doubts.inner_text()
    expect(page.get_by_role("button", name="Two", exact=True).first).to_be_disabled()
    page.get_by_label("Your name").fill("Ann Example")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Two", exact=True).first.click()
    expect(page.get_by_text("Decided:")).to_be_visible()
    eventually(page, lambda: doubts.inner_text() != before)

    page.get_by_text("1 decision by people").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back:")).to_be_visible()
    eventually(page, lambda: doubts.inner_text() == before)


def test_upload_is_previewed_added_and_found_and_its_words_stay_words(new_page, empty, letter):
    with explorer(empty) as address:
        page = new_page()
        go(page, address)
        expect(page.get_by_text("The graph is empty")).to_be_visible()
        expect(page.get_by_text("caregraph build PATH")).to_be_visible()

        go(page, f"{address}/documents")
        page.get_by_text("Add documents").first.click()
        page.locator("input[type=file]").set_input_files(letter)
        said = page.locator("blockquote").filter(has_text="<script>document.title = 'owned'</script>").first
        expect(said).to_be_visible()
        assert page.get_by_text("The graph is empty").count() == 1
        page.get_by_role("button", name="Add 1 document to the graph").click()
        expect(page.get_by_text("was added")).to_be_visible()

        go(page, f"{address}/explore")
        page.get_by_label("Search").first.fill("managers see every contact")
        page.locator("[class*='st-key-pick-'] button").first.click()
        expect(page.locator("blockquote mark").filter(has_text="Managers see every contact").first).to_be_visible()
        expect(
            page.locator("blockquote").filter(has_text="**quick** and sound decisions that cost $x^2$").first
        ).to_be_visible()
        assert page.title() != "owned"
        assert page.locator("blockquote img, blockquote script").count() == 0
