"""Protocols of a database that answers our own Cypher; `neo4j.store.Neo4jStore` is one."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol


class Reader(Protocol):
    """A database that answers a trusted read, one dict a row."""

    def read(self, cypher: str, **parameters: object) -> list[dict[str, Any]]: ...


class BulkReader(Reader, Protocol):
    """A database that also reads many rows at once, as lists in one record."""

    def read_in_one_record(self, cypher: str, columns: Sequence[str], **parameters: object) -> list[dict[str, Any]]: ...


class ReadWriter(Reader, Protocol):
    """A database that can be written to."""

    def write(self, cypher: str, **parameters: object) -> list[dict[str, Any]]: ...


class RowReader(Protocol):
    """A database that yields an answer row by row, so that an answer of any length needs little memory."""

    def stream(self, cypher: str, **parameters: object) -> Iterator[dict[str, Any]]: ...
