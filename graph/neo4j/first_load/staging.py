"""Staging of a first load: everything that Neo4j shall hold, as files for its own importer.

A server of ours that has never run reads them when it first starts (`server.process`). With that start, two million
statements take 28 s so and 24 s over the network, four million 35 s either way: the importer's time grows by less. What
it then holds is what `loader.replace_graphs` would have made, with the contribution of each graph, so that later loads
go on from there. Where the files cannot be made or read, the database stays empty and is loaded as any other.
"""

import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from caregraph.graph.neo4j.first_load.import_files import ImportFiles, NoImportForm
from caregraph.graph.neo4j.load_transaction import Change
from caregraph.graph.neo4j.payload import GraphPayload
from caregraph.graph.neo4j.property_graph import EdgeRow, NodeRow, merge_properties
from caregraph.graph.neo4j.provenance import GRAPH_LABEL, LOCK_LABEL, Key, stored_properties
from caregraph.graph.neo4j.sync_plan import GraphSource, PayloadCache, plan_sync, planned_loads
from caregraph.ontology.errors import InvalidGraph

if TYPE_CHECKING:
    from caregraph.graph.neo4j.loader import Load

MIN_STATEMENTS = 4_000_000  # below which the importer takes longer than the same statements over the network


def stage_first_load(dataset: GraphSource, payload_cache: PayloadCache, folder: Path) -> Change | None:
    """Write the files of a dataset's first load, where it is large enough that the importer is quicker."""
    if sum(entry.statements for entry in dataset.documents()) < MIN_STATEMENTS:
        return None
    refused: dict[str, str] = {}  # the load that follows finds and reports them
    return stage_loads(planned_loads(dataset, plan_sync(dataset), refused, payload_cache), folder)


def stage_loads(loads: Iterable["Load"], folder: Path) -> Change | None:
    """Write loads into a folder, which is there when all of it is.

    Returns:
        What an import of the folder will create. None, and no folder, if a relationship leads to a node that no load
        has, or two loads give a node different labels: a load over the network finds out which is to be refused.
    """
    unfinished = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    staged = _StagedGraphs(ImportFiles(unfinished))
    with suppress(InvalidGraph, NoImportForm):
        for load in loads:
            staged.add(load.payload, load.version or "")
        staged.finish()
        unfinished.rename(folder)
        return staged.change
    shutil.rmtree(unfinished, ignore_errors=True)
    return None


class _StagedGraphs:
    """Graphs whose own nodes are in the files already, while those that they share wait for the last of them."""

    def __init__(self, files: ImportFiles) -> None:
        self._files = files
        self._next = count()
        self._own_nodes = self._own_edges = 0
        self._numbers: dict[str, int] = {}  # of nodes that more than one graph may name
        self._nodes: dict[Key, dict[str, NodeRow]] = {}
        self._edges: dict[Key, dict[str, EdgeRow]] = {}

    @property
    def change(self) -> Change:
        """Nodes and relationships of graphs that have been added."""
        edges = self._own_edges + len(self._edges)
        return Change(nodes_created=self._own_nodes + len(self._nodes), relationships_created=edges)

    def add(self, payload: GraphPayload, version: str) -> None:
        """Add one graph."""
        own, contribution = payload.own, payload.contribution
        self._own_nodes += len(own.iris())
        self._own_edges += len(own) - len(own.iris())
        ends: list[int] = []
        for label, nodes in own.nodes.items():
            for properties in nodes:
                ends.append(next(self._next))
                self._files.add_node(ends[-1], label, properties)
        ends.extend(map(self._number, own.outside_iris))
        for type, indices in own.bare_edges.items():
            for start, end in zip(indices[::2], indices[1::2], strict=True):
                self._files.add_edge(type, ends[start], ends[end], {})
        for start, end, type, properties in own.edges:
            self._files.add_edge(type, ends[start], ends[end], properties)
        for key, node in contribution.nodes.items():
            self._nodes.setdefault(key, {})[payload.graph] = node
        for key, edge in contribution.edges.items():
            self._edges.setdefault(key, {})[payload.graph] = edge
        stored = {"iri": payload.graph, "version": version, "said": contribution.serialize()}
        self._files.add_node(next(self._next), GRAPH_LABEL, stored)

    def finish(self) -> None:
        """Add what the graphs share, merged as the loader does.

        Raises:
            InvalidGraph: if a relationship leads to a node that no graph states, or a node has two labels.
        """
        for (iri,), nodes in self._nodes.items():
            self._files.add_node(self._number(iri), _only_label(iri, nodes), _merged(nodes))
        for (type, start, end, _), edges in self._edges.items():
            self._files.add_edge(type, self._number(start), self._number(end), _merged(edges))
        if unstated := [iri for iri in self._numbers if (iri,) not in self._nodes]:
            raise InvalidGraph(unstated[0], [f"no graph says what {iri} is" for iri in unstated])
        self._files.add_node(next(self._next), LOCK_LABEL, {"iri": "lock", "held": True, "mark": uuid4().hex})
        self._files.close()

    def _number(self, iri: str) -> int:
        if iri not in self._numbers:
            self._numbers[iri] = next(self._next)
        return self._numbers[iri]


def _only_label(iri: str, nodes: Mapping[str, NodeRow]) -> str:
    labels = {node.label for node in nodes.values()}
    if len(labels) > 1:
        raise InvalidGraph(iri, [f"it is a {' and a '.join(sorted(labels))}"])
    return labels.pop()


def _merged(rows: Mapping[str, Any]) -> dict[str, object]:
    row = next(iter(rows.values()))
    return {**stored_properties(row, rows, merge_properties(row.properties for row in rows.values()))}
