"""Reading on a cluster of Dask: two workers of this machine, each under a nanny, as `dask worker` starts them."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import pytest

from benchmarks.cluster.machines import Machines, awaited, end
from caregraph import extras
from caregraph.build import build
from caregraph.document_worker import worker_factory
from caregraph.extractors.cluster import Cluster, client
from caregraph.extractors.executor import Executor, Limits, WorkerFactory
from caregraph.extractors.worker_pool import WorkerPool
from caregraph.inputs import InputFile, Inputs, find_inputs
from caregraph.ontology.errors import ClusterError, MissingExtra
from caregraph.reading.documents import (
    UnreadDocument,
    cached_document,
    failed,
    read_documents,
    remote_reader_factory,
)
from caregraph.workspace import Workspace
from tests.conftest import SHARED

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
BAD_FILES = ROOT / "tests" / "bad_files"
REPORTS = ("bedford_cs_2022-01-14.pdf", "bedford_cs_2025-08-27.pdf")  # of the folder of real reports, if there is one
SHORT = Limits(seconds=2, memory=2**29)
NOBODY = "tcp://127.0.0.1:1"


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with Machines(tmp_path_factory.mktemp("cluster"), 2) as machines:
        yield machines


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A data directory with a register of a user's, which a reader elsewhere needs too."""
    workspace = Workspace(tmp_path_factory.mktemp("data"))
    workspace.add_register(SAMPLES / "register.ttl")
    return workspace


@pytest.fixture(scope="module")
def documents(workspace: Workspace) -> list[UnreadDocument]:
    """Samples, files that are no reports, one that is not there, and real reports, where there are some."""
    files = [*find_inputs([SAMPLES, BAD_FILES]).files]
    files += find_inputs(path for name in REPORTS for path in SHARED.rglob(name)).files
    return [cached_document(workspace, file) for file in [*files, InputFile("gone.pdf", ROOT / "gone.pdf")]]


def test_records_are_those_of_this_machine_though_a_worker_is_killed_in_the_middle(machines, workspace, documents):
    with Cluster(machines.address) as cluster:
        results = cluster.map(documents, remote_reader_factory(workspace), on_failure=failed)
        done = [next(results) for _ in range(3)]
        machines.kill_worker()
        done += results
    with WorkerPool(1) as pool:
        local = list(pool.map(documents, worker_factory(workspace), on_failure=failed))

    assert [(result.source, result.record, result.reason) for result in done] == [
        (result.source, result.record, result.reason) for result in local
    ]
    assert {result.extractor for result in done if result.record} == {workspace.extractor}


def test_a_build_that_was_ended_goes_on_where_it_was(machines, tmp_path, monkeypatch):
    def interrupt(source: str) -> None:
        raise KeyboardInterrupt

    workspace, inputs = Workspace(tmp_path), find_inputs(sorted(SAMPLES.glob("*.txt")))
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", machines.address)
    with pytest.raises(KeyboardInterrupt):
        list(build(workspace, inputs, progress=interrupt))  # when the first document has been read
    documents = [cached_document(workspace, file) for file in inputs.files]
    documents.append(replace(documents[1], source="a copy.txt"))

    def read(readers: Executor, make_reader: WorkerFactory[UnreadDocument, Any]) -> list[bool]:
        """Whether each document was read now."""
        return [bool(result.record) for result in read_documents(workspace, documents, readers, make_reader)]

    with WorkerPool(1) as pool, Cluster(NOBODY) as cluster:
        assert read(pool, worker_factory(workspace)) == [False, True, True, True]
        assert read(cluster, remote_reader_factory(workspace)) == [False, False, False, False]


@dataclass(frozen=True)
class Act:
    """Task that does something to the process that does it, and makes the double of its number."""

    name: str
    number: int

    @property
    def key(self) -> str:
        return f"{self.name}-{self.number}"

    def packed(self) -> Self:
        return self


def _actor() -> Callable[[Act], int]:
    return _do


def _do(act: Act) -> int:
    ACTS[act.name]()
    return 2 * act.number


def _fill_memory() -> None:
    blocks = []
    while True:
        blocks.append(bytearray(2**24))


def _fail() -> None:
    raise ValueError("a fault of ours")


ACTS: dict[str, Callable[[], object]] = {
    "double": lambda: None,
    "doze": lambda: time.sleep(0.2),
    "sleep": lambda: time.sleep(3600),
    "fill memory": _fill_memory,
    "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "kill the worker": lambda: os.kill(os.getppid(), signal.SIGKILL),
    "fail": _fail,
}
REASONS = {
    "sleep": "was not read on for 2 seconds",
    "fill memory": "needed more memory than 512 MB to be read",
    "crash": "makes the reader crash",
    "kill the worker": "makes the reader crash",
    "fail": "makes the reader crash: ValueError: a fault of ours",
}


def test_a_document_that_has_no_end_fails_by_name_and_the_others_are_done(machines):
    acts = [Act(name, number) for number, name in enumerate(["double", *REASONS, *["double"] * 10])]
    with Cluster(machines.address) as cluster:
        results = list(cluster.map(acts, _actor, on_failure=lambda act, reason: reason, limits=SHORT))

    assert results == [REASONS.get(act.name, 2 * act.number) for act in acts]


@pytest.fixture
def other_version(machines: Machines, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Starts a worker that has caregraph with another line in one file of its extractors."""
    shutil.copytree(ROOT / "caregraph", tmp_path / "caregraph", ignore=shutil.ignore_patterns("__pycache__", "*.pdf"))
    with (tmp_path / "caregraph" / "extractors" / "sentences.py").open("a") as file:
        file.write("# another version\n")
    workers: list[subprocess.Popen[bytes]] = []
    yield lambda: workers.append(machines.add_worker(tmp_path))
    for worker in workers:
        end(worker)


def test_a_worker_of_another_version_is_refused_by_name(machines, other_version):
    awaited(lambda: len(machines.addresses()) == 2)  # those that were killed are there again
    ours = machines.addresses()
    with Cluster(machines.address) as cluster:
        results = cluster.map([Act("doze", number) for number in range(500)], _actor, on_failure=failed)
        assert next(results) == 0
        other_version()
        [theirs] = awaited(lambda: machines.addresses() - ours)
        with pytest.raises(ClusterError, match=f"the worker {theirs} has caregraph's code [0-9a-f]+, here [0-9a-f]+:"):
            list(results)  # it came while they were done
    with Cluster(machines.address) as cluster, pytest.raises(ClusterError, match=f"the worker {theirs} has caregraph"):
        cluster.start(_actor, 1)


def test_a_cluster_that_does_not_answer_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(client, "CONNECT", 0.5)
    results = build(Workspace(tmp_path), find_inputs([SAMPLES]), cluster=NOBODY)

    with pytest.raises(ClusterError, match=f"no scheduler of a Dask cluster answers at {NOBODY}"):
        next(results)


def test_the_extra_is_named_where_it_is_missing(tmp_path, monkeypatch):
    monkeypatch.setitem(extras.EXTRAS, "cluster", ("no_such_module",))
    results = build(Workspace(tmp_path), Inputs(()), cluster=NOBODY)

    with pytest.raises(
        MissingExtra, match=r"reading on a cluster needs no_such_module.*pip install 'caregraph\[cluster\]'"
    ):
        next(results)
