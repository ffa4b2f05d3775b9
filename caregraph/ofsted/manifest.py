"""Manifest of a folder of fetched reports: each page as it was listed last, and each file with its hash.

    <folder>/manifest.jsonl

A line is written when a page or a file is whole, and the last line about an address counts; one that a kill cut off is
dropped. So a fetch that was broken off goes on where it stopped.
"""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from caregraph.graph.atomic_files import append_line, write_atomically
from caregraph.ofsted.listing import ListedReport

log = logging.getLogger(__name__)

NAME = "manifest.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedFile:
    """File that was fetched: its path below the folder, what was listed of it, its hash, and when it was fetched."""

    address: str
    path: str
    authority: str
    page: str
    title: str
    published: str
    sha256: str
    fetched: str
    validators: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPage:
    """Page of a local authority: the reports that it listed, and what it takes to ask whether it has changed."""

    page: str
    validators: Mapping[str, str]
    reports: tuple[ListedReport, ...]


class Manifest:
    """Manifest of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / NAME
        self.pages: dict[str, ListedPage] = {}
        self.files: dict[str, FetchedFile] = {}
        for row in self._rows():
            self._take(row)

    def _rows(self) -> list[dict[str, Any]]:
        rows = []
        for line in self._path.read_bytes().splitlines() if self._path.is_file() else ():
            try:
                rows.append(json.loads(line))
            except ValueError:
                log.warning("%s: a line that was cut off is dropped", self._path)
        return rows

    def _take(self, row: dict[str, Any]) -> None:
        try:
            if "reports" in row:
                reports = tuple(
                    ListedReport(**{**report, "published": date.fromisoformat(report["published"])})
                    for report in row["reports"]
                )
                self.pages[row["page"]] = ListedPage(**{**row, "reports": reports})
            else:
                self.files[row["address"]] = FetchedFile(**row)
        except (TypeError, ValueError, KeyError):
            log.warning("%s: a line that is not of this form is dropped", self._path)

    def add(self, entry: FetchedFile | ListedPage) -> None:
        """Write an entry down, in place of an earlier one about the same address.

        Raises:
            StoreError: if it cannot be written.
        """
        append_line(self._path, _line(entry))
        if isinstance(entry, FetchedFile):
            self.files[entry.address] = entry
        else:
            self.pages[entry.page] = entry

    def tidy(self) -> None:
        """Write the file anew with a line an address, in the order of their names.

        Raises:
            StoreError: if it cannot be written.
        """
        pages = [_line(self.pages[page]) for page in sorted(self.pages)]
        files = [_line(self.files[address]) for address in sorted(self.files)]
        content = "".join(f"{line}\n" for line in (*pages, *files)).encode()
        if not self._path.is_file() or self._path.read_bytes() != content:
            write_atomically(self._path, content)

    def present(self, address: str) -> FetchedFile | None:
        """File of an address, if it is in the folder with the bytes that were fetched."""
        entry = self.files.get(address)
        if entry is None:
            return None
        path = self.folder / entry.path
        try:
            is_here = hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256
        except OSError:
            return None
        return entry if is_here and path.resolve().is_relative_to(self.folder.resolve()) else None

    def confirm(self, entry: FetchedFile, fetched: str) -> None:
        """Write down that a file was asked for again and had not changed. Raises as `add`."""
        self.add(replace(entry, fetched=fetched))


def _line(entry: FetchedFile | ListedPage) -> str:
    return json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True, default=str)
