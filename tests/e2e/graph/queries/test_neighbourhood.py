"""Neighbourhood of a node, evidence for it and the overview, over the samples' graph."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries import evidence, overview
from caregraph.graph.queries.neighbourhood import connections, edges, neighbour_kinds, neighbours, nodes
from caregraph.graph.queries.nodes import Node
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
    names = [(named.name, named.label) for named in nodes(store, [ALLIANCE, NOWHERE, ASHMERE, ALLIANCE])]

    assert names == [
        ("Farrowdale Adoption Alliance", "Agency"),
        ("Ashmere", "LocalAuthority"),
    ]


def test_edges_are_those_among_the_nodes_shown(store):
    triples = {(edge.start, edge.type, edge.end) for edge in edges(store, [ALLIANCE, ASHMERE])}

    assert triples == {
        (ALLIANCE, "SERVES", ASHMERE),
        (ALLIANCE, "ATTESTED_FOR", ASHMERE),
        (ASHMERE, "USES", ALLIANCE),
    }
    assert edges(store, [NOWHERE]) == []


TIERS = (("SERVES", "USES"), ("ATTESTED_FOR", "REPORTS_ON"), ("INVOLVES", "CONCERNS", "STATES"))


@pytest.mark.parametrize("tiers", [(), TIERS])
def test_neighbours_are_new_each_time_until_none_is_left(store, tiers):
    shown = [ASHMERE]
    while (around := neighbours(store, ASHMERE, shown=shown, limit=25, tiers=tiers)).nodes:
        assert not {neighbour.iri for neighbour in around.nodes} & set(shown)
        assert len(around.nodes) <= 25
        shown += [neighbour.iri for neighbour in around.nodes]
        remaining = around.remaining

    assert remaining == around.remaining == 0
    assert {connection.hidden for connection in connections(store, ASHMERE, shown=shown)} == {0}


def test_all_neighbours_of_a_kind_are_as_many_as_are_counted(store):
    [kind] = [kind for kind in neighbour_kinds(store, ALLIANCE, shown=[ASHMERE]) if kind.label == "LocalAuthority"]
    around = neighbours(store, ALLIANCE, shown=[ASHMERE], limit=kind.hidden, label="LocalAuthority")

    assert {neighbour.label for neighbour in around.nodes} == {"LocalAuthority"}
    assert len(around.nodes) == kind.hidden == kind.count - 1
    assert around.remaining == 0


def test_neighbours_of_the_first_tiers_come_first(store):
    labels = {neighbour.label for neighbour in neighbours(store, ASHMERE, limit=6, tiers=TIERS).nodes}

    assert labels
    assert not {"Finding", "Passage", "Document"} & labels


def test_connections_count_what_is_hidden(store):
    serves = next(line for line in connections(store, ALLIANCE, shown=[ASHMERE]) if line.type == "SERVES")

    assert (serves.outgoing, serves.label, serves.count, serves.hidden) == (True, "LocalAuthority", 5, 4)
    assert connections(store, NOWHERE) == []


@pytest.mark.parametrize("iri", [ASHMERE, ALLIANCE, f"{THINGS}concept/neglect"])
def test_every_fact_has_its_words_in_its_passage(store, iri):
    subject = node(store, iri)
    totals = evidence.evidence_counts(store, subject)

    assert totals
    for group, total in totals.items():
        facts = evidence.read_evidence(store, subject, group, limit=1000)
        assert len(facts) == total
        for fact in facts:
            first, last = fact.sentence
            assert all(0 <= first <= start < end <= last <= len(fact.passage) for start, end in fact.words)
            assert fact.source.file


def test_evidence_of_a_mention_names_the_thing(store):
    facts = evidence.read_evidence(store, node(store, ALLIANCE), "things", limit=50)
    spellings = {" ".join(fact.passage[slice(*span)].split()) for fact in facts for span in fact.words}

    assert {"Farrowdale Adoption Alliance", "FAA"} <= spellings


def test_evidence_names_each_sentence_once(store):
    facts = evidence.read_evidence(store, node(store, ALLIANCE), "things", limit=50)

    places = [(fact.source.file, fact.passage, fact.sentence) for fact in facts]
    assert len(places) == len(set(places))
    assert any(len(fact.words) > 1 for fact in facts)


def test_evidence_can_be_of_one_council_and_one_polarity(store):
    alliance = node(store, ALLIANCE)

    facts = evidence.read_evidence(store, alliance, "things", authority=PELLMOUTH, limit=50)
    assert {fact.source.authority for fact in facts} == {"Pellmouth"}
    strengths = evidence.read_evidence(store, node(store, ASHMERE), "findings", polarity="strength", limit=50)
    assert {fact.about.polarity for fact in strengths} == {"strength"}


def test_evidence_of_what_is_not_there_is_none(store):
    nothing = Node(NOWHERE, "none", "Agency")

    assert evidence.evidence_counts(store, nothing) == {}
    assert evidence.read_evidence(store, nothing, "things") == []
    assert evidence.node_properties(store, nothing) == {}
    assert evidence.read_evidence(store, Node(NOWHERE, "none", "Region"), "things") == []


def test_memberships_tell_host_and_members(store):
    memberships = evidence.agency_memberships(store, node(store, ALLIANCE))
    hosts = [membership.authority.name for membership in memberships if membership.type == "HOSTED_BY"]

    assert hosts == ["Brackenford"]
    assert len([membership for membership in memberships if membership.type == "SERVES"]) == 5


def test_shared_things_are_named_in_reports_on_two_authorities_or_more(store):
    by_iri = {shared.thing.iri: shared for shared in overview.shared_things(store)}
    alliance = by_iri[ALLIANCE]

    assert alliance.users == 5
    assert [use.authority.name for use in alliance.uses if use.hosts] == ["Brackenford"]
    assert all(shared.users >= 2 for shared in by_iri.values())
    assert overview.shared_things(store, region=NOWHERE) == []


def test_documents_and_coverage_count_the_samples(store):
    documents = overview.document_summaries(store)

    assert len(documents) == 13  # of 14 files one is a witness
    assert {document.authority for document in documents} >= {"Ashmere", "Pellmouth", "Wexholme"}
    assert overview.coverage(store).covered == 6
    assert [region.name for region in overview.covered_regions(store)] == ["Farrowdale"]


def test_version_is_the_same_while_the_graph_is(store):
    assert overview.graph_version(store)
    assert overview.graph_version(store) == overview.graph_version(store)
