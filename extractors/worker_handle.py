"""Worker handle: a worker process as its parent sees it, with the tasks that were sent to it."""

import logging
import multiprocessing
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import psutil

from caregraph.extractors.worker_process import Allowance, Assignment, Preparation, Reply, serve

WorkerFactory = Callable[[], Callable[[Any], Any]]

_BEFORE_TASKS = 600.0  # seconds that a process may take to import what it needs and make its worker
_LEAST_SHARE = 0.01  # of a processor that a process gets on the busiest machine; one that uses less does nothing
_SPAWN = multiprocessing.get_context("spawn")  # not forked: the parent may hold the dataset, and threads of a driver

log = logging.getLogger(__name__)


class WorkerHandle:
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
        self._note_beginning()
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
        self._process.join(1)
        return self._process.exitcode

    def prepare(self, make_worker: WorkerFactory) -> None:
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
        self._note_beginning()
        self._send(message)

    def send(self, index: int, assignment: Assignment) -> None:
        """Give the process a task, which it does after those that it has."""
        if not self.is_busy:
            self._note_beginning()
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
        self._note_beginning()

    def _note_beginning(self) -> None:
        self._began = self._looked = time.monotonic()
        self._used_before = self._used_at_look = self._processor_seconds()

    def _processor_seconds(self) -> float:
        """Seconds of a processor that the process has used; 0 if it has died."""
        try:
            times = psutil.Process(self._process.pid).cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)

    def receive(self) -> Reply | None:
        """The next reply of the process; None if it has died."""
        try:
            reply: Reply = self.connection.recv()
        except (EOFError, OSError):
            return None
        return reply

    def excess(self) -> str | None:
        """Reason to end the process: its task, or its start, has taken too long or too much memory."""
        now, used = time.monotonic(), self._processor_seconds()
        if self.is_preparing:
            return f"was not ready after {_BEFORE_TASKS:.0f} seconds" if now - self._began > _BEFORE_TASKS else None
        _, allowance = self.tasks[0]
        if used - self._used_before > allowance.seconds:
            return allowance.too_slow
        if now - self._looked > allowance.seconds:
            if used - self._used_at_look <= _LEAST_SHARE * allowance.seconds:
                return allowance.too_idle
            self._looked, self._used_at_look = now, used
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
