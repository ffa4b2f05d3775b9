"""Files of our own Neo4j in a data directory: its lock, the record of its process, its password, its logs.

The server process holds the lock on ``server.lock``. The system releases a lock when its holder dies, however it dies,
so a killed server leaves nothing that could be taken for a running one. The record of the process is believed only
while the lock is held.
"""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from caregraph.graph.atomic_files import write_atomically
from caregraph.ontology.errors import ServerUnavailable

# Exit codes of a server process: another one runs in the directory, or it failed and its log gives the reason.
ALREADY_RUNNING, NOT_STARTED = 75, 1
OWNER_ONLY = 0o600  # mode of files that only their owner may read


@dataclass(frozen=True)
class ServerProcess:
    """Record that a server process writes of itself.

    ``started`` is in seconds since 1970; ``port`` is None unless Bolt listens.
    """

    pid: int
    started: float
    version: str
    port: int | None = None


class ServerFiles:
    """Directory ``neo4j`` inside a data directory."""

    def __init__(self, data: Path) -> None:
        self.path = data.resolve() / "neo4j"
        self.log = self.path / "logs" / "server.log"
        self.password_file = self.path / "password"
        self.import_folder = self.path / "import"  # what the first start imports, if it is there
        self._lock_file = self.path / "server.lock"
        self._attempt_lock_file = self.path / "attempt.lock"
        self._process_file = self.path / "server.json"

    def has_database(self) -> bool:
        """Tell whether a server has started here before."""
        return (self.path / "data" / "databases" / "system").exists()

    def prepare(self) -> None:
        """Make the directory, which only its owner may read."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.log.parent.mkdir(exist_ok=True)

    @contextmanager
    def locked(self) -> Iterator[bool]:
        """Hold the server's lock while the block runs, or yield False because another process holds it."""
        self.prepare()
        lock = FileLock(self._lock_file)
        with FileLock(self._attempt_lock_file):
            locked = _acquires(lock)
        if not locked:
            yield False
            return
        try:
            self._process_file.unlink(missing_ok=True)
            yield True
            self._process_file.unlink(missing_ok=True)
        finally:
            lock.release()

    def is_locked(self) -> bool:
        """Tell whether a server process runs here, even if it is still starting or already stopping."""
        if not self._lock_file.exists():
            return False
        lock = FileLock(self._lock_file)
        with FileLock(self._attempt_lock_file):  # else two that test the lock at once would each find it held
            locked = not _acquires(lock)
            lock.release()
        return locked

    def process(self) -> ServerProcess | None:
        """Read the record of the server process; None if none runs, or it has not yet written its record."""
        if not self.is_locked():
            return None
        try:
            return ServerProcess(**json.loads(self._process_file.read_text()))
        except FileNotFoundError:
            return None

    def write_process(self, process: ServerProcess) -> None:
        """Write the record of the server process; readers see the old or the new one, never a part."""
        write_atomically(self._process_file, json.dumps(asdict(process)).encode(), mode=OWNER_ONLY, durable=True)

    def password(self) -> str:
        """Read the password of the database's one user.

        Raises:
            ServerUnavailable: if it was never made or is lost.
        """
        try:
            return self.password_file.read_text()
        except FileNotFoundError:
            lost = f"{self.password_file} is missing; put it back, or remove {self.path} and build again"
            raise ServerUnavailable(lost) from None

    def make_password(self) -> str:
        """Make the password, unless a start that got no further has made it already, and return it."""
        if not self.password_file.exists():
            write_atomically(self.password_file, secrets.token_urlsafe(24).encode(), mode=OWNER_ONLY, durable=True)
        return self.password()


def _acquires(lock: BaseFileLock) -> bool:
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return False
    return True
