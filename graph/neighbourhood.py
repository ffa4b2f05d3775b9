"""What surrounds a node: the questions behind the explorer's network and its search.

Passages are left out of every answer: they are where evidence stands, and `graph.evidence` reads them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Any, Protocol

from ontology.schema import load_schema

HIDDEN = frozenset({"Passage"})
SEARCHED = ("LocalAuthority", "Agency", "Service", "Programme", "Body", "Process", "Concept", "Person", "Document", "Region")

# What a reader most likely wants to see next, first; a type that is not here comes last.
ORDER = (
    "HOSTED_BY SERVES INSPECTED GAVE USES REPORTED_IN LED INSTANCE_OF BELONGS_TO SERVED SUCCEEDED_BY IN_REGION BROADER "
    "TOOK_PART_IN REPORTS_ON INVOLVES CONCERNS MENTIONS UNDER STATES NEIGHBOUR_OF"
).split()


class Reader(Protocol):
    """A database that answers a trusted read, one dict a row."""

    def read(self, cypher: str, **parameters: object) -> list[dict[str, Any]]: ...


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
def _with(cypher: str, expression: str = "") -> str:
    """A query with its label expression, by which Neo4j looks an IRI up in each label's index, and what a node gives."""
    columns = ", ".join(f"{value} AS {key}" for key, value in _NODE.items())
    entries = ", ".join(f"{key}: {value}" for key, value in _NODE.items())
    every = "|".join(label for label in labels() if label not in HIDDEN)
    return cypher.replace("{$node}", f"{{{entries}}}").replace("$node", columns).replace("$labels", expression or every)


def search(store: Reader, text: str, *, limit: int = 12) -> list[Node]:
    """Nodes whose name, other name or acronym has every word of ``text`` as the beginning of a word.

    The best first: exact names, then names that begin so, then those that are most connected.
    """
    words = text.lower().split()
    if not words:
        return []
    rows = store.read(_with(_SEARCH, "|".join(SEARCHED)), text=" ".join(words), words=words, limit=limit)
    return [_node(row) for row in rows]


_SEARCH = """
MATCH (n:$labels)
WITH n, toLower(n.name) AS name,
     [other IN coalesce(n.aliases, []) + coalesce(n.acronyms, []) + coalesce(n.title, []) + coalesce(n.source, []) | toLower(other)] AS others
WITH n, name, others, [known IN [name] + others | ' ' + replace(replace(known, '-', ' '), '(', ' ')] AS spellings
WHERE any(spelling IN spellings WHERE all(word IN $words WHERE spelling CONTAINS ' ' + word))
WITH n, CASE WHEN name = $text OR $text IN others THEN 0 WHEN name STARTS WITH $text THEN 1 ELSE 2 END AS place, COUNT { (n)--() } AS degree
ORDER BY place, degree DESC, n.name, n.iri LIMIT $limit
RETURN $node
"""


def nodes(store: Reader, iris: Sequence[str]) -> list[Node]:
    """The nodes with these IRIs, in this order; an IRI that the graph does not have is left out."""
    rows = store.read(_with(_NODES), iris=list(iris))
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
    cypher = _with(_EDGES)
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
    cypher = _with(_CONNECTIONS)
    found = [Connection(**row) for row in store.read(cypher, iri=iri, shown=list(shown))]
    return sorted(found, key=lambda one: (_interest(one.type), not one.outgoing, one.label))


_CONNECTIONS = """
MATCH (n:$labels {iri: $iri})-[r]-(m) WHERE NOT m:Passage
WITH type(r) AS type, startNode(r) = n AS outgoing, labels(m)[0] AS label, collect(DISTINCT m.iri) AS found
RETURN type, outgoing, label, size(found) AS count, size([other IN found WHERE NOT other IN $shown]) AS hidden
"""


def neighbours(
    store: Reader, iri: str, *, shown: Sequence[str] = (), limit: int = 12, along: tuple[str, bool, str] | None = None
) -> Neighbours:
    """The next neighbours of a node that are not shown yet, some of every type of relationship.

    Args:
        along: only these: type of relationship, whether it goes out from the node, label of the neighbour.
    """
    type, outgoing, label = along or (None, None, None)
    rows = store.read(
        _with(_NEIGHBOURS),
        iri=iri, shown=[*shown, iri], limit=limit, type=type, outgoing=outgoing, label=label,
    )  # fmt: skip
    rows.sort(key=lambda row: (_interest(row["type"]), not row["outgoing"], row["label"]))
    found = list(_in_turn([_node(one) for one in row["some"]] for row in rows))
    left = len({other for row in rows for other in row["all"]})
    return Neighbours(tuple(found[:limit]), left - len(found[:limit]))


_NEIGHBOURS = """
MATCH (n:$labels {iri: $iri})-[r]-(m)
WHERE NOT m:Passage AND NOT m.iri IN $shown AND ($type IS NULL OR type(r) = $type AND (startNode(r) = n) = $outgoing AND $label IN labels(m))
WITH DISTINCT type(r) AS type, startNode(r) = n AS outgoing, labels(m)[0] AS label, m, min(r.rank) AS rank
ORDER BY rank, toString(m.started) DESC, COUNT { (m)--() } DESC, m.name, m.iri
WITH type, outgoing, label, collect(m) AS found
RETURN type, outgoing, label, [m IN found | m.iri] AS all,
       [n IN found[..$limit] | {$node}] AS some
"""


def _node(row: Mapping[str, Any]) -> Node:
    return Node(row["iri"], row["name"] or row["iri"], row["label"], row["shade"], row["when"])


def _interest(type: str) -> int:
    return ORDER.index(type) if type in ORDER else len(ORDER)


def _in_turn(lists: Iterable[list[Node]]) -> Iterable[Node]:
    """One of each list, then another of each; a node that is in several comes once."""
    return dict.fromkeys(node for turn in zip_longest(*lists) for node in turn if node is not None)
