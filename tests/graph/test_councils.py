"""The councils, their judgements and what is found in their reports, over the samples' graph."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import balances, councils, local_neo4j, overview
from graph.balances import Balance
from graph.neo4j_store import Neo4jStore
from ontology.iris import THINGS

ASHMERE = f"{THINGS}authority/E99000001"
TARROWBY = f"{THINGS}authority/E99000007"
ALLIANCE = f"{THINGS}agency/farrowdale-adoption-alliance"
NOWHERE = f"{THINGS}authority/nowhere"


@pytest.fixture(scope="module")
def store(samples_graph: Path) -> Iterator[Neo4jStore]:
    with Neo4jStore.connect(local_neo4j.start(samples_graph, progress=print)) as store:
        yield store


def test_councils_have_their_region_and_what_was_read_of_them(store):
    found = {one.node.iri: one for one in councils.councils(store)}

    assert found[ASHMERE].region.name == "Farrowdale"
    assert found[ASHMERE].documents == 5
    assert found[TARROWBY].ended == "2019-03-31"
    assert found[f"{THINGS}authority/E06000047"].documents == 0


def test_latest_judgement_is_of_the_latest_inspection(store):
    found = councils.latest(store, "overall")

    assert (found[ASHMERE].grade, found[ASHMERE].started) == ("good", "2025-01-06")
    assert councils.latest(store, "there-is-no-such-area") == {}
    assert councils.areas(store)[0] in {one.area for one in found.values()} | set(councils.areas(store))


def test_visits_come_latest_first_each_once(store):
    found = councils.visits(store)
    days = [visit.started for visit in found if visit.started]

    assert days == sorted(days, reverse=True)
    assert len({visit.node.iri for visit in found}) == len(found)
    assert {visit.council.iri for visit in councils.visits(store, council=ASHMERE)} == {ASHMERE}
    assert councils.visits(store, council=NOWHERE) == []
    assert len(councils.visits(store, limit=3)) == 3


def test_finding_counts_once_for_a_broader_concept(store):
    concepts = balances.scheme(store)
    of_ashmere = balances.of_councils(store, [ASHMERE])
    for one in concepts:
        narrower = [other for other in concepts if one.node.iri in other.broader]
        whole = of_ashmere.get((ASHMERE, one.node.iri), Balance())
        parts = [of_ashmere.get((ASHMERE, other.node.iri), Balance()).strengths for other in narrower]
        assert max([0, *parts]) <= whole.strengths <= sum(parts) + one.findings


def test_balance_is_the_same_from_either_side(store):
    busiest = max(balances.scheme(store), key=lambda one: one.findings).node.iri
    everyone = balances.on_concept(store, busiest)
    apart = balances.of_councils(store, list(everyone))

    assert everyone
    assert {council: apart[council, busiest] for council in everyone} == everyone


def test_balance_can_be_of_recent_reports_only(store):
    busiest = max(balances.scheme(store), key=lambda one: one.findings).node.iri
    ever, lately = balances.on_concept(store, busiest), balances.on_concept(store, busiest, since=2024)

    assert 0 < lately[ASHMERE].said < ever[ASHMERE].said
    assert balances.on_concept(store, busiest, since=2100) == {}
    assert balances.reports(store, [ASHMERE, NOWHERE]) == {ASHMERE: 5}
    assert balances.reports(store, [ASHMERE], since=2025) == {ASHMERE: 2}


def test_reach_is_of_all_councils_and_as_in_what_is_shared(store):
    [shared] = [one for one in overview.shared(store) if one.thing.iri == ALLIANCE]
    by_name = {reach.council.name: reach for reach in overview.reach(store, ALLIANCE)}

    assert by_name == {reach.council.name: reach for reach in shared.reaches}
    assert [(one.thing.iri, one.users) for one in overview.widespread(store) if one.thing.iri == ALLIANCE] == [
        (ALLIANCE, 5)
    ]
    assert overview.reach(store, NOWHERE) == []
