"""The RDF dataset on disk: one named graph a document, one for the vocabularies, one for the catalogue.

The folder holds `store`, which one process at a time may write, and under
`published` the state at the end of each of the last builds, from which anyone
reads while another build runs. Every change of a document is one transaction:
a process killed at any moment leaves the state before or the state after it.

The catalogue says of each file what became of it: which document it is, read by
which extractors, done or failed and why. It is RDF like the rest.

The default graph is all named graphs merged, each statement once, and is what
queries read: Oxigraph's own union of graphs would count a statement as often as documents make it.
"""

import shutil
import time
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Self

import pyoxigraph as ox
from rdflib import Graph

from caregraph.graph.dataset.catalogue import (
    CATALOGUE,
    DOCUMENT,
    FINGERPRINT,
    Entry,
    entry_node,
    entry_quads,
    read_entry,
)
from caregraph.graph.dataset.rdf_terms import PREFIXES, graph_of, quads_of, update_text
from caregraph.graph.dataset.sparql import Answer, plain, select
from caregraph.ontology.errors import StoreError
from caregraph.ontology.iris import thing_iri
from caregraph.ontology.schema import cg

KEPT = 2  # published states: the newest, and the one that a reader may just have opened
BULK = 1000  # statements from which writing a file of them is cheaper than logging each; both are one transaction
MANY = 200_000  # statements from which it pays to lay the store out anew: what reads them all is four times faster
FORMATS = {
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
}
VOCABULARY = ox.NamedNode(thing_iri("graph", "vocabulary"))
SOURCE = ox.NamedNode(cg("source"))


class Dataset:
    """The dataset in a folder; `open` it to write, `read` it otherwise, and close it after.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Dataset.open(Path(folder)) as dataset:
    ...     failed = Entry(source="a.pdf", sha256="0" * 64, extractor="1", status="failed", reason="empty file")
    ...     dataset.replace(failed) == failed, dataset.is_current("a.pdf", "0" * 64, "1")
    (True, True)
    """

    def __init__(self, store: ox.Store, folder: Path, *, writes: bool) -> None:
        self._store = store
        self._folder = folder
        self._writes = writes
        self._added = 0  # statements, since it was opened
        self._unpublished = folder / "unpublished"  # there while `store` holds what no reader has seen

    @classmethod
    def open(cls, folder: Path, *, wait: float = 0.0) -> Self:
        """Open to write.

        Args:
            wait: how many seconds to wait for another process that is writing.

        Raises:
            StoreError: if another process still writes then, or the folder cannot be used.
        """
        deadline = time.monotonic() + wait
        while True:
            try:
                (folder / "published").mkdir(parents=True, exist_ok=True)
                return cls(ox.Store(str(folder / "store")), folder, writes=True)
            except OSError as error:
                if "lock" not in str(error).lower():
                    raise StoreError(f"the dataset in {folder} cannot be opened: {error}") from error
                if time.monotonic() >= deadline:
                    raise StoreError(f"another caregraph process is writing the dataset in {folder}") from error
            time.sleep(min(0.2, max(0.0, deadline - time.monotonic())))

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Open the state at the end of the last build, to read; empty if no build has ended yet.

        Raises:
            StoreError: if it cannot be read.
        """
        newest = max(_published(folder), default=None)
        if newest is None:
            return cls(ox.Store(), folder, writes=False)
        try:
            return cls(ox.Store.read_only(str(folder / "published" / str(newest))), folder, writes=False)
        except OSError as error:
            if newest not in _published(folder):  # builds that ended just now took it away
                return cls.read(folder)
            raise StoreError(f"the dataset in {folder} cannot be read: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let other processes write, after publishing what was changed.

        Raises:
            StoreError: if it cannot be published, for want of room on the disk perhaps; the next to close it will.
        """
        try:
            if self._writes and self._unpublished.exists():
                self._publish()
        except OSError as error:
            raise StoreError(f"the dataset in {self._folder} cannot be published: {error}") from error
        finally:
            self._store = ox.Store()  # dropping Oxigraph's store is what closes it

    def documents(self) -> list[Entry]:
        """What became of each file, by name."""
        by_node: dict[object, list[ox.Quad]] = defaultdict(list)
        for quad in self.quads(CATALOGUE.value):
            by_node[quad.subject].append(quad)
        entries = (read_entry(quads) for quads in by_node.values())
        return sorted((entry for entry in entries if entry), key=lambda entry: entry.source)

    def entry(self, source: str) -> Entry | None:
        """What became of a file; None if it was never built."""
        return read_entry(self._catalogued(entry_node(source)))

    def is_current(self, source: str, sha256: str, extractor: str) -> bool:
        """Whether exactly these bytes have been through these extractors under this name, done or failed."""
        entry = self.entry(source)
        return entry is not None and (entry.sha256, entry.extractor) == (sha256, extractor)

    def replace(self, entry: Entry, graph: Graph | Collection[ox.Quad] | None = None) -> Entry:
        """Put a file's entry and, where it is done, its graph in place of what that file gave before.

        The graph may be given as quads, which are then of the named graph of the document's IRI.

        A document that came under several names is one graph, with the first of them as its source.

        Raises:
            InvalidGraph: if a node of the graph has no IRI.
            StoreError: if the store fails, a full disk among the reasons; the dataset is then as before.
        """
        if (graph is None) != (entry.status == "failed"):
            raise ValueError(f"{entry.source}: a file that is done has a graph, one that failed has none")
        entry = replace(entry, statements=len(graph) if graph is not None else 0)
        self._put(entry.source, entry, graph)
        return entry

    def remove(self, source: str) -> bool:
        """Take back a file, with every statement that rested on it alone; whether it was there."""
        known = self.entry(source) is not None
        if known:
            self._put(source, None, None)
        return known

    def vocabulary(self) -> str | None:
        """The fingerprint of the vocabularies that the dataset holds; None before the first."""
        return next((str(plain(quad.object)) for quad in self._catalogued(VOCABULARY)), None)

    def replace_vocabulary(self, graph: Graph, fingerprint: str) -> None:
        """Put the graph of the vocabularies in place of the one before.

        Raises:
            InvalidGraph: if a node of the graph has no IRI.
            StoreError: if the store fails.
        """
        before = {*self.quads(VOCABULARY.value), *self._catalogued(VOCABULARY)}
        after = {*quads_of(graph, VOCABULARY), ox.Quad(VOCABULARY, FINGERPRINT, ox.Literal(fingerprint), CATALOGUE)}
        self._change(before - after, after - before)

    def graph(self, name: str) -> Graph:
        """One named graph by its IRI, copied into memory; empty if there is none."""
        return graph_of(self.quads(name), name)

    def quads(self, name: str) -> Iterator[ox.Quad]:
        """The statements of one named graph, as Oxigraph has them: much faster than `graph`."""
        yield from self._store.quads_for_pattern(None, None, None, ox.NamedNode(name))

    def sparql(self, query: str, *, limit: int | None = None) -> Answer:
        """Answer a SPARQL query, by default over all graphs merged; see `sparql.select`."""
        return select(self._store, query, prefixes=PREFIXES, limit=limit)

    def export(self, output: BinaryIO, form: str) -> None:
        """Write the whole dataset in one of FORMATS: the named graphs, or in Turtle, which has none, the merged one.

        Raises:
            StoreError: if the form is unknown, or the store or the output fails.
        """
        if form not in FORMATS:
            raise StoreError(f"no export called {form!r}: expected one of {', '.join(FORMATS)}")
        try:
            if FORMATS[form].supports_datasets:
                names = sorted(graph.value for graph in self._store.named_graphs())
                ox.serialize(chain.from_iterable(map(self.quads, names)), output, FORMATS[form], prefixes=PREFIXES)
            else:
                self._store.dump(output, FORMATS[form], from_graph=ox.DefaultGraph(), prefixes=PREFIXES)
        except OSError as error:
            raise StoreError(f"the dataset cannot be written as {form}: {error}") from error

    def _put(self, source: str, entry: Entry | None, graph: Graph | Collection[ox.Quad] | None) -> None:
        old = self.entry(source)
        before, after = set(self._catalogued(entry_node(source))), set(entry_quads(entry)) if entry else set()
        for document in {one.document for one in (old, entry) if one}:
            statements, names = set(self.quads(document)), self._done(document) - {source}
            before |= statements
            if graph is not None and entry is not None and document == entry.document:
                quads = quads_of(graph, ox.NamedNode(document)) if isinstance(graph, Graph) else graph
                statements, names = set(quads), names | {source}
            if names:
                after |= _from_file(statements, ox.NamedNode(document), min(names))
        self._change(before - after, after - before)

    def _done(self, document: str) -> set[str]:
        """The files that are this document, and that gave its statements."""
        about = self._store.quads_for_pattern(None, DOCUMENT, ox.NamedNode(document), CATALOGUE)
        entries = [read_entry(self._catalogued(quad.subject)) for quad in about]
        return {entry.source for entry in entries if entry and entry.status == "done"}

    def _catalogued(self, node: Any) -> list[ox.Quad]:
        return list(self._store.quads_for_pattern(node, None, None, CATALOGUE))

    def _change(self, remove: set[ox.Quad], add: set[ox.Quad]) -> None:
        if not self._writes:
            raise StoreError(f"the dataset in {self._folder} is open to read only")
        if not remove and not add:
            return
        merged = {_merged(quad) for quad in add}
        gone = {_merged(quad) for quad in remove} - merged
        remove = remove | {quad for quad in gone if self._only_in(quad, remove)}
        add = add | merged
        try:
            self._unpublished.touch()
            if remove:
                self._store.update(update_text(self._emptied(remove, add), remove, add))
            elif len(add) < BULK:
                self._store.extend(add)
            else:
                self._store.bulk_extend(add)
            self._added += len(add)
        except OSError as error:
            raise StoreError(f"the dataset in {self._folder} cannot be changed: {error}") from error

    def _emptied(self, remove: set[ox.Quad], add: set[ox.Quad]) -> set[ox.NamedNode]:
        """The named graphs in which nothing is left."""
        names = {quad.graph_name for quad in remove} - {quad.graph_name for quad in add}
        named = {name for name in names if isinstance(name, ox.NamedNode)}
        return {name for name in named if remove.issuperset(self.quads(name.value))}

    def _only_in(self, merged: ox.Quad, remove: set[ox.Quad]) -> bool:
        """Whether no named graph would still make a statement after ``remove``."""
        found = self._store.quads_for_pattern(merged.subject, merged.predicate, merged.object, None)
        return all(quad == merged or quad in remove for quad in found)

    def _publish(self) -> None:
        """Make the present state the one that readers open. A backup is made of hard links, and so costs little."""
        folder = self._folder / "published"
        numbers = sorted(_published(self._folder))
        unfinished = folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        if self._added >= MANY:
            self._store.optimize()
        self._store.backup(str(unfinished))
        unfinished.rename(folder / str(max(numbers, default=0) + 1))
        self._unpublished.unlink(missing_ok=True)
        for number in numbers[: 1 - KEPT]:
            shutil.rmtree(folder / str(number), ignore_errors=True)


def _from_file(statements: set[ox.Quad], document: ox.NamedNode, source: str) -> set[ox.Quad]:
    """A document's statements, with the name of a file in place of the one they give."""
    others = {quad for quad in statements if quad.predicate != SOURCE}
    return others | {ox.Quad(document, SOURCE, ox.Literal(source), document)}


def _merged(quad: ox.Quad) -> ox.Quad:
    """The same statement in the default graph."""
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def _published(folder: Path) -> list[int]:
    return [int(path.name) for path in (folder / "published").glob("[0-9]*")]
