"""Files of which nothing is half written."""

import errno
import os
from pathlib import Path

from caregraph.ontology.errors import StoreError


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place of the one that was there, which stays as it was if this fails or is killed.

    It is written beside its place and moved there. A link is followed: what it leads to is what is replaced.

    Raises:
        StoreError: if it cannot be written.
    """
    place = path.resolve()
    unfinished = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(place)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error


def append_line(path: Path, line: str) -> None:
    """Add a line to a file, in one piece: two who do so at once both find theirs in it. A file may not be there yet.

    Raises:
        StoreError: if it cannot be written; the file is as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 1))
            begun = file.read(1) not in (b"", b"\n")  # by a hand that left the last line open
            content = b"\n" * begun + line.encode() + b"\n"
            if file.write(content) != len(content):
                file.truncate(size)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error
