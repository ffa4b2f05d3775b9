"""Files that are whole or not there."""

import os
from pathlib import Path

from ontology.errors import StoreError


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
