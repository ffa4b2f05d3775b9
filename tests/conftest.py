from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import build_into
from graph import local_neo4j
from graph.answers import EMBEDDING
from graph.meaning import INDEX
from graph.neo4j_store import Neo4jStore

SAMPLES = Path(__file__).parents[1] / "samples"
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[local_neo4j.ServerAddress]:
    """The real database, started once for all tests; whoever writes into it cleans up before."""
    data = tmp_path_factory.mktemp("neo4j")
    yield local_neo4j.start(data, progress=print)
    local_neo4j.stop(data)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports beside the repository, which not everyone has."""
    if not SHARED.is_dir():
        pytest.skip("no folder of real reports beside the repository")
    return SHARED


@pytest.fixture
def without_vectors(samples_graph: Path) -> Iterator[None]:
    """Sees to it that no finding of the samples' graph has a vector, before a test and after it."""

    def remove() -> None:
        with Neo4jStore.connect(local_neo4j.start(samples_graph, progress=lambda words: None)) as store:
            store.write(f"MATCH (n:Finding) REMOVE n.{EMBEDDING}")
            store.write(f"DROP INDEX {INDEX} IF EXISTS")

    remove()
    yield
    remove()


@pytest.fixture(scope="session")
def samples_graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data directory with the samples' graph, in the dataset and in a Neo4j of its own. Tests only read it."""
    data = tmp_path_factory.mktemp("samples")
    assert build_into(data, [SAMPLES], registers=[SAMPLES / "register.ttl"], workers=1, form=None) == 0
    yield data
    local_neo4j.stop(data)
