"""Build: from files to the dataset, on one screen.

    read -> segment -> extract -> resolve -> RDF -> validate -> dataset

A build is incremental. A document is known by its source (the path of its file
below the folder that was given: `inputs`) and by its content: the hash of its
bytes, and the version of everything that reads it. Unchanged documents are
skipped, changed ones replaced. The bytes and the record of each are cached, so
that where only the rules of identity or people's decisions changed, no report is
read again.

Identity is decided over all records together, and so is which documents are
witnesses of one inspection; a document's statements are made again where a
decision changed an IRI that it uses, or its part in an inspection.
"""

import hashlib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal
from uuid import uuid4

from caregraph import extras
from caregraph.document_worker import RECORD_LOST, CachedRecord, worker_factory
from caregraph.extractors import cluster as clusters
from caregraph.extractors.executor import Executor, WorkerFactory
from caregraph.extractors.worker_pool import WorkerPool, borrowed_pool, file_size
from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.document_cache import WITHOUT_WORDS, document_path, serialize_record
from caregraph.graph.dataset.statements import vocabulary_quads
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.resolution.clustering import cluster_profiles, combine_decisions
from caregraph.graph.resolution.decision_files import (
    read_automatic_decisions,
    write_automatic_decisions,
    write_merged_things,
    write_witnesses,
)
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.events import (
    DocumentFacts,
    facts_of,
    find_witnesses,
    witness_decisions,
)
from caregraph.graph.resolution.profiles import build_profiles, merge_profiles
from caregraph.graph.resolution.resolver import Resolver
from caregraph.graph.resolution.review import write_pairs
from caregraph.inputs import InputFile, Inputs, gone_sources, name_sources
from caregraph.ontology.errors import UnknownDocument
from caregraph.ontology.records import Origin, Record
from caregraph.reading.documents import (
    Result,
    UnreadDocument,
    cached_document,
    failed,
    read_documents,
    remote_reader_factory,
)
from caregraph.settings import cluster_address
from caregraph.snapshot import read_snapshot
from caregraph.workspace import Workspace

WAIT = 600.0  # seconds that a build waits for another one to end

Progress = Callable[[str], None]
Status = Literal["added", "replaced", "skipped", "failed", "left-out", "gone", "removed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of a build for one document.

    ``gone``: its file is no longer where it was read; ``removed``: so it was retracted. ``reason`` says why it failed
    or was left out. Counts are 0 unless the document was read now.
    """

    source: str
    status: Status
    reason: str | None = None
    judgements: int = 0
    people: int = 0
    mentions: int = 0
    findings: int = 0


def _ignore(source: str) -> None:
    """Progress that nobody follows."""


def build(
    workspace: Workspace,
    inputs: Inputs,
    *,
    prune: bool = False,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress = _ignore,
) -> Iterator[Outcome]:
    """Bring the dataset up to date with files; yield the outcome for each, and for documents that they changed.

    Args:
        prune: retract documents whose files are no longer in the folders that were given; else they are reported.
        cluster: address of the scheduler of a Dask cluster that reads, if not the one that the environment names.
        progress: called with the source of each file that has been read.

    Raises:
        BadDecision: if people's decisions contradict each other.
        ClusterError: if the cluster does not answer, or a worker of it does not read as this machine does.
        MissingExtra: if there is a cluster and its extra is not installed.
        StoreError: if the dataset cannot be opened or written; earlier changes stand.
    """
    address = cluster_address(cluster)
    with _open_dataset(workspace) as dataset, borrowed_pool(workers) as pool:
        for source in gone_sources(inputs.folders, dataset.documents()):
            if prune:
                dataset.remove(source)
            yield Outcome(source, "removed" if prune else "gone")
        yield from _build(workspace, dataset, inputs.files, pool, progress, cluster=address)


def rebuild(workspace: Workspace, *, workers: int | None = None, progress: Progress = _ignore) -> Iterator[Outcome]:
    """Bring every document of the dataset up to date with vocabularies and decisions, from the cache.

    Raises:
        BadDecision, StoreError: as ``build``.
    """
    with _open_dataset(workspace) as dataset, borrowed_pool(workers) as pool:
        yield from _build(workspace, dataset, _cached_files(workspace, dataset), pool, progress)


def load_snapshot(workspace: Workspace, path: Path, *, workers: int | None = None) -> Iterator[Outcome]:
    """Bring the documents of a snapshot into the dataset; yield as ``build``. Documents with words stay as they are.

    Raises:
        BadSnapshot: if it cannot be read; nothing has changed then.
        BadDecision, StoreError: as ``build``.
    """
    read: list[tuple[str, str, bytes]] = []  # serialized, a record takes a tenth of its memory
    origins: dict[str, Origin] = {}
    for document in read_snapshot(path):
        record, origins[document.record.sha256] = document.record, document.origin
        read.append((record.source, record.sha256, serialize_record(record)))
    with _open_dataset(workspace) as dataset, borrowed_pool(workers) as pool:
        _replace_vocabulary(workspace, dataset)
        with_words = {entry.sha256 for entry in dataset.documents() if not workspace.cache.lacks_words(entry.sha256)}
        given = {source: sha256 for source, sha256, _ in read if sha256 not in with_words}
        for _, sha256, content in read:
            if sha256 not in with_words:
                workspace.cache.store_serialized_record(sha256, content, WITHOUT_WORDS)
        read.clear()
        workspace.add_origins(origins)
        locations = {source: origins[sha256].address for source, sha256 in given.items()}
        yield from _update_statements(workspace, dataset, given, locations, pool)


def remove(workspace: Workspace, source: str) -> list[Outcome]:
    """Retract a document with every fact that only it supported; return the outcome for documents that this changed.

    Args:
        source: that of the document, or an end of it that no other document has, such as the file's name.

    Raises:
        UnknownDocument: if the dataset has no such document, or several.
        BadDecision, StoreError: as ``build``.
    """
    with _open_dataset(workspace) as dataset, borrowed_pool() as pool:
        dataset.remove(_source_called(source, dataset))
        return list(_update_statements(workspace, dataset, {}, {}, pool))


def _source_called(text: str, dataset: Dataset) -> str:
    sources = [entry.source for entry in dataset.documents()]
    matching = [source for source in sources if source == text] or [
        source for source in sources if source.endswith(f"/{text}")
    ]
    if len(matching) > 1:
        raise UnknownDocument(f"several documents are called {text!r}: {', '.join(matching)}")
    if not matching:
        raise UnknownDocument(f"no document called {text!r}; `caregraph status` lists them")
    return matching[0]


@contextmanager
def _open_dataset(workspace: Workspace) -> Iterator[Dataset]:
    workspace.forget("decisions", "corrections", "resolver")  # another process may have written some
    with Dataset.open(workspace.dataset_folder, wait=WAIT) as dataset:
        yield dataset
        workspace.cache.prune({entry.sha256 for entry in dataset.documents() if entry.status == "done"})


def _cached_files(workspace: Workspace, dataset: Dataset) -> list[InputFile]:
    entries = [entry for entry in dataset.documents() if entry.status == "done"]
    locations = {entry.source: entry.location for entry in entries}
    paths = ((entry.source, document_path(workspace.data, entry.sha256)) for entry in entries)
    return [InputFile(source, path, locations[source]) for source, path in paths if path]


@contextmanager
def _readers(cluster: str | None, pool: WorkerPool) -> Iterator[Executor]:
    """Executor that reads documents: a cluster, by the address of its scheduler, or the processes that there are."""
    if cluster is None:
        yield pool
        return
    extras.require("cluster", "reading on a cluster")
    with clusters.Cluster(cluster) as executor:
        yield executor


def _build(
    workspace: Workspace,
    dataset: Dataset,
    files: Sequence[InputFile],
    pool: WorkerPool,
    progress: Progress,
    *,
    cluster: str | None = None,
) -> Iterator[Outcome]:
    _replace_vocabulary(workspace, dataset)
    with _readers(cluster, pool) as readers:
        make_reader = worker_factory(workspace) if readers is pool else remote_reader_factory(workspace)
        documents, locations = yield from _read_files(workspace, dataset, files, readers, make_reader, progress)
    yield from _update_statements(workspace, dataset, documents, locations, pool)


def _read_files(
    workspace: Workspace,
    dataset: Dataset,
    files: Sequence[InputFile],
    readers: Executor,
    make_reader: WorkerFactory[UnreadDocument, Result],
    progress: Progress,
) -> Generator[Outcome, None, tuple[dict[str, str], dict[str, str | None]]]:
    """Read the files that are new or changed; yield the outcomes of those without a record.

    Returns:
        By source, the hashes of the documents whose records are cached, and the locations of all.
    """
    cached = {file.path: cached_document(workspace, file) for file in files}
    hashes = {path: document.sha256 for path, document in cached.items()}
    named = name_sources(files, hashes, dataset.documents())
    locations = {file.source: file.location for file in named}
    unread: list[UnreadDocument] = []
    documents: dict[str, str] = {}
    if new := sum(_is_new(dataset.entry(file.source), hashes[file.path]) for file in named):
        readers.start(make_reader, new)  # others may need the version, which takes two seconds
    for file in named:
        if file.renamed_from:
            dataset.remove(file.renamed_from)  # its record is cached; it joins again under its path
        entry, sha256 = dataset.entry(file.source), hashes[file.path]
        is_new = entry is None or _is_new(entry, sha256) or workspace.cache.lacks_words(sha256)
        if entry is None or is_new or not entry.extractor.startswith(workspace.version):
            unread.append(replace(cached[file.path], source=file.source))
            continue
        dataset.relocate(file.source, file.location)
        if entry.status == "done":
            documents[file.source] = sha256
        else:
            yield Outcome(file.source, entry.status, entry.reason)
    for result in read_documents(workspace, unread, readers, make_reader):
        progress(result.source)
        if result.reason is None:
            documents[result.source] = result.sha256
        else:
            yield _store_result(workspace, dataset, result, workspace.version, locations[result.source])
    return documents, locations


def _replace_vocabulary(workspace: Workspace, dataset: Dataset) -> None:
    if dataset.vocabulary() != workspace.vocabulary_version:
        dataset.replace_vocabulary(vocabulary_quads(workspace.vocabulary), workspace.vocabulary_version)


def _is_new(entry: Entry | None, sha256: str) -> bool:
    """Tell whether a file is to be read whatever the version of its document in the dataset, which may have none."""
    return entry is None or entry.sha256 != sha256


def _update_statements(
    workspace: Workspace,
    dataset: Dataset,
    given: Mapping[str, str],
    locations: Mapping[str, str | None],
    pool: WorkerPool,
) -> Iterator[Outcome]:
    """Decide identity over all documents; make the statements of those that are new or use other IRIs than before.

    Args:
        given: hash by source of the documents given to this build; their records are cached.
        locations: URI by source of the files given to this build.
    """
    entries = {entry.source: entry for entry in dataset.documents() if entry.status == "done"}
    documents = {source: entry.sha256 for source, entry in entries.items()} | dict(given)
    wordless = [sha256 for sha256 in documents.values() if workspace.cache.lacks_words(sha256)]
    state = (*map(" ".join, sorted(documents.items())), *sorted(wordless), repr(sorted(workspace.origins.items())))
    inputs = _digest(workspace.version, workspace.decisions.fingerprint, workspace.corrections.fingerprint, *state)
    known = all(source in entries and entries[source].sha256 == sha256 for source, sha256 in given.items())
    if known and read_automatic_decisions(workspace.automatic_decisions_file).inputs == inputs:
        yield from (Outcome(source, "skipped") for source in given)
        return
    versions = _decide_identity(workspace, documents)
    current = {
        source
        for source, entry in entries.items()
        if (entry.sha256, entry.extractor) == (documents[source], versions.get(source))
    }
    yield from (Outcome(source, "skipped") for source in given if source in current)
    yield from (Outcome(source, "failed", RECORD_LOST) for source in given if source not in versions)
    build_id = uuid4().hex
    outdated = [CachedRecord(source, documents[source], build_id) for source in versions if source not in current]
    make_worker = worker_factory(workspace)
    for result in pool.map(outdated, make_worker, on_failure=failed, size=partial(_document_size, workspace)):
        location = locations[result.source] if result.source in locations else entries[result.source].location
        yield _store_result(workspace, dataset, result, versions[result.source], location)
    write_automatic_decisions(
        workspace.automatic_decisions_file,
        inputs,
        read_automatic_decisions(workspace.automatic_decisions_file).decisions,
    )


def _decide_identity(workspace: Workspace, documents: Mapping[str, str]) -> dict[str, str]:
    """Write down the automatic decisions over all documents, and each one's part in its inspection.

    Returns:
        The version of each document's statements, by source.
    """
    undecided = Resolver(workspace.vocabulary, Decisions())
    iris: dict[str, frozenset[str]] = {}
    facts: list[DocumentFacts] = []

    def records() -> Iterator[Record]:
        for source, sha256 in sorted(documents.items()):
            if (record := workspace.cache.current_record(sha256, workspace.extractor)) is not None:
                record = workspace.corrections.apply(record)
                iris[source] = undecided.named_iris(record)
                facts.append(facts_of(replace(record, source=source, authority=undecided.authority(record))))
                yield replace(record, source=source)

    profiles = build_profiles(records(), undecided)
    links = cluster_profiles(profiles, workspace.vocabulary, workspace.decisions)
    incumbents = {sha256 for sha256, witness in workspace.witnesses.items() if witness.role == "principal"}
    witnesses = find_witnesses(facts, workspace.decisions, incumbents=incumbents)
    decisions = [*links.decisions, *witness_decisions(witnesses)]
    write_automatic_decisions(workspace.automatic_decisions_file, "", decisions)
    write_witnesses(workspace.witnesses_file, witnesses)
    write_pairs(workspace.pairs_file, links.undecided)
    merged = merge_profiles(profiles, Resolver(workspace.vocabulary, combine_decisions(decisions, workspace.decisions)))
    write_merged_things(workspace.merged_things_file, merged)
    workspace.forget("resolver", "witnesses")
    return {source: workspace.version_of(named, documents[source]) for source, named in iris.items()}


def _document_size(workspace: Workspace, task: CachedRecord) -> int:
    path = document_path(workspace.data, task.sha256)
    return file_size(path) if path else 0


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _store_result(
    workspace: Workspace, dataset: Dataset, result: Result, version: str, location: str | None
) -> Outcome:
    """Put a document's statements in place of its source's earlier ones.

    Where there are none the reason is stored; statements of an earlier, readable version stay.
    """
    before = dataset.entry(result.source)
    was_done = before is not None and before.status == "done"
    entry = Entry(source=result.source, sha256=result.sha256, extractor=version, location=location)
    if result.reason is None:
        entry = replace(entry, fingerprint=result.fingerprint)
        dataset.replace(entry, result.statements)
        return Outcome(result.source, "replaced" if was_done else "added", None, *result.counts)
    if was_done and not result.left_out:
        return Outcome(result.source, "failed", f"{result.reason}; its earlier version stays in the graph")
    status: Literal["failed", "left-out"] = "left-out" if result.left_out else "failed"
    dataset.replace(replace(entry, status=status, reason=result.reason))
    return Outcome(result.source, status, result.reason)
