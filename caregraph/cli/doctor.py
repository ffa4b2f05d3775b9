"""Whether this machine has what caregraph needs, and what to do where it has not."""

import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.server import jars, launcher
from caregraph.ontology.errors import CaregraphError
from caregraph.ontology.vocabulary import load_vocabulary
from caregraph.settings import ServerAddress, external_server

_ENOUGH = 1 << 30  # bytes: Neo4j's jars and its first files need about half of it


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    name: str
    fine: bool
    says: str


def checks(data: Path, environ: Mapping[str, str]) -> Iterator[Check]:
    """Look at everything, changing nothing but that the data directory is made."""
    yield Check("Python", sys.version_info >= (3, 11), sys.version.split()[0])
    yield _packages()
    yield _room(data)
    yield _vocabulary(data)
    try:
        elsewhere = external_server(environ)
    except CaregraphError as error:
        yield Check("Neo4j", False, str(error))
        return
    if elsewhere is None:
        yield from _ours(data)
    else:
        yield _answers(elsewhere)


def _packages() -> Check:
    missing = []
    for needed in metadata.requires("caregraph") or ():
        if "extra ==" in needed:
            continue
        name = needed.split(";")[0].strip()
        name = name[: next((at for at, sign in enumerate(name) if not (sign.isalnum() or sign in "-_.")), len(name))]
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
    return Check("packages", not missing, f"missing: {', '.join(missing)}; `make install`" if missing else "all there")


def _room(data: Path) -> Check:
    try:
        data.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(data).free
    except OSError as error:
        return Check("data directory", False, f"{data}: {error.strerror}; CAREGRAPH_DATA names another")
    return Check("data directory", free > _ENOUGH, f"{data}, {free / (1 << 30):.1f} GiB free")


def _vocabulary(data: Path) -> Check:
    try:
        vocabulary = load_vocabulary(sorted((data / "registers").glob("*.ttl")))
    except CaregraphError as error:
        return Check("vocabularies", False, str(error))
    return Check(
        "vocabularies", True, f"{len(vocabulary.authorities)} authorities, {len(vocabulary.things)} named things"
    )


def _ours(data: Path) -> Iterator[Check]:
    lacking = [jar for jar in jars.pinned() if not jar.path.exists()]
    says = f"{len(lacking)} jars are fetched at the first start" if lacking else "all jars are there"
    yield Check("our own Neo4j", True, f"{jars.version()}; {says}")
    state = launcher.status(data)
    yield Check("server", True, f"runs at {state.uri}" if state.running else "not running; commands start it")


def _answers(address: ServerAddress) -> Check:
    try:
        with Neo4jStore.connect(address):
            return Check("Neo4j", True, f"{address.uri} answers, database {address.database}")
    except CaregraphError as error:
        return Check("Neo4j", False, str(error))
