"""Cluster: the workers of a Dask cluster do tasks under the limits that hold here, and the results come in order.

A task is sent with what it needs, so the workers need not share a disk. Its key is that of its content and of what
reads it, so that what two clients ask for at once is done once. Some tasks are under way for each worker and the rest
waits here: neither the scheduler's memory nor this process's grows with their number.

A worker that is lost costs nothing but time: Dask gives its tasks to others. What was under way where several workers
died one after the other is done once more, one task after another with nothing beside it; the task that a worker
dies of again has failed.
"""

import asyncio
import logging
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from queue import Empty, Queue
from typing import Any, Protocol, Self

from distributed import Client, Future, KilledWorker, Security
from distributed.comm import connect

from caregraph.extractors.cluster.environment import environment_differences, reading_environment
from caregraph.extractors.cluster.plugin import ReadingPlugin, do_remotely, factory_digest, refused, unpack
from caregraph.extractors.executor import Executor, WorkerFactory
from caregraph.extractors.worker_process import CRASH, Allowance, Done, Failed, Raised, Reply
from caregraph.ontology.errors import CaregraphError, ClusterError, UnreadableReport

CONNECT = 10.0  # seconds to reach the scheduler

_PATIENCE = 60.0  # seconds without any worker
_WINDOW = 8  # unfinished tasks and results that wait for their turn, for each worker
_QUEUE = 2  # tasks that a worker has at once: the one that it does, and the next
_MOST_BYTES = 2**29  # of tasks under way, which the scheduler has in its memory
_LOOK = 2.0  # seconds between two looks at the number of workers


class RemoteTask(Protocol):
    """Task that another machine may do."""

    @property
    def key(self) -> str:
        """Digest of its content: two tasks of one key have the same result."""

    def packed(self) -> Self:
        """The task with all that it needs. Raises UnreadableReport where that cannot be had."""


class Cluster(Executor):
    """Cluster, by the address of its scheduler. A context manager; leaving it gives up what is not done.

    It is not reached before there is a task.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._client: Client | None = None
        self._plugins: dict[str, str] = {}  # their names, by the digest of the factory
        self._workers, self._looked, self._seen = 0, 0.0, 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Take our plugins off the workers, if the scheduler still answers, and leave."""
        client, self._client = self._client, None
        if client is None:
            return
        with suppress(OSError, TimeoutError, ValueError):
            for name in self._plugins.values():
                client.unregister_worker_plugin(name)
        self._plugins.clear()
        client.close(timeout=CONNECT)

    def start(self, make_worker: WorkerFactory[Any, Any], tasks: int) -> None:
        """Have every worker begin to make what does tasks.

        Raises:
            ClusterError: if there is no scheduler or no worker, or one that would read otherwise than this machine.
        """
        if tasks:
            self._prepare(pickle.dumps(make_worker))

    def _prepare(self, factory: bytes) -> str:
        """Give every worker the plugin that does tasks; return the digest of the factory, by which tasks find it."""
        digest = factory_digest(factory)
        if digest in self._plugins:
            return digest
        client = self._client = self._client or self._connect()
        ours = reading_environment()
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
            environments = client.run(reading_environment, on_error="return")
            refusals = {address: _refusal(theirs, ours) for address, theirs in environments.items()}
            if any(refusals.values()):
                raise refused({address: reason for address, reason in refusals.items() if reason})
            name = f"caregraph-{digest}-{client.id}"
            client.register_plugin(ReadingPlugin(factory, ours), name=name)
        except TimeoutError as error:
            raise ClusterError(f"the cluster at {self._address} has no worker") from error
        except OSError as error:
            raise self._gone() from error
        self._plugins[digest] = name
        return digest

    def _connect(self) -> Client:
        for name in ("distributed", "distributed.client", "asyncio"):  # what they tell of ends in an error of ours
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        try:
            with ThreadPoolExecutor(1) as thread:  # a notebook's thread has a loop of its own
                thread.submit(asyncio.run, _greet(self._address)).result()
            return Client(self._address, timeout=CONNECT, set_as_default=False, name="caregraph")
        except (OSError, TimeoutError, TypeError, ValueError, RuntimeError) as error:
            reason = " ".join(str(error).split())[:200]
            raise ClusterError(f"no scheduler of a Dask cluster answers at {self._address}: {reason}") from error

    def _gone(self) -> ClusterError:
        return ClusterError(f"the cluster's scheduler at {self._address} is gone; what was read is kept: build again")

    def replies(
        self, tasks: Sequence[Any], make_worker: WorkerFactory[Any, Any], allowances: Sequence[Allowance]
    ) -> Iterator[Reply]:
        """Do tasks, which are `RemoteTask`s, and yield a reply for each, in their order. Raises as ``map``."""
        digest = self._prepare(pickle.dumps(make_worker))
        assert self._client is not None
        submit = partial(self._client.submit, do_remotely, digest)
        yield from _Run(submit, self.workers, f"caregraph-{digest}", tasks, allowances).replies()

    def workers(self) -> int:
        """Number of the cluster's workers a moment ago, at least one.

        Raises:
            ClusterError: if the scheduler is gone, or there has been no worker for a minute.
        """
        assert self._client is not None
        now = time.monotonic()
        if now - self._looked > _LOOK:
            try:
                self._workers = self._client.scheduler_info(n_workers=0)["n_workers"]
            except (OSError, TimeoutError) as error:
                raise self._gone() from error
            self._looked = now
            self._seen = now if self._workers else self._seen or now
            if now - self._seen > _PATIENCE:
                raise ClusterError(f"the cluster at {self._address} has no worker left: build again")
        return max(1, self._workers)


async def _greet(address: str) -> None:
    """Open a connection to a scheduler, as Dask's own settings say, and close it.

    A client that reaches nobody would print a traceback when it is dropped.
    """
    await (await connect(address, timeout=CONNECT, **Security().get_connection_args("client"))).close()


def _refusal(theirs: dict[str, str] | Exception, ours: dict[str, str]) -> str:
    if isinstance(theirs, Exception):
        return f"no caregraph that reads for others ({type(theirs).__name__}: {theirs})"
    return environment_differences(theirs, ours)


class _Run:
    """Tasks of one call: those that wait, are under way or have cost a worker, and replies before their turn."""

    def __init__(
        self,
        submit: Callable[..., Future],
        workers: Callable[[], int],
        key: str,
        tasks: Sequence[RemoteTask],
        allowances: Sequence[Allowance],
    ) -> None:
        self._submit, self._workers, self._key = submit, workers, key
        self._tasks, self._allowances = tasks, allowances
        self._waiting = deque(range(len(tasks)))
        self._under_way: dict[Future, tuple[int, int]] = {}  # the index of the task and its bytes
        self._suspects: deque[int] = deque()
        self._finished: dict[int, Reply] = {}
        self._answered: Queue[Future] = Queue()

    def replies(self) -> Iterator[Reply]:
        """Yield each task's reply, in order."""
        for index in range(len(self._tasks)):
            self._hand_out(index)
            while index not in self._finished:
                self._collect()
                self._hand_out(index)
            yield self._finished.pop(index)

    def _hand_out(self, index: int) -> None:
        """Give the cluster tasks that come soon after one; a suspect alone, so that it is known who is to blame."""
        workers = self._workers()
        if self._suspects:
            if not self._under_way:
                self._send(self._suspects[0], "-again")
            return
        while self._waiting and self._waiting[0] < index + _WINDOW * workers and self._may_send(_QUEUE * workers):
            self._send(self._waiting.popleft())

    def _may_send(self, most: int) -> bool:
        size = sum(size for _, size in self._under_way.values())
        return not self._under_way or (len(self._under_way) < most and size < _MOST_BYTES)

    def _send(self, index: int, attempt: str = "") -> None:
        task = self._tasks[index]
        try:
            content = pickle.dumps(task.packed(), protocol=pickle.HIGHEST_PROTOCOL)
        except UnreadableReport as error:
            self._finish(index, Failed(error.reason))
            return
        future = self._submit(content, self._allowances[index], key=f"{self._key}-{task.key}{attempt}")
        self._under_way[future] = index, len(content)
        future.add_done_callback(self._answered.put)

    def _finish(self, index: int, reply: Reply) -> None:
        self._finished[index] = reply
        if index in self._suspects:
            self._suspects.remove(index)

    def _collect(self) -> None:
        """Wait a moment for an answer and take it."""
        try:
            future = self._answered.get(timeout=_LOOK if self._under_way else 0)
        except Empty:
            return
        if future.status == "cancelled":
            raise ClusterError("the cluster's scheduler is gone; what was read is kept: build again")
        try:
            answer = future.exception(timeout=_PATIENCE) or future.result(timeout=_PATIENCE)
        except TimeoutError:  # the worker was lost with what it had answered, so that another one does the task
            self._answered.put(future)
            return
        index, _ = self._under_way.pop(future)
        self._take(index, answer)

    def _take(self, index: int, answer: Reply | BaseException) -> None:
        if isinstance(answer, KilledWorker) and index not in self._suspects:
            self._suspects.append(index)
        elif isinstance(answer, KilledWorker):
            self._finish(index, Failed(CRASH))
        elif isinstance(answer, CaregraphError):
            self._finish(index, Raised(answer))
        elif isinstance(answer, BaseException):
            reason = f"{type(answer).__name__}: {answer}"
            self._finish(index, Raised(ClusterError(f"a worker of the cluster failed: {reason}")))
        elif isinstance(answer, Done):
            self._finish(index, Done(unpack(answer.result)))
        else:
            self._finish(index, answer)
