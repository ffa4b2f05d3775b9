"""Worker pool: processes do tasks under limits of time and memory, and the results come in the order of the tasks.

A document that takes too long, needs too much memory or crashes its process fails by name, and nothing else does: the
pool knows which task each process is at, and starts another process in its stead. A process gets its next task while
it does one, so that it need not wait for the caller.
"""

import logging
import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from math import ceil
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import ModuleType
from typing import Any, Self, TypeVar, cast

import psutil

from caregraph.extractors.worker_process import (
    CRASH,
    Allowance,
    Assignment,
    Done,
    Failed,
    Preparation,
    Raised,
    Ready,
    Reply,
    do_task,
    serve,
)
from caregraph.ontology.errors import CaregraphError, UnreadableReport
from caregraph.ontology.records import Record
from caregraph.ontology.vocabulary import Vocabulary, load_vocabulary

Task = TypeVar("Task")
Result = TypeVar("Result")
WorkerFactory = Callable[[], Callable[[Task], Result]]  # makes a process's worker; both can be sent to another process

# A report takes two seconds and 100 MB, a text 30 seconds and 100 MB a megabyte, besides 250 MB for the process itself
# (`python -m benchmarks.growth --sizes`). A busy or slow machine has twice the time, and a short report far more.
TIME_LIMIT, TIME_LIMIT_PER_MB = 120.0, 60.0  # seconds
MEMORY_LIMIT, MEMORY_LIMIT_PER_MB = 2 * 2**30, 2**28  # bytes

_MB = 2**20
_TASKS_PER_PROCESS = 3  # fewer are done sooner by a process that is there than by one that must start
_WINDOW = 8  # unfinished tasks and results that wait for their turn, for each process; memory does not grow beyond
_QUEUE = 2  # tasks that a process has at once: the one that it does, and the next
_WATCH = 0.25  # seconds between two looks at the time and memory of processes
_BEFORE_TASKS = 600.0  # seconds that a process may take to import what it needs and make its worker

log = logging.getLogger(__name__)
_SPAWN = multiprocessing.get_context("spawn")  # not forked: the parent may hold the dataset, and threads of a driver


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of the clock and bytes of data that a process may use for a document, by the document's size."""

    seconds: float = TIME_LIMIT
    seconds_per_mb: float = TIME_LIMIT_PER_MB
    memory: int = MEMORY_LIMIT
    memory_per_mb: int = MEMORY_LIMIT_PER_MB

    def allowance(self, size: int) -> Allowance:
        """Limits of one document of some bytes.

        >>> Limits(seconds=10, seconds_per_mb=2, memory=2**30, memory_per_mb=2**20).allowance(3 * 2**20)
        Allowance(seconds=16.0, memory=1076887552)
        """
        megabytes = size / _MB
        return Allowance(
            self.seconds + megabytes * self.seconds_per_mb, int(self.memory + megabytes * self.memory_per_mb)
        )


def _no_size(task: Any) -> int:
    return 0


class WorkerPool:
    """Processes that do tasks. A context manager; leaving it ends them. Not to be used by two threads at once.

    Nothing is started before there is a task. In a process that may have no children, tasks are done without limits in
    the process itself: it has limits of its own, if it is a worker's.
    """

    def __init__(self, workers: int | None = None, *, limits: Limits | None = None) -> None:
        """Args: workers: most processes to use; one for each core if not given."""
        self._workers = workers or os.cpu_count() or 1
        self._limits = limits or Limits()
        self._processes: list[_Process] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, at once."""
        while self._processes:
            self._processes.pop().end()

    def start(self, make_worker: WorkerFactory[Any, Any], tasks: int) -> None:
        """Start as many processes as some tasks will need, and return before they are ready."""
        if _may_have_children():
            for process in self._started(tasks):
                process.prepare(make_worker)

    def map(
        self,
        tasks: Sequence[Task],
        make_worker: WorkerFactory[Task, Result],
        *,
        on_failure: Callable[[Task, str], Result],
        size: Callable[[Task], int] = _no_size,
    ) -> Iterator[Result]:
        """Do tasks and yield their results in the tasks' order.

        Args:
            make_worker: makes the function that does a task; called once in each process, and again if it is another.
            on_failure: gives the result of a task that exceeded its limits or failed, by the reason.
            size: bytes of the document that a task reads.

        Raises:
            CaregraphError: one that the worker raised, at its task's turn, or that kept it from being made.
        """
        if not tasks:
            return
        if not _may_have_children():
            yield from self._map_here(tasks, make_worker, on_failure, size)
            return
        processes = self._started(len(tasks))
        for process in processes:
            process.prepare(make_worker)
        run = _Run(processes, [self._limits.allowance(size(task)) for task in tasks], tasks)
        try:
            for index, reply in run.replies(_WINDOW * len(processes)):
                yield _result(reply, partial(on_failure, tasks[index]))
        finally:
            for process in [process for process in self._processes if process.is_busy]:
                process.end()
            self._processes = [process for process in self._processes if process.is_alive]

    def _started(self, tasks: int) -> list["_Process"]:
        """Processes for so many tasks, started where they are not there yet."""
        count = min(self._workers, ceil(tasks / _TASKS_PER_PROCESS))
        while len(self._processes) < count:
            self._processes.append(_Process())
        return self._processes[:count]

    def _map_here(
        self,
        tasks: Sequence[Task],
        make_worker: WorkerFactory[Task, Result],
        on_failure: Callable[[Task, str], Result],
        size: Callable[[Task], int],
    ) -> Iterator[Result]:
        worker = make_worker()
        for task in tasks:
            yield _result(do_task(worker, task, self._limits.allowance(size(task))), partial(on_failure, task))


def _may_have_children() -> bool:
    return not multiprocessing.current_process().daemon


def _result(reply: Reply, on_failure: Callable[[str], Any]) -> Any:
    if isinstance(reply, Done):
        return reply.result
    if isinstance(reply, Raised):
        raise reply.error
    assert isinstance(reply, Failed)
    if reply.details:
        log.info("%s", reply.details)
    return on_failure(reply.reason)


class _Run:
    """Tasks of one call, those that wait, those under way and those finished before their turn."""

    def __init__(self, processes: list["_Process"], allowances: Sequence[Allowance], tasks: Sequence[Any]) -> None:
        self._processes = processes
        self._assignments = [Assignment(task, allowance) for task, allowance in zip(tasks, allowances, strict=True)]
        self._waiting = deque(range(len(tasks)))
        self._finished: dict[int, Reply] = {}
        self._suspects: set[int] = set()  # crashed a process once

    def replies(self, window: int) -> Iterator[tuple[int, Reply]]:
        """Yield each task's index and reply, in order; work at most ``window`` tasks ahead."""
        for index in range(len(self._assignments)):
            self._hand_out(index + window)
            while index not in self._finished:
                self._watch()
                self._hand_out(index + window)
            yield index, self._finished.pop(index)

    def _hand_out(self, end: int) -> None:
        """Give tasks before an index to processes that have few; a suspect gets a process to itself."""
        for process in sorted(self._processes, key=lambda process: len(process.tasks)):
            while self._waiting and self._waiting[0] < end and self._may_take(process, self._waiting[0]):
                index = self._waiting.popleft()
                process.send(index, self._assignments[index])

    def _may_take(self, process: "_Process", index: int) -> bool:
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

    def _take(self, process: "_Process") -> None:
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

    def _crash(self, process: "_Process") -> None:
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

    def _fail(self, process: "_Process", reason: str) -> None:
        if process.is_preparing:
            raise CaregraphError(f"the process that reads documents {reason}")
        index, _ = process.tasks.popleft()
        self._finished[index] = Failed(reason)
        self._replace(process)

    def _replace(self, process: "_Process") -> None:
        """Start a process in another's stead; the tasks that it had not begun wait again."""
        self._waiting.extendleft(index for index, _ in reversed(process.tasks))
        process.restart()


class _Process:
    """Process of a worker, with the tasks that were sent to it and not answered yet, the first one under way."""

    def __init__(self) -> None:
        self.tasks: deque[tuple[int, Allowance]] = deque()
        self._made_by = b""
        self._spawn()

    def _spawn(self) -> None:
        self.tasks.clear()
        self.connection, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=serve, args=(theirs,), daemon=True)
        with _no_main_module(), _no_interrupt():
            self._process.start()
        theirs.close()
        self.is_preparing = False
        self._began = time.monotonic()
        if self._made_by:
            self._prepare(self._made_by)

    @property
    def is_busy(self) -> bool:
        """True while a reply is due."""
        return bool(self.tasks) or self.is_preparing

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    @property
    def exit_code(self) -> int | None:
        self._process.join(_WATCH)
        return self._process.exitcode

    def prepare(self, make_worker: WorkerFactory[Any, Any]) -> None:
        """Have the process make a worker, unless the one that it has was made in the same way."""
        message = pickle.dumps(Preparation(make_worker))
        if not self._process.is_alive():
            self._made_by = message
            self.restart()
        elif message != self._made_by:
            self._made_by = message
            self._prepare(message)

    def _prepare(self, message: bytes) -> None:
        self.is_preparing = True
        self._began = time.monotonic()
        self._send(message)

    def send(self, index: int, assignment: Assignment) -> None:
        """Give the process a task, which it does after those that it has."""
        if not self.is_busy:
            self._began = time.monotonic()
        self.tasks.append((index, assignment.allowance))
        self._send(pickle.dumps(assignment))

    def _send(self, message: bytes) -> None:
        try:
            self.connection.send_bytes(message)
        except OSError:  # it has died, which `receive` will say
            log.debug("a process died before its next message")

    def begin(self) -> None:
        """Note that the process has begun with the first of its tasks."""
        self.is_preparing = False
        self._began = time.monotonic()

    def receive(self) -> Reply | None:
        """The next reply of the process; None if it has died."""
        try:
            reply: Reply = self.connection.recv()
        except (EOFError, OSError):
            return None
        return reply

    def excess(self) -> str | None:
        """Reason to end the process: its task, or its start, has taken too long or too much memory."""
        spent = time.monotonic() - self._began
        if self.is_preparing:
            return f"was not ready after {_BEFORE_TASKS:.0f} seconds" if spent > _BEFORE_TASKS else None
        _, allowance = self.tasks[0]
        if spent > allowance.seconds:
            return allowance.too_slow
        try:
            memory = psutil.Process(self._process.pid).memory_info().rss
        except psutil.Error:  # it has just died
            return None
        return allowance.too_large if memory > allowance.memory else None

    def restart(self) -> None:
        """End the process and start another in its stead."""
        self.end()
        self._spawn()

    def end(self) -> None:
        """End the process at once; it has nothing to put in order."""
        self._process.kill()
        self._process.join()
        self.connection.close()
        self.tasks.clear()
        self.is_preparing = False


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Keep a process that is spawned from running its parent's main module first.

    Ours need none of it, and under Streamlit that module is the explorer's page, which would be drawn, for nobody, in
    each.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Let a process that is started here inherit that Ctrl-C is not for it, even before it runs code of ours."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
        pool: processes that outlive this call.
    """
    make_worker = partial(_make_extractor, vocabulary.extra)
    if pool is not None:
        yield from pool.map(paths, make_worker, on_failure=_failed_extraction, size=file_size)
        return
    with WorkerPool(workers) as own_pool:
        yield from own_pool.map(paths, make_worker, on_failure=_failed_extraction, size=file_size)


def file_size(path: Path) -> int:
    """Bytes of a file; 0 if it cannot be looked at, which reading it will report."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _make_extractor(extra: Sequence[Path]) -> Callable[[Path], Extraction]:
    from caregraph.extractors.pipeline import ReportReader  # brings spaCy, which only the processes need

    reader = ReportReader(load_vocabulary(extra))

    def extract_file(path: Path) -> Extraction:
        try:
            return Extraction(path, reader.read(path))
        except UnreadableReport as error:
            return Extraction(path, None, error.reason)
        except CaregraphError as error:
            return Extraction(path, None, str(error))

    return extract_file


def _failed_extraction(path: Path, reason: str) -> Extraction:
    return Extraction(path, None, reason)
