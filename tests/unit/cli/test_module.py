"""The command line as ``python -m caregraph``."""

import subprocess
import sys

import caregraph


def test_module_runs_the_command_line():
    done = subprocess.run([sys.executable, "-m", "caregraph", "--version"], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["caregraph", caregraph.__version__]
