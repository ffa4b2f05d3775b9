"""The catalogue of the dataset: what became of each file, as RDF like the rest."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from caregraph.graph.dataset.sparql import plain
from caregraph.ontology.iris import document_iri, thing_iri
from caregraph.ontology.schema import cg

Status = Literal["done", "failed"]

CATALOGUE = ox.NamedNode(thing_iri("graph", "catalogue"))
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
ENTRY = ox.NamedNode(cg("Entry"))
SOURCE = ox.NamedNode("http://purl.org/dc/terms/identifier")
DOCUMENT = ox.NamedNode("http://xmlns.com/foaf/0.1/primaryTopic")
EXTRACTOR = ox.NamedNode(cg("extractor"))
STATUS = ox.NamedNode(cg("status"))
REASON = ox.NamedNode(cg("reason"))
STATEMENTS = ox.NamedNode(cg("statements"))
FINGERPRINT = ox.NamedNode(cg("fingerprint"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What became of one file. ``source`` is its name, ``reason`` why it failed.

    ``statements`` is how many it gave, ``fingerprint`` a digest of them, empty if none was made.
    """

    source: str
    sha256: str
    extractor: str
    status: Status = "done"
    reason: str | None = None
    statements: int = 0
    fingerprint: str = ""

    @property
    def document(self) -> str:
        """The IRI of the document, which is its graph's too."""
        return document_iri(self.sha256)


def entry_node(source: str) -> ox.NamedNode:
    """The node of a file's entry, by the name of the file whatever characters are in it."""
    return ox.NamedNode(thing_iri("entry", hashlib.sha256(source.encode()).hexdigest()[:32]))


def entry_quads(entry: Entry) -> Iterator[ox.Quad]:
    """What the catalogue says of a file."""
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
    }
    return (ox.Quad(node, key, value, CATALOGUE) for key, value in values.items() if value is not None)


def read_entry(quads: Iterable[ox.Quad]) -> Entry | None:
    """The entry that some statements of one node make; None if they make none."""
    values = {quad.predicate: str(plain(quad.object)) for quad in quads}
    if SOURCE not in values:
        return None
    return Entry(
        source=values[SOURCE],
        sha256=values[DOCUMENT].rsplit("/", 1)[-1],
        extractor=values[EXTRACTOR],
        status="failed" if values[STATUS] == "failed" else "done",
        reason=values.get(REASON),
        statements=int(values[STATEMENTS]),
        fingerprint=values.get(FINGERPRINT, ""),
    )
