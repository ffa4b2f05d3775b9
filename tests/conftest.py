"""Fixtures for all tests: one small invented report, the real database, the samples' graph."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings

from caregraph.cli.commands.documents import build_into
from caregraph.graph.dataset.statements import vocabulary_quads
from caregraph.graph.neo4j.property_graph import GraphRows, graph_rows
from caregraph.graph.neo4j.provenance import GRAPH_LABEL
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.neo4j.values import EMBEDDING
from caregraph.graph.queries.semantic_search import INDEX
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.graph.server import launcher
from caregraph.ontology.iris import VOCABULARY_GRAPH
from caregraph.ontology.records import Authority, Finding, Judgement, Mention, Passage, Person, Record
from caregraph.ontology.vocabulary import Vocabulary, load_vocabulary
from caregraph.settings import ServerAddress
from tests.work_order import WorkOrder, place

settings.register_profile("caregraph", deadline=None)  # a busy machine fails no test
settings.load_profile("caregraph")

SAMPLES = Path(__file__).parents[1] / "samples"
SHARED = Path(__file__).parents[2] / "shared"

# A test that names no data directory must not use that of whoever runs the tests, nor start a Neo4j there.
os.environ["CAREGRAPH_DATA"] = str(Path(os.devnull) / "a test names its own data directory")

# A test's Neo4j lives for minutes: Java's second compiler would take longer than its code would save.
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")

TEXT = (
    "Lead inspector: Ann Example. Overall effectiveness: Good. "
    "The MASH answers quickly when a child may be at risk. "
    "Foster carers speak well of Mockingbird. The Lighthouse Team is new."
)

Quoted = Callable[..., dict[str, Any]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WorkOrder | None:
    if config.getoption("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False  # by the number of their tests, which would put the longest last
    return WorkOrder(config, log)


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="session")
def quoted() -> Quoted:
    """The fields of a quotation: some words of the report and where they stand in it."""

    def where(words: str, *, page: int = 1) -> dict[str, Any]:
        start = TEXT.index(words)
        return {"text": words, "page": page, "start": start, "end": start + len(words)}

    return where


@pytest.fixture(scope="session")
def raw(quoted: Quoted) -> Record:
    """A record as extraction hands it on: nothing in it has an IRI."""
    finding = "The MASH answers quickly when a child may be at risk."
    return Record(
        source="durham.pdf",
        sha256="a" * 64,
        title="Durham inspection report",
        kind="ilacs",
        authority=Authority("Durham", None),
        inspected=((date(2022, 5, 9), date(2022, 5, 20)),),
        published=date(2022, 7, 5),
        judgements=(Judgement(**quoted("Overall effectiveness: Good"), area="overall", grade="good"),),
        people=(Person(**quoted("Ann Example"), name="Ann Example", role="lead"),),
        mentions=(
            Mention(**quoted("MASH"), name="MASH", type="service", term="service:mash"),
            Mention(**quoted("Mockingbird"), name="Mockingbird", type="programme", term="programme:mockingbird"),
            Mention(**quoted("Lighthouse Team"), name="Lighthouse Team", type="service"),
        ),
        findings=(
            Finding(**quoted(finding), polarity="strength", confidence=0.9, topics=("front-door",), involves=("MASH",)),
        ),
        passages=(Passage(**quoted(TEXT), paragraph="1", section="What it is like"),),
        pages=2,
    )


@pytest.fixture(scope="session")
def record(raw: Record, vocabulary: Vocabulary) -> Record:
    """The same record, resolved."""
    return Resolver(vocabulary, Decisions()).resolve(raw)


@pytest.fixture
def another(record: Record) -> Callable[..., Record]:
    """The same record from another file, with other bytes and what else is changed."""

    def changed(source: str, digit: str, **changes: Any) -> Record:
        return replace(record, source=source, sha256=digit * 64, **changes)

    return changed


@pytest.fixture
def store(neo4j: ServerAddress) -> Iterator[Neo4jStore]:
    """The real database, empty but for its indexes before each test."""
    with Neo4jStore.connect(neo4j) as store:
        store.write("MATCH (n) DETACH DELETE n")
        store.prepare()
        yield store


@pytest.fixture(scope="session")
def vocabulary_rows(vocabulary: Vocabulary) -> GraphRows:
    """The nodes and relationships of the vocabularies."""
    return graph_rows(VOCABULARY_GRAPH, vocabulary_quads(vocabulary))


@pytest.fixture(scope="module")
def emptied(neo4j: ServerAddress) -> Iterator[Neo4jStore]:
    """The real database, empty but for its indexes before the first test of a module."""
    with Neo4jStore.connect(neo4j) as store:
        store.write("MATCH (n) DETACH DELETE n")
        store.prepare()
        yield store


@pytest.fixture(scope="module")
def on_emptied(emptied: Neo4jStore, neo4j: ServerAddress) -> Callable[[], AbstractContextManager[None]]:
    """What connects inside this uses that database and starts none, which would have to plan every question anew."""

    @contextmanager
    def set_variables() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as environment:
            for name, value in neo4j.variables().items():
                environment.setenv(name, value)
            yield

    return set_variables


@pytest.fixture
def with_vocabularies(emptied: Neo4jStore, vocabulary_rows: GraphRows) -> Neo4jStore:
    """The real database with the vocabularies and no document; they are loaded once for a module."""
    loaded = emptied.loaded()
    for graph in loaded.keys() - {VOCABULARY_GRAPH}:
        emptied.retract(graph)
    if loaded.get(VOCABULARY_GRAPH) != "1":
        emptied.load("1", vocabulary_rows)
    return emptied


@pytest.fixture(scope="session")
def neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerAddress]:
    """The real database, started once for all tests; whoever writes into it cleans up before."""
    data = tmp_path_factory.mktemp("neo4j")
    yield launcher.start(data, progress=print)
    launcher.stop(data)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports beside the repository, which not everyone has."""
    if not SHARED.is_dir():
        pytest.skip("no folder of real reports beside the repository")
    return SHARED


@pytest.fixture
def of_another_version(samples_graph: Path) -> Iterator[Neo4jStore]:
    """The samples' graph, as if another version of the code had loaded it."""
    match = f"MATCH (vocabularies:{GRAPH_LABEL} {{iri: $iri}})"
    with Neo4jStore.connect(launcher.start(samples_graph, progress=lambda words: None)) as store:
        version = store.loaded()[VOCABULARY_GRAPH]
        store.write(f"{match} SET vocabularies.version = '1 of another version'", iri=VOCABULARY_GRAPH)
        yield store
        store.write(f"{match} SET vocabularies.version = $version", iri=VOCABULARY_GRAPH, version=version)


@pytest.fixture
def without_vectors(samples_graph: Path) -> Iterator[None]:
    """Sees to it that no finding of the samples' graph has a vector, before a test and after it."""

    def remove() -> None:
        with Neo4jStore.connect(launcher.start(samples_graph, progress=lambda words: None)) as store:
            store.write(f"MATCH (n:Finding) REMOVE n.{EMBEDDING}")
            store.write(f"DROP INDEX {INDEX} IF EXISTS")

    remove()
    yield
    remove()


@pytest.fixture(scope="session")
def samples_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the samples' graph, built once for all processes of a run: to be copied, with no server."""
    base = tmp_path_factory.getbasetemp()
    built = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "samples-built"
    with FileLock(f"{built}.lock"):
        if not (built / "done").exists():
            report = build_into(built, [SAMPLES], registers=[SAMPLES / "register.ttl"], workers=1, form=None)
            assert report.failed == {}
            launcher.stop(built)
            (built / "done").touch()
    return built


@pytest.fixture(scope="session")
def samples_graph(samples_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data directory with the samples' graph, in the dataset and in a Neo4j of its own. Tests leave it as it is."""
    data = tmp_path_factory.mktemp("samples") / "data"
    shutil.copytree(samples_built, data)
    yield data
    launcher.stop(data)
