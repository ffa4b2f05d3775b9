"""What the copy in Neo4j shall hold: the vocabularies, the documents, and the files that could not be read."""

import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from typing import Protocol

import pyoxigraph as ox

from caregraph.graph.dataset.catalogue import Entry, entry_node
from caregraph.graph.dataset.store import VOCABULARY
from caregraph.graph.neo4j.loader import Load
from caregraph.graph.neo4j.payload import Told
from caregraph.graph.neo4j.property_graph import NodeRow, Properties, Rows, rows
from caregraph.ontology import schema
from caregraph.ontology.errors import InvalidGraph
from caregraph.ontology.schema import cg, load_schema

LAYOUT = "3"  # changes when the same statements tell something else, or in another form


class Source(Protocol):
    """A dataset, as far as its copy depends on it."""

    def documents(self) -> list[Entry]: ...
    def vocabulary(self) -> str | None: ...
    def quads(self, name: str) -> Iterator[ox.Quad]: ...


class Keeping(Protocol):
    """Where a build may have kept what documents tell (`dataset.document_cache`)."""

    def payload(self, sha256: str, version: str) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """A graph: a version that changes with it, a name to show, and what makes what it tells."""

    version: str
    name: str
    told: Callable[[], Told]


def told_version(fingerprint: str) -> str:
    """Names what statements of this fingerprint (`catalogue.Entry`) tell."""
    return f"{_made()} {fingerprint}"


def wanted_by(dataset: Source, kept: Keeping | None = None) -> dict[str, Wanted]:
    """The graphs of a dataset by IRI, the one of the vocabularies first, since the others refer to it.

    Args:
        kept: what need not be made again.
    """
    made = _made()
    wanted: dict[str, Wanted] = {}
    if (vocabulary := dataset.vocabulary()) is not None:
        name = VOCABULARY.value
        wanted[name] = Wanted(f"{made} {vocabulary}", "the vocabularies", partial(_told, dataset, name))
    for entry in dataset.documents():
        if entry.status == "failed":
            iri = entry_node(entry.source).value
            version = f"{made} {entry.sha256} {entry.extractor} {entry.reason}"
            wanted[iri] = Wanted(version, entry.source, partial(_unread_file, iri, entry))
        else:
            name = entry.document  # one that came under two names has two entries
            before = wanted[name].version if name in wanted else made
            version = f"{before} {entry.source} {entry.fingerprint or entry.extractor} {entry.statements}"
            alone = kept if name not in wanted else None  # it is kept of one name
            wanted[name] = Wanted(version, entry.source, partial(_document, dataset, entry, alone))
    return wanted


@cache
def _made() -> str:
    """Names how what is told is made."""
    return f"{LAYOUT} {hashlib.sha256(schema.FILE.read_bytes()).hexdigest()[:12]}"


def loads(wanted: Mapping[str, Wanted], refused: dict[str, str]) -> Iterator[Load]:
    """The graphs as they are to be; those that cannot be made are put among the ``refused``, with the reason."""
    for graph, one in wanted.items():
        try:
            yield Load(one.told(), one.version)
        except InvalidGraph as error:
            refused[graph] = "; ".join(error.violations)


def _told(dataset: Source, graph: str) -> Told:
    return Told.of(rows(graph, dataset.quads(graph)))


def _document(dataset: Source, entry: Entry, kept: Keeping | None) -> Told:
    if kept and entry.fingerprint and (stored := kept.payload(entry.sha256, told_version(entry.fingerprint))):
        with suppress(ValueError, TypeError, zlib.error):  # of a version whose bytes are not whole
            return Told.unpack(stored)
    return _told(dataset, entry.document)


def _unread_file(iri: str, entry: Entry) -> Told:
    """The one node of a file that could not be read; its graph has its IRI."""
    told: Properties = {"name": entry.source, "source": entry.source, "sha256": entry.sha256}
    label = load_schema().classes[cg("UnreadFile")].neo4j_label or ""
    return Told.of(Rows(iri, (NodeRow(label, iri, told | {"reason": entry.reason or "not told"}),)))
