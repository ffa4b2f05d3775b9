"""A real Neo4j of our own, for users who have given no address of another.

    address = external_server() or start(data_directory(), progress=print)

There is one server for a data directory, whoever asks for it and however many ask at once. It outlives the command
that started it.
"""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from caregraph import extras
from caregraph.graph.bolt_driver import AuthError, DriverError, GraphDatabase, Neo4jError
from caregraph.graph.server import jars
from caregraph.graph.server.data_files import ALREADY_RUNNING, ServerFiles, ServerProcess
from caregraph.ontology.errors import ServerUnavailable
from caregraph.settings import ServerAddress

SERVER_MODULE = "caregraph.graph.server.process"
USERNAME = DATABASE = "neo4j"  # Neo4j Community has this one user and this one database
START_LIMIT = 180  # seconds
IMPORT_LIMIT = 1800  # seconds of a start that imports a whole graph
STOP_LIMIT = 60  # seconds
POLL_INTERVAL = 0.1  # seconds
PANIC = "needs to be restarted"  # a database that could not write says so to every statement, until it is

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ServerStatus:
    """State of our own server. All but ``running`` are None where none runs; ``uri`` also while it starts or stops.

    ``password_file`` is the path of the file that holds the password.
    """

    running: bool
    pid: int | None = None
    uri: str | None = None
    version: str | None = None
    uptime: float | None = None  # seconds
    username: str | None = None
    password_file: str | None = None
    database: str | None = None


def start(data: Path, *, progress: Callable[[str], None]) -> ServerAddress:
    """Join the server of a data directory, or start it, and return once it has answered a query.

    Args:
        progress: called with a short sentence for each step that takes time; the first time, Neo4j is fetched.

    Raises:
        MissingExtra: if the extra "server" is not installed.
        ServerUnavailable: if Neo4j cannot be fetched, or does not start or answer; with the reason.
    """
    if os.name == "nt":
        raise ServerUnavailable("our own Neo4j runs on Linux and macOS only; name another in NEO4J_URI")
    with _server_files(data) as files:
        files.prepare()
        return _join_or_start(files, progress=progress)


@contextmanager
def _server_files(data: Path) -> Iterator[ServerFiles]:
    """Yield the files in a data directory, and raise errors of the system in this block as errors of ours."""
    try:
        yield ServerFiles(data)
    except OSError as error:
        raise ServerUnavailable(f"{error.filename or data}: {error.strerror or error}") from error


def _join_or_start(files: ServerFiles, *, progress: Callable[[str], None]) -> ServerAddress:
    starting: _StartingServer | None = None
    limit = IMPORT_LIMIT if files.import_folder.is_dir() else START_LIMIT
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        process = files.process()
        if process and process.port:
            try:
                if _answers(address := _address(files, process)):
                    return address
            except _PanickedError:
                progress("Neo4j has given up, perhaps because its disk is full; restarting it")
                _end_process(files, process)
                _wait_until_stopped(files)
        if starting is None and not files.is_locked():
            extras.require("server", "our own Neo4j")
            jars.fetch(progress=progress)
            imports = ", which imports the graph" if files.import_folder.is_dir() else ""
            progress(f"Starting Neo4j {jars.neo4j_version()}{imports}")
            starting = _StartingServer(files)
        if starting and starting.gave_way():
            starting = None
        time.sleep(POLL_INTERVAL)
    raise ServerUnavailable(f"Neo4j did not answer within {limit} seconds; its log is {files.log}")


class _PanickedError(Exception):
    """Answer of a server of ours that runs, but whose database has given up."""


def _wait_until_stopped(files: ServerFiles) -> bool:
    """Wait until no server runs, for a limited time; return False if one still does."""
    deadline = time.monotonic() + STOP_LIMIT
    while files.is_locked():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_INTERVAL)
    return True


class _StartingServer:
    """A server process that has been started: it will get the data directory's lock, or find it held, or fail."""

    def __init__(self, files: ServerFiles) -> None:
        self._log = files.log
        with files.log.open("ab") as log_file:
            self._log_start = log_file.tell()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", SERVER_MODULE, str(files.path.parent)],
                cwd=files.path,
                stdin=subprocess.DEVNULL,
                stdout=log_file,
                stderr=log_file,
                start_new_session=True,  # Ctrl-C at the terminal is not meant for it
            )

    def gave_way(self) -> bool:
        """Tell whether the process has ended because another one holds the lock.

        Raises:
            ServerUnavailable: if it has ended for any other reason.
        """
        code = self._process.poll()
        if code is None or code == ALREADY_RUNNING:
            return code is not None
        with self._log.open("rb") as log_file:
            log_file.seek(self._log_start)
            lines = log_file.read().decode(errors="replace").strip().splitlines()
        raise ServerUnavailable(lines[-1] if lines else f"Neo4j ended with code {code}; its log is {self._log}")


def import_folder(data: Path) -> Path | None:
    """Folder whose files the first start of a data directory's server imports; None where one runs or has run."""
    with _server_files(data) as files:
        if os.name == "nt" or files.has_database() or files.is_locked():
            return None
        files.prepare()
        return files.import_folder


def stop(data: Path) -> bool:
    """Stop the server of a data directory and wait until it has ended; False if none ran."""
    with _server_files(data) as files:
        process = files.process()
        if process is None or not _end_process(files, process):
            return False
        if not _wait_until_stopped(files):
            log.warning("Neo4j did not stop within %d seconds and is killed", STOP_LIMIT)
            return _end_process(files, process, kill=True)
        return True


def status(data: Path) -> ServerStatus:
    """Report on the server of a data directory, without asking it anything."""
    with _server_files(data) as files:
        process = files.process()
        if process is None:
            return ServerStatus(running=files.is_locked())
    return ServerStatus(
        running=True,
        pid=process.pid,
        uri=_uri(process) if process.port else None,
        version=process.version,
        uptime=time.time() - process.started,
        username=USERNAME,
        password_file=str(files.password_file),
        database=DATABASE,
    )


def _end_process(files: ServerFiles, process: ServerProcess, *, kill: bool = False) -> bool:
    """Ask the server process to end, or kill it; False if it has ended and its number belongs to another program."""
    try:
        running = psutil.Process(process.pid)
        if not {SERVER_MODULE, str(files.path.parent)} <= set(running.cmdline()):
            return False
        if kill:
            running.kill()
        else:
            running.terminate()
    except psutil.NoSuchProcess:
        return False
    return True


def _address(files: ServerFiles, process: ServerProcess) -> ServerAddress:
    return ServerAddress(_uri(process), USERNAME, files.password(), DATABASE)


def _uri(process: ServerProcess) -> str:
    return f"bolt://127.0.0.1:{process.port}"


def _answers(address: ServerAddress) -> bool:
    """Tell whether the server answers a query; it does not while it starts or stops.

    Raises:
        ServerUnavailable: if it refuses the password.
        _PanickedError: if its database has given up.
    """
    credentials = (address.username, address.password)
    try:
        with GraphDatabase.driver(address.uri, auth=credentials, max_transaction_retry_time=1) as driver:
            driver.execute_query("RETURN 1", database_=address.database)
    except AuthError as error:
        raise ServerUnavailable("Neo4j refuses the password that is kept in the data directory") from error
    except (DriverError, Neo4jError) as error:
        log.debug("%s: %s", address.uri, error)
        if PANIC in str(error):
            raise _PanickedError from error
        return False
    return True
