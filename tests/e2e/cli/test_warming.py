"""Warming over a real graph."""

from caregraph.cli.warming import warm
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries.questions import known_questions
from caregraph.graph.server import launcher


def test_warming_asks_every_question_of_ours_and_what_pages_ask(samples_graph):
    pauses: list[float] = []
    with Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as store:
        done = warm(store, patience=600, sleep=pauses.append)

    questions = sum(question.built_in for question in known_questions()[0].values())
    assert done == len(pauses)  # none failed: the examples are of the samples
    assert done >= questions + 15
