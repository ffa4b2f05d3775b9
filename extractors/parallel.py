"""Extraction fans out over documents: processes of our own, one pipeline each, in the order the files were given."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from extractors.extract import document, make_pipeline, record_of
from extractors.read import read_report, report_from_bytes
from extractors.sections import segment
from ontology.errors import CaregraphError, UnreadableReport
from ontology.records import Record, Report
from ontology.terms import Vocabulary, load_vocabulary

_FEW = 6  # files that one process reads sooner than others have started
_QUEUE = 3  # files waiting for each worker, so that memory does not grow with their number


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came of one file: a record, or the reason why there is none."""

    path: Path
    record: Record | None
    reason: str | None = None


class Reader:
    """Reads files into records: read, segment, extract. One to a process."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._nlp = make_pipeline(vocabulary)

    def read(self, path: Path) -> Record:
        """The record of one report file.

        Raises:
            UnreadableReport: if it holds none.
        """
        return self.record(read_report(path))

    def read_bytes(self, source: str, content: bytes) -> Record:
        """The record of a report in memory. Raises as ``read``."""
        return self.record(report_from_bytes(source, content))

    def record(self, report: Report) -> Record:
        """What a report as read says."""
        return record_of(document(self._nlp, segment(report)))


def extracted(paths: Sequence[Path], *, vocabulary: Vocabulary, workers: int | None = None) -> Iterator[Extracted]:
    """Read files into records, in order, on all cores where there are many; one failure stops nothing."""
    if not paths:
        return  # a pipeline takes a second to make
    workers = workers or os.cpu_count() or 1
    if workers == 1 or len(paths) <= _FEW:
        reader = Reader(vocabulary)
        for path in paths:
            yield _read(reader, path)
        return
    yield from _side_by_side(paths, vocabulary, workers)


def _read(reader: Reader, path: Path) -> Extracted:
    try:
        return Extracted(path, reader.read(path))
    except UnreadableReport as error:
        return Extracted(path, None, error.reason)
    except CaregraphError as error:
        return Extracted(path, None, str(error))


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
            return Extracted(path, None, "makes the reader crash")


def _pool(vocabulary: Vocabulary, workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the parent may hold the dataset and a driver with threads of its own.
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=spawn, initializer=_begin, initargs=(vocabulary.extra,))
