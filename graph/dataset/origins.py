"""Origins of documents: where their publisher gives them, by the hash of their bytes.

    <data>/origins.json

They are facts about files, not of what these say, and so are no part of a record.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

from caregraph.graph.atomic_files import write_atomically
from caregraph.ontology.errors import StoreError
from caregraph.ontology.records import Origin


def read_origins(path: Path) -> dict[str, Origin]:
    """Read the origins that are known, by the hash of the document; none without the file.

    Raises:
        StoreError: if it cannot be read.
    """
    if not path.is_file():
        return {}
    try:
        rows = json.loads(path.read_bytes())
        return {
            sha256: Origin(**{**row, "listed": date.fromisoformat(row["listed"]) if row["listed"] else None})
            for sha256, row in rows.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(f"{path} cannot be read: {error}") from error


def write_origins(path: Path, origins: Mapping[str, Origin]) -> None:
    """Write origins in place of those in the file.

    Raises:
        StoreError: if they cannot be written.
    """
    rows = {sha256: asdict(origin) for sha256, origin in sorted(origins.items())}
    write_atomically(path, json.dumps(rows, ensure_ascii=False, indent=0, default=str).encode())
