"""One Neo4j database, holding a copy of the dataset.

    with Neo4jStore.connect(address) as store:
        store.sync(dataset)
        store.read("MATCH (a:LocalAuthority) RETURN a.name AS name")

The database can be thrown away and made again from the dataset.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Self

from caregraph.graph.bolt_driver import READ_ACCESS, Driver, GraphDatabase, Record, RoutingControl
from caregraph.graph.neo4j import indexes, read_only
from caregraph.graph.neo4j.errors import translate_errors
from caregraph.graph.neo4j.indexes import quoted_identifier
from caregraph.graph.neo4j.known_nodes import SharedNodeCache
from caregraph.graph.neo4j.load_transaction import Change
from caregraph.graph.neo4j.loader import Load, replace_graphs
from caregraph.graph.neo4j.payload import GraphPayload, payload_rules
from caregraph.graph.neo4j.property_graph import GraphRows, graph_schema
from caregraph.graph.neo4j.provenance import GRAPH_LABEL
from caregraph.graph.neo4j.values import plain_value
from caregraph.graph.query_result import QueryResult
from caregraph.ontology.errors import InvalidGraph, ServerUnavailable
from caregraph.ontology.iris import VOCABULARY_GRAPH
from caregraph.settings import ServerAddress

if TYPE_CHECKING:
    from caregraph.graph.neo4j.sync_plan import GraphSource, PayloadCache

OLDEST_VERSION = (5, 26)
CONNECT_LIMIT = 10.0  # seconds
TRANSACTION_ROWS = 20_000  # rows of one transaction, as far as whole documents come near it


@dataclass(frozen=True, slots=True)
class SyncResult:
    """Result of a sync: numbers of graphs loaded, retracted and left alone, and the change of the database.

    ``refused`` gives, by name, the reason why a graph is not as the dataset has it; its earlier version stays.
    """

    loaded: int
    retracted: int
    unchanged: int
    change: Change
    refused: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        change = self.change
        return (
            f"{self.loaded} loaded, {self.retracted} taken back, {self.unchanged} unchanged;"
            f" nodes +{change.nodes_created} -{change.nodes_deleted},"
            f" relationships +{change.relationships_created} -{change.relationships_deleted}"
        )


class Neo4jStore:
    """One Neo4j database. Whoever opens the driver closes it; `connect` does so at the end of its ``with``."""

    def __init__(self, driver: Driver, *, database: str) -> None:
        self._driver = driver
        self._database = database

    @classmethod
    def connect(cls, address: ServerAddress, *, patience: float = 30.0) -> Self:
        """Open a database, once it has answered.

        Args:
            patience: seconds for which a statement is tried again when a server that had answered does not.

        Raises:
            ServerUnavailable: if no Neo4j answers there, it is too old, or it refuses name, password or database.
        """
        with ExitStack() as until_it_answers, translate_errors(address.uri):
            driver = GraphDatabase.driver(
                address.uri,
                auth=(address.username, address.password),
                connection_timeout=CONNECT_LIMIT,
                max_transaction_retry_time=patience,
                notifications_min_severity="OFF",  # of labels that an empty database does not have yet
            )
            until_it_answers.callback(driver.close)
            _check_version(driver.get_server_info().agent, address.uri)
            driver.execute_query("RETURN 1", database_=address.database, routing_=RoutingControl.READ)
            until_it_answers.pop_all()
        return cls(driver, database=address.database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the driver."""
        self._driver.close()

    def prepare(self, *, fulltext: bool = True) -> None:
        """Create the constraints and indexes that the ontology asks for, where they are missing or wrong.

        Args:
            fulltext: whether the full-text indexes are created too.
        """
        indexes.create_indexes(self.write, fulltext=fulltext)

    def sync(
        self,
        dataset: "GraphSource",
        payload_cache: "PayloadCache | None" = None,
        *,
        progress: Callable[[str], None] = lambda _: None,
    ) -> SyncResult:
        """Make the database a copy of the dataset, sending only the graphs that changed.

        A sync that was killed leaves each document loaded whole or not at all; the next one does the rest.

        Args:
            payload_cache: payloads that a build has made already; without it all are made anew, which takes longer.
            progress: called with the name of each graph that has been loaded or retracted.

        Raises:
            ServerUnavailable, StoreError: if the server fails; graphs that were loaded before stay.
        """
        # Imports rdflib: a quarter of a second, which a question should not wait for.
        from caregraph.graph.neo4j.sync_plan import plan_sync, planned_loads

        plan, present = plan_sync(dataset), self.loaded()
        removed = sorted(present.keys() - plan.keys())
        stale = {graph: planned for graph, planned in plan.items() if present.get(graph) != planned.version}
        # The text of an empty database is indexed when it is full: indexed with each load, all takes a fifth longer.
        self.prepare(fulltext=bool(present))
        node_cache = None if present else SharedNodeCache()
        change, refused = Change(), dict[str, str]()
        retractions = (Load(GraphPayload(graph)) for graph in removed)
        loads = chain(retractions, planned_loads(dataset, stale, refused, payload_cache))
        for batch in _prefetched(_by_transaction(loads)):
            change += self._replace_valid(batch, refused, node_cache)
            for load in batch:
                progress(plan[load.graph].name if load.graph in plan else "taken back")
        self.prepare()
        refused_names = {plan[graph].name: reason for graph, reason in refused.items()}
        return SyncResult(len(stale) - len(refused), len(removed), len(plan) - len(stale), change, refused_names)

    def _replace_valid(self, batch: list[Load], refused: dict[str, str], node_cache: SharedNodeCache | None) -> Change:
        """Replace graphs together; where one is invalid, replace each alone and put the invalid ones in ``refused``."""
        try:
            return self._replace(batch, node_cache)
        except InvalidGraph as error:
            if len(batch) == 1:
                refused[batch[0].graph] = "; ".join(error.violations)
                return Change()
        return sum((self._replace_valid([load], refused, node_cache) for load in batch), Change())

    def load(self, version: str, rows: GraphRows) -> Change:
        """Replace one graph by these rows, in one transaction.

        Nodes of other graphs to which its relationships lead must be there: load the graph of the vocabularies first.

        Args:
            version: a graph that is already loaded in this version is left alone.

        Raises:
            InvalidGraph: if it refers to a node that is not there, or does not fit the schema.
            StoreError: if the server fails. In either case nothing has changed.
        """
        return self._replace([Load(GraphPayload.of(rows), version)])

    def retract(self, graph: str) -> Change:
        """Retract one graph by its IRI, which is its document's; nothing happens if it is not loaded."""
        return self._replace([Load(GraphPayload(graph))])

    def _replace(self, loads: list[Load], node_cache: SharedNodeCache | None = None) -> Change:
        context = f"loading {', '.join(load.graph for load in loads)}"
        with translate_errors(context), self._driver.session(database=self._database) as session:
            result = session.execute_write(replace_graphs, loads, node_cache)
        if node_cache:
            node_cache.update(result.load_token, result.nodes, result.edges)
        return result.change

    def loaded(self) -> dict[str, str]:
        """Read the versions of the loaded graphs, by IRI."""
        rows = self.read(f"MATCH (g:{GRAPH_LABEL}) RETURN g.iri AS iri, g.version AS version")
        return {row["iri"]: row["version"] for row in rows}

    def is_of_another_version(self) -> bool:
        """Tell if another version of the code loaded the graph, so that it may lack what questions look for.

        A sync loads it anew. The vocabularies stand for all graphs, as every sync loads them first.
        """
        rows = self.read(f"MATCH (g:{GRAPH_LABEL} {{iri: $iri}}) RETURN g.version AS version", iri=VOCABULARY_GRAPH)
        return any(not (row["version"] or "").startswith(f"{payload_rules()} ") for row in rows)

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> QueryResult:
        """Answer an untrusted statement, which may only read; see `neo4j.read_only`.

        Args:
            limit: maximum number of rows.
            timeout: seconds after which the server ends the query.

        Raises:
            QueryRefused: if it could do more than read, or ran into the time limit.
            StoreError: if the server cannot make sense of it.
        """
        return read_only.run_read_only(
            self._driver, self._database, cypher, parameters or {}, limit=limit, timeout=timeout
        )

    def read(self, cypher: str, **parameters: object) -> list[dict[str, Any]]:
        """Run a trusted statement that reads, and return one dict a row."""
        return self._run(cypher, RoutingControl.READ, parameters)

    def read_in_one_record(self, cypher: str, columns: Sequence[str], **parameters: object) -> list[dict[str, Any]]:
        """Run a trusted statement that reads and returns these columns, and return one dict a row.

        The driver takes several times as long over a thousand records as over one record with a list of a thousand.
        """
        cells = ", ".join(map(quoted_identifier, columns))
        [answer] = self.read(f"CALL () {{\n{cypher}\n}}\nRETURN collect([{cells}]) AS rows", **parameters)
        return [dict(zip(columns, row, strict=True)) for row in answer["rows"]]

    def stream(self, cypher: str, **parameters: object) -> Iterator[dict[str, Any]]:
        """Read row by row, as rows are asked for, so that an answer of any length needs no memory."""
        with (
            translate_errors(cypher),
            self._driver.session(database=self._database, default_access_mode=READ_ACCESS) as session,
        ):
            for record in session.run(cypher, parameters):
                yield _row(record)

    def counts(self) -> dict[str, dict[str, int]]:
        """Count the "nodes" by label and the "relationships" by type; those with none are included as zero."""
        schema = graph_schema()
        return {
            "nodes": self._counts({label: f"(:{quoted_identifier(label)})" for label in schema.labels}),
            "relationships": self._counts({type: f"()-[:{quoted_identifier(type)}]->()" for type in schema.types}),
        }

    def _counts(self, patterns: Mapping[str, str]) -> dict[str, int]:
        columns = (f"COUNT {{ {pattern} }} AS {quoted_identifier(name)}" for name, pattern in patterns.items())
        [row] = self.read(f"RETURN {', '.join(columns)}")
        return row

    def write(self, cypher: str, **parameters: object) -> list[dict[str, Any]]:
        """Run a trusted statement that writes outside the named graphs, such as one that creates an index."""
        return self._run(cypher, RoutingControl.WRITE, parameters)

    def _run(self, cypher: str, routing: RoutingControl, parameters: Mapping[str, object]) -> list[dict[str, Any]]:
        with translate_errors(cypher):
            result = self._driver.execute_query(cypher, dict(parameters), routing_=routing, database_=self._database)
        return [_row(record) for record in result.records]


def _row(record: Record) -> dict[str, Any]:
    return {name: plain_value(value) for name, value in zip(record.keys(), record.values(), strict=True)}


def _check_version(agent: str, uri: str) -> None:
    version = re.match(r"Neo4j/v?(\d+)\.(\d+)", agent)
    if version is None or (int(version[1]), int(version[2])) < OLDEST_VERSION:
        oldest = ".".join(map(str, OLDEST_VERSION))
        raise ServerUnavailable(f"{uri} runs {agent}; Neo4j {oldest} or later is needed")


def _prefetched(batches: Iterator[list[Load]]) -> Iterator[list[Load]]:
    """Yield batches, each made in a thread while the server works on the one before."""
    with ThreadPoolExecutor(1) as executor:
        following = executor.submit(next, batches, None)
        while batch := following.result():
            following = executor.submit(next, batches, None)
            yield batch


def _by_transaction(loads: Iterable[Load]) -> Iterator[list[Load]]:
    """Group loads until they have rows enough for a transaction; the vocabularies end a group.

    The documents refer to the vocabularies, so these must be committed before.
    """
    batch: list[Load] = []
    rows = 0
    for load in loads:
        batch.append(load)
        rows += len(load.payload)
        if rows >= TRANSACTION_ROWS or load.graph == VOCABULARY_GRAPH:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch
