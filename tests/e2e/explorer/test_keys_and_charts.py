"""Keys of the search boxes, a focus that is seen, and charts that are to scale."""

import re

import pytest
from playwright.sync_api import expect

from benchmarks.browser import node_iris, selected_iris, wait_until, wait_until_idle
from tests.e2e.explorer.test_every_page import serious

ALLIANCE = "https://w3id.org/caregraph/id/agency/farrowdale-adoption-alliance"


def type_into_search(page, words):
    """Type as soon as there is a search box and somebody who hears its keys, be there hits or not."""
    box = page.get_by_label("Search").first
    box.click()
    page.wait_for_function("() => window.caregraphNavigation")
    page.keyboard.type(words)
    return box


def test_enter_opens_the_first_hit_of_the_search(new_page, served):
    page = new_page()
    page.goto(served)
    type_into_search(page, "farrowdale adop")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Farrowdale Adoption Alliance", exact=True)).to_be_focused()

    page.goto(f"{served}/explore")
    expect(page.get_by_role("heading", name="Network", exact=True)).to_be_visible()
    type_into_search(page, "farrowdale adop")
    page.keyboard.press("Enter")
    wait_until(page, lambda: "nodes=" in page.url)
    node_iris(page)
    wait_until(page, lambda: selected_iris(page) == [ALLIANCE])


@pytest.mark.parametrize(("start", "hit"), [("", ".hits a"), ("explore", "[class*='st-key-pick-'] button")])
def test_arrows_go_through_the_hits_and_back(new_page, served, start, hit):
    page = new_page()
    page.goto(f"{served}/{start}")
    box = type_into_search(page, "adoption")
    expect(page.locator(hit).nth(1)).to_be_visible()
    wait_until_idle(page)
    expect(box).to_have_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert serious(page, moderate=True) == []
    for key, active in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", None), ("ArrowDown", 0)):
        page.keyboard.press(key)
        expect(box).to_be_focused()
        if active is None:
            expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
        else:
            chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
            expect(chosen).to_have_text(page.locator(hit).nth(active).inner_text())
    page.keyboard.press("Escape")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))


def focus_by_key(page, place):
    place.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")


def test_focus_in_the_menu_and_on_buttons_is_an_outline(new_page, served):
    page = new_page()
    page.goto(f"{served}/explore?nodes=authority/E99000001&selected=authority/E99000001")
    wait_until_idle(page)
    outlined = """() => {
      let focused = document.activeElement;
      while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      const style = getComputedStyle(focused);
      return style.outlineStyle === "solid" ? parseFloat(style.outlineWidth) : 0;
    }"""
    for place in (
        page.get_by_role("link", name="Councils", exact=True),
        page.get_by_role("button", name="Clear"),
        page.get_by_role("button", name="Zoom in"),
        page.get_by_text("Show as a table"),
    ):
        wait_until(page, lambda: page.evaluate(outlined) >= 2, action=lambda place=place: focus_by_key(page, place))


def test_bars_are_to_scale_and_count_what_the_question_counts(new_page, served):
    page = new_page()
    page.goto(f"{served}/ask?question=recommended-most")
    page.get_by_test_id("stMain").get_by_text("Chart", exact=True).click()
    caption = page.locator(".bars caption")
    expect(caption).to_have_text(re.compile(": .*how many"))
    widths = page.locator(".bars td i").evaluate_all("(bars) => bars.map((bar) => bar.getBoundingClientRect().width)")
    numbers = [float(text.replace(",", "")) for text in page.locator(".bars td span").all_inner_texts()]
    assert len(widths) > 3
    assert len(set(numbers)) > 1
    longest = max(numbers)
    for width, number in zip(widths, numbers, strict=True):
        assert abs(width - number / longest * max(widths)) < 2
