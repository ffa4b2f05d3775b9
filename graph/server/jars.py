"""Jars of our own Neo4j: pinned, fetched once, checked.

``jars.toml`` gives every jar and its SHA-256, so that nothing is resolved on a user's machine. jgo wrote it. For
another version of Neo4j:

    python -c "from caregraph.graph.server.maven import pin; pin('5.26.30')"
"""

import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from filelock import FileLock

from caregraph.settings import cache_directory

PINS = Path(__file__).with_suffix(".toml")

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Jar:
    """One pinned jar: its Maven coordinates and the SHA-256 that its bytes must have."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def name(self) -> str:
        """Name of the file."""
        classifier = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{classifier}.jar"

    @property
    def address(self) -> str:
        """Path of the file below the address of any Maven repository."""
        return f"{self.group.replace('.', '/')}/{self.artifact}/{self.version}/{self.name}"

    @property
    def path(self) -> Path:
        """Path of the file in our cache, whether or not it is there yet."""
        return jar_directory() / self.name


@cache
def pinned() -> tuple[Jar, ...]:
    """Read every pinned jar, in the order of the file."""
    return tuple(
        Jar(row["groupId"], row["artifactId"], row["version"], row.get("classifier", ""), row["sha256"])
        for row in tomllib.loads(PINS.read_text())["dependencies"]
    )


def neo4j_version() -> str:
    """The version of Neo4j that is pinned."""
    return next(jar.version for jar in pinned() if jar.artifact == "neo4j")


def jar_directory() -> Path:
    """Directory of the jars, one for all data directories."""
    return cache_directory().absolute() / f"neo4j-{neo4j_version()}"


def class_path() -> list[Path]:
    """List every jar after those that its manifest names: Java's class archive takes no jar that it has met before."""
    return [jar.path for jar in reversed(pinned())]


def fetch(*, progress: Progress) -> None:
    """Fetch the jars that the cache lacks.

    A jar gets its name only when its checksum was found right, so an interrupted fetch leaves nothing to distrust and
    the next one goes on from there. Several processes may ask at once: one fetches, the others wait.

    Raises:
        ServerUnavailable: if a jar cannot be had or written, or is not the one that is pinned.
    """
    if all(jar.path.exists() for jar in pinned()):
        return
    jar_directory().mkdir(parents=True, exist_ok=True)
    with FileLock(jar_directory() / "fetch.lock"):
        for unfinished in jar_directory().glob("*.part"):
            unfinished.unlink()
        _fetch_all([jar for jar in pinned() if not jar.path.exists()], progress=progress)


def _fetch_all(missing: list[Jar], *, progress: Progress) -> None:
    # Its imports take a fifth of a second, which a start with a full cache should not wait for.
    from caregraph.graph.server import maven

    size = 0
    addresses = maven.repositories()
    with maven.session() as session, ThreadPoolExecutor(maven.CONNECTIONS) as pool:
        downloads = [pool.submit(maven.download, jar, addresses, session) for jar in missing]
        try:
            for number, download in enumerate(as_completed(downloads), 1):
                size += download.result()
                if number % 20 == 0 or number == len(missing):
                    counts = f"{number} of {len(missing)} files, {size / 1e6:.0f} MB"
                    progress(f"Fetching Neo4j {neo4j_version()}: {counts}")
        finally:
            pool.shutdown(cancel_futures=True)
