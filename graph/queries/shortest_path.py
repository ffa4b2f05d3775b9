"""How two nodes hang together: a shortest path between them."""

from caregraph.graph.queries.neighbourhood import Node, nodes, with_labels
from caregraph.graph.readers import Reader

LONGEST = 8  # relationships; a longer path tells nobody anything
# Nearly everything hangs on these, and being alike is no tie: a path through one of them says little.
HUBS = ("Region", "Framework")
LIKENESS = "NEIGHBOUR_OF"


def shortest_path(store: Reader, start: str, end: str) -> list[Node]:
    """The nodes of a shortest path between two, by their IRIs, both ends among them; empty if there is none.

    A path that goes through no region, framework or statistical likeness is preferred to a shorter one that does.
    """
    for hubs, likeness in ((HUBS, LIKENESS), ((), None)):
        rows = store.read(with_labels(_PATH), start=start, end=end, hubs=list(hubs), likeness=likeness)
        if rows:
            return nodes(store, rows[0]["iris"])
    return []


_PATH = f"""
MATCH (a:$labels {{iri: $start}}), (b:$labels {{iri: $end}})
WHERE a <> b
MATCH path = shortestPath((a)-[*..{LONGEST}]-(b))
WHERE all(n IN nodes(path) WHERE NOT n:Passage AND (n = a OR n = b OR NOT labels(n)[0] IN $hubs))
  AND all(r IN relationships(path) WHERE $likeness IS NULL OR type(r) <> $likeness)
RETURN [n IN nodes(path) | n.iri] AS iris
"""
