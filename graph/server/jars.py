"""The jars of our own Neo4j: pinned, fetched once, checked.

``neo4j_jars.toml`` names every jar and its SHA-256, so that nothing is resolved on a user's machine. jgo made it, and
knows where jars are to be had (Maven Central, and the repositories of the user's own jgo settings). For another Neo4j:

    python -c "from caregraph.graph.server.jars import lock; lock('5.26.30')"
"""

import hashlib
import os
import ssl
import tempfile
import tomllib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caregraph.graph.server.data_files import only_one
from caregraph.ontology.errors import ServerUnavailable
from caregraph.settings import cache_directory

# jgo, requests and truststore are imported where something is fetched: a start from a full cache should not wait.
if TYPE_CHECKING:
    import requests

LOCK = Path(__file__).with_suffix(".toml")
CONNECTIONS = 8
ATTEMPTS = 3
CHUNK = 1 << 16
SILENCE = 30  # seconds without a byte, after which a connection counts as lost

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Jar:
    """One pinned jar, by its Maven coordinates and the SHA-256 that its bytes must have."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def name(self) -> str:
        classifier = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{classifier}.jar"

    @property
    def address(self) -> str:
        """Where every Maven repository keeps it, below the repository's own address."""
        return f"{self.group.replace('.', '/')}/{self.artifact}/{self.version}/{self.name}"

    @property
    def path(self) -> Path:
        """Where our cache keeps it, whether or not it is there yet."""
        return jar_directory() / self.name


@cache
def pinned() -> tuple[Jar, ...]:
    """Every jar of the lock, in the lock's order."""
    return tuple(
        Jar(row["groupId"], row["artifactId"], row["version"], row.get("classifier", ""), row["sha256"])
        for row in tomllib.loads(LOCK.read_text())["dependencies"]
    )


def version() -> str:
    """The version of Neo4j that the lock pins."""
    return next(jar.version for jar in pinned() if jar.artifact == "neo4j")


def jar_directory() -> Path:
    """Directory of the jars, one for all data directories."""
    return cache_directory().absolute() / f"neo4j-{version()}"


def class_path() -> list[Path]:
    """Every jar after those that its manifest names: Java's class archive takes no jar that it has met before."""
    return [jar.path for jar in reversed(pinned())]


def fetch(*, progress: Progress) -> None:
    """Fetch the jars that the cache lacks.

    A jar gets its name only when its checksum was found right, so an interrupted fetch leaves nothing to distrust and
    the next one goes on from there. Several processes may ask at once: one fetches, the others wait.

    Raises:
        ServerUnavailable: if a jar cannot be had, or is not the one that is pinned.
    """
    if all(jar.path.exists() for jar in pinned()):
        return
    jar_directory().mkdir(parents=True, exist_ok=True)
    with only_one(jar_directory() / "fetch.lock"):
        for abandoned in jar_directory().glob("*.part"):
            abandoned.unlink()
        _fetch_all([jar for jar in pinned() if not jar.path.exists()], progress=progress)


def _fetch_all(missing: list[Jar], *, progress: Progress) -> None:
    total = 0
    addresses = _repositories()
    with _session() as session, ThreadPoolExecutor(CONNECTIONS) as pool:
        jobs = [pool.submit(_fetch_one, jar, addresses, session=session) for jar in missing]
        try:
            for number, job in enumerate(as_completed(jobs), 1):
                total += job.result()
                if number % 20 == 0 or number == len(missing):
                    progress(f"Fetching Neo4j {version()}: {number} of {len(missing)} files, {total / 1e6:.0f} MB")
        finally:
            pool.shutdown(cancel_futures=True)


def _session() -> "requests.Session":
    """A session that trusts whom this machine trusts, as pip does: a council's network often has its own authority."""
    import requests
    import truststore
    from requests.adapters import HTTPAdapter

    trusted = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *sizes: Any, **options: Any) -> None:
            super().init_poolmanager(*sizes, ssl_context=trusted, **options)

        def proxy_manager_for(self, proxy: Any, **options: Any) -> Any:
            return super().proxy_manager_for(proxy, ssl_context=trusted, **options)

    session = requests.Session()
    session.mount("https://", Adapter(pool_maxsize=CONNECTIONS))
    return session


def _repositories() -> list[str]:
    """The addresses to try, in order, as jgo's own command would."""
    from jgo.config import GlobalSettings
    from jgo.constants import MAVEN_CENTRAL_URL

    return list(({"central": MAVEN_CENTRAL_URL} | GlobalSettings.load().repositories).values())


def _fetch_one(jar: Jar, addresses: Iterable[str], *, session: "requests.Session") -> int:
    """Put one jar into the cache and return its size in bytes."""
    import requests

    problem = ""
    for address in list(addresses) * ATTEMPTS:
        try:
            return _download(f"{address}/{jar.address}", jar, session=session)
        except requests.RequestException as error:
            problem = _in_short(error)
        except OSError as error:
            raise ServerUnavailable(f"Neo4j could not be kept in {jar_directory()}: {error.strerror}") from error
    raise ServerUnavailable(f"Neo4j could not be fetched: {jar.name}: {problem}")


def _download(url: str, jar: Jar, *, session: "requests.Session") -> int:
    digest = hashlib.sha256()
    with (
        session.get(url, stream=True, timeout=SILENCE) as response,
        tempfile.NamedTemporaryFile(dir=jar_directory(), suffix=".part", delete=False) as part,
    ):
        response.raise_for_status()
        for chunk in response.iter_content(CHUNK):
            part.write(chunk)
            digest.update(chunk)
        part.flush()
        os.fsync(part.fileno())
    if digest.hexdigest() != jar.sha256:
        raise ServerUnavailable(f"{jar.name} as fetched is not the one pinned: its SHA-256 is {digest.hexdigest()}")
    return Path(part.name).replace(jar.path).stat().st_size


def _in_short(error: "requests.RequestException") -> str:
    """The reason without the address, which requests puts into its messages."""
    if error.response is not None:
        return f"the registry answered {error.response.status_code}"
    if "certificate verify failed" in str(error).lower():
        return "this machine does not trust the registry's certificate"
    return f"the registry cannot be reached ({type(error).__name__})"


def lock(neo4j_version: str) -> None:
    """Resolve one version of Neo4j with jgo and pin all that it needs. Takes minutes, and the network."""
    from jgo.env import LockFile
    from jgo.maven import MavenContext

    context = MavenContext()
    asked, needed = context.resolver.resolve([context.create_dependency(f"org.neo4j:neo4j:{neo4j_version}")])
    LockFile.from_resolved_dependencies([*asked, *needed], environment_name="neo4j").save(LOCK)
