"""The network's card in a real browser: the first evidence of an item or a line, before Python answers a click."""

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.browser import click_node, node_iris, node_position, selected_iris, wait_until, wait_until_idle

ASHMERE = "https://w3id.org/caregraph/id/authority/E99000001"
ALLIANCE = "https://w3id.org/caregraph/id/agency/farrowdale-adoption-alliance"
NETWORK = "explore?nodes=agency/farrowdale-adoption-alliance,authority/E99000001"

CUT_OFF = "() => { WebSocket.prototype.send = () => {}; }"  # no click reaches Python after it


def open_network(page: Page, served: str) -> Locator:
    """Open a network of a council and an agency that serves it, and return the card in it."""
    page.goto(f"{served}/{NETWORK}")
    wait_until_idle(page)
    node_iris(page)
    return page.locator(".card")


def lines_of(card: Locator) -> list[str]:
    return [line for line in card.locator(".lines").inner_text().splitlines() if line]


def middle_of_the_line(page: Page) -> tuple[float, float]:
    x, y = page.evaluate("""() => {
      const { caregraph } = window.network, box = window.network.getBoundingClientRect();
      const inside = caregraph.middle(caregraph.lines()[0]);
      return [box.x + inside.x, box.y + inside.y];
    }""")
    return x, y


@pytest.mark.parametrize("width", [1440, 390])
def test_click_shows_the_sentence_and_its_page_though_python_does_not_answer(new_page, served, width):
    page = new_page(width)
    card = open_network(page, served)
    page.evaluate(CUT_OFF)
    page.mouse.click(*node_position(page, ALLIANCE))

    expect(card.get_by_role("heading", name="Farrowdale Adoption Alliance")).to_be_visible()
    expect(card.locator("blockquote")).to_contain_text("Farrowdale Adoption Alliance")
    expect(card.locator("footer")).to_contain_text("Page 2, paragraph 12 · Wexholme")
    expect(page.get_by_text("Nothing is selected.")).to_be_attached()  # the panel is as it was
    x, y = middle_of_the_line(page)
    page.mouse.click(x, y)
    expect(card.get_by_role("heading", name="Farrowdale Adoption Alliance serves Ashmere")).to_be_visible()
    expect(card.locator("footer")).to_contain_text("Page 3")

    box, frame = card.bounding_box(), page.locator(".network").bounding_box()
    assert frame["x"] <= box["x"]
    assert box["x"] + box["width"] <= frame["x"] + frame["width"]
    assert not (box["y"] <= y <= box["y"] + box["height"])
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    card.get_by_role("button", name="Close").click()
    expect(card).to_be_hidden()
    expect(page.locator(".network")).to_be_focused()


@pytest.mark.parametrize("iri", [ASHMERE, ALLIANCE])
def test_card_shows_what_the_panel_shows_first(new_page, served, iri):
    page = new_page()
    card = open_network(page, served)
    click_node(page, iri)

    sentence = page.locator("blockquote mark").first.inner_text()
    source = page.locator("article.evidence .source").first.inner_text().splitlines()[0]
    assert f"“{' '.join(sentence.split())}”" in lines_of(card)
    assert lines_of(card)[-1].endswith(f" · {source}")


def test_double_click_expands_and_leaves_no_card(new_page, served):
    page = new_page()
    card = open_network(page, served)
    before = len(node_iris(page))
    wait_until(
        page, lambda: len(node_iris(page)) > before, action=lambda: page.mouse.dblclick(*node_position(page, ALLIANCE))
    )
    wait_until_idle(page)
    expect(card).to_be_hidden()


def test_texts_of_reports_are_no_markup_in_the_card(new_page, served):
    page = new_page()
    card = open_network(page, served)
    page.evaluate(
        """(iri) => {
          const text = "<img src=x onerror='document.title = 1'>";
          const texts = { sentence: text, fact: text, note: text, place: text, report: text };
          window.caregraphEvidence.explore.rows[iri] = { ...texts, link: [text, "javascript:0"] };
        }""",
        ALLIANCE,
    )
    page.mouse.click(*node_position(page, ALLIANCE))
    expect(card.locator("blockquote")).to_have_text("“<img src=x onerror='document.title = 1'>”")
    assert card.locator("img, a").count() == 0


def test_keys_go_through_items_and_lines_and_read_their_evidence(new_page, served):
    page = new_page()
    card = open_network(page, served)
    said = page.get_by_role("status").and_(page.locator(".said"))
    page.locator(".network").focus()
    page.keyboard.press("n")
    expect(said).to_contain_text("Farrowdale Adoption Alliance. “")
    page.keyboard.press("l")
    expect(said).to_contain_text("Farrowdale Adoption Alliance serves Ashmere. “")
    page.keyboard.press("n")
    expect(said).to_contain_text("Ashmere. ")
    assert card.is_visible()
    page.keyboard.press("Enter")
    wait_until(page, lambda: "selected=authority" in page.url)
    wait_until_idle(page)
    assert selected_iris(page) == [ASHMERE]
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    before = len(node_iris(page))
    page.keyboard.press("e")
    wait_until(page, lambda: len(node_iris(page)) > before)


def test_item_that_is_chosen_in_the_list_has_its_card(new_page, served):
    page = new_page()
    card = open_network(page, served)
    page.get_by_role("combobox", name="Selected item or link").click()
    page.get_by_role("option", name="Ashmere", exact=True).click()
    expect(card.get_by_role("heading", name="Ashmere")).to_be_visible()
