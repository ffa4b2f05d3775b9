"""Neighbourhood of a node: nodes, the relationships and paths among them, and the neighbours that come next.

Passages are left out of every answer: `queries.evidence` reads them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Any

from caregraph.graph.queries.nodes import Edge, Node, fill_template
from caregraph.graph.queries.rows import row_as, rows_as
from caregraph.graph.readers import Reader

Tiers = Sequence[Sequence[str]]  # types of relationship, the most interesting first
MAX_PATH = 8  # relationships; a longer path tells nobody anything
# Nearly everything is connected to a hub, and likeness is no tie: a path through either says little.
HUBS = ("Region", "Framework")
LIKENESS = "NEIGHBOUR_OF"


@dataclass(frozen=True, slots=True)
class Connection:
    """Number of neighbours with one label along one type of relationship, and how many of them are not shown."""

    type: str
    outgoing: bool
    label: str
    count: int
    hidden: int


@dataclass(frozen=True, slots=True)
class NeighbourKind:
    """Number of neighbours with one label, however they are tied, and how many of them are not shown."""

    label: str
    count: int
    hidden: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The next neighbours to show, and the number that remain after them."""

    nodes: tuple[Node, ...]
    remaining: int


def nodes(store: Reader, iris: Sequence[str]) -> list[Node]:
    """The nodes with these IRIs, in this order; an IRI that the graph does not have is left out."""
    by_iri = {row["iri"]: row_as(Node, row) for row in store.read(fill_template(_NODES), iris=list(iris))}
    return [by_iri[iri] for iri in dict.fromkeys(iris) if iri in by_iri]


_NODES = """
UNWIND $iris AS iri
MATCH (n:$labels {iri: iri})
WITH DISTINCT n
RETURN $node
"""


def edges(store: Reader, iris: Sequence[str]) -> list[Edge]:
    """The relationships among these nodes, one for each type, direction and pair."""
    return rows_as(Edge, store.read(fill_template(_EDGES), iris=list(iris)))


_EDGES = """
UNWIND $iris AS iri
MATCH (n:$labels {iri: iri})
WITH collect(DISTINCT n) AS shown
UNWIND shown AS a
MATCH (a)-[r]->(b) WHERE b IN shown
RETURN DISTINCT a.iri AS start, b.iri AS end, type(r) AS type ORDER BY start, end, type
"""


def connections(store: Reader, iri: str, *, shown: Sequence[str] = ()) -> list[Connection]:
    """The connections of a node, by type, direction (outgoing first) and label."""
    return rows_as(Connection, store.read(fill_template(_CONNECTIONS), iri=iri, shown=list(shown)))


_CONNECTIONS = """
MATCH (n:$labels {iri: $iri})-[r]-(m) WHERE NOT m:Passage
WITH type(r) AS type, startNode(r) = n AS outgoing, labels(m)[0] AS label, collect(DISTINCT m.iri) AS iris
RETURN type, outgoing, label, size(iris) AS count, size([iri IN iris WHERE NOT iri IN $shown]) AS hidden
ORDER BY type, outgoing DESC, label
"""


def neighbour_kinds(store: Reader, iri: str, *, shown: Sequence[str] = ()) -> list[NeighbourKind]:
    """The neighbours of a node by their labels, the most first."""
    return rows_as(NeighbourKind, store.read(fill_template(_KINDS), iri=iri, shown=list(shown)))


_KINDS = """
MATCH (n:$labels {iri: $iri})--(m) WHERE NOT m:Passage AND m <> n
WITH labels(m)[0] AS label, collect(DISTINCT m.iri) AS iris
RETURN label, size(iris) AS count, size([iri IN iris WHERE NOT iri IN $shown]) AS hidden
ORDER BY count DESC, label
"""


def neighbours(
    store: Reader,
    iri: str,
    *,
    shown: Sequence[str] = (),
    limit: int,
    tiers: Tiers = (),
    label: str | None = None,
) -> Neighbours:
    """The next neighbours of a node that are not shown yet, a few of every type of relationship in a tier.

    A tier of less interest is begun only where those before it bring fewer than half of ``limit``.

    Args:
        tiers: types that no tier has come last.
        label: only neighbours that have it.
    """
    rows = store.read(fill_template(_NEIGHBOURS), iri=iri, shown=[*shown, iri], limit=limit, label=label)
    order = {type: (number, place) for number, tier in enumerate(tiers) for place, type in enumerate(tier)}
    last = (len(tiers), 0)
    rows.sort(key=lambda row: (order.get(row["type"], last), not row["outgoing"], row["label"]))
    brought: dict[Node, None] = {}
    for _, tier in groupby(rows, key=lambda row: order.get(row["type"], last)[0]):
        if len(brought) < limit / 2:
            brought |= dict.fromkeys(_in_turn(_first_nodes(tier)))
    count = len({neighbour for row in rows for neighbour in row["iris"]})
    chosen = tuple(brought)[:limit]
    return Neighbours(chosen, count - len(chosen))


_NEIGHBOURS = """
MATCH (n:$labels {iri: $iri})-[r]-(m)
WHERE NOT m:Passage AND NOT m.iri IN $shown
  AND ($label IS NULL OR $label IN labels(m))
WITH DISTINCT type(r) AS type, startNode(r) = n AS outgoing, labels(m)[0] AS label, m, min(r.rank) AS rank
ORDER BY rank, coalesce(toString(m.started), '') DESC, COUNT { (m)--() } DESC, m.name, m.iri
WITH type, outgoing, label, collect(m) AS neighbours
RETURN type, outgoing, label, [m IN neighbours | m.iri] AS iris,
       [n IN neighbours[..$limit] | {$node}] AS first
"""


def _first_nodes(rows: Iterable[Mapping[str, Any]]) -> list[list[Node]]:
    return [rows_as(Node, row["first"]) for row in rows]


def _in_turn(lists: Iterable[list[Node]]) -> Iterator[Node]:
    """The first node of each list, then the second of each, and so on."""
    return (node for turn in zip_longest(*lists) for node in turn if node is not None)


def shortest_path(store: Reader, start: str, end: str) -> list[Node]:
    """The nodes of a shortest path between two, by their IRIs, both ends among them; empty if there is none.

    A path that goes through no region, framework or statistical likeness is preferred to a shorter one that does.
    """
    for hubs, likeness in ((HUBS, LIKENESS), ((), None)):
        rows = store.read(fill_template(_PATH), start=start, end=end, hubs=list(hubs), likeness=likeness)
        if rows:
            return nodes(store, rows[0]["iris"])
    return []


_PATH = f"""
MATCH (a:$labels {{iri: $start}}), (b:$labels {{iri: $end}})
WHERE a <> b
MATCH path = shortestPath((a)-[*..{MAX_PATH}]-(b))
WHERE all(n IN nodes(path) WHERE NOT n:Passage AND (n = a OR n = b OR NOT labels(n)[0] IN $hubs))
  AND all(r IN relationships(path) WHERE $likeness IS NULL OR type(r) <> $likeness)
RETURN [n IN nodes(path) | n.iri] AS iris
"""
