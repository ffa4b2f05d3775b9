"""How long our own Neo4j takes to start: ``python -m benchmarks.server_start [--cold]``.

Each start is a command of its own, timed from outside until a query has been answered. Processor time is that of the
server alone, and says more than the clock where the machine has other work. A new machine has no archive of classes,
and ``--cold`` makes it one: everything is fetched into a cache that is thrown away afterwards.
"""

import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from caregraph.graph.server import jars, launcher
from caregraph.graph.server.class_archive import ClassArchive

START = """
import pathlib, sys
from caregraph.graph.server.launcher import start
start(pathlib.Path(sys.argv[1]), progress=lambda text: print(text, file=sys.stderr))
"""
FETCH = "from caregraph.graph.server.jars import fetch; fetch(progress=print)"
WARM_STARTS = 3


def seconds(*command: str) -> float:
    """Run a piece of Python in a process of its own."""
    begin = time.monotonic()
    subprocess.run([sys.executable, "-c", *command], check=True, capture_output=True)
    return time.monotonic() - begin


def start(data: Path) -> list[str]:
    """Start the server of a data directory; the columns of its row."""
    clock = seconds(START, str(data))
    server = psutil.Process(launcher.status(data).pid)
    used = server.cpu_times()
    return [f"{clock:.1f}", f"{used.user + used.system:.1f}", f"{server.memory_info().rss / 1e6:.0f}"]


def rows(data: Path, *, cold: bool) -> Iterator[list[str]]:
    if cold:
        yield [f"fetch {len(jars.pinned())} jars", f"{seconds(FETCH):.1f}"]
    archive = "with" if ClassArchive(data).exists() else "without"
    yield [f"first start of a data directory, {archive} class archive", *start(data)]
    yield ["join a running server", f"{seconds(START, str(data)):.1f}"]
    for _ in range(WARM_STARTS):
        launcher.stop(data)
        yield [f"warm start, {archive} class archive", *start(data)]
    begin = time.monotonic()
    launcher.stop(data)
    yield ["stop", f"{time.monotonic() - begin:.1f}"]


@contextmanager
def cache(*, cold: bool) -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="caregraph-") as empty:
        if cold:
            os.environ["CAREGRAPH_CACHE"] = empty
        yield


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cold", action="store_true", help="fetch everything into a temporary cache first")
    cold = parser.parse_args().cold
    table = Table("what", "seconds", "processor seconds", "memory, MB")
    with cache(cold=cold), tempfile.TemporaryDirectory(prefix="caregraph-") as data:
        try:
            for row in rows(Path(data), cold=cold):
                table.add_row(*row)
        finally:
            launcher.stop(Path(data))
    Console().print(table, f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
