"""Screenshots of the explorer's pages, taken from the running explorer: ``python -m benchmarks.screenshots``.

The graph is that of ``CAREGRAPH_DATA`` or ``NEO4J_URI``, as for the explorer itself. The screenshots in
``docs/pictures`` are of the samples' graph, whose councils do not exist; `caregraph demo` makes one.
"""

import argparse
import io
import os
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from benchmarks.browser import click_node, node_iris, open_chromium, run_explorer, wait_until_idle

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
HEIGHTS = {1440: 900, 390: 844}  # of a desk's and of a phone's screen, by width, in pixels
PATIENCE = 180_000  # milliseconds, for a machine that does much else
COLOURS = 256  # of a picture, which makes it half as large and looks the same
SEARCH = "Farrowdale Adoption Alliance"
PAGES = {
    "home": "",
    "authority": "authority?council=authority/E99000001",
    "concepts": "concepts",
    "findings": "findings?words=permanence",
    "shared": "shared",
    "improvement": "improvement?council=authority/E99000001",
    "service": "service?thing=agency/farrowdale-adoption-alliance",
    "ask": "ask?question=shared-services",
    "documents": "documents",
    "news": "news",
    "review": "review",
    "about": "about",
}
Scheme = Literal["light", "dark"]


def take_screenshots(folder: Path, scheme: Scheme) -> None:
    """Take a screenshot of each page at each width, and of Explore with a network and with a page of a report."""
    folder.mkdir(parents=True, exist_ok=True)
    with run_explorer(os.environ) as address, open_chromium() as browser:
        for width in HEIGHTS:
            page = _new_page(browser, width, scheme)
            _open_network(page, address)
            _save(page, folder / f"explore-{width}.png")
            page.get_by_role("button", name="Page 2", exact=True).first.click()
            expect(page.get_by_role("img", name="the sentence boxed").first).to_be_visible()
            _save(page, folder / f"evidence-{width}.png")
            for name, path in PAGES.items():
                page.goto(f"{address}/{path}")
                wait_until_idle(page)
                _save(page, folder / f"{name}-{width}.png")
            _fill_pack(page, address)
            _save(page, folder / f"pack-{width}.png")
            page.context.close()


def _new_page(browser: Browser, width: int, scheme: Scheme) -> Page:
    size: ViewportSize = {"width": width, "height": HEIGHTS[width]}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def _open_network(page: Page, address: str) -> None:
    """Search, take the first hit, and expand one of its neighbours."""
    page.goto(f"{address}/explore")
    wait_until_idle(page)
    page.get_by_label("Search").first.fill(SEARCH)
    page.locator("[class*='st-key-pick-'] button").first.click()
    wait_until_idle(page)
    hit, councils = node_iris(page)[0], [iri for iri in node_iris(page) if "/authority/" in iri]
    if councils:
        click_node(page, councils[0], double=True)
        click_node(page, hit)
        page.wait_for_timeout(4500)  # until the message about new nodes has gone
    page.mouse.move(5, 5)


def _fill_pack(page: Page, address: str) -> None:
    """Add a table of a council's page to the pack, and open the pack from the menu: a new address would empty it."""
    page.goto(f"{address}/{PAGES['authority']}")
    wait_until_idle(page)
    page.locator(".st-key-take-recommendations").get_by_role("button", name="Add to pack").click()
    wait_until_idle(page)
    menu = page.get_by_test_id("stExpandSidebarButton")
    if menu.is_visible():  # on a phone
        menu.click()
    page.get_by_role("link", name="Pack (1)").click()
    expect(page.get_by_role("heading", name="Pack", level=1)).to_be_visible()
    wait_until_idle(page)


def _save(page: Page, path: Path) -> None:
    page.wait_for_timeout(800)
    path.write_bytes(compress_png(page.screenshot()))


def compress_png(png: bytes) -> bytes:
    """Reduce a picture's colours, keeping rare ones: a small star must keep its own."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    target = io.BytesIO()
    reduced = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    reduced.save(target, "PNG", optimize=True)
    return target.getvalue()


def main() -> None:
    """Take all screenshots into a folder."""
    parser = argparse.ArgumentParser(description="Take screenshots of the explorer.")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--scheme", choices=("light", "dark"), default="light")
    options = parser.parse_args()
    expect.set_options(timeout=PATIENCE)
    take_screenshots(options.folder, options.scheme)
    print(f"screenshots taken into {options.folder}")


if __name__ == "__main__":
    main()
