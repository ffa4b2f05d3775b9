"""File writes that a failure or a kill never leaves half done."""

import errno
import os
from functools import partial
from pathlib import Path

from filelock import FileLock

from caregraph.ontology.errors import StoreError

LOCK_WAIT = 60.0  # seconds that a line waits for others to be appended


def write_atomically(path: Path, content: bytes, *, mode: int | None = None, durable: bool = False) -> None:
    """Replace a file in one step; if this fails or is killed, the old file stays as it was.

    The content goes into a temporary file in the same folder, which is then moved into place. A symbolic link is
    followed: its target is replaced.

    Args:
        mode: the permissions of the file; those of any new file if not given.
        durable: wait until the content is on the disk, so that a power cut leaves the old or the new file.

    Raises:
        StoreError: if it cannot be written.
    """
    target = path.resolve()
    temporary = target.with_name(f"{target.name}.{os.getpid()}.part")
    opener = partial(os.open, mode=0o666 if mode is None else mode)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)  # a mode is given to new files only
        with open(temporary, "xb", opener=opener) as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error


def append_line(path: Path, line: str) -> None:
    """Append a line to a file in one write, and create the file if there is none.

    Lines that several threads or processes append at the same time are all whole: a lock file beside it parts them.

    Raises:
        StoreError: if it cannot be written; the file is as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f"{path.name}.lock"), timeout=LOCK_WAIT), path.open("ab+", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 1))
            unterminated = file.read(1) not in (b"", b"\n")  # a person who edited the file left its last line open
            content = b"\n" * unterminated + line.encode() + b"\n"
            if file.write(content) != len(content):
                file.truncate(size)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error
