"""The files of our own Neo4j in a data directory: who owns it, where it answers, its password, its logs.

The owner is the process that holds the lock on ``server.lock``. The kernel lets go of a lock when its holder dies,
however it dies, so a killed server leaves nothing that could be taken for a running one. All else that is written here is
believed only while the lock is held.
"""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

# Exit codes of a server process: it gives way to the one that owns the directory, or it failed and its log says why.
OWNED_ALREADY, NOT_STARTED = 3, 1
INSTANT = 0.2  # seconds; those who only look at the lock hold it for less


@dataclass(frozen=True)
class Owner:
    """What the server process says of itself: ``started`` in seconds since 1970, ``port`` None until Bolt listens."""

    pid: int
    started: float
    version: str
    port: int | None = None


class Home:
    """The directory ``neo4j`` inside a data directory."""

    def __init__(self, data: Path) -> None:
        self.path = data.absolute() / "neo4j"
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
            owned = _locked(lock.fileno())
            if not owned:
                time.sleep(INSTANT)
                owned = _locked(lock.fileno())
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
            return not _locked(lock.fileno(), shared=True)

    def owner(self) -> Owner | None:
        """The process that owns the directory, or None: nobody does, or it has not yet said who it is."""
        try:
            owner = Owner(**json.loads(self._owner.read_text()))
        except FileNotFoundError:
            return None
        return owner if self.is_owned() else None

    def announce(self, owner: Owner) -> None:
        """Write down who owns the directory; readers see the old or the new, never a part."""
        _write_private(self._owner, json.dumps(asdict(owner)))

    def password(self) -> str:
        """The password of the database's one user, made at the first call."""
        if not self._password.exists():
            _write_private(self._password, secrets.token_urlsafe(24))
        return self._password.read_text()


def _locked(descriptor: int, *, shared: bool = False) -> bool:
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Let one process at a time run the block; the others wait for it."""
    with path.open("ab") as lock:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
        yield


def _write_private(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    part.replace(path)
