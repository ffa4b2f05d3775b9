"""How fast a dataset goes into Neo4j: our loader beside rdflib-neo4j, and how ours grows with the dataset.

    pip install rdflib-neo4j
    CAREGRAPH_DATA=... python -m benchmarks.load

Both read the dataset of the data directory and fill the same server, which is started for this and thrown away. The
seconds are from the first statement read to the last one committed, ours with all constraints and indexes, theirs with
the one constraint that they make. A build keeps what its statements tell, and ours begins with that; a line says what
it takes where nothing is kept. Java is slow until it has compiled what is asked of it: ours comes first, and once more
when theirs has run.

Then what both made is compared: nodes by class and IRI, relationships by type and ends, and what documents, passages
and findings say. Not compared: lists of statistical neighbours, which rdflib-neo4j leaves as linked lists, and values
of which documents differ, of which it keeps the last.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from benchmarks.synthetic_corpus import Copies
from caregraph.graph.dataset.rdf_terms import from_oxigraph
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.server import launcher
from caregraph.ontology.iris import VOCABULARY_GRAPH
from caregraph.ontology.schema import load_schema
from caregraph.ontology.turtle import PREFIXES
from caregraph.settings import ServerAddress, data_directory
from caregraph.workspace import Workspace

WARM = 5  # documents that are loaded before anything is timed: a Java program is slow at first
OWN = ("Document", "Passage", "Finding")  # labels of nodes of which one document alone speaks


@dataclass(frozen=True, slots=True)
class Run:
    """One load: clock and processor seconds, of this process and of the server."""

    triples: int
    clock: float
    ours: float
    server: float


class Bench:
    """A server for the length of the benchmark, and what it costs to fill it."""

    def __init__(self, address: ServerAddress, server: psutil.Process) -> None:
        self._address = address
        self._server = server

    def ours(self, dataset: Copies, *, empty: bool = True) -> Run:
        """Bring the database up to date, from nothing unless it shall be added to."""
        if empty:
            self._empty()
        with self._store() as store:
            return self._timed(_triples(dataset), lambda: store.sync(dataset, dataset))

    def theirs(self, dataset: Copies) -> Run:
        self._empty()
        return self._timed(_triples(dataset), lambda: _load_with_rdflib_neo4j(self._address, _statements(dataset)))

    def made(self, read: Callable[[Neo4jStore], dict[str, set[Any]]]) -> dict[str, set[Any]]:
        with self._store() as store:
            return read(store)

    def _timed(self, triples: int, load: Callable[[], object]) -> Run:
        began, used, server = time.monotonic(), time.process_time(), sum(self._server.cpu_times()[:2])
        load()
        ended = sum(self._server.cpu_times()[:2])
        print(f"{triples:,} triples in {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)
        return Run(triples, time.monotonic() - began, time.process_time() - used, ended - server)

    def _empty(self) -> None:
        with self._store() as store:
            for row in store.read("SHOW CONSTRAINTS YIELD name"):
                store.write(f"DROP CONSTRAINT `{row['name']}`")
            for row in store.read("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"):
                store.write(f"DROP INDEX `{row['name']}`")
            for some in ("()-[one]->()", "(one)"):  # a node may hang on more relationships than a transaction can hold
                while store.write(f"MATCH {some} WITH one LIMIT 10000 DELETE one RETURN count(*) AS gone")[0]["gone"]:
                    pass

    @contextmanager
    def _store(self) -> Iterator[Neo4jStore]:
        with Neo4jStore.connect(self._address) as store:
            yield store


def _triples(dataset: Copies) -> int:
    return sum(1 for _ in dataset.quads(VOCABULARY_GRAPH)) + sum(entry.statements for entry in dataset.documents())


def _statements(dataset: Copies) -> Iterator[tuple[Any, Any, Any]]:
    """The same statements that our loader reads, in rdflib's terms; a subject's together."""
    for name in [VOCABULARY_GRAPH, *(one.document for one in dataset.documents())]:
        for quad in dataset.quads(name):
            yield from_oxigraph(quad.subject), from_oxigraph(quad.predicate), from_oxigraph(quad.object)


def _load_with_rdflib_neo4j(address: ServerAddress, statements: Iterable[tuple[Any, Any, Any]]) -> None:
    from rdflib_neo4j import HANDLE_MULTIVAL_STRATEGY, HANDLE_VOCAB_URI_STRATEGY, Neo4jStoreConfig
    from rdflib_neo4j import Neo4jStore as Rival

    login = {"uri": address.uri, "database": address.database, "user": address.username, "pwd": address.password}
    config = Neo4jStoreConfig(
        auth_data=login,
        custom_prefixes=dict(PREFIXES),
        handle_vocab_uri_strategy=HANDLE_VOCAB_URI_STRATEGY.IGNORE,
        handle_multival_strategy=HANDLE_MULTIVAL_STRATEGY.ARRAY,
        multival_props_names=[("skos", "altLabel"), ("skos", "hiddenLabel"), ("cg", "acronym"), ("cg", "period")],
    )
    with redirect_stdout(sys.stderr):
        rival = Rival(config=config)
        rival.open(None)
        for statement in statements:
            rival.add(statement)
        rival.close(commit_pending_transaction=True)
        rival.driver.close()


def our_graph(store: Neo4jStore) -> dict[str, set[Any]]:
    """What our loader made, as it can be compared."""
    made = {f"nodes {label}": {row["iri"] for row in store.read(_nodes(label, "iri"))} for label in _labels().values()}
    for type in _types():
        pairs = store.stream(f"MATCH (a)-[:`{type}`]->(b) RETURN DISTINCT a.iri AS a, b.iri AS b")
        made[f"relationships {type}"] = {(row["a"], row["b"]) for row in pairs}
    for label in OWN:
        for key in _values():
            made[f"{label}.{key}"] = _said(store, label, "iri", key)
    return made


def their_graph(store: Neo4jStore) -> dict[str, set[Any]]:
    """What rdflib-neo4j made, in the same terms."""
    made: dict[str, set[Any]] = {
        f"nodes {label}": {row["iri"] for row in store.read(_nodes(name, "uri"))} for name, label in _labels().items()
    }
    for type, patterns in _types().items():
        made[f"relationships {type}"] = {
            (row["a"], row["b"])
            for pattern in patterns
            for row in store.stream(f"MATCH {pattern} RETURN DISTINCT a.uri AS a, b.uri AS b")
        }
    for label in OWN:
        for key, name in _values().items():
            made[f"{label}.{key}"] = _said(store, label, "uri", name)
    return made


def _nodes(label: str, key: str) -> str:
    return f"MATCH (n:`{label}`) RETURN n.`{key}` AS iri"


def _said(store: Neo4jStore, label: str, iri: str, key: str) -> set[Any]:
    match = f"MATCH (n:`{label}`) WHERE n.`{key}` IS NOT NULL RETURN n.`{iri}` AS iri, toString(n.`{key}`) AS value"
    return {(row["iri"], row["value"]) for row in store.stream(match)}


def _labels() -> dict[str, str]:
    """Our labels by the local names of their classes."""
    return {_local(term.iri): term.neo4j_label for term in load_schema().classes.values() if term.neo4j_label}


def _types() -> dict[str, list[str]]:
    """The patterns in their graph for each of our relationship types."""
    patterns: dict[str, list[str]] = {}
    for term in load_schema().properties.values():
        if term.relationship_type and _local(term.iri) != "statisticalNeighbours":
            patterns.setdefault(term.relationship_type, []).append(f"(a)-[:`{_local(term.iri)}`]->(b)")
    for kind in load_schema().classes.values():
        if kind.relationship_type and kind.start and kind.end:
            start, end = _local(kind.start), _local(kind.end)
            way = f"(s:`{_local(kind.iri)}`) MATCH (s)-[:`{start}`]->(a) MATCH (s)-[:`{end}`]->(b)"
            patterns.setdefault(kind.relationship_type, []).append(way)
    return patterns


def _values() -> dict[str, str]:
    """Their names of our keys that have texts, numbers and days of their own."""
    keys = (
        "text",
        "name",
        "page",
        "start",
        "end",
        "paragraph",
        "section",
        "confidence",
        "source",
        "published",
        "pages",
    )
    return {term.key: _local(term.iri) for term in load_schema().properties.values() if term.key in keys}


def _local(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def differences(ours: dict[str, set[Any]], theirs: dict[str, set[Any]]) -> Iterator[str]:
    """What one made and the other did not, a line a kind. What they have of nodes that are none of ours is left out."""
    nodes = {iri for kind, found in ours.items() if kind.startswith("nodes ") for iri in found}
    for kind, found in ours.items():
        pairs = kind.startswith("relationships ")
        others = {one for one in theirs[kind] if not pairs or nodes.issuperset(one)}
        if found != others:
            lacking, more = others - found, found - others
            yield f"{kind}: {len(lacking)} only theirs {sorted(lacking)[:2]}, {len(more)} only ours {sorted(more)[:2]}"


def main() -> None:
    """Load, compare and print a table, with how many ``times`` as fast each is; exit 1 where results differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, nargs="+", default=[2, 4], help="how many copies of the documents")
    parser.add_argument("--alone", action="store_true", help="without rdflib-neo4j")
    parser.add_argument("--documents", type=int, default=None, help="only the first so many of the dataset's")
    arguments = parser.parse_args()
    workspace = Workspace(data_directory())
    dataset = Dataset.read(workspace.dataset_folder)
    copies = partial(Copies, dataset, documents=arguments.documents, payload_cache=workspace.cache)
    table = Table("loader", "documents", "triples", "seconds", "triples a second", "processor: ours", "server", "times")
    unequal: list[str] = []
    with tempfile.TemporaryDirectory(prefix="caregraph-") as data:
        try:
            address = launcher.start(Path(data), progress=lambda words: None)
            bench = Bench(address, psutil.Process(launcher.status(Path(data)).pid))
            bench.ours(Copies(dataset, 1, documents=WARM, payload_cache=workspace.cache))
            first = bench.ours(copies(1))
            made = {} if arguments.alone else bench.made(our_graph)
            more = bench.ours(copies(1, more=1), empty=False)
            unkept = bench.ours(copies(1, payload_cache=None))
            against = first
            if not arguments.alone:
                against = bench.theirs(copies(1))
                unequal = list(differences(made, bench.made(their_graph)))
                _row(table, "rdflib-neo4j", copies(1), against, against)
                _row(table, "caregraph, after it", copies(1), bench.ours(copies(1)), against)
            _row(table, "caregraph", copies(1), first, against)
            _row(table, "caregraph, nothing kept", copies(1), unkept, against)
            for times in arguments.times:
                _row(table, f"caregraph, {times} times", copies(times), bench.ours(copies(times)), first)
        finally:
            launcher.stop(Path(data))
    Console(width=140).print(table, f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"One document more, into what the first load of ours had made: {more.clock:.1f} s.")
    print(
        *unequal or ["What could be compared is equal." if not arguments.alone else "Nothing was compared."], sep="\n"
    )
    sys.exit(1 if unequal else 0)


def _row(table: Table, loader: str, dataset: Copies, run: Run, against: Run) -> None:
    speed = run.triples / run.clock
    figures = [f"{run.clock:.1f}", f"{speed:,.0f}", f"{run.ours:.1f}", f"{run.server:.1f}"]
    compared = f"{speed * against.clock / against.triples:.2f}"
    table.add_row(loader, str(len(dataset.documents())), f"{run.triples:,}", *figures, compared)


if __name__ == "__main__":
    main()
