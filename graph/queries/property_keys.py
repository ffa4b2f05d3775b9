"""Property keys that the nodes of each label have in the database as it is."""

from caregraph.graph.neo4j.property_graph import graph_schema
from caregraph.graph.readers import Reader

_SAMPLE = 300  # nodes of a label: they are alike


def property_keys(store: Reader) -> dict[str, list[str]]:
    """Property keys by label, without `iri` and `name`, which every node has; a label without nodes is left out."""
    cypher = "\nUNION ALL\n".join(_KEYS.format(label=label) for label in graph_schema().labels)
    return {row["label"]: sorted(set(row["keys"]) - {"iri", "name"}) for row in store.read(cypher, sample=_SAMPLE)}


_KEYS = """MATCH (n:{label}) WITH n LIMIT $sample UNWIND keys(n) AS key
RETURN '{label}' AS label, collect(DISTINCT key) AS keys"""
