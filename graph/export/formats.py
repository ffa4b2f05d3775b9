"""Export forms: every node and relationship of the database, as spreadsheets, network tools or databases read them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, Protocol

from caregraph.graph.export.tables import WHOLE, Selection, Tables
from caregraph.graph.readers import RowReader
from caregraph.ontology.errors import StoreError


class VersionedReader(RowReader, Protocol):
    """A database that gives the versions of the graphs loaded into it, by IRI."""

    def loaded(self) -> dict[str, str]: ...


@dataclass(frozen=True, slots=True)
class Form:
    """Export form.

    One that is ``exact`` keeps lists as lists and every value as it is. One that is ``printable`` may go to a terminal.
    ``writer`` names a module of this package and its function: some import libraries that take a while.
    """

    suffix: str
    description: str
    writer: str
    exact: bool = False
    printable: bool = False

    def write(self, store: RowReader, tables: Tables, output: BinaryIO) -> None:
        module, name = self.writer.split(":")
        function: Callable[[RowReader, Tables, BinaryIO], None] = getattr(
            import_module(f"caregraph.graph.export.{module}"), name
        )
        function(store, tables, output)


FORMS: Mapping[str, Form] = {
    "csv": Form(".zip", "comma-separated values for spreadsheets, zipped", "csv_zip:write_csv"),
    "neo4j-admin": Form(".zip", "CSV files that neo4j-admin imports, zipped", "csv_zip:write_import_csv", exact=True),
    "cypher": Form(".cypher", "a script for cypher-shell", "cypher_script:write_cypher", exact=True, printable=True),
    "graphml": Form(".graphml", "for yEd, Cytoscape, networkx", "graph_xml:write_graphml"),
    "gexf": Form(".gexf", "for Gephi", "graph_xml:write_gexf"),
    "parquet": Form(".zip", "for pandas, DuckDB, R, zipped", "parquet_zip:write_parquet", exact=True),
    "xlsx": Form(
        ".xlsx", "an Excel workbook: overview, judgements, services, findings, evidence", "workbook:write_workbook"
    ),
    "ilacs-overview": Form(
        ".xlsx", "a workbook with the columns of the sector's overview", "sector_overview:write_sector_overview"
    ),
}


def export_graph(store: VersionedReader, output: BinaryIO, form: str, selection: Selection = WHOLE) -> Tables:
    """Write the graph in a form, or a part of it, and return its tables; the same graph makes the same bytes.

    Raises:
        StoreError: if the form is unknown, the server or the output fails, or a build changed the graph meanwhile.
    """
    if form not in FORMS:
        raise StoreError(f"no format called {form!r}; expected one of {', '.join(FORMS)}")
    before = store.loaded()
    tables = Tables.of(store, selection)
    try:
        FORMS[form].write(store, tables, output)
    except OSError as error:
        raise StoreError(f"the graph cannot be written as {form}: {error.strerror or error}") from error
    if store.loaded() != before:
        raise StoreError("a build changed the graph while it was exported; try again")
    return tables
