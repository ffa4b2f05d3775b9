"""Pictures of the explorer's pages, taken from the running explorer: ``python -m benchmarks.pictures``.

The graph is that of ``CAREGRAPH_DATA`` or ``NEO4J_URI``, as for the explorer itself. The pictures in ``docs/pictures``
are of the samples' graph, whose councils do not exist; `caregraph demo` makes one.
"""

import argparse
import io
import os
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from benchmarks.browser import chromium, click, explorer, settle, shown

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
WIDTHS = {1440: 900, 390: 844}  # a desk's and a phone's, with their heights in pixels
PATIENCE = 180_000  # milliseconds, for a machine that does much else
COLOURS = 256  # of a picture, which makes it half as large and looks the same
SEARCH = "Farrowdale Adoption Alliance"
PAGES = {
    "home": "",
    "authority": "authority?council=authority/E99000001",
    "concepts": "concepts",
    "findings": "findings?words=permanence",
    "shared": "shared",
    "service": "service?thing=agency/farrowdale-adoption-alliance",
    "ask": "ask?question=shared-services",
    "documents": "documents",
    "review": "review",
    "about": "about",
}
Scheme = Literal["light", "dark"]


def take(folder: Path, scheme: Scheme) -> None:
    """Take a picture of each page at each width, and of Explore with a network and with a page of a report."""
    folder.mkdir(parents=True, exist_ok=True)
    with explorer(os.environ) as address, chromium() as browser:
        for width in WIDTHS:
            page = _page(browser, width, scheme)
            _explore(page, address)
            _keep(page, folder / f"explore-{width}.png")
            page.get_by_role("button", name="Page 2", exact=True).first.click()
            expect(page.get_by_role("img", name="the sentence boxed").first).to_be_visible()
            _keep(page, folder / f"evidence-{width}.png")
            for name, at in PAGES.items():
                page.goto(f"{address}/{at}")
                settle(page)
                _keep(page, folder / f"{name}-{width}.png")
            page.context.close()


def _page(browser: Browser, width: int, scheme: Scheme) -> Page:
    size: ViewportSize = {"width": width, "height": WIDTHS[width]}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def _explore(page: Page, address: str) -> None:
    """Search, take the first hit, and bring what hangs on one of its neighbours."""
    page.goto(f"{address}/explore")
    settle(page)
    page.get_by_label("Search").first.fill(SEARCH)
    page.locator("[class*='st-key-pick-'] button").first.click()
    settle(page)
    found, councils = shown(page)[0], [iri for iri in shown(page) if "/authority/" in iri]
    if councils:
        click(page, councils[0], double=True)
        click(page, found)
        page.wait_for_timeout(4500)  # until what it said has gone
    page.mouse.move(5, 5)


def _keep(page: Page, path: Path) -> None:
    page.wait_for_timeout(800)
    path.write_bytes(small(page.screenshot()))


def small(png: bytes) -> bytes:
    """A picture with fewer colours, rare ones among them: a small star must keep its own."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    target = io.BytesIO()
    fewer = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    fewer.save(target, "PNG", optimize=True)
    return target.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description="Take pictures of the explorer.")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--scheme", choices=("light", "dark"), default="light")
    given = parser.parse_args()
    expect.set_options(timeout=PATIENCE)
    take(given.folder, given.scheme)
    print(f"pictures taken into {given.folder}")


if __name__ == "__main__":
    main()
