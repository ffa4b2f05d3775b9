"""Our own Neo4j: a server for the length of a benchmark, and its start, timed.

    python -m benchmarks.server_start [--cold]

Each start is a command of its own, timed from outside until a query has been answered. Processor time is that of the
server alone, and says more than the clock where the machine has other work. A new machine has no archive of classes,
and ``--cold`` makes it one: everything is fetched into a cache that is thrown away afterwards.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from caregraph.graph.server import jars, launcher
from caregraph.graph.server.class_archive import ClassArchive
from caregraph.settings import ServerAddress

START = """
import pathlib, sys
from caregraph.graph.server.launcher import start
start(pathlib.Path(sys.argv[1]), progress=lambda text: print(text, file=sys.stderr))
"""
FETCH = "from caregraph.graph.server.jars import fetch; fetch(progress=print)"
WARM_STARTS = 3


@dataclass(frozen=True, slots=True)
class OwnServer:
    """The address of a server, and its process."""

    address: ServerAddress
    process: psutil.Process

    def processor_seconds(self) -> float:
        """Processor seconds that the server has used since it started."""
        used = self.process.cpu_times()
        return float(used.user + used.system)


@contextmanager
def own_server(data: Path) -> Iterator[OwnServer]:
    """Start the server of a data directory, and stop it at the end, unless it ran before."""
    ran_before = launcher.status(data).running
    address = launcher.start(data, progress=print_progress)
    try:
        yield OwnServer(address, psutil.Process(launcher.status(data).pid))
    finally:
        if not ran_before:
            launcher.stop(data)


def print_progress(text: str) -> None:
    """Print a line on standard error."""
    print(text, file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class ServerStart:
    """Cost of a start: seconds of the clock, the server's processor seconds, and its memory in MB."""

    seconds: float
    processor: float
    memory: float

    def columns(self) -> list[str]:
        """The cells of its row."""
        return [f"{self.seconds:.1f}", f"{self.processor:.1f}", f"{self.memory:.0f}"]


def run_python(*command: str) -> float:
    """Run a piece of Python in a process of its own, and return the seconds that it takes."""
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", *command], check=True, capture_output=True)
    return time.monotonic() - started


def time_start(data: Path) -> ServerStart:
    """Start the server of a data directory."""
    seconds = run_python(START, str(data))
    server = psutil.Process(launcher.status(data).pid)
    used = server.cpu_times()
    return ServerStart(seconds, used.user + used.system, server.memory_info().rss / 1e6)


def start_rows(data: Path, *, cold: bool) -> Iterator[list[str]]:
    """Yield the rows of the table, starting and stopping the server of a data directory."""
    if cold:
        yield [f"fetch {len(jars.pinned())} jars", f"{run_python(FETCH):.1f}"]
    archive = "with" if ClassArchive(data).exists() else "without"
    yield [f"first start of a data directory, {archive} class archive", *time_start(data).columns()]
    yield ["join a running server", f"{run_python(START, str(data)):.1f}"]
    for _ in range(WARM_STARTS):
        launcher.stop(data)
        yield [f"warm start, {archive} class archive", *time_start(data).columns()]
    started = time.monotonic()
    launcher.stop(data)
    yield ["stop", f"{time.monotonic() - started:.1f}"]


@contextmanager
def _fresh_cache(*, cold: bool) -> Iterator[None]:
    """Use an empty cache while the ``with`` block runs, if the start shall be that of a new machine."""
    with tempfile.TemporaryDirectory(prefix="caregraph-") as empty:
        if cold:
            os.environ["CAREGRAPH_CACHE"] = empty
        yield


def main() -> None:
    """Start, stop and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cold", action="store_true", help="fetch everything into a temporary cache first")
    cold = parser.parse_args().cold
    table = Table("step", "seconds", "processor seconds", "memory, MB")
    with _fresh_cache(cold=cold), tempfile.TemporaryDirectory(prefix="caregraph-") as data:
        try:
            for row in start_rows(Path(data), cold=cold):
                table.add_row(*row)
        finally:
            launcher.stop(Path(data))
    Console().print(table, f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
