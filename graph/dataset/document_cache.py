"""Cache of documents beside the dataset: their bytes, their records and their payloads for Neo4j.

    <data>/documents/<sha256>       the bytes, to show a page or read the document again
    <data>/records/<sha256>.json    the record of extraction, before it is resolved
    <data>/told/<sha256>.z          the load payload for Neo4j that its statements make

Each record and payload comes after a header line with its version and a digest. The hash of the document's bytes
names the files, and nothing that comes from outside does. A damaged file is logged and counts as missing.
"""

import hashlib
import json
import logging
import re
from collections.abc import Callable, Mapping, Set
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from caregraph.graph.atomic_files import write_atomically
from caregraph.ontology.errors import InvalidRecord
from caregraph.ontology.records import PARTS, Authority, Record, WithoutWords, plain_part
from caregraph.ontology.report import PictureLine, PicturePage

log = logging.getLogger(__name__)

_HASH = re.compile(r"[0-9a-f]{64}")
WITHOUT_WORDS = "without-words"  # the version of a record that no extractor here made, and that none can make anew

_DERIVED = ("themes",)  # shown to those who ask for a record as JSON, and no fields of it
# fields that are not such parts
_OF_THEIR_OWN = ("authority", "inspected", "published", "picture_pages", "without_words")


def document_path(data: Path, sha256: str) -> Path | None:
    """Path of the copy of a document's bytes in a data directory; None if there is none.

    >>> document_path(Path("no-such-folder"), "../../secrets") is None
    True
    """
    path = data / "documents" / sha256
    return path if _HASH.fullmatch(sha256) and path.is_file() else None


class DocumentCache:
    """Cache of documents in a data directory."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._documents = data / "documents"
        self._records = data / "records"
        self._payloads = data / "told"

    def add_document(self, content: bytes) -> str:
        """Store a document's bytes, and return their hash. A damaged copy is replaced.

        Raises:
            StoreError: if they cannot be written.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        if self.document(sha256) is None:
            write_atomically(self._documents / sha256, content)
        return sha256

    def document(self, sha256: str) -> bytes | None:
        """Bytes of a document; None if there is no copy, or it is damaged."""
        path = document_path(self._data, sha256)
        if path is None:
            return None
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            _log_damage(path)
            return None
        return content

    def store_record(self, record: Record, extractor: str) -> None:
        """Store a record under the version of the extractors that made it. Raises as ``store_serialized_record``."""
        self.store_serialized_record(record.sha256, serialize_record(record), extractor)

    def store_serialized_record(self, sha256: str, body: bytes, extractor: str) -> None:
        """Store a record from `serialize_record`, by its document's hash.

        Raises:
            StoreError: if it cannot be written.
        """
        _write_versioned(self._records / f"{sha256}.json", extractor, body)

    def record(self, sha256: str, extractor: str | None) -> Record | None:
        """Record of a document from these extractors, or from any where None is given.

        None if there is none in their version, or it is damaged; or if it has other fields than records have today.
        """
        path = self._records / f"{sha256}.json"
        body = _read_versioned(path, sha256, extractor)
        if body is None:
            return None
        try:
            record = _record_from_json(json.loads(body))
        except (ValueError, TypeError, LookupError, InvalidRecord) as error:
            if extractor is not None:  # one of another version may have other fields
                _log_damage(path, error)
            return None
        if record.sha256 != sha256:
            _log_damage(path)
            return None
        return record

    def current_record(self, sha256: str, extractor: str) -> Record | None:
        """Record of a document from these extractors, or without words, as long as there is none from any extractors.

        None as `record`.
        """
        return self.record(sha256, extractor) or self.record(sha256, WITHOUT_WORDS)

    def lacks_words(self, sha256: str) -> bool:
        """True if what is known of a document is its record without words."""
        return self.record_version(sha256) == WITHOUT_WORDS

    def record_version(self, sha256: str) -> str | None:
        """Version of the extractors that made a document's record, which need not be whole; None if there is none."""
        try:
            with (self._records / f"{sha256}.json").open("rb") as file:
                version = json.loads(file.readline())["version"]
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return version if isinstance(version, str) else None

    def store_payload(self, sha256: str, version: str, payload: bytes) -> None:
        """Store a document's serialized payload for Neo4j under its version.

        Raises:
            StoreError: if it cannot be written.
        """
        _write_versioned(self._payloads / f"{sha256}.z", version, payload)

    def payload(self, sha256: str, version: str) -> bytes | None:
        """Serialized payload of a document for Neo4j; None if there is none in this version, or it is damaged."""
        return _read_versioned(self._payloads / f"{sha256}.z", sha256, version)

    def prune(self, documents: Set[str]) -> None:
        """Delete the files of all documents but these, given by their hashes."""
        for folder, suffix in ((self._documents, ""), (self._records, ".json"), (self._payloads, ".z")):
            for path in folder.iterdir() if folder.is_dir() else ():
                if path.name.removesuffix(suffix) not in documents:
                    path.unlink(missing_ok=True)


def _write_versioned(path: Path, version: str, body: bytes) -> None:
    header = json.dumps({"version": version, "digest": hashlib.sha256(body).hexdigest()}).encode()
    write_atomically(path, header + b"\n" + body)


def _read_versioned(path: Path, sha256: str, version: str | None) -> bytes | None:
    """Body of a file from `_write_versioned`; None if it is missing, damaged or not of the version, if one is given."""
    if not _HASH.fullmatch(sha256) or not path.is_file():
        return None
    head, _, body = path.read_bytes().partition(b"\n")
    try:
        header = json.loads(head)
        stored_version, digest = header["version"], header["digest"]
    except (ValueError, TypeError, KeyError) as error:
        _log_damage(path, error)
        return None
    if digest != hashlib.sha256(body).hexdigest():
        _log_damage(path)
        return None
    return body if version in (None, stored_version) else None


def _log_damage(path: Path, error: Exception | None = None) -> None:
    log.warning("%s is damaged and counts as missing%s", path, f": {error}" if error else "")


def serialize_record(record: Record) -> bytes:
    """Record as the cache has it."""
    return json.dumps(_record_as_json(record), ensure_ascii=False, separators=(",", ":")).encode()


def _record_as_json(record: Record) -> dict[str, Any]:
    content = {name: value for name, value in record.as_json().items() if name not in _DERIVED}
    hidden = {
        "passages": [plain_part(part) for part in record.passages],
        "picture_pages": [asdict(page) for page in record.picture_pages],
    }
    return {**content, **hidden, "without_words": record.without_words and asdict(record.without_words)}


def _record_from_json(content: dict[str, Any]) -> Record:
    parts: dict[str, Any] = {
        name: tuple(_part_from_json(kind, row) for row in content.pop(name)) for name, kind in PARTS.items()
    }
    authority, inspected, published, picture_pages, without_words = (content.pop(name) for name in _OF_THEIR_OWN)
    return Record(
        **content,
        **parts,
        picture_pages=tuple(_picture_page_from_json(row) for row in picture_pages),
        authority=Authority(**authority) if authority else None,
        inspected=tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in inspected),
        published=date.fromisoformat(published) if published else None,
        without_words=_without_words_from_json(without_words) if without_words else None,
    )


def _without_words_from_json(row: Mapping[str, Any]) -> WithoutWords:
    made: WithoutWords = _part_from_json(WithoutWords, {**row, "same": [tuple(pair) for pair in row["same"]]})
    return made


def _picture_page_from_json(row: Mapping[str, Any]) -> PicturePage:
    return PicturePage(**{**row, "lines": tuple(_part_from_json(PictureLine, line) for line in row["lines"])})


def _part_from_json(kind: Callable[..., Any], row: Mapping[str, Any]) -> Any:
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})
