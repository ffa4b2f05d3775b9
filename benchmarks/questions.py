"""How long the named questions take, and how that grows with the graph.

    CAREGRAPH_DATA=... python -m benchmarks.questions [--times 4] [--rounds 20]

Each question is asked with its example, and where none of its values must be given also with its defaults, which are
its widest form, over the graph of the data directory, by a server that has answered all of them some times before: a
Java program is slow at first. The first asking, in which the server makes its plan, is told apart. The time is of the
clock, from the call to the last row in Python, names looked up and evidence included. With ``--times`` the same is
asked of a server with as many copies of all documents, which is started for this and thrown away. The processor time
of the server is told beside the clock, since other work on the machine does not change it.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from benchmarks.synthetic_corpus import Copies
from caregraph.workspace import Workspace
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries.questions import Question, answer_question, load_questions
from caregraph.graph.server import launcher
from caregraph.settings import data_directory

QUICK, SLOW = 50.0, 1000.0  # milliseconds: the bars
WARM = 10  # askings of each question before any is timed
SHARE = 0.95  # of the questions that must be quick


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of a question: the first asking, median and 95th percentile of the others, the server's work."""

    rows: int
    first: float
    median: float
    high: float
    server: float


def timed(store: Neo4jStore, question: Question, given: Mapping[str, str]) -> tuple[float, int]:
    """Milliseconds that a question takes, and its rows."""
    begin = time.perf_counter()
    rows = answer_question(store, question, **given)
    return (time.perf_counter() - begin) * 1000, len(rows)


def timing(
    store: Neo4jStore,
    server: psutil.Process,
    question: Question,
    given: Mapping[str, str],
    rounds: int,
    first: tuple[float, int],
) -> Timing:
    used = _processor(server)
    taken = [timed(store, question, given)[0] for _ in range(rounds)]
    work = (_processor(server) - used) * 1000 / rounds
    return Timing(first[1], first[0], statistics.median(taken), statistics.quantiles(taken, n=20)[-1], work)


def _processor(server: psutil.Process) -> float:
    used = server.cpu_times()
    return float(used.user + used.system)


Asked = tuple[str, bool]  # a question, and whether it was asked in its widest form


def askings() -> Iterator[tuple[Asked, Question, Mapping[str, str]]]:
    """Each question with its example and, where it has one, in its widest form."""
    for question in load_questions().values():
        yield (question.name, False), question, question.example
        if question.example and not any(one.required for one in question.parameters):
            yield (question.name, True), question, {}


def timings(store: Neo4jStore, server: psutil.Process, *, rounds: int) -> Iterator[tuple[Asked, Timing]]:
    first = {asked: timed(store, question, given) for asked, question, given in askings()}
    for _ in range(WARM):
        for _, question, given in askings():
            answer_question(store, question, **given)
    for asked, question, given in askings():
        yield asked, timing(store, server, question, given, rounds, first[asked])


@contextmanager
def served(data: Path) -> Iterator[tuple[Neo4jStore, psutil.Process]]:
    """The store of a data directory's own server, and the process that it is; stopped if it did not run before."""
    running = launcher.status(data).running
    address = launcher.start(data, progress=_tell)
    try:
        with Neo4jStore.connect(address) as store:
            yield store, psutil.Process(launcher.status(data).pid)
    finally:
        if not running:
            launcher.stop(data)


def over(data: Path, *, rounds: int) -> dict[Asked, Timing]:
    """The questions over the graph of a data directory."""
    with served(data) as (store, server):
        return dict(timings(store, server, rounds=rounds))


def over_copies(data: Path, times: int, *, rounds: int) -> dict[Asked, Timing]:
    """The questions over as many copies of it."""
    with tempfile.TemporaryDirectory(prefix="caregraph-") as folder, served(Path(folder)) as (store, server):
        workspace = Workspace(data)
        with Dataset.read(workspace.dataset_folder) as dataset:
            copies = Copies(dataset, times, payload_cache=workspace.cache)
            _tell(f"{times} copies: {store.sync(copies, copies)}")
        return dict(timings(store, server, rounds=rounds))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=1, help="ask of so many copies of all documents, too")
    parser.add_argument("--rounds", type=int, default=20, help="how often each is asked after the first time")
    options = parser.parse_args()
    data = data_directory()
    once = over(data, rounds=options.rounds)
    more = over_copies(data, options.times, rounds=options.rounds) if options.times > 1 else {}
    _print(once, more, options.times)


def _print(once: Mapping[Asked, Timing], more: Mapping[Asked, Timing], times: int) -> None:
    columns = ["question", "rows", "first, ms", "median, ms", "95th percentile, ms", "server's work, ms"]
    columns += [f"median at {times}×, ms", "growth"] if more else []
    table = Table(*columns)
    for (name, widest), one in sorted(once.items(), key=lambda item: -item[1].median):
        cells = [f"{name}, widest" if widest else name, str(one.rows)]
        cells += [f"{value:.0f}" for value in (one.first, one.median, one.high, one.server)]
        if more:
            cells += [f"{more[name, widest].median:.0f}", f"{more[name, widest].median / one.median:.1f}"]
        table.add_row(*cells)
    Console().print(table)
    for what, found in (("1×", once), (f"{times}×", more)):
        if found:
            print(f"{what}: {_bars(found)}")


def _bars(found: Mapping[Asked, Timing]) -> str:
    examples = [one.median for (_, widest), one in found.items() if not widest]
    quick = sum(median < QUICK for median in examples)
    name, widest = max(found, key=lambda asked: found[asked].median)
    return (
        f"{quick} of {len(examples)} questions ({quick / len(examples):.0%}, wanted {SHARE:.0%}) under {QUICK:.0f} ms"
        f" median; the slowest, {name}{', in its widest form' * widest}, takes {found[name, widest].median:.0f} ms"
        f" (wanted under {SLOW:.0f})"
    )


def _tell(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
