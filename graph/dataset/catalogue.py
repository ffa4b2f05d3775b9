"""Catalogue of the dataset: the build's outcome for each file, in RDF."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
