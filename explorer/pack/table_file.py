"""Files of the figures that a chart or a matrix shows."""

import csv
import io
from collections.abc import Sequence

from caregraph.brief.blocks import Table
from caregraph.explorer.attribution import LICENCE, LICENCE_NAME, today
from caregraph.graph.export.spreadsheet import ENCODING, safe_cell

ORIGIN = ("caregraph_figure", "caregraph_address", "caregraph_asked_on", "caregraph_licence")


def tables_as_csv(tables: Sequence[Table], *, title: str, address: str) -> bytes:
    """Tables below one another as comma-separated values; each row ends with title, address, day and licence.

    Of several tables each row begins with the caption of its own. A cell that a spreadsheet would run as a formula
    begins with an apostrophe.
    """
    target = io.StringIO()
    writer = csv.writer(target)
    origin = (title, address, today(), f"{LICENCE_NAME} {LICENCE}")
    for table in tables:
        first = [table.caption] if len(tables) > 1 else []
        writer.writerow([safe_cell(cell) for cell in (*("Table" for _ in first), *table.head, *ORIGIN)])
        writer.writerows([safe_cell(cell) for cell in (*first, *row, *origin)] for row in table.rows)
    return target.getvalue().encode(ENCODING)
