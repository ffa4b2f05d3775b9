"""Plugin of a cluster's worker: one process beside it that reads, under the limits that hold on any machine.

A document that crashes its reader, or is over its time or memory, costs that process and not the worker, and fails by
name as it would here (`worker_pool`). The worker hands bytes on and imports nothing of the reader.
"""

import hashlib
import multiprocessing
import pickle
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from threading import Lock
from typing import Any

from distributed import WorkerPlugin, get_worker

from caregraph.extractors.cluster.environment import environment_differences, reading_environment
from caregraph.extractors.worker_pool import WorkerPool
from caregraph.extractors.worker_process import Allowance, Raised, Reply
from caregraph.ontology.errors import CaregraphError, ClusterError


class ReadingPlugin(WorkerPlugin):  # type: ignore[misc]
    """Pool of one process beside each worker, with the reader that does a client's tasks.

    It begins to make the reader when it comes to a worker, or the worker to the cluster.
    """

    def __init__(self, factory: bytes, environment: Mapping[str, str]) -> None:
        """Make a plugin.

        Args:
            factory: the pickled factory of the worker that does tasks.
            environment: that of the client, which the worker's must be like.
        """
        self.digest = factory_digest(factory)
        self._make_worker = partial(_make_worker, factory)
        self._environment = environment

    def setup(self, worker: Any) -> None:
        """Begin with the process, unless this worker would read otherwise than the client."""
        self._refusal = environment_differences(reading_environment(), self._environment)
        self._lock = Lock()  # a worker of several threads reads one document at a time, too
        self._pool = WorkerPool(1, memory=worker.memory_manager.memory_limit)
        # A worker under a nanny may have no children, lest they outlive it; ours end when it does.
        multiprocessing.current_process().daemon = False
        if not self._refusal:
            self._pool.start(self._make_worker, 1)

    def teardown(self, worker: Any) -> None:
        """End the process."""
        self._pool.close()

    def reply(self, task: bytes, allowance: Allowance, address: str) -> Reply:
        """Do a pickled task; the result is pickled and compressed."""
        if self._refusal:
            return Raised(refused({address: self._refusal}))
        with self._lock:
            [reply] = self._pool.replies([task], self._make_worker, [allowance])
        return reply


def factory_digest(factory: bytes) -> str:
    """Name of a pickled factory."""
    return hashlib.sha256(factory).hexdigest()[:16]


def refused(reasons: Mapping[str, str]) -> ClusterError:
    """Error that names the workers that would read otherwise than the client, each with what differs."""
    listed = "; ".join(f"the worker {address} has {reason}" for address, reason in reasons.items())
    return ClusterError(f"{listed}: install one version of caregraph on all machines")


def do_remotely(digest: str, task: bytes, allowance: Allowance) -> Reply:
    """Do a task on the worker where this is called."""
    worker = get_worker()
    plugins = (plugin for plugin in worker.plugins.values() if isinstance(plugin, ReadingPlugin))
    plugin = next((plugin for plugin in plugins if plugin.digest == digest), None)
    if plugin is None:
        return Raised(ClusterError(f"the worker {worker.address} has lost what reads there: build again"))
    try:
        return plugin.reply(task, allowance, worker.address)
    except CaregraphError as error:  # its process could not be made
        return Raised(ClusterError(f"the worker {worker.address}: {error}"))


def _make_worker(factory: bytes) -> Callable[[bytes], bytes]:
    return partial(_do_packed, pickle.loads(factory)())


def _do_packed(worker: Callable[[Any], Any], task: bytes) -> bytes:
    return zlib.compress(pickle.dumps(worker(pickle.loads(task)), protocol=pickle.HIGHEST_PROTOCOL), level=1)


def unpack(result: bytes) -> Any:
    """The result of a task, of its bytes."""
    return pickle.loads(zlib.decompress(result))
