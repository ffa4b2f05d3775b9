"""Worker process: does one task after another for its parent, under limits of time and memory.

The parent ends a process that is over its limits (`worker_pool`), which works whatever the process is at: a regular
expression or C code that holds the interpreter cannot prevent it. The limits here are a second line. Where the system
has them, a limit of the process's data turns a greedy document into a ``MemoryError``, and a limit of processor time
ends a process whose parent is gone; a thread of C, which needs no interpreter, ends one that does nothing.
"""

import faulthandler
import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from caregraph.ontology.errors import CaregraphError
from caregraph.settings import collect_rarely

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

CRASH = "makes the reader crash"
IDLE = 300.0  # seconds without a message after which a process ends; it has some hundred MB of memory
GRACE = 60.0  # seconds of a processor beyond its task's limit after which a process ends itself
LONGEST = 100  # times its limit on the clock after which the process of a task ends itself, on the busiest machine


@dataclass(frozen=True, slots=True)
class Allowance:
    """Seconds of a processor that a task may take, and bytes of data that its process may have."""

    seconds: float
    memory: int

    @property
    def too_slow(self) -> str:
        """Reason of a task that was ended because of its time on a processor."""
        return f"took longer than {self.seconds:,.0f} seconds to read"

    @property
    def too_idle(self) -> str:
        """Reason of a task that was ended because it used no processor for so many seconds of the clock."""
        return f"was not read on for {self.seconds:,.0f} seconds"

    @property
    def too_large(self) -> str:
        """Reason of a task that was ended because of its memory."""
        return f"needed more memory than {self.memory / 2**20:,.0f} MB to be read"


@dataclass(frozen=True, slots=True)
class Preparation:
    """Message to a process: make the worker that does the tasks which follow."""

    make_worker: Callable[[], Callable[[Any], Any]]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Message to a process: do a task."""

    task: Any
    allowance: Allowance


@dataclass(frozen=True, slots=True)
class Ready:
    """Reply: the worker is made."""


@dataclass(frozen=True, slots=True)
class Done:
    """Reply: the result of a task."""

    result: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """Reply: the reason why a task has no result, with the traceback where it is a fault of ours.

    ``exhausted``: the process ran out of memory and does no further task.
    """

    reason: str
    details: str = ""
    exhausted: bool = False


@dataclass(frozen=True, slots=True)
class Raised:
    """Reply: an error that is not about the task, such as a full disk, for the parent to raise."""

    error: CaregraphError


Reply = Ready | Done | Failed | Raised


def serve(connection: Connection) -> None:
    """Answer the messages of the parent until it closes the connection: the main function of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent, which Ctrl-C stops, ends this process
    worker: Callable[[Any], Any] | None = None
    while True:
        try:
            if not connection.poll(IDLE):
                return
            message = connection.recv()
        except (EOFError, OSError):  # the parent has gone
            return
        except Exception as error:  # such as a worker that this process cannot import
            message = Raised(CaregraphError(f"documents cannot be read: {_described(error)}"))
        if isinstance(message, Raised):
            reply: Reply = message
        elif isinstance(message, Preparation):
            worker = None  # the one before makes room
            reply, worker = _prepare(message)
        else:
            assert worker is not None
            reply = _do_within(worker, message)
        try:
            connection.send_bytes(_pickled(reply))
        except OSError:
            return
        if isinstance(reply, Failed) and reply.exhausted:
            return


def _prepare(message: Preparation) -> tuple[Reply, Callable[[Any], Any] | None]:
    try:
        worker = message.make_worker()
    except CaregraphError as error:
        return Raised(error), None
    except Exception as error:
        return Raised(CaregraphError(f"documents cannot be read: {_described(error)}")), None
    collect_rarely()
    return Ready(), worker


def _do_within(worker: Callable[[Any], Any], assignment: Assignment) -> Reply:
    _limit_use(assignment.allowance)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a file of the system, whose number alone is needed
        try:
            faulthandler.dump_traceback_later(LONGEST * assignment.allowance.seconds + GRACE, exit=True, file=nowhere)
        except RuntimeError:  # its thread has no room
            return Failed(assignment.allowance.too_large, exhausted=True)
        try:
            return do_task(worker, assignment.task, assignment.allowance)
        finally:
            faulthandler.cancel_dump_traceback_later()


def do_task(worker: Callable[[Any], Any], task: Any, allowance: Allowance) -> Reply:
    """Do a task in this process, whatever goes wrong; its limits are others' to hold."""
    try:
        return Done(worker(task))
    except CaregraphError as error:
        return Raised(error)
    except MemoryError:
        return Failed(allowance.too_large, exhausted=True)
    except Exception as error:
        return Failed(f"{CRASH}: {_described(error)}", traceback.format_exc())


def _described(error: Exception) -> str:
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words[:200]}" if words else type(error).__name__


def _pickled(reply: Reply) -> bytes:
    try:
        return pickle.dumps(reply, protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(Failed("needed more memory than there is to hand its record on", exhausted=True))


def _limit_use(allowance: Allowance) -> None:
    """Limit this process's processor time, and its data where the system holds that limit, which macOS does not."""
    if resource is None:
        return
    limits = {resource.RLIMIT_CPU: int(time.process_time() + allowance.seconds + GRACE)}
    if sys.platform != "darwin":
        limits[resource.RLIMIT_DATA] = allowance.memory
    for kind, limit in limits.items():
        _, most = resource.getrlimit(kind)
        if most == resource.RLIM_INFINITY or limit <= most:
            resource.setrlimit(kind, (limit, most))
