import pytest

from caregraph.explorer.network.filters import Filters, drawn, options, within, years
from caregraph.graph.queries.facets import Facets
from caregraph.graph.queries.nodes import Node

COUNCIL = Node("council", "Ashmere", "LocalAuthority")
AGENCY = Node("agency", "Farrowdale Adoption Alliance", "Agency")
JUDGEMENT = Node("judgement", "Overall: good", "Judgement", "good")
OLD = Node("old", "Overall: inadequate", "Judgement", "inadequate")
FINDING = Node("finding", "Few wait.", "Finding", "strength")
NODES = [COUNCIL, AGENCY, JUDGEMENT, OLD, FINDING]
KNOWN = {
    one.iri: one
    for one in (
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
        (Filters(first=2017), [COUNCIL, AGENCY, JUDGEMENT, FINDING]),
        (Filters(first=2017, last=2023), [COUNCIL, AGENCY, FINDING]),
        (Filters(sure=80), NODES),
        (Filters(sure=85), [COUNCIL, AGENCY, JUDGEMENT, OLD]),
        (Filters(kinds=("Judgement",), grades=("outstanding",)), []),
    ],
)
def test_filters_draw_what_has_a_chosen_value_or_none(filters, expected):
    assert drawn(NODES, KNOWN, filters) == expected


def test_options_are_the_values_there_are_with_their_counts():
    assert options(NODES, KNOWN, "kinds") == {"Agency": 1, "Finding": 1, "Judgement": 2, "LocalAuthority": 1}
    assert options(NODES, KNOWN, "regions") == {"Farrowdale": 3, "Westmarch": 1}
    assert options([AGENCY], KNOWN, "grades") == {}


def test_years_are_the_first_and_the_last_where_there_are_two():
    assert years(NODES, KNOWN) == (2016, 2025)
    assert years([JUDGEMENT, AGENCY], KNOWN) is None
    assert years([], KNOWN) is None


def test_all_years_chosen_hold_nothing_back():
    assert within(Filters(first=2018), (2016, 2025), (2016, 2025)).count == 0
    assert within(Filters(), (2016, 2025), (2018, 2025)) == Filters(first=2018)


def test_filters_count_those_that_hold_something_back():
    assert Filters(first=2018, last=2020, grades=("good",), sure=50).count == 3
