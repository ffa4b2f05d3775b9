"""The page of reports: files that failed, what it says when they are not known, and the order of the list."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from caregraph.explorer.pages.documents import FailedFiles, in_order, read_failed_files, reports_as_csv
from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.overview import DocumentSummary

FAILED = Entry(source="a.pdf", sha256="0" * 64, extractor="1", status="failed", reason="empty file")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data directory, with a dataset in which one file failed."""
    monkeypatch.setenv("CAREGRAPH_DATA", str(tmp_path))
    with Dataset.open(tmp_path / "dataset") as dataset:
        dataset.replace(FAILED)
    return tmp_path


def test_failed_files_are_those_of_the_dataset(data):
    assert read_failed_files() == FailedFiles((FAILED,))


def test_no_file_failed_where_there_is_no_dataset(tmp_path, monkeypatch):
    monkeypatch.setenv("CAREGRAPH_DATA", str(tmp_path / "elsewhere"))

    assert read_failed_files() == FailedFiles()


def test_failed_files_of_a_damaged_dataset_are_not_known(data):
    for path in (data / "dataset" / "published").rglob("*"):
        if path.is_file():
            path.write_bytes(b"damaged")
    failed = read_failed_files()

    assert failed.entries == ()
    assert "cannot be read" in (failed.error or "")


def test_page_says_that_it_could_not_check_which_files_failed():
    def page() -> None:
        from caregraph.explorer.pages.documents import FailedFiles, show_failed_files

        show_failed_files(FailedFiles(error="the dataset in *here* cannot be read"))

    [error] = AppTest.from_function(page).run().error

    assert "could not check which files failed" in error.value
    assert "\\*here\\*" in error.value


def test_page_names_the_files_that_failed_and_nothing_else():
    def page() -> None:
        from caregraph.explorer.pages.documents import FailedFiles, show_failed_files
        from caregraph.graph.dataset.catalogue import Entry

        entry = Entry(source="a.pdf", sha256="0" * 64, extractor="1", status="failed", reason="empty file")
        show_failed_files(FailedFiles((entry,)))

    test = AppTest.from_function(page).run()

    assert not test.error
    assert "Empty file" in test.get("html")[0].proto.body


def report(name: str, *, authority: str | None = None, started: str | None = None) -> DocumentSummary:
    return DocumentSummary(
        node=Node(f"https://w3id.org/caregraph/id/document/{name}", name, "Document"), file=name, kind=None,
        authority=authority, published=None, started=started, ended=None, pages=2, findings=3, judgements=4,
        themes=(), unread=(),
    )  # fmt: skip


REPORTS = (
    report("undated", authority="Ashmere"),
    report("old", authority="Brackenford", started="2014-05-06"),
    report("new", authority="Ashmere", started="2025-01-06"),
    report("of none", started="2020-02-03"),
)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("latest", ["new", "of none", "old", "undated"]),
        ("oldest", ["old", "of none", "new", "undated"]),
        ("council", ["new", "undated", "old", "of none"]),
    ],
)
def test_reports_stand_in_the_order_chosen_those_without_a_day_last(order, names):
    assert [document.file for document in in_order(REPORTS, order)] == names


def test_file_of_reports_has_a_row_for_each_the_address_and_the_licence():
    head, *rows = reports_as_csv(REPORTS, "documents?year=2025").decode("utf-8-sig").splitlines()

    assert head.startswith("report,council,kind,inspection_started")
    assert len(rows) == len(REPORTS)
    assert all("documents?year=2025" in row and "Open Government Licence" in row for row in rows)
