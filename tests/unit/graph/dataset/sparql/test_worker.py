"""Untrusted SPARQL over a dataset on disk: answered, refused, or ended."""

from datetime import date

import psutil
import pytest

from caregraph.graph.dataset.sparql import worker
from caregraph.graph.dataset.sparql.worker import run_sparql
from caregraph.graph.dataset.statements import to_graph
from caregraph.graph.dataset.store import Dataset, Entry
from caregraph.ontology.errors import QueryRefused

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, record, vocabulary):
    folder = tmp_path_factory.mktemp("dataset")
    with Dataset.open(folder) as dataset:
        graph = to_graph(record, vocabulary, extractor="1")
        dataset.replace(Entry(source=record.source, sha256=record.sha256, extractor="1"), graph)
    return folder


def test_result_has_columns_and_values(folder):
    result = run_sparql(folder, "SELECT ?title ?day { ?d a cg:Document ; dcterms:title ?title ; dcterms:issued ?day }")

    assert result.columns == ("title", "day")
    assert result.rows == ({"title": "Durham inspection report", "day": date(2022, 7, 5)},)


def test_result_is_cut_at_its_rows(folder):
    result = run_sparql(folder, "SELECT ?s { ?s ?p ?o }", limit=3)

    assert (len(result.rows), result.cut) == (3, True)


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
        run_sparql(folder, query)


def test_time_limit_ends_the_query_and_its_process(folder):
    with pytest.raises(QueryRefused, match="time limit"):
        run_sparql(folder, ENDLESS, timeout=1.5)

    running = [child for child in psutil.Process().children(recursive=True) if child.status() != psutil.STATUS_ZOMBIE]
    assert not [child for child in running if "sparql.worker" in " ".join(child.cmdline())]


def test_memory_limit_ends_the_query_alone(folder, monkeypatch):
    monkeypatch.setattr(worker, "MEMORY_LIMIT", 200 * 2**20)

    with pytest.raises(QueryRefused, match="more memory"):
        run_sparql(folder, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f")
    assert run_sparql(folder, "ASK { ?s a cg:Document }").rows == ({"answer": True},)


def test_worker_needs_no_resource_module(folder, tmp_path, monkeypatch):
    (tmp_path / "resource.py").write_text("raise ImportError('not on Windows')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    assert run_sparql(folder, "ASK { ?s a cg:Document }").rows == ({"answer": True},)
