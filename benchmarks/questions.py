"""Time that the named questions take, and its growth with the graph.

    CAREGRAPH_DATA=... python -m benchmarks.questions [--times 4] [--rounds 20]

Each question is asked with its example, and where all its parameters have defaults also with these, its widest form,
over the graph of the data directory. The server has answered all of them some times before: a Java program is slow at
first. The first asking, in which the server makes its plan, is printed apart. The time is of the clock, from the call
to the last row in Python, with looking up names and evidence. With ``--times`` the same is asked of a server with as
many copies of all documents, which is started for this and thrown away. The processor time of the server stands
beside the clock, since other work on the machine does not change it.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.server_start import OwnServer, own_server, print_progress
from benchmarks.synthetic_corpus import Copies
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries.questions import Question, answer_question, load_questions, refresh_stored_answers
from caregraph.settings import data_directory
from caregraph.workspace import Workspace

QUICK, SLOW = 50.0, 1000.0  # milliseconds: the targets
WARM_UP = 10  # askings of each question before any is timed
QUICK_SHARE = 0.95  # of the questions that must be quick


@dataclass(frozen=True, slots=True)
class QuestionTiming:
    """Milliseconds of a question: the first asking; median and 95th percentile of the next ones; the server's work."""

    rows: int
    first: float
    median: float
    percentile95: float
    server: float


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with values of its parameters; ``widest`` if these are all left out."""

    question: Question
    values: Mapping[str, str]
    widest: bool = False

    @property
    def name(self) -> str:
        """Name of the question, and of its form."""
        return f"{self.question.name}, widest" if self.widest else self.question.name

    def time(self, store: Neo4jStore) -> tuple[float, int]:
        """Ask once; return the milliseconds that it takes, and the number of rows."""
        started = time.perf_counter()
        rows = answer_question(store, self.question, **self.values)
        return (time.perf_counter() - started) * 1000, len(rows)


def askings() -> Iterator[Asking]:
    """Yield each question with its example and, where it has one, in its widest form."""
    for question in load_questions().values():
        yield Asking(question, question.example)
        if question.example and not any(parameter.required for parameter in question.parameters):
            yield Asking(question, {}, widest=True)


def time_questions(server: OwnServer, *, rounds: int, warm_up: int = WARM_UP) -> dict[str, QuestionTiming]:
    """Time every asking over the graph of a server, by the name of the asking.

    Args:
        rounds: askings that are timed after the first one and the warm-up; at least two.
        warm_up: rounds before any is timed.
    """
    timings: dict[str, QuestionTiming] = {}
    with Neo4jStore.connect(server.address) as store:
        refresh_stored_answers(store)
        first = {asking.name: asking.time(store) for asking in askings()}
        for _ in range(warm_up):
            for asking in askings():
                asking.time(store)
        for asking in askings():
            used = server.processor_seconds()
            milliseconds = [asking.time(store)[0] for _ in range(rounds)]
            work = (server.processor_seconds() - used) * 1000 / rounds
            percentile95 = statistics.quantiles(milliseconds, n=20)[-1]
            first_time, rows = first[asking.name]
            median = statistics.median(milliseconds)
            timings[asking.name] = QuestionTiming(rows, first_time, median, percentile95, work)
    return timings


def time_questions_over_copies(data: Path, times: int, *, rounds: int) -> dict[str, QuestionTiming]:
    """Time the questions over so many copies of the documents of a data directory."""
    with tempfile.TemporaryDirectory(prefix="caregraph-") as folder, own_server(Path(folder)) as server:
        workspace = Workspace(data)
        with Dataset.read(workspace.dataset_folder) as dataset, Neo4jStore.connect(server.address) as store:
            copies = Copies(dataset, times, payload_cache=workspace.cache)
            print_progress(f"{times} copies: {store.sync(copies, copies)}")
        return time_questions(server, rounds=rounds)


def main() -> None:
    """Time the questions and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=1, help="ask of so many copies of all documents, too")
    parser.add_argument("--rounds", type=int, default=20, help="timed askings of each after the first")
    options = parser.parse_args()
    data = data_directory()
    with own_server(data) as server:
        timings = time_questions(server, rounds=options.rounds)
    of_copies = time_questions_over_copies(data, options.times, rounds=options.rounds) if options.times > 1 else {}
    _print(timings, of_copies, options.times)


def _print(timings: Mapping[str, QuestionTiming], of_copies: Mapping[str, QuestionTiming], times: int) -> None:
    columns = ["question", "rows", "first, ms", "median, ms", "95th percentile, ms", "server's work, ms"]
    columns += [f"median at {times}×, ms", "growth"] if of_copies else []
    table = Table(*columns)
    for name, timing in sorted(timings.items(), key=lambda item: -item[1].median):
        milliseconds = (timing.first, timing.median, timing.percentile95, timing.server)
        cells = [name, str(timing.rows), *(f"{value:.0f}" for value in milliseconds)]
        if of_copies:
            cells += [f"{of_copies[name].median:.0f}", f"{of_copies[name].median / timing.median:.1f}"]
        table.add_row(*cells)
    Console().print(table)
    print(f"1×: {summary(timings)}")
    if of_copies:
        print(f"{times}×: {summary(of_copies)}")


def summary(timings: Mapping[str, QuestionTiming]) -> str:
    """Sentence that compares the timings with the targets; the widest forms count for the slowest question alone."""
    examples = [timings[asking.name].median for asking in askings() if not asking.widest]
    quick = sum(median < QUICK for median in examples)
    slowest = max(timings, key=lambda name: timings[name].median)
    return (
        f"{quick} of {len(examples)} questions ({quick / len(examples):.0%}, target {QUICK_SHARE:.0%}) under"
        f" {QUICK:.0f} ms median; the slowest, {slowest}, takes {timings[slowest].median:.0f} ms"
        f" (target under {SLOW:.0f})"
    )


if __name__ == "__main__":
    main()
