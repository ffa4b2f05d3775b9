"""Authorities, their judgements and the findings of their reports, over the samples' graph."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries import authorities, evidence, judgements, overview, polarity_counts, search
from caregraph.graph.queries.comparison.as_at import ALL
from caregraph.graph.queries.polarity_counts import PolarityCounts
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


@pytest.fixture(scope="module")
def busiest(store):
    """The concept with the most findings on itself, by its IRI."""
    return max(polarity_counts.concept_scheme(store), key=lambda concept: concept.findings).node.iri


def test_authorities_have_their_region_and_what_was_read_of_them(store):
    by_iri = {authority.node.iri: authority for authority in authorities.registered_authorities(store)}

    assert by_iri[ASHMERE].region.name == "Farrowdale"
    assert by_iri[ASHMERE].documents == 4  # a news page is a witness of one of these inspections
    assert by_iri[TARROWBY].ended == "2019-03-31"
    assert by_iri[f"{THINGS}authority/E06000047"].documents == 0


def test_latest_judgement_is_of_the_latest_inspection(store):
    latest = judgements.latest_judgements(store, "overall")
    areas = judgements.judged_areas(store)

    assert (latest[ASHMERE].grade, latest[ASHMERE].started) == ("good", "2025-01-06")
    assert judgements.latest_judgements(store, "there-is-no-such-area") == {}
    assert len(areas) == len(set(areas))
    assert "overall" in areas


def test_inspections_come_latest_first_each_once(store):
    inspections = judgements.inspection_summaries(store)
    days = [inspection.started for inspection in inspections if inspection.started]

    assert days == sorted(days, reverse=True)
    assert len({inspection.node.iri for inspection in inspections}) == len(inspections)
    of_ashmere = judgements.inspection_summaries(store, authority=ASHMERE)
    assert {inspection.authority.iri for inspection in of_ashmere} == {ASHMERE}
    assert judgements.inspection_summaries(store, authority=NOWHERE) == []
    assert len(judgements.inspection_summaries(store, limit=3)) == 3


def test_finding_counts_once_for_a_broader_concept(store):
    concepts = polarity_counts.concept_scheme(store)
    counts = polarity_counts.counts_of_authorities(store, [ASHMERE])
    for concept in concepts:
        narrower = [part for part in concepts if concept.node.iri in part.broader]
        whole = counts.get((ASHMERE, concept.node.iri), PolarityCounts())
        parts = [counts.get((ASHMERE, part.node.iri), PolarityCounts()).strengths for part in narrower]
        assert max([0, *parts]) <= whole.strengths <= sum(parts) + concept.findings


def test_polarity_counts_are_the_same_by_concept_and_by_authority(store, busiest):
    by_authority = polarity_counts.counts_on_concept(store, busiest)
    by_both = polarity_counts.counts_of_authorities(store, list(by_authority))

    assert by_authority
    assert {iri: by_both[iri, busiest] for iri in by_authority} == by_authority


def test_polarity_counts_can_be_of_recent_reports_only(store, busiest):
    ever = polarity_counts.counts_on_concept(store, busiest, counted=ALL)
    lately = polarity_counts.counts_on_concept(store, busiest, counted=ALL, since=2024)

    assert 0 < lately[ASHMERE].rated < ever[ASHMERE].rated
    assert polarity_counts.counts_on_concept(store, busiest, since=2100) == {}
    assert polarity_counts.report_counts(store, [ASHMERE, NOWHERE], counted=ALL) == {ASHMERE: 4}
    assert polarity_counts.report_counts(store, [ASHMERE], since=2025) == {ASHMERE: 1}


def test_uses_of_a_thing_are_by_all_authorities_and_as_in_what_is_shared(store):
    [alliance] = [shared for shared in overview.shared_things(store) if shared.thing.iri == ALLIANCE]
    by_name = {use.authority.name: use for use in overview.authority_uses(store, ALLIANCE)}

    assert by_name == {use.authority.name: use for use in alliance.uses}
    [count] = [count for count in overview.shared_thing_counts(store) if count.thing.iri == ALLIANCE]
    assert count.users == 5
    assert overview.authority_uses(store, NOWHERE) == []


def test_findings_of_shared_things_may_be_left_uncounted(store):
    whole = {shared.thing.iri: shared for shared in overview.shared_things(store)}
    lean = {shared.thing.iri: shared for shared in overview.shared_things(store, count_findings=False)}

    assert lean.keys() == whole.keys()
    naming = [[use.naming_reports for use in things[ALLIANCE].uses] for things in (lean, whole)]
    assert naming[0] == naming[1]
    assert not any(use.strengths or use.concerns for use in lean[ALLIANCE].uses)


def test_thing_is_spoken_of_by_concept_and_authority(store):
    counts = polarity_counts.counts_on_thing(store, ALLIANCE)
    on_adoption = {authority for (authority, concept), _ in counts.items() if concept.endswith("/adoption")}

    assert len(on_adoption) > 1
    assert polarity_counts.counts_on_thing(store, NOWHERE) == {}


def test_words_of_findings_come_in_the_order_asked_for(store):
    [first, second] = search.search_findings(store, "children", limit=2)
    iris = [second["iri"], first["iri"], NOWHERE]
    facts = evidence.evidence_of_findings(store, iris)

    assert [fact.about.iri for fact in facts] == iris[:2]
    assert [" ".join(fact.passage[slice(*fact.sentence)].split()) for fact in facts] == [
        " ".join(row["text"].split()) for row in (second, first)
    ]
    subjects = evidence.subjects_of_findings(store, iris)
    assert {node.label for node in subjects[first["iri"]]} >= {"LocalAuthority"}
    assert NOWHERE not in subjects


def test_findings_can_be_those_that_name_a_thing_or_stand_in_a_document(store):
    naming = search.search_findings(store, filters=search.Filter(thing=ALLIANCE), limit=500)
    reports = authorities.report_summaries(store, ASHMERE)
    [report] = [report for report in reports if (report.kind, report.started) == ("ilacs", "2025-01-06")]
    inside = search.search_findings(store, filters=search.Filter(document=report.node.iri), limit=500)

    assert naming
    subjects = evidence.subjects_of_findings(store, [row["iri"] for row in naming])
    assert all(ALLIANCE in {node.iri for node in nodes} for nodes in subjects.values())
    assert len(inside) == report.findings
    assert search.search_passages(store, "children", search.Filter(thing=ALLIANCE)) == []


def test_authority_comes_with_those_around_it(store):
    summary = authorities.authority_summary(store, f"{THINGS}authority/E99000003")

    assert [node.name for node in summary.predecessors] == ["Oxmarsh", "Tarrowby"]
    assert summary.neighbours[0].name == "Wexholme"
    assert {node.name for node in summary.same_region} == {"Ashmere", "Brackenford", "Pellmouth", "Wexholme"}
    assert [node.name for node in authorities.authority_summary(store, TARROWBY).successors] == ["Oxmarsh and Tarrowby"]
    assert authorities.authority_summary(store, NOWHERE) is None
    assert authorities.authorities_with_reports(store, [ASHMERE, NOWHERE]) == {ASHMERE}


def test_things_an_authority_uses_are_shared_or_its_own(store):
    uses = {use.thing.iri: use for use in authorities.thing_uses(store, ASHMERE)}
    own = [use for use in uses.values() if use.own]

    assert (uses[ALLIANCE].own, uses[ALLIANCE].users, uses[ALLIANCE].listed) == (False, 5, True)
    assert own
    assert all(use.users == 1 for use in own)
    assert authorities.thing_uses(store, NOWHERE) == []


def test_posts_are_as_each_document_names_them_latest_first(store):
    posts = authorities.posts(store, ASHMERE)
    days = [post.day for post in posts if post.day]

    assert posts
    assert days == sorted(days, reverse=True)
    assert authorities.posts(store, NOWHERE) == []
