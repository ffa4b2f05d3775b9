"""docs/cypher.md: every query of the course runs over the samples, under the guard, and answers."""

import re
from pathlib import Path

import pytest

from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.server import launcher

COURSE = Path(__file__).parents[4] / "docs" / "cypher.md"
QUERIES = re.findall(r"```cypher\n(.+?)```", COURSE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def samples(samples_graph):
    with Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as store:
        yield store


@pytest.mark.parametrize("cypher", QUERIES, ids=lambda cypher: " ".join(cypher.split())[:60])
def test_course_queries_run_and_answer(samples, cypher):
    assert samples.query(cypher).rows


def test_course_leads_from_a_node_to_what_councils_share():
    assert len(QUERIES) >= 15
    assert "USES" not in QUERIES[0]
    assert any(":USES" in cypher for cypher in QUERIES)
