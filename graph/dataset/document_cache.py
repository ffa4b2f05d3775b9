"""What a build keeps of each document beside the dataset: its bytes, and the record that extraction made of them.

    <data>/documents/<sha256>       the bytes, for whoever shows a page or reads the document again
    <data>/records/<sha256>.json    the record before it is resolved, after a line that says what read it
    <data>/told/<sha256>.z          what its statements make in Neo4j, after a line that says of which it is made

A file is named by the hash of the document's bytes and by nothing that comes from outside. What is not whole
counts as not there.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Set
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from caregraph.graph.atomic_files import write_whole
from caregraph.ontology.errors import InvalidRecord
from caregraph.ontology.records import Authority, Finding, Judgement, Mention, Passage, Person, Record, Unread

_HASH = re.compile(r"[0-9a-f]{64}")
_PARTS: Mapping[str, Callable[..., Any]] = {
    "judgements": Judgement,
    "people": Person,
    "mentions": Mention,
    "findings": Finding,
    "unread": Unread,
    "passages": Passage,
}


def source_of(data: Path, sha256: str) -> Path | None:
    """The copy of a document's bytes in a data directory; None if there is none.

    >>> source_of(Path("no-such-folder"), "../../secrets") is None
    True
    """
    path = data / "documents" / sha256
    return path if _HASH.fullmatch(sha256) and path.is_file() else None


class Kept:
    """What a data directory keeps of documents."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._documents = data / "documents"
        self._records = data / "records"
        self._payloads = data / "told"

    def keep(self, content: bytes) -> str:
        """Keep a document's bytes, and return their hash. A copy that was damaged is made again.

        Raises:
            StoreError: if they cannot be written.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        if self.document(sha256) is None:
            write_whole(self._documents / sha256, content)
        return sha256

    def document(self, sha256: str) -> bytes | None:
        """The bytes of a document; None if there is no copy, or it is damaged."""
        path = source_of(self._data, sha256)
        content = path.read_bytes() if path else b""
        return content if hashlib.sha256(content).hexdigest() == sha256 else None

    def keep_record(self, record: Record, extractor: str) -> None:
        """Keep what extraction made of a document, and which extractors they were.

        Raises:
            StoreError: if it cannot be written.
        """
        body = json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":")).encode()
        _write(self._records / f"{record.sha256}.json", extractor, body)

    def record(self, sha256: str, extractor: str) -> Record | None:
        """What these extractors made of a document; None if it was others, or what is kept is damaged."""
        body = _read(self._records, sha256, ".json", extractor)
        try:
            record = _record(json.loads(body)) if body else None
        except (ValueError, TypeError, LookupError, InvalidRecord):
            return None
        return record if record and record.sha256 == sha256 else None

    def keep_payload(self, sha256: str, version: str, payload: bytes) -> None:
        """Store a document's serialized payload for Neo4j under its version.

        Raises:
            StoreError: if it cannot be written.
        """
        _write(self._payloads / f"{sha256}.z", version, payload)

    def payload(self, sha256: str, version: str) -> bytes | None:
        """A document's serialized payload for Neo4j in this version; None if none is stored, or it is damaged."""
        return _read(self._payloads, sha256, ".z", version)

    def retain(self, documents: Set[str]) -> None:
        """Throw away what is kept of all documents but these, by their hashes."""
        for folder, suffix in ((self._documents, ""), (self._records, ".json"), (self._payloads, ".z")):
            for path in folder.iterdir() if folder.is_dir() else ():
                if path.name.removesuffix(suffix) not in documents:
                    path.unlink(missing_ok=True)


def _write(path: Path, version: str, body: bytes) -> None:
    head = json.dumps({"version": version, "digest": hashlib.sha256(body).hexdigest()}).encode()
    write_whole(path, head + b"\n" + body)


def _read(folder: Path, sha256: str, suffix: str, version: str) -> bytes | None:
    """What `_write` wrote of a document in this version; None if there is none such, or it is damaged."""
    path = folder / f"{sha256}{suffix}"
    if not _HASH.fullmatch(sha256) or not path.is_file():
        return None
    head, _, body = path.read_bytes().partition(b"\n")
    try:
        whole = json.loads(head) == {"version": version, "digest": hashlib.sha256(body).hexdigest()}
    except ValueError:
        return None
    return body if whole else None


def _plain(record: Record) -> dict[str, Any]:
    return {**record.as_json(), "passages": [asdict(passage) for passage in record.passages]}


def _record(plain: dict[str, Any]) -> Record:
    parts: dict[str, Any] = {name: tuple(_part(kind, row) for row in plain.pop(name)) for name, kind in _PARTS.items()}
    authority, inspected, published = (plain.pop(name) for name in ("authority", "inspected", "published"))
    return Record(
        **plain,
        **parts,
        authority=Authority(**authority) if authority else None,
        inspected=tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in inspected),
        published=date.fromisoformat(published) if published else None,
    )


def _part(kind: Callable[..., Any], row: Mapping[str, Any]) -> Any:
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})
