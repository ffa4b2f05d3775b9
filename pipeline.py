"""The whole flow on one screen: files go in, the dataset and its copy in Neo4j come out.

    read -> segment -> extract -> resolve -> RDF -> validate -> dataset -> Neo4j

``build`` is incremental. A document is known by the hash of its bytes and the
version of the extractors; a file of the same name with other bytes replaces it.
"""

import hashlib
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from extractors.extract import document, make_pipeline, record_of
from extractors.extract import version as extractor_version
from extractors.read import report_from_bytes
from extractors.sections import segment
from ontology.errors import CaregraphError, UnreadableReport
from ontology.records import Record
from ontology.terms import Vocabulary, load_vocabulary

SUFFIXES = frozenset({".pdf", ".html", ".htm", ".txt"})  # what is looked for in folders; a file named is always tried
_FEW = 6  # files that one process reads sooner than others have started
_QUEUE = 3  # files a worker waits with, so that memory does not grow with their number


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, as its bytes were when the build began."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came of one file: a record, or the reason why not."""

    source: Source
    record: Record | None
    reason: str | None = None


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files named and those in the folders named, hidden ones left out, in the order of their paths.

    Raises:
        UnreadableReport: if a path does not exist.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise UnreadableReport(str(path), "does not exist")
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            hidden = path.is_dir() and any(part.startswith(".") for part in file.relative_to(path).parts)
            wanted = file == path or file.suffix.lower() in SUFFIXES
            if file.is_file() and wanted and not hidden:
                found[file.resolve()] = None
    return list(found)


class Reader:
    """Reads files into records: read, segment, extract. One to a process."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._nlp = make_pipeline(vocabulary)

    def read(self, name: str, content: bytes) -> Record:
        """The record of one report.

        Raises:
            UnreadableReport: if the bytes hold none.
        """
        return record_of(document(self._nlp, segment(report_from_bytes(name, content))))


def extracted(paths: Sequence[Path], *, vocabulary: Vocabulary, workers: int | None = None) -> Iterator[Extracted]:
    """Read files into records, in order, on all cores where there are many; one failure stops nothing."""
    workers = workers or os.cpu_count() or 1
    if workers == 1 or len(paths) <= _FEW:
        reader = Reader(vocabulary)
        for path in paths:
            yield _read(reader, path)
        return
    yield from _side_by_side(paths, vocabulary, workers)


def _read(reader: Reader, path: Path) -> Extracted:
    source = Source(path, "")
    try:
        content = path.read_bytes()
        source = Source(path, hashlib.sha256(content).hexdigest())
        return Extracted(source, reader.read(path.name, content))
    except OSError as error:
        return Extracted(source, None, f"cannot be opened: {(error.strerror or 'error').lower()}")
    except UnreadableReport as error:
        return Extracted(source, None, error.reason)
    except CaregraphError as error:
        return Extracted(source, None, str(error))


_reader: Reader | None = None  # this worker's own


def _begin(extra: Sequence[Path]) -> None:
    global _reader
    _reader = Reader(load_vocabulary(extra))


def _read_here(path: Path) -> Extracted:
    assert _reader is not None
    return _read(_reader, path)


def _side_by_side(paths: Sequence[Path], vocabulary: Vocabulary, workers: int) -> Iterator[Extracted]:
    """Fan out over processes, keeping the order. A file that kills its process is tried once more, alone."""
    waiting = deque(paths)
    while waiting:
        with _pool(vocabulary, min(workers, len(waiting))) as pool:
            under_way: deque[tuple[Path, Future[Extracted]]] = deque()
            try:
                while waiting or under_way:
                    while waiting and len(under_way) < workers * _QUEUE:
                        under_way.append((waiting[0], pool.submit(_read_here, waiting[0])))
                        waiting.popleft()
                    yield under_way[0][1].result()
                    under_way.popleft()
            except BrokenProcessPool:
                path, *others = (path for path, _ in under_way)
                waiting.extendleft(reversed(others))
        if under_way:
            yield _read_alone(path, vocabulary)


def _read_alone(path: Path, vocabulary: Vocabulary) -> Extracted:
    with _pool(vocabulary, 1) as pool:
        try:
            return pool.submit(_read_here, path).result()
        except BrokenProcessPool:
            return Extracted(Source(path, ""), None, "makes the PDF reader crash")


def _pool(vocabulary: Vocabulary, workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the parent may hold the dataset and a driver with threads of its own.
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=spawn, initializer=_begin, initargs=(vocabulary.extra,))
