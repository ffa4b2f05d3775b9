"""Semantic search of findings: by any encoder in the database, and by the real encoder where it is installed."""

import numpy as np
import pytest

from caregraph.extractors.findings import embeddings
from caregraph.extractors.findings.embeddings import Encoder
from caregraph.graph.neo4j.property_graph import EdgeRow, GraphRows, NodeRow
from caregraph.graph.queries import semantic_search
from caregraph.graph.queries.search import Filter
from caregraph.ontology.errors import BadQuestion, StoreError
from caregraph.ontology.iris import document_iri, thing_iri

HIGH, WELL, PANEL = "Caseloads are too high.", "Caseloads are manageable.", "The panel meets every month."
TOPICS = ("caseload", "panel", "month")
FINDINGS = {HIGH: "concern", WELL: "strength", PANEL: "neutral"}
PLACES = {"1": "Ashmere", "2": "Brockwell"}


def by_words(texts):
    """An encoder that knows three words."""
    known = [[word in text.lower() for word in TOPICS] for text in texts]
    rows = np.array(known, np.float32).reshape(-1, len(TOPICS)) + 0.01
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def findings(store):
    """Two documents on two places, each with the same three findings."""
    for digit, name in PLACES.items():
        graph, place = document_iri(digit * 64), thing_iri("authority", f"E9999999{digit}")
        nodes = [
            NodeRow("Document", graph, {"source": f"{name}.pdf"}, own=True),
            NodeRow("LocalAuthority", place, {"name": name}),
        ]
        edges = [EdgeRow("REPORTS_ON", graph, place, own=True)]
        for number, (text, polarity) in enumerate(FINDINGS.items()):
            iri = thing_iri("finding", f"{digit * 64}-{number}")
            nodes.append(NodeRow("Finding", iri, {"text": text, "polarity": polarity, "start": number}, own=True))
            edges.append(EdgeRow("STATES", graph, iri, own=True))
        store.load("1", GraphRows(graph, tuple(nodes), tuple(edges)))
    yield store
    store.write(f"DROP INDEX {semantic_search.INDEX} IF EXISTS")


def near(store, text, filters=None, limit=20):
    rows = semantic_search.similar_findings(store, by_words([text])[0].tolist(), filters, limit=limit)
    return [(row["text"], row["authority"]) for row in rows]


def test_each_finding_gets_a_vector_once(findings):
    messages = []
    assert semantic_search.embedding_counts(findings) == (0, 6)
    assert semantic_search.embed_findings(findings, by_words, progress=messages.append) == 6
    assert semantic_search.embedding_counts(findings) == (6, 6)
    assert messages == ["6 of 6 findings"]
    assert semantic_search.embed_findings(findings, by_words) == 0


def test_vectors_are_not_among_what_a_query_shows(findings):
    semantic_search.embed_findings(findings, by_words)
    answer = findings.query("MATCH (n:Finding) RETURN n LIMIT 1")

    assert "text" in answer.rows[0]["n"]
    assert "embedding" not in answer.rows[0]["n"]


def test_new_findings_are_embedded_and_those_of_before_are_not_again(findings):
    semantic_search.embed_findings(findings, by_words)
    graph, iri = document_iri("3" * 64), thing_iri("finding", f"{'3' * 64}-0")
    nodes = (NodeRow("Document", graph, {}, own=True), NodeRow("Finding", iri, {"text": HIGH}, own=True))
    findings.load("1", GraphRows(graph, nodes, (EdgeRow("STATES", graph, iri, own=True),)))

    assert semantic_search.embed_findings(findings, by_words) == 1


def test_findings_are_found_by_meaning_and_told_apart_by_label(findings):
    semantic_search.embed_findings(findings, by_words)

    assert {text for text, _ in near(findings, "a caseload")} == {HIGH, WELL}
    concerns = near(findings, "a caseload", Filter(polarity="concern"))
    assert sorted(concerns) == [(HIGH, "Ashmere"), (HIGH, "Brockwell")]
    assert near(findings, "a caseload", Filter(polarity="strength", authority="Brockwell")) == [(WELL, "Brockwell")]
    assert near(findings, "a caseload", Filter(polarity="neutral")) == []
    assert len(near(findings, "a caseload", limit=1)) == 1


def test_few_of_many_are_found_where_the_nearest_do_not_pass_the_filter(findings, monkeypatch):
    semantic_search.embed_findings(findings, by_words)
    monkeypatch.setattr("caregraph.graph.queries.search.OVERSAMPLING", 1)

    assert near(findings, "a caseload", Filter(authority="Brockwell"), limit=2) == [
        (HIGH, "Brockwell"),
        (WELL, "Brockwell"),
    ]


def test_filter_that_names_nothing_is_refused(findings):
    semantic_search.embed_findings(findings, by_words)
    with pytest.raises(BadQuestion):
        near(findings, "a caseload", Filter(authority="Nowhere at all"))


def test_without_the_package_the_reason_is_given(monkeypatch):
    monkeypatch.setattr(embeddings, "PACKAGE", "no_such_package")

    assert not embeddings.is_model_installed()
    with pytest.raises(StoreError, match=r"caregraph\[meaning\]"):
        Encoder()


@pytest.mark.skipif(not embeddings.is_model_installed(), reason="the extra 'meaning' is not installed")
def test_real_encoder_puts_like_beside_like():
    texts = ["Social workers have too many cases.", HIGH, PANEL, "Children are placed with adopters quickly."]
    alone, vectors = Encoder(), Encoder()(texts)

    assert vectors.shape == (4, embeddings.DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.argsort(vectors[1:] @ vectors[0])[-1] == 0
    assert np.allclose(alone(texts[:1])[0] @ vectors[0], 1, atol=0.02)  # but for the rounding of a batch
    assert alone([]).shape == (0, embeddings.DIMENSIONS)
