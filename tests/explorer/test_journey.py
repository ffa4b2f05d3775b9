"""The explorer in a real browser: from a search to the words that prove a fact, and nothing from outside."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.browser import chromium, click, explorer, requests_elsewhere, selected, settle, shown

ALLIANCE = "https://w3id.org/caregraph/id/agency/farrowdale-adoption-alliance"
ASHMERE = "https://w3id.org/caregraph/id/authority/E99000001"
WIDTHS = (1440, 390)
PATIENCE = 30_000  # milliseconds, for a machine that does much else

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(samples_graph) -> Iterator[str]:
    with explorer({"CAREGRAPH_DATA": str(samples_graph)}) as address:
        yield address


@pytest.fixture(params=WIDTHS)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a desk's or a phone's width; a request to any other host fails the test."""
    page = new_page(browser, request.param)
    elsewhere = requests_elsewhere(page)
    yield page
    page.context.close()
    assert elsewhere == []


def new_page(browser: Browser, width: int) -> Page:
    size = {"width": width, "height": 900}
    return browser.new_context(viewport=size, reduced_motion="reduce").new_page()  # type: ignore[arg-type]


def find(page: Page, address: str, text: str, name: str) -> None:
    """Search and pick, as a reader does."""
    page.goto(f"{address}/explore")
    settle(page)
    page.get_by_label("Search").first.fill(text)
    page.get_by_role("button", name=name, exact=True).first.click()
    settle(page)


def eventually(page: Page, holds: Callable[[], bool], *, trying: Callable[[], None] | None = None) -> None:
    """Wait until something holds: a click has to go to Python and back.

    Args:
        trying: done again every ten seconds; on a busy machine a double-click can arrive as two clicks.
    """
    for number in range(PATIENCE // 100):
        if trying and number % 100 == 0:
            trying()
        if holds():
            return
        page.wait_for_timeout(100)
    pytest.fail(f"does not come to hold within {PATIENCE // 1000} seconds")


def test_journey_from_a_search_to_evidence_and_a_shared_address(page, address, browser):
    find(page, address, "adoption alliance", "Farrowdale Adoption Alliance")
    eventually(page, lambda: selected(page) == [ALLIANCE])
    expect(page.locator("blockquote mark").first).to_be_visible()

    before = shown(page)
    click(page, ASHMERE)
    expect(page.get_by_role("heading", name="Ashmere", exact=True)).to_be_visible()
    expect(page.locator("blockquote mark").first).to_be_visible()
    assert shown(page) == before

    eventually(
        page,
        lambda: set(before) < set(shown(page)) and selected(page) == [ASHMERE],
        trying=lambda: click(page, ASHMERE, double=True),
    )
    settle(page)
    after = shown(page)

    friend = new_page(browser, 1440)
    friend.goto(page.url)
    settle(friend)
    eventually(page, lambda: set(shown(friend)) == set(after) and selected(friend) == [ASHMERE])
    expect(friend.get_by_role("heading", name="Ashmere", exact=True)).to_be_visible()
    friend.context.close()

    page.get_by_role("button", name="Undo").click()
    eventually(page, lambda: set(shown(page)) == set(before))


def test_page_fits_its_width(page, address):
    for name in ("", "explore", "shared", "ask", "documents", "about"):
        page.goto(f"{address}/{name}")
        settle(page)
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), name


def test_shared_service_opens_in_the_network(page, address):
    page.goto(f"{address}/shared?thing=agency/farrowdale-adoption-alliance")
    settle(page)
    expect(page.locator("blockquote mark").first).to_be_visible()

    page.get_by_role("button", name="Show in network").click()
    eventually(page, lambda: selected(page) == [ALLIANCE])
    assert ASHMERE in shown(page)


def test_search_and_evidence_need_no_mouse(page, address):
    page.goto(f"{address}/explore")
    settle(page)
    page.get_by_label("Search").first.focus()
    page.keyboard.type("mockingbird")
    pick = page.locator("[class*='st-key-pick-'] button").first
    expect(pick).to_be_visible()
    pick.focus()
    page.keyboard.press("Enter")
    settle(page)

    expect(page.locator("blockquote mark").first).to_be_visible()


def test_words_of_a_report_stay_words(browser, hostile):
    with explorer(hostile) as address:
        page = new_page(browser, 1440)
        elsewhere = requests_elsewhere(page)
        page.goto(f"{address}/?nodes=authority/E99000001&selected=authority/E99000001")
        settle(page)
        page.get_by_text("Findings", exact=False).last.click()
        settle(page)

        expect(
            page.locator("blockquote").filter(has_text="<script>document.title = 'owned'</script>").first
        ).to_be_visible()
        expect(
            page.locator("blockquote").filter(has_text="**quick** and sound decisions that cost $x^2$").first
        ).to_be_visible()
        assert page.title() != "owned"
        assert page.locator("blockquote img, blockquote script").count() == 0
        assert elsewhere == []
        page.context.close()


def test_empty_graph_says_what_to_do(browser, empty):
    with explorer(empty) as address:
        page = new_page(browser, 390)
        page.goto(address)
        settle(page)

        expect(page.get_by_text("The graph is empty")).to_be_visible()
        expect(page.get_by_text("caregraph build PATH")).to_be_visible()
        page.context.close()
