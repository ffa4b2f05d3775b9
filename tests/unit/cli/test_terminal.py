"""CSV on standard output: nothing that a spreadsheet runs, and the UTF-8 mark only at the beginning of a new file."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from caregraph.cli.terminal import show
from caregraph.graph.export.spreadsheet import FORMULA_STARTS

ROOT = Path(__file__).parents[3]
MARK = b"\xef\xbb\xbf"
PRINT = """
from caregraph.cli.terminal import show
show([{"authority": "Ashmere – “Forest”", "findings": -2}], "csv")
"""
EXPECTED = "authority,findings\nAshmere – “Forest”,-2\n".encode()


def run(stdout, **environment):
    variables = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    return subprocess.run([sys.executable, "-c", PRINT], stdout=stdout, check=True, env=variables)


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_is_run_by_a_spreadsheet(capsys, start):
    show([{f"{start}head": f"{start}cmd|' /C calc'!A0", "list": [f"{start}1", "2"], "number": -1.5}], "csv")

    line = start.replace("\r", "\n")
    header, row = csv.reader(io.StringIO(capsys.readouterr().out, newline=""))
    assert header == [f"'{line}head", "list", "number"]
    assert row == [f"'{line}cmd|' /C calc'!A0", f"'{line}1\n2", "-1.500"]


def test_a_new_file_begins_with_the_mark(tmp_path):
    with (tmp_path / "rows.csv").open("wb") as file:
        run(file, PYTHONIOENCODING="cp1252")

    assert (tmp_path / "rows.csv").read_bytes() == MARK + EXPECTED


def test_a_pipe_and_a_longer_file_have_no_mark(tmp_path):
    (tmp_path / "rows.csv").write_bytes(b"before\n")
    with (tmp_path / "rows.csv").open("ab") as file:
        run(file)

    assert (tmp_path / "rows.csv").read_bytes() == b"before\n" + EXPECTED
    assert run(subprocess.PIPE, PYTHONIOENCODING="utf-8").stdout == EXPECTED
