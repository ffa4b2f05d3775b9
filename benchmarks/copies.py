"""A dataset several times over, to see how something grows: copies that share only the vocabularies."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from graph.catalogue import Entry
from graph.dataset import SOURCE, Dataset
from graph.neo4j_store import VOCABULARY
from ontology.iris import THINGS


class Copies:
    """A dataset and ``times - 1`` copies of its documents, as `Neo4jStore.sync` reads a dataset.

    A copy has a hash and a file name of its own, and its own inspections, judgements, people and things that no
    vocabulary has; number 0 is the original. ``documents``: how many of them at most, the first by name;
    ``more``: of how many of these there is one copy more.
    """

    def __init__(self, dataset: Dataset, times: int, *, documents: int | None = None, more: int = 0) -> None:
        self._dataset = dataset
        entries = [entry for entry in dataset.documents() if entry.status == "done"][:documents]
        copied = [(number, entry) for number in range(times) for entry in entries]
        copied += [(times, entry) for entry in entries[:more]]
        self._copies = {
            _copy(entry, number).document: (number, entry, _copy(entry, number)) for number, entry in copied
        }
        self._known = {str(getattr(quad.subject, "value", "")) for quad in dataset.quads(VOCABULARY)}

    def documents(self) -> list[Entry]:
        return [copy for _, _, copy in self._copies.values()]

    def vocabulary(self) -> str | None:
        return self._dataset.vocabulary()

    def quads(self, name: str) -> Iterator[ox.Quad]:
        """The statements of one named graph."""
        number, entry, copy = self._copies.get(name, (0, None, None))
        if entry is None or copy is None or number == 0:
            yield from self._dataset.quads(name)
            return
        names: dict[str, ox.NamedNode] = {}

        def renamed(node: Any) -> Any:
            if not isinstance(node, ox.NamedNode):
                return node
            if node.value not in names:
                names[node.value] = self._renamed(node, entry.sha256, copy.sha256, number)
            return names[node.value]

        for quad in self._dataset.quads(entry.document):
            value = ox.Literal(copy.source) if quad.predicate == SOURCE else renamed(quad.object)
            yield ox.Quad(renamed(quad.subject), quad.predicate, value, renamed(quad.graph_name))

    def _renamed(self, node: ox.NamedNode, before: str, after: str, number: int) -> ox.NamedNode:
        if not node.value.startswith(THINGS) or node.value in self._known:
            return node
        if before in node.value:
            return ox.NamedNode(node.value.replace(before, after))
        return ox.NamedNode(f"{node.value}-copy-{number}")


def _copy(entry: Entry, number: int) -> Entry:
    if number == 0:
        return entry
    sha256 = hashlib.sha256(f"{entry.sha256} {number}".encode()).hexdigest()
    return replace(entry, sha256=sha256, source=f"copy-{number}-{entry.source}")
