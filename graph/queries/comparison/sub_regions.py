"""Sub-regions: parts of a region whose councils one regional agency or body serves.

A regional adoption agency, a police force and an integrated care board each make one. Only published lists that are
sure of every council count, and only those that part the region: of two of its councils or more, but not of all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from caregraph.graph.queries.nodes import NAMED_THING_LABELS, Node
from caregraph.graph.queries.overview import SharedThing
from caregraph.graph.queries.rows import rows_as
from caregraph.graph.readers import Reader


@dataclass(frozen=True, slots=True)
class SubRegion:
    """The authorities of a region that one thing serves; ``authorities`` are their IRIs."""

    thing: Node
    authorities: tuple[str, ...]


def sub_regions(store: Reader, region: str) -> list[SubRegion]:
    """The sub-regions of a region, by its IRI, in the order of the names of what serves them."""
    return rows_as(SubRegion, store.read(_SUB_REGIONS, region=region))


_SUB_REGIONS = f"""
MATCH (c:LocalAuthority)-[:IN_REGION]->(:Region {{iri: $region}}) WHERE c.ended IS NULL
WITH collect(c) AS authorities
UNWIND authorities AS c
MATCH (t:{"|".join(NAMED_THING_LABELS)} {{scope: 'regional'}})-[member:SERVES]->(c) WHERE member.until IS NULL
WITH t, size(authorities) AS all, collect(DISTINCT c.iri) AS members
WHERE 1 < size(members) < all AND NOT EXISTS {{ (t)-[s:SERVES]->() WHERE coalesce(s.certainty, '') <> 'high' }}
RETURN t {{.iri, .name, label: labels(t)[0]}} AS thing, members AS authorities ORDER BY toLower(t.name), t.iri
"""


def things_shared_in(sub_region: SubRegion | None, things: Sequence[SharedThing]) -> Sequence[SharedThing]:
    """Things of a region that reports on two or more authorities of a sub-region name, with their uses there alone."""
    if sub_region is None:
        return things
    narrowed = [
        replace(thing, uses=tuple(use for use in thing.uses if use.authority.iri in sub_region.authorities))
        for thing in things
    ]
    return [thing for thing in narrowed if thing.users > 1]
