"""Copies of a dataset's documents, which share only the vocabularies: a larger corpus, to measure growth."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from typing import Any

import pyoxigraph as ox

from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.store import SOURCE, Dataset
from caregraph.graph.neo4j.payload import CreateBatch, GraphPayload
from caregraph.graph.neo4j.property_graph import EdgeRow, NodeRow
from caregraph.graph.neo4j.provenance import Contribution, row_key
from caregraph.graph.neo4j.sync_plan import PayloadCache
from caregraph.ontology.iris import THINGS, VOCABULARY_GRAPH, document_iri


class Copies:
    """A dataset with ``times - 1`` copies of its documents, and their cached payloads, as `Neo4jStore.sync` reads both.

    A copy has a hash and a file name of its own, and its own inspections, judgements, people and things that no
    vocabulary has; number 0 is the original.

    Args:
        payload_cache: payloads of the originals; without it there are none.
        documents: the number of documents that are copied, at most, the first by name; all if None.
        more: the number of these that have one copy more.
    """

    def __init__(
        self,
        dataset: Dataset,
        times: int,
        *,
        payload_cache: PayloadCache | None = None,
        documents: int | None = None,
        more: int = 0,
    ) -> None:
        self._dataset = dataset
        self._payload_cache = payload_cache
        entries = [entry for entry in dataset.documents() if entry.status == "done"][:documents]
        copied = [(number, entry) for number in range(times) for entry in entries]
        copied += [(times, entry) for entry in entries[:more]]
        self._copies = {
            _copy(entry, number).document: (number, entry, _copy(entry, number)) for number, entry in copied
        }
        self._known = {str(getattr(quad.subject, "value", "")) for quad in dataset.quads(VOCABULARY_GRAPH)}

    def documents(self) -> list[Entry]:
        """List the documents and their copies."""
        return [copy for _, _, copy in self._copies.values()]

    def vocabulary(self) -> str | None:
        """Return the version of the vocabularies."""
        return self._dataset.vocabulary()

    def quads(self, name: str) -> Iterator[ox.Quad]:
        """Yield the statements of one named graph."""
        number, entry, copy = self._copies.get(name, (0, None, None))
        if entry is None or copy is None or number == 0:
            yield from self._dataset.quads(name)
            return
        iri = self._renaming(entry, copy, number)

        def renamed(node: Any) -> Any:
            return ox.NamedNode(iri(node.value)) if isinstance(node, ox.NamedNode) else node

        for quad in self._dataset.quads(entry.document):
            value = ox.Literal(copy.source) if quad.predicate == SOURCE else renamed(quad.object)
            yield ox.Quad(renamed(quad.subject), quad.predicate, value, renamed(quad.graph_name))

    def payload(self, sha256: str, version: str) -> bytes | None:
        """Return the cached payload of a document; that of a copy is the original's, renamed. None if there is none."""
        number, entry, copy = self._copies[document_iri(sha256)]
        stored = self._payload_cache.payload(entry.sha256, version) if self._payload_cache else None
        if stored is None or number == 0:
            return stored
        payload = GraphPayload.deserialize(stored)
        iri = self._renaming(entry, copy, number)

        def renamed(value: Any) -> Any:
            if isinstance(value, str):
                return iri(value)
            if isinstance(value, dict):
                return {key: copy.source if key == "source" else renamed(member) for key, member in value.items()}
            if isinstance(value, NodeRow | EdgeRow):
                return replace(value, **{name: renamed(getattr(value, name)) for name in value.__slots__})
            return type(value)(map(renamed, value)) if isinstance(value, list | tuple | frozenset) else value

        own, contribution = payload.own, payload.contribution
        batch = CreateBatch(
            nodes={label: renamed(nodes) for label, nodes in own.nodes.items()},
            outside_iris=renamed(own.outside_iris),
            bare_edges=own.bare_edges,
            edges=renamed(own.edges),
        )
        shared = Contribution(
            nodes={row_key(row): row for row in map(renamed, contribution.nodes.values())},
            edges={row_key(row): row for row in map(renamed, contribution.edges.values())},
            own_iris={label: renamed(iris) for label, iris in contribution.own_iris.items()},
            referenced_iris=renamed(contribution.referenced_iris),
        )
        return GraphPayload(copy.document, batch, shared).serialize()

    def _renaming(self, entry: Entry, copy: Entry, number: int) -> Callable[[str], str]:
        return cache(partial(self._renamed, before=entry.sha256, after=copy.sha256, number=number))

    def _renamed(self, iri: str, *, before: str, after: str, number: int) -> str:
        if not iri.startswith(THINGS) or iri in self._known:
            return iri
        return iri.replace(before, after) if before in iri else f"{iri}-copy-{number}"


def _copy(entry: Entry, number: int) -> Entry:
    if number == 0:
        return entry
    sha256 = hashlib.sha256(f"{entry.sha256} {number}".encode()).hexdigest()
    return replace(entry, sha256=sha256, source=f"copy-{number}-{entry.source}")
