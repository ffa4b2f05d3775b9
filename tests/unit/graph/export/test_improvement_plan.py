"""The improvement plan opens in a spreadsheet, with what was asked filled in and the council's columns blank."""

import io
from datetime import date

import openpyxl

from caregraph.graph.export.improvement_plan import BLANK, write_plan

ROW = {
    "authority": "Ashmere", "quotation": "=The quality of plans.", "kind": "recommendation",
    "inspected": date(2018, 5, 1),
    "document": "ashmere.pdf", "page": 3, "paragraph": "7", "concepts": ["plans", "reviews"], "state": "improved",
    "later": "Plans are clear.", "later_inspected": date(2021, 5, 1), "later_document": "later.pdf", "later_page": 4,
}  # fmt: skip


def test_plan_has_what_was_asked_its_source_and_blank_columns():
    output = io.BytesIO()

    assert write_plan([ROW, {**ROW, "later": None}], output) == 2

    workbook = openpyxl.load_workbook(output)
    head, first, second = workbook["Improvement plan"].iter_rows(values_only=True)
    cells = dict(zip(head, first, strict=True))
    assert cells["Text"] == "=The quality of plans."  # as text, never as a formula
    assert workbook["Improvement plan"]["B2"].data_type == "s"
    assert (cells["Source"], cells["Page"], cells["What became of it"]) == ("ashmere.pdf", 3, "improved")
    assert all(cells[column] is None for column in BLANK)
    assert dict(zip(head, second, strict=True))["Words"] is None
    assert list(workbook["Counts"].iter_rows(min_row=2, values_only=True)) == [("Ashmere", "improved", 2)]
    assert "Open Government Licence" in workbook["Licence"]["A2"].value
