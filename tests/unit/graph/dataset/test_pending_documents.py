"""Tests of documents that wait to be written together."""

from dataclasses import replace
from threading import Event

import pytest

from caregraph.graph.dataset import catalogue
from caregraph.graph.dataset.catalogue import DocumentQueue, Entry
from caregraph.graph.dataset.rdf_terms import deserialize_graph
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.dataset.terms import CG, IRI, RDF, SKOS, literal_of, sorted_triples
from caregraph.ontology.errors import StoreError
from caregraph.ontology.iris import document_iri

TEXT = 'Line ends .\n and "quotes" \\ and <b>tags</b> .\n'


def statements(source: str, digit: str) -> bytes:
    """Statements of a small invented document, and one that all such documents make."""
    document = IRI(document_iri(digit * 64))
    triples = [
        (document, RDF.type, CG.Document),
        (document, CG.source, literal_of(source)),
        (document, SKOS.prefLabel, literal_of(TEXT)),
        (CG.Finding, SKOS.prefLabel, literal_of("finding")),
    ]
    return "".join(sorted_triples(triples)).encode()


def entry(source: str, digit: str) -> Entry:
    return Entry(source=source, sha256=digit * 64, extractor="1")


def store_all(folder, documents, *, pending: bool) -> set[str]:
    with Dataset.open(folder) as dataset:
        for source, digit in documents:
            made = statements(source, digit)
            dataset.replace(
                entry(source, digit), made if pending else deserialize_graph(made, document_iri(digit * 64))
            )
    with Dataset.read(folder) as dataset:
        return set(map(str, dataset._store))


DOCUMENTS = [
    [("a.pdf", "a"), ("b.pdf", "b")],
    [("a.pdf", "a"), ("sub/a.pdf", "a")],  # one document under two names
    [("a.pdf", "a"), ("a.pdf", "b")],  # a file that was replaced
]


@pytest.mark.parametrize("documents", DOCUMENTS)
@pytest.mark.parametrize("most", [1, 1000])
def test_pending_documents_end_as_those_written_one_by_one(tmp_path, monkeypatch, documents, most):
    monkeypatch.setattr(catalogue, "MAX_STATEMENTS", most)

    together = store_all(tmp_path / "together", documents, pending=True)

    assert together == store_all(tmp_path / "single", documents, pending=False)
    assert len(together) >= 20


def test_whoever_reads_sees_what_is_pending(tmp_path):
    with Dataset.open(tmp_path) as dataset:
        dataset.replace(entry("a.pdf", "a"), statements("a.pdf", "a"))

        assert [known.source for known in dataset.documents()] == ["a.pdf"]
        dataset.replace(entry("b.pdf", "b"), statements("b.pdf", "b"))
        assert dataset.remove("b.pdf")
        assert not list(dataset.quads(document_iri("b" * 64)))


def test_new_documents_wait_for_each_other(tmp_path):
    with Dataset.open(tmp_path) as dataset:
        for number, digit in enumerate("0123456789abcdef"):
            dataset.replace(entry(f"{number}.pdf", digit), statements(f"{number}.pdf", digit))

        assert all(dataset._new.has_document(document_iri(digit * 64)) for digit in "0123456789abcdef")
        assert not len(dataset._written)


def test_documents_wait_while_others_are_written_and_a_failure_is_told_once(monkeypatch):
    monkeypatch.setattr(catalogue, "MAX_STATEMENTS", 4)
    may_end, written = Event(), []

    def write(documents):
        assert may_end.wait(10)
        written.append(documents.quads())
        if len(written) == 1:
            raise StoreError("the disk is full")

    queue = DocumentQueue(write)
    for number, digit in enumerate("ab"):
        queue.add(replace(entry(f"{number}.pdf", digit), statements=4 - number), statements(f"{number}.pdf", digit))
    assert queue.has_document(document_iri("a" * 64))
    assert queue.has_document(document_iri("b" * 64))
    assert not written

    may_end.set()
    with pytest.raises(StoreError, match="the disk is full"):
        queue.flush()
    queue.flush()
    queue.close()

    assert len(written) == 2
    assert not queue.has_document(document_iri("b" * 64))
