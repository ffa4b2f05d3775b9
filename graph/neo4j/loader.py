"""Loading of named graphs: they are put into Neo4j, replaced or retracted together, in one transaction.

A node or relationship that several graphs may state has a list `statedIn` of the graphs that do. The contribution of
each graph to such nodes and relationships is stored with it, in a node `_Graph`, so that retracting a graph removes
exactly what it alone supported and shows of the rest what the other graphs state. So the database depends only on the
graphs that it holds, and not on the order in which they came and went.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import uuid4

from caregraph.graph.bolt_driver import ManagedTransaction
from caregraph.graph.neo4j.known_nodes import SharedNodeCache
from caregraph.graph.neo4j.load_transaction import Change, LoadTransaction
from caregraph.graph.neo4j.payload import CreateBatch, GraphPayload
from caregraph.graph.neo4j.property_graph import EdgeRow, NodeRow, Properties
from caregraph.graph.neo4j.provenance import Contribution, ContributionMerge, Key, Row, RowsByGraph, StoredEntity
from caregraph.ontology.errors import InvalidGraph


@dataclass(frozen=True, slots=True)
class Load:
    """Payload of a graph and its version; without a version the graph is retracted."""

    payload: GraphPayload
    version: str | None = None

    @property
    def graph(self) -> str:
        """The IRI of the graph."""
        return self.payload.graph


@dataclass(frozen=True, slots=True)
class LoadResult:
    """Result of a load, valid once its transaction is committed: the change, and the updates of the cache.

    ``load_token``, ``nodes`` and ``edges`` are for `SharedNodeCache.update`; the token is None where these are not
    all changes.
    """

    change: Change
    load_token: str | None
    nodes: dict[Key, StoredEntity]
    edges: dict[Key, StoredEntity]


def replace_graphs(
    transaction: ManagedTransaction, loads: Sequence[Load], cache: SharedNodeCache | None = None
) -> LoadResult:
    """Replace graphs by their new payloads.

    One process at a time does this: another one that comes meanwhile waits for the transaction to end. A graph that is
    already loaded in its version is left alone.

    Args:
        cache: of a process that began with an empty database; the database is queried where it is out of date.

    Raises:
        InvalidGraph: if a row does not fit the schema, or a relationship leads to a node that no graph states.
    """
    database, load_token = LoadTransaction(transaction), uuid4().hex
    cache_is_current = database.lock(load_token, cache)
    present = database.contributions(load.graph for load in loads)
    changed = {
        load.graph: load
        for load in loads
        if load.version is None or load.version != present.get(load.graph, (None,))[0]
    }
    before = {graph: present[graph][1] for graph in changed if graph in present}
    after = {graph: load.payload.contribution for graph, load in changed.items()}
    nodes, edges = _apply(database, before, after, [load.payload.own for load in changed.values()])
    database.store_contributions([(graph, load.version, after[graph]) for graph, load in changed.items()])
    return LoadResult(database.change, load_token if cache_is_current and not before else None, nodes, edges)


def _apply(
    database: LoadTransaction,
    before: Mapping[str, Contribution],
    after: Mapping[str, Contribution],
    own_batches: Sequence[CreateBatch],
) -> tuple[dict[Key, StoredEntity], dict[Key, StoredEntity]]:
    """Change the database from some graphs' contributions ``before`` to those ``after``, and create their own rows.

    Returns:
        The shared nodes and the shared relationships that are new or have new properties.
    """
    contributions = (*before.values(), *after.values())
    nodes = database.stored_nodes({iri for contribution in contributions for iri in contribution.shared_iris()})
    node_ids = {iri: node.id for (iri,), node in nodes.items()}
    edges = database.stored_edges({key for contribution in contributions for key in contribution.edges}, node_ids)
    node_merge = ContributionMerge(_node_rows(before), _node_rows(after), nodes)
    edge_merge = ContributionMerge(_edge_rows(before), _edge_rows(after), edges)
    conflicting = database.contributions(node_merge.conflicting_graphs() | edge_merge.conflicting_graphs())
    unreplaced = {graph: contribution for graph, (_, contribution) in conflicting.items()}
    for contribution in before.values():
        database.delete_own_nodes(contribution.own_iris)

    final_nodes, final_edges = node_merge.merged(_node_rows(unreplaced)), edge_merge.merged(_edge_rows(unreplaced))
    missing = CreateBatch.of(
        _missing_rows(_node_rows(after), final_nodes, nodes), _missing_rows(_edge_rows(after), final_edges, edges)
    )
    new_nodes, new_edges = database.create_shared(missing, node_ids)
    database.create(own_batches, node_ids | {iri: node.id for (iri,), node in new_nodes.items()})
    changed_nodes, changed_edges = _changed(final_nodes, nodes), _changed(final_edges, edges)
    database.update_nodes(changed_nodes.values())
    database.update_edges(changed_edges.values())
    database.delete_edges(
        [edges[key].id for key, properties in final_edges.items() if properties is None and key in edges]
    )
    unstated = {nodes[key].id for key, properties in final_nodes.items() if properties is None}
    referenced = {
        nodes[iri,].id for contribution in before.values() for iri in contribution.referenced_iris if (iri,) in nodes
    }
    database.clear_unstated_nodes(sorted(unstated), sorted(unstated | referenced))
    return new_nodes | changed_nodes, new_edges | changed_edges


def _node_rows(contributions: Mapping[str, Contribution]) -> dict[str, dict[Key, NodeRow]]:
    return {graph: contribution.nodes for graph, contribution in contributions.items()}


def _edge_rows(contributions: Mapping[str, Contribution]) -> dict[str, dict[Key, EdgeRow]]:
    return {graph: contribution.edges for graph, contribution in contributions.items()}


def _missing_rows(
    contributions: RowsByGraph[Row], final: Mapping[Key, Properties | None], stored: Mapping[Key, StoredEntity]
) -> Iterator[tuple[Row, Properties]]:
    """Yield the contributed rows that the database does not have, each once, with the properties that they shall have.

    Raises:
        InvalidGraph: if two graphs give a node different labels.
    """
    labels = {key: entity.label for key, entity in stored.items()}
    for key, row in chain.from_iterable(rows.items() for rows in contributions.values()):
        label = row.label if isinstance(row, NodeRow) else row.type
        if key not in labels:
            yield row, final[key] or {}
        elif labels[key] != label:
            raise InvalidGraph(row.iri or label, [f"it is a {label} to one graph and a {labels[key]} to another"])
        labels[key] = label


def _changed(final: Mapping[Key, Properties | None], stored: Mapping[Key, StoredEntity]) -> dict[Key, StoredEntity]:
    """Select the nodes or relationships whose properties change, with their new properties."""
    return {
        key: StoredEntity(stored[key].id, stored[key].label, properties)
        for key, properties in final.items()
        if properties is not None and key in stored and properties != stored[key].properties
    }
