"""Bytes of a file, which may be none that can be read, and the pictures in them."""

import re
from contextlib import suppress
from pathlib import Path

from caregraph import extras
from caregraph.ontology.errors import UnreadableReport

MAX_BYTES = 2**28  # reports have up to 20 MB; a file is read into memory whole
MOST_PICTURES = 200  # pages of a document that are read from pictures

_PICTURE = re.compile(rb"/Subtype\s*/Image\b")


def read_content(path: Path) -> bytes:
    """Read the bytes of a file.

    Raises:
        UnreadableReport: if it cannot be opened, is no regular file, such as a pipe that may never end, or too large.
    """
    try:
        if not path.is_file():
            path.stat()
            raise UnreadableReport(path.name, "is no regular file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableReport(path.name, f"cannot be opened: {(error.strerror or 'error').lower()}") from error
    if len(content) > MAX_BYTES:
        raise UnreadableReport(path.name, f"is larger than {MAX_BYTES // 2**20} MB")
    return content


def count_pictures(path: Path) -> int:
    """Pictures of a file that may be read as pages, at most; 0 where no pictures are read, or the file cannot be."""
    if not _reads_pictures():
        return 0
    with suppress(UnreadableReport):
        return count_pictures_in(read_content(path))
    return 0


def count_pictures_in(content: bytes) -> int:
    """Pictures of a PDF that may be read as pages, at most; 0 where no pictures are read."""
    return min(sum(1 for _ in _PICTURE.finditer(content)), MOST_PICTURES) if _reads_pictures() else 0


def _reads_pictures() -> bool:
    return not extras.missing("ocr")
