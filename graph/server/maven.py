"""Jars from Maven repositories: those that the user's jgo settings name, and Maven Central.

Apart from `jars`, because its imports take a fifth of a second, which a start with a full cache should not wait for.
"""

import hashlib
from collections.abc import Iterable

import requests
from jgo.config import GlobalSettings
from jgo.constants import MAVEN_CENTRAL_URL
from jgo.env import LockFile
from jgo.maven import MavenContext

from caregraph.graph.atomic_files import write_atomically
from caregraph.graph.server.jars import PINS, Jar
from caregraph.graph.system_trust import SystemTrust
from caregraph.ontology.errors import ServerUnavailable, StoreError

CONNECTIONS = 8
ATTEMPTS = 3
SILENCE = 30  # seconds without a byte, after which a connection counts as lost


def session() -> requests.Session:
    """Open a session for several downloads at once."""
    session = requests.Session()
    session.mount("https://", SystemTrust(pool_maxsize=CONNECTIONS))
    return session


def repositories() -> list[str]:
    """List the addresses of the repositories to try, in jgo's own order."""
    return list(({"central": MAVEN_CENTRAL_URL} | GlobalSettings.load().repositories).values())


def download(jar: Jar, addresses: Iterable[str], session: requests.Session) -> int:
    """Put one jar into the cache and return its size in bytes.

    Raises:
        ServerUnavailable: if no repository gives it, its bytes are not those that are pinned, or it cannot be written.
    """
    problem = ""
    for address in list(addresses) * ATTEMPTS:
        try:
            response = session.get(f"{address}/{jar.address}", timeout=SILENCE)
            response.raise_for_status()
        except requests.RequestException as error:
            problem = _problem(error)
            continue
        digest = hashlib.sha256(response.content).hexdigest()
        if digest != jar.sha256:
            raise ServerUnavailable(f"{jar.name} as fetched is not the one pinned: its SHA-256 is {digest}")
        try:
            write_atomically(jar.path, response.content, durable=True)
        except StoreError as error:
            raise ServerUnavailable(f"Neo4j could not be fetched: {error}") from error
        return len(response.content)
    raise ServerUnavailable(f"Neo4j could not be fetched: {jar.name}: {problem}")


def _problem(error: requests.RequestException) -> str:
    """Give the reason without the address, which requests puts into its messages."""
    if error.response is not None:
        return f"the registry answered {error.response.status_code}"
    if "certificate verify failed" in str(error).lower():
        return "this machine does not trust the registry's certificate"
    return f"the registry cannot be reached ({type(error).__name__})"


def pin(neo4j_version: str) -> None:
    """Write the pins of another Neo4j: its jars and all that they depend on. Takes minutes, and the network."""
    context = MavenContext()
    asked, needed = context.resolver.resolve([context.create_dependency(f"org.neo4j:neo4j:{neo4j_version}")])
    LockFile.from_resolved_dependencies([*asked, *needed], environment_name="neo4j").save(PINS)
