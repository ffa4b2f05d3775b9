"""Scheduler and workers of a Dask cluster, as processes of this machine: each worker under a nanny."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import psutil
from distributed import Client

ROOT = Path(__file__).parents[2]
_PATIENCE = 60.0  # seconds

_Process = subprocess.Popen[bytes]


class Machines:
    """A scheduler and its workers on the loopback. A context manager; leaving it ends them all.

    A worker that dies with its tasks is blamed at once, not after the four that Dask allows.
    """

    def __init__(self, folder: Path, workers: int) -> None:
        """Start them.

        Args:
            folder: an empty one, for their files.
        """
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._processes: list[_Process] = []
        self._client: Client | None = None
        try:
            self._start(workers)
        except BaseException:
            self.close()
            raise

    def _start(self, workers: int) -> None:
        self.scheduler = self._run("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = str(awaited(lambda: json.loads(self._file.read_text())["address"]))
        for _ in range(workers):
            self.add_worker()
        self._client = Client(self.address, set_as_default=False)
        awaited(lambda: len(self.addresses()) == workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End them all."""
        if self._client is not None:
            self._client.close()
        for process in self._processes:
            end(process)

    def addresses(self) -> set[str]:
        """Addresses of the workers that there are."""
        assert self._client is not None
        return set(self._client.scheduler_info()["workers"])

    def kill_worker(self) -> None:
        """Kill one of the workers; its nanny starts another."""
        assert self._client is not None
        os.kill(next(iter(self._client.run(os.getpid).values())), signal.SIGKILL)

    def add_worker(self, code: Path = ROOT) -> _Process:
        """Start a worker, which has caregraph from a folder."""
        return self._run("worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", code=code)

    def _run(self, part: str, *options: str, code: Path = ROOT) -> _Process:
        path = os.pathsep.join([str(code), *filter(None, [os.environ.get("PYTHONPATH")])])
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{part}", "--scheduler-file", str(self._file), *options],
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": path, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"},
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(process)
        return process


def end(process: _Process) -> None:
    """Kill a process and all that it started, at once."""
    with suppress(psutil.NoSuchProcess):
        root = psutil.Process(process.pid)
        for descendant in [*root.children(recursive=True), root]:
            with suppress(psutil.NoSuchProcess):
                descendant.kill()
    process.wait()


def tree_seconds(pid: int) -> float:
    """Processor seconds of a process and of those that it started."""
    seconds = 0.0
    with suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                seconds += times.user + times.system
    return seconds


def awaited(look: Callable[[], Any]) -> Any:
    """The first value that is true, of a function that may fail as long as nothing is there.

    Raises:
        TimeoutError: if there is none within a minute.
    """
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with suppress(OSError, ValueError):
            if value := look():
                return value
        time.sleep(0.05)
    raise TimeoutError
