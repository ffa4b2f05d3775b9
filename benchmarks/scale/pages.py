"""Pages of the explorer beside those of an empty Streamlit app, and many readers: ``python -m benchmarks.scale.pages``.

The graph is that of ``CAREGRAPH_DATA`` or ``NEO4J_URI``. Both apps run on this machine at once and are asked in turn,
so that whatever else the machine does slows both. A page is there when it has its heading, and Streamlit says that the
page's script has ended. Ratios are of medians. Then some readers go through the pages at the same time.
"""

import argparse
import os
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.browser import open_chromium, run_explorer
from benchmarks.explorer import copied_data, new_page
from caregraph.graph.server import launcher
from caregraph.settings import data_directory, external_server

EMPTY_APP = Path(__file__).with_name("empty_app.py")
FIRST_PAGE, OTHER_PAGES = 1.5, 1.3  # times what the empty app takes
PAGES = ("Network", "Councils", "Topics", "Findings", "Improvement", "Shared services", "Questions", "Reports")
SLOWEST = 3.0  # seconds, at the 95th percentile of the readers' pages
PAUSE = 0.5  # seconds from one reader's click to the next one's
_HEADING = "document.querySelector(\"[data-testid='stMain'] h1\")?.textContent.trim()"
_IS_DRAWN = f"""(before) => {{
  const heading = {_HEADING};
  return document.querySelector("[data-testid='stApp']")?.dataset.testScriptState === "notRunning"
    && !!heading && heading !== before;
}}"""


@dataclass(slots=True)
class Times:
    """Seconds of a page of ours and of the empty app's."""

    ours: list[float] = field(default_factory=list)
    empty: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Median of ours by that of the empty app's."""
        return statistics.median(self.ours) / statistics.median(self.empty)


def open_first(page: Page, address: str) -> float:
    """Open an app in a new browser; return the seconds until it is drawn."""
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(_IS_DRAWN, polling=10)
    return time.perf_counter() - started


def follow(page: Page, name: str) -> float:
    """Follow a link of the menu; return the seconds until the page that it leads to is drawn."""
    before, started = click_link(page, name)
    page.wait_for_function(_IS_DRAWN, arg=before, polling=10)
    return time.perf_counter() - started


def click_link(page: Page, name: str) -> tuple[str, float]:
    """Click a link of the menu; return the heading before, and when that was."""
    link = page.get_by_role("link", name=name, exact=True).first
    link.wait_for()
    before, started = page.evaluate(_HEADING), time.perf_counter()
    link.click()
    return before, started


def compare_apps(browser: Browser, ours: str, empty: str, *, runs: int) -> Mapping[str, Times]:
    """Open the pages of both apps in turn; the first run warms both and does not count."""
    times = {name: Times() for name in ("first page", *PAGES)}
    for number in range(runs + 1):
        our_page, empty_page = new_page(browser), new_page(browser)
        seconds = {"first page": (open_first(our_page, ours), open_first(empty_page, empty))}
        for turn, name in enumerate(PAGES):
            empty_name = ("Second", "First")[turn % 2]
            seconds[name] = follow(our_page, name), follow(empty_page, empty_name)
        for name, (our_seconds, empty_seconds) in seconds.items():
            if number:
                times[name].ours.append(our_seconds)
                times[name].empty.append(empty_seconds)
        our_page.context.close()
        empty_page.context.close()
    return times


def read_at_once(browser: Browser, address: str, *, readers: int, clicks: int) -> tuple[list[float], list[str]]:
    """Let readers go from page to page, each when its turn comes, `PAUSE` seconds after the one before.

    Returns:
        The seconds of each page, and the errors that readers saw.
    """
    pages, errors = [new_page(browser) for _ in range(readers)], list[str]()
    for page in pages:
        page.on("pageerror", lambda error: errors.append(str(error)))
        open_first(page, address)
    waiting: dict[int, tuple[str, float]] = {}
    seconds: list[float] = []

    def look() -> None:
        for reader, (before, started) in list(waiting.items()):
            if pages[reader].evaluate(_IS_DRAWN, before):
                seconds.append(time.perf_counter() - started)
                del waiting[reader]

    for number in range(clicks):
        reader, due = number % readers, time.perf_counter() + PAUSE
        while reader in waiting:
            look()
        waiting[reader] = click_link(pages[reader], PAGES[(number // readers + reader) % len(PAGES)])
        while time.perf_counter() < due:
            look()
    while waiting:
        look()
    for page in pages:
        errors += [exception.inner_text() for exception in page.get_by_test_id("stException").all()]
        page.context.close()
    return seconds, errors


def main() -> None:
    """Print each page's seconds with its ratio, then those of many readers; exit 1 if a bound is missed."""
    parser = argparse.ArgumentParser(description="Measure pages beside an empty app, and many readers at once.")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--clicks", type=int, default=160)
    options = parser.parse_args()
    server = external_server() or launcher.start(data_directory(), progress=print)
    with copied_data(os.environ, server) as environ, open_chromium() as browser, run_explorer(environ) as ours:
        with run_explorer({}, app=EMPTY_APP) as empty:
            times = compare_apps(browser, ours, empty, runs=options.runs)
        seconds, errors = read_at_once(browser, ours, readers=options.readers, clicks=options.clicks)
    for name, pair in times.items():
        our_median, empty_median = statistics.median(pair.ours), statistics.median(pair.empty)
        bound = FIRST_PAGE if name == "first page" else OTHER_PAGES
        print(f"{name:16} {our_median:6.2f} s, empty {empty_median:5.2f} s: {pair.ratio:5.2f} (at most {bound})")
    others = statistics.median(times[name].ratio for name in PAGES)
    slow = statistics.quantiles(seconds, n=20)[-1]
    print(f"other pages in the median: {others:.2f}")
    print(f"{options.readers} readers, {len(seconds)} pages: 95th percentile {slow:.2f} s (at most {SLOWEST})")
    print(f"errors that they saw: {errors}")
    missed = times["first page"].ratio > FIRST_PAGE, others > OTHER_PAGES, slow > SLOWEST, bool(errors)
    raise SystemExit(int(any(missed)))


if __name__ == "__main__":
    main()
