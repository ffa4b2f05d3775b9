"""Recovery of the graph after crashes: ``python -m benchmarks.robustness.crash_test --kills 30``.

A data directory alternates between two states of a few sample reports: between them one report changes, one is
retracted and one is added. Each time something breaks at a random moment: caregraph is killed, or Neo4j is, or both, or
the disk is full (no file of caregraph's may grow, or, where a file system may be mounted, there is no room for either).
Then the same build is run again, once, and its dataset and its database are compared, statement by statement and
property by property, with those of a fresh build. Last, two builds run at once.
"""

import argparse
import io
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil

from caregraph.graph.dataset.store import Dataset
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.server import launcher

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
STAYING, CHANGING = "brackenford_focused-visit_2022-07-14.txt", "ashmere_monitoring-visit_2019-11-20.txt"
FIRST_ONLY, SECOND_ONLY = "pellmouth_focused-visit_2023-01-30.txt", "ashmere_news_2025-02-26.html"
ADDED_TEXT = "\n\nSupervision of social workers in the hub is now regular and its records are clear.\n"
BUILD_LIMIT = 1200  # seconds, on a busy machine
DISK_SIZE = 256 * 2**20  # bytes of the file system that is filled
CRASH_SHARE = 3  # crashes for each full disk

# One process for all commands of a state: most of a command's time is its start. The last one gives the exit code.
RUN = """
import json, sys
from caregraph.cli.application import app
from caregraph.cli.main import main
*before, last = json.loads(sys.argv[1])
for command in before:
    try:
        app(command, standalone_mode=False)
    except Exception as error:
        print(error, file=sys.stderr)
sys.argv[1:] = last
main()
"""


@dataclass(frozen=True, slots=True)
class ReportState:
    """A state of the reports: a folder with their files, and the report of the other state that must not be there.

    A document is known by the place of its file. So the files are copied to one folder, whatever the state, and are
    built from there.
    """

    files: Path
    reports: Path
    absent: str

    def write_reports(self) -> None:
        """Put the files of the state in place of those of the other."""
        shutil.rmtree(self.reports, ignore_errors=True)
        shutil.copytree(self.files, self.reports)

    def commands(self) -> list[list[str]]:
        """Commands that bring the state about.

        The first may fail: the report to be retracted may be gone, or never have been there.
        """
        build = ["build", "--workers", "1", "--register", str(SAMPLES / "register.ttl"), str(self.reports)]
        return [["remove", self.absent], build]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that the dataset and the database state, as lines."""

    dataset: frozenset[str]
    database: frozenset[str]

    def difference(self, expected: "Snapshot") -> str | None:
        """Describe the first difference from another snapshot; None if they are equal."""
        for part in ("dataset", "database"):
            actual_lines, expected_lines = getattr(self, part), getattr(expected, part)
            if actual_lines != expected_lines:
                extra, missing = sorted(actual_lines - expected_lines), sorted(expected_lines - actual_lines)
                return f"{part}: {len(extra)} too many {extra[:1]}, {len(missing)} missing {missing[:1]}"
        return None


class TestedDirectory:
    """A data directory that caregraph works in, as a user would run it. Its server stops at the end of a ``with``."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.environment = os.environ | {"CAREGRAPH_DATA": str(data)}

    def start_build(self, state: ReportState, *, largest_file: int | None = None) -> subprocess.Popen[bytes]:
        """Start a build of the reports as they are, as the leader of a group of processes.

        Args:
            largest_file: bytes that a file of its may have; no limit if None.
        """

        def limit_files() -> None:
            if largest_file is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

        return subprocess.Popen(
            _build_command(state), cwd=ROOT, env=self.environment, start_new_session=True, preexec_fn=limit_files,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def build(self, state: ReportState) -> str | None:
        """Write the reports and build them to the end; return None, or the error."""
        state.write_reports()
        done = subprocess.run(
            _build_command(state), cwd=ROOT, env=self.environment, timeout=BUILD_LIMIT, capture_output=True, check=False
        )
        return None if done.returncode == 0 else done.stderr.decode()[-500:]

    def kill_neo4j(self) -> bool:
        """Kill the server of the data directory; False if none runs."""
        pid = launcher.status(self.data).pid
        if pid is None:
            return False
        try:
            psutil.Process(pid).kill()
        except psutil.NoSuchProcess:
            return False
        return True

    def snapshot(self) -> Snapshot:
        """Read everything from the dataset and the database."""
        with Dataset.read(self.data / "dataset") as dataset:
            named_graphs = io.BytesIO()
            dataset.export(named_graphs, "nquads")
            default_graph = dataset.sparql("SELECT ?s ?p ?o { ?s ?p ?o }").rows
            statements = frozenset([*named_graphs.getvalue().decode().splitlines(), *map(str, default_graph)])
        with Neo4jStore.connect(launcher.start(self.data, progress=lambda _: None)) as store:
            nodes = store.stream(
                "MATCH (n) WHERE NOT n:_Lock RETURN labels(n) AS labels, n {.*, said: null} AS properties"
            )
            edges = store.stream(
                "MATCH (a)-[r]->(b) RETURN a.iri AS a, type(r) AS type, b.iri AS b, r {.*} AS properties"
            )
            return Snapshot(statements, frozenset(_line(row) for rows in (nodes, edges) for row in rows))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        launcher.stop(self.data)


def _build_command(state: ReportState) -> list[str]:
    return [sys.executable, "-c", RUN, json.dumps(state.commands())]


def _line(row: dict[str, object]) -> str:
    properties = row.pop("properties")
    assert isinstance(properties, dict)
    return f"{sorted(row.items())} {sorted(properties.items())}"


def make_states(folder: Path) -> tuple[ReportState, ReportState]:
    """Write two folders of reports."""
    first, second = folder / "one", folder / "other"
    for target, names in ((first, (STAYING, CHANGING, FIRST_ONLY)), (second, (STAYING, CHANGING, SECOND_ONLY))):
        target.mkdir()
        for name in names:
            shutil.copy(SAMPLES / name, target)
    with (second / CHANGING).open("a", encoding="utf-8") as file:
        file.write(ADDED_TEXT)
    reports = folder / "reports"
    return ReportState(first, reports, SECOND_ONLY), ReportState(second, reports, FIRST_ONLY)


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[bool]:
    """Mount a file system of its own at a folder; yield False where that is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True)
    try:
        yield mounted.returncode == 0
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "-l", str(folder)], check=False)


class FaultInjector:
    """Breaks builds of one data directory.

    Args:
        longest: seconds that an unbroken build from one state to the other takes.
    """

    def __init__(
        self, tested: TestedDirectory, chance: random.Random, longest: float, states: tuple[ReportState, ReportState]
    ) -> None:
        self._tested = tested
        self._chance = chance
        self._longest = longest
        self._states = states

    def kill(self, state: ReportState) -> str:
        """Kill caregraph, Neo4j or both while a build runs; a build that ended before is undone and broken again."""
        while (fault := self._try_to_kill(state)) is None:
            self._tested.build(self._states[self._states[0] is state])
        return fault

    def _try_to_kill(self, state: ReportState) -> str | None:
        state.write_reports()
        process = self._tested.start_build(state)
        victim = self._chance.choice(["caregraph", "neo4j", "both"])
        moment = self._chance.uniform(0.0, self._longest)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            if victim != "neo4j":
                os.killpg(process.pid, signal.SIGKILL)
            if victim != "caregraph" and not self._tested.kill_neo4j():
                os.killpg(process.pid, signal.SIGKILL)
                victim = "both"
            _wait_or_kill(process)
            return f"{victim} killed after {moment:.1f} s"
        return None

    def limit_files(self, state: ReportState) -> str:
        """Build while no file that caregraph writes may grow beyond a few kilobytes or megabytes."""
        largest = int(2 ** self._chance.uniform(10, 21))
        launcher.start(self._tested.data, progress=lambda _: None)  # a build would pass the limit on to it
        state.write_reports()
        _wait_or_kill(self._tested.start_build(state, largest_file=largest))
        return f"no file over {largest / 1024:.0f} KiB"

    def fill_disk(self, state: ReportState) -> str:
        """Build while the disk of dataset and database is nearly full; afterwards there is room again."""
        state.write_reports()
        room = int(2 ** self._chance.uniform(14, 22.5))
        filler = self._tested.data / "filler"
        free = shutil.disk_usage(self._tested.data).free
        with filler.open("wb") as file:
            for _ in range(max(0, free - room) // 65536):
                file.write(bytes(65536))
        _wait_or_kill(self._tested.start_build(state))
        filler.unlink()
        return f"{room / 1024:.0f} KiB left on the disk"


def _wait_or_kill(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(BUILD_LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def crash_rounds(kills: int, folder: Path, chance: random.Random) -> Iterator[tuple[str, str | None]]:
    """Yield each fault, and the difference from a fresh build after it; None where there is none."""
    states = make_states(folder)
    expected = {state: _fresh_snapshot(folder, state) for state in states}
    with small_disk(folder / "disk", DISK_SIZE) as mounted, TestedDirectory(folder / "disk" / "data") as tested:
        tested.data.mkdir()
        tested.build(states[0])
        started = time.monotonic()
        tested.build(states[1])
        injector = FaultInjector(tested, chance, time.monotonic() - started, states)
        faults: list[Callable[[ReportState], str]] = [*[injector.kill] * CRASH_SHARE, injector.limit_files]
        if mounted:
            faults.append(injector.fill_disk)
        for number in range(kills):
            state = states[number % 2]
            fault = faults[number % len(faults)](state)
            yield fault, tested.build(state) or tested.snapshot().difference(expected[state])
        state = states[kills % 2]
        state.write_reports()
        processes = [tested.start_build(state) for _ in range(2)]
        for process in processes:
            _wait_or_kill(process)
        codes = [process.returncode for process in processes]
        problem = f"exit codes {codes}" if any(codes) else tested.snapshot().difference(expected[state])
        yield "two builds at once", problem


def _fresh_snapshot(folder: Path, state: ReportState) -> Snapshot:
    with TestedDirectory(folder / f"fresh-{state.files.name}") as fresh:
        if problem := fresh.build(state):
            raise SystemExit(f"a fresh build fails: {problem}")
        return fresh.snapshot()


def main() -> None:
    """Break, build and compare; print a line for each, and exit 1 if a difference was left."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=None, help="repeats a run: the seed that it printed")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    wrong = number = 0
    with tempfile.TemporaryDirectory(prefix="caregraph-") as folder:
        for number, (fault, problem) in enumerate(
            crash_rounds(options.kills, Path(folder), random.Random(seed)), start=1
        ):
            wrong += problem is not None
            print(f"{number:3} {fault:34} {problem or 'equal to a fresh build'}", flush=True)
    print(f"{wrong} of {number} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
