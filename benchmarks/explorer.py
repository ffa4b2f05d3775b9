"""Speed of the explorer over a graph: ``python -m benchmarks.explorer``.

The graph is that of ``CAREGRAPH_DATA`` or ``NEO4J_URI``, as for the explorer itself. Each figure is the median of
some runs in a headless Chromium on the same machine, from the user's act to the result on the screen.
"""

import argparse
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlencode

from playwright.sync_api import Browser, Error, Locator, Page, expect

from benchmarks.browser import (
    drawn_nodes,
    node_iris,
    node_position,
    open_chromium,
    record_external_requests,
    run_explorer,
    wait_until,
    wait_until_idle,
)
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries.neighbourhood import neighbours
from caregraph.graph.queries.nodes import fill_template
from caregraph.graph.server import launcher
from caregraph.ontology.iris import THINGS
from caregraph.settings import ServerAddress, data_directory, external_server

# Steps that are timed, and the seconds that each may take.
TARGETS = {
    "first page": 3.0,
    "search": 1.0,
    "click to evidence": 0.3,
    "click to all evidence": 1.0,
    "expand": 1.5,
    "500 nodes drawn": 3.0,
}
# Journeys of a reader, with the actions that each may take, and the seconds, if they are bounded.
JOURNEYS = {
    "from the map to who can help, and the sentence": (5, None),
    "from home to a region's disagreement, both sentences": (4, None),
    "a decision in review, with the next pair": (1, 2.0),
}
BROWSER_FAILURES = (Error, AssertionError)
PATIENCE = 180_000  # milliseconds: slow steps are measured too, not given up
USERS = 5
LARGE_NETWORK = 500  # nodes
NEIGHBOURS = 12  # nodes around the council that is selected, as the explorer adds them
PAGE = re.compile(r"page \d+", re.IGNORECASE)  # with it stands the report, and the sentence if it is here
EVIDENCE = "article blockquote"  # with words, or in a snapshot the place of them

_MOST_CONNECTED = (
    "MATCH (n:$labels) WHERE NOT n:Concept RETURN n.iri AS iri ORDER BY COUNT { (n)--() } DESC, iri LIMIT $limit"
)
_MOST_CONNECTED_AUTHORITY = """
MATCH (n:LocalAuthority)<-[:REPORTS_ON]-(d) RETURN n.iri AS iri, n.name AS name
ORDER BY COUNT { (n)--() } DESC, iri LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class JourneyTime:
    """Actions (clicks and choices) and seconds of a journey; both are None where the graph has nothing for it."""

    name: str
    actions: int | None = None
    seconds: float | None = None

    @property
    def on_target(self) -> bool:
        """Check that it took no more than it may."""
        most, longest = JOURNEYS[self.name]
        return (self.actions or 0) <= most and (self.seconds or 0) <= (longest or float("inf"))


class Reader:
    """A reader who clicks on what is seen; each click is an action, after which the page comes to rest."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def click(self, place: Locator) -> None:
        """Click once the place is seen."""
        place.click()
        self.actions += 1
        wait_until_idle(self.page)


def time_journeys(page: Page, address: str) -> list[JourneyTime]:
    """Make each journey once, on a page that has been open before."""
    steps = zip(JOURNEYS, (find_help, find_disagreement, decide_pair), strict=True)
    return [_time_journey(page, address, name, journey) for name, journey in steps]


def _time_journey(page: Page, address: str, name: str, journey: Callable[[Reader, str], float | None]) -> JourneyTime:
    reader = Reader(page)
    seconds = journey(reader, address)
    return JourneyTime(name, reader.actions, seconds) if seconds is not None else JourneyTime(name)


def find_help(reader: Reader, address: str) -> float | None:
    """Open a council on the map, and whoever near it does well at what it must improve; the sentence is there."""
    page = reader.page
    page.goto(address)
    wait_until_idle(page)
    tiles = page.locator(".atlas a.tile").count()
    for number in range(tiles):  # the first council that somebody can help
        reader.actions, started = 0, perf_counter()
        reader.click(page.locator(".atlas a.tile").nth(number))
        helper = page.locator(".asked details[open] td:last-child a[href*='polarity=strength']").first
        if helper.count():
            reader.click(helper)
            expect(page.locator(EVIDENCE).first).to_be_visible()
            return perf_counter() - started
        page.goto(address)
        wait_until_idle(page)
    return None


def find_disagreement(reader: Reader, address: str) -> float | None:
    """Open the shared services, choose a region, and read both sentences of a disagreement."""
    page = reader.page
    page.goto(f"{address}/shared")
    wait_until_idle(page)
    regions = page.get_by_label("Region", exact=True).first
    regions.click()
    names = page.get_by_role("option").all_inner_texts()
    page.keyboard.press("Escape")
    for name in names:
        page.goto(address)
        wait_until_idle(page)
        reader.actions, started = 0, perf_counter()
        reader.click(page.get_by_role("link", name="Shared services", exact=True))
        if regions.input_value() != name:
            reader.click(regions)
            reader.click(page.get_by_role("option", name=name, exact=True))
        if page.locator(".differ .quotation").count() >= 2:
            page.locator(".differ .quotation").nth(1).scroll_into_view_if_needed()
            return perf_counter() - started
    return None


def decide_pair(reader: Reader, address: str) -> float | None:
    """Decide that a pair of names is not certain, and have the next one."""
    page = reader.page
    page.goto(f"{address}/review")
    wait_until_idle(page)
    pair = page.locator(".st-key-pair")
    if not pair.count() or not page.get_by_role("button", name="Not sure").count():
        return None
    page.get_by_label("Your name").fill("Benchmark")
    page.get_by_label("Your name").press("Enter")
    wait_until_idle(page)
    words, started = pair.inner_text(), perf_counter()
    page.get_by_role("button", name="Not sure").click()
    reader.actions += 1
    wait_until(page, lambda: pair.count() == 0 or pair.inner_text() != words, every=20)
    return perf_counter() - started


class StepTimer:
    """Seconds of each step, one for each run."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {step: [] for step in TARGETS}

    @contextmanager
    def time(self, step: str) -> Iterator[None]:
        """Add the seconds that the ``with`` block takes."""
        started = perf_counter()
        yield
        self.seconds[step].append(perf_counter() - started)


@dataclass(frozen=True, slots=True)
class ExplorerTimes:
    """Seconds of each step, after the explorer's first page was opened once; and what went wrong.

    ``journeys`` are made last. ``errors`` are those that several users saw at once, ``external_requests`` the addresses
    asked for outside loopback.
    """

    first_page_after_start: float
    seconds: Mapping[str, Sequence[float]]
    journeys: Sequence[JourneyTime]
    errors: Sequence[str]
    external_requests: Sequence[str]

    @property
    def on_target(self) -> bool:
        """Check that every journey and the median of every step hold their targets, and that nobody saw an error."""
        steps = all(median(self.seconds[step]) <= target for step, target in TARGETS.items())
        return not self.errors and steps and all(journey.on_target for journey in self.journeys)


def network_path(iris: Sequence[str], *, selected: str | None = None) -> str:
    """Path of the page that shows a network of these nodes."""
    parameters = {
        "nodes": ",".join(iri.removeprefix(THINGS) for iri in iris),
        "selected": (selected or "").removeprefix(THINGS),
    }
    return f"explore?{urlencode(parameters, safe='/,')}"


def open_network(page: Page, address: str, iris: Sequence[str], *, selected: str | None = None) -> None:
    """Open a network of some nodes, and wait until all of them are drawn."""
    page.goto(f"{address}/{network_path(iris, selected=selected)}", wait_until="commit")
    wait_until(page, lambda: drawn_nodes(page) == len(iris), every=20)


def time_steps(page: Page, address: str, authority: str, name: str, store: Neo4jStore, timer: StepTimer) -> None:
    """Time a user's steps: open the first page, search, pick a node, read its evidence, expand the network."""
    with timer.time("first page"):
        page.goto(address, wait_until="commit")
        _wait_until_seen(page, page.get_by_label("Search"), page.get_by_text("Latest inspections"))
    page.goto(f"{address}/explore")
    box = page.get_by_label("Search").first
    expect(box).to_be_editable()
    wait_until_idle(page)
    with timer.time("search"):
        box.fill(name)
        _wait_until_seen(page, page.locator("[class*='st-key-pick-'] button"))
    around = neighbours(store, authority, limit=NEIGHBOURS).nodes
    open_network(page, address, [authority, *(node.iri for node in around)], selected=authority)
    expect(page.locator(EVIDENCE).first).to_be_visible()
    card = page.locator(".card").filter(has=page.get_by_role("heading", name=around[0].name)).filter(has_text=PAGE)
    with timer.time("click to all evidence"):
        with timer.time("click to evidence"):
            page.mouse.click(*node_position(page, around[0].iri))
            _wait_until_seen(page, card)
        _wait_until_seen(page, page.get_by_role("heading", name=around[0].name, level=2), page.locator(EVIDENCE))
    before = len(node_iris(page))
    with timer.time("expand"):
        page.mouse.dblclick(*node_position(page, authority))
        wait_until(page, lambda: drawn_nodes(page) > before, every=20)


def _wait_until_seen(page: Page, *places: Locator) -> None:
    """Wait until the first of each is seen; look more often than Playwright's own assertions, which pause up to 1 s."""
    for place in places:
        wait_until(page, place.first.is_visible, every=10)


def errors_of_users_at_once(browser: Browser, address: str, iris: Sequence[str]) -> list[str]:
    """Open a network for each of some users, and then the first page, all at the same moment; return their errors."""
    pages = [new_page(browser) for _ in iris]
    errors: list[str] = []
    for page in pages:
        page.on("pageerror", lambda error: errors.append(str(error)))
    for page, iri in zip(pages, iris, strict=True):
        page.goto(f"{address}/{network_path([iri], selected=iri)}", wait_until="commit")
    for page in pages:
        wait_until(page, _has_drawn(page, 1))
        expect(page.locator(EVIDENCE).first).to_be_visible()
    for page in pages:
        page.goto(address, wait_until="commit")
    for page in pages:
        expect(page.get_by_text("Latest inspections")).to_be_visible()
        errors += [exception.inner_text() for exception in page.get_by_test_id("stException").all()]
        page.context.close()
    return errors


def _has_drawn(page: Page, count: int) -> Callable[[], bool]:
    return lambda: drawn_nodes(page) == count


def new_page(browser: Browser) -> Page:
    """Open a page of a new session, without animations."""
    page = browser.new_context(viewport={"width": 1440, "height": 1000}, reduced_motion="reduce").new_page()
    page.set_default_timeout(PATIENCE)
    return page


def measure_explorer(server: ServerAddress, environ: Mapping[str, str], *, runs: int) -> ExplorerTimes:
    """Run the explorer over a graph, and time each step some times.

    Args:
        environ: the explorer's environment, which names the same graph as ``server``.

    Raises:
        FileNotFoundError: if there is no Chromium.
    """
    expect.set_options(timeout=PATIENCE)
    cold, timer = StepTimer(), StepTimer()
    with Neo4jStore.connect(server) as store, open_chromium() as browser, run_explorer(environ) as address:
        [authority] = store.read(_MOST_CONNECTED_AUTHORITY)
        iris = [row["iri"] for row in store.read(fill_template(_MOST_CONNECTED), limit=LARGE_NETWORK)]
        time_steps(new_page(browser), address, authority["iri"], authority["name"], store, cold)
        external: list[list[str]] = []
        for _ in range(runs):
            page = new_page(browser)
            external.append(record_external_requests(page))
            time_steps(page, address, authority["iri"], authority["name"], store, timer)
            with timer.time("500 nodes drawn"):
                open_network(page, address, iris)
            page.context.close()
        errors = errors_of_users_at_once(browser, address, iris[:USERS])
        journeys = time_journeys(new_page(browser), address)
    requests = [url for urls in external for url in urls]
    return ExplorerTimes(cold.seconds["first page"][0], timer.seconds, journeys, errors, requests)


@contextmanager
def copied_data(environ: Mapping[str, str], server: ServerAddress) -> Iterator[dict[str, str]]:
    """An environment of the same graph whose data directory is a copy: a decision of the benchmark is nobody's."""
    with TemporaryDirectory() as copy:
        ignore = shutil.ignore_patterns("neo4j")
        shutil.copytree(data_directory(), Path(copy), ignore=ignore, dirs_exist_ok=True)
        named = {
            "NEO4J_URI": server.uri,
            "NEO4J_USERNAME": server.username,
            "NEO4J_PASSWORD": server.password,
            "NEO4J_DATABASE": server.database,
        }
        yield {**environ, **named, "CAREGRAPH_DATA": copy}


def main() -> None:
    """Print each figure with its target; exit 1 if one is missed."""
    parser = argparse.ArgumentParser(description="Measure the speed of the explorer.")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    server = external_server() or launcher.start(data_directory(), progress=print)
    with copied_data(os.environ, server) as environ:
        times = measure_explorer(server, environ, runs=runs)
    print(f"first page, right after the start: {times.first_page_after_start:.1f} s")
    for step, target in TARGETS.items():
        seconds = times.seconds[step]
        print(f"{step:20} {median(seconds):5.2f} s, worst {max(seconds):5.2f} s, target {target:.1f} s")
    for journey in times.journeys:
        most, longest = JOURNEYS[journey.name]
        bound = f", {longest:.0f} s" if longest else ""
        told = f"{journey.actions} actions, {journey.seconds:.1f} s" if journey.seconds is not None else "not there"
        print(f"{journey.name}: {told} (at most {most}{bound})")
    print(f"{USERS} users at once: {len(times.errors)} errors; requests to other hosts: {len(times.external_requests)}")
    for error in times.errors:
        print(f"  {error}")
    raise SystemExit(0 if times.on_target else 1)


if __name__ == "__main__":
    main()
