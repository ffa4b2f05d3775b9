"""Parquet: a file for each table in a zip, with the types that the ontology gives; for pandas, DuckDB or R."""

import io
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pyarrow as pa
from pyarrow import parquet

from caregraph.graph.batching import batched
from caregraph.graph.export.tables import Column, Table, Tables
from caregraph.graph.readers import RowReader
from caregraph.ontology.licence import attribution

BATCH = 20_000  # rows a group: so many are in memory at once
TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def write_parquet(store: RowReader, tables: Tables, output: BinaryIO) -> None:
    """Write a file for each table; each has the licence in its metadata, too."""
    with ZipFile(output, "w", ZIP_STORED) as archive:  # Parquet has its own compression
        archive.writestr(ZipInfo("ATTRIBUTION.txt"), f"{attribution()}\n")
        for folder, members in (("nodes", tables.nodes), ("relationships", tables.edges)):
            for table in members:
                archive.writestr(ZipInfo(f"{folder}/{table.name}.parquet"), _file(store, table))


def _file(store: RowReader, table: Table) -> bytes:
    schema = pa.schema([_field(column) for column in table.columns], metadata={"attribution": attribution()})
    target = io.BytesIO()
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in batched(table.rows(store), BATCH):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
    return target.getvalue()


def _field(column: Column) -> pa.Field:
    type = TYPES[column.type]
    return pa.field(column.key, pa.list_(type) if column.is_list else type)
