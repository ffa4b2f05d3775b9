"""Worker pool: processes do tasks under limits of time and memory, and the results come in the order of the tasks.

A document that takes too long, needs too much memory or crashes its process fails by name, and nothing else does: the
pool knows which task each process is at, and starts another process in its stead. A process gets its next task while
it does one, so that it need not wait for the caller.
"""

import hashlib
import logging
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Self, cast

import psutil

from caregraph.extractors.executor import Executor, Task, WorkerFactory
from caregraph.extractors.reading.file_content import count_pictures
from caregraph.extractors.worker_handle import WorkerHandle
from caregraph.extractors.worker_process import (
    CRASH,
    Allowance,
    Assignment,
    Failed,
    Raised,
    Ready,
    Reply,
    do_task,
)
from caregraph.ontology.errors import CaregraphError, UnreadableReport
from caregraph.ontology.records import Record
from caregraph.ontology.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from caregraph.extractors.pipeline import ReportReader

MEMORY_SHARE = 0.75  # of the machine's, which no document has more than

_TASKS_PER_PROCESS = 3  # fewer are done sooner by a process that is there than by one that must start
_WINDOW = 8  # unfinished tasks and results that wait for their turn, for each process; memory does not grow beyond
_QUEUE = 2  # tasks that a process has at once: the one that it does, and the next
_WATCH = 0.25  # seconds between two looks at the time and memory of processes

log = logging.getLogger(__name__)


class WorkerPool(Executor):
    """Processes that do tasks. A context manager; leaving it ends them. Not to be used by two threads at once.

    Nothing is started before there is a task. In a process that may have no children, tasks are done without limits in
    the process itself: it has limits of its own, if it is a worker's.
    """

    def __init__(self, workers: int | None = None, *, memory: int | None = None) -> None:
        """Make a pool.

        Args:
            workers: most processes to use; one for each core if not given.
            memory: bytes that there are for a process; all that the machine has if not given.
        """
        self.workers = workers
        self._memory = memory
        self._processes: list[WorkerHandle] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self, *, keep: int = 0) -> None:
        """End the processes at once, but for some that may have tasks later."""
        while len(self._processes) > keep:
            self._processes.pop().end()

    def start(self, make_worker: WorkerFactory[Any, Any], tasks: int) -> None:
        """Start as many processes as some tasks will need, and return before they are ready."""
        if _may_have_children():
            for process in self._started(tasks):
                process.prepare(make_worker)

    def replies(
        self, tasks: Sequence[Task], make_worker: WorkerFactory[Task, Any], allowances: Sequence[Allowance]
    ) -> Iterator[Reply]:
        """Do tasks and yield a reply for each, in their order. Raises as ``map``."""
        most = int(MEMORY_SHARE * (self._memory or psutil.virtual_memory().total))
        allowances = [replace(allowance, memory=min(allowance.memory, most)) for allowance in allowances]
        if not _may_have_children():
            worker = make_worker()
            for task, allowance in zip(tasks, allowances, strict=True):
                yield do_task(worker, task, allowance)
            return
        processes = self._started(len(tasks))
        for process in processes:
            process.prepare(make_worker)
        try:
            yield from _Run(processes, allowances, tasks).replies(_WINDOW * len(processes))
        finally:
            for process in [process for process in self._processes if process.is_busy]:
                process.end()
            self._processes = [process for process in self._processes if process.is_alive]

    def _started(self, tasks: int) -> list["WorkerHandle"]:
        """Processes for so many tasks, started where they are not there yet."""
        count = min(self.workers or os.cpu_count() or 1, ceil(tasks / _TASKS_PER_PROCESS))
        while len(self._processes) < count:
            self._processes.append(WorkerHandle())
        return self._processes[:count]


_kept: list[WorkerPool] = []
_kept_lock = Lock()
if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_kept.clear)  # the processes are the parent's


@contextmanager
def borrowed_pool(workers: int | None = None) -> Iterator[WorkerPool]:
    """Lend a pool of which a process stays when it is given back, so that the next borrower need not start any.

    Several threads may borrow at once; each has a pool of its own. A process that has nothing to do for some minutes
    ends.
    """
    with _kept_lock:
        pool = _kept.pop() if _kept else WorkerPool()
    pool.workers = workers
    try:
        yield pool
    finally:
        with _kept_lock:
            pool.close(keep=0 if _kept else 1)
            _kept.append(pool)


def _may_have_children() -> bool:
    return not multiprocessing.current_process().daemon


class _Run:
    """Tasks of one call, those that wait, those under way and those finished before their turn."""

    def __init__(self, processes: list["WorkerHandle"], allowances: Sequence[Allowance], tasks: Sequence[Any]) -> None:
        self._processes = processes
        self._assignments = [Assignment(task, allowance) for task, allowance in zip(tasks, allowances, strict=True)]
        self._waiting = deque(range(len(tasks)))
        self._finished: dict[int, Reply] = {}
        self._suspects: set[int] = set()  # crashed a process once

    def replies(self, window: int) -> Iterator[Reply]:
        """Yield each task's reply, in order; work at most ``window`` tasks ahead."""
        for index in range(len(self._assignments)):
            self._hand_out(index + window)
            while index not in self._finished:
                self._watch()
                self._hand_out(index + window)
            yield self._finished.pop(index)

    def _hand_out(self, end: int) -> None:
        """Give tasks before an index to processes that have few; a suspect gets a process to itself."""
        for process in sorted(self._processes, key=lambda process: len(process.tasks)):
            while self._waiting and self._waiting[0] < end and self._may_take(process, self._waiting[0]):
                index = self._waiting.popleft()
                process.send(index, self._assignments[index])

    def _may_take(self, process: "WorkerHandle", index: int) -> bool:
        """Tell whether a process may take a task: it is idle, or the other processes have enough to do as well."""
        if not process.tasks:
            return True
        if index in self._suspects or any(task in self._suspects for task, _ in process.tasks):
            return False
        return len(process.tasks) < _QUEUE and len(self._waiting) >= len(self._processes)

    def _watch(self) -> None:
        """Wait a moment for replies and take those that are there; end processes that exceed their limits."""
        busy = {process.connection: process for process in self._processes if process.is_busy}
        for connection in wait(list(busy), timeout=_WATCH):
            self._take(busy.pop(cast(Connection, connection)))
        for process in busy.values():
            if (reason := process.excess()) is not None:
                self._fail(process, reason)

    def _take(self, process: "WorkerHandle") -> None:
        reply = process.receive()
        if reply is None:
            self._crash(process)
        elif isinstance(reply, Ready):
            process.begin()
        elif process.is_preparing:
            assert isinstance(reply, Raised)
            raise reply.error
        else:
            index, _ = process.tasks.popleft()
            self._finished[index] = reply
            process.begin()
            if isinstance(reply, Failed) and reply.exhausted:
                self._replace(process)

    def _crash(self, process: "WorkerHandle") -> None:
        """Put the task that a process died of back in front, once; an earlier document may have damaged the process.

        Raises:
            CaregraphError: if it died before it had begun with a task.
        """
        if process.is_preparing:
            raise CaregraphError(f"the process that reads documents ended with code {process.exit_code} at its start")
        index, _ = process.tasks[0]
        if index in self._suspects:
            self._fail(process, CRASH)
        else:
            self._suspects.add(index)
            self._replace(process)

    def _fail(self, process: "WorkerHandle", reason: str) -> None:
        if process.is_preparing:
            raise CaregraphError(f"the process that reads documents {reason}")
        index, _ = process.tasks.popleft()
        self._finished[index] = Failed(reason)
        self._replace(process)

    def _replace(self, process: "WorkerHandle") -> None:
        """Start a process in another's stead; the tasks that it had not begun wait again."""
        self._waiting.extendleft(index for index, _ in reversed(process.tasks))
        process.restart()


@dataclass(frozen=True, slots=True)
class Extraction:
    """Result of reading one file: a record, or the reason for its absence."""

    path: Path
    record: Record | None
    reason: str | None = None


def extract_files(
    paths: Sequence[Path],
    *,
    vocabulary: Vocabulary,
    workers: int | None = None,
    pool: WorkerPool | None = None,
) -> Iterator[Extraction]:
    """Read files into records, in order, on all cores where there are many; one failure stops nothing.

    Args:
        workers: most processes to use, where no pool is given; one for each core if not given.
        pool: processes to use.
    """
    if pool is None:
        with borrowed_pool(workers) as pool:
            yield from extract_files(paths, vocabulary=vocabulary, pool=pool)
        return
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in vocabulary.extra)).hexdigest()
    make_worker = partial(_make_extractor, vocabulary.extra, digest)
    yield from pool.map(paths, make_worker, on_failure=_failed_extraction, size=file_size, pictures=count_pictures)


def file_size(path: Path) -> int:
    """Bytes of a file; 0 if it cannot be looked at, which reading it will report."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _make_extractor(extra: Sequence[Path], digest: str) -> Callable[[Path], Extraction]:
    """Make a worker that reads files; a process makes it anew where the digest of the vocabulary's files is another."""
    from caregraph.extractors.pipeline import ReportReader  # brings spaCy, which only the processes need

    return partial(_extract_file, ReportReader(load_vocabulary(extra)))


def _extract_file(reader: "ReportReader", path: Path) -> Extraction:
    try:
        return Extraction(path, reader.read(path))
    except UnreadableReport as error:
        return Extraction(path, None, error.reason)
    except CaregraphError as error:
        return Extraction(path, None, str(error))


def _failed_extraction(path: Path, reason: str) -> Extraction:
    return Extraction(path, None, reason)
