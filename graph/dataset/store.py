"""RDF dataset on disk: a named graph for each document, one for the vocabularies, one for the catalogue.

The folder holds `store`, which one process at a time may write, and under
`published` the state at the end of each of the last builds, from which others
read while another build runs. The writer locks the file `writer.lock`; when its
process ends, even by a kill, the system releases the lock. Readers need no lock.
Every change of a document is in one transaction: a process killed at any moment
leaves the state before or the state after it. Documents that are new wait for each
other, so that a first build writes them many at a time (`catalogue.DocumentQueue`).

The catalogue has an entry for each file: its document, the version of the
extractors, done or failed and why. It is RDF, too.

Queries read the default graph. It has all named graphs merged, each statement once:
Oxigraph's own union of graphs would count a statement as often as documents make it.
"""

import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Self

import pyoxigraph as ox
from filelock import FileLock, Timeout
from rdflib import Graph

from caregraph.graph.dataset.catalogue import (
    CATALOGUE,
    DOCUMENT,
    FINGERPRINT,
    DocumentQueue,
    Entry,
    PendingDocuments,
    entry_node,
    entry_quads,
    read_entry,
)
from caregraph.graph.dataset.json_ld import write_json_ld
from caregraph.graph.dataset.rdf_terms import deserialize_graph, graph_of, quads_of, sparql_update
from caregraph.graph.dataset.sparql.answers import python_value, select
from caregraph.graph.query_result import QueryResult
from caregraph.ontology.errors import StoreError
from caregraph.ontology.iris import VOCABULARY_GRAPH
from caregraph.ontology.schema import cg
from caregraph.ontology.turtle import PREFIXES, expand

PUBLISHED_STATES = 2  # the newest, and the one before, which a reader may just have opened
BULK_STATEMENTS = 1000  # from which writing a file of them is cheaper than logging each; both are one transaction
OPTIMIZE_STATEMENTS = 200_000  # from which optimizing the store pays: reading all of it is then four times faster
POLL_INTERVAL = 0.2  # seconds between attempts to lock
FORMATS = {
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
}
VOCABULARY_NODE = ox.NamedNode(VOCABULARY_GRAPH)
SOURCE = ox.NamedNode(cg("source"))
LABEL = ox.NamedNode(expand("skos:prefLabel"))


class Dataset:
    """Dataset in a folder: `open` it to write, `read` it otherwise, and close it after.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Dataset.open(Path(folder)) as dataset:
    ...     failed = Entry(source="a.pdf", sha256="0" * 64, extractor="1", status="failed", reason="empty file")
    ...     dataset.replace(failed) == failed, dataset.is_current("a.pdf", "0" * 64, "1")
    (True, True)
    """

    def __init__(self, store: ox.Store, folder: Path, *, lock: FileLock | None = None) -> None:
        self._written = store  # without new documents that wait
        self._new = DocumentQueue(self._write_documents)
        self._folder = folder
        self._lock = lock  # of the writer; None to read only
        self._added = 0  # statements, since it was opened
        self._unpublished = folder / "unpublished"  # exists while `store` has changes that are not published

    @classmethod
    def open(cls, folder: Path, *, wait: float = 0.0) -> Self:
        """Open the dataset to write.

        Args:
            wait: seconds to wait for another process that is writing.

        Raises:
            StoreError: if another process is still writing after that, or, at once, if the folder cannot be used.
        """
        # Any thread may close the dataset.
        lock = FileLock(folder / "writer.lock", thread_local=False)
        try:
            (folder / "published").mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=wait, poll_interval=POLL_INTERVAL)
            return cls(ox.Store(str(folder / "store")), folder, lock=lock)
        except Timeout as error:
            raise StoreError(f"another caregraph process is writing the dataset in {folder}") from error
        # A RuntimeError is Oxigraph's for damaged files, or the lock's where the file system has no locks.
        except (OSError, RuntimeError) as error:
            lock.release()
            raise StoreError(f"the dataset in {folder} cannot be opened: {error}") from error

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Open the state at the end of the last build, to read; it is empty if no build has ended yet.

        Raises:
            StoreError: if it cannot be read.
        """
        newest = max(_published(folder), default=None)
        if newest is None:
            return cls(ox.Store(), folder)
        try:
            return cls(ox.Store.read_only(str(folder / "published" / str(newest))), folder)
        except (OSError, RuntimeError) as error:  # Oxigraph raises the latter for damaged files
            if newest not in _published(folder):  # builds that ended just now have deleted it
                return cls.read(folder)
            raise StoreError(f"the dataset in {folder} cannot be read: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Publish the changes, and release the writer's lock.

        Raises:
            StoreError: if they cannot be published, on a full disk for example; the next writer publishes them.
        """
        try:
            self._new.flush()
            if self._lock is not None and self._unpublished.exists():
                self._publish()
        except OSError as error:
            raise StoreError(f"the dataset in {self._folder} cannot be published: {error}") from error
        finally:
            self._new.close()
            self._written = ox.Store()  # Oxigraph closes a store when nothing refers to it
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def documents(self) -> list[Entry]:
        """Entries of all files, by name."""
        by_node: dict[object, list[ox.Quad]] = defaultdict(list)
        for quad in self.quads(CATALOGUE.value):
            by_node[quad.subject].append(quad)
        entries = (read_entry(quads) for quads in by_node.values())
        return sorted((entry for entry in entries if entry), key=lambda entry: entry.source)

    def entry(self, source: str) -> Entry | None:
        """Entry of a file; None if it was never built."""
        return read_entry(self._catalogued(entry_node(source)))

    def is_current(self, source: str, sha256: str, extractor: str) -> bool:
        """Tell if these bytes have been through these extractors under this name, done or failed."""
        entry = self.entry(source)
        return entry is not None and (entry.sha256, entry.extractor) == (sha256, extractor)

    def replace(self, entry: Entry, graph: Graph | Collection[ox.Quad] | bytes | None = None) -> Entry:
        """Replace a file's entry and, where it is done, its graph.

        Quads must be of the named graph of the document's IRI. Bytes are the document's statements as
        `terms.sorted_triples` gives them, and name the entry's source as theirs. A document under several file
        names is one graph, with the first of the names that are in the fewest folders as its source.

        Raises:
            InvalidGraph: if a node of the graph has no IRI.
            StoreError: if the store fails, on a full disk for example; the dataset is then as before.
        """
        if (graph is None) != (entry.status != "done"):
            raise ValueError(f"{entry.source}: a file that is done has a graph, one that is not has none")
        if isinstance(graph, bytes):
            entry = replace(entry, statements=graph.count(b"\n"))
            if self.entry(entry.source) is None and not self._sources(entry.document):
                self._new.add(entry, graph)
                return entry
            graph = deserialize_graph(graph, entry.document)
        entry = replace(entry, statements=len(graph) if graph is not None else 0)
        self._replace_file(entry.source, entry, graph)
        return entry

    def relocate(self, source: str, location: str | None) -> None:
        """Note where a file was read now; its statements stay as they are.

        Raises:
            StoreError: if the store fails.
        """
        entry = self.entry(source)
        if entry is not None and entry.location != location:
            before, after = {*entry_quads(entry)}, {*entry_quads(replace(entry, location=location))}
            self._change(before - after, after - before)

    def remove(self, source: str) -> bool:
        """Remove a file with every statement that only it supports; return whether there was an entry."""
        known = self.entry(source) is not None
        if known:
            self._replace_file(source, None, None)
        return known

    def vocabulary(self) -> str | None:
        """Fingerprint of the vocabularies in the dataset; None if it has none yet."""
        return next((str(python_value(quad.object)) for quad in self._catalogued(VOCABULARY_NODE)), None)

    def replace_vocabulary(self, quads: Iterable[ox.Quad], fingerprint: str) -> None:
        """Replace the graph of the vocabularies.

        Raises:
            StoreError: if the store fails.
        """
        before = {*self.quads(VOCABULARY_GRAPH), *self._catalogued(VOCABULARY_NODE)}
        version = ox.Quad(VOCABULARY_NODE, FINGERPRINT, ox.Literal(fingerprint), CATALOGUE)
        after = {*quads, version}
        self._change(before - after, after - before)

    def graph(self, name: str) -> Graph:
        """Copy of one named graph, by its IRI; empty if there is none."""
        return graph_of(self.quads(name), name)

    def quads(self, name: str) -> Iterator[ox.Quad]:
        """Yield the statements of one named graph as Oxigraph's quads, which is much faster than `graph`."""
        yield from self._store.quads_for_pattern(None, None, None, ox.NamedNode(name))

    def merged_graph(self, subjects: Iterable[str], *, leading: Iterable[str]) -> Graph:
        """Statements of all graphs about some nodes, with those of ``leading`` predicates that lead to them."""
        nodes, predicates = [*map(ox.NamedNode, subjects)], [*map(ox.NamedNode, leading)]
        match = partial(self._store.quads_for_pattern, graph_name=ox.DefaultGraph())
        about = (match(node, None, None) for node in nodes)
        to = (match(None, predicate, node) for predicate in predicates for node in nodes)
        return graph_of(chain.from_iterable(chain(about, to)))

    def sparql(self, query: str, *, limit: int | None = None) -> QueryResult:
        """Answer a SPARQL query, by default over all graphs merged; see `sparql.select`."""
        return select(self._store, query, prefixes=PREFIXES, limit=limit)

    def export(self, output: BinaryIO, form: str) -> None:
        """Write the whole dataset in one of FORMATS: the named graphs, or in Turtle, which has none, the merged graph.

        Raises:
            StoreError: if the form is unknown, or the store or the output fails.
        """
        if form not in FORMATS:
            raise StoreError(f"no format called {form!r}; expected one of {', '.join(FORMATS)}")
        try:
            names = sorted(graph.value for graph in self._store.named_graphs())
            if FORMATS[form] is ox.RdfFormat.JSON_LD:
                write_json_ld(((name, self.quads(name)) for name in names), output)
            elif FORMATS[form].supports_datasets:
                ox.serialize(chain.from_iterable(map(self.quads, names)), output, FORMATS[form], prefixes=PREFIXES)
            else:
                self._store.dump(output, FORMATS[form], from_graph=ox.DefaultGraph(), prefixes=PREFIXES)
        except OSError as error:
            raise StoreError(f"the dataset cannot be written as {form}: {error}") from error

    def _replace_file(self, source: str, entry: Entry | None, graph: Graph | Collection[ox.Quad] | None) -> None:
        old = self.entry(source)
        before, after = set(self._catalogued(entry_node(source))), set(entry_quads(entry)) if entry else set()
        for document in {known.document for known in (old, entry) if known}:
            statements, sources = set(self.quads(document)), self._sources(document) - {source}
            before |= statements
            if graph is not None and entry is not None and document == entry.document:
                quads = quads_of(graph, ox.NamedNode(document)) if isinstance(graph, Graph) else graph
                statements, sources = set(quads), sources | {source}
            if sources:
                first = min(sources, key=lambda name: (name.count("/"), name))
                after |= _with_source(statements, ox.NamedNode(document), first)
        self._change(before - after, after - before)

    def _sources(self, document: str) -> set[str]:
        """Names of the files that hold this document and are done."""
        if self._new.has_document(document):
            self._new.flush()
        links = self._written.quads_for_pattern(None, DOCUMENT, ox.NamedNode(document), CATALOGUE)
        entries = [read_entry(self._catalogued(quad.subject)) for quad in links]
        return {entry.source for entry in entries if entry and entry.status == "done"}

    def _catalogued(self, node: Any) -> list[ox.Quad]:
        if self._new.has_entry(node):
            self._new.flush()
        return list(self._written.quads_for_pattern(node, None, None, CATALOGUE))

    @property
    def _store(self) -> ox.Store:
        """The whole dataset: new documents are written before anything is read."""
        self._new.flush()
        return self._written

    def _write_documents(self, documents: PendingDocuments) -> None:
        store = self._writable()
        load = store.load if documents.statements < BULK_STATEMENTS else store.bulk_load
        with self._translated_errors():
            self._unpublished.touch()
            load(input=documents.quads(), format=ox.RdfFormat.N_QUADS, lenient=True)
            self._added += documents.statements

    def _writable(self) -> ox.Store:
        if self._lock is None:
            raise StoreError(f"the dataset in {self._folder} is open to read only")
        return self._written

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(f"the dataset in {self._folder} cannot be changed: {error}") from error

    def _change(self, remove: set[ox.Quad], add: set[ox.Quad]) -> None:
        store = self._writable()
        if not remove and not add:
            return
        self._new.flush()
        merged = {_merged(quad) for quad in add}
        candidates = {_merged(quad) for quad in remove} - merged
        remove = remove | {quad for quad in candidates if self._has_only(quad, remove)}
        add = add | merged
        with self._translated_errors():
            self._unpublished.touch()
            if remove:
                store.update(sparql_update(self._emptied_graphs(remove, add), remove, add))
            elif len(add) < BULK_STATEMENTS:
                store.extend(add)
            else:
                store.bulk_extend(add)
            self._added += len(add)

    def _emptied_graphs(self, remove: set[ox.Quad], add: set[ox.Quad]) -> set[ox.NamedNode]:
        """Named graphs that a change leaves empty."""
        names = {quad.graph_name for quad in remove} - {quad.graph_name for quad in add}
        named = {name for name in names if isinstance(name, ox.NamedNode)}
        return {name for name in named if remove.issuperset(self.quads(name.value))}

    def _has_only(self, merged: ox.Quad, remove: set[ox.Quad]) -> bool:
        """Tell if all named graphs that make a merged statement lose it with ``remove``."""
        quads = self._store.quads_for_pattern(merged.subject, merged.predicate, merged.object, None)
        return all(quad == merged or quad in remove for quad in quads)

    def _publish(self) -> None:
        """Publish the current state to readers. A backup is made of hard links, and so costs little."""
        folder = self._folder / "published"
        numbers = sorted(_published(self._folder))
        unfinished = folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        if self._added >= OPTIMIZE_STATEMENTS:
            self._store.optimize()
        self._store.backup(str(unfinished))
        unfinished.rename(folder / str(max(numbers, default=0) + 1))
        self._unpublished.unlink(missing_ok=True)
        for number in numbers[: 1 - PUBLISHED_STATES]:
            shutil.rmtree(folder / str(number), ignore_errors=True)


def _with_source(statements: set[ox.Quad], document: ox.NamedNode, source: str) -> set[ox.Quad]:
    """Statements of a document, with the name of the file replaced, which is also the label of one without a title."""
    own = {quad for quad in statements if quad.subject == document}
    replaced = {quad.object for quad in own if quad.predicate == SOURCE}
    named = {quad for quad in own if quad.predicate in (SOURCE, LABEL) and quad.object in replaced}
    renamed = {ox.Quad(document, quad.predicate, ox.Literal(source), document) for quad in named}
    return statements - named | renamed | {ox.Quad(document, SOURCE, ox.Literal(source), document)}


def _merged(quad: ox.Quad) -> ox.Quad:
    """Same statement in the default graph."""
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def _published(folder: Path) -> list[int]:
    return [int(path.name) for path in (folder / "published").glob("[0-9]*")]
