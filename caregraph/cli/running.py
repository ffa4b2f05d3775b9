"""Run of the command line: its exit code, whatever happens, and one line on standard error for what goes wrong."""

import errno
import io
import logging
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path

from caregraph.cli.application import app
from caregraph.cli.messages import note
from caregraph.ontology.errors import CaregraphError
from caregraph.settings import collect_rarely, data_directory

FAILED, INTERRUPTED = 1, 130
LOG_FILE = "caregraph.log"

_LOG_BYTES = 2**20
_PATIENCE = 1.5  # seconds after Ctrl-C for files and processes to be closed in order

_is_patient = threading.Event()

log = logging.getLogger("caregraph")


class FaultLog(logging.Handler):
    """Handler that writes faults of ours, with their tracebacks, to a file in the data directory.

    A fault is a record with the attribute ``is_fault``. The file is made with the first; where the data directory
    cannot be written it is in the system's directory for temporary files.
    """

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.path: Path | None = None
        self._files: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a fault to the file; drop anything else."""
        if not getattr(record, "is_fault", False):
            return
        for folder in (data_directory(), Path(tempfile.gettempdir())) if self._files is None else ():
            path = folder / LOG_FILE
            try:
                folder.mkdir(parents=True, exist_ok=True)
                self._files = RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8")
            except OSError:
                continue
            self.path = path
            self._files.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
            break
        if self._files is not None:
            self._files.handle(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing of a log that cannot be written."""


def run_application() -> int:
    """Run the command that the arguments name; return its exit code.

    Raises:
        KeyboardInterrupt: on Ctrl-C.
    """
    collect_rarely()
    _open_streams()
    _end_soon_after_interrupt()
    faults = _set_up_logging()
    code = _run(faults)
    try:
        sys.stdout.flush()
    except OSError as error:
        code = _output_failed(error)
    if faults.path and code != INTERRUPTED:
        note(f"caregraph: {faults.path} has the details of what is a fault of ours")
    return code


def _run(faults: FaultLog) -> int:
    try:
        app()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED if end.code else 0
    except CaregraphError as error:
        note(f"caregraph: {error}")
    except OSError as error:
        if isinstance(sys.stdout, Output) and error is sys.stdout.error:
            return _output_failed(error)
        note(f"caregraph: {_one_line(error)}")
        log.info("%s", _one_line(error), exc_info=True, extra={"is_fault": True})
    except Exception as error:
        note(f"caregraph: {type(error).__name__}: {_one_line(error)}")
        log.info("%s", _one_line(error), exc_info=True, extra={"is_fault": True})
    return FAILED


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:500] or "no more is known"


def _output_failed(error: OSError) -> int:
    """Say that standard output cannot be written, unless its reader has seen enough; what is left is dropped."""
    if error.errno != errno.EPIPE:
        note(f"caregraph: standard output cannot be written: {(error.strerror or 'error').lower()}")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED


class Output(io.TextIOWrapper):
    """Standard output that remembers why it could not be written; a letter that it lacks is shown by its number."""

    error: OSError | None = None

    def write(self, text: str, /) -> int:
        """Write a text. Raises an OSError, which it remembers."""
        try:
            return super().write(text)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        """Write what is still to be written. Raises as `write`."""
        try:
            super().flush()
        except OSError as error:
            self.error = error
            raise


def _open_streams() -> None:
    """Have streams that take any letter; one that is closed takes and drops everything."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for the whole run
    before = sys.stdout
    if isinstance(before, io.TextIOWrapper):
        sys.stdout = Output(before.buffer, before.encoding, "backslashreplace", line_buffering=before.line_buffering)
        before.detach()


def _set_up_logging() -> FaultLog:
    """Send warnings to standard error, a line each, and faults to their file."""
    warnings = logging.StreamHandler(sys.stderr)
    warnings.setLevel(logging.WARNING)
    warnings.setFormatter(logging.Formatter("caregraph: %(message)s"))
    faults = FaultLog()
    logging.basicConfig(level=logging.WARNING, handlers=[warnings, faults], force=True)
    log.setLevel(logging.INFO)
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # it tells of each retry, in words of its own
    return faults


def _end_soon_after_interrupt() -> None:
    """Have this process end soon after Ctrl-C, even while C code is at work or something waits for an answer."""
    woken, waker = socket.socketpair()
    waker.setblocking(False)
    signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_await_interrupt, args=(woken, waker), daemon=True).start()


def _await_interrupt(woken: socket.socket, waker: socket.socket) -> None:
    while signal.SIGINT not in woken.recv(1):
        pass
    time.sleep(_PATIENCE)
    if _is_patient.is_set():
        return
    if "multiprocessing" in sys.modules:
        for process in sys.modules["multiprocessing"].active_children():
            process.kill()
    os.write(2, b"caregraph: stopped\n")
    os._exit(INTERRUPTED)


def end_patiently() -> None:
    """Let this process take its time to end after Ctrl-C, such as to stop servers; its caller says that it does."""
    _is_patient.set()
