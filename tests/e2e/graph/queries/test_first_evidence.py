"""The first evidence of many groups of facts at once is that which each has first when it is read alone."""

from pathlib import Path

import pytest

from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries.evidence import FactGroup, fact_groups, first_evidence, read_evidence
from caregraph.graph.queries.neighbourhood import neighbours, nodes
from caregraph.graph.server import launcher
from caregraph.ontology.iris import THINGS

ASHMERE, ALLIANCE = f"{THINGS}authority/E99000001", f"{THINGS}agency/farrowdale-adoption-alliance"


@pytest.fixture(scope="module")
def samples(samples_graph: Path):
    with Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as store:
        yield store


def test_first_evidence_of_each_group_is_the_first_that_is_read(samples):
    around = neighbours(samples, ASHMERE, limit=20).nodes
    groups = [facts for node in (*nodes(samples, [ASHMERE]), *around) for facts in fact_groups(node)]
    first = first_evidence(samples, groups)

    alone = [next(iter(read_evidence(samples, facts.node, facts.group, limit=1)), None) for facts in groups]
    assert first == alone
    assert len([fact for fact in first if fact]) >= 10


def test_first_evidence_about_a_node_or_by_reports_on_an_authority(samples):
    [ashmere, alliance] = nodes(samples, [ASHMERE, ALLIANCE])
    asked = [FactGroup(alliance, "things", authority=ASHMERE), FactGroup(ashmere, "things", about=ALLIANCE)]
    mentions = read_evidence(samples, ashmere, "things", limit=2000)

    assert first_evidence(samples, asked) == [
        read_evidence(samples, alliance, "things", authority=ASHMERE, limit=1)[0],
        next(fact for fact in mentions if fact.about.iri == ALLIANCE),
    ]
    assert first_evidence(samples, []) == []
