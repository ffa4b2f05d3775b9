"""Named graphs put into Neo4j, replaced or taken back, in one transaction; all Cypher that writes is here.

A node or relationship that several graphs may speak of has a list `statedIn`
of the graphs that do. What each of them says of it is kept in the ledger, a
node `_Graph` for each graph, so that taking one back removes exactly what it
alone supported and shows of the rest what the others say. So the database
depends on the graphs that are in it and not on how they came and went.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import chain, islice
from typing import Any
from uuid import uuid4

from neo4j import ManagedTransaction

from caregraph.graph.neo4j.indexes import quoted
from caregraph.graph.neo4j.known_nodes import EMPTY, Memory, created_edges, created_nodes
from caregraph.graph.neo4j.payload import Lot, Told
from caregraph.graph.neo4j.property_graph import EdgeRow, NodeRow, Properties, graph_schema
from caregraph.graph.neo4j.provenance import LEDGER, LOCK, Key, Known, Part, Row, Said, Spoken
from caregraph.graph.neo4j.values import plain
from caregraph.ontology.errors import InvalidGraph

BATCH = 5_000  # rows a statement
# Else each statement is planned anew as the database grows: a third of the server's time.
KEPT_PLAN = "CYPHER replan=skip"
# A place for which there is no node fails, since nothing can lead there.
CREATE = """
UNWIND $lots AS lot
CALL (lot) {
  UNWIND lot[0] AS some
  UNWIND some[1] AS properties
  CREATE (n:$(some[0])) SET n += properties
  RETURN collect(n) AS made
}
CALL (lot) { UNWIND lot[1] AS id MATCH (n) WHERE elementId(n) = id RETURN collect(n) AS found }
WITH lot, made, made + found AS ends
CALL (lot, ends) {
  UNWIND lot[2] AS some
  WITH ends, some[0] AS type, some[1] AS places
  UNWIND range(0, size(places) - 1, 2) AS at
  WITH ends[places[at]] AS a, ends[places[at + 1]] AS b, type
  CREATE (a)-[:$(type)]->(b)
}
CALL (lot, ends) {
  UNWIND lot[3] AS row
  WITH ends[row[0]] AS a, ends[row[1]] AS b, row
  CREATE (a)-[r:$(row[2])]->(b) SET r += row[3]
  RETURN collect(r) AS drawn
}
RETURN
  CASE WHEN $tell THEN [n IN made | elementId(n)] END AS nodes,
  CASE WHEN $tell THEN [r IN drawn | elementId(r)] END AS edges
"""


@dataclass(frozen=True, slots=True)
class Change:
    """How much a load changed."""

    nodes_created: int = 0
    nodes_deleted: int = 0
    relationships_created: int = 0
    relationships_deleted: int = 0

    def __add__(self, other: "Change") -> "Change":
        return Change(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Load:
    """What a graph is to say from now on; without a ``version`` it is taken back."""

    told: Told
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A load, if its transaction is committed: how much it changed, and what there is to remember of it.

    ``mark``, ``nodes`` and ``edges`` are for `Memory.follow`; there is no mark if what they say is not all.
    """

    change: Change
    mark: str | None
    nodes: dict[Key, Known]
    edges: dict[Key, Known]


def replace(transaction: ManagedTransaction, loads: Sequence[Load], memory: Memory | None = None) -> Done:
    """Put what some graphs say in place of what they said before.

    One process at a time does this: another that comes meanwhile waits for the transaction to end. A graph that is
    loaded in its version already is left alone.

    Args:
        memory: of what the database has, if it was empty when all this began; it is asked where that is out of date.

    Raises:
        InvalidGraph: if a row does not fit the schema, or a relationship leads to a node that is in no graph.
    """
    database, mark = _Database(transaction), uuid4().hex
    trusted = database.lock(mark, memory)
    present = database.said(load.told.graph for load in loads)
    fresh = {
        load.told.graph: load
        for load in loads
        if load.version is None or load.version != present.get(load.told.graph, (None,))[0]
    }
    before = {graph: present[graph][1] for graph in fresh if graph in present}
    after = {graph: load.told.said for graph, load in fresh.items()}
    nodes, edges = _put(database, before, after, [load.told.own for load in fresh.values()])
    database.keep([(graph, load.version, after[graph]) for graph, load in fresh.items()])
    return Done(database.change, mark if trusted and not before else None, nodes, edges)


def _put(
    database: "_Database", before: Mapping[str, Said], after: Mapping[str, Said], own: Sequence[Lot]
) -> tuple[dict[Key, Known], dict[Key, Known]]:
    """Make the database show what graphs say after, where they said something else before.

    Returns:
        The nodes and the relationships of which others may speak too that are new, or show something else.
    """
    both = (*before.values(), *after.values())
    nodes = database.nodes({iri for said in both for iri in said.named()})
    ids = {iri: known.id for (iri,), known in nodes.items()}
    edges = database.edges({one for said in both for one in said.edges}, ids)
    node_part = Part(_nodes(before), _nodes(after), nodes)
    edge_part = Part(_edges(before), _edges(after), edges)
    others = {graph: said for graph, (_, said) in database.said(node_part.disputes() | edge_part.disputes()).items()}
    for said in before.values():
        database.delete_own(said.own)

    final_nodes, final_edges = node_part.settled(_nodes(others)), edge_part.settled(_edges(others))
    lacking = Lot.of(_lacking(_nodes(after), final_nodes, nodes), _lacking(_edges(after), final_edges, edges))
    new_nodes, new_edges = database.create_known(lacking, ids)
    database.create(own, ids | {iri: known.id for (iri,), known in new_nodes.items()})
    changed_nodes, changed_edges = _changed(final_nodes, nodes), _changed(final_edges, edges)
    database.change_nodes(changed_nodes.values())
    database.change_edges(changed_edges.values())
    database.delete_edges([edges[one].id for one, shown in final_edges.items() if shown is None and one in edges])
    unstated = {nodes[one].id for one, shown in final_nodes.items() if shown is None}
    referred = {nodes[iri,].id for said in before.values() for iri in said.ends if (iri,) in nodes}
    database.drop_nodes(sorted(unstated), sorted(unstated | referred))
    return new_nodes | changed_nodes, new_edges | changed_edges


def _nodes(said: Mapping[str, Said]) -> dict[str, dict[Key, NodeRow]]:
    return {graph: one.nodes for graph, one in said.items()}


def _edges(said: Mapping[str, Said]) -> dict[str, dict[Key, EdgeRow]]:
    return {graph: one.edges for graph, one in said.items()}


def _lacking(
    said: Spoken[Row], final: Mapping[Key, Properties | None], known: Mapping[Key, Known]
) -> Iterator[tuple[Row, Properties]]:
    """What graphs say that the database lacks, each once, with the properties it shall have.

    Raises:
        InvalidGraph: if a node has another label to another graph.
    """
    labels = {one: there.label for one, there in known.items()}
    for one, row in chain.from_iterable(rows.items() for rows in said.values()):
        label = row.label if isinstance(row, NodeRow) else row.type
        if one not in labels:
            yield row, final[one] or {}
        elif labels[one] != label:
            raise InvalidGraph(row.iri or label, [f"it is a {label} to one graph and a {labels[one]} to another"])
        labels[one] = label


def _changed(final: Mapping[Key, Properties | None], known: Mapping[Key, Known]) -> dict[Key, Known]:
    """What there is, with the properties that it shall have, where those are not what it has."""
    return {
        one: Known(known[one].id, known[one].label, shown)
        for one, shown in final.items()
        if shown is not None and one in known and shown != known[one].properties
    }


class _Database:
    """What a load asks and tells the database, and how much that changed."""

    def __init__(self, transaction: ManagedTransaction) -> None:
        self._transaction = transaction
        self.change = Change()
        self._memory: Memory | None = None
        self._every = "|".join(f"`{label}`" for label in graph_schema().labels)

    def lock(self, mark: str, memory: Memory | None) -> bool:
        """Wait until no other transaction loads, and leave a mark; tells whether memory knows the one before."""
        # The lock is held when something is set, and only then what another left can be read.
        self._run(f"MERGE (lock:{LOCK} {{iri: 'lock'}}) SET lock.held = true", count=False)
        before = f"CASE WHEN EXISTS {{ (:{self._every}) }} THEN lock.mark ELSE '{EMPTY}' END AS before"
        marked = f"MATCH (lock:{LOCK} {{iri: 'lock'}}) WITH lock, {before} SET lock.mark = $mark RETURN before"
        [found] = self._run(marked, count=False, mark=mark)
        if memory and memory.mark == found["before"]:
            self._memory = memory
        return self._memory is not None

    def said(self, graphs: Iterable[str]) -> dict[str, tuple[str, Said]]:
        """Those of the graphs that are loaded, in which version, and what they say."""
        match = f"MATCH (g:{LEDGER}) WHERE g.iri IN $rows RETURN g.iri AS iri, g.version AS version, g.said AS said"
        found = self._batches(match, sorted(graphs))
        return {row["iri"]: (row["version"], Said.unpack(row["said"])) for row in found}

    def keep(self, all_said: Iterable[tuple[str, str | None, Said]]) -> None:
        """Remember which version of a graph says what, or with no version that it is there no more."""
        rows = [[graph, version, said.pack() if version else None] for graph, version, said in all_said]
        there, gone = ([row for row in rows if (row[1] is None) == is_gone] for is_gone in (False, True))
        merge = f"UNWIND $rows AS row MERGE (g:{LEDGER} {{iri: row[0]}}) SET g.version = row[1], g.said = row[2]"
        self._batches(merge, there, count=False)
        self._batches(f"UNWIND $rows AS row MATCH (g:{LEDGER} {{iri: row[0]}}) DELETE g", gone, count=False)

    def nodes(self, iris: Iterable[str]) -> dict[Key, Known]:
        """Those of the nodes that the database has."""
        if self._memory:
            return {one: self._memory.nodes[one] for iri in iris if (one := (iri,)) in self._memory.nodes}
        match = f"MATCH (n:{self._every}) WHERE n.iri IN $rows"
        what = "elementId(n) AS id, labels(n)[0] AS label, properties(n) AS properties"
        found = self._batches(f"{match} RETURN {what}", sorted(iris))
        return {(row["properties"]["iri"],): _known(row) for row in found}

    def edges(self, wanted: Iterable[Key], ids: Mapping[str, str]) -> dict[Key, Known]:
        """Those of the relationships that the database has."""
        if self._memory:
            return {one: self._memory.edges[one] for one in wanted if one in self._memory.edges}
        rows = [
            {"key": one, "type": one[0], "start": ids[one[1]], "end": ids[one[2]], "iri": one[3]}
            for one in wanted
            if one[1] in ids and one[2] in ids
        ]
        match = (
            "UNWIND $rows AS row MATCH (a) WHERE elementId(a) = row.start MATCH (b) WHERE elementId(b) = row.end"
            " MATCH (a)-[r:$(row.type)]->(b) WHERE coalesce(r.iri, '') = row.iri"
        )
        found = self._batches(
            f"{match} RETURN row.key AS key, elementId(r) AS id, type(r) AS label, properties(r) AS properties", rows
        )
        return {tuple(row["key"]): _known(row) for row in found}

    def create(self, lots: Iterable[Lot], ids: Mapping[str, str]) -> None:
        """Create all of some lots.

        Args:
            ids: the element ids of nodes of elsewhere, by IRI.

        Raises:
            InvalidGraph: if one is not there to which a relationship leads.
        """
        self._create(lots, ids, tell=False)

    def create_known(self, lot: Lot, ids: Mapping[str, str]) -> tuple[dict[Key, Known], dict[Key, Known]]:
        """As `create`; returns the nodes, and the relationships that have properties."""
        for row in self._create([lot], ids, tell=True):
            return created_nodes(lot, row["nodes"]), created_edges(lot, row["edges"])
        return {}, {}

    def _create(self, lots: Iterable[Lot], ids: Mapping[str, str], *, tell: bool) -> list[dict[str, Any]]:
        def id_of(iri: str) -> str:
            if iri not in ids:
                raise InvalidGraph(iri, [f"no graph says what {iri} is"])
            return ids[iri]

        sent = [
            [[*lot.nodes.items()], [id_of(iri) for iri in lot.others], [*lot.bare.items()], lot.edges]
            for lot in lots
            if len(lot)
        ]
        return self._run(CREATE, lots=sent, tell=tell) if sent else []

    def change_nodes(self, changed: Iterable[Known]) -> None:
        rows = [(known.id, known.properties) for known in changed]
        self._batches("UNWIND $rows AS row MATCH (n) WHERE elementId(n) = row[0] SET n = row[1]", rows)

    def change_edges(self, changed: Iterable[Known]) -> None:
        rows = [(known.id, known.properties) for known in changed]
        self._batches("UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row[0] SET r = row[1]", rows)

    def delete_own(self, own: Mapping[str, list[str]]) -> None:
        """Delete the nodes, by label, that only one graph can speak of, with their relationships."""
        for label, iris in own.items():
            self._batches(f"MATCH (n:{quoted(label)}) WHERE n.iri IN $rows DETACH DELETE n", iris)

    def delete_edges(self, ids: list[str]) -> None:
        self._batches("UNWIND $rows AS id MATCH ()-[r]->() WHERE elementId(r) = id DELETE r", ids)

    def drop_nodes(self, unstated: list[str], candidates: list[str]) -> None:
        """Note that nobody states some nodes any more, and delete those candidates to which no relationship leads."""
        match = "UNWIND $rows AS id MATCH (n) WHERE elementId(n) = id"
        self._batches(f"{match} SET n.statedIn = []", unstated)
        self._batches(f"{match} WITH n WHERE n.statedIn = [] AND NOT EXISTS {{ (n)--() }} DELETE n", candidates)

    def _batches(self, cypher: str, rows: list[Any], *, count: bool = True) -> list[dict[str, Any]]:
        """Run a statement over rows, some thousands at a time; nothing is run where there are none."""
        remaining = iter(rows)
        found: list[dict[str, Any]] = []
        while batch := list(islice(remaining, BATCH)):
            found += self._run(cypher, count=count, rows=batch)
        return found

    def _run(self, cypher: str, *, count: bool = True, **parameters: object) -> list[dict[str, Any]]:
        result = self._transaction.run(f"{KEPT_PLAN} {cypher}", parameters)
        rows = [
            dict(zip(record.keys(), record.values(), strict=True)) for record in result
        ]  # data() would look into every byte of the ledger
        made = result.consume().counters
        if count:
            self.change += Change(
                made.nodes_created, made.nodes_deleted, made.relationships_created, made.relationships_deleted
            )
        return rows


def _known(row: Mapping[str, Any]) -> Known:
    return Known(row["id"], row["label"], plain(row["properties"]))
