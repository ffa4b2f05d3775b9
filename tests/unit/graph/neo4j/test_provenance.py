"""Provenance: contributions of graphs to what they share, and their merge when graphs are replaced."""

import pytest

from caregraph.graph.neo4j.property_graph import EdgeRow, GraphRows, NodeRow
from caregraph.graph.neo4j.provenance import Contribution, ContributionMerge, StoredEntity, row_key

HUB = ("hub",)


def node(**properties):
    return {HUB: NodeRow("Service", "hub", properties)}


def stored(graphs, **properties):
    return {HUB: StoredEntity("1", "Service", {"iri": "hub", "statedIn": sorted(graphs), **properties})}


def test_contribution_is_what_a_graph_does_not_own():
    rows = GraphRows(
        "graph",
        (NodeRow("Passage", "passage", own=True), NodeRow("Service", "hub")),
        (
            EdgeRow("MENTIONS", "passage", "hub", own=True),
            EdgeRow("REPORTS_ON", "passage", "council", own=True),
            EdgeRow("BELONGS_TO", "hub", "council"),
        ),
    )

    contribution = Contribution.of(rows)

    assert list(contribution.nodes) == [HUB]
    assert list(contribution.edges) == [("BELONGS_TO", "hub", "council", "")]
    assert contribution.own_iris == {"Passage": ["passage"]}
    assert contribution.referenced_iris == {"council"}
    assert contribution.shared_iris() == {"hub", "council"}
    assert Contribution.deserialize(contribution.serialize()) == contribution


@pytest.mark.parametrize(
    ("before", "after", "present", "unreplaced", "merged"),
    [
        # The first graph that states a node makes it.
        ({}, {"a": node(name="Hub")}, {}, {}, {"iri": "hub", "statedIn": ["a"], "name": "Hub"}),
        # A graph that agrees with what is stored needs no other graph's contribution.
        (
            {},
            {"b": node(name="Hub")},
            stored("a", name="Hub"),
            {},
            {"iri": "hub", "statedIn": ["a", "b"], "name": "Hub"},
        ),
        # One that differs does.
        (
            {},
            {"b": node(name="A Hub")},
            stored("a", name="Hub"),
            {"a": node(name="Hub")},
            {"iri": "hub", "statedIn": ["a", "b"], "name": "A Hub"},
        ),
        # So does one that took back what it stated before.
        (
            {"b": node(name="A Hub")},
            {"b": {}},
            stored("ab", name="A Hub"),
            {"a": node(name="Hub")},
            {"iri": "hub", "statedIn": ["a"], "name": "Hub"},
        ),
        # A node that no graph states any more has no properties.
        ({"a": node(name="Hub")}, {"a": {}}, stored("a", name="Hub"), {}, None),
    ],
)
def test_merge_asks_for_the_contributions_it_needs(before, after, present, unreplaced, merged):
    merge = ContributionMerge(before, after, present)

    assert merge.conflicting_graphs() == unreplaced.keys()
    assert merge.merged(unreplaced) == {HUB: merged}


def test_rows_of_a_relationship_with_an_iri_are_told_apart():
    first, second = (EdgeRow("SERVED", "jo", "council", post) for post in ("post-1", "post-2"))

    assert row_key(first) != row_key(second)
