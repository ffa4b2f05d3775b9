"""Strong authorities: those whose latest full inspection finds that they do well in a part of practice."""

from collections.abc import Sequence
from dataclasses import dataclass

from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.polarity_counts import PolarityCounts, counts_of_authorities
from caregraph.graph.readers import Reader

FEWEST_STRENGTHS = 3  # of an authority that does well; fewer say little
LEAST_SHARE = 0.8  # of strengths among its rated findings


@dataclass(frozen=True, slots=True)
class StrongAuthority:
    """An authority whose latest full inspection finds strengths in a topic, and few concerns."""

    authority: Node
    counts: PolarityCounts


def strong_authorities(
    store: Reader, authorities: Sequence[Node], topics: Sequence[str], *, limit: int
) -> dict[str, list[StrongAuthority]]:
    """The authorities that do well in each topic by their latest full inspection, in the order given, a few of each.

    Args:
        authorities: those who may help, the nearest first.
        topics: IRIs of concepts.
    """
    counts = counts_of_authorities(store, [authority.iri for authority in authorities])
    strong: dict[str, list[StrongAuthority]] = {}
    for topic in topics:
        able = [
            StrongAuthority(authority, counts[authority.iri, topic])
            for authority in authorities
            if does_well(counts.get((authority.iri, topic), PolarityCounts()))
        ]
        strong[topic] = able[:limit]
    return strong


def does_well(counts: PolarityCounts) -> bool:
    """Tell whether findings are nearly all strengths, and enough of them.

    >>> does_well(PolarityCounts(5, 1)), does_well(PolarityCounts(5, 2)), does_well(PolarityCounts(2))
    (True, False, False)
    """
    return counts.strengths >= FEWEST_STRENGTHS and (counts.strength_share or 0) >= LEAST_SHARE
