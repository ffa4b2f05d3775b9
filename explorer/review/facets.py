"""Facets of pairs to check: kind of name, place, reason of doubt, number of reports that a decision is about."""

from collections.abc import Mapping

from caregraph.explorer.facets import Facet
from caregraph.explorer.labels import plural, scheme_label
from caregraph.explorer.state.store_cache import cached_query
from caregraph.graph.queries import authorities
from caregraph.graph.resolution.review import ReviewPair
from caregraph.graph.wording import sentence_case
from caregraph.ontology.register import code

SIZES = (3, 5, 10)  # least numbers of reports that a reader can ask for


def places_of(pair: ReviewPair) -> frozenset[str]:
    """Names of the councils that a pair belongs to, and ONS codes of their regions."""
    profiles = (pair.left, pair.right)
    places = ((profile.authority_name, profile.region) for profile in profiles)
    return frozenset(place for both in places for place in both if place)


def reasons_of(pair: ReviewPair) -> frozenset[str]:
    """Ids of what speaks for and against a pair's being one."""
    return frozenset(reason.id for reason in pair.reasons)


def sizes_of(pair: ReviewPair) -> frozenset[str]:
    """Sizes of `SIZES` that a pair's reports reach.

    >>> from types import SimpleNamespace
    >>> sorted(sizes_of(SimpleNamespace(reports=5)))
    ['3', '5']
    """
    return frozenset(str(size) for size in SIZES if pair.reports >= size)


def _region_names() -> Mapping[str, str]:
    councils = cached_query(authorities.registered_authorities)
    return {code(council.region.iri): council.region.name for council in councils if council.region}


def _place_words(place: str) -> str:
    return f"{_region_names()[place]} (region)" if place in _region_names() else place


FACETS: tuple[Facet[ReviewPair], ...] = (
    Facet(
        parameter="kind",
        label="Kind of name",
        any_label="Any kind",
        values=lambda pair: frozenset({pair.left.type, pair.right.type}),
        words=lambda kind: sentence_case(plural(kind)),
    ),
    Facet(
        parameter="place",
        label="Council or region",
        any_label="Anywhere",
        values=places_of,
        words=_place_words,
        order=lambda place: (place not in _region_names(), _place_words(place)),
    ),
    Facet(
        parameter="doubt",
        label="Why it is in doubt",
        any_label="Any reason",
        values=reasons_of,
        words=lambda reason: sentence_case(scheme_label("match-reason", reason)),
    ),
    Facet(
        parameter="reports",
        label="Reports it is about",
        any_label="Any number",
        values=sizes_of,
        words=lambda size: f"{size} or more",
        order=int,
    ),
)
