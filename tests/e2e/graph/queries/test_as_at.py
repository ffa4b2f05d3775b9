"""Which reports a comparison counts, over the samples' graph."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries import polarity_counts, search
from caregraph.graph.queries.choices import AS_AT
from caregraph.graph.queries.comparison.as_at import (
    ALL,
    COUNTED,
    LATEST,
    SINCE,
    counted_documents,
    latest_full_inspections,
)
from caregraph.graph.queries.questions import answer_question, load_questions
from caregraph.graph.queries.search import Filter
from caregraph.graph.server import launcher
from caregraph.ontology.iris import THINGS

ASHMERE, PELLMOUTH = f"{THINGS}authority/E99000001", f"{THINGS}authority/E99000004"
COUNTING = [
    question
    for question in load_questions().values()
    if any(parameter.type == AS_AT for parameter in question.parameters)
]


@pytest.fixture(scope="module")
def store(samples_graph: Path) -> Iterator[Neo4jStore]:
    with Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as store:
        yield store


def test_latest_full_inspection_is_told_apart_from_visits_since(store):
    latest = latest_full_inspections(store)

    assert latest[ASHMERE].started == "2025-01-06"
    assert latest[ASHMERE].kind == "ilacs"
    assert latest[ASHMERE].since == ()
    by_name = {inspection.authority.name: inspection for inspection in latest.values()}
    assert len(by_name["Pellmouth"].since) == 1  # a focused visit, which is not a full inspection
    assert not {*by_name["Pellmouth"].since} & {*by_name["Pellmouth"].documents}
    assert "Tarrowby" in by_name


def test_counts_are_of_the_latest_full_inspection_unless_more_is_asked(store):
    authorities = list(latest_full_inspections(store))
    latest = latest_full_inspections(store)
    counts = {
        counted: polarity_counts.counts_of_authorities(store, authorities, counted=counted) for counted in COUNTED
    }

    assert polarity_counts.counts_of_authorities(store, authorities) == counts[LATEST]
    for (authority, concept), of_all in counts[ALL].items():
        parts = [counts[counted].get((authority, concept)) for counted in (LATEST, SINCE)]
        assert sum(part.strengths for part in parts if part) <= of_all.strengths
    ashmere = {
        counted: sum(row.rated for (iri, _), row in counts[counted].items() if iri == ASHMERE) for counted in COUNTED
    }
    assert 0 == ashmere[SINCE] < ashmere[LATEST] < ashmere[ALL]
    reports = polarity_counts.report_counts(store, authorities)
    assert reports == {iri: len(inspection.documents) for iri, inspection in latest.items()}


def test_findings_counted_are_the_findings_shown(store):
    on_concept = polarity_counts.counts_of_authorities(store, [ASHMERE])
    [(_, concept), counts] = max(on_concept.items(), key=lambda row: row[1].rated)
    shown = search.count_by_polarity(store, "", Filter(authority=ASHMERE, concept=concept, counted=LATEST))

    assert (shown["strength"], shown.get("concern", 0)) == (counts.strengths, counts.concerns)
    assert search.count_by_polarity(store, "", Filter(authority=ASHMERE, counted=SINCE)) == {}
    every = search.count_by_polarity(store, "", Filter(authority=ASHMERE))
    assert search.count_by_polarity(store, "", Filter(authority=ASHMERE, counted=ALL)) == every


@pytest.mark.parametrize("question", COUNTING, ids=lambda question: question.name)
def test_question_that_compares_counts_the_latest_unless_more_is_asked(store, question):
    given = dict(question.example)
    if "authority" in given:
        given["authority"] = "Ashmere"
    if "least" in {parameter.name for parameter in question.parameters}:
        given["least"] = "1"
    given |= {"concept": "help and protection"} if "concept" in given else {}
    given.pop("region", None)
    answers = {counted: answer_question(store, question, **given, counted=counted) for counted in COUNTED}
    strengths = {counted: sum(row["strengths"] for row in answers[counted]) for counted in COUNTED}

    assert answer_question(store, question, **given) == answers[LATEST]
    assert 0 < strengths[LATEST] < strengths[ALL]
    documents = {row["document"] for row in answers[LATEST]}
    latest = {f"{iri}" for iri in counted_documents(store, LATEST)}
    sources = store.read("MATCH (d:Document) WHERE d.iri IN $iris RETURN d.source AS source", iris=list(latest))
    assert documents <= {row["source"] for row in sources}


def test_questions_that_compare_are_asked_as_at():
    assert {question.name for question in COUNTING} == {
        "concept-by-region",
        "concepts",
        "concepts-by-grade",
        "concepts-of",
        "praised-and-questioned",
        "who-near-us-does-well",
    }
