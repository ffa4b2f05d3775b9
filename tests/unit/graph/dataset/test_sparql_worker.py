"""SPARQL by anybody over a dataset on disk: answered, refused, or ended."""

from datetime import date

import psutil
import pytest

from caregraph.graph.dataset import sparql_worker
from caregraph.graph.dataset.sparql_worker import answer
from caregraph.graph.dataset.statements import to_graph
from caregraph.graph.dataset.store import Dataset, Entry
from caregraph.ontology.errors import QueryRefused

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, record, vocabulary):
    place = tmp_path_factory.mktemp("dataset")
    with Dataset.open(place) as dataset:
        graph = to_graph(record, vocabulary, extractor="1")
        dataset.replace(Entry(source=record.source, sha256=record.sha256, extractor="1"), graph)
    return place


def test_answer_has_columns_and_values(folder):
    found = answer(folder, "SELECT ?title ?day { ?d a cg:Document ; dcterms:title ?title ; dcterms:issued ?day }")

    assert found.columns == ("title", "day")
    assert found.rows == ({"title": "Durham inspection report", "day": date(2022, 7, 5)},)


def test_answer_is_cut_at_its_rows(folder):
    found = answer(folder, "SELECT ?s { ?s ?p ?o }", limit=3)

    assert (len(found.rows), found.cut) == (3, True)


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <https://example.org/a> <https://example.org/b> 1 }",
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o } ; CLEAR ALL",
    ],
)
def test_what_does_not_only_read_is_refused(folder, query):
    with pytest.raises(QueryRefused):
        answer(folder, query)


def test_time_limit_ends_the_query_and_its_process(folder):
    with pytest.raises(QueryRefused, match="time limit"):
        answer(folder, ENDLESS, timeout=1.5)

    assert not [one for one in psutil.Process().children(recursive=True) if "sparql_process" in " ".join(one.cmdline())]


def test_memory_limit_ends_the_query_alone(folder, monkeypatch):
    monkeypatch.setattr(sparql_worker, "MEMORY", 200 * 2**20)

    with pytest.raises(QueryRefused, match="more memory"):
        answer(folder, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f")
    assert answer(folder, "ASK { ?s a cg:Document }").rows == ({"answer": True},)
