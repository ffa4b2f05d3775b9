"""One Neo4j database, holding a copy of the dataset.

    with Neo4jStore.connect(address) as store:
        store.sync(dataset)
        store.read("MATCH (a:LocalAuthority) RETURN a.name AS name")

The database can be thrown away and made again from the dataset.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Self

from neo4j import READ_ACCESS, Driver, GraphDatabase, Record, RoutingControl

from caregraph.graph.neo4j import indexes, loader, read_only
from caregraph.graph.neo4j.errors import explained
from caregraph.graph.neo4j.indexes import quoted
from caregraph.graph.neo4j.known_nodes import Memory
from caregraph.graph.neo4j.loader import Change, Load
from caregraph.graph.neo4j.payload import Told
from caregraph.graph.neo4j.property_graph import Rows, graph_schema
from caregraph.graph.neo4j.provenance import LEDGER
from caregraph.graph.neo4j.values import Answer, plain
from caregraph.ontology.errors import InvalidGraph, ServerUnavailable
from caregraph.ontology.iris import thing_iri
from caregraph.settings import ServerAddress

if TYPE_CHECKING:  # they take a second to import, which every question would wait for
    from caregraph.graph.neo4j.sync_plan import Keeping, Source

OLDEST = (5, 26)
CONNECT_LIMIT = 10.0  # seconds
BATCH = 20_000  # rows a transaction, as far as whole documents come near it
VOCABULARY = thing_iri("graph", "vocabulary")


@dataclass(frozen=True, slots=True)
class Synced:
    """What it took to make the database a copy of the dataset: numbers of graphs, and how much they changed.

    ``refused`` says by name why a graph is not as the dataset has it; what it said before is kept.
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
    """One Neo4j database; the driver is closed by whoever opened it, `connect` by its ``with``."""

    def __init__(self, driver: Driver, *, database: str) -> None:
        self._driver = driver
        self._database = database

    @classmethod
    def connect(cls, address: ServerAddress) -> Self:
        """Open a database, once it has answered.

        Raises:
            ServerUnavailable: if no Neo4j answers there, it is too old, or it refuses name, password or database.
        """
        with ExitStack() as until_it_answers, explained(address.uri):
            driver = GraphDatabase.driver(
                address.uri,
                auth=(address.username, address.password),
                connection_timeout=CONNECT_LIMIT,
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
        self._driver.close()

    def prepare(self, *, searches: bool = True) -> None:
        """Make the constraints and indexes that the ontology asks for, where they are not there or not right.

        Args:
            searches: whether those are made, too, in which words are searched.
        """
        indexes.prepare(self.write, searches=searches)

    def sync(
        self,
        dataset: "Source",
        kept: "Keeping | None" = None,
        *,
        progress: Callable[[str], None] = lambda _: None,
    ) -> Synced:
        """Make the database a copy of the dataset, sending only what changed.

        A sync that was killed leaves whole documents loaded or not; the next one does the rest.

        Args:
            kept: what a build kept of the dataset's documents; without it all is made anew, which takes longer.

        Raises:
            ServerUnavailable, StoreError: if the server fails; what was loaded before stands.
        """
        from caregraph.graph.neo4j.sync_plan import (  # a second's import, which only who has a dataset has paid
            loads,
            wanted_by,
        )

        wanted, present = wanted_by(dataset, kept), self.loaded()
        # An empty database has its words indexed when it is full: done with each transaction, all takes a fifth longer.
        self.prepare(searches=bool(present))
        memory = None if present else Memory()
        change, refused = Change(), dict[str, str]()
        gone = sorted(present.keys() - wanted.keys())
        fresh = {graph: one for graph, one in wanted.items() if present.get(graph) != one.version}
        batches = _batches(chain((Load(Told(graph)) for graph in gone), loads(fresh, refused)))
        for batch in _ahead(batches):
            change += self._replace_each(batch, refused, memory)
            for load in batch:
                progress(wanted[load.told.graph].name if load.told.graph in wanted else "taken back")
        self.prepare()
        named = {wanted[graph].name: reason for graph, reason in refused.items()}
        return Synced(len(fresh) - len(refused), len(gone), len(wanted) - len(fresh), change, named)

    def _replace_each(self, batch: list[Load], refused: dict[str, str], memory: Memory | None) -> Change:
        """Replace graphs together; where one of them is broken, each for itself, and the broken ones not."""
        try:
            return self._replace(batch, memory)
        except InvalidGraph as error:
            if len(batch) == 1:
                refused[batch[0].told.graph] = "; ".join(error.violations)
                return Change()
        return sum((self._replace_each([load], refused, memory) for load in batch), Change())

    def load(self, version: str, rows: Rows) -> Change:
        """Put what one graph says in place of what it said before, in one transaction.

        The graph of the vocabularies comes first: what a document refers to must be there.

        Args:
            version: a graph that is loaded in this version is left alone.

        Raises:
            InvalidGraph: if it refers to a node that is not there, or does not fit the schema.
            StoreError: if the server fails. Nothing has changed then, either.
        """
        return self._replace([Load(Told.of(rows), version)])

    def retract(self, graph: str) -> Change:
        """Take back what one graph says, by its IRI, which is its document's; nothing happens if it is not loaded."""
        return self._replace([Load(Told(graph))])

    def _replace(self, loads: list[Load], memory: Memory | None = None) -> Change:
        what = f"loading {', '.join(load.told.graph for load in loads)}"
        with explained(what), self._driver.session(database=self._database) as session:
            done = session.execute_write(loader.replace, loads, memory)
        if memory:
            memory.follow(done.mark, done.nodes, done.edges)
        return done.change

    def loaded(self) -> dict[str, str]:
        """The graphs that are loaded, by IRI, and their versions."""
        held = self.read(f"MATCH (g:{LEDGER}) RETURN g.iri AS iri, g.version AS version")
        return {row["iri"]: row["version"] for row in held}

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Answer a statement by anybody, which may only read; see `neo4j.read_only`.

        Args:
            limit: how many rows at most.
            timeout: seconds after which the server ends the query.

        Raises:
            QueryRefused: if it could do more than read, or ran into the time limit.
            StoreError: if the server cannot make sense of it.
        """
        return read_only.answer(self._driver, self._database, cypher, parameters or {}, limit=limit, timeout=timeout)

    def read(self, cypher: str, **parameters: object) -> list[dict[str, Any]]:
        """Run a statement of our own that reads, one dict a row."""
        return self._run(cypher, RoutingControl.READ, parameters)

    def stream(self, cypher: str, **parameters: object) -> Iterator[dict[str, Any]]:
        """As `read`, row by row as they are asked for, so that any number of them needs no memory."""
        with (
            explained(cypher),
            self._driver.session(database=self._database, default_access_mode=READ_ACCESS) as session,
        ):
            for record in session.run(cypher, parameters):
                yield _row(record)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many "nodes" there are by label, and "relationships" by type; none are left out that are zero."""
        schema = graph_schema()
        nodes = {label: f"(:{quoted(label)})" for label in schema.labels}
        edges = {type: f"()-[:{quoted(type)}]->()" for type in schema.types}
        return {
            what: self.read("RETURN " + ", ".join(f"COUNT {{ {one} }} AS {quoted(name)}" for name, one in all.items()))[
                0
            ]
            for what, all in (("nodes", nodes), ("relationships", edges))
        }

    def write(self, cypher: str, **parameters: object) -> list[dict[str, Any]]:
        """Run a statement of our own that writes what no graph says, such as an index."""
        return self._run(cypher, RoutingControl.WRITE, parameters)

    def _run(self, cypher: str, routing: RoutingControl, parameters: Mapping[str, object]) -> list[dict[str, Any]]:
        with explained(cypher):
            result = self._driver.execute_query(cypher, dict(parameters), routing_=routing, database_=self._database)
        return [_row(record) for record in result.records]


def _row(record: Record) -> dict[str, Any]:
    return {name: plain(value) for name, value in zip(record.keys(), record.values(), strict=True)}


def _check_version(agent: str, uri: str) -> None:
    known = re.match(r"Neo4j/v?(\d+)\.(\d+)", agent)
    if known is None or (int(known[1]), int(known[2])) < OLDEST:
        raise ServerUnavailable(f"{uri} runs {agent}; Neo4j {OLDEST[0]}.{OLDEST[1]} or later is needed")


def _ahead(batches: Iterator[list[Load]]) -> Iterator[list[Load]]:
    """Batches, each made while the server is at work on the one before."""
    with ThreadPoolExecutor(1) as maker:
        following = maker.submit(next, batches, None)
        while batch := following.result():
            following = maker.submit(next, batches, None)
            yield batch


def _batches(loads: Iterable[Load]) -> Iterator[list[Load]]:
    """Loads together that make a transaction worth its while."""
    batch: list[Load] = []
    size = 0
    for load in loads:
        batch.append(load)
        size += len(load.told)
        if size >= BATCH or load.told.graph == VOCABULARY:  # which the others refer to
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
