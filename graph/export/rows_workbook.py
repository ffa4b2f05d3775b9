"""Workbook of rows: a sheet for each set of rows that somebody takes along, and the licence."""

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from caregraph.graph.export.workbook import open_workbook, write_sheet
from caregraph.ontology.licence import attribution


def write_rows_workbook(title: str, sheets: Mapping[str, Iterable[Mapping[str, Any]]], output: BinaryIO) -> None:
    """Write an Excel workbook with a sheet for each set of rows, by its name, and the licence at the end."""
    with open_workbook(output, title=title) as workbook:
        for name, rows in sheets.items():
            write_sheet(workbook, name, rows)
        write_sheet(workbook, "Licence", [{"Text": attribution()}])
