"""A headless Chromium that drives the explorer, for its tests, benchmarks and screenshots."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

EXPLORER = Path(__file__).parent.parent / "explorer"  # Streamlit looks there for .streamlit
APP = EXPLORER / "entry" / "streamlit_app.py"
PATIENCE = 180.0  # seconds until the explorer must answer, which it does late with a new Neo4j on a busy machine
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--font-render-hinting=none",  # else letters stand apart on paper, where a Chromium has no windows
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Puts the network's element, which lies in a shadow root, into window.network.
_FIND_NETWORK = """() => {
  const find = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.caregraph) return element;
      const inside = element.shadowRoot && find(element.shadowRoot);
      if (inside) return inside;
    }
    return null;
  };
  window.network = find(document);
  return window.network !== null;
}"""

# Parts of a page that are still fetched, drawn by a script that is still fetched, or of the run before.
_UNFINISHED = (
    "[data-testid='stSkeleton'], [data-testid='stBidiComponent']:empty, [data-testid='stBidiComponentRegular']:empty, "
    ".figure:empty, [data-stale='true']"
)
_ISOLATED = "[data-testid='stBidiComponentIsolated']"  # the network's place, before it is drawn
# Answers true once nothing has been under way for some looks: no run of the page, nothing unfinished, no click on the
# network that waits for a second one, no place of it that is still to be put in the address.
_IDLE = f"""async () => {{
  const isIdle = () => document.querySelector("[data-testid='stApp']")?.dataset.testScriptState === "notRunning"
    && !document.querySelector("{_UNFINISHED}")
    && (({_FIND_NETWORK})() ? window.network.caregraph.isSettled() : !document.querySelector("{_ISOLATED}"));
  for (let looks = 0; looks < 6; looks = isIdle() ? looks + 1 : 0) await new Promise((next) => setTimeout(next, 50));
  return true;
}}"""


@contextmanager
def run_explorer(environ: Mapping[str, str], *, app: Path = APP) -> Iterator[str]:
    """Run the explorer on a free port of loopback, and yield its address.

    Args:
        environ: added to our own environment: ``CAREGRAPH_DATA`` or the address of a Neo4j.
        app: another Streamlit app to be run in its place, under the same settings.

    Raises:
        TimeoutError: if it does not start.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(app), f"--server.port={port}"]
    process = subprocess.Popen(
        command,
        cwd=EXPLORER,
        env={**os.environ, **environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # a greeting; errors come on standard error
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(process, address)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_healthy(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError("the explorer did not start")


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Open the one that ``CHROMIUM`` names, else Debian's Chromium: the one without windows where it is there.

    That has no windows to draw, not even unseen, and so shows a page with half the work of the other.

    Raises:
        FileNotFoundError: if there is none.
    """
    path = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None:
        raise FileNotFoundError("no Chromium: install it and put it on the PATH, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def record_external_requests(page: Page) -> list[str]:
    """Return a list that fills with the addresses that a page requests outside loopback."""
    external: list[str] = []

    def record(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in ("127.0.0.1", "localhost"):
            external.append(url)

    page.on("request", lambda request: record(request.url))
    page.on("websocket", lambda socket: record(socket.url))
    return external


def wait_until_idle(page: Page) -> None:
    """Wait until Streamlit, and the network if there is one, have had nothing to do for a while.

    Raises:
        TimeoutError: if they go on; it says what the page shows.
    """
    try:
        page.wait_for_function(_IDLE, timeout=1000 * PATIENCE)
    except PlaywrightTimeoutError as error:
        shown = page.locator("body").inner_text()[:1000]
        state = page.evaluate("document.querySelector(\"[data-testid='stApp']\")?.dataset.testScriptState ?? 'no app'")
        raise TimeoutError(f"{page.url} is not idle ({state}) and shows: {shown!r}") from error


def wait_until(
    page: Page, condition: Callable[[], bool], *, action: Callable[[], None] | None = None, every: int = 100
) -> None:
    """Wait until a condition holds: a click has to go to Python and back.

    Args:
        action: done first, and again after every hundred looks; on a busy machine a double-click can arrive as two
            clicks.
        every: milliseconds between looks.

    Raises:
        TimeoutError: if it does not come to hold.
    """
    for number in range(int(PATIENCE * 1000) // every):
        if action and number % 100 == 0:
            action()
        if condition():
            return
        page.wait_for_timeout(every)
    raise TimeoutError(f"the condition does not hold within {PATIENCE:.0f} seconds")


def node_iris(page: Page) -> list[str]:
    """List the IRIs of the network's nodes."""
    page.wait_for_function(_FIND_NETWORK)
    iris: list[str] = page.evaluate("() => window.network.caregraph.ids()")
    return iris


def drawn_nodes(page: Page) -> int:
    """Count the nodes that the network has drawn; 0 if there is no network yet."""
    count: int = page.evaluate(f"() => ({_FIND_NETWORK})() ? window.network.caregraph.drawn() : 0")
    return count


def selected_iris(page: Page) -> list[str]:
    """List the IRI of the node that is selected in the network; empty if none is."""
    page.wait_for_function(_FIND_NETWORK)
    iris: list[str] = page.evaluate("() => window.network.caregraph.selected()")
    return iris


def node_position(page: Page, iri: str) -> tuple[float, float]:
    """Position of a node on the screen, in pixels from the page's top left corner."""
    page.wait_for_function(_FIND_NETWORK)
    x, y = page.evaluate(
        """(iri) => {
          const box = window.network.getBoundingClientRect(), inside = window.network.caregraph.screenPosition(iri);
          return [box.x + inside.x, box.y + inside.y];
        }""",
        iri,
    )
    return x, y


def click_node(page: Page, iri: str, *, double: bool = False) -> None:
    """Click or double-click a node of the network, once it stands still."""
    before, position = None, node_position(page, iri)
    while position != before:
        page.wait_for_timeout(200)
        before, position = position, node_position(page, iri)
    (page.mouse.dblclick if double else page.mouse.click)(*position)
    wait_until_idle(page)
