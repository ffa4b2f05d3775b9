"""Speed of loading a dataset into Neo4j: our loader beside rdflib-neo4j, and its growth with the dataset.

    pip install rdflib-neo4j
    CAREGRAPH_DATA=... python -m benchmarks.load

Both read the dataset of the data directory and fill the same server, which is started for this and thrown away. The
seconds are from the first statement read to the last one committed, ours with all constraints and indexes, rdflib-neo4j
with the one constraint that it makes. The first load of a database of ours goes through Neo4j's own importer: its
seconds are those of the files, of the start of a new server that reads them, and of the sync after. A build caches the
payloads of its documents, and our loader sends these; a line has the time without the cache. Java is slow until it has
compiled what is asked of it: ours comes first, and once more when rdflib-neo4j has run. Then the graphs that both made
are compared (`benchmarks.load_comparison`).

The least that a load over the network can take stands below them: as many nodes and relationships with as many values
are created, from rows that are made before the clock starts, with nothing looked up, checked or indexed; over one
connection, and over two at once.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.load_comparison import differences, read_own_graph, read_rdflib_graph
from benchmarks.server_start import OwnServer, own_server, print_progress
from benchmarks.synthetic_corpus import Copies
from caregraph.graph.dataset.rdf_terms import from_oxigraph
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.neo4j.first_load.staging import stage_loads
from caregraph.graph.neo4j.loader import Load
from caregraph.graph.neo4j.payload import CreateBatch
from caregraph.graph.neo4j.provenance import Contribution, Key, Row, stored_properties
from caregraph.graph.neo4j.store import TRANSACTION_ROWS, Neo4jStore
from caregraph.graph.neo4j.sync_plan import plan_sync, planned_loads
from caregraph.graph.server.data_files import ServerFiles
from caregraph.ontology.iris import VOCABULARY_GRAPH
from caregraph.ontology.turtle import PREFIXES
from caregraph.settings import ServerAddress, data_directory
from caregraph.workspace import Workspace

WARM_UP = 5  # documents that are loaded before anything is timed: a Java program is slow at first
DELETED_AT_ONCE = 10_000  # nodes or relationships of one transaction, which holds them in memory


@dataclass(frozen=True, slots=True)
class LoadRun:
    """One load: triples, seconds of the clock, and processor seconds of this process and of the server."""

    triples: int
    seconds: float
    client_processor: float
    server_processor: float

    @property
    def speed(self) -> float:
        """Triples a second."""
        return self.triples / self.seconds


# Creates the nodes of each batch and relationships between them, and nothing else.
LEAST = """
UNWIND $batches AS batch
CALL (batch) {
  UNWIND batch[0] AS labelled
  UNWIND labelled[1] AS properties
  CREATE (n:$(labelled[0])) SET n = properties
  RETURN collect(n) AS ends
}
CALL (batch, ends) {
  UNWIND batch[1] AS typed
  WITH ends, typed[0] AS type, typed[1] AS indices
  UNWIND range(0, size(indices) - 1, 2) AS at
  WITH ends[indices[at]] AS a, ends[indices[at + 1]] AS b, type
  CREATE (a)-[:$(type)]->(b)
}
CALL (batch, ends) {
  UNWIND batch[2] AS row
  WITH ends[row[0]] AS a, ends[row[1]] AS b, row
  CREATE (a)-[r:$(row[2])]->(b) SET r = row[3]
}
FINISH
"""


class StoreWithoutSearch(Neo4jStore):
    """Store that makes no full-text index: rdflib-neo4j makes none either."""

    def prepare(self, *, fulltext: bool = False) -> None:
        """Create constraints and range indexes alone."""
        super().prepare(fulltext=False)


class LoadBenchmark:
    """A server for the length of the benchmark, filled again and again."""

    def __init__(self, server: OwnServer) -> None:
        self._server = server

    def load(self, dataset: Copies, *, empty: bool = True, searchable: bool = True) -> LoadRun:
        """Time our loader; into an empty database, unless it shall add to the present one."""
        if empty:
            self._empty()
        with (Neo4jStore if searchable else StoreWithoutSearch).connect(self._server.address) as store:
            return self._timed(dataset, lambda: store.sync(dataset, dataset))

    def load_first(self, dataset: Copies) -> LoadRun:
        """Time the first load of a data directory, with the start of its server, which imports the graph."""
        with tempfile.TemporaryDirectory(prefix="caregraph-") as name:
            data, triples = Path(name), _count_triples(dataset)
            started, used = time.monotonic(), time.process_time()
            loads = planned_loads(dataset, plan_sync(dataset), {}, dataset)
            stage_loads(loads, ServerFiles(data).import_folder)
            with own_server(data) as server, Neo4jStore.connect(server.address) as store:
                store.sync(dataset, dataset)
                seconds, processor = time.monotonic() - started, time.process_time() - used
                print_progress(f"{triples:,} triples in {seconds:.1f} s, with the start of the server")
                return LoadRun(triples, seconds, processor, server.processor_seconds())

    def load_with_rdflib_neo4j(self, dataset: Copies) -> LoadRun:
        """Time rdflib-neo4j, into an empty database."""
        self._empty()
        return self._timed(dataset, lambda: _load_with_rdflib_neo4j(self._server.address, _statements(dataset)))

    def load_least(self, dataset: Copies, *, connections: int) -> LoadRun:
        """Time the plainest load of as many nodes, relationships and values, into an empty database."""
        self._empty()
        transactions = list(least_transactions(planned_loads(dataset, plan_sync(dataset), {}, dataset)))
        with Neo4jStore.connect(self._server.address) as store, ThreadPoolExecutor(connections) as executor:
            return self._timed(
                dataset, lambda: list(executor.map(lambda rows: store.write(LEAST, batches=rows), transactions))
            )

    def read(self, read: Callable[[Neo4jStore], dict[str, set[Any]]]) -> dict[str, set[Any]]:
        """Read the database as it is now."""
        with Neo4jStore.connect(self._server.address) as store:
            return read(store)

    def _timed(self, dataset: Copies, load: Callable[[], object]) -> LoadRun:
        triples = _count_triples(dataset)
        started, used, server_used = time.monotonic(), time.process_time(), self._server.processor_seconds()
        load()
        seconds = time.monotonic() - started
        client_processor, server_processor = time.process_time() - used, self._server.processor_seconds() - server_used
        print_progress(f"{triples:,} triples in {seconds:.1f} s")
        return LoadRun(triples, seconds, client_processor, server_processor)

    def _empty(self) -> None:
        with Neo4jStore.connect(self._server.address) as store:
            for row in store.read("SHOW CONSTRAINTS YIELD name"):
                store.write(f"DROP CONSTRAINT `{row['name']}`")
            for row in store.read("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"):
                store.write(f"DROP INDEX `{row['name']}`")
            # Relationships first: a node may have more of them than a transaction can hold.
            for pattern in ("()-[e]->()", "(e)"):
                delete = f"MATCH {pattern} WITH e LIMIT {DELETED_AT_ONCE} DELETE e RETURN count(*) AS deleted"
                while store.write(delete)[0]["deleted"]:
                    pass


def _count_triples(dataset: Copies) -> int:
    return sum(1 for _ in dataset.quads(VOCABULARY_GRAPH)) + sum(entry.statements for entry in dataset.documents())


def _statements(dataset: Copies) -> Iterator[tuple[Any, Any, Any]]:
    """The same statements that our loader reads, in rdflib's terms; a subject's together."""
    for name in [VOCABULARY_GRAPH, *(entry.document for entry in dataset.documents())]:
        for quad in dataset.quads(name):
            yield from_oxigraph(quad.subject), from_oxigraph(quad.predicate), from_oxigraph(quad.object)


def least_transactions(loads: Iterable[Load]) -> Iterator[list[list[Any]]]:
    """Yield the batches of each transaction: labelled nodes, bare relationships and relationships with values.

    What several graphs contribute comes once. A relationship that leads out of its batch leads to a node of it here.
    """
    seen: set[Key] = set()
    batches: list[list[Any]] = []
    rows = 0
    for load in loads:
        own, shared = load.payload.own, _unseen(load.payload.contribution, seen)
        nodes = [*own.nodes.items(), *shared.nodes.items()]
        count = sum(len(members) for _, members in nodes)
        bare = [
            [type, [index % count for index in indices]]
            for batch in (own, shared)
            for type, indices in batch.bare_edges.items()
        ]
        edges = [[start % count, end % count, *row] for start, end, *row in (*own.edges, *shared.edges)]
        batches.append([nodes, bare, edges])
        rows += len(own) + len(shared)
        if rows >= TRANSACTION_ROWS:
            yield batches
            batches, rows = [], 0
    yield batches


def _unseen(contribution: Contribution, seen: set[Key]) -> CreateBatch:
    """Rows that no graph before has contributed, each with all properties that it has in the database."""
    nodes = [(row, stored_properties(row, [""], row.properties)) for row in _new(contribution.nodes, seen)]
    edges = [(row, stored_properties(row, [""], row.properties)) for row in _new(contribution.edges, seen)]
    return CreateBatch.of(nodes, edges)


def _new(rows: Mapping[Key, Row], seen: set[Key]) -> list[Row]:
    new = [row for key, row in rows.items() if key not in seen]
    seen.update(rows)
    return new


def _load_with_rdflib_neo4j(address: ServerAddress, statements: Iterable[tuple[Any, Any, Any]]) -> None:
    # Of the extra "compare": our own loads are timed without it.
    from rdflib_neo4j import HANDLE_MULTIVAL_STRATEGY, HANDLE_VOCAB_URI_STRATEGY, Neo4jStoreConfig
    from rdflib_neo4j import Neo4jStore as RdflibNeo4jStore

    login = {"uri": address.uri, "database": address.database, "user": address.username, "pwd": address.password}
    config = Neo4jStoreConfig(
        auth_data=login,
        custom_prefixes=dict(PREFIXES),
        handle_vocab_uri_strategy=HANDLE_VOCAB_URI_STRATEGY.IGNORE,
        handle_multival_strategy=HANDLE_MULTIVAL_STRATEGY.ARRAY,
        multival_props_names=[("skos", "altLabel"), ("skos", "hiddenLabel"), ("cg", "acronym"), ("cg", "period")],
    )
    with redirect_stdout(sys.stderr):
        store = RdflibNeo4jStore(config=config)
        store.open(None)
        for statement in statements:
            store.add(statement)
        store.close(commit_pending_transaction=True)
        store.driver.close()


def main() -> None:
    """Load, compare and print a table, with each speed as a multiple; exit 1 where the graphs differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, nargs="+", default=[2, 4], help="numbers of copies of the documents")
    parser.add_argument("--alone", action="store_true", help="without rdflib-neo4j")
    parser.add_argument("--documents", type=int, default=None, help="only the first so many of the dataset's")
    options = parser.parse_args()
    workspace = Workspace(data_directory())
    dataset = Dataset.read(workspace.dataset_folder)
    copies = partial(Copies, dataset, documents=options.documents, payload_cache=workspace.cache)
    table = Table(
        "loader", "documents", "triples", "seconds", "triples a second", "processor: client", "server", "times"
    )
    different: list[str] = []
    with tempfile.TemporaryDirectory(prefix="caregraph-") as data, own_server(Path(data)) as server:
        benchmark = LoadBenchmark(server)
        benchmark.load(Copies(dataset, 1, documents=WARM_UP, payload_cache=workspace.cache))
        first = benchmark.load(copies(1))
        own_graph = {} if options.alone else benchmark.read(read_own_graph)
        added = benchmark.load(copies(1, more=1), empty=False)
        imported = benchmark.load_first(copies(1))
        uncached = benchmark.load(copies(1, payload_cache=None))
        least = {connections: benchmark.load_least(copies(1), connections=connections) for connections in (1, 2)}
        reference = first
        if not options.alone:
            reference = benchmark.load_with_rdflib_neo4j(copies(1))
            different = list(differences(own_graph, benchmark.read(read_rdflib_graph)))
            _add_row(table, "rdflib-neo4j", copies(1), reference, reference)
            _add_row(table, "caregraph, after it", copies(1), benchmark.load(copies(1)), reference)
            bare = benchmark.load(copies(1), searchable=False)
            _add_row(table, "caregraph, without full-text indexes", copies(1), bare, reference)
        _add_row(table, "caregraph", copies(1), first, reference)
        _add_row(table, "caregraph, first load, with the server's start", copies(1), imported, reference)
        _add_row(table, "caregraph, no payload cached", copies(1), uncached, reference)
        for connections, run in least.items():
            _add_row(table, f"the least, connections: {connections}", copies(1), run, reference)
        for times in options.times:
            _add_row(table, f"caregraph, {times} times", copies(times), benchmark.load(copies(times)), first)
    Console(width=140).print(table, f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"One document more, into the graph of our first load: {added.seconds:.1f} s.")
    equal = "Nothing was compared." if options.alone else "All that can be compared is equal."
    print(*different or [equal], sep="\n")
    sys.exit(1 if different else 0)


def _add_row(table: Table, loader: str, dataset: Copies, run: LoadRun, reference: LoadRun) -> None:
    cells = [f"{run.seconds:.1f}", f"{run.speed:,.0f}", f"{run.client_processor:.1f}", f"{run.server_processor:.1f}"]
    documents = str(len(dataset.documents()))
    table.add_row(loader, documents, f"{run.triples:,}", *cells, f"{run.speed / reference.speed:.2f}")


if __name__ == "__main__":
    main()
