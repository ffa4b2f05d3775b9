"""Nodes and relationships as the explorer shows them, and the Cypher patterns that find them."""

from dataclasses import dataclass
from functools import cache

from caregraph.ontology.schema import load_schema

NAMED_THING_LABELS = ("Agency", "Service", "Programme", "Body", "Process")
HIDDEN_LABELS = frozenset({"Passage"})  # they hold the evidence, which `queries.evidence` reads


@dataclass(frozen=True, slots=True)
class Node:
    """A named node of the graph.

    ``label`` is its Neo4j label, ``polarity`` a finding's, ``day`` the ISO day on which an inspection began or a
    document was published; the last two may be missing. ``grade`` is a council's, where a view tells it:
    `explorer.network.grades`.
    """

    iri: str
    name: str
    label: str
    polarity: str | None = None
    day: str | None = None
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship type between two nodes, by their IRIs, however many relationships of it there are."""

    start: str
    end: str
    type: str


@cache
def node_labels() -> tuple[str, ...]:
    """The Neo4j labels of the ontology, in its order."""
    return tuple(term.neo4j_label for term in load_schema().classes.values() if term.neo4j_label)


_COLUMNS = {
    "iri": "n.iri",
    "name": "coalesce(n.name, n.iri)",
    "label": "labels(n)[0]",
    "polarity": "n.polarity",
    "day": "toString(coalesce(n.published, n.started, head([(i:Inspection)-[:REPORTED_IN]->(n) | i.started])))",
}


@cache
def fill_template(cypher: str) -> str:
    """Fill in a query about a node ``n``.

    ``$labels`` becomes all labels but the hidden ones, by which Neo4j looks an IRI up in the index of each; ``$node``
    becomes the columns of a `Node`, and ``{$node}`` a map of them.
    """
    columns = ", ".join(f"{value} AS {key}" for key, value in _COLUMNS.items())
    entries = ", ".join(f"{key}: {value}" for key, value in _COLUMNS.items())
    labels = "|".join(label for label in node_labels() if label not in HIDDEN_LABELS)
    return cypher.replace("{$node}", f"{{{entries}}}").replace("$node", columns).replace("$labels", labels)
