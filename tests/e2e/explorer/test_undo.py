"""Undo and redo in the network, after filters, layouts and expansions."""

from urllib.parse import unquote

from playwright.sync_api import Page, expect

from benchmarks.browser import click_node, node_iris, node_position, selected_iris, wait_until, wait_until_idle

ASHMERE = "https://w3id.org/caregraph/id/authority/E99000001"
ALLIANCE = "https://w3id.org/caregraph/id/agency/farrowdale-adoption-alliance"
NETWORK = "explore?nodes=agency/farrowdale-adoption-alliance,authority/E99000001&selected=authority/E99000001"


def button(page: Page, name: str):
    return page.get_by_role("button", name=name, exact=True)


def choose_layout(page: Page, name: str) -> None:
    button(page, "Layout and colour").click()
    page.get_by_role("radio", name=name).click()
    wait_until_idle(page)
    page.keyboard.press("Escape")
    wait_until_idle(page)


def choose_kind(page: Page, name: str) -> None:
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("combobox", name="Kind").click()
    page.get_by_role("option", name=name).click()
    wait_until_idle(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    wait_until_idle(page)


def state(page: Page) -> tuple[frozenset[str], str]:
    """The nodes that are drawn, and the parameters of the address that are no selection."""
    query = unquote(page.url.partition("?")[2]).split("&")  # the browser's script and Streamlit quote differently
    wanted = ("arranged=", "kinds=", "nodes=")
    return frozenset(node_iris(page)), "&".join(sorted(part for part in query if part.startswith(wanted)))


def test_twelve_undos_after_filters_and_layouts_and_redo(new_page, served):
    page = new_page()
    page.goto(f"{served}/{NETWORK}")
    wait_until_idle(page)
    wait_until(page, lambda: len(node_iris(page)) > 2, action=lambda: click_node(page, ASHMERE, double=True))
    states = [state(page)]

    def note() -> None:
        wait_until(page, lambda: state(page) != states[-1])
        wait_until_idle(page)
        states.append(state(page))

    choose_kind(page, "Councils")
    note()
    choose_layout(page, "By kind")
    note()
    choose_layout(page, "By year")
    note()
    choose_layout(page, "Automatic")
    note()
    choose_kind(page, "Agencies")
    note()
    for name in ("By kind", "Automatic", "By year", "By kind", "Automatic", "By year", "Automatic"):
        choose_layout(page, name)
        note()
    assert len(states) == 13

    for expected in reversed(states[:-1]):
        button(page, "Undo").click()
        wait_until(page, lambda expected=expected: state(page) == expected)
        wait_until_idle(page)
        assert state(page) == expected
    for expected in states[1:6]:
        button(page, "Redo").click()
        wait_until(page, lambda expected=expected: state(page) == expected)
        wait_until_idle(page)
        assert state(page) == expected


def test_what_was_undone_stays_undone_and_selecting_keeps_redo(new_page, served):
    page = new_page()
    page.goto(f"{served}/{NETWORK}")
    wait_until_idle(page)
    choose_kind(page, "Councils")
    wait_until(page, lambda: node_iris(page) == [ASHMERE])
    button(page, "Undo").click()
    wait_until(page, lambda: set(node_iris(page)) == {ALLIANCE, ASHMERE})
    wait_until_idle(page)

    click_node(page, ALLIANCE)
    wait_until(page, lambda: selected_iris(page) == [ALLIANCE])
    expect(button(page, "Redo")).to_be_enabled()
    wait_until(page, lambda: len(node_iris(page)) > 2, action=lambda: click_node(page, ALLIANCE, double=True))
    wait_until_idle(page)
    expect(button(page, "Filter")).to_be_visible()  # without a number of filters


def test_layout_shows_what_is_chosen_when_it_opens(new_page, served):
    page = new_page()
    page.goto(f"{served}/{NETWORK}&arranged=kinds")
    wait_until_idle(page)
    button(page, "Layout and colour").click()
    expect(page.get_by_role("radio", name="By kind")).to_be_checked()
    page.keyboard.press("Escape")
    choose_layout(page, "Automatic")
    button(page, "Undo").click()
    wait_until_idle(page)
    button(page, "Layout and colour").click()
    expect(page.get_by_role("radio", name="By kind")).to_be_checked()


def test_undo_brings_back_the_places_before_a_reset_of_the_layout(new_page, served):
    page = new_page()
    page.goto(f"{served}/{NETWORK}&pinned=")
    wait_until_idle(page)
    node_iris(page)
    places = "() => window.network.caregraph.positions()"
    x, y = node_position(page, ASHMERE)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 90, y + 60, steps=5)
    page.mouse.up()
    wait_until_idle(page)
    moved = page.evaluate(places)

    button(page, "Layout and colour").click()
    button(page, "Reset layout").click()
    wait_until(page, lambda: page.evaluate(places) != moved)
    page.keyboard.press("Escape")
    wait_until_idle(page)
    button(page, "Undo").click()
    wait_until(page, lambda: page.evaluate(places)[ASHMERE] == moved[ASHMERE])
