"""Who near an authority does well, over the samples' graph."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries import authorities
from caregraph.graph.queries.comparison.strong_authorities import does_well, strong_authorities
from caregraph.graph.queries.polarity_counts import concept_scheme
from caregraph.graph.server import launcher
from caregraph.ontology.iris import THINGS

ASHMERE = f"{THINGS}authority/E99000001"


@pytest.fixture(scope="module")
def store(samples_graph: Path) -> Iterator[Neo4jStore]:
    with Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as store:
        yield store


def test_those_who_do_well_are_the_nearest_whose_latest_inspection_says_so(store):
    summary = authorities.authority_summary(store, ASHMERE)
    nearby = (*summary.neighbours, *summary.same_region)
    topics = [concept.node.iri for concept in concept_scheme(store)]
    strong = strong_authorities(store, nearby, topics, limit=2)

    assert strong.keys() == set(topics)
    assert any(strong.values())
    assert all(len(helpers) <= 2 and all(does_well(helper.counts) for helper in helpers) for helpers in strong.values())
    assert ASHMERE not in {helper.authority.iri for helpers in strong.values() for helper in helpers}
