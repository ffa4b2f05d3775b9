"""Worker pool: tasks fan out over processes, one pipeline each, and their results come in the order of the tasks."""

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

from caregraph.extractors.pipeline import ReportReader
from caregraph.ontology.errors import CaregraphError, UnreadableReport
from caregraph.ontology.records import Record
from caregraph.ontology.vocabulary import Vocabulary, load_vocabulary

Task = TypeVar("Task")
Result = TypeVar("Result")
WorkerFactory = Callable[[], Callable[[Task], Result]]  # makes a process's worker; both can be sent to another process

CRASH = "makes the reader crash"
_FEW = 6  # files that one process reads sooner than others have started
_QUEUE = 3  # files waiting for each worker, so that memory does not grow with their number


@dataclass(frozen=True, slots=True)
class Extraction:
    """Result of reading one file: a record, or the reason for its absence."""

    path: Path
    record: Record | None
    reason: str | None = None


def extract_files(paths: Sequence[Path], *, vocabulary: Vocabulary, workers: int | None = None) -> Iterator[Extraction]:
    """Read files into records, in order, on all cores where there are many; one failure stops nothing."""
    make_worker = partial(_make_extractor, vocabulary.extra)
    yield from map_in_order(paths, make_worker, on_crash=_crashed_extraction, workers=workers)


def _make_extractor(extra: Sequence[Path]) -> Callable[[Path], Extraction]:
    return partial(_extract_file, ReportReader(load_vocabulary(extra)))


def _extract_file(reader: ReportReader, path: Path) -> Extraction:
    try:
        return Extraction(path, reader.read(path))
    except UnreadableReport as error:
        return Extraction(path, None, error.reason)
    except CaregraphError as error:
        return Extraction(path, None, str(error))


def _crashed_extraction(path: Path) -> Extraction:
    return Extraction(path, None, CRASH)


def map_in_order(
    tasks: Sequence[Task],
    make_worker: WorkerFactory[Task, Result],
    *,
    on_crash: Callable[[Task], Result],
    workers: int | None = None,
) -> Iterator[Result]:
    """Do tasks on all cores where there are many, here where they are few; the results come in the tasks' order.

    Args:
        make_worker: makes the function that does a task; called once in each process.
        on_crash: gives the result of a task that kills its process whenever it is tried.
        workers: most processes to use; one for each core if not given.
    """
    if not tasks:
        return  # a pipeline takes a second to make
    workers = workers or os.cpu_count() or 1
    if workers == 1 or len(tasks) <= _FEW:
        yield from map(make_worker(), tasks)
    else:
        yield from _map_over_processes(tasks, make_worker, on_crash, workers)


_worker: Callable[[Any], Any] | None = None  # this process's own


def _start_worker(make_worker: WorkerFactory[Any, Any]) -> None:
    global _worker
    _worker = make_worker()


def _do_task(task: Any) -> Any:
    assert _worker is not None
    return _worker(task)


def _map_over_processes(
    tasks: Sequence[Task], make_worker: WorkerFactory[Task, Result], on_crash: Callable[[Task], Result], workers: int
) -> Iterator[Result]:
    """Fan out over processes, keeping the order. A task that kills its process is tried once more, alone."""
    waiting = deque(tasks)
    while waiting:
        with _pool(make_worker, min(workers, len(waiting))) as pool:
            under_way: deque[tuple[Task, Future[Result]]] = deque()
            try:
                while waiting or under_way:
                    while waiting and len(under_way) < workers * _QUEUE:
                        under_way.append((waiting[0], _submit(pool, waiting[0])))
                        waiting.popleft()
                    yield under_way[0][1].result()
                    under_way.popleft()
            except BrokenProcessPool:
                suspect, *unfinished = (task for task, _ in under_way)
                waiting.extendleft(reversed(unfinished))
        if under_way:
            yield _retry_alone(suspect, make_worker, on_crash)


def _retry_alone(task: Task, make_worker: WorkerFactory[Task, Result], on_crash: Callable[[Task], Result]) -> Result:
    with _pool(make_worker, 1) as pool:
        try:
            result: Result = _submit(pool, task).result()
        except BrokenProcessPool:
            return on_crash(task)
    return result


def _pool(make_worker: WorkerFactory[Any, Any], workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the parent may hold the dataset and a driver with threads of its own.
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=spawn, initializer=_start_worker, initargs=(make_worker,))


def _submit(pool: ProcessPoolExecutor, task: Any) -> Future[Any]:
    """Hand over a task, for which a process may be started.

    A process that is spawned runs its parent's main module first. Ours need none of it, and under Streamlit that
    module is the explorer's page, which would be drawn, for nobody, in each.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        return pool.submit(_do_task, task)
    finally:
        sys.modules["__main__"] = main
