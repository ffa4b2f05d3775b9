"""Expansion of the network: the neighbours that a click adds, in the order of a reader's likely interest."""

from collections.abc import Sequence

from caregraph.explorer.state.store_cache import cached_query
from caregraph.graph.queries import neighbourhood
from caregraph.graph.queries.neighbourhood import Connection, Neighbours

STEP = 12  # neighbours added at a time

# Types of relationship in the order of a reader's likely interest: one tier before the next, types of no tier last.
TIERS = tuple(
    tuple(tier.split())
    for tier in (
        "HOSTED_BY SERVES INSPECTED GAVE USES REPORTED_IN LED INSTANCE_OF BELONGS_TO SERVED SUCCEEDED_BY IN_REGION "
        "BROADER VARIANT_OF",
        "ATTESTED_FOR SHARED_BY TOOK_PART_IN REPORTS_ON MENTIONS UNDER NEIGHBOUR_OF",
        "INVOLVES CONCERNS STATES REFERS_TO",
    )
)
_ORDER = tuple(type for tier in TIERS for type in tier)


def interest(type: str) -> int:
    """Sort key of a type of relationship: the lower, the sooner a reader wants to see it."""
    return _ORDER.index(type) if type in _ORDER else len(_ORDER)


def next_neighbours(iri: str, *, shown: Sequence[str] = (), along: tuple[str, bool, str] | None = None) -> Neighbours:
    """The next neighbours of a node that are not shown yet, and how many are left.

    Args:
        along: only these: type of relationship, whether it goes out from the node, label of the neighbour.
    """
    return cached_query(neighbourhood.neighbours, iri, shown=shown, limit=STEP, tiers=TIERS, along=along)


def node_connections(iri: str, *, shown: Sequence[str]) -> list[Connection]:
    """The connections of a node, those of most interest first, with the number of nodes that are not shown."""
    return sorted(
        cached_query(neighbourhood.connections, iri, shown=shown), key=lambda connection: interest(connection.type)
    )
