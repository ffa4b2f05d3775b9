"""Work on documents fans out over processes of our own, one pipeline each, in the order the files were given."""

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from caregraph.extractors.pipeline import document, make_pipeline, record_of
from caregraph.extractors.reading.read import read_report, report_from_bytes
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.errors import CaregraphError, UnreadableReport
from caregraph.ontology.records import Record, Report
from caregraph.ontology.vocabulary import Vocabulary, load_vocabulary

Task = TypeVar("Task")
Result = TypeVar("Result")
Make = Callable[[], Callable[[Task], Result]]  # makes what a process works with; both can be sent to another process

CRASH = "makes the reader crash"
_FEW = 6  # files that one process reads sooner than others have started
_QUEUE = 3  # files waiting for each worker, so that memory does not grow with their number


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came of one file: a record, or the reason why there is none."""

    path: Path
    record: Record | None
    reason: str | None = None


class Reader:
    """Reads files into records: read, segment, extract. One to a process."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._nlp = make_pipeline(vocabulary)

    def read(self, path: Path) -> Record:
        """The record of one report file.

        Raises:
            UnreadableReport: if it holds none.
        """
        return self.record(read_report(path))

    def read_bytes(self, source: str, content: bytes) -> Record:
        """The record of a report in memory. Raises as ``read``."""
        return self.record(report_from_bytes(source, content))

    def record(self, report: Report) -> Record:
        """What a report as read says."""
        return record_of(document(self._nlp, segment(report)))


def extracted(paths: Sequence[Path], *, vocabulary: Vocabulary, workers: int | None = None) -> Iterator[Extracted]:
    """Read files into records, in order, on all cores where there are many; one failure stops nothing."""
    yield from in_order(paths, partial(_extractor, vocabulary.extra), crashed=_crashed, workers=workers)


def _extractor(extra: Sequence[Path]) -> Callable[[Path], Extracted]:
    return partial(_read, Reader(load_vocabulary(extra)))


def _read(reader: Reader, path: Path) -> Extracted:
    try:
        return Extracted(path, reader.read(path))
    except UnreadableReport as error:
        return Extracted(path, None, error.reason)
    except CaregraphError as error:
        return Extracted(path, None, str(error))


def _crashed(path: Path) -> Extracted:
    return Extracted(path, None, CRASH)


def in_order(
    tasks: Sequence[Task], make: Make[Task, Result], *, crashed: Callable[[Task], Result], workers: int | None = None
) -> Iterator[Result]:
    """Do tasks on all cores where there are many, here where they are few; the results come in the tasks' order.

    Args:
        make: makes what does a task; called once in each process.
        crashed: the result of a task that kills its process whenever it is tried.
        workers: how many processes at most; one a core if not given.
    """
    if not tasks:
        return  # a pipeline takes a second to make
    workers = workers or os.cpu_count() or 1
    if workers == 1 or len(tasks) <= _FEW:
        yield from map(make(), tasks)
    else:
        yield from _side_by_side(tasks, make, crashed, workers)


_work: Callable[[Any], Any] | None = None  # this worker's own


def _begin(make: Make[Any, Any]) -> None:
    global _work
    _work = make()


def _do(task: Any) -> Any:
    assert _work is not None
    return _work(task)


def _side_by_side(
    tasks: Sequence[Task], make: Make[Task, Result], crashed: Callable[[Task], Result], workers: int
) -> Iterator[Result]:
    """Fan out over processes, keeping the order. A task that kills its process is tried once more, alone."""
    waiting = deque(tasks)
    while waiting:
        with _pool(make, min(workers, len(waiting))) as pool:
            under_way: deque[tuple[Task, Future[Result]]] = deque()
            try:
                while waiting or under_way:
                    while waiting and len(under_way) < workers * _QUEUE:
                        under_way.append((waiting[0], _submit(pool, waiting[0])))
                        waiting.popleft()
                    yield under_way[0][1].result()
                    under_way.popleft()
            except BrokenProcessPool:
                task, *others = (task for task, _ in under_way)
                waiting.extendleft(reversed(others))
        if under_way:
            yield _alone(task, make, crashed)


def _alone(task: Task, make: Make[Task, Result], crashed: Callable[[Task], Result]) -> Result:
    with _pool(make, 1) as pool:
        try:
            result: Result = _submit(pool, task).result()
        except BrokenProcessPool:
            return crashed(task)
    return result


def _pool(make: Make[Any, Any], workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the parent may hold the dataset and a driver with threads of its own.
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=spawn, initializer=_begin, initargs=(make,))


def _submit(pool: ProcessPoolExecutor, task: Any) -> Future[Any]:
    """Hand over a task, for which a process may be started.

    A process that is spawned runs its parent's main module first. Ours need none of it, and under Streamlit that
    module is the explorer's page, which would be drawn, for nobody, in each.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        return pool.submit(_do, task)
    finally:
        sys.modules["__main__"] = main
