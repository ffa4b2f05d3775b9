import pytest

from caregraph.explorer.figures.dom import page_link, table, tag
from caregraph.explorer.state.links import neighbourhood_address, network_address, node_address, page_address
from caregraph.graph.queries.nodes import Node
from caregraph.ontology.iris import THINGS, full_iri, short_iri


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Node(f"{THINGS}authority/E09000001", "A", "LocalAuthority"), "authority?council=authority/E09000001"),
        (Node(f"{THINGS}agency/a", "A", "Agency"), "service?thing=agency/a"),
        (Node(f"{THINGS}process/p", "P", "Process"), "service?thing=process/p"),
        (Node(f"{THINGS}concept/c", "C", "Concept"), "concepts?concept=concept/c"),
        (Node(f"{THINGS}finding/f-1", "F", "Finding"), "findings?finding=finding/f-1"),
        (Node(f"{THINGS}person/p", "P", "Person"), "explore?nodes=person/p&selected=person/p"),
    ],
)
def test_each_kind_of_node_has_a_page(node, expected):
    assert node_address(node) == expected


@pytest.mark.parametrize("iri", [f"{THINGS}agency/a", "https://example.org/agency/a"])
def test_short_and_long_are_each_other_s_way_back(iri):
    assert full_iri(short_iri(iri)) == iri


def test_address_carries_any_words():
    assert page_address("findings", words="a&b=c #1?") == "findings?words=a%26b%3Dc+%231%3F"
    assert page_address("findings", words="", year=None) == "findings"


def test_figure_keeps_texts_as_they_are():
    assert tag("p", "<b>x</b> & y", None, title=None) == ["p", {}, "<b>x</b> & y"]
    assert page_link("x", None)[0] == "span"
    assert "scope" in str(table("t", ["a"], [["b", "c"]]))


def test_network_of_a_node_is_opened_with_it_selected_or_with_its_neighbours():
    node = Node(f"{THINGS}agency/a", "A", "Agency")

    assert network_address([node.iri, f"{THINGS}agency/b"]) == "explore?nodes=agency/a,agency/b&selected=agency/a"
    assert neighbourhood_address(node) == "explore?around=agency/a"
