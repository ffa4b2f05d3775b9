"""Our own Neo4j, running for the length of a benchmark, and the processor time that it uses."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from caregraph.graph.server import launcher
from caregraph.settings import ServerAddress


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
