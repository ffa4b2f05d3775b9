"""Hand labels of documents: a folder of JSON lines, as ``samples/expected`` is one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of a folder, by layer; any of its files may be missing.

    ``doubtful`` lists borderline names, ``partially_labelled`` the documents
    whose named things are labelled only up to some line.
    """

    record: Sequence[Row]
    mentions: Sequence[Row]
    doubtful: Sequence[Row]
    findings: Sequence[Row]
    partially_labelled: frozenset[str] = frozenset()

    @classmethod
    def read(cls, folder: Path) -> "Labels":
        """Read the label files that a folder has; a README beside them says what each field means."""
        coverage = folder / "mentions-coverage.json"
        last_lines = json.loads(coverage.read_text(encoding="utf-8")) if coverage.exists() else {}
        return cls(
            record=_read_rows(folder / "record.jsonl"),
            mentions=[*_read_rows(folder / "mentions.jsonl"), *_read_rows(folder / "mentions-more.jsonl")],
            doubtful=_read_rows(folder / "mentions-doubtful.jsonl"),
            findings=_read_rows(folder / "findings.jsonl"),
            # The last line that was labelled; -1 stands for the whole document.
            partially_labelled=frozenset(name for name, line in last_lines.items() if line != -1),
        )

    @property
    def documents(self) -> set[str]:
        """File stems of the documents that have labels."""
        return {row["id"] for rows in (self.record, self.mentions, self.findings) for row in rows}


def _read_rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
