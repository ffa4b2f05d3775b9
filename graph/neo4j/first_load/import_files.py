"""CSV files as ``neo4j-admin database import`` reads them: nodes by number, relationships by the numbers of their ends.

    <folder>/nodes/<label>-<number>.csv
    <folder>/relationships/<type>-<number>.csv
    <folder>/options: how they are to be read, an argument a line

A file has nodes of one label, or relationships of one type. Another one is begun where a property first comes when
rows without it are written, or has a value of another type. A cell without a value is empty, and an empty text has its
quotes. Every value comes back as it was, with its type.
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


class NoImportForm(ValueError):
    """A value that these files cannot carry as it is."""


class _Nothing:
    """Cell without a value: a number for the writer, and so without quotes, which would make it an empty text."""

    def __float__(self) -> float:
        raise TypeError("there is no value")

    def __str__(self) -> str:
        return ""


NOTHING = _Nothing()


class _Table:
    """Rows of one file, whose columns are those that its first rows needed: once they are written, none is added."""

    def __init__(self, path: Path, columns: Mapping[str, str]) -> None:
        self._path = path
        self.columns = dict(columns)  # the type of each; ids have none
        self._rows: list[list[Any]] = []
        self._is_written = False

    def takes(self, types: Mapping[str, str]) -> bool:
        """Tell if a row with properties of these types can be added."""
        return all(
            self.columns[key] == type if key in self.columns else not self._is_written for key, type in types.items()
        )

    def add(self, cells: Mapping[str, Any]) -> None:
        """Add a row, given by its columns."""
        self._rows.append([cells.get(column, NOTHING) for column in self.columns])
        if len(self._rows) >= BUFFERED_ROWS:
            self.write()

    def write(self) -> None:
        """Write the rows that wait."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
            if not self._is_written:
                writer.writerow(f"{column}:{type}" if type else column for column, type in self.columns.items())
                width = len(self.columns)
                self._rows = [row + [NOTHING] * (width - len(row)) for row in self._rows]
            writer.writerows(self._rows)
        self._is_written = True
        self._rows.clear()


class ImportFiles:
    """Writer of the files in a folder; ``close`` it before they are read.

    The importer waits a tenth of a second more than once for each file, so there are as few as can be.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tables: dict[tuple[str, str], list[_Table]] = {}
        self._taking: dict[tuple[Any, ...], _Table] = {}  # the table of rows that have such properties
        self._largest = 0  # characters of a value

    def add_node(self, number: int, label: str, properties: Mapping[str, Any]) -> None:
        """Add a node under a number of its own.

        Raises:
            NoImportForm: if a value cannot be written.
        """
        self._add("nodes", label, {":ID": number}, properties)

    def add_edge(self, type: str, start: int, end: int, properties: Mapping[str, Any]) -> None:
        """Add a relationship between two nodes, by their numbers.

        Raises:
            NoImportForm: if a value cannot be written.
        """
        self._add("relationships", type, {":START_ID": start, ":END_ID": end}, properties)

    def close(self) -> None:
        """Write what is left, and the options.

        The importer has a buffer for each file that it reads, which the largest value must fit in. Buffers of 16 MB,
        which any value would fit in, fill its heap: it then takes half its time to collect what is unused.
        """
        for table in (table for tables in self._tables.values() for table in tables):
            table.write()
        megabytes = 1 + BYTES * self._largest // 2**20
        (self._folder / "options").write_text("\n".join((*OPTIONS, f"--read-buffer-size={megabytes}m")))

    def _add(self, kind: str, name: str, ids: Mapping[str, int], properties: Mapping[str, Any]) -> None:
        cells, types = dict[str, Any](ids), dict[str, str]()
        for key, value in properties.items():
            types[key], cells[key] = _typed(value)
            if isinstance(cells[key], str):
                self._largest = max(self._largest, len(cells[key]))
        form = (kind, name, *types.items())
        table = self._taking.get(form)
        if table is None:
            table = self._taking[form] = self._table_for(kind, name, types, ids)
        table.add(cells)

    def _table_for(self, kind: str, name: str, types: Mapping[str, str], ids: Iterable[str]) -> _Table:
        """The newest table that takes rows with properties of these types, or another one."""
        tables = self._tables.setdefault((kind, name), [])
        table = next((table for table in reversed(tables) if table.takes(types)), None)
        if table is None:
            columns = tables[-1].columns if tables else dict.fromkeys(ids, "")
            table = _Table(self._folder / kind / f"{name}-{len(tables)}.csv", columns)
            tables.append(table)
        table.columns.update(types)
        return table


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
