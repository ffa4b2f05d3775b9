"""The whole flow on one screen: files go in, the dataset and its copy in Neo4j come out.

    read -> segment -> extract -> resolve -> RDF -> validate -> dataset -> Neo4j

``build`` is incremental. A file is known by its name; what it holds by the
hash of its bytes and by the version of everything that reads it. Unchanged
files are skipped, changed ones replaced. Of each document its bytes and its
record are kept, so that where only the rules of identity changed, decisions
and memberships among them, no report is read again.

Who and what is one thing is decided when all records are there, by rule and
by people; a document is made again where that changed what it names.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from caregraph.data_directory import Workspace
from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.document_cache import Kept, source_of
from caregraph.graph.dataset.rdf_terms import packed, unpacked
from caregraph.graph.dataset.statements import to_graph, vocabulary_graph
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.dataset.validation import check
from caregraph.graph.neo4j.payload import Told
from caregraph.graph.neo4j.property_graph import rows
from caregraph.graph.neo4j.sync_plan import told_version
from caregraph.graph.resolution.clustering import link
from caregraph.graph.resolution.decisions import Decisions, read_rulings, write_rulings
from caregraph.graph.resolution.profiles import profiles
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.errors import InvalidGraph, UnreadableReport
from caregraph.ontology.iris import document_iri
from caregraph.ontology.records import Record

# What reads reports is imported where it is used: it takes seconds, for which whoever shows a page need not wait.
if TYPE_CHECKING:
    from caregraph.extractors.reading.page_pictures import Facsimile

SUFFIXES = frozenset({".pdf", ".html", ".htm", ".txt"})  # what is looked for in folders; a file named is always tried
GONE = "what was read of it is gone; build it again"
WAIT = 600.0  # seconds that a build waits for another one to end

Progress = Callable[[str], None]
Status = Literal["added", "replaced", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file in a build. ``reason`` says why it failed; the counts are 0 unless it was read now."""

    source: str
    status: Status
    reason: str | None = None
    judgements: int = 0
    people: int = 0
    mentions: int = 0
    findings: int = 0


@dataclass(frozen=True, slots=True)
class File:
    """A document to be built: the name of its file, and where its bytes are."""

    source: str
    path: Path


@dataclass(frozen=True, slots=True)
class Task:
    """A document whose record is kept, and whose statements are to be made."""

    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Made:
    """A document's hash and, once made, its statements (as `rdf_terms.packed` packs them), or why it gave none."""

    source: str
    sha256: str
    statements: bytes = b""
    reason: str | None = None
    counts: tuple[int, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Names the statements."""
        return hashlib.sha256(self.statements).hexdigest()[:16]


def _silent(source: str) -> None:
    """Progress of which nobody wants to hear."""


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files named and those in the folders named, hidden ones left out, in the order of their paths.

    Raises:
        UnreadableReport: if a path does not exist.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise UnreadableReport(str(path), "does not exist")
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            hidden = path.is_dir() and any(part.startswith(".") for part in file.relative_to(path).parts)
            if file.is_file() and not hidden and (file == path or file.suffix.lower() in SUFFIXES):
                found[file.resolve()] = None
    return list(found)


def preview(workspace: Workspace, source: str, content: bytes) -> Record:
    """What a document says, as a build would have it, without touching the graph; a build after it need not read it.

    Raises:
        UnreadableReport: if it holds nothing that can be read.
        BadDecision: if the decisions cannot all be true.
        StoreError: if the data directory cannot be written.
    """
    record = workspace.reader.read_bytes(source, content)
    workspace.kept.keep_record(record, workspace.extractor)
    return workspace.resolver.resolve(record)


def join(workspace: Workspace, documents: Mapping[str, bytes]) -> list[Outcome]:
    """Build from documents in memory, such as uploads, by the names of their files.

    Raises:
        BadDecision, StoreError: as ``build``.
    """
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / file_name(source) for source in documents]
        for path, content in zip(paths, documents.values(), strict=True):
            path.write_bytes(content)
        return list(build(workspace, paths, workers=1))


def file_name(text: str) -> str:
    """The name of a file that came from outside, without folders and without what no file may be called.

    >>> file_name("C:\\\\reports\\\\../letter.pdf"), file_name("..")
    ('letter.pdf', 'document')
    """
    name = "".join(sign for sign in text.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable())
    return name.lstrip(".")[-200:] or "document"


def page_pictures(data: Path, sha256: str, start: int, end: int) -> "list[Facsimile]":
    """The pages on which some characters of a document stand, with these boxed; none without a copy of its bytes.

    Raises:
        UnreadableReport: if the copy is none of a report.
    """
    from caregraph.extractors.reading.page_pictures import facsimiles

    content = Kept(data).document(sha256)
    return facsimiles("this document", content, start, end) if content else []


def build(
    workspace: Workspace, files: Sequence[Path], *, workers: int | None = None, progress: Progress = _silent
) -> Iterator[Outcome]:
    """Bring the dataset up to date with files, yielding what became of each, and of others that they changed.

    Args:
        progress: told the name of each file that has been read.

    Raises:
        BadDecision: if the decisions cannot all be true.
        StoreError: if the dataset cannot be opened or written; what was done before stands.
    """
    with _opened(workspace) as dataset:
        yield from _build(workspace, dataset, [File(path.name, path) for path in files], workers, progress)


def rebuild(workspace: Workspace, *, workers: int | None = None, progress: Progress = _silent) -> Iterator[Outcome]:
    """Bring all documents of the dataset up to date with the vocabularies and decisions, from what is kept of them.

    Raises:
        BadDecision, StoreError: as ``build``.
    """
    with _opened(workspace) as dataset:
        yield from _build(workspace, dataset, _held(workspace, dataset), workers, progress)


def remove(workspace: Workspace, source: str) -> bool:
    """Take a document back by the name of its file, with every fact that only it supported; whether it was there.

    Raises:
        StoreError: if the dataset cannot be opened or written.
    """
    with _opened(workspace) as dataset:
        there = dataset.remove(source)
        for _ in _settle(workspace, dataset, {}, workers=1):
            pass  # what it alone made one thing is two again
    return there


@contextmanager
def _opened(workspace: Workspace) -> Iterator[Dataset]:
    workspace.forget("decisions", "resolver")  # others may have decided since
    with Dataset.open(workspace.dataset_folder, wait=WAIT) as dataset:
        yield dataset
        workspace.kept.retain({entry.sha256 for entry in dataset.documents() if entry.status == "done"})


def _held(workspace: Workspace, dataset: Dataset) -> list[File]:
    """The copies of the documents that the dataset holds."""
    entries = (entry for entry in dataset.documents() if entry.status == "done")
    held = ((entry.source, source_of(workspace.data, entry.sha256)) for entry in entries)
    return [File(source, path) for source, path in held if path]


def _build(
    workspace: Workspace, dataset: Dataset, files: Sequence[File], workers: int | None, progress: Progress
) -> Iterator[Outcome]:
    from caregraph.extractors.worker_pool import in_order

    if dataset.vocabulary() != workspace.words:
        dataset.replace_vocabulary(vocabulary_graph(workspace.vocabulary), workspace.words)
    todo: list[File] = []
    read: dict[str, str] = {}
    names: set[str] = set()
    for file in files:
        entry, sha256 = dataset.entry(file.source), workspace.kept.keep(_bytes(file.path))
        known = entry is not None and entry.sha256 == sha256 and entry.extractor.startswith(workspace.version)
        if file.source in names:
            yield Outcome(file.source, "failed", f"another file of this name was given: {file.path}")
        elif entry is None or not known:
            todo.append(file)
        elif entry.status == "failed":
            yield Outcome(file.source, "failed", entry.reason)
        else:
            read[file.source] = sha256
        names.add(file.source)
    for one in in_order(todo, partial(Recorder, workspace), crashed=_crashed, workers=workers):
        progress(one.source)
        if one.reason is None:
            read[one.source] = one.sha256
        else:
            yield _put(workspace, dataset, one, workspace.version)
    yield from _settle(workspace, dataset, read, workers=workers)


def _settle(
    workspace: Workspace, dataset: Dataset, read: Mapping[str, str], *, workers: int | None
) -> Iterator[Outcome]:
    """Decide what is one thing in all documents, and make the statements of those that are new or named otherwise.

    Args:
        read: the hashes of the documents that were given, by the names of their files; their records are kept.
    """
    from caregraph.extractors.worker_pool import in_order

    entries = {entry.source: entry for entry in dataset.documents() if entry.status == "done"}
    documents = {source: entry.sha256 for source, entry in entries.items()} | dict(read)
    made_of = _digest(workspace.version, workspace.decisions.fingerprint, *map(" ".join, sorted(documents.items())))
    built = all(source in entries and entries[source].sha256 == sha256 for source, sha256 in read.items())
    if built and read_rulings(workspace.rulings_file)[0] == made_of:
        yield from (Outcome(source, "skipped") for source in read)
        return
    versions = _link(workspace, documents)
    stands = {
        source
        for source, entry in entries.items()
        if (entry.sha256, entry.extractor) == (documents[source], versions.get(source))
    }
    yield from (Outcome(source, "skipped") for source in read if source in stands)
    yield from (Outcome(source, "failed", GONE) for source in read if source not in versions)
    todo = [Task(source, documents[source]) for source in versions if source not in stands]
    for made in in_order(todo, partial(Maker, workspace), crashed=_crashed, workers=workers):
        yield _put(workspace, dataset, made, versions[made.source])
    write_rulings(workspace.rulings_file, made_of, read_rulings(workspace.rulings_file)[1])


def _link(workspace: Workspace, documents: Mapping[str, str]) -> dict[str, str]:
    """Write down what the rules decide over all documents, and return each one's version, by the name of its file."""
    plain = Resolver(workspace.vocabulary, Decisions())
    named: dict[str, frozenset[str]] = {}

    def records() -> Iterator[Record]:
        for source, sha256 in sorted(documents.items()):
            if (record := workspace.kept.record(sha256, workspace.extractor)) is not None:
                named[source] = plain.named_in(record)
                yield replace(record, source=source)

    links = link(profiles(records(), plain), workspace.vocabulary, workspace.decisions)
    write_rulings(workspace.rulings_file, "", links.decisions)
    workspace.forget("resolver")
    return {source: workspace.version_of(iris) for source, iris in named.items()}


class Recorder:
    """All stages between a file and its record, which is kept; one to a process."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._extractor = workspace.extractor  # the build's, whatever another process may find installed meanwhile

    def __call__(self, file: File) -> Made:
        """Read a file, unless its record is kept."""
        from caregraph.extractors.reading.read import content_of

        sha256, workspace = hashlib.sha256(b"").hexdigest(), self._workspace
        try:
            content = content_of(file.path)
            sha256 = hashlib.sha256(content).hexdigest()
            if workspace.kept.record(sha256, self._extractor) is None:
                workspace.kept.keep_record(workspace.reader.read_bytes(file.source, content), self._extractor)
        except UnreadableReport as error:
            return Made(file.source, sha256, reason=error.reason)
        return Made(file.source, sha256)


class Maker:
    """All stages between a record and the dataset; one to a process."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._extractor = workspace.extractor

    def __call__(self, task: Task) -> Made:
        """Resolve a document's record, make statements of it and check them."""
        workspace = self._workspace
        record = workspace.kept.record(task.sha256, self._extractor)
        if record is None:
            return Made(task.source, task.sha256, reason=GONE)
        resolved = workspace.resolver.resolve(replace(record, source=task.source))
        graph = to_graph(resolved, workspace.vocabulary, extractor=self._extractor)
        try:
            check(graph, source=task.source)
        except InvalidGraph as error:
            return Made(task.source, task.sha256, reason=str(error))
        counts = tuple(map(len, (record.judgements, record.people, record.mentions, record.findings)))
        made = Made(task.source, task.sha256, packed(graph), counts=counts)
        with suppress(InvalidGraph):  # of which whoever loads it into Neo4j will tell
            name = document_iri(task.sha256)
            told = Told.of(rows(name, unpacked(made.statements, name)))
            workspace.kept.keep_payload(task.sha256, told_version(made.fingerprint), told.pack())
        return made


def _crashed(task: "File | Task") -> Made:
    sha256 = hashlib.sha256(_bytes(task.path)).hexdigest() if isinstance(task, File) else task.sha256
    return Made(task.source, sha256, reason="makes the reader crash")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _bytes(path: Path) -> bytes:
    """The bytes of a file; none if it cannot be opened, which `Recorder` tells of."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _put(workspace: Workspace, dataset: Dataset, made: Made, version: str) -> Outcome:
    """Put the statements of a document in place of what its file gave before.

    Of a file that gave none the reason is noted; what an earlier, readable version of it said is kept.
    """
    before = dataset.entry(made.source)
    there = before is not None and before.status == "done"
    if made.reason is None:
        done = Entry(source=made.source, sha256=made.sha256, extractor=version, fingerprint=made.fingerprint)
        dataset.replace(done, unpacked(made.statements, done.document))
        return Outcome(made.source, "replaced" if there else "added", None, *made.counts)
    if there:
        return Outcome(made.source, "failed", f"{made.reason}; what an earlier version of it said is kept")
    failed = Entry(source=made.source, sha256=made.sha256, extractor=version, status="failed", reason=made.reason)
    dataset.replace(failed)
    return Outcome(made.source, "failed", made.reason)
