"""Statements of a load: all Cypher that reads and writes the named graphs within one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any

from caregraph.graph.batching import batched
from caregraph.graph.bolt_driver import ManagedTransaction
from caregraph.graph.neo4j.indexes import quoted_identifier
from caregraph.graph.neo4j.known_nodes import EMPTY_DATABASE, SharedNodeCache, created_edges, created_nodes
from caregraph.graph.neo4j.payload import CreateBatch
from caregraph.graph.neo4j.property_graph import graph_schema
from caregraph.graph.neo4j.provenance import GRAPH_LABEL, LOCK_LABEL, Contribution, Key, StoredEntity
from caregraph.graph.neo4j.values import plain_value
from caregraph.ontology.errors import InvalidGraph

BATCH_ROWS = 5_000  # rows of one statement
# Without it each statement is planned anew as the database grows: a third of the server's time.
KEEP_PLAN = "CYPHER replan=skip"
# An index for which there is no node is null, and CREATE with a null end raises an error.
CREATE = """
UNWIND $batches AS batch
CALL (batch) {
  UNWIND batch[0] AS labelled
  UNWIND labelled[1] AS properties
  CREATE (n:$(labelled[0])) SET n += properties
  RETURN collect(n) AS created
}
CALL (batch) { UNWIND batch[1] AS id MATCH (n) WHERE elementId(n) = id RETURN collect(n) AS outside }
WITH batch, created, created + outside AS ends
CALL (batch, ends) {
  UNWIND batch[2] AS typed
  WITH ends, typed[0] AS type, typed[1] AS indices
  UNWIND range(0, size(indices) - 1, 2) AS at
  WITH ends[indices[at]] AS a, ends[indices[at + 1]] AS b, type
  CREATE (a)-[:$(type)]->(b)
}
CALL (batch, ends) {
  UNWIND batch[3] AS row
  WITH ends[row[0]] AS a, ends[row[1]] AS b, row
  CREATE (a)-[r:$(row[2])]->(b) SET r += row[3]
  RETURN collect(r) AS related
}
RETURN
  CASE WHEN $return_ids THEN [n IN created | elementId(n)] END AS nodes,
  CASE WHEN $return_ids THEN [r IN related | elementId(r)] END AS edges
"""


@dataclass(frozen=True, slots=True)
class Change:
    """Numbers of nodes and relationships that a load has created and deleted."""

    nodes_created: int = 0
    nodes_deleted: int = 0
    relationships_created: int = 0
    relationships_deleted: int = 0

    def __add__(self, addend: "Change") -> "Change":
        return Change(*map(sum, zip(astuple(self), astuple(addend), strict=True)))


class LoadTransaction:
    """Transaction of a load; ``change`` counts what its statements have changed so far."""

    def __init__(self, transaction: ManagedTransaction) -> None:
        self._transaction = transaction
        self.change = Change()
        self._cache: SharedNodeCache | None = None
        self._any_label = "|".join(f"`{label}`" for label in graph_schema().labels)

    def lock(self, load_token: str, cache: SharedNodeCache | None) -> bool:
        """Wait until no other transaction loads, and leave a new load token.

        Returns:
            Whether the cache is used, since it bears the token of the load before.
        """
        # The lock is held once something is set, and only then the token of another process can be read.
        self._run(f"MERGE (lock:{LOCK_LABEL} {{iri: 'lock'}}) SET lock.held = true", count=False)
        before = f"CASE WHEN EXISTS {{ (:{self._any_label}) }} THEN lock.mark ELSE '{EMPTY_DATABASE}' END AS before"
        exchange = f"MATCH (lock:{LOCK_LABEL} {{iri: 'lock'}}) WITH lock, {before} SET lock.mark = $token RETURN before"
        [row] = self._run(exchange, count=False, token=load_token)
        if cache and cache.load_token == row["before"]:
            self._cache = cache
        return self._cache is not None

    def contributions(self, graphs: Iterable[str]) -> dict[str, tuple[str, Contribution]]:
        """Read the versions and contributions of graphs; those that are not loaded are left out."""
        match = (
            f"MATCH (g:{GRAPH_LABEL}) WHERE g.iri IN $rows"
            " RETURN g.iri AS iri, g.version AS version, g.said AS contribution"
        )
        rows = self._run_batched(match, sorted(graphs))
        return {row["iri"]: (row["version"], Contribution.deserialize(row["contribution"])) for row in rows}

    def store_contributions(self, contributions: Iterable[tuple[str, str | None, Contribution]]) -> None:
        """Store graphs with their versions and contributions; without a version, delete the graph's record."""
        stored, deleted = [], []
        for graph, version, contribution in contributions:
            if version is None:
                deleted.append(graph)
            else:
                stored.append([graph, version, contribution.serialize()])
        merge = f"UNWIND $rows AS row MERGE (g:{GRAPH_LABEL} {{iri: row[0]}}) SET g.version = row[1], g.said = row[2]"
        self._run_batched(merge, stored, count=False)
        self._run_batched(f"UNWIND $rows AS iri MATCH (g:{GRAPH_LABEL} {{iri: iri}}) DELETE g", deleted, count=False)

    def stored_nodes(self, iris: Iterable[str]) -> dict[Key, StoredEntity]:
        """Look up nodes; those that the database does not have are left out."""
        if self._cache:
            return {key: self._cache.nodes[key] for iri in iris if (key := (iri,)) in self._cache.nodes}
        match = f"MATCH (n:{self._any_label}) WHERE n.iri IN $rows"
        columns = "elementId(n) AS id, labels(n)[0] AS label, properties(n) AS properties"
        rows = self._run_batched(f"{match} RETURN {columns}", sorted(iris))
        return {(row["properties"]["iri"],): _stored_entity(row) for row in rows}

    def stored_edges(self, keys: Iterable[Key], node_ids: Mapping[str, str]) -> dict[Key, StoredEntity]:
        """Look up relationships; those that the database does not have are left out.

        Args:
            node_ids: the element ids of existing nodes, by IRI.
        """
        if self._cache:
            return {key: self._cache.edges[key] for key in keys if key in self._cache.edges}
        rows: list[dict[str, object]] = []
        for key in keys:
            type, start, end, iri = key
            if start in node_ids and end in node_ids:
                rows.append({"key": key, "type": type, "start": node_ids[start], "end": node_ids[end], "iri": iri})
        match = (
            "UNWIND $rows AS row MATCH (a) WHERE elementId(a) = row.start MATCH (b) WHERE elementId(b) = row.end"
            " MATCH (a)-[r:$(row.type)]->(b) WHERE coalesce(r.iri, '') = row.iri"
        )
        columns = "row.key AS key, elementId(r) AS id, type(r) AS label, properties(r) AS properties"
        return {tuple(row["key"]): _stored_entity(row) for row in self._run_batched(f"{match} RETURN {columns}", rows)}

    def create(self, batches: Iterable[CreateBatch], node_ids: Mapping[str, str]) -> None:
        """Create the nodes and relationships of some batches.

        Args:
            node_ids: the element ids of existing nodes, by IRI.

        Raises:
            InvalidGraph: if a relationship leads to a node that does not exist.
        """
        self._create(batches, node_ids, return_ids=False)

    def create_shared(
        self, batch: CreateBatch, node_ids: Mapping[str, str]
    ) -> tuple[dict[Key, StoredEntity], dict[Key, StoredEntity]]:
        """Create a batch, as `create` does, and return its nodes and its relationships with properties."""
        for row in self._create([batch], node_ids, return_ids=True):
            return created_nodes(batch, row["nodes"]), created_edges(batch, row["edges"])
        return {}, {}

    def _create(
        self, batches: Iterable[CreateBatch], node_ids: Mapping[str, str], *, return_ids: bool
    ) -> list[dict[str, Any]]:
        def id_of(iri: str) -> str:
            if iri not in node_ids:
                raise InvalidGraph(iri, [f"no graph says what {iri} is"])
            return node_ids[iri]

        rows = [
            [
                [*batch.nodes.items()],
                [id_of(iri) for iri in batch.outside_iris],
                [*batch.bare_edges.items()],
                batch.edges,
            ]
            for batch in batches
            if len(batch)
        ]
        return self._run(CREATE, batches=rows, return_ids=return_ids) if rows else []

    def update_nodes(self, changed: Iterable[StoredEntity]) -> None:
        """Replace all properties of some nodes."""
        rows = [(node.id, node.properties) for node in changed]
        self._run_batched("UNWIND $rows AS row MATCH (n) WHERE elementId(n) = row[0] SET n = row[1]", rows)

    def update_edges(self, changed: Iterable[StoredEntity]) -> None:
        """Replace all properties of some relationships."""
        rows = [(edge.id, edge.properties) for edge in changed]
        self._run_batched("UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row[0] SET r = row[1]", rows)

    def delete_own_nodes(self, own_iris: Mapping[str, list[str]]) -> None:
        """Delete a graph's own nodes, by label, with their relationships."""
        for label, iris in own_iris.items():
            self._run_batched(f"MATCH (n:{quoted_identifier(label)}) WHERE n.iri IN $rows DETACH DELETE n", iris)

    def delete_edges(self, ids: list[str]) -> None:
        """Delete relationships by their element ids."""
        self._run_batched("UNWIND $rows AS id MATCH ()-[r]->() WHERE elementId(r) = id DELETE r", ids)

    def clear_unstated_nodes(self, unstated: list[str], candidates: list[str]) -> None:
        """Mark nodes that no graph states any more, and delete the candidates that have no relationship left.

        Args:
            unstated: the element ids of the nodes to mark.
            candidates: the element ids of the nodes to delete if they are marked, now or before.
        """
        match = "UNWIND $rows AS id MATCH (n) WHERE elementId(n) = id"
        self._run_batched(f"{match} SET n.statedIn = []", unstated)
        self._run_batched(f"{match} WITH n WHERE n.statedIn = [] AND NOT EXISTS {{ (n)--() }} DELETE n", candidates)

    def _run_batched(self, cypher: str, rows: list[Any], *, count: bool = True) -> list[dict[str, Any]]:
        """Run a statement over rows in batches, and return the rows of all answers; nothing runs without rows."""
        answered: list[dict[str, Any]] = []
        for batch in batched(rows, BATCH_ROWS):
            answered += self._run(cypher, count=count, rows=batch)
        return answered

    def _run(self, cypher: str, *, count: bool = True, **parameters: object) -> list[dict[str, Any]]:
        result = self._transaction.run(f"{KEEP_PLAN} {cypher}", parameters)
        rows = [
            dict(zip(record.keys(), record.values(), strict=True)) for record in result
        ]  # data() would look into every byte of the contributions
        counters = result.consume().counters
        if count:
            self.change += Change(
                counters.nodes_created,
                counters.nodes_deleted,
                counters.relationships_created,
                counters.relationships_deleted,
            )
        return rows


def _stored_entity(row: Mapping[str, Any]) -> StoredEntity:
    return StoredEntity(row["id"], row["label"], plain_value(row["properties"]))
