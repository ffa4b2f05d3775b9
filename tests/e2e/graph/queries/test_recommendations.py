"""What was asked of an authority and what became of it, over the samples' graph."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries import authorities
from caregraph.graph.queries.comparison.recommendations import does_well, recommendations, strong_authorities
from caregraph.graph.server import launcher
from caregraph.ontology.iris import THINGS

ASHMERE, NOWHERE = f"{THINGS}authority/E99000001", f"{THINGS}authority/nowhere"


@pytest.fixture(scope="module")
def store(samples_graph: Path) -> Iterator[Neo4jStore]:
    with Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as store:
        yield store


def test_later_finding_is_on_the_topic_of_what_was_asked(store):
    asked = recommendations(store, ASHMERE)
    days = [entry.asked.started for entry in asked]

    assert days == sorted(days, reverse=True)
    assert len(set(days)) == 2
    assert all(entry.latest is None and not entry.strengths for entry in asked if entry.asked.started == days[0])
    answered = [entry for entry in asked if entry.latest]
    assert answered
    for entry in answered:
        assert entry.latest.started > entry.asked.started
        assert entry.strengths + entry.concerns > 0
        topics = store.read(
            "MATCH (:Finding {iri: $iri})-[:CONCERNS]->(k:Concept) RETURN k.iri AS iri", iri=entry.latest.iri
        )
        assert entry.topic.iri in {row["iri"] for row in topics}
    assert recommendations(store, NOWHERE) == []


def test_those_who_do_well_are_the_nearest_whose_latest_inspection_says_so(store):
    summary = authorities.authority_summary(store, ASHMERE)
    nearby = (*summary.neighbours, *summary.same_region)
    topics = [entry.topic.iri for entry in recommendations(store, ASHMERE) if entry.topic]
    strong = strong_authorities(store, nearby, topics, limit=2)

    assert strong.keys() == set(topics)
    assert any(strong.values())
    assert all(len(helpers) <= 2 and all(does_well(helper.counts) for helper in helpers) for helpers in strong.values())
    assert ASHMERE not in {helper.authority.iri for helpers in strong.values() for helper in helpers}
