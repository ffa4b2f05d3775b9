"""The wheel, built and installed in bare environments outside the checkout, as a user has it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "samples").glob("*.txt"))
OPEN_LIMIT = 300  # seconds: the samples are read and Neo4j's jars may have to be fetched


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    shutil.rmtree(ROOT / "build" / "lib", ignore_errors=True)  # modules of an earlier build would be taken along
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, ROOT]
    subprocess.run(command, check=True, cwd=folder)
    return next(folder.glob("*.whl"))


UNSET = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "NEO4J_URI", "VIRTUAL_ENV")  # which no user need have set


def run(program: Path, *arguments: object, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a program of an environment in a folder with nothing of ours on its path."""
    environment = {name: value for name, value in os.environ.items() if name not in UNSET}
    return subprocess.run(
        [program, *map(str, arguments)],
        cwd=folder, env=environment | variables, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment with nothing but the wheel, put there by the pip that Python brings."""
    folder = tmp_path_factory.mktemp("environment") / "bare"
    venv.create(folder, with_pip=True)
    install(folder / "bin", wheel)
    return folder / "bin"


def install(programs: Path, *names: object) -> None:
    """Install packages as pip does, but for compiling what nobody imports."""
    done = run(
        programs / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-compile",
        *names,
        folder=programs.parent,
    )
    assert done.returncode == 0, done.stderr


def test_caregraph_is_the_only_name_in_the_wheel(wheel):
    names = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {name for name in names if not name.endswith(".dist-info")} == {"caregraph"}


def test_wheel_has_no_tests_benchmarks_or_training(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert not [name for name in names if {"tests", "benchmarks", "training"} & set(name.split("/"))]
    assert {"caregraph/py.typed", "caregraph/__init__.pyi", "caregraph/samples/register.ttl"} <= set(names)


def test_wheel_reads_reports_with_the_pip_that_comes_with_python(programs, tmp_path):
    """Python 3.11 brings pip 23.2, which does not know every spelling of an extra."""
    (tmp_path / "graph").mkdir()  # a folder of the user's own, named as a room of ours
    (tmp_path / "graph" / "__init__.py").write_text("raise RuntimeError('not ours')")
    data = {"CAREGRAPH_DATA": str(tmp_path / "data")}

    imported = run(programs / "python", "-c", "import caregraph; caregraph.open", folder=tmp_path)
    assert imported.returncode == 0, imported.stderr
    done = run(programs / "caregraph", "extract", "--json", *TEXTS, folder=tmp_path, **data)
    assert done.returncode == 0, done.stderr
    assert all(json.loads(line)["findings"] for line in done.stdout.splitlines())
    assert len(done.stdout.splitlines()) == len(TEXTS)
    assert run(programs / "caregraph", "evaluate", "--help", folder=tmp_path).returncode == 0
    doctor = run(programs / "caregraph", "doctor", "--json", folder=tmp_path, **data)
    checks = {row["check"]: row for row in json.loads(doctor.stdout)}
    assert checks["packages"]["fine"]
    assert "not installed" in checks["extra server"]["says"]
    build = run(programs / "caregraph", "build", *TEXTS, folder=tmp_path, **data)
    assert build.returncode == 1
    assert "pip install 'caregraph[server]'" in build.stderr
    assert "Traceback" not in build.stderr


def test_demo_opens_from_the_wheel_with_the_newest_pip(programs, wheel, tmp_path):
    """The newest pip adds the extras to the same environment, and finds nothing wrong with what is in it."""
    install(programs, "--upgrade", "pip")
    install(programs, f"{wheel}[explorer,server]")
    checked = run(programs / "python", "-m", "pip", "check", folder=tmp_path)
    assert checked.returncode == 0, checked.stdout
    variables = {"CAREGRAPH_DATA": str(tmp_path / "data"), "PATH": os.environ["PATH"]}
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    log = tmp_path / "log"
    with log.open("wb") as output:
        demo = subprocess.Popen(
            [programs / "caregraph", "demo"], cwd=tmp_path, env=kept | variables, stdout=output, stderr=output
        )
    try:
        deadline = time.monotonic() + OPEN_LIMIT
        while "The explorer is at" not in log.read_text() and demo.poll() is None and time.monotonic() < deadline:
            time.sleep(0.5)
        assert "The explorer is at" in log.read_text(), log.read_text()
        data = {"CAREGRAPH_DATA": str(tmp_path / "data" / "demo")}
        asked = run(programs / "caregraph", "ask", "latest-grades", "--json", folder=tmp_path, **data)
        assert json.loads(asked.stdout), asked.stderr
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(60)
