"""Comma-separated values in a zip: for spreadsheets, or in the form that ``neo4j-admin`` imports."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from caregraph.graph.export.spreadsheet import ENCODING, safe_cell
from caregraph.graph.export.tables import FROM, TO, Column, Table, Tables, flat_value
from caregraph.graph.neo4j.first_load.import_files import SEPARATOR
from caregraph.graph.readers import RowReader
from caregraph.ontology.licence import attribution

TYPES = {"string": "string", "integer": "long", "double": "double", "boolean": "boolean", "date": "date"}
IMPORT = r"""{attribution}

Import into an empty database called neo4j of a server that is stopped:

  neo4j-admin database import full neo4j --array-delimiter=U+001F --multiline-fields=true --overwrite-destination \
    {files}

The import makes no constraint and no index. `caregraph export cypher` has them at its head; run those statements
afterwards, or point `NEO4J_URI` at the server and run `caregraph build`, which makes what is missing.

These files hold texts as they are: for a spreadsheet use the other form, `caregraph export csv`.
"""


def write_csv(store: RowReader, tables: Tables, output: BinaryIO) -> None:
    """Write a file for each table; lists are joined, and no cell is run as a formula by a spreadsheet."""
    with ZipFile(output, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("ATTRIBUTION.txt"), f"{attribution()}\n")
        for folder, table in _tables_in_folders(tables):
            header = [column.key for column in table.columns]
            rows = ([safe_cell(flat_value(row.get(key))) for key in header] for row in table.rows(store))
            _write(archive, f"{folder}/{table.name}.csv", header, rows, encoding=ENCODING)


def write_import_csv(store: RowReader, tables: Tables, output: BinaryIO) -> None:
    """Write a file for each table as ``neo4j-admin database import`` reads it, every value as it is."""
    with ZipFile(output, "w", ZIP_DEFLATED) as archive:
        files = [f"--{folder}={folder}/{table.name}.csv" for folder, table in _tables_in_folders(tables)]
        archive.writestr(ZipInfo("README.txt"), IMPORT.format(attribution=attribution(), files=" \\\n    ".join(files)))
        for folder, table in _tables_in_folders(tables):
            label = ":TYPE" if folder == "relationships" else ":LABEL"
            header = [*(_import_header(column, folder) for column in table.columns), label]
            rows = (
                [*(_import_value(row.get(column.key)) for column in table.columns), table.name]
                for row in table.rows(store)
            )
            _write(archive, f"{folder}/{table.name}.csv", header, rows, encoding="utf-8")


def _tables_in_folders(tables: Tables) -> Iterator[tuple[str, Table]]:
    yield from (("nodes", table) for table in tables.nodes)
    yield from (("relationships", table) for table in tables.edges)


def _import_header(column: Column, folder: str) -> str:
    if folder == "nodes" and column.key == "iri":
        return "iri:ID"
    if column.key in (FROM, TO):
        return ":START_ID" if column.key == FROM else ":END_ID"
    return f"{column.key}:{TYPES[column.type]}{'[]' if column.is_list else ''}"


def _import_value(value: Any) -> Any:
    if isinstance(value, list):
        return SEPARATOR.join(str(_import_value(part)).replace(SEPARATOR, " ") for part in value)
    if isinstance(value, bool):
        return str(value).lower()
    return flat_value(value)


def _write(archive: ZipFile, name: str, header: list[str], rows: Iterable[list[Any]], *, encoding: str) -> None:
    with _text(archive, name, encoding) as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


@contextmanager
def _text(archive: ZipFile, name: str, encoding: str) -> Iterator[io.TextIOWrapper]:
    with archive.open(name, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, encoding, newline="") as file:
        yield file
