"""Evaluation over folders: rows of the table, and the folders that it refuses."""

import json

import pytest

from caregraph.evaluation.evaluate import evaluation_rows
from caregraph.ontology.errors import UnreadableReport
from caregraph.workspace import Workspace

REPORT = "Inspection of Ashmere local authority children's services\n\nInspection dates: 9 to 20 May 2022\n"


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "data")


def label(folder, *rows):
    folder.mkdir()
    (folder / "record.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return folder


def test_rows_compare_each_labelled_document_and_name_each_difference(workspace, tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "first.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "reports" / "unlabelled.txt").write_text(REPORT, encoding="utf-8")
    inspected = [["2022-05-09", "2022-05-20"]]
    gold = label(
        tmp_path / "gold",
        {"id": "first", "kind": "sif", "inspected": inspected},
        {"id": "absent", "inspected": inspected},
    )
    lines = []

    rows = evaluation_rows(workspace, gold, tmp_path / "reports", on_difference=lines.append, workers=1)

    table = {row["measure"]: (row["layer"], row["value"], row["of"]) for row in rows}
    assert table["kind"] == ("record", 0.0, "0/1")
    assert table["inspected"] == ("record", 0.5, "1/2")
    assert f"absent: has labels, but is not in {tmp_path / 'reports'}" in lines
    assert [line for line in lines if line.startswith("first\tkind\twanted sif\tgot ")]
    assert not [line for line in lines if "unlabelled" in line]


def test_folder_that_does_not_exist_is_refused_by_the_name_of_its_option(workspace, tmp_path):
    with pytest.raises(UnreadableReport, match="no folder of labels; --gold names one"):
        evaluation_rows(workspace, tmp_path / "nowhere", tmp_path)


def test_folder_without_labels_is_refused(workspace, tmp_path):
    with pytest.raises(UnreadableReport, match=r"has no labels; expected record\.jsonl"):
        evaluation_rows(workspace, tmp_path, tmp_path)
