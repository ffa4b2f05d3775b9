"""The explorer's process: Streamlit on loopback, started and stopped together with the Neo4j that it needs."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from caregraph.cli.running import end_patiently
from caregraph.cli.warming import start_warming
from caregraph.graph.server import launcher
from caregraph.ontology.errors import ServerUnavailable
from caregraph.settings import external_server

EXPLORER = Path(__file__).parents[1] / "explorer"  # Streamlit looks there for .streamlit
APP = EXPLORER / "entry" / "streamlit_app.py"
LOOPBACK = "127.0.0.1"
FIRST_PORT = 8501  # Streamlit's own; the next free one is taken
_PORTS = 100
_PATIENCE = 60.0  # seconds until the explorer must answer
_LOOK_EVERY = 0.1


@contextmanager
def neo4j_while_needed(data: Path, *, tell: Callable[[str], None], at_once: bool = True) -> Iterator[None]:
    """Our own Neo4j for the length of a block; one that ran before, or one elsewhere, is left running after it.

    Args:
        at_once: whether it is started before the block, and not by the block itself when it has something to load.

    Raises:
        ServerUnavailable: if it does not start.
    """
    elsewhere = external_server() is not None
    ours = not elsewhere and not launcher.status(data).running
    before = signal.signal(signal.SIGTERM, _interrupt)
    end_patiently()
    try:
        if at_once and not elsewhere:
            launcher.start(data, progress=tell)
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave servers behind
        if ours:
            tell("Stopping Neo4j")
            launcher.stop(data)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, before)


def serve(data: Path, *, host: str, port: int | None, tell: Callable[[str], None], ready: Callable[[str], None]) -> int:
    """Serve the explorer until it ends or is interrupted; return its exit code.

    Args:
        port: None takes the first free one from 8501 on.
        tell: told what is being waited for.
        ready: told the explorer's address once it answers.

    Raises:
        ServerUnavailable: if the database or the explorer does not start.
    """
    with neo4j_while_needed(data, tell=tell):
        tell("Opening the explorer")
        port = port or _free_port(host)
        explorer = _start(data, host, port)
        try:
            _wait(explorer, host, port)
            start_warming(data)
            ready(f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}")
            return explorer.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            _stop(explorer)


def _interrupt(signal_: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _free_port(host: str) -> int:
    for port in range(FIRST_PORT, FIRST_PORT + _PORTS):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((host, port))
            except OSError:
                continue
            return port
    raise ServerUnavailable(f"no free port from {FIRST_PORT} to {FIRST_PORT + _PORTS - 1}")


def _start(data: Path, host: str, port: int) -> subprocess.Popen[bytes]:
    options = {
        "server.address": host,
        "server.port": port,
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
    }
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    data.mkdir(parents=True, exist_ok=True)
    with (data / "explorer.log").open("wb") as log:
        return subprocess.Popen(
            [*command, *(f"--{name}={value}" for name, value in options.items())],
            cwd=EXPLORER,
            env=os.environ | {"CAREGRAPH_DATA": str(data)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # it is stopped by us, once, not by the terminal as well
        )


def _wait(explorer: subprocess.Popen[bytes], host: str, port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/_stcore/health"
    while time.monotonic() < deadline and explorer.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(_LOOK_EVERY)
    raise ServerUnavailable("the explorer did not start; explorer.log in the data directory says why")


def _stop(explorer: subprocess.Popen[bytes]) -> None:
    if explorer.poll() is None:
        explorer.terminate()
    try:
        explorer.wait(10)
    except subprocess.TimeoutExpired:
        explorer.kill()
        explorer.wait()
