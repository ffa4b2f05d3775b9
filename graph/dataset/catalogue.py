"""Catalogue of the dataset: the build's outcome for each file, in RDF; and new documents that wait to join it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Literal, get_args

import pyoxigraph as ox

from caregraph.graph.dataset.sparql.answers import python_value
from caregraph.ontology.iris import document_iri, thing_iri
from caregraph.ontology.schema import cg
from caregraph.ontology.turtle import expand

Status = Literal["done", "failed", "left-out"]

CATALOGUE = ox.NamedNode(thing_iri("graph", "catalogue"))
TYPE = ox.NamedNode(expand("rdf:type"))
ENTRY = ox.NamedNode(cg("Entry"))
SOURCE = ox.NamedNode(expand("dcterms:identifier"))
DOCUMENT = ox.NamedNode(expand("foaf:primaryTopic"))
EXTRACTOR = ox.NamedNode(cg("extractor"))
STATUS = ox.NamedNode(cg("status"))
REASON = ox.NamedNode(cg("reason"))
STATEMENTS = ox.NamedNode(cg("statements"))
FINGERPRINT = ox.NamedNode(cg("fingerprint"))
LOCATION = ox.NamedNode(cg("location"))
MAX_STATEMENTS = 100_000  # of new documents that wait; Oxigraph takes 350 MB to write them, and more for more


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Outcome for one file. ``source`` is its path below the folder that was given, or its name.

    ``reason`` says why it failed, or why it was left out: what it seems to be. ``location`` is the URI at which it was
    read, None for one that an earlier version of caregraph read, whose source is its bare name.
    ``extractor`` is the version of everything that the statements depend on besides the document's bytes,
    ``statements`` their number and ``fingerprint`` a digest of them, empty if none was made.
    """

    source: str
    sha256: str
    extractor: str
    status: Status = "done"
    reason: str | None = None
    statements: int = 0
    fingerprint: str = ""
    location: str | None = None

    @property
    def document(self) -> str:
        """IRI of the document, which is its graph's too."""
        return document_iri(self.sha256)


def entry_node(source: str) -> ox.NamedNode:
    """Node of a file's entry, by the file's name, which may have any characters."""
    return ox.NamedNode(thing_iri("entry", hashlib.sha256(source.encode()).hexdigest()[:32]))


def entry_quads(entry: Entry) -> Iterator[ox.Quad]:
    """Statements of an entry."""
    node = entry_node(entry.source)
    values: dict[ox.NamedNode, ox.NamedNode | ox.Literal | None] = {
        TYPE: ENTRY,
        SOURCE: ox.Literal(entry.source),
        DOCUMENT: ox.NamedNode(entry.document),
        EXTRACTOR: ox.Literal(entry.extractor),
        STATUS: ox.Literal(entry.status),
        REASON: ox.Literal(entry.reason) if entry.reason else None,
        STATEMENTS: ox.Literal(entry.statements),
        FINGERPRINT: ox.Literal(entry.fingerprint) if entry.fingerprint else None,
        LOCATION: ox.Literal(entry.location) if entry.location else None,
    }
    return (ox.Quad(node, key, value, CATALOGUE) for key, value in values.items() if value is not None)


def read_entry(quads: Iterable[ox.Quad]) -> Entry | None:
    """Read an entry from the statements of its node; None if they are no entry."""
    values = {quad.predicate: str(python_value(quad.object)) for quad in quads}
    if SOURCE not in values:
        return None
    return Entry(
        source=values[SOURCE],
        sha256=values[DOCUMENT].rsplit("/", 1)[-1],
        extractor=values[EXTRACTOR],
        status=next(status for status in get_args(Status) if status == values[STATUS]),
        reason=values.get(REASON),
        statements=int(values[STATEMENTS]),
        fingerprint=values.get(FINGERPRINT, ""),
        location=values.get(LOCATION),
    )


@dataclass(slots=True)
class PendingDocuments:
    """Entries of new documents with their serialized statements, in no store yet.

    Oxigraph writes sorted files for each call, one for each of its indexes: for a hundred documents at once this takes
    half the processor time of a hundred times one, and no statement becomes an object of Python's.

    Attributes:
        entries: nodes of the entries in the catalogue.
        documents: IRIs of the documents.
        statements: number of statements that wait.
    """

    entries: set[ox.NamedNode] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    statements: int = 0
    _parts: list[bytes] = field(default_factory=list)

    def add(self, entry: Entry, statements: bytes) -> None:
        """Add a document with its statements in N-Triples, as `terms.sorted_triples` gives them."""
        self.entries.add(entry_node(entry.source))
        self.documents.add(entry.document)
        self.statements += entry.statements
        catalogued = [*entry_quads(entry)]
        merged = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in catalogued]
        self._parts.append(ox.serialize([*catalogued, *merged], format=ox.RdfFormat.N_QUADS) or b"")
        # Text in N-Triples has its line ends escaped, so that only the end of a statement looks like one.
        self._parts += [statements, statements.replace(b" .\n", f" <{entry.document}> .\n".encode())]

    def quads(self) -> bytes:
        """Give everything as N-Quads, once: each statement in its named graph and in the merged graph."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


class DocumentQueue:
    """New documents on their way into a store: those that wait until they are many, and those that a thread writes.

    Oxigraph needs nothing of Python's to write, so that meanwhile statements of the next documents are made.
    """

    def __init__(self, write: Callable[[PendingDocuments], None]) -> None:
        self._write = write
        self._waiting = PendingDocuments()
        self._written = PendingDocuments()  # by the thread, unless it has ended
        self._thread = ThreadPoolExecutor(1, "statements")
        self._done: Future[None] | None = None

    def add(self, entry: Entry, statements: bytes) -> None:
        """Add a document; where there are many, begin to write them. Raises what writing those before them raised."""
        self._waiting.add(entry, statements)
        if self._waiting.statements >= MAX_STATEMENTS:
            self._begin()

    def has_entry(self, node: ox.NamedNode) -> bool:
        """Tell if the entry of a node waits or is being written."""
        return node in self._waiting.entries or node in self._written.entries

    def has_document(self, iri: str) -> bool:
        """Tell if a document waits or is being written."""
        return iri in self._waiting.documents or iri in self._written.documents

    def flush(self) -> None:
        """Return when all is written. Raises what that raised."""
        self._begin()
        self._finish()

    def close(self) -> None:
        """End the thread; what still waits is lost."""
        self._thread.shutdown()

    def _begin(self) -> None:
        self._finish()
        if self._waiting.statements:
            self._written, self._waiting = self._waiting, PendingDocuments()
            self._done = self._thread.submit(self._write, self._written)

    def _finish(self) -> None:
        done, self._done = self._done, None
        try:
            if done:
                done.result()
        finally:
            self._written = PendingDocuments()
