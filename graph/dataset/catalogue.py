"""Catalogue of the dataset: the build's outcome for each file, in RDF; and new documents that wait to join it."""

import hashlib
from collections.abc import Iterable, Iterator
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
MAX_STATEMENTS = 200_000  # of new documents that wait; as quads they take a hundred megabytes


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

    def is_full(self) -> bool:
        """Tell whether the documents are to be written before another one is added."""
        return self.statements >= MAX_STATEMENTS

    def quads(self) -> bytes:
        """Write everything as N-Quads: each statement in its named graph and in the merged graph."""
        return b"".join(self._parts)
