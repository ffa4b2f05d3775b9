"""Facets of nodes, shortest paths and property keys, over the samples' graph."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries.facets import Facets, facets
from caregraph.graph.queries.neighbourhood import shortest_path
from caregraph.graph.queries.overview import property_keys
from caregraph.graph.server import launcher
from caregraph.ontology.iris import THINGS

ASHMERE = f"{THINGS}authority/E99000001"
PELLMOUTH = f"{THINGS}authority/E99000005"
ALLIANCE = f"{THINGS}agency/farrowdale-adoption-alliance"
NOWHERE = f"{THINGS}agency/there-is-none"


@pytest.fixture(scope="module")
def store(samples_graph: Path) -> Iterator[Neo4jStore]:
    with Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as store:
        yield store


def first_iri(store: Neo4jStore, match: str) -> str:
    return str(store.read(f"MATCH {match} RETURN n.iri AS iri ORDER BY iri LIMIT 1")[0]["iri"])


def test_facets_of_a_council_are_its_region_and_of_an_agency_none(store):
    by_iri = facets(store, [ASHMERE, ALLIANCE, NOWHERE])

    assert by_iri[ASHMERE].region
    assert by_iri[ASHMERE].year is None
    assert by_iri[ALLIANCE] == Facets(iri=ALLIANCE)
    assert NOWHERE not in by_iri


@pytest.mark.parametrize(
    "match",
    [
        "(n:Judgement)<-[:GAVE]-()-[:REPORTED_IN]->({source: 'ashmere_cs_2025-02-24.pdf'})",
        "(n:Finding)<-[:STATES]-({source: 'ashmere_cs_2025-02-24.pdf'})",
        "(n:Inspection)-[:REPORTED_IN]->({source: 'ashmere_cs_2025-02-24.pdf'})",
        "(n:Document {source: 'ashmere_cs_2025-02-24.pdf'})",
    ],
)
def test_facets_come_from_the_inspection_and_its_council(store, match):
    iri = first_iri(store, match)
    by_iri = facets(store, [iri, ASHMERE])

    assert by_iri[iri].region == by_iri[ASHMERE].region
    assert by_iri[iri].year == 2025
    assert by_iri[iri].framework
    assert (by_iri[iri].confidence is not None) == ("Finding" in match)
    assert (by_iri[iri].grade is not None) == ("Judgement" in match)


def test_shortest_path_goes_through_what_two_share(store):
    path = [node.iri for node in shortest_path(store, ASHMERE, PELLMOUTH)]

    assert (path[0], path[-1], len(path)) == (ASHMERE, PELLMOUTH, 3)
    assert "/region/" not in path[1]


@pytest.mark.parametrize(("start", "end"), [(ASHMERE, NOWHERE), (ASHMERE, ASHMERE)])
def test_shortest_path_of_what_nothing_connects_is_empty(store, start, end):
    assert shortest_path(store, start, end) == []


def test_keys_are_those_that_nodes_of_a_label_have(store):
    keys = property_keys(store)

    assert {"text", "polarity", "confidence", "page"} <= set(keys["Finding"])
    assert "iri" not in keys["LocalAuthority"]
