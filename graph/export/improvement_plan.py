"""Improvement plan: the improvement ledger as a sheet on which a council writes who does what by when.

What was asked, its source and what became of it are filled in; the columns of the council are blank.
"""

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from caregraph.graph.export.workbook import open_workbook, write_sheet
from caregraph.ontology.licence import attribution

PLAN, STATES = "Improvement plan", "What became of it"
BLANK = ("Owner", "Action", "Due date", "Progress")  # for the council to fill in


def plan_rows(ledger: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the plan, one for each row of the question `improvement-ledger`."""
    return [
        {
            "Council": row["authority"],
            "Text": row["quotation"],
            "Kind": row["kind"],
            "Inspected": row["inspected"],
            "Source": row["document"],
            "Page": row["page"],
            "Paragraph": row["paragraph"],
            "Concepts": row["concepts"],
            STATES: row["state"],
            "Words": row["later"],
            "Later inspection": row["later_inspected"],
            "Later source": row["later_document"],
            "Later page": row["later_page"],
            **dict.fromkeys(BLANK),
        }
        for row in ledger
    ]


def write_plan(ledger: Iterable[Mapping[str, Any]], output: BinaryIO) -> int:
    """Write the plan as an Excel workbook, with a count of each state and the licence; return the number of rows."""
    rows = plan_rows(ledger)
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        counts[row["Council"], row[STATES]] = counts.get((row["Council"], row[STATES]), 0) + 1
    with open_workbook(output, title=PLAN) as workbook:
        write_sheet(workbook, PLAN, rows)
        write_sheet(
            workbook,
            "Counts",
            ({"Council": council, STATES: state, "Number": number} for (council, state), number in counts.items()),
        )
        write_sheet(workbook, "Licence", [{"Text": attribution()}])
    return len(rows)
