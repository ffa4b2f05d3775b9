"""The graph taken away: every node and relationship of the database, in the form that somebody's tools read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, Protocol

from caregraph.graph.export.tables import Tables
from caregraph.graph.readers import RowReader
from caregraph.ontology.errors import StoreError


class Store(RowReader, Protocol):
    """A database that can tell whether it has changed."""

    def loaded(self) -> dict[str, str]: ...


@dataclass(frozen=True, slots=True)
class Form:
    """A form; ``exact``: it keeps lists as lists and every value as it is."""

    suffix: str
    says: str
    writer: str  # module and function: the libraries behind some take a while to import
    exact: bool = False

    def write(self, store: RowReader, tables: Tables, output: BinaryIO) -> None:
        module, name = self.writer.split(":")
        function: Callable[[RowReader, Tables, BinaryIO], None] = getattr(
            import_module(f"caregraph.graph.export.{module}"), name
        )
        function(store, tables, output)


FORMS: Mapping[str, Form] = {
    "csv": Form(".zip", "comma-separated values for spreadsheets, zipped", "csv_zip:write"),
    "neo4j-admin": Form(".zip", "what neo4j-admin imports", "csv_zip:write_for_import", exact=True),
    "cypher": Form(".cypher", "a script for cypher-shell", "cypher:write", exact=True),
    "graphml": Form(".graphml", "for yEd, Cytoscape, networkx", "xml:write_graphml"),
    "gexf": Form(".gexf", "for Gephi", "xml:write_gexf"),
    "parquet": Form(".zip", "for pandas, DuckDB, R, zipped", "parquet:write", exact=True),
    "xlsx": Form(".xlsx", "an Excel workbook: overview, services, findings, evidence", "workbook:write"),
}


def export(store: Store, output: BinaryIO, form: str) -> Tables:
    """Write the whole graph; returns what tables it had.

    Raises:
        StoreError: if the form is unknown, the server or the output fails, or a build changed the graph meanwhile.
    """
    if form not in FORMS:
        raise StoreError(f"no export called {form!r}: expected one of {', '.join(FORMS)}")
    before = store.loaded()
    tables = Tables.of(store)
    try:
        FORMS[form].write(store, tables, output)
    except OSError as error:
        raise StoreError(f"the graph cannot be written as {form}: {error.strerror or error}") from error
    if store.loaded() != before:
        raise StoreError("a build changed the graph while it was taken away; try again")
    return tables
