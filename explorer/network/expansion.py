"""Expansion of the network: the neighbours that a click adds, in the order of a reader's likely interest."""

from collections.abc import Sequence

from caregraph.explorer.state.store_cache import cached_query
from caregraph.graph.queries import neighbourhood
from caregraph.graph.queries.neighbourhood import Connection, NeighbourKind, Neighbours

STEP = 12  # neighbours added at a time

# Types of relationship in the order of a reader's likely interest: one tier before the next, types of no tier last.
TIERS = tuple(
    tuple(tier.split())
    for tier in (
        "HOSTED_BY SERVES INSPECTED GAVE USES REPORTED_IN LED INSTANCE_OF BELONGS_TO SERVED SUCCEEDED_BY "
        "TO_BE_SUCCEEDED_BY IN_REGION BROADER VARIANT_OF",
        "ATTESTED_FOR SHARED_BY TOOK_PART_IN REPORTS_ON MENTIONS UNDER NEIGHBOUR_OF",
        "INVOLVES CONCERNS STATES REFERS_TO",
    )
)
_ORDER = tuple(type for tier in TIERS for type in tier)


def interest(type: str) -> int:
    """Sort key of a type of relationship: the lower, the sooner a reader wants to see it."""
    return _ORDER.index(type) if type in _ORDER else len(_ORDER)


def next_neighbours(iri: str, *, shown: Sequence[str] = (), label: str | None = None, limit: int = STEP) -> Neighbours:
    """The next neighbours of a node that are not shown yet, and how many are left.

    Args:
        label: only neighbours of this kind.
    """
    return cached_query(neighbourhood.neighbours, iri, shown=shown, limit=limit, tiers=TIERS, label=label)


def kinds_around(iri: str, *, shown: Sequence[str]) -> list[tuple[NeighbourKind, list[Connection]]]:
    """Kinds of a node's neighbours, those of most interest first, each with the relationships that tie it."""
    by_label: dict[str, list[Connection]] = {}
    connections = cached_query(neighbourhood.connections, iri, shown=shown)
    for connection in sorted(connections, key=lambda connection: interest(connection.type)):
        by_label.setdefault(connection.label, []).append(connection)
    kinds = {kind.label: kind for kind in cached_query(neighbourhood.neighbour_kinds, iri, shown=shown)}
    return [(kinds[label], ties) for label, ties in by_label.items() if label in kinds]
