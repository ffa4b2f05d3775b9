"""Bytes of a file, which may be none that can be read."""

from pathlib import Path

from caregraph.ontology.errors import UnreadableReport

MAX_BYTES = 2**28  # reports have up to 20 MB; a file is read into memory whole


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
