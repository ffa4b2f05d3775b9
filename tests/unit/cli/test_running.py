"""The command line whatever its streams, its user and its own faults do: one line on standard error, no traceback."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
BYTE_0X92 = os.fsdecode(b"children\x92s visit.txt")
LETTER = b"Ofsted rated Ashmere good. Inspectors say that leaders know children\x92s needs well."

# A command of our own, whose module has one function; `done` runs the command line with it.
PROGRAM = """
import sys, time
from types import ModuleType
import typer
from caregraph.cli import command_table
from caregraph.cli.main import main
module = ModuleType("caregraph.cli.commands.trial")
module.app = typer.Typer()
@module.app.command()
def trial() -> None:
    {body}
sys.modules[module.__name__] = module
command_table.COMMANDS["trial"] = ("trial", "a trial")
sys.argv = ["caregraph", "trial"]
main()
"""
SLEEP = "print('begun', flush=True); time.sleep(600)"
LINGER = """print('begun', flush=True)
    try:
        time.sleep(600)
    except KeyboardInterrupt:
        time.sleep(600)"""
READ = """
    from caregraph.extractors.worker_pool import WorkerPool
    from functools import partial
    with WorkerPool(2) as pool:
        for _ in pool.map([0] + [600] * 8, partial(partial, time.sleep), on_failure=print):
            print('begun', flush=True)"""


def environment(data, **variables):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "PYTHON", "LC_"))}
    return kept | {"CAREGRAPH_DATA": str(data), "PYTHONPATH": str(ROOT)} | variables


def caregraph(*arguments, data, stdout=subprocess.PIPE, program=None, **variables):
    command = [sys.executable, *(["-c", program] if program else ["-m", "caregraph.cli.main", *map(str, arguments)])]
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, env=environment(data, **variables), check=False, cwd=data
    )


@pytest.fixture
def reports(tmp_path):
    """A folder with files whose names have letters beyond ASCII, one of them in Windows' own code."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in (BYTE_0X92, "=HYPERLINK(1).txt", "Überblick.txt"):
        (folder / name).write_bytes(LETTER)
    return folder


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["ask"], ["ask", "--csv"], ["ask", "--json"]])
def test_a_full_output_is_said_in_one_line(tmp_path, arguments):
    with Path("/dev/full").open("wb") as full:
        done = caregraph(*arguments, data=tmp_path, stdout=full)

    assert done.stderr == b"caregraph: standard output cannot be written: no space left on device\n"
    assert done.returncode == 1


@pytest.mark.parametrize("form", ["--csv", "--json", None])
@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=["ascii", "C", "cp1252", "latin-1"],
)
def test_a_terminal_that_lacks_letters_shows_the_others(tmp_path, form, variables):
    rows = ascii([{"council": "Ŵexholme – ≠"}])
    body = f"from caregraph.cli.terminal import show; show({rows}, {form and form[2:]!r} or 'table')"
    done = caregraph(data=tmp_path, program=PROGRAM.format(body=body), **variables)

    assert (done.stderr, done.returncode) == (b"", 0)
    assert b"exholme" in done.stdout
    assert "Ŵ".encode() not in done.stdout
    if form == "--json":
        import json

        assert json.loads(done.stdout) == [{"council": "Ŵexholme – ≠"}]


def test_names_of_files_are_told_on_any_terminal(tmp_path, reports):
    done = caregraph("extract", reports, data=tmp_path, PYTHONIOENCODING="ascii")

    assert (done.stderr, done.returncode) == (b"", 0)
    assert b"children\\u2019s visit.txt" in done.stdout
    assert b"\\xdcberblick.txt" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows always opens the streams")
def test_closed_streams_are_no_error(tmp_path):
    program = "import os; os.close(1); os.close(2)\nos.execv({0!r}, [{0!r}, '-m', 'caregraph.cli.main', 'ask'])"
    done = caregraph(data=tmp_path, program=program.format(sys.executable))

    assert done.returncode == 0


def test_a_fault_of_ours_is_one_line_and_its_traceback_is_in_the_data_directory(tmp_path):
    done = caregraph(data=tmp_path, program=PROGRAM.format(body="raise TypeError('no\\nsuch thing')"))

    log = tmp_path / "caregraph.log"
    assert done.stderr.decode().splitlines() == [
        "caregraph: TypeError: no such thing",
        f"caregraph: {log} has the details of what is a fault of ours",
    ]
    assert done.returncode == 1
    assert "Traceback (most recent call last)" in log.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_stands_elsewhere(tmp_path):
    nowhere = tmp_path / "file"
    nowhere.touch()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(body="raise OSError(5, 'it is broken')")],
        env=environment(nowhere, TMPDIR=str(tmp_path)),
        capture_output=True,
        check=False,
    )

    assert done.returncode == 1
    assert b"it is broken" in done.stderr
    assert b"Traceback" not in done.stderr
    assert (tmp_path / "caregraph.log").exists()


def test_a_document_that_shows_a_fault_of_ours_is_logged(tmp_path):
    body = """
    from caregraph.extractors.worker_pool import WorkerPool
    with WorkerPool(1) as pool:
        print(list(pool.map(['a', 1], lambda_maker, on_failure=lambda task, reason: reason)))"""
    program = PROGRAM.format(body=body).replace("lambda_maker", "__import__('functools').partial(int)")
    program = program.replace("partial(int)", "partial(__import__('functools').partial, int)")
    done = caregraph(data=tmp_path, program=program)

    assert done.returncode == 0
    assert b"makes the reader crash: ValueError: invalid literal" in done.stdout
    assert (
        done.stderr.decode() == f"caregraph: {tmp_path / 'caregraph.log'} has the details of what is a fault of ours\n"
    )
    assert "Traceback" in (tmp_path / "caregraph.log").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent otherwise on Windows")
@pytest.mark.parametrize("body", [SLEEP, LINGER, READ], ids=["waiting", "lingering", "reading in processes"])
def test_an_interrupt_ends_all_soon_and_is_said_in_one_line(tmp_path, body):
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(body=body)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
        start_new_session=True,  # whose processes all get the signal, as in a terminal
    )
    assert process.stdout.readline() == b"begun\n"
    begun = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)

    assert errors == b"caregraph: stopped\n"
    assert process.returncode == 130
    assert time.monotonic() - begun < 20  # of two seconds and a busy machine, not of ten minutes
    for _ in range(100):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError("a process is left")


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "x", "--limit", "99999999999999999999"],
        ["search", "x", "--since", "99999999999999999999"],
        ["search", "x", "--limit", "0"],
        ["resolve", "list", "--limit", "99999999999999999999"],
        ["explore", "--port", "99999999999999999999"],
        ["build", "--workers", "99999999999999999999", "x"],
        ["build", "--workers", "-1", "x"],
    ],
)
def test_numbers_out_of_range_are_refused(tmp_path, arguments):
    done = caregraph(*arguments, data=tmp_path)

    assert done.returncode in (1, 2)
    assert b"Traceback" not in done.stderr
    assert not (tmp_path / "caregraph.log").exists()
    assert not (tmp_path / "neo4j").exists()  # no server was started for it
