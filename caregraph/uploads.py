"""Uploads: documents in memory, previewed before they join the graph, and pictures of their pages."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from caregraph.build import Outcome, build
from caregraph.extractors.reading.page_pictures import PagePicture, draw_pages
from caregraph.graph.dataset.document_cache import DocumentCache
from caregraph.inputs import InputFile, Inputs
from caregraph.ontology.records import Record
from caregraph.workspace import Workspace


def preview(workspace: Workspace, source: str, content: bytes) -> Record:
    """Read a document as a build would, without touching the graph; a build after it need not read it again.

    Raises:
        UnreadableReport: if it holds nothing that can be read.
        BadDecision: if people's decisions contradict each other.
        StoreError: if the data directory cannot be written.
    """
    record = workspace.reader.read_bytes(source, content)
    workspace.cache.store_record(record, workspace.extractor)
    return workspace.resolver.resolve(record)


def add_documents(workspace: Workspace, documents: Mapping[str, bytes]) -> list[Outcome]:
    """Build from documents in memory, keyed by the names of their files.

    Raises:
        BadDecision, StoreError: as ``build``.
    """
    with TemporaryDirectory() as folder:
        files = []
        for number, (source, content) in enumerate(documents.items()):
            name, path = file_name(source), Path(folder) / str(number)
            path.write_bytes(content)
            files.append(InputFile(name, path, f"upload:{hashlib.sha256(content).hexdigest()}"))
        return list(build(workspace, Inputs(tuple(files)), workers=1))


def file_name(text: str) -> str:
    """Make a safe file name of one that came from outside: no folders, no control characters, not hidden.

    >>> file_name("C:\\\\reports\\\\../letter.pdf"), file_name("..")
    ('letter.pdf', 'document')
    """
    name = "".join(sign for sign in text.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable())
    return name.lstrip(".")[-200:] or "document"


def page_pictures(data: Path, sha256: str, start: int, end: int) -> list[PagePicture]:
    """Draw the pages on which some characters of a document stand, with these boxed; none if its bytes are not cached.

    Raises:
        UnreadableReport: if the cached bytes are not a report.
    """
    content = DocumentCache(data).document(sha256)
    return draw_pages("this document", content, start, end) if content else []
