"""Settings: every environment variable that caregraph reads, the paths that follow from them, and Python's own.

Each function reads the environment when it is called, so that a test or a notebook may set a variable at any time.

| Variable | Meaning |
|---|---|
| `CAREGRAPH_DATA` | the data directory; default: the platform's place for user data |
| `CAREGRAPH_CACHE` | where Neo4j's jars are kept; default: the platform's place for caches |
| `CAREGRAPH_QUESTIONS` | further folders of named questions, separated as in `PATH` |
| `CAREGRAPH_READ_ONLY` | anything but empty or 0: nobody adds documents or decides in the explorer |
| `CAREGRAPH_SITE` | the origin of a mirror of the inspectorate's site, for its pages and its files |
| `CAREGRAPH_CONTACT` | an address for mail, told to the inspectorate's site when reports are fetched |
| `DASK_SCHEDULER_ADDRESS` | the scheduler of a Dask cluster that reads documents, such as tcp://10.0.0.5:8786 |
| `NEO4J_URI`, `NEO4J_USERNAME`, `NEO4J_PASSWORD`, `NEO4J_DATABASE` | a Neo4j to use instead of our own |
"""

import gc
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from caregraph.ontology.errors import ClusterError, ServerUnavailable, SiteError

_NEW_OBJECTS = 50_000  # after which Python looks for cycles of unused ones, in place of 700 or 2,000
_ORIGIN = re.compile(r"https?://[\w.-]+(:\d+)?")
_SCHEDULER = re.compile(r"(tcp|tls)://(\[[\da-fA-F:.]+\]|[\w.-]+):\d{1,5}")
SCHEMES = frozenset({"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"})


@dataclass(frozen=True)
class ServerAddress:
    """Address and credentials of a Neo4j database."""

    uri: str
    username: str
    password: str = field(repr=False)
    database: str

    def variables(self) -> dict[str, str]:
        """Variables of an environment that name it, as `external_server` reads them."""
        return {
            "NEO4J_URI": self.uri,
            "NEO4J_USERNAME": self.username,
            "NEO4J_PASSWORD": self.password,
            "NEO4J_DATABASE": self.database,
        }


def data_directory() -> Path:
    """Directory of the dataset, our own Neo4j, its password, and what users added."""
    return Path(os.environ.get("CAREGRAPH_DATA") or platformdirs.user_data_dir("caregraph"))


def cache_directory() -> Path:
    """Directory of what can be fetched again: Neo4j's jars."""
    return Path(os.environ.get("CAREGRAPH_CACHE") or platformdirs.user_cache_dir("caregraph"))


def question_folders() -> tuple[Path, ...]:
    """Folders of users' named questions, in rising order of precedence; they need not exist."""
    listed = os.environ.get("CAREGRAPH_QUESTIONS", "").split(os.pathsep)
    return (data_directory() / "questions", *map(Path, filter(None, listed)))


def is_read_only() -> bool:
    """Tell whether the explorer takes no documents and no decisions."""
    return os.environ.get("CAREGRAPH_READ_ONLY", "") not in ("", "0")


def inspectorate_site() -> str | None:
    """Origin of a site to ask for reports in place of the inspectorate's own.

    Raises:
        SiteError: if it is no origin.
    """
    origin = os.environ.get("CAREGRAPH_SITE", "").rstrip("/")
    if origin and not _ORIGIN.fullmatch(origin):
        raise SiteError(f"CAREGRAPH_SITE is {origin!r}; expected an origin such as https://reports.example.org")
    return origin or None


def contact() -> str:
    """Address at which whoever asks for reports can be reached; empty if it is not told."""
    return os.environ.get("CAREGRAPH_CONTACT", "")


def cluster_address(given: str | None = None) -> str | None:
    """Address of the cluster's scheduler that is given, else of the one that the environment names; None for neither.

    Raises:
        ClusterError: if it is no such address.

    >>> cluster_address("tcp://10.0.0.5:8786")
    'tcp://10.0.0.5:8786'
    """
    address = given or os.environ.get("DASK_SCHEDULER_ADDRESS")
    if address and not _SCHEDULER.fullmatch(address):
        raise ClusterError(
            f"{address!r} is no address of a cluster's scheduler; expected one such as tcp://10.0.0.5:8786"
        )
    return address or None


def external_server(environ: Mapping[str, str] | None = None) -> ServerAddress | None:
    """Address of the Neo4j that the environment names, or None where our own is to be used.

    Raises:
        ServerUnavailable: if the variables name no possible server.

    >>> external_server({"NEO4J_URI": "bolt://localhost:7687", "NEO4J_PASSWORD": "secret"})
    ServerAddress(uri='bolt://localhost:7687', username='neo4j', database='neo4j')
    """
    variables = os.environ if environ is None else environ
    uri = variables.get("NEO4J_URI")
    if not uri:
        return None
    if not _is_server_uri(uri):
        raise ServerUnavailable(f"NEO4J_URI is {uri!r}; expected an address such as bolt://localhost:7687")
    if "NEO4J_PASSWORD" not in variables:
        raise ServerUnavailable("NEO4J_URI is set, but NEO4J_PASSWORD is not")
    username, database = variables.get("NEO4J_USERNAME") or "neo4j", variables.get("NEO4J_DATABASE") or "neo4j"
    return ServerAddress(uri, username, variables["NEO4J_PASSWORD"], database)


def _is_server_uri(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
        return parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # the port is not a number
        return False


def collect_rarely() -> None:
    """Collect what is unused; look for cycles of it only after many new objects then, and not among those of now.

    Records and statements have no cycles. Looking for some took half the time of making a document's statements.
    """
    gc.unfreeze()  # what was there at the call before may be unused by now
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
