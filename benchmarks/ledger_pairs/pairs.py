"""Pairs of sentences as a person read them: hashes of two documents, characters in each, and a label; no words."""

import json
from dataclasses import dataclass
from pathlib import Path

Place = tuple[str, int]  # a document's hash and a finding's first character


@dataclass(frozen=True, slots=True)
class ReadPair:
    """Two sentences as a person read them; ``label`` is a state of the ledger, or that they are on another matter."""

    asked: Place
    later: Place
    label: str


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A request for which a person read the later reports: ``spoken`` says if one speaks of the same matter."""

    asked: Place
    spoken: bool


def read_requests(path: Path) -> list[ReadRequest]:
    """Read the requests of a file, a JSON object a line."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [ReadRequest((row["asked"]["sha256"], row["asked"]["start"]), row["label"] == "spoken of") for row in rows]


def read_pairs(path: Path) -> list[ReadPair]:
    """Read the pairs of a file, a JSON object a line."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        ReadPair((row["asked"]["sha256"], row["asked"]["start"]), (row["later"]["sha256"], row["later"]["start"]),
                 row["label"])
        for row in rows
    ]  # fmt: skip
