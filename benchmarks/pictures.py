"""Pictures of the explorer's pages, taken from the running explorer: ``python -m benchmarks.pictures``.

The graph is that of ``CAREGRAPH_DATA`` or ``NEO4J_URI``, as for the explorer itself; `caregraph demo` makes one.
"""

import argparse
import os
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize

from benchmarks.browser import chromium, click, explorer, settle, shown

DOCS = Path(__file__).parent.parent / "docs"
PAGES = ("", "shared", "ask", "documents", "about")
WIDTHS = {1440: 900, 390: 844}  # a desk's and a phone's, with their heights in pixels


def take(folder: Path, *, search: str, every: bool) -> None:
    """Take the picture of Explore after a search, and with ``every`` one of each page at each width, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    with explorer(os.environ) as address, chromium() as browser:
        page = _page(browser, 1440, "light")
        _explore(page, address, search)
        page.screenshot(path=folder / "explorer.png")
        for width in WIDTHS if every else ():
            _pages(_page(browser, width, "light"), address, search, folder, f"{width}-light")
            _pages(_page(browser, width, "dark"), address, search, folder, f"{width}-dark")


def _page(browser: Browser, width: int, scheme: Literal["light", "dark"]) -> Page:
    size: ViewportSize = {"width": width, "height": WIDTHS[width]}
    return browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce").new_page()


def _explore(page: Page, address: str, search: str) -> None:
    """Search, take the first hit, and bring what hangs on one of its neighbours."""
    page.goto(f"{address}/explore")
    settle(page)
    page.get_by_label("Search").first.fill(search)
    page.locator("[class*='st-key-pick-'] button").first.click()
    settle(page)
    found, councils = shown(page)[0], [iri for iri in shown(page) if "/authority/" in iri]
    if councils:
        click(page, councils[0], double=True)
        click(page, found)
        page.wait_for_timeout(4500)  # until what it said has gone
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)


def _pages(page: Page, address: str, search: str, folder: Path, suffix: str) -> None:
    _explore(page, address, search)
    page.screenshot(path=folder / f"explore-{suffix}.png")
    for name in PAGES:
        page.goto(f"{address}/{name}")
        settle(page)
        page.wait_for_timeout(800)
        page.screenshot(path=folder / f"{name or 'home'}-{suffix}.png")


def main() -> None:
    parser = argparse.ArgumentParser(description="Take pictures of the explorer.")
    parser.add_argument("--folder", type=Path, default=DOCS)
    parser.add_argument("--search", default="Farrowdale Adoption Alliance")
    parser.add_argument("--every", action="store_true", help="every page at every width, not only explorer.png")
    given = parser.parse_args()
    take(given.folder, search=given.search, every=given.every)
    print(f"pictures taken into {given.folder}")


if __name__ == "__main__":
    main()
