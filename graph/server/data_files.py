"""The files of our own Neo4j in a data directory: who owns it, where it answers, its password, its logs.

The owner is the process that holds the lock on ``server.lock``. The kernel lets go of a lock when its holder dies,
however it dies, so a killed server leaves nothing that could be taken for a running one. All else that is written here
is believed only while the lock is held.
"""

import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from caregraph.ontology.errors import ServerUnavailable

# Exit codes of a server process: it gives way to the one that owns the directory, or it failed and its log says why.
OWNED_ALREADY, NOT_STARTED = 75, 1
INSTANT = 0.2  # seconds; those who only look at the lock hold it for less


@dataclass(frozen=True)
class Owner:
    """What the server process says of itself: ``started`` in seconds since 1970, ``port`` None unless Bolt listens."""

    pid: int
    started: float
    version: str
    port: int | None = None


class Home:
    """The directory ``neo4j`` inside a data directory."""

    def __init__(self, data: Path) -> None:
        self.path = data.resolve() / "neo4j"
        self.log = self.path / "logs" / "server.log"
        self._lock = self.path / "server.lock"
        self._owner = self.path / "server.json"
        self._password = self.path / "password"

    def prepare(self) -> None:
        """Make the directory, for its user's eyes only."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.log.parent.mkdir(exist_ok=True)

    @contextmanager
    def owned(self) -> Iterator[bool]:
        """Own the directory while the block runs, or yield False because another process does."""
        self.prepare()
        with self._lock.open("ab") as lock:
            owned = try_lock(lock.fileno())
            if not owned:
                time.sleep(INSTANT)
                owned = try_lock(lock.fileno())
            if owned:
                self._owner.unlink(missing_ok=True)
            yield owned
            if owned:
                self._owner.unlink(missing_ok=True)

    def is_owned(self) -> bool:
        """Whether a server process lives here, be it still starting or already stopping."""
        if not self._lock.exists():
            return False
        with self._lock.open("rb") as lock:
            return not try_lock(lock.fileno(), shared=True)

    def owner(self) -> Owner | None:
        """The process that owns the directory, or None: nobody does, or it has not yet said who it is."""
        if not self.is_owned():
            return None
        try:
            return Owner(**json.loads(self._owner.read_text()))
        except FileNotFoundError:
            return None

    def announce(self, owner: Owner) -> None:
        """Write down who owns the directory; readers see the old or the new, never a part."""
        _write_private(self._owner, json.dumps(asdict(owner)))

    def password(self) -> str:
        """The password of the database's one user.

        Raises:
            ServerUnavailable: if it was never made or is lost.
        """
        try:
            return self._password.read_text()
        except FileNotFoundError:
            lost = f"{self._password} is missing; put it back, or remove {self.path} and build again"
            raise ServerUnavailable(lost) from None

    def make_password(self) -> str:
        """Make the password, unless a start that got no further has made it already."""
        if not self._password.exists():
            _write_private(self._password, secrets.token_urlsafe(24))
        return self.password()


# fcntl is not everywhere, and is imported where a server is run: who only wants to reach another's can do without.
def try_lock(descriptor: int, *, shared: bool = False) -> bool:
    """Lock an open file until it is closed or the process ends; False if another process has it locked."""
    import fcntl

    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Let one process at a time run the block; the others wait for it."""
    import fcntl

    with path.open("ab") as lock:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
        yield


def _write_private(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
