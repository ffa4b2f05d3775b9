import pytest

from caregraph.explorer.network.filters import Filters, filter_options, visible_nodes, year_bounds
from caregraph.graph.queries.facets import Facets
from caregraph.graph.queries.nodes import Node

COUNCIL = Node("council", "Ashmere", "LocalAuthority")
AGENCY = Node("agency", "Farrowdale Adoption Alliance", "Agency")
JUDGEMENT = Node("judgement", "Overall: good", "Judgement", "good")
OLD = Node("old", "Overall: inadequate", "Judgement", "inadequate")
FINDING = Node("finding", "Few wait.", "Finding", "strength")
NODES = [COUNCIL, AGENCY, JUDGEMENT, OLD, FINDING]
FACETS = {
    facets.iri: facets
    for facets in (
        Facets(iri="council", region="Farrowdale"),
        Facets(iri="judgement", region="Farrowdale", framework="ILACS", year=2025, grade="good"),
        Facets(iri="old", region="Farrowdale", framework="SIF", year=2016, grade="inadequate"),
        Facets(iri="finding", region="Westmarch", framework="ILACS", year=2022, polarity="strength", confidence=0.8),
    )
}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), NODES),
        (Filters(kinds=("Agency", "Finding")), [AGENCY, FINDING]),
        # What has no grade, no region or no year stays.
        (Filters(grades=("good",)), [COUNCIL, AGENCY, JUDGEMENT, FINDING]),
        (Filters(regions=("Westmarch",)), [AGENCY, FINDING]),
        (Filters(frameworks=("ILACS",)), [COUNCIL, AGENCY, JUDGEMENT, FINDING]),
        (Filters(polarities=("concern",)), [COUNCIL, AGENCY, JUDGEMENT, OLD]),
        (Filters(first_year=2017), [COUNCIL, AGENCY, JUDGEMENT, FINDING]),
        (Filters(first_year=2017, last_year=2023), [COUNCIL, AGENCY, FINDING]),
        (Filters(min_confidence=80), NODES),
        (Filters(min_confidence=85), [COUNCIL, AGENCY, JUDGEMENT, OLD]),
        (Filters(kinds=("Judgement",), grades=("outstanding",)), []),
    ],
)
def test_filters_draw_what_has_a_chosen_value_or_none(filters, expected):
    assert visible_nodes(NODES, FACETS, filters) == expected


def test_options_are_the_values_there_are_with_their_counts():
    assert filter_options(NODES, FACETS, "kinds") == {"Agency": 1, "Finding": 1, "Judgement": 2, "LocalAuthority": 1}
    assert filter_options(NODES, FACETS, "regions") == {"Farrowdale": 3, "Westmarch": 1}
    assert filter_options([AGENCY], FACETS, "grades") == {}


def test_years_are_the_first_and_the_last_where_there_are_two():
    assert year_bounds(NODES, FACETS) == (2016, 2025)
    assert year_bounds([JUDGEMENT, AGENCY], FACETS) is None
    assert year_bounds([], FACETS) is None


def test_all_years_chosen_hold_nothing_back():
    assert Filters(first_year=2018).with_years((2016, 2025), (2016, 2025)).count == 0
    assert Filters().with_years((2016, 2025), (2018, 2025)) == Filters(first_year=2018)


def test_filters_count_those_that_hold_something_back():
    assert Filters(first_year=2018, last_year=2020, grades=("good",), min_confidence=50).count == 3
