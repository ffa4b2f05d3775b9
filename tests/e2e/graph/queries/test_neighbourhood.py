"""What surrounds a node, what proves it and what councils share, over the samples' graph."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries import evidence, overview
from caregraph.graph.queries.neighbourhood import Node, connections, edges, neighbours, nodes
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


def node(store: Neo4jStore, iri: str) -> Node:
    return nodes(store, [iri])[0]


def test_nodes_come_in_the_order_asked_for_and_without_those_that_are_not_there(store):
    found = nodes(store, [ALLIANCE, NOWHERE, ASHMERE, ALLIANCE])

    assert [(one.name, one.label) for one in found] == [
        ("Farrowdale Adoption Alliance", "Agency"),
        ("Ashmere", "LocalAuthority"),
    ]


def test_edges_are_those_among_the_nodes_shown(store):
    found = {(edge.start, edge.type, edge.end) for edge in edges(store, [ALLIANCE, ASHMERE])}

    assert found == {
        (ALLIANCE, "SERVES", ASHMERE),
        (ALLIANCE, "ATTESTED_FOR", ASHMERE),
        (ASHMERE, "USES", ALLIANCE),
    }
    assert edges(store, [NOWHERE]) == []


def test_neighbours_are_new_each_time_until_none_is_left(store):
    shown = [ASHMERE]
    while (around := neighbours(store, ASHMERE, shown=shown, limit=25)).nodes:
        assert not {one.iri for one in around.nodes} & set(shown)
        assert len(around.nodes) <= 25
        shown += [one.iri for one in around.nodes]
        left = around.left

    assert left == around.left == 0
    assert {one.hidden for one in connections(store, ASHMERE, shown=shown)} == {0}


def test_neighbours_along_one_relationship_are_of_that_kind(store):
    around = neighbours(store, ALLIANCE, along=("SERVES", True, "LocalAuthority"))

    assert {one.label for one in around.nodes} == {"LocalAuthority"}
    assert len(around.nodes) == 5
    assert around.left == 0


def test_neighbours_bring_named_things_before_findings(store):
    assert not {"Finding", "Passage"} & {one.label for one in neighbours(store, ASHMERE).nodes}


def test_connections_count_what_is_hidden(store):
    serves = next(one for one in connections(store, ALLIANCE, shown=[ASHMERE]) if one.type == "SERVES")

    assert (serves.outgoing, serves.label, serves.count, serves.hidden) == (True, "LocalAuthority", 5, 4)
    assert connections(store, NOWHERE) == []


@pytest.mark.parametrize("iri", [ASHMERE, ALLIANCE, f"{THINGS}concept/neglect"])
def test_every_fact_has_its_words_in_its_passage(store, iri):
    one = node(store, iri)
    totals = evidence.groups(store, one)

    assert totals
    for group, total in totals.items():
        found = evidence.evidence(store, one, group, limit=1000)
        assert len(found) == total
        for fact in found:
            first, last = fact.sentence
            assert all(0 <= first <= start < end <= last <= len(fact.passage) for start, end in fact.words)
            assert fact.source.file


def test_evidence_of_a_mention_names_the_thing(store):
    found = evidence.evidence(store, node(store, ALLIANCE), "things", limit=50)
    spellings = {" ".join(fact.passage[slice(*span)].split()) for fact in found for span in fact.words}

    assert {"Farrowdale Adoption Alliance", "FAA"} <= spellings


def test_evidence_names_each_sentence_once(store):
    found = evidence.evidence(store, node(store, ALLIANCE), "things", limit=50)

    places = [(fact.source.file, fact.passage, fact.sentence) for fact in found]
    assert len(places) == len(set(places))
    assert any(len(fact.words) > 1 for fact in found)


def test_evidence_can_be_of_one_council_and_one_polarity(store):
    alliance = node(store, ALLIANCE)

    assert {
        fact.source.council for fact in evidence.evidence(store, alliance, "things", council=PELLMOUTH, limit=50)
    } == {"Pellmouth"}
    strengths = evidence.evidence(store, node(store, ASHMERE), "findings", polarity="strength", limit=50)
    assert {fact.about.shade for fact in strengths} == {"strength"}


def test_evidence_of_what_is_not_there_is_none(store):
    nothing = Node(NOWHERE, "none", "Agency")

    assert evidence.groups(store, nothing) == {}
    assert evidence.evidence(store, nothing, "things") == []
    assert evidence.properties(store, nothing) == {}
    assert evidence.evidence(store, Node(NOWHERE, "none", "Region"), "things") == []


def test_memberships_tell_host_and_members(store):
    found = evidence.memberships(store, node(store, ALLIANCE))

    assert [one.council.name for one in found if one.type == "HOSTED_BY"] == ["Brackenford"]
    assert len([one for one in found if one.type == "SERVES"]) == 5


def test_shared_things_are_named_in_reports_on_two_councils_or_more(store):
    found = {one.thing.iri: one for one in overview.shared(store)}
    alliance = found[ALLIANCE]

    assert alliance.users == 5
    assert [reach.council.name for reach in alliance.reaches if reach.hosts] == ["Brackenford"]
    assert all(one.users >= 2 for one in found.values())
    assert overview.shared(store, region=NOWHERE) == []


def test_documents_and_coverage_count_the_samples(store):
    found = overview.documents(store)

    assert len(found) == 14
    assert {document.council for document in found} >= {"Ashmere", "Pellmouth", "Wexholme"}
    assert overview.coverage(store)["covered"] == 6
    assert [region.name for region in overview.regions(store)] == ["Farrowdale"]


def test_version_is_the_same_while_the_graph_is(store):
    assert overview.version(store) == overview.version(store)
