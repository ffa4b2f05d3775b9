"""CSV files as ``neo4j-admin database import`` reads them: nodes by number, relationships by the numbers of their ends.

    <folder>/nodes/<label>-<number>.csv
    <folder>/relationships/<type>-<number>.csv
    <folder>/options: how they are to be read, an argument a line

A file has the nodes of one label, or the relationships of one type, that have the same properties, so that no cell is
empty. Every value comes back as it was, with its type.
"""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

SEPARATOR = "\x1f"  # between the values of a list
BUFFERED_ROWS = 2_000  # of a file that are written at once
OPTIONS = ("--id-type=integer", "--array-delimiter=U+001F", "--multiline-fields=true")
BYTES = 4  # of a character at most; one that is doubled, as a quotation mark is, has one byte
TYPES = {str: "string", bool: "boolean", int: "long", float: "double", date: "date"}

Header = tuple[str, ...]


class NoImportForm(ValueError):
    """A value that these files cannot carry as it is."""


class ImportFiles:
    """Writer of the files in a folder; ``close`` it before they are read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers: dict[tuple[str, str, Header], int] = {}
        self._rows: dict[tuple[str, str, Header], list[list[Any]]] = {}
        self._largest = 0  # characters of a value

    def add_node(self, number: int, label: str, properties: Mapping[str, Any]) -> None:
        """Add a node under a number of its own.

        Raises:
            NoImportForm: if a value cannot be written.
        """
        header, cells = _header_and_cells(properties)
        self._add(("nodes", label, (":ID", *header)), [number, *cells])

    def add_edge(self, type: str, start: int, end: int, properties: Mapping[str, Any]) -> None:
        """Add a relationship between two nodes, by their numbers.

        Raises:
            NoImportForm: if a value cannot be written.
        """
        header, cells = _header_and_cells(properties)
        self._add(("relationships", type, (":START_ID", ":END_ID", *header)), [start, end, *cells])

    def close(self) -> None:
        """Write what is left, and the options.

        The importer has a buffer for each file that it reads, which the largest value must fit in. Buffers of 16 MB,
        which any value would fit in, fill its heap: it then takes half its time to collect what is unused.
        """
        for table in list(self._rows):
            self._write(table)
        megabytes = 1 + BYTES * self._largest // 2**20
        (self._folder / "options").write_text("\n".join((*OPTIONS, f"--read-buffer-size={megabytes}m")))

    def _add(self, table: tuple[str, str, Header], row: list[Any]) -> None:
        self._largest = max(self._largest, *(len(cell) for cell in row if isinstance(cell, str)), 0)
        rows = self._rows.setdefault(table, [])
        rows.append(row)
        if len(rows) >= BUFFERED_ROWS:
            self._write(table)

    def _write(self, table: tuple[str, str, Header]) -> None:
        kind, name, header = table
        is_new = table not in self._numbers
        number = self._numbers.setdefault(table, len(self._numbers))
        path = self._folder / kind / f"{name}-{number}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", newline="") as file:
            # An empty text must have its quotes, or it is no value.
            writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
            if is_new:
                writer.writerow(header)
            writer.writerows(self._rows.pop(table))


def _header_and_cells(properties: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
    header, cells = [], []
    for key, value in properties.items():
        type_, cell = _typed(value)
        header.append(f"{key}:{type_}")
        cells.append(cell)
    return header, cells


def _typed(value: Any) -> tuple[str, Any]:
    if isinstance(value, list):
        types = {_typed(member)[0] for member in value}
        if len(types) != 1:
            raise NoImportForm(f"a list of {len(types)} types")
        return f"{types.pop()}[]", SEPARATOR.join(_members(value))
    if isinstance(value, bytes):
        return "byte[]", SEPARATOR.join(map(str, memoryview(value).cast("b")))
    if type(value) not in TYPES:
        raise NoImportForm(f"a {type(value).__name__}")
    return TYPES[type(value)], _text(value) if isinstance(value, bool | date) else value


def _members(values: Iterable[Any]) -> Iterable[str]:
    for text in map(_text, values):
        if not text or SEPARATOR in text:
            raise NoImportForm("a list with an empty text, or with the character that parts its values")
        yield text


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
