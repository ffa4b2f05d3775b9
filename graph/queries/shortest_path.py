"""Shortest path between two nodes."""

from caregraph.graph.queries.neighbourhood import nodes
from caregraph.graph.queries.nodes import Node, fill_template
from caregraph.graph.readers import Reader

MAX_LENGTH = 8  # relationships; a longer path tells nobody anything
# Nearly everything is connected to a hub, and likeness is no tie: a path through either says little.
HUBS = ("Region", "Framework")
LIKENESS = "NEIGHBOUR_OF"


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
MATCH path = shortestPath((a)-[*..{MAX_LENGTH}]-(b))
WHERE all(n IN nodes(path) WHERE NOT n:Passage AND (n = a OR n = b OR NOT labels(n)[0] IN $hubs))
  AND all(r IN relationships(path) WHERE $likeness IS NULL OR type(r) <> $likeness)
RETURN [n IN nodes(path) | n.iri] AS iris
"""
