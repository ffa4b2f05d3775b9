"""Inputs of a build: the files that it is given, and the source that names each document.

A document is known by its content and by its path below the folder that was
given. The source is that path, as people read it; where another document has it
already, it begins further up, until it is its own. The location is where the
file was read, so that a changed file replaces what it gave before.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote_to_bytes
from urllib.request import url2pathname

from caregraph.graph.dataset.catalogue import Entry
from caregraph.ontology.errors import UnreadableReport

# Looked for in folders; a file that is named is always tried, and its bytes say what it is.
SUFFIXES = frozenset(
    {".pdf", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".txt", ".md", ".markdown", ".docx", ".odt", ".fodt", ".eml"}
)


@dataclass(frozen=True, slots=True)
class InputFile:
    """File to be read: the document's source, the path of its bytes, and its location, an URI.

    ``renamed_from`` is the source that the document had in a data directory that knew no locations.
    """

    source: str
    path: Path
    location: str | None = None
    renamed_from: str | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files to be read, in the order of their paths; sources of files in folders that are of no kind that is read."""

    files: tuple[InputFile, ...]
    ignored: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()

    @property
    def ignored_kinds(self) -> dict[str, int]:
        """Number of ignored files by the ending of their names, the most frequent first."""
        return dict(Counter(Path(source).suffix.lower() or "no ending" for source in self.ignored).most_common())


def find_inputs(paths: Iterable[Path]) -> Inputs:
    """Find the files named and those in the folders named; hidden ones are left out.

    Raises:
        UnreadableReport: if a path does not exist.
    """
    files: dict[str, InputFile] = {}
    ignored: list[str] = []
    folders: list[str] = []
    for path in paths:
        if not path.exists():
            raise UnreadableReport(readable(path), "does not exist")
        if not path.is_dir():
            files.setdefault(location_of(path), InputFile(readable(Path(path.name)), path, location_of(path)))
            continue
        folders.append(location_of(path))
        for file, relative in _files_below(path):
            source = readable(relative)
            if file.suffix.lower() in SUFFIXES:
                files.setdefault(location_of(file), InputFile(source, file, location_of(file)))
            else:
                ignored.append(source)
    return Inputs(tuple(files.values()), tuple(ignored), tuple(folders))


def files_in(paths: Iterable[Path]) -> list[Path]:
    """List the paths of the files that `find_inputs` finds. Raises as it."""
    return [file.path for file in find_inputs(paths).files]


def _files_below(folder: Path) -> Iterator[tuple[Path, Path]]:
    for file in sorted(folder.rglob("*")):
        relative = file.relative_to(folder)
        if file.is_file() and not any(part.startswith(".") for part in relative.parts):
            yield file, relative


def readable(path: Path) -> str:
    """Write a path as people read it, with forward slashes; a name that is not UTF-8 is taken for Windows' own.

    >>> readable(Path("reports") / os.fsdecode(b"children\\x92s.pdf"))
    'reports/children’s.pdf'
    """
    content = os.fsencode(path.as_posix())
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def location_of(path: Path) -> str:
    """URI of a file or folder, whatever its name is made of."""
    return path.resolve().as_uri()


def name_sources(files: Iterable[InputFile], hashes: Mapping[Path, str], entries: Iterable[Entry]) -> list[InputFile]:
    """Give each file the source of its document: the one it had before, else the shortest that no other document has.

    Args:
        hashes: of the files' bytes, by path.
        entries: of the documents that the dataset has.
    """
    known = {entry.source: entry for entry in entries}
    by_location = {entry.location: entry for entry in known.values() if entry.location}
    unplaced = {entry.sha256: entry for entry in known.values() if entry.location is None}
    taken: set[str] = set()
    named: list[InputFile] = []
    for file in files:
        sha256, former = hashes[file.path], None
        if file.location and (entry := by_location.get(file.location)):
            source = entry.source
        else:
            free = (name for name in _candidates(file) if name not in taken and _is_free(known.get(name), sha256))
            source = next(free)
            moved = unplaced.get(sha256)
            if moved and moved.source != source and moved.source == Path(source).name and moved.source not in taken:
                former = moved.source
        taken.add(source)
        named.append(replace(file, source=source, renamed_from=former))
    return named


def _is_free(entry: Entry | None, sha256: str) -> bool:
    """Tell whether a source may name a file: it is new, names the same content, or its own file is gone or unknown."""
    if entry is None or entry.sha256 == sha256 or entry.location is None:
        return True
    return entry.location.startswith("file:") and not _exists(entry.location)


def _exists(location: str) -> bool:
    path = location.removeprefix("file://")
    return Path(url2pathname(path) if os.name == "nt" else os.fsdecode(unquote_to_bytes(path))).exists()


def _candidates(file: InputFile) -> Iterator[str]:
    """Yield the names that a file may have, the shortest first."""
    yield file.source
    parts = file.path.resolve().parts[1:]
    depth = len(Path(file.source).parts)
    if file.location and file.location.startswith("file:"):
        for start in range(len(parts) - depth - 1, -1, -1):
            yield readable(Path(*parts[start:]))
    name = Path(file.source)
    number = 2
    while True:
        yield readable(name.with_name(f"{name.stem} ({number}){name.suffix}"))
        number += 1


def gone_sources(folders: Iterable[str], entries: Iterable[Entry]) -> list[str]:
    """Sources of documents that were read below these folders, by URI, and whose files are there no more."""
    prefixes = tuple(f"{folder}/" for folder in folders)
    return [
        entry.source
        for entry in entries
        if entry.location and entry.location.startswith(prefixes) and not _exists(entry.location)
    ]
