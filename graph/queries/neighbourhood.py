"""What surrounds a node: the questions behind the explorer's network.

Passages are left out of every answer: they are where evidence stands, and `queries.evidence` reads them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, zip_longest
from typing import Any

from caregraph.graph.readers import Reader
from caregraph.ontology.schema import load_schema

STEP = 12  # neighbours brought at a time
HIDDEN = frozenset({"Passage"})

# What a reader most likely wants to see next: one tier before the next; a type that is not here comes last.
TIERS = tuple(
    tuple(tier.split())
    for tier in (
        "HOSTED_BY SERVES INSPECTED GAVE USES REPORTED_IN LED INSTANCE_OF BELONGS_TO SERVED SUCCEEDED_BY IN_REGION "
        "BROADER VARIANT_OF",
        "ATTESTED_FOR TOOK_PART_IN REPORTS_ON MENTIONS UNDER NEIGHBOUR_OF",
        "INVOLVES CONCERNS STATES",
    )
)
ORDER = tuple(type for tier in TIERS for type in tier)


@dataclass(frozen=True, slots=True)
class Node:
    """Anything that has a name in the graph.

    ``label`` is its Neo4j label, ``shade`` a finding's polarity or a judgement's
    grade, ``when`` the ISO day on which an inspection began or a document was published; either may be missing.
    """

    iri: str
    name: str
    label: str
    shade: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """One relationship type between two nodes, however many relationships of it there are."""

    start: str
    end: str
    type: str


@dataclass(frozen=True, slots=True)
class Connection:
    """How many nodes of one label hang on a node by one type of relationship, and how many of them are not shown."""

    type: str
    outgoing: bool
    label: str
    count: int
    hidden: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Some of the neighbours not yet shown, and how many are left after them."""

    nodes: tuple[Node, ...]
    left: int


@cache
def labels() -> tuple[str, ...]:
    """The Neo4j labels of the ontology, in its order."""
    return tuple(term.neo4j_label for term in load_schema().classes.values() if term.neo4j_label)


_NODE = {
    "iri": "n.iri",
    "name": "n.name",
    "label": "labels(n)[0]",
    "shade": "coalesce(n.polarity, CASE WHEN n:Judgement THEN n.grade END)",
    "when": "toString(coalesce(n.published, n.started, head([(i:Inspection)-[:REPORTED_IN]->(n) | i.started])))",
}


@cache
def with_labels(cypher: str) -> str:
    """A query with all labels, by which Neo4j looks an IRI up in the index of each, and with what a node gives."""
    columns = ", ".join(f"{value} AS {key}" for key, value in _NODE.items())
    entries = ", ".join(f"{key}: {value}" for key, value in _NODE.items())
    every = "|".join(label for label in labels() if label not in HIDDEN)
    return cypher.replace("{$node}", f"{{{entries}}}").replace("$node", columns).replace("$labels", every)


def nodes(store: Reader, iris: Sequence[str]) -> list[Node]:
    """The nodes with these IRIs, in this order; an IRI that the graph does not have is left out."""
    rows = store.read(with_labels(_NODES), iris=list(iris))
    found = {row["iri"]: _node(row) for row in rows}
    return [found[iri] for iri in dict.fromkeys(iris) if iri in found]


_NODES = """
UNWIND $iris AS iri
MATCH (n:$labels {iri: iri})
WITH DISTINCT n
RETURN $node
"""


def edges(store: Reader, iris: Sequence[str]) -> list[Edge]:
    """The relationships among these nodes, one a type, direction and pair."""
    cypher = with_labels(_EDGES)
    return [Edge(row["start"], row["end"], row["type"]) for row in store.read(cypher, iris=list(iris))]


_EDGES = """
UNWIND $iris AS iri
MATCH (n:$labels {iri: iri})
WITH collect(DISTINCT n) AS shown
UNWIND shown AS a
MATCH (a)-[r]->(b) WHERE b IN shown
RETURN DISTINCT a.iri AS start, b.iri AS end, type(r) AS type ORDER BY start, end, type
"""


def connections(store: Reader, iri: str, *, shown: Sequence[str] = ()) -> list[Connection]:
    """What hangs on a node, by type, direction and label, in the order of interest."""
    cypher = with_labels(_CONNECTIONS)
    found = [Connection(**row) for row in store.read(cypher, iri=iri, shown=list(shown))]
    return sorted(found, key=lambda one: (_interest(one.type), not one.outgoing, one.label))


_CONNECTIONS = """
MATCH (n:$labels {iri: $iri})-[r]-(m) WHERE NOT m:Passage
WITH type(r) AS type, startNode(r) = n AS outgoing, labels(m)[0] AS label, collect(DISTINCT m.iri) AS found
RETURN type, outgoing, label, size(found) AS count, size([other IN found WHERE NOT other IN $shown]) AS hidden
"""


def neighbours(
    store: Reader, iri: str, *, shown: Sequence[str] = (), limit: int = STEP, along: tuple[str, bool, str] | None = None
) -> Neighbours:
    """The next neighbours of a node that are not shown yet, some of every type of relationship in a tier.

    A tier of less interest is begun only where those before it bring fewer than half of what may be brought.

    Args:
        along: only these: type of relationship, whether it goes out from the node, label of the neighbour.
    """
    type, outgoing, label = along or (None, None, None)
    rows = store.read(
        with_labels(_NEIGHBOURS),
        iri=iri, shown=[*shown, iri], limit=limit, type=type, outgoing=outgoing, label=label,
    )  # fmt: skip
    rows.sort(key=lambda row: (_interest(row["type"]), not row["outgoing"], row["label"]))
    found: dict[Node, None] = {}
    for _, tier in groupby(rows, key=_tier):
        if len(found) < limit / 2:
            found |= dict.fromkeys(_in_turn([[_node(one) for one in row["some"]] for row in tier]))
    left = len({other for row in rows for other in row["all"]})
    brought = tuple(found)[:limit]
    return Neighbours(brought, left - len(brought))


_NEIGHBOURS = """
MATCH (n:$labels {iri: $iri})-[r]-(m)
WHERE NOT m:Passage AND NOT m.iri IN $shown
  AND ($type IS NULL OR type(r) = $type AND (startNode(r) = n) = $outgoing AND $label IN labels(m))
WITH DISTINCT type(r) AS type, startNode(r) = n AS outgoing, labels(m)[0] AS label, m, min(r.rank) AS rank
ORDER BY rank, coalesce(toString(m.started), '') DESC, COUNT { (m)--() } DESC, m.name, m.iri
WITH type, outgoing, label, collect(m) AS found
RETURN type, outgoing, label, [m IN found | m.iri] AS all,
       [n IN found[..$limit] | {$node}] AS some
"""


def _node(row: Mapping[str, Any]) -> Node:
    return Node(row["iri"], row["name"] or row["iri"], row["label"], row["shade"], row["when"])


def _interest(type: str) -> int:
    return ORDER.index(type) if type in ORDER else len(ORDER)


def _tier(row: Mapping[str, Any]) -> int:
    return next((number for number, tier in enumerate(TIERS) if row["type"] in tier), len(TIERS))


def _in_turn(lists: Iterable[list[Node]]) -> Iterator[Node]:
    """One of each list, then another of each."""
    return (node for turn in zip_longest(*lists) for node in turn if node is not None)
