"""Build: from files to the dataset, on one screen.

    read -> segment -> extract -> resolve -> RDF -> validate -> dataset

A build is incremental. A document is known by its source (the name of its file)
and by its content: the hash of its bytes, and the version of everything that
reads it. Unchanged documents are skipped, changed ones replaced. The bytes and
the record of each are cached, so that where only the rules of identity or
people's decisions changed, no report is read again.

Identity is decided over all records together; a document is made again where
a decision changed an IRI that it uses.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.document_cache import document_path
from caregraph.graph.dataset.rdf_terms import deserialize_graph, serialize_graph
from caregraph.graph.dataset.statements import to_graph, vocabulary_graph
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.dataset.validation import validate_graph
from caregraph.graph.neo4j.payload import GraphPayload
from caregraph.graph.neo4j.property_graph import graph_rows
from caregraph.graph.neo4j.sync_plan import payload_version
from caregraph.graph.resolution.clustering import cluster_profiles
from caregraph.graph.resolution.decision_files import read_automatic_decisions, write_automatic_decisions
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.profiles import build_profiles
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.errors import InvalidGraph, UnknownDocument, UnreadableReport
from caregraph.ontology.iris import document_iri
from caregraph.ontology.records import Record
from caregraph.workspace import Workspace

SUFFIXES = frozenset({".pdf", ".html", ".htm", ".txt"})  # looked for in folders; a file that is named is always tried
RECORD_LOST = "its cached record is gone; build it again"
WAIT = 600.0  # seconds that a build waits for another one to end

Progress = Callable[[str], None]
Status = Literal["added", "replaced", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of a build for one document. ``reason`` says why it failed; counts are 0 unless it was read now."""

    source: str
    status: Status
    reason: str | None = None
    judgements: int = 0
    people: int = 0
    mentions: int = 0
    findings: int = 0


@dataclass(frozen=True, slots=True)
class InputFile:
    """File to be read: the document's source, and the path of its bytes."""

    source: str
    path: Path


@dataclass(frozen=True, slots=True)
class CachedRecord:
    """Document whose record is cached and whose statements are to be made."""

    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Result:
    """Hash of a document with its serialized statements, if they were made, or with the reason for having none."""

    source: str
    sha256: str
    statements: bytes = b""
    reason: str | None = None
    counts: tuple[int, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Hash of the statements."""
        return hashlib.sha256(self.statements).hexdigest()[:16]


def _ignore(source: str) -> None:
    """Progress that nobody follows."""


def files_in(paths: Iterable[Path]) -> list[Path]:
    """List the files named and those in the folders named, without hidden ones, in the order of their paths.

    Raises:
        UnreadableReport: if a path does not exist.
    """
    files: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise UnreadableReport(str(path), "does not exist")
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            hidden = path.is_dir() and any(part.startswith(".") for part in file.relative_to(path).parts)
            if file.is_file() and not hidden and (file == path or file.suffix.lower() in SUFFIXES):
                files[file.resolve()] = None
    return list(files)


def build(
    workspace: Workspace, files: Sequence[Path], *, workers: int | None = None, progress: Progress = _ignore
) -> Iterator[Outcome]:
    """Bring the dataset up to date with files; yield the outcome for each, and for documents that they changed.

    Args:
        progress: called with the name of each file that has been read.

    Raises:
        BadDecision: if people's decisions contradict each other.
        StoreError: if the dataset cannot be opened or written; earlier changes stand.
    """
    with _open_dataset(workspace) as dataset:
        yield from _build(workspace, dataset, [InputFile(path.name, path) for path in files], workers, progress)


def rebuild(workspace: Workspace, *, workers: int | None = None, progress: Progress = _ignore) -> Iterator[Outcome]:
    """Bring every document of the dataset up to date with vocabularies and decisions, from the cache.

    Raises:
        BadDecision, StoreError: as ``build``.
    """
    with _open_dataset(workspace) as dataset:
        yield from _build(workspace, dataset, _cached_files(workspace, dataset), workers, progress)


def remove(workspace: Workspace, source: str) -> list[Outcome]:
    """Retract a document with every fact that only it supported; return the outcome for documents that this changed.

    Raises:
        UnknownDocument: if the dataset has none of that source.
        BadDecision, StoreError: as ``build``.
    """
    with _open_dataset(workspace) as dataset:
        if not dataset.remove(source):
            raise UnknownDocument(f"no document called {source!r}; `caregraph status` lists them")
        return list(_update_statements(workspace, dataset, {}, workers=1))


@contextmanager
def _open_dataset(workspace: Workspace) -> Iterator[Dataset]:
    workspace.forget("decisions", "resolver")  # another process may have written decisions
    with Dataset.open(workspace.dataset_folder, wait=WAIT) as dataset:
        yield dataset
        workspace.cache.prune({entry.sha256 for entry in dataset.documents() if entry.status == "done"})


def _cached_files(workspace: Workspace, dataset: Dataset) -> list[InputFile]:
    entries = (entry for entry in dataset.documents() if entry.status == "done")
    paths = ((entry.source, document_path(workspace.data, entry.sha256)) for entry in entries)
    return [InputFile(source, path) for source, path in paths if path]


def _build(
    workspace: Workspace, dataset: Dataset, files: Sequence[InputFile], workers: int | None, progress: Progress
) -> Iterator[Outcome]:
    from caregraph.extractors.worker_pool import map_in_order  # brings spaCy, which showing a page does not need

    if dataset.vocabulary() != workspace.vocabulary_version:
        dataset.replace_vocabulary(vocabulary_graph(workspace.vocabulary), workspace.vocabulary_version)
    unread: list[InputFile] = []
    hashes: dict[str, str] = {}
    sources: set[str] = set()
    for file in files:
        entry, sha256 = dataset.entry(file.source), workspace.cache.add_document(_bytes(file.path))
        is_current = entry is not None and entry.sha256 == sha256 and entry.extractor.startswith(workspace.version)
        if file.source in sources:
            yield Outcome(file.source, "failed", f"another file of this name was given: {file.path}")
        elif entry is None or not is_current:
            unread.append(file)
        elif entry.status == "failed":
            yield Outcome(file.source, "failed", entry.reason)
        else:
            hashes[file.source] = sha256
        sources.add(file.source)
    for result in map_in_order(unread, partial(RecordMaker, workspace), on_crash=_crashed, workers=workers):
        progress(result.source)
        if result.reason is None:
            hashes[result.source] = result.sha256
        else:
            yield _store_result(workspace, dataset, result, workspace.version)
    yield from _update_statements(workspace, dataset, hashes, workers=workers)


def _update_statements(
    workspace: Workspace, dataset: Dataset, hashes: Mapping[str, str], *, workers: int | None
) -> Iterator[Outcome]:
    """Decide identity over all documents; make the statements of those that are new or use other IRIs than before.

    Args:
        hashes: hash by source of the documents given to this build; their records are cached.
    """
    from caregraph.extractors.worker_pool import map_in_order

    entries = {entry.source: entry for entry in dataset.documents() if entry.status == "done"}
    documents = {source: entry.sha256 for source, entry in entries.items()} | dict(hashes)
    inputs = _digest(workspace.version, workspace.decisions.fingerprint, *map(" ".join, sorted(documents.items())))
    known = all(source in entries and entries[source].sha256 == sha256 for source, sha256 in hashes.items())
    if known and read_automatic_decisions(workspace.automatic_decisions_file).inputs == inputs:
        yield from (Outcome(source, "skipped") for source in hashes)
        return
    versions = _decide_identity(workspace, documents)
    current = {
        source
        for source, entry in entries.items()
        if (entry.sha256, entry.extractor) == (documents[source], versions.get(source))
    }
    yield from (Outcome(source, "skipped") for source in hashes if source in current)
    yield from (Outcome(source, "failed", RECORD_LOST) for source in hashes if source not in versions)
    outdated = [CachedRecord(source, documents[source]) for source in versions if source not in current]
    for result in map_in_order(outdated, partial(StatementMaker, workspace), on_crash=_crashed, workers=workers):
        yield _store_result(workspace, dataset, result, versions[result.source])
    write_automatic_decisions(
        workspace.automatic_decisions_file,
        inputs,
        read_automatic_decisions(workspace.automatic_decisions_file).decisions,
    )


def _decide_identity(workspace: Workspace, documents: Mapping[str, str]) -> dict[str, str]:
    """Write down the automatic decisions over all documents; return the version of each document, by source."""
    undecided = Resolver(workspace.vocabulary, Decisions())
    iris: dict[str, frozenset[str]] = {}

    def records() -> Iterator[Record]:
        for source, sha256 in sorted(documents.items()):
            if (record := workspace.cache.record(sha256, workspace.extractor)) is not None:
                iris[source] = undecided.named_iris(record)
                yield replace(record, source=source)

    links = cluster_profiles(build_profiles(records(), undecided), workspace.vocabulary, workspace.decisions)
    write_automatic_decisions(workspace.automatic_decisions_file, "", links.decisions)
    workspace.forget("resolver")
    return {source: workspace.version_of(named) for source, named in iris.items()}


class RecordMaker:
    """All stages from a file to its cached record; one to a process."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._extractor = workspace.extractor  # of this build, even if another version is installed meanwhile

    def __call__(self, file: InputFile) -> Result:
        """Read a file, unless its record is cached."""
        from caregraph.extractors.reading.read import read_content

        sha256, workspace = hashlib.sha256(b"").hexdigest(), self._workspace
        try:
            content = read_content(file.path)
            sha256 = hashlib.sha256(content).hexdigest()
            if workspace.cache.record(sha256, self._extractor) is None:
                workspace.cache.store_record(workspace.reader.read_bytes(file.source, content), self._extractor)
        except UnreadableReport as error:
            return Result(file.source, sha256, reason=error.reason)
        return Result(file.source, sha256)


class StatementMaker:
    """All stages from a cached record to its statements; one to a process."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._extractor = workspace.extractor

    def __call__(self, task: CachedRecord) -> Result:
        """Resolve a record, make its statements and validate them."""
        workspace = self._workspace
        record = workspace.cache.record(task.sha256, self._extractor)
        if record is None:
            return Result(task.source, task.sha256, reason=RECORD_LOST)
        resolved = workspace.resolver.resolve(replace(record, source=task.source))
        graph = to_graph(resolved, workspace.vocabulary, extractor=self._extractor)
        try:
            validate_graph(graph, source=task.source)
        except InvalidGraph as error:
            return Result(task.source, task.sha256, reason=str(error))
        counts = tuple(map(len, (record.judgements, record.people, record.mentions, record.findings)))
        result = Result(task.source, task.sha256, serialize_graph(graph), counts=counts)
        with suppress(InvalidGraph):  # the load into Neo4j will report it
            name = document_iri(task.sha256)
            payload = GraphPayload.of(graph_rows(name, deserialize_graph(result.statements, name)))
            workspace.cache.store_payload(task.sha256, payload_version(result.fingerprint), payload.serialize())
        return result


def _crashed(task: InputFile | CachedRecord) -> Result:
    sha256 = hashlib.sha256(_bytes(task.path)).hexdigest() if isinstance(task, InputFile) else task.sha256
    return Result(task.source, sha256, reason="makes the reader crash")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _bytes(path: Path) -> bytes:
    """Bytes of a file; none if it cannot be opened, which `RecordMaker` reports."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _store_result(workspace: Workspace, dataset: Dataset, result: Result, version: str) -> Outcome:
    """Put a document's statements in place of its source's earlier ones.

    Where there are none the reason is stored; statements of an earlier, readable version stay.
    """
    before = dataset.entry(result.source)
    was_done = before is not None and before.status == "done"
    if result.reason is None:
        done = Entry(source=result.source, sha256=result.sha256, extractor=version, fingerprint=result.fingerprint)
        dataset.replace(done, deserialize_graph(result.statements, done.document))
        return Outcome(result.source, "replaced" if was_done else "added", None, *result.counts)
    if was_done:
        return Outcome(result.source, "failed", f"{result.reason}; its earlier version stays in the graph")
    failed = Entry(source=result.source, sha256=result.sha256, extractor=version, status="failed", reason=result.reason)
    dataset.replace(failed)
    return Outcome(result.source, "failed", result.reason)
