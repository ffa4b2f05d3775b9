"""The shape of the graph as it is: which keys the nodes of each label have."""

from caregraph.graph.neo4j.property_graph import graph_schema
from caregraph.graph.readers import Reader

_LOOKED_AT = 300  # nodes of a label: they are alike


def keys(store: Reader) -> dict[str, list[str]]:
    """The keys of properties by label, those that are the same everywhere left out; a label without nodes has none."""
    cypher = "\nUNION ALL\n".join(_KEYS.format(label=label) for label in graph_schema().labels)
    return {row["label"]: sorted(set(row["keys"]) - {"iri", "name"}) for row in store.read(cypher, some=_LOOKED_AT)}


_KEYS = """MATCH (n:{label}) WITH n LIMIT $some UNWIND keys(n) AS key
RETURN '{label}' AS label, collect(DISTINCT key) AS keys"""
