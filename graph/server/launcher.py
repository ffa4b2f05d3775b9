"""A real Neo4j of our own, for those who have given no address of another.

    address = external_server() or start(data_directory(), progress=print)

One server a data directory, whoever asks and however many ask at once; it outlives the command that started it.
"""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import neo4j
import psutil
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from caregraph.graph.server import jars
from caregraph.graph.server.data_files import OWNED_ALREADY, Home, Owner
from caregraph.ontology.errors import ServerUnavailable
from caregraph.settings import ServerAddress

SERVER = "caregraph.graph.server.process"
START_LIMIT = 180  # seconds
STOP_LIMIT = 60
LOOK_EVERY = 0.1
PANIC = "needs to be restarted"  # a database that could not write says so to every statement, until it is

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ServerStatus:
    """Our own server as it is now. All but ``running`` are None where none runs, and ``uri`` while it still starts."""

    running: bool
    pid: int | None = None
    uri: str | None = None
    version: str | None = None
    uptime: float | None = None  # seconds


def start(data: Path, *, progress: Callable[[str], None]) -> ServerAddress:
    """Join the server of a data directory, or start it, and return once it has answered a query.

    Args:
        progress: told in short sentences what is being waited for; fetching Neo4j, the first time, is among it.

    Raises:
        ServerUnavailable: if Neo4j cannot be fetched, or does not start or answer; with the reason.
    """
    if os.name == "nt":
        raise ServerUnavailable("our own Neo4j runs on Linux and macOS only; name another in NEO4J_URI")
    with _home(data) as home:
        home.prepare()
        return _join_or_start(home, progress=progress)


@contextmanager
def _home(data: Path) -> Iterator[Home]:
    """The files in a data directory; what the system refuses to do with them is said in our words."""
    try:
        yield Home(data)
    except OSError as error:
        raise ServerUnavailable(f"{error.filename or data}: {error.strerror or error}") from error


def _join_or_start(home: Home, *, progress: Callable[[str], None]) -> ServerAddress:
    starting: _Contender | None = None
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        owner = home.owner()
        if owner and owner.port:
            try:
                if _answers(address := _address(home, owner)):
                    return address
            except _Panicked:
                progress("Neo4j has given up, for want of room on the disk perhaps; restarting it")
                _signal(home, owner, signal.SIGTERM)
                _wait_till_free(home)
        if starting is None and not home.is_owned():
            jars.fetch(progress=progress)
            progress(f"Starting Neo4j {jars.version()}")
            starting = _Contender(home)
        if starting and starting.gave_way():
            starting = None
        time.sleep(LOOK_EVERY)
    raise ServerUnavailable(f"Neo4j did not answer within {START_LIMIT} seconds; its log is {home.log}")


class _Panicked(Exception):
    """A server of ours that runs, but whose database has given up."""


def _wait_till_free(home: Home) -> None:
    deadline = time.monotonic() + STOP_LIMIT
    while home.is_owned() and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY)


class _Contender:
    """A server process that has been started: it will own the data directory, or find it owned, or fail."""

    def __init__(self, home: Home) -> None:
        self._log = home.log
        with home.log.open("ab") as log_file:
            self._log_start = log_file.tell()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", SERVER, str(home.path.parent)],
                cwd=home.path,
                stdin=subprocess.DEVNULL,
                stdout=log_file,
                stderr=log_file,
                start_new_session=True,  # Ctrl-C at the terminal is not meant for it
            )

    def gave_way(self) -> bool:
        """Whether it ended because another owns the directory.

        Raises:
            ServerUnavailable: if it ended for any other reason.
        """
        code = self._process.poll()
        if code is None or code == OWNED_ALREADY:
            return code is not None
        with self._log.open("rb") as log_file:
            log_file.seek(self._log_start)
            lines = log_file.read().decode(errors="replace").strip().splitlines()
        raise ServerUnavailable(lines[-1] if lines else f"Neo4j ended with code {code}; its log is {self._log}")


def stop(data: Path) -> bool:
    """Stop the server of a data directory and wait till it has ended; False if none ran."""
    with _home(data) as home:
        owner = home.owner()
        if owner is None or not _signal(home, owner, signal.SIGTERM):
            return False
        deadline = time.monotonic() + STOP_LIMIT
        while home.is_owned():
            if time.monotonic() > deadline:
                log.warning("Neo4j did not stop within %d seconds and is killed", STOP_LIMIT)
                return _signal(home, owner, signal.SIGKILL)
            time.sleep(LOOK_EVERY)
        return True


def status(data: Path) -> ServerStatus:
    """Say what runs in a data directory, without asking it anything."""
    with _home(data) as home:
        owner = home.owner()
        if owner is None:
            return ServerStatus(running=home.is_owned())
    uri = _uri(owner) if owner.port else None
    return ServerStatus(True, owner.pid, uri, owner.version, time.time() - owner.started)


def _signal(home: Home, owner: Owner, number: signal.Signals) -> bool:
    """Send the owner a signal, unless its process has ended and the number belongs to another program."""
    try:
        process = psutil.Process(owner.pid)
        if not {SERVER, str(home.path.parent)} <= set(process.cmdline()):
            return False
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return False
    return True


def _address(home: Home, owner: Owner) -> ServerAddress:
    return ServerAddress(_uri(owner), "neo4j", home.password(), "neo4j")


def _uri(owner: Owner) -> str:
    return f"bolt://127.0.0.1:{owner.port}"


def _answers(address: ServerAddress) -> bool:
    """Whether a query is answered there; not so while the server starts or stops."""
    credentials = (address.username, address.password)
    try:
        with neo4j.GraphDatabase.driver(address.uri, auth=credentials, max_transaction_retry_time=1) as driver:
            driver.execute_query("RETURN 1", database_=address.database)
    except AuthError as error:
        raise ServerUnavailable("Neo4j refuses the password that is kept in the data directory") from error
    except (DriverError, Neo4jError) as error:
        log.debug("%s: %s", address.uri, error)
        if PANIC in str(error):
            raise _Panicked from error
        return False
    return True
