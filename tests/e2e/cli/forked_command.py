"""The command in a process of its own, forked from one that has imported what commands import.

That is what a user starts but for the imports, which take most of the second and a half of a short command.
"""

import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

from caregraph.cli.command_table import COMMANDS
from caregraph.cli.main import main

ROOT = Path(__file__).parents[3]
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(
    ["caregraph.cli.running", *{f"caregraph.cli.commands.{module}" for module, _ in COMMANDS.values()}]
)


def run_command(*arguments: object, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the command at the top of the checkout; return its exit code and what it has written.

    Args:
        environment: in place of our own, but for what Python reads of it when it starts.
    """
    words = ["caregraph", *map(str, arguments)]
    pipes = [_PROCESSES.Pipe(duplex=False), _PROCESSES.Pipe(duplex=False)]
    process = _PROCESSES.Process(target=_run, args=(words, environment, [writer for _, writer in pipes]))
    process.start()
    for _, writer in pipes:
        writer.close()
    with ThreadPoolExecutor() as readers:
        stdout, stderr = readers.map(_read, [reader for reader, _ in pipes])
    process.join()
    return subprocess.CompletedProcess(words, process.exitcode or 0, stdout, stderr)


def _read(pipe: Connection) -> str:
    with os.fdopen(os.dup(pipe.fileno()), encoding="utf-8") as file:
        return file.read()


def _run(words: list[str], environment: dict[str, str], pipes: list[Connection]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    for number, pipe in enumerate(pipes, 1):
        os.dup2(pipe.fileno(), number)
        pipe.close()
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace")  # as Python opens it
    sys.argv = words
    main()
