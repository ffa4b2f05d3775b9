"""Drives the explorer in a headless Chromium, for its tests and its pictures."""

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

from playwright.sync_api import Browser, Page, expect, sync_playwright

APP = Path(__file__).parent.parent / "explorer" / "app.py"
PATIENCE = 60.0  # seconds until the explorer must answer
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_NETWORK = """() => {
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


@contextmanager
def explorer(environ: Mapping[str, str]) -> Iterator[str]:
    """The explorer's address while it runs on a free port of loopback.

    Args:
        environ: added to our own environment: ``CAREGRAPH_DATA`` or the address of a Neo4j.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(APP), f"--server.port={port}"]
    process = subprocess.Popen(command, cwd=APP.parent, env={**os.environ, **environ}, stdin=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(process, address)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError("the explorer did not start")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one that ``CHROMIUM`` names.

    Raises:
        FileNotFoundError: if there is none.
    """
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        raise FileNotFoundError("no Chromium: install it and put it on the PATH, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def requests_elsewhere(page: Page) -> list[str]:
    """A list that fills with the addresses that a page asks for outside loopback."""
    found: list[str] = []

    def look(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in ("127.0.0.1", "localhost"):
            found.append(url)

    page.on("request", lambda request: look(request.url))
    page.on("websocket", lambda socket: look(socket.url))
    return found


def settle(page: Page) -> None:
    """Wait until Streamlit has nothing left to do."""
    page.wait_for_timeout(300)  # a click on the network waits for a second one that long
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
    page.wait_for_timeout(400)  # the network glides to its new frame


def eventually(
    page: Page, holds: Callable[[], bool], *, trying: Callable[[], None] | None = None, every: int = 100
) -> None:
    """Wait until something holds: a click has to go to Python and back.

    Args:
        trying: done again every hundred looks; on a busy machine a double-click can arrive as two clicks.
        every: milliseconds between looks.

    Raises:
        TimeoutError: if it does not come to hold.
    """
    for number in range(int(PATIENCE * 1000) // every):
        if trying and number % 100 == 0:
            trying()
        if holds():
            return
        page.wait_for_timeout(every)
    raise TimeoutError(f"does not come to hold within {PATIENCE:.0f} seconds")


def shown(page: Page) -> list[str]:
    """The IRIs of the nodes in the network."""
    page.wait_for_function(_NETWORK)
    found: list[str] = page.evaluate("() => window.network.caregraph.ids()")
    return found


def on_screen(page: Page) -> int:
    """How many nodes the network has drawn; 0 if there is none yet."""
    drawn: int = page.evaluate(f"() => ({_NETWORK})() ? window.network.caregraph.drawn() : 0")
    return drawn


def selected(page: Page) -> list[str]:
    """The IRI of the node that the network has selected, in a list."""
    page.wait_for_function(_NETWORK)
    found: list[str] = page.evaluate("() => window.network.caregraph.selected()")
    return found


def click(page: Page, iri: str, *, double: bool = False) -> None:
    """Click a node of the network where it is drawn, or double-click it, once it stands still."""
    before, place = None, _place(page, iri)
    while place != before:
        page.wait_for_timeout(200)
        before, place = place, _place(page, iri)
    (page.mouse.dblclick if double else page.mouse.click)(*place)
    settle(page)


def _place(page: Page, iri: str) -> tuple[float, float]:
    page.wait_for_function(_NETWORK)
    x, y = page.evaluate(
        """(iri) => {
          const box = window.network.getBoundingClientRect(), place = window.network.caregraph.place(iri);
          return [box.x + place.x, box.y + place.y];
        }""",
        iri,
    )
    return x, y
