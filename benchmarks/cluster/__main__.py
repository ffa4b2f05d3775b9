"""Reading on a cluster, beside the pool of this machine: ``python -m benchmarks.cluster``.

Two processes of the pool and two workers of a cluster here read copies of the samples in turn, each with its processes
warm. Then the cluster reads many small documents, and the memory of the scheduler and of this process is looked at as
they come. Exits with an error where the cluster takes a tenth more than the pool, or where memory grows.
"""

import argparse
import math
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from benchmarks.cluster.machines import Machines, tree_seconds
from caregraph.document_worker import worker_factory
from caregraph.extractors.cluster import Cluster
from caregraph.extractors.executor import Executor, WorkerFactory
from caregraph.extractors.worker_pool import WorkerPool
from caregraph.inputs import InputFile
from caregraph.reading.documents import Result, UnreadDocument, cached_document, failed, remote_reader_factory
from caregraph.workspace import Workspace

SAMPLES = Path(__file__).parents[2] / "samples"
PROCESSES = 2
MOST_SLOWER = 1.1  # times the pool's time
MOST_GROWTH = 32.0  # MB from a tenth of the documents to all
TEXT = """Focused visit to {council}

Inspected on {day} May 2023. Lead inspector: Ann Example.

The front door answers within a day, and number {number} of its letters is clear.
Managers do not always see what is late.
"""


class ReadingTimer:
    """Executor with what makes its readers; remembers the least time that a reading took."""

    def __init__(self, name: str, executor: Executor, make_reader: WorkerFactory[UnreadDocument, Result]) -> None:
        self.name, self._executor, self._make_reader = name, executor, make_reader
        self.clock = self.processor = math.inf  # seconds

    def read(self, documents: Sequence[UnreadDocument]) -> Iterator[Result]:
        """Read documents."""
        return self._executor.map(documents, self._make_reader, on_failure=failed)

    def measure(self, documents: Sequence[UnreadDocument]) -> None:
        """Read documents, and print and remember what that took."""
        started, used = time.perf_counter(), tree_seconds(os.getpid())
        assert all(result.record for result in self.read(documents))
        clock, processor = time.perf_counter() - started, tree_seconds(os.getpid()) - used
        self.clock, self.processor = min(clock, self.clock), min(processor, self.processor)
        print(f"{self.name:8} {len(documents)} documents {clock:7.1f} s, {processor:7.1f} s of a processor")


def copies_of_samples(workspace: Workspace, folder: Path, times: int) -> list[UnreadDocument]:
    """Documents that are read as the samples are, and of which no two have the same bytes."""
    paths = []
    for number in range(times):
        for path in sorted(SAMPLES.glob("*_*.*")):
            paths.append(folder / f"{number}-{path.name}")
            paths[-1].write_bytes(path.read_bytes() + b"\n" * number)
    return _documents(workspace, paths)


def small_documents(workspace: Workspace, folder: Path, count: int) -> list[UnreadDocument]:
    """Letters of a few sentences."""
    paths = [folder / f"letter-{number}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(TEXT.format(council=("Durham", "Leeds")[number % 2], day=1 + number % 28, number=number))
    return _documents(workspace, paths)


def _documents(workspace: Workspace, paths: Sequence[Path]) -> list[UnreadDocument]:
    return [cached_document(workspace, InputFile(path.name, path)) for path in paths]


def compare(machines: Machines, workspace: Workspace, documents: Sequence[UnreadDocument], rounds: int) -> float:
    """Print what the pool and the cluster take, in turn; return the ratio of the least seconds of each."""
    with WorkerPool(PROCESSES) as pool, Cluster(machines.address) as cluster:
        ours = ReadingTimer("pool", pool, worker_factory(workspace))
        theirs = ReadingTimer("cluster", cluster, remote_reader_factory(workspace))
        for reader in (ours, theirs):
            list(reader.read(documents[: 4 * PROCESSES]))
        for _ in range(rounds):
            ours.measure(documents)
            theirs.measure(documents)
    ratio = theirs.clock / ours.clock
    print(f"cluster / pool: {ratio:.2f} of the clock, {theirs.processor / ours.processor:.2f} of the processor")
    return ratio


def memory(machines: Machines, workspace: Workspace, documents: Sequence[UnreadDocument]) -> float:
    """Print the memory of the scheduler and of this process as documents are read; return the growth in MB."""
    looks: list[tuple[float, float]] = []
    with Cluster(machines.address) as cluster:
        results = ReadingTimer("cluster", cluster, remote_reader_factory(workspace)).read(documents)
        for number, _ in enumerate(results, start=1):
            if number % (len(documents) // 10) == 0:
                scheduler, client = _megabytes(machines.scheduler.pid), _megabytes(os.getpid())
                looks.append((scheduler, client))
                print(f"{number:6} documents: scheduler {scheduler:6.1f} MB, client {client:6.1f} MB")
    return max(last - first for first, last in zip(looks[0], looks[-1], strict=True))


def _megabytes(pid: int) -> float:
    return float(psutil.Process(pid).memory_info().rss) / 2**20


def main() -> None:
    """Measure both and print what they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=6, help="copies of the samples")
    parser.add_argument("--rounds", type=int, default=2, help="how often each of the two reads them")
    parser.add_argument("--documents", type=int, default=2000, help="small documents, at least ten")
    options = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        workspace = Workspace(folder / "data")
        (folder / "cluster").mkdir()
        with Machines(folder / "cluster", PROCESSES) as machines:
            print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            ratio = compare(machines, workspace, copies_of_samples(workspace, folder, options.times), options.rounds)
            growth = memory(machines, workspace, small_documents(workspace, folder, options.documents))
            print(f"growth of memory: {growth:.1f} MB")
    sys.exit(ratio > MOST_SLOWER or growth > MOST_GROWTH)


if __name__ == "__main__":
    main()
