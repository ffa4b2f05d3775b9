"""Parquet: a file a table in a zip, with the types that the ontology gives; for pandas, DuckDB, R and the like."""

import io
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile

import pyarrow as pa
from pyarrow import parquet

from caregraph.graph.batching import batched
from caregraph.graph.export.tables import Column, Table, Tables
from caregraph.graph.readers import RowReader
from caregraph.ontology.licence import attribution

ROWS = 20_000  # a group: what is in memory at once
TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def write(store: RowReader, tables: Tables, output: BinaryIO) -> None:
    """Every file tells the licence in its metadata, too."""
    with ZipFile(output, "w", ZIP_STORED) as archive:  # Parquet has its own compression
        archive.writestr("ATTRIBUTION.txt", f"{attribution()}\n")
        for folder, those in (("nodes", tables.nodes), ("relationships", tables.edges)):
            for table in those:
                archive.writestr(f"{folder}/{table.name}.parquet", _file(store, table))


def _file(store: RowReader, table: Table) -> bytes:
    schema = pa.schema([_field(column) for column in table.columns], metadata={"attribution": attribution()})
    target = io.BytesIO()
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in batched(table.rows(store), ROWS):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
    return target.getvalue()


def _field(column: Column) -> pa.Field:
    kind = TYPES[column.kind]
    return pa.field(column.key, pa.list_(kind) if column.many else kind)
