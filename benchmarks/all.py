"""Quick benchmarks over the samples, as one Markdown page: ``python -m benchmarks.all > docs/figures.md``.

Everything is built from ``samples/`` in a temporary directory, with a Neo4j of its own that is stopped and deleted at
the end; nothing else is written. Besides the samples, only the cache of Neo4j's jars is read, which a first start
fills. Fixed pieces of work give the speed of the machine, since figures of two machines cannot be compared without
it. A benchmark that cannot run here is listed with the reason. Progress goes to standard error.
"""

import hashlib
import os
import platform
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median

import psutil

from benchmarks.extraction import run_extraction
from benchmarks.load import WARM_UP, LoadBenchmark
from benchmarks.questions import QUICK, time_questions
from benchmarks.server_start import own_server, print_progress, time_start
from benchmarks.stages import time_stages
from benchmarks.synthetic_corpus import Copies
from caregraph.build import build
from caregraph.extractors.worker_pool import WorkerPool
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.server import launcher
from caregraph.inputs import find_inputs
from caregraph.ontology.errors import CaregraphError
from caregraph.workspace import Workspace

SAMPLES = Path(__file__).parent.parent / "samples"
REPORT_SUFFIXES = {".pdf", ".html", ".txt"}  # of the samples; the other files there are no reports
FILES = "samples/*.pdf samples/*.html samples/*.txt"  # the same, in a command
HASHED_MIB = 256
SEARCH_PASSES = 10
SEARCHED_TEXT = "Leaders have improved the service since the last inspection on 12 May 2022, but delays remain. " * 5000
SEARCHED_PATTERN = re.compile(r"\b(?:improve|strengthen)\w*\b|\b\d{1,2} [A-Z][a-z]+ \d{4}\b|\b\w+tion\b")
QUESTION_ROUNDS, QUESTION_WARM_UP = 10, 5
EXPLORER_RUNS = 3

# A failure that is printed as the reason why a benchmark has no figures.
FAILURES = (CaregraphError, OSError, ImportError, subprocess.SubprocessError)


@dataclass(frozen=True, slots=True)
class BenchmarkRow:
    """One figure of the table, and the command that measures it alone and over larger graphs."""

    figure: str
    value: float
    unit: str
    command: str

    def line(self) -> str:
        """The row in Markdown."""
        value = f"{self.value:,.0f}" if self.unit == "count" else format_value(self.value)
        return f"| {self.figure} | {value} | {self.unit} | `{self.command}` |"


@dataclass(frozen=True, slots=True)
class MachineSpeed:
    """Seconds that the fixed pieces of work take on one core."""

    hashing: float
    searching: float


class NotMeasured(Exception):
    """A benchmark cannot run here; the message is the reason."""


def format_value(value: float) -> str:
    """Write a number with three figures or more, and thousands apart.

    >>> [format_value(value) for value in (0.0, 0.0372, 4.1, 37.2, 1234.5)]
    ['0', '0.037', '4.10', '37.2', '1,234']
    """
    if value == 0:
        return "0"
    decimals = 3 if value < 1 else 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{decimals}f}"


def time_machine() -> MachineSpeed:
    """Time the fixed pieces of work: SHA-256 of zeros, and passes of a regular expression over a text."""
    started = time.perf_counter()
    digest, block = hashlib.sha256(), bytes(2**20)
    for _ in range(HASHED_MIB):
        digest.update(block)
    hashed = time.perf_counter()
    for _ in range(SEARCH_PASSES):
        sum(1 for _ in SEARCHED_PATTERN.finditer(SEARCHED_TEXT))
    return MachineSpeed(hashed - started, time.perf_counter() - hashed)


class SampleBenchmarks:
    """Benchmarks over the samples in one data directory, in the order in which they need each other."""

    def __init__(self, data: Path) -> None:
        self.workspace = Workspace(data)
        self.workspace.add_register(SAMPLES / "register.ttl")
        self.files = sorted(path for path in SAMPLES.iterdir() if path.suffix in REPORT_SUFFIXES)
        self._loaded = False

    def measure_extraction(self) -> Iterator[BenchmarkRow]:
        """Extract all samples in one process, after one that is not timed."""
        command = f"python -m benchmarks.extraction {FILES} --register samples/register.ttl"
        vocabulary = self.workspace.vocabulary
        with WorkerPool(1) as pool:
            run_extraction(self.files[:1], vocabulary=vocabulary, pool=pool)
            run = run_extraction(self.files, vocabulary=vocabulary, pool=pool)
        units = {"words a second": "words/s", "documents a second": "documents/s"}
        for metric in run.metrics():
            name = metric.name.removesuffix(" a second").removesuffix(", MiB")
            unit = units.get(metric.name) or ("MiB" if metric.name.endswith("MiB") else "count")
            yield BenchmarkRow(f"extraction: {name}", metric.value, unit, command)

    def measure_stages(self) -> Iterator[BenchmarkRow]:
        """Add up the processor time of all stages from a file to its validated statements."""
        seconds = sum(time_stages(self.files).values()) / len(self.files)
        yield BenchmarkRow(
            "stages: processor time of a document", seconds, "s", f"python -m benchmarks.stages {FILES} --every 1"
        )

    def measure_build(self) -> Iterator[BenchmarkRow]:
        """Build the dataset of all samples in one process, with its start."""
        started = time.perf_counter()
        outcomes = list(build(self.workspace, find_inputs(self.files), workers=1))
        seconds = time.perf_counter() - started
        if missing := [outcome.source for outcome in outcomes if outcome.status != "added"]:
            raise NotMeasured(f"not all samples could be built: {', '.join(missing)}")
        command = f"caregraph build {FILES} --register samples/register.ttl --workers 1"
        yield BenchmarkRow(f"build of {len(outcomes)} documents, without the load", seconds, "s", command)

    def measure_server_start(self) -> Iterator[BenchmarkRow]:
        """Start the server of the new data directory twice; it stays up for the next benchmarks."""
        command = "python -m benchmarks.server_start"
        data = self.workspace.data
        yield BenchmarkRow("server: first start of a data directory", time_start(data).seconds, "s", command)
        launcher.stop(data)
        start = time_start(data)
        yield BenchmarkRow("server: later start", start.seconds, "s", command)
        yield BenchmarkRow("server: memory after the start", start.memory, "MB", command)

    def measure_load(self) -> Iterator[BenchmarkRow]:
        """Load the dataset into an empty database, once the server has loaded some documents."""
        command = "python -m benchmarks.load --alone"
        cache = self.workspace.cache
        with Dataset.read(self.workspace.dataset_folder) as dataset, own_server(self.workspace.data) as server:
            if not dataset.documents():
                raise NotMeasured("there is no dataset: the build failed")
            benchmark = LoadBenchmark(server)
            benchmark.load(Copies(dataset, 1, documents=WARM_UP, payload_cache=cache))
            run = benchmark.load(Copies(dataset, 1, payload_cache=cache))
        self._loaded = True
        yield BenchmarkRow(f"load of {run.triples:,} triples into Neo4j", run.seconds, "s", command)
        yield BenchmarkRow("load: speed", run.speed, "triples/s", command)
        yield BenchmarkRow("load: processor time of the client", run.client_processor, "s", command)
        yield BenchmarkRow("load: processor time of the server", run.server_processor, "s", command)

    def measure_questions(self) -> Iterator[BenchmarkRow]:
        """Ask all named questions of the samples' graph."""
        self._require_graph()
        command = "python -m benchmarks.questions"
        with own_server(self.workspace.data) as server:
            timings = time_questions(server, rounds=QUESTION_ROUNDS, warm_up=QUESTION_WARM_UP)
        medians = {name: timing.median for name, timing in timings.items()}
        slowest = max(medians, key=lambda name: medians[name])
        quick = sum(milliseconds < QUICK for milliseconds in medians.values())
        yield BenchmarkRow(f"questions: median of {len(medians)}", median(medians.values()), "ms", command)
        work = median(timing.server for timing in timings.values())
        yield BenchmarkRow("questions: processor time of the server, median", work, "ms", command)
        yield BenchmarkRow(f"questions: the slowest ({slowest})", medians[slowest], "ms", command)
        yield BenchmarkRow(f"questions: under {QUICK:.0f} ms", 100 * quick / len(medians), "%", command)

    def measure_explorer(self) -> Iterator[BenchmarkRow]:
        """Open the explorer's pages over the samples' graph in Chromium."""
        self._require_graph()
        # Playwright comes with the extra "dev"; the other benchmarks run without it.
        from benchmarks.explorer import BROWSER_FAILURES, measure_explorer

        command = "python -m benchmarks.explorer"
        with own_server(self.workspace.data) as server:
            address = server.address
            environ = {
                "CAREGRAPH_DATA": str(self.workspace.data),
                "NEO4J_URI": address.uri,
                "NEO4J_USERNAME": address.username,
                "NEO4J_PASSWORD": address.password,
                "NEO4J_DATABASE": address.database,
            }
            try:
                times = measure_explorer(address, environ, runs=EXPLORER_RUNS)
            except BROWSER_FAILURES as error:
                raise NotMeasured(str(error).splitlines()[0]) from error
        yield BenchmarkRow("explorer: first page after its start", times.first_page_after_start, "s", command)
        for step, seconds in times.seconds.items():
            yield BenchmarkRow(f"explorer: {step}", median(seconds), "s", command)

    def _require_graph(self) -> None:
        if not self._loaded:
            raise NotMeasured("the samples' graph is not loaded")

    def steps(self) -> dict[str, Callable[[], Iterable[BenchmarkRow]]]:
        """All benchmarks, by name."""
        return {
            "stages": self.measure_stages,
            "extraction": self.measure_extraction,
            "build": self.measure_build,
            "server start": self.measure_server_start,
            "load": self.measure_load,
            "questions": self.measure_questions,
            "explorer": self.measure_explorer,
        }


def run_steps(
    steps: dict[str, Callable[[], Iterable[BenchmarkRow]]],
) -> tuple[list[BenchmarkRow], dict[str, str]]:
    """Run benchmarks one after another; return the rows, and the reason of each benchmark that gave none, by name."""
    rows: list[BenchmarkRow] = []
    reasons: dict[str, str] = {}
    for name, measure in steps.items():
        print_progress(f"measuring: {name}")
        try:
            rows += measure()
        except (NotMeasured, *FAILURES) as error:
            reasons[name] = " ".join(str(error).split()) or type(error).__name__
    return rows, reasons


def markdown_page(
    rows: Sequence[BenchmarkRow], reasons: dict[str, str], speed: MachineSpeed, *, day: date, load: float
) -> str:
    """Write the page: the machine and its speed, the table, and the benchmarks without figures.

    Args:
        load: average number of running processes when the benchmarks started.
    """
    memory = psutil.virtual_memory().total / 2**30
    lines = [
        "# Figures",
        "",
        "Quick benchmarks over the samples, printed by `python -m benchmarks.all` ([all benchmarks](benchmarks.md)).",
        "",
        f"caregraph {version('caregraph')}, {day.day} {day:%B %Y}; {platform.system()} on {platform.machine()},"
        f" {os.cpu_count()} cores, {memory:.0f} GiB of memory, Python {platform.python_version()}.",
        f"Load average at the start: {load:.1f}; other work makes all figures worse, processor time least.",
        "",
        f"Speed of the machine, one core: SHA-256 of {HASHED_MIB} MiB in {speed.hashing:.2f} s;"
        f" {SEARCH_PASSES} passes of a regular expression over {len(SEARCHED_TEXT):,} characters in"
        f" {speed.searching:.2f} s.",
        "",
        "| Figure | Value | Unit | Command |",
        "|---|---:|---|---|",
        *(row.line() for row in rows),
    ]
    if reasons:
        lines += ["", "Not measured:", "", *(f"- {name}: {reason}" for name, reason in reasons.items())]
    return "\n".join(lines)


def main() -> None:
    """Run all benchmarks and print the page; exit 1 if one could not be measured."""
    load = psutil.getloadavg()[0]
    speed = time_machine()
    with tempfile.TemporaryDirectory(prefix="caregraph-") as folder:
        benchmarks = SampleBenchmarks(Path(folder))
        try:
            rows, reasons = run_steps(benchmarks.steps())
        finally:
            launcher.stop(Path(folder))
    print(markdown_page(rows, reasons, speed, day=date.today(), load=load))
    raise SystemExit(1 if reasons else 0)


if __name__ == "__main__":
    main()
