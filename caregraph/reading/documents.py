"""Reading of documents: a function of their bytes, the same in a process of this machine and on a cluster.

A record is cached by the hash of its document's bytes and the version of the extractors, and is read no more while it
is: a build that was ended goes on where it was.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol, Self

from caregraph.extractors.executor import Executor, WorkerFactory
from caregraph.extractors.reading.file_content import count_pictures, read_content
from caregraph.extractors.worker_pool import file_size
from caregraph.graph.atomic_files import write_atomically
from caregraph.graph.dataset.document_cache import WITHOUT_WORDS, document_path, serialize_record
from caregraph.inputs import InputFile
from caregraph.ontology.errors import ClusterError, NotACouncilReport, UnreadableReport
from caregraph.workspace import Workspace

if TYPE_CHECKING:
    from caregraph.extractors.pipeline import ReportReader


@dataclass(frozen=True, slots=True)
class UnreadDocument:
    """Document to be read: its source and its hash, with the path of its bytes, or the bytes for another machine."""

    source: str
    sha256: str
    path: Path | None
    content: bytes | None = None

    @property
    def key(self) -> str:
        """The hash, which says what is read."""
        return self.sha256

    def packed(self) -> Self:
        """The document with its bytes, for a machine that has no such path."""
        return replace(self, path=None, content=self.load())

    def load(self) -> bytes:
        """Bytes of the document.

        Raises:
            UnreadableReport: if they cannot be read.
        """
        if self.content is not None:
            return self.content
        assert self.path is not None
        return read_content(self.path)


@dataclass(frozen=True, slots=True)
class Result:
    """Hash of a document with its serialized record or statements, or with the reason for having none.

    ``extractor`` is the version of the extractors where the file was read.
    """

    source: str
    sha256: str
    record: bytes = b""
    statements: bytes = b""
    reason: str | None = None
    left_out: bool = False
    counts: tuple[int, ...] = ()
    extractor: str | None = None

    @property
    def fingerprint(self) -> str:
        """Hash of the statements."""
        return hashlib.sha256(self.statements).hexdigest()[:16]


class _Named(Protocol):
    """Document of which something is to be made."""

    @property
    def source(self) -> str: ...

    @property
    def sha256(self) -> str: ...


def failed(task: _Named, reason: str) -> Result:
    """Result of a document of which nothing can be made."""
    return Result(task.source, task.sha256, reason=reason)


def cached_document(workspace: Workspace, file: InputFile) -> UnreadDocument:
    """Document of a file, copied to the cache; where the file cannot be read, its reader will say so."""
    try:
        sha256 = workspace.cache.add_document(read_content(file.path))
    except UnreadableReport:
        return UnreadDocument(file.source, hashlib.sha256(b"").hexdigest(), file.path)
    return UnreadDocument(file.source, sha256, document_path(workspace.data, sha256))


def read_documents(
    workspace: Workspace,
    documents: Sequence[UnreadDocument],
    readers: Executor,
    make_reader: WorkerFactory[UnreadDocument, Result],
) -> Iterator[Result]:
    """Read documents, each content once and unless its record is cached; yield a result for each document."""
    unread: dict[Path | None, list[UnreadDocument]] = {}
    for document in documents:
        version = workspace.cache.record_version(document.sha256)
        if version in (None, WITHOUT_WORDS) or workspace.cache.record(document.sha256, workspace.extractor) is None:
            unread.setdefault(document.path, []).append(document)
        else:
            yield Result(document.source, document.sha256)
    tasks = [same[0] for same in unread.values()]
    results = readers.map(tasks, make_reader, on_failure=failed, size=_size_of, pictures=_pictures_of)
    for same, result in zip(unread.values(), results, strict=True):
        if result.extractor:
            workspace.adopt_extractor(result.extractor)
            if result.record:
                workspace.cache.store_serialized_record(result.sha256, result.record, result.extractor)
        yield from (replace(result, source=document.source) for document in same)


def _size_of(document: UnreadDocument) -> int:
    return file_size(document.path) if document.path else 0


def _pictures_of(document: UnreadDocument) -> int:
    return count_pictures(document.path) if document.path else 0


def remote_reader_factory(workspace: Workspace) -> Callable[[], Callable[[UnreadDocument], Result]]:
    """Make what makes the reader of a process on another machine, which is sent the registers that a user added."""
    registers = [path.read_bytes() for path in workspace.vocabulary.extra]
    return partial(_make_remote_reader, registers, workspace.extractor)


def _make_remote_reader(registers: Sequence[bytes], extractor: str) -> Callable[[UnreadDocument], Result]:
    with TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        for number, register in enumerate(registers):
            write_atomically(Path(folder) / "registers" / f"{number:06}.ttl", register)
        if workspace.extractor != extractor:
            raise ClusterError(f"its extractors are of version {workspace.extractor}, here they are of {extractor}")
        return partial(read_document, workspace.reader, extractor=extractor)


def read_document(reader: "ReportReader", document: UnreadDocument, *, extractor: str) -> Result:
    """Read a document into its serialized record: a function of its bytes, on whatever machine.

    Args:
        extractor: version of the extractors.
    """
    sha256 = document.sha256
    try:
        content = document.load()
        sha256 = hashlib.sha256(content).hexdigest()
        record = reader.read_bytes(document.source, content)
    except UnreadableReport as error:
        left_out = isinstance(error, NotACouncilReport)
        return Result(document.source, sha256, reason=error.reason, left_out=left_out, extractor=extractor)
    return Result(document.source, sha256, record=serialize_record(record), extractor=extractor)
