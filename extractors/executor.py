"""Executors: do tasks under limits of time and memory, and give the results in the order of the tasks.

There are two: the processes of this machine (`worker_pool`) and those of a cluster (`cluster.client`). What a task is,
and what its worker does with it, is the same for both.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, TypeVar

from caregraph.extractors.worker_process import Allowance, Done, Failed, Raised, Reply

Task = TypeVar("Task")
Result = TypeVar("Result")
WorkerFactory = Callable[[], Callable[[Task], Result]]  # makes a process's worker; both can be sent to another process

# A report takes two seconds and 100 MB, besides 300 MB of the process itself. A megabyte of text takes 30 seconds to be
# read and 10 to be stated, in up to 500 MB (`python -m benchmarks.text_sizes`), and where it is all short sentences
# that differ some three minutes; a short document has far more time than it needs. A page that is a picture takes 5
# seconds. These are seconds of a processor, so that nothing else on the machine fails a document.
TIME_LIMIT, TIME_LIMIT_PER_MB, TIME_LIMIT_PER_PICTURE = 120.0, 240.0, 30.0  # seconds
MEMORY_LIMIT, MEMORY_LIMIT_PER_MB = 2 * 2**30, 2**29  # bytes

_MB = 2**20

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of a processor and bytes of data that a process may use for a document, by its size and its pictures."""

    seconds: float = TIME_LIMIT
    seconds_per_mb: float = TIME_LIMIT_PER_MB
    seconds_per_picture: float = TIME_LIMIT_PER_PICTURE
    memory: int = MEMORY_LIMIT
    memory_per_mb: int = MEMORY_LIMIT_PER_MB

    def allowance(self, size: int, pictures: int = 0) -> Allowance:
        """Limits of one document of some bytes, with some pictures that may be read as pages.

        >>> Limits(seconds=10, seconds_per_mb=2, memory=2**28, memory_per_mb=2**20).allowance(3 * 2**20)
        Allowance(seconds=16.0, memory=271581184)
        """
        megabytes = size / _MB
        seconds = self.seconds + megabytes * self.seconds_per_mb + pictures * self.seconds_per_picture
        return Allowance(seconds, int(self.memory + megabytes * self.memory_per_mb))


LIMITS = Limits()


def _none(task: Any) -> int:
    return 0


class Executor(ABC):
    """Processes that do tasks, here or elsewhere."""

    @abstractmethod
    def start(self, make_worker: WorkerFactory[Any, Any], tasks: int) -> None:
        """Start what some tasks will need, and return before it is ready."""

    @abstractmethod
    def replies(
        self, tasks: Sequence[Task], make_worker: WorkerFactory[Task, Any], allowances: Sequence[Allowance]
    ) -> Iterator[Reply]:
        """Do tasks and yield a reply for each, in their order. Raises as ``map``."""

    def map(
        self,
        tasks: Sequence[Task],
        make_worker: WorkerFactory[Task, Result],
        *,
        on_failure: Callable[[Task, str], Result],
        size: Callable[[Task], int] = _none,
        pictures: Callable[[Task], int] = _none,
        limits: Limits = LIMITS,
    ) -> Iterator[Result]:
        """Do tasks and yield their results in the tasks' order.

        Args:
            make_worker: makes the function that does a task; called once in each process, and again if it is another.
            on_failure: gives the result of a task that exceeded its limits or failed, by the reason.
            size: bytes of the document that a task reads.
            pictures: its pictures that may be read as pages.

        Raises:
            CaregraphError: one that the worker raised, at its task's turn, or that kept it from being made.
        """
        if not tasks:
            return
        allowances = [limits.allowance(size(task), pictures(task)) for task in tasks]
        with closing(self.replies(tasks, make_worker, allowances)) as replies:  # type: ignore[type-var]
            for task, reply in zip(tasks, replies, strict=True):
                if isinstance(reply, Raised):
                    raise reply.error
                if isinstance(reply, Done):
                    yield reply.result
                else:
                    assert isinstance(reply, Failed)
                    if reply.details:
                        log.info("%s", reply.details, extra={"is_fault": True})
                    yield on_failure(task, reply.reason)
