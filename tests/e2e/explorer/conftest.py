import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Literal

import pytest
import streamlit as st
from playwright.sync_api import Browser, BrowserContext, Page, expect
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from benchmarks.browser import PATIENCE, open_chromium, record_external_requests, run_explorer
from caregraph.cli.commands.documents import build_into
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.server import launcher
from caregraph.settings import ServerAddress

SAMPLES = Path(__file__).parents[3] / "samples"

# Our own words, shaped like a letter, that would do harm if they ever became markup.
HOSTILE = """Focused visit to Ashmere local authority children’s services

Inspection dates: 7 to 8 May 2024
Lead inspector: Orla Finnimore, His Majesty’s Inspector

1. Work in the front door is careful. The <script>document.title = 'owned'</script> MASH makes **quick** and sound
decisions that cost $x^2$ and :red[nothing] at all. <img src="https://example.org/a.png" onerror="alert('owned')">
Managers see every contact.
"""

Environment = Callable[[dict[str, str]], None]


@pytest.fixture(scope="session", autouse=True)
def packages_looked_through_once() -> Iterator[None]:
    """Each `AppTest` looks through all installed packages for components, which is half of what a page takes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def cached_of() -> Iterator[dict[str, str]]:
    """The environment of which Streamlit has cached pages' answers and has opened the database."""
    values: dict[str, str] = {}
    yield values
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, cached_of: dict[str, str]) -> Environment:
    """Sets what the explorer reads from its environment, with nothing cached from a test with another one."""

    def use(values: dict[str, str]) -> None:
        names = ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE", "CAREGRAPH_DATA")
        for name in (*names, "CAREGRAPH_READ_ONLY"):
            monkeypatch.delenv(name, raising=False)
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        if values != cached_of:
            st.cache_data.clear()
            st.cache_resource.clear()
            cached_of.clear()
            cached_of.update(values)

    return use


@pytest.fixture
def samples(samples_graph: Path, environment: Environment) -> dict[str, str]:
    """The explorer's environment for the samples' graph."""
    values = {"CAREGRAPH_DATA": str(samples_graph)}
    environment(values)
    return values


@pytest.fixture
def empty(neo4j: ServerAddress, tmp_path: Path, environment: Environment) -> dict[str, str]:
    """The explorer's environment for a database without anything in it."""
    with Neo4jStore.connect(neo4j) as store:
        for graph in store.loaded():
            store.retract(graph)
    values = neo4j.variables() | {"CAREGRAPH_DATA": str(tmp_path)}
    environment(values)
    return values


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A document whose words would do harm as markup."""
    path = tmp_path / "letter" / "ashmere_focused-visit_2024-05-20.txt"
    path.parent.mkdir()
    path.write_text(HOSTILE, encoding="utf-8")
    return path


@pytest.fixture
def hostile(empty: dict[str, str], letter: Path, tmp_path: Path) -> dict[str, str]:
    """The explorer's environment for a graph of that document."""
    assert build_into(tmp_path, [letter], registers=[SAMPLES / "register.ttl"], workers=1, form=None).failed == {}
    return empty


@pytest.fixture
def opened() -> Callable[..., AppTest]:
    """Opens a page, by the name of its module, with the parameters of its address."""

    def run(page: str, **parameters: str) -> AppTest:
        module = f"caregraph.explorer.pages.{page}"
        script = (
            f"from caregraph.explorer.page_shell import with_shell\nfrom {module} import show_{page}\n"
            f"with_shell(show_{page})()\n"
        )
        test = AppTest.from_string(script, default_timeout=PATIENCE)
        for name, value in parameters.items():
            test.query_params[name] = value
        test.run()
        assert not test.exception
        return test

    return run


expect.set_options(timeout=1000 * PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def served(samples_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one explorer for all tests, over the samples' Neo4j and a copy of the rest that may be written."""
    data = tmp_path_factory.mktemp("served")
    shutil.copytree(samples_graph, data, ignore=shutil.ignore_patterns("neo4j"), dirs_exist_ok=True)
    server = launcher.start(samples_graph, progress=print)
    with run_explorer(server.variables() | {"CAREGRAPH_DATA": str(data)}) as served:
        yield served


OpenPage = Callable[..., Page]
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="session")
def contexts() -> dict[tuple[int, Scheme], list[BrowserContext]]:
    """Contexts of the browser that no page uses now, by width and colour scheme.

    One that has shown a page has fetched and compiled the explorer's scripts, which is most of what a page costs.
    """
    return defaultdict(list)


@contextmanager
def opening(browser: Browser, contexts: dict[tuple[int, Scheme], list[BrowserContext]]) -> Iterator[OpenPage]:
    """Yield what opens pages, each a session of its own, and close them; a request to any other host is an error."""
    opened: list[tuple[Page, list[BrowserContext]]] = []
    elsewhere: list[list[str]] = []

    def make(width: int = 1440, scheme: Scheme = "light") -> Page:
        unused = contexts[width, scheme]
        context = (
            unused.pop()
            if unused
            else browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
            )
        )
        context.set_default_timeout(1000 * PATIENCE)
        page = context.new_page()
        opened.append((page, unused))
        elsewhere.append(record_external_requests(page))
        return page

    yield make
    for page, unused in opened:
        page.close()
        unused.append(page.context)
    assert [url for urls in elsewhere for url in urls] == []


@pytest.fixture
def new_page(browser: Browser, contexts: dict[tuple[int, Scheme], list[BrowserContext]]) -> Iterator[OpenPage]:
    """Opens pages for one test."""
    with opening(browser, contexts) as make:
        yield make


@pytest.fixture(scope="module")
def reader(browser: Browser, contexts: dict[tuple[int, Scheme], list[BrowserContext]]) -> Iterator[Page]:
    """One page for all tests of a module that go through the explorer from place to place."""
    with opening(browser, contexts) as make:
        yield make()
