"""Uploads: documents in memory, previewed before they join the graph, and pictures of their pages."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any, NamedTuple

from caregraph.build import Outcome, build
from caregraph.extractors.executor import LIMITS, Limits
from caregraph.extractors.reading.file_content import count_pictures_in
from caregraph.extractors.reading.page_pictures import PagePicture, draw_pages
from caregraph.extractors.worker_pool import borrowed_pool
from caregraph.graph.dataset.document_cache import DocumentCache
from caregraph.inputs import InputFile, Inputs
from caregraph.ontology.errors import StoreError, UnreadableReport
from caregraph.ontology.records import Record
from caregraph.ontology.report import PicturePage
from caregraph.workspace import Workspace

DRAWING_LIMITS = Limits(seconds=30)  # a page is drawn in a tenth of a second once its document is read, in a few

_AT_ONCE = BoundedSemaphore(2)  # documents that an explorer reads at once; each needs the memory of a process


class Upload(NamedTuple):
    """Document in memory; ``source`` names it in messages."""

    source: str
    content: bytes


def _run(upload: Upload, task: Any, make_worker: Callable[[], Callable[[Any], Any]], limits: Limits) -> Any:
    """Result of a task about a document, from a process that stays for the next one.

    Raises:
        UnreadableReport: if it exceeds a limit or crashes the process.
        CaregraphError: as the worker does.
    """

    def fail(_: Any, reason: str) -> Any:
        raise UnreadableReport(upload.source, reason)

    with _AT_ONCE, borrowed_pool(1) as pool:
        [result] = pool.map(
            [task],
            make_worker,
            on_failure=fail,
            size=lambda _: len(upload.content),
            pictures=lambda _: count_pictures_in(upload.content),
            limits=limits,
        )
    return result


def preview(workspace: Workspace, source: str, content: bytes, *, limits: Limits = LIMITS) -> Record:
    """Read a document as a build would, without touching the graph; a build after it need not read it again.

    Raises:
        UnreadableReport: if it holds nothing that can be read, or exceeds a limit of time or memory.
        BadDecision: if people's decisions contradict each other.
        StoreError: if the data directory cannot be written.
    """
    upload = Upload(source, content)
    make_reader = partial(_make_reader, workspace, workspace.vocabulary_version)  # made anew with other registers
    record: Record = _run(upload, upload, make_reader, limits)
    return workspace.resolver.resolve(record)


def _make_reader(workspace: Workspace, version: str) -> Callable[[Upload], Record]:
    return partial(_read_upload, workspace)


def _read_upload(workspace: Workspace, upload: Upload) -> Record:
    record = workspace.reader.read_bytes(upload.source, upload.content)
    workspace.cache.store_record(record, workspace.extractor)
    return record


def add_documents(workspace: Workspace, documents: Mapping[str, bytes]) -> list[Outcome]:
    """Build from documents in memory, keyed by the names of their files.

    Raises:
        BadDecision, StoreError: as ``build``.
    """
    try:
        with TemporaryDirectory() as folder:
            files = []
            for number, (source, content) in enumerate(documents.items()):
                name, path = file_name(source), Path(folder) / str(number)
                path.write_bytes(content)
                files.append(InputFile(name, path, f"upload:{hashlib.sha256(content).hexdigest()}"))
            return list(build(workspace, Inputs(tuple(files)), workers=1))
    except OSError as error:
        raise StoreError(f"the documents cannot be written: {error.strerror or error}") from error


def file_name(text: str) -> str:
    """Make a safe file name of one that came from outside: no folders, no control characters, not hidden.

    >>> file_name("C:\\\\reports\\\\../letter.pdf"), file_name("..")
    ('letter.pdf', 'document')
    """
    name = "".join(sign for sign in text.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable())
    return name.lstrip(".")[-200:] or "document"


def page_pictures(data: Path, sha256: str, start: int, end: int) -> list[PagePicture]:
    """Draw the pages on which some characters of a document stand, with these boxed; none if its bytes are not cached.

    Raises:
        UnreadableReport: if the cached bytes are not a report, or drawing exceeds a limit of time or memory.
    """
    cache = DocumentCache(data)
    content = cache.document(sha256)
    if not content:
        return []
    upload = Upload("this document", content)
    record = cache.record(sha256, None)
    task = _Drawing(upload, start, end, record.picture_pages if record else None)
    pictures: list[PagePicture] = _run(upload, task, _make_drawer, DRAWING_LIMITS)
    return pictures


class _Drawing(NamedTuple):
    """Characters of a document that are to be boxed, and what was read from pictures of its pages, if that is known."""

    upload: Upload
    start: int
    end: int
    picture_pages: Sequence[PicturePage] | None


def _make_drawer() -> Callable[[_Drawing], list[PagePicture]]:
    return _draw


def _draw(task: _Drawing) -> list[PagePicture]:
    upload, start, end, picture_pages = task
    return draw_pages(upload.source, upload.content, start, end, picture_pages=picture_pages)
