"""Facets of pairs to check: kind of name, place, reason of doubt, number of reports that a decision is about."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from caregraph.explorer.labels import plural, scheme_label
from caregraph.explorer.state.links import choose_option
from caregraph.explorer.state.store_cache import cached_query
from caregraph.graph.queries import authorities
from caregraph.graph.resolution.review import ReviewPair
from caregraph.graph.wording import sentence_case
from caregraph.ontology.register import code

ANY = "any"
SIZES = (3, 5, 10)  # least numbers of reports that a reader can ask for


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Property of a pair by which a reader chooses pairs; a pair may have several values of it.

    ``parameter`` keeps the choice in the page's address, ``words`` says a value to the reader.
    """

    parameter: str
    label: str
    any_label: str
    values: Callable[[ReviewPair], frozenset[str]]
    words: Callable[[str], str]


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


FACETS = (
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
    ),
)


def choose_pairs(pairs: Sequence[ReviewPair], *, known: Iterable[ReviewPair]) -> Sequence[ReviewPair]:
    """Let the reader choose by each facet, with the number of pairs that each choice leaves.

    Args:
        known: pairs of the graph, those decided since among them: their values are no unknown ones.

    Raises:
        UnknownValue: if the address has a value that no pair has.
    """
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="filters"):
        for facet in FACETS:
            counts = Counter(value for pair in pairs for value in facet.values(pair))
            wanted = st.query_params.get(facet.parameter)
            decided = any(wanted in facet.values(pair) for pair in known)
            options = sorted({*counts, wanted} if wanted and decided else counts, key=_option_order(facet, counts))
            chosen: str = choose_option(
                st.selectbox,
                facet.label,
                [ANY, *options],
                parameter=facet.parameter,
                default=ANY,
                format_func=_option_words(facet, counts),
            )
            if chosen != ANY:
                pairs = [pair for pair in pairs if chosen in facet.values(pair)]
    return pairs


def _option_order(facet: Facet, counts: Mapping[str, int]) -> Callable[[str], tuple[object, ...]]:
    """Sort key of a facet's values: those of most pairs first, but regions before councils, all by their names."""
    if facet.values is places_of:
        return lambda place: (place not in _region_names(), _place_words(place))
    return lambda value: (-counts.get(value, 0), facet.words(value))


def _option_words(facet: Facet, counts: Mapping[str, int]) -> Callable[[str], str]:
    return lambda value: facet.any_label if value == ANY else f"{facet.words(value)} ({counts.get(value, 0):,})"
