"""Whether the graph survives what happens to it: ``python -m benchmarks.crash_test --kills 30``.

A data directory goes to and fro between two states of a few sample reports: in between one of them changes, one is
taken back and one comes. Each time something breaks at a random moment: caregraph is killed, or Neo4j is, or both, or
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

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
STAYS, CHANGES = "brackenford_focused-visit_2022-07-14.txt", "ashmere_monitoring-visit_2019-11-20.txt"
GOES, COMES = "pellmouth_focused-visit_2023-01-30.txt", "ashmere_news_2025-02-26.html"
ADDED = "\n\nSupervision of social workers in the hub is now regular and its records are clear.\n"
LIMIT = 300  # seconds that a build may take
ROOM = 6 * 2**20  # bytes left on a full disk, at most
GROWTH = 3 * 2**20  # bytes that a file may grow to where the disk is said to be full


@dataclass(frozen=True, slots=True)
class State:
    """What the reports are, which of the others' is to be taken back, and the commands that bring it about.

    The first may fail: what is to be taken back may be gone, or never have been there.
    """

    folder: Path
    gone: str

    def commands(self) -> list[list[str]]:
        build = ["build", "--workers", "1", "--register", str(SAMPLES / "register.ttl"), str(self.folder)]
        return [["remove", self.gone], build]


# One process for all commands of a state: most of a command's time is its start. The last one tells how it went.
RUN = """
import json, sys
from caregraph.cli.main import app, main
*before, last = json.loads(sys.argv[1])
for command in before:
    try:
        app(command, standalone_mode=False)
    except Exception as error:
        print(error, file=sys.stderr)
sys.argv[1:] = last
main()
"""


def _command(state: State) -> list[str]:
    return [sys.executable, "-c", RUN, json.dumps(state.commands())]


class Place:
    """A data directory that caregraph works in, as a user would run it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.environment = os.environ | {"CAREGRAPH_DATA": str(data)}

    def start(self, state: State, *, largest_file: int | None = None) -> subprocess.Popen[bytes]:
        """Begin a build as the leader of a group of processes; ``largest_file``: bytes that its files may have."""

        def limited() -> None:
            if largest_file is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

        return subprocess.Popen(
            _command(state), cwd=ROOT, env=self.environment, start_new_session=True, preexec_fn=limited,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def build(self, state: State) -> str | None:
        """Build to the end; None, or what went wrong."""
        done = subprocess.run(
            _command(state), cwd=ROOT, env=self.environment, timeout=LIMIT, capture_output=True, check=False
        )
        return None if done.returncode == 0 else done.stderr.decode()[-500:]

    def kill_neo4j(self) -> bool:
        """Kill the server of the data directory, if one runs."""
        pid = launcher.status(self.data).pid
        if pid is None:
            return False
        try:
            psutil.Process(pid).kill()
        except psutil.NoSuchProcess:
            return False
        return True

    def shown(self) -> tuple[set[str], set[str]]:
        """All that the dataset and the database say."""
        with Dataset.read(self.data / "dataset") as dataset:
            named = io.BytesIO()
            dataset.export(named, "nquads")
            merged = dataset.sparql("SELECT ?s ?p ?o { ?s ?p ?o }").rows
            statements = {*named.getvalue().decode().splitlines(), *map(str, merged)}
        with Neo4jStore.connect(launcher.start(self.data, progress=lambda _: None)) as store:
            nodes = store.stream("MATCH (n) WHERE NOT n:_Lock RETURN labels(n) AS labels, n {.*, said: null} AS held")
            edges = store.stream("MATCH (a)-[r]->(b) RETURN a.iri AS a, type(r) AS type, b.iri AS b, r {.*} AS held")
            rows = {_line(row) for part in (nodes, edges) for row in part}
        return statements, rows

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        launcher.stop(self.data)


def _line(row: dict[str, object]) -> str:
    held = row.pop("held")
    assert isinstance(held, dict)
    return f"{sorted(row.items())} {sorted(held.items())}"


def states(folder: Path) -> tuple[State, State]:
    """Two folders of reports."""
    one, other = folder / "one", folder / "other"
    for place, names in ((one, (STAYS, CHANGES, GOES)), (other, (STAYS, CHANGES, COMES))):
        place.mkdir()
        for name in names:
            shutil.copy(SAMPLES / name, place)
    with (other / CHANGES).open("a", encoding="utf-8") as file:
        file.write(ADDED)
    return State(one, COMES), State(other, GOES)


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[bool]:
    """A file system of its own at a folder, where that is allowed; False where it is not."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True)
    try:
        yield mounted.returncode == 0
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "-l", str(folder)], check=False)


class Faults:
    """Breaks builds in one place and tells whether the next one mends it."""

    def __init__(self, place: Place, chance: random.Random, longest: float, both: tuple[State, State]) -> None:
        self._place = place
        self._chance = chance
        self._longest = longest  # seconds that an unbroken build from one state to the other takes
        self._both = both

    def _other(self, state: State) -> State:
        return self._both[self._both[0] is state]

    def killed(self, state: State) -> str:
        """Kill caregraph, Neo4j or both while a build runs; where it was over before, it is built and broken anew."""
        while (what := self._kill(state)) is None:
            self._place.build(self._other(state))
        return what

    def _kill(self, state: State) -> str | None:
        process = self._place.start(state)
        what = self._chance.choice(["caregraph", "neo4j", "both"])
        moment = self._chance.uniform(0.0, self._longest)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            if what != "neo4j":
                os.killpg(process.pid, signal.SIGKILL)
            if what != "caregraph" and not self._place.kill_neo4j():
                os.killpg(process.pid, signal.SIGKILL)
                what = "both"
            _ended(process)
            return f"{what} killed after {moment:.1f} s"
        return None

    def full_for_caregraph(self, state: State) -> str:
        """Let no file that caregraph writes grow beyond a few kilobytes or megabytes."""
        largest = int(2 ** self._chance.uniform(10, 21))
        launcher.start(self._place.data, progress=lambda _: None)  # which would inherit the limit
        process = self._place.start(state, largest_file=largest)
        _ended(process)
        return f"no file over {largest / 1024:.0f} KiB"

    def full_for_all(self, state: State) -> str:
        """Fill the disk that dataset and database lie on but for a little, and make room again after the build."""
        room = int(2 ** self._chance.uniform(14, 22.5))
        filler = self._place.data / "filler"
        free = shutil.disk_usage(self._place.data).free
        with filler.open("wb") as file:
            for _ in range(max(0, free - room) // 65536):
                file.write(bytes(65536))
        _ended(self._place.start(state))
        filler.unlink()
        return f"{room / 1024:.0f} KiB left on the disk"


def _ended(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def rounds(kills: int, folder: Path, chance: random.Random) -> Iterator[tuple[str, str | None]]:
    """What was done, and what was wrong after it, if anything."""
    both = states(folder)
    expected = {}
    for state in both:
        with Place(folder / f"fresh-{state.folder.name}") as fresh:
            if problem := fresh.build(state):
                raise SystemExit(f"a fresh build fails: {problem}")
            expected[state] = fresh.shown()
    with small_disk(folder / "disk", 256 * 2**20) as mounted, Place(folder / "disk" / "data") as place:
        place.data.mkdir()
        place.build(both[0])
        begun = time.monotonic()
        place.build(both[1])
        faults = Faults(place, chance, time.monotonic() - begun, both)
        ways: list[Callable[[State], str]] = [faults.killed, faults.killed, faults.killed, faults.full_for_caregraph]
        if mounted:
            ways.append(faults.full_for_all)
        for number in range(kills):
            state = both[number % 2]
            done = ways[number % len(ways)](state)
            yield done, place.build(state) or _difference(place.shown(), expected[state])
        state = both[kills % 2]
        processes = [place.start(state) for _ in range(2)]
        for process in processes:
            _ended(process)
        codes = [process.returncode for process in processes]
        wrong = f"exit codes {codes}" if any(codes) else _difference(place.shown(), expected[state])
        yield "two builds at once", wrong


def _difference(found: tuple[set[str], set[str]], expected: tuple[set[str], set[str]]) -> str | None:
    for what, one, other in zip(("dataset", "database"), found, expected, strict=True):
        if one != other:
            more, less = sorted(one - other), sorted(other - one)
            return f"{what}: {len(more)} too many {more[:1]}, {len(less)} missing {less[:1]}"
    return None


def main() -> None:
    """Break, mend, compare; a line each, and exit 1 if anything was ever wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=None, help="the same chances again")
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="caregraph-") as folder:
        for number, (done, problem) in enumerate(rounds(arguments.kills, Path(folder), random.Random(seed)), start=1):
            wrong += problem is not None
            print(f"{number:3} {done:34} {problem or 'equal to a fresh build'}", flush=True)
    print(f"{wrong} of {number} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
