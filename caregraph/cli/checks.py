"""Checks of the machine: what caregraph needs, and what to do where something is missing."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from caregraph import extras
from caregraph.api import OF_ANOTHER_VERSION
from caregraph.extractors.reading.pdf import recognition
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.server import jars, launcher
from caregraph.ontology.errors import CaregraphError
from caregraph.ontology.vocabulary import load_vocabulary
from caregraph.settings import ServerAddress, external_server

MODULES = (  # the rooms that between them import every package
    "caregraph.api", "caregraph.extractors.worker_pool", "caregraph.uploads", "caregraph.graph.export.workbook",
)  # fmt: skip
_ENOUGH = 1 << 30  # bytes: Neo4j's jars and its first files need about half of it


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    name: str
    fine: bool
    says: str


def checks(data: Path) -> Iterator[Check]:
    """Look at everything, changing nothing but that the data directory is made."""
    yield Check("Python", sys.version_info >= (3, 11), sys.version.split()[0])
    yield from _packages()
    yield _room(data)
    yield _vocabulary(data)
    try:
        elsewhere = external_server()
    except CaregraphError as error:
        yield Check("Neo4j", False, str(error))
        return
    if elsewhere is None:
        yield from _ours(data)
    else:
        yield from _answers(elsewhere)


def _packages() -> Iterator[Check]:
    """Import what caregraph needs, as the commands would: a package may be there and broken."""
    broken = {}
    for module in MODULES:
        try:
            import_module(module)
        except Exception as error:  # whatever a broken package raises when it is imported
            broken[module] = f"{type(error).__name__}: {error}"
    says = "; ".join(f"{module}: {reason}" for module, reason in broken.items())
    yield Check("packages", not broken, f"{says}; install caregraph anew" if broken else "all can be imported")
    for extra in extras.EXTRAS:
        yield _extra(extra)


def _extra(extra: str) -> Check:
    if extras.missing(extra):
        return Check(f"extra {extra}", True, f"not installed; {extras.command(extra)} adds it")
    if extra == recognition.EXTRA and (absent := recognition.missing_networks()):
        return Check(f"extra {extra}", False, f"lacks its files {', '.join(absent)}; install rapidocr anew")
    return Check(f"extra {extra}", True, "installed")


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
    yield Check("our own Neo4j", True, f"{jars.neo4j_version()}; {says}")
    state = launcher.status(data)
    yield Check("server", True, f"runs at {state.uri}" if state.running else "not running; commands start it")
    if state.running:
        yield _graph(launcher.start(data, progress=lambda words: None))


def _answers(address: ServerAddress) -> Iterator[Check]:
    try:
        with Neo4jStore.connect(address):
            yield Check("Neo4j", True, f"{address.uri} answers, database {address.database}")
    except CaregraphError as error:
        yield Check("Neo4j", False, str(error))
        return
    yield _graph(address)


def _graph(address: ServerAddress) -> Check:
    try:
        with Neo4jStore.connect(address) as store:
            is_current = not store.is_of_another_version()
    except CaregraphError as error:
        return Check("graph", False, str(error))
    return Check("graph", is_current, "made by this version, or empty" if is_current else OF_ANOTHER_VERSION)
