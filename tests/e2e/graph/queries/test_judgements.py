"""The councils, their judgements and what is found in their reports, over the samples' graph."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries import council, evidence, judgements, overview, polarity_counts, search
from caregraph.graph.queries.polarity_counts import Balance
from caregraph.graph.server import launcher
from caregraph.ontology.iris import THINGS

ASHMERE = f"{THINGS}authority/E99000001"
TARROWBY = f"{THINGS}authority/E99000007"
ALLIANCE = f"{THINGS}agency/farrowdale-adoption-alliance"
NOWHERE = f"{THINGS}authority/nowhere"


@pytest.fixture(scope="module")
def store(samples_graph: Path) -> Iterator[Neo4jStore]:
    with Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as store:
        yield store


def test_councils_have_their_region_and_what_was_read_of_them(store):
    found = {one.node.iri: one for one in judgements.councils(store)}

    assert found[ASHMERE].region.name == "Farrowdale"
    assert found[ASHMERE].documents == 5
    assert found[TARROWBY].ended == "2019-03-31"
    assert found[f"{THINGS}authority/E06000047"].documents == 0


def test_latest_judgement_is_of_the_latest_inspection(store):
    found = judgements.latest(store, "overall")

    assert (found[ASHMERE].grade, found[ASHMERE].started) == ("good", "2025-01-06")
    assert judgements.latest(store, "there-is-no-such-area") == {}
    assert judgements.areas(store)[0] in {one.area for one in found.values()} | set(judgements.areas(store))


def test_visits_come_latest_first_each_once(store):
    found = judgements.visits(store)
    days = [visit.started for visit in found if visit.started]

    assert days == sorted(days, reverse=True)
    assert len({visit.node.iri for visit in found}) == len(found)
    assert {visit.council.iri for visit in judgements.visits(store, council=ASHMERE)} == {ASHMERE}
    assert judgements.visits(store, council=NOWHERE) == []
    assert len(judgements.visits(store, limit=3)) == 3


def test_finding_counts_once_for_a_broader_concept(store):
    concepts = polarity_counts.scheme(store)
    of_ashmere = polarity_counts.of_councils(store, [ASHMERE])
    for one in concepts:
        narrower = [other for other in concepts if one.node.iri in other.broader]
        whole = of_ashmere.get((ASHMERE, one.node.iri), Balance())
        parts = [of_ashmere.get((ASHMERE, other.node.iri), Balance()).strengths for other in narrower]
        assert max([0, *parts]) <= whole.strengths <= sum(parts) + one.findings


def test_balance_is_the_same_from_either_side(store):
    busiest = max(polarity_counts.scheme(store), key=lambda one: one.findings).node.iri
    everyone = polarity_counts.on_concept(store, busiest)
    apart = polarity_counts.of_councils(store, list(everyone))

    assert everyone
    assert {council: apart[council, busiest] for council in everyone} == everyone


def test_balance_can_be_of_recent_reports_only(store):
    busiest = max(polarity_counts.scheme(store), key=lambda one: one.findings).node.iri
    ever, lately = polarity_counts.on_concept(store, busiest), polarity_counts.on_concept(store, busiest, since=2024)

    assert 0 < lately[ASHMERE].said < ever[ASHMERE].said
    assert polarity_counts.on_concept(store, busiest, since=2100) == {}
    assert polarity_counts.reports(store, [ASHMERE, NOWHERE]) == {ASHMERE: 5}
    assert polarity_counts.reports(store, [ASHMERE], since=2025) == {ASHMERE: 2}


def test_reach_is_of_all_councils_and_as_in_what_is_shared(store):
    [shared] = [one for one in overview.shared(store) if one.thing.iri == ALLIANCE]
    by_name = {reach.council.name: reach for reach in overview.reach(store, ALLIANCE)}

    assert by_name == {reach.council.name: reach for reach in shared.reaches}
    assert [(one.thing.iri, one.users) for one in overview.widespread(store) if one.thing.iri == ALLIANCE] == [
        (ALLIANCE, 5)
    ]
    assert overview.reach(store, NOWHERE) == []


def test_matrix_may_leave_findings_uncounted(store):
    whole = {one.thing.iri: one for one in overview.shared(store)}
    lean = {one.thing.iri: one for one in overview.shared(store, valued=False)}

    assert lean.keys() == whole.keys()
    assert [reach.naming for reach in lean[ALLIANCE].reaches] == [reach.naming for reach in whole[ALLIANCE].reaches]
    assert not any(reach.strengths or reach.concerns for reach in lean[ALLIANCE].reaches)


def test_thing_is_spoken_of_by_concept_and_council(store):
    found = polarity_counts.of_thing(store, ALLIANCE)
    adoption = {council for (council, concept), _ in found.items() if concept.endswith("/adoption")}

    assert len(adoption) > 1
    assert polarity_counts.of_thing(store, NOWHERE) == {}


def test_words_of_findings_come_in_the_order_asked_for(store):
    [first, second] = search.findings(store, "children", limit=2)
    iris = [second["iri"], first["iri"], NOWHERE]
    found = evidence.of_findings(store, iris)

    assert [one.about.iri for one in found] == iris[:2]
    assert [" ".join(one.passage[slice(*one.sentence)].split()) for one in found] == [
        " ".join(row["text"].split()) for row in (second, first)
    ]
    around = evidence.around_findings(store, iris)
    assert {node.label for node in around[first["iri"]]} >= {"LocalAuthority"}
    assert NOWHERE not in around


def test_findings_can_be_those_that_name_a_thing_or_stand_in_a_document(store):
    naming = search.findings(store, among=search.Filter(thing=ALLIANCE), limit=500)
    [report] = [one for one in council.reports(store, ASHMERE) if (one.kind, one.started) == ("ilacs", "2025-01-06")]
    inside = search.findings(store, among=search.Filter(document=report.node.iri), limit=500)

    assert naming
    around = evidence.around_findings(store, [row["iri"] for row in naming])
    assert all(ALLIANCE in {node.iri for node in nodes} for nodes in around.values())
    assert len(inside) == report.findings
    assert search.passages(store, "children", search.Filter(thing=ALLIANCE)) == []


def test_council_is_told_with_those_around_it(store):
    found = council.authority(store, f"{THINGS}authority/E99000003")

    assert [node.name for node in found.before] == ["Oxmarsh", "Tarrowby"]
    assert found.neighbours[0].name == "Wexholme"
    assert {node.name for node in found.in_region} == {"Ashmere", "Brackenford", "Pellmouth", "Wexholme"}
    assert [node.name for node in council.authority(store, TARROWBY).after] == ["Oxmarsh and Tarrowby"]
    assert council.authority(store, NOWHERE) is None
    assert council.with_reports(store, [ASHMERE, NOWHERE]) == {ASHMERE}


def test_things_a_council_uses_are_shared_or_its_own(store):
    found = {one.thing.iri: one for one in council.used(store, ASHMERE)}
    own = [one for one in found.values() if one.own]

    assert (found[ALLIANCE].own, found[ALLIANCE].users, found[ALLIANCE].listed) == (False, 5, True)
    assert own
    assert all(one.users == 1 for one in own)
    assert council.used(store, NOWHERE) == []


def test_posts_are_as_each_document_names_them_latest_first(store):
    found = council.posts(store, ASHMERE)
    days = [post.when for post in found if post.when]

    assert found
    assert days == sorted(days, reverse=True)
    assert council.posts(store, NOWHERE) == []
