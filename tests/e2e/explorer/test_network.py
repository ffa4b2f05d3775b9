"""The network in a real browser: evidence of its lines, pages of its items, and an address that keeps its places."""

from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from benchmarks.browser import click_node, node_iris, node_position, selected_iris, wait_until, wait_until_idle
from caregraph.explorer.network.network import vis_network_script

ASHMERE = "https://w3id.org/caregraph/id/authority/E99000001"
ALLIANCE = "https://w3id.org/caregraph/id/agency/farrowdale-adoption-alliance"
NETWORK = "explore?nodes=agency/farrowdale-adoption-alliance,authority/E99000001&selected=authority/E99000001"


def go(page: Page, address: str) -> None:
    page.goto(address)
    wait_until_idle(page)
    node_iris(page)


def places(page: Page) -> dict[str, tuple[int, int]]:
    positions = page.evaluate("() => window.network.caregraph.positions()")
    return {iri: (round(at["x"]), round(at["y"])) for iri, at in positions.items()}


def frame(page: Page) -> list[int]:
    """Middle of what is seen, and the zoom in percent."""
    return [int(number) for number in page.evaluate("() => window.network.caregraph.frame()").split(",")]


def expand(page: Page, iri: str) -> None:
    before = len(node_iris(page))
    wait_until(page, lambda: len(node_iris(page)) > before, action=lambda: click_node(page, iri, double=True))
    wait_until_idle(page)


def test_change_of_the_network_brings_its_items_and_not_its_library(new_page, served):
    page, received = new_page(), []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    go(page, f"{served}/{NETWORK}")
    at_first, before = sum(received), len(received)
    expand(page, ASHMERE)

    assert at_first > len(vis_network_script())
    assert 0 < sum(received[before:]) < len(vis_network_script()) / 2


@pytest.mark.parametrize("width", [1440, 390])
def test_click_on_a_line_opens_the_sentences_that_it_stands_for(new_page, served, width):
    page = new_page(width)
    go(page, f"{served}/{NETWORK}")
    [line] = page.evaluate("() => window.network.caregraph.lines()")
    middle = """(line) => {
      const box = window.network.getBoundingClientRect(), inside = window.network.caregraph.middle(line);
      return [box.x + inside.x, box.y + inside.y];
    }"""
    wait_until(page, lambda: "link=" in page.url, action=lambda: page.mouse.click(*page.evaluate(middle, line)))

    expect(page.locator("blockquote mark").first).to_be_visible()
    expect(page.locator("dd", has_text="since April 2019")).to_be_visible()
    expect(page.locator(".ties li", has_text="serves").get_by_role("link", name="Ashmere")).to_be_visible()
    assert selected_iris(page) == []

    friend = new_page(width)
    go(friend, page.url)
    expect(friend.locator("blockquote mark").first).to_be_visible()
    page.go_back()
    wait_until(page, lambda: selected_iris(page) == [ASHMERE])


def test_line_is_reached_without_a_mouse_and_one_of_lists_says_so(new_page, served):
    page = new_page()
    go(page, f"{served}/explore?nodes=authority/E99000001,authority/E99000002")
    page.get_by_role("combobox", name="Selected item or link").click()
    page.get_by_role("option", name="Ashmere – ").or_(page.get_by_role("option", name=" – Ashmere")).first.click()
    words = "No sentence of a report says this."
    expect(page.get_by_test_id("stCaptionContainer").get_by_text(words)).to_be_visible()
    expect(page.locator(".card").get_by_text(words)).to_be_visible()


@pytest.mark.parametrize(
    ("node", "name", "target"),
    [
        ("authority/E99000001", "Ashmere", "/authority?council=authority/E99000001"),
        ("agency/farrowdale-adoption-alliance", "Farrowdale Adoption Alliance", "/service?thing="),
        ("concept/permanence", "Permanence", "/concepts?concept=concept/permanence"),
    ],
)
def test_panel_leads_to_the_page_of_the_node_first(new_page, served, node, name, target):
    page = new_page()
    go(page, f"{served}/explore?nodes={node}&selected={node}")
    panel = page.locator(".st-key-node_page, [class*='st-key-node']").last
    expect(panel.get_by_role("link", name="Open this")).to_be_visible()
    panel.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    assert target in unquote(page.url)
    wait_until_idle(page)

    page.go_back()
    wait_until(page, lambda: len(node_iris(page)) == 1)


def test_shared_address_shows_the_same_nodes_at_the_same_places_and_zoom(new_page, served):
    page = new_page()
    go(page, f"{served}/{NETWORK}")
    expand(page, ASHMERE)
    expand(page, ALLIANCE)
    x, y = node_position(page, ASHMERE)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="Zoom in").click()
    wait_until_idle(page)
    entries = page.evaluate("history.length")

    friend = new_page()
    go(friend, page.url)
    wait_until(friend, lambda: set(node_iris(friend)) == set(node_iris(page)))
    assert places(friend) == places(page)
    assert all(abs(here - there) <= 1 for here, there in zip(frame(friend), frame(page), strict=True))
    assert page.evaluate("history.length") == entries

    before, seen = places(page), frame(page)
    page.get_by_role("link", name="About", exact=True).click()
    expect(page.get_by_role("heading", name="About", exact=True)).to_be_visible()
    page.get_by_role("link", name="Network", exact=True).click()
    wait_until(page, lambda: "nodes=" in page.url)
    wait_until_idle(page)
    node_iris(page)
    assert places(page) == before
    assert all(abs(here - there) <= 1 for here, there in zip(frame(page), seen, strict=True))


def cut_off(page: Page, labels: list[dict[str, Any]]) -> list[str]:
    """Items whose names the edge of the frame cuts."""
    wide, high = page.evaluate("() => [window.network.clientWidth, window.network.clientHeight]")
    iris = node_iris(page)
    seen = [
        label
        for label in labels
        if label["id"] in iris and label["right"] > 0 < label["bottom"] and label["left"] < wide and label["top"] < high
    ]
    return [
        label["id"]
        for label in seen
        if label["left"] < -2 or label["right"] > wide + 2 or label["top"] < -2 or label["bottom"] > high + 2
    ]


@pytest.mark.parametrize("width", [1440, 390])
def test_labels_can_be_read_and_none_lies_over_another_or_is_cut_off(new_page, served, width):
    page = new_page(width)
    go(page, f"{served}/explore?around=agency/farrowdale-adoption-alliance")
    expand(page, ASHMERE)
    expand(page, ASHMERE)
    for clicks in range(4):
        labels = page.evaluate("() => window.network.caregraph.labels()")
        assert ASHMERE in [label["id"] for label in labels]
        assert min(label["pixels"] for label in labels) >= 11.99
        assert [
            (one["id"], other["id"])
            for number, one in enumerate(labels)
            for other in labels[:number]
            if one["left"] < other["right"]
            and other["left"] < one["right"]
            and one["top"] < other["bottom"]
            and other["top"] < one["bottom"]
        ] == []
        assert cut_off(page, labels) == []
        shown, names = {label["id"] for label in labels}, page.evaluate("() => window.network.caregraph.lineNames()")
        assert {line for line in names if ASHMERE in line.split() and names[line]} <= shown
        if clicks == 3:
            assert len([label for label in labels if label["id"] in node_iris(page)]) < len(node_iris(page))
        page.get_by_role("button", name="Zoom out").click()
        page.get_by_role("button", name="Zoom out").click()
        wait_until_idle(page)


def test_hub_brings_all_of_a_kind_and_its_findings_are_one_item_until_opened(new_page, served):
    page = new_page()
    page.goto(
        f"{served}/explore?nodes=agency/farrowdale-adoption-alliance&selected=agency/farrowdale-adoption-alliance"
    )
    wait_until_idle(page)
    row = page.locator("[class*='st-key-kind-'][class*='-Finding']").filter(has=page.get_by_text("findings"))
    row.get_by_role("button", name="Add all").click()
    wait_until(page, lambda: bool(page.evaluate("() => Object.keys(window.network?.caregraph.groups() || {}).length")))
    wait_until_idle(page)
    [group] = page.evaluate("() => Object.keys(window.network.caregraph.groups())")
    members = page.evaluate("(group) => window.network.caregraph.groups()[group]", group)
    assert set(members) < set(node_iris(page))

    click_node(page, members[0])
    expect(
        page.get_by_role("heading", name=f"{len(members)} findings around Farrowdale Adoption Alliance")
    ).to_be_visible()
    page.get_by_role("button", name="Draw each of them").click()
    wait_until(page, lambda: not page.evaluate("() => Object.keys(window.network.caregraph.groups()).length"))
    assert set(members) < set(node_iris(page))
    page.get_by_role("button", name="Undo").click()
    wait_until(page, lambda: bool(page.evaluate("() => Object.keys(window.network.caregraph.groups()).length")))


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "address",
    [
        NETWORK,
        "explore?around=agency/farrowdale-adoption-alliance&coloured=grades",
        "explore?around=authority/E99000001",
        "explore?around=authority/E99000001&arranged=kinds",
    ],
)
def test_names_of_a_network_that_is_opened_are_not_cut_off(new_page, served, address, width):
    page = new_page(width)
    go(page, f"{served}/{address}")
    names = [name for name in page.evaluate("() => window.network.caregraph.labels()") if name["id"] in node_iris(page)]
    assert len(names) >= len(node_iris(page)) / 2
    assert cut_off(page, names) == []


def test_address_tells_a_desk_the_places_that_a_phone_shows(new_page, served):
    phone, desk = new_page(390), new_page()
    go(phone, f"{served}/explore?around=agency/farrowdale-adoption-alliance")
    go(desk, phone.url)

    there = places(phone)
    assert all(abs(x - there[iri][0]) <= 1 and abs(y - there[iri][1]) <= 1 for iri, (x, y) in places(desk).items())
    by_height = [sorted(places(page), key=lambda iri: node_position(page, iri)[1]) for page in (phone, desk)]
    assert by_height[0] == by_height[1]


def test_names_stay_in_the_frame_when_grades_make_them_longer(new_page, served):
    page = new_page()
    go(page, f"{served}/explore?around=agency/farrowdale-adoption-alliance")
    page.get_by_role("button", name="Layout and colour").click()
    page.get_by_role("radio", name="Councils by latest overall grade").click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Councils have the colour of their latest grade")).to_be_visible()
    wait_until_idle(page)

    assert cut_off(page, page.evaluate("() => window.network.caregraph.labels()")) == []
