"""The page of quick benchmarks: its numbers, its rows, and the benchmarks that could not run."""

from datetime import date

import pytest

from benchmarks.all import BenchmarkRow, MachineSpeed, NotMeasured, format_value, markdown_page, run_steps
from caregraph.ontology.errors import ServerUnavailable

START = BenchmarkRow("server: later start", 7.25, "s", "python -m benchmarks.server_start")
FAILED = BenchmarkRow("extraction: failed", 1234.0, "count", "python -m benchmarks.extraction samples")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (0.0372, "0.037"), (4.1, "4.10"), (37.24, "37.2"), (100.0, "100"), (1234.6, "1,235")],
)
def test_numbers_have_the_decimals_that_their_size_asks_for(value, text):
    assert format_value(value) == text


def test_row_names_the_command_that_measures_it_and_counts_are_whole():
    assert START.line() == "| server: later start | 7.25 | s | `python -m benchmarks.server_start` |"
    assert "| 1,234 | count |" in FAILED.line()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (NotMeasured("the samples' graph is not loaded"), "the samples' graph is not loaded"),
        (FileNotFoundError("no Chromium:\n install it"), "no Chromium: install it"),
        (ServerUnavailable("Neo4j does not answer"), "Neo4j does not answer"),
        (TimeoutError(), "TimeoutError"),
    ],
)
def test_benchmark_that_cannot_run_is_listed_with_its_reason_and_the_others_run(error, reason):
    def fails():
        raise error
        yield

    rows, reasons = run_steps({"questions": fails, "server start": lambda: [START]})

    assert rows == [START]
    assert reasons == {"questions": reason}


def test_benchmark_with_a_fault_of_its_own_stops_the_run():
    def is_wrong():
        raise KeyError("iri")
        yield

    with pytest.raises(KeyError):
        run_steps({"questions": is_wrong})


def test_page_has_the_machine_the_table_and_what_is_missing():
    speed = MachineSpeed(hashing=0.25, searching=1.5)

    page = markdown_page([START, FAILED], {"explorer": "no Chromium"}, speed, day=date(2026, 5, 1), load=0.5)

    lines = page.splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert {line.count("|") for line in table} == {5}
    assert table[2:] == [START.line(), FAILED.line()]
    assert lines[-1] == "- explorer: no Chromium"
    assert "1 May 2026" in page
    assert "in 0.25 s" in page
    assert "in 1.50 s" in page


def test_page_without_a_failure_lists_none():
    page = markdown_page([START], {}, MachineSpeed(1.0, 1.0), day=date(2026, 5, 1), load=0.5)

    assert "Not measured" not in page
