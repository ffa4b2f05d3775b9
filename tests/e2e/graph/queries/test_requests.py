"""A request is shown with all the sentences that go on about it."""

import pyoxigraph as ox
import pytest

from caregraph.graph.dataset.rdf_terms import quads_of
from caregraph.graph.dataset.statements import to_graph
from caregraph.graph.neo4j.property_graph import graph_rows
from caregraph.graph.queries.evidence import evidence_of_finding, evidence_of_findings
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.iris import document_iri, finding_iri
from caregraph.ontology.records import Finding, Passage

SHA256 = "b" * 64
ASKED = ("The quality of life story work.", "concern", "area-for-improvement")
CLOSER = ("In particular, that of children who are to be adopted.", "concern", "finding")
WHY = ("This is too rare.", "concern", "finding")
NEXT = ("Foster carers wait for training.", "concern", "finding")
PRAISE = ("This is warm work.", "strength", "finding")


@pytest.fixture
def marked(with_vocabularies, another, vocabulary):
    """Gives the words that are marked for the first of some sentences of one passage."""
    store = with_vocabularies

    def words(*sentences):
        findings, start = [], 0
        for text, polarity, kind in sentences:
            place = {"text": text, "page": 1, "start": start, "end": start + len(text)}
            findings.append(Finding(**place, polarity=polarity, kind=kind, confidence=0.9, topics=("adoption",)))
            start += len(text) + 1
        text = " ".join(sentence for sentence, *_ in sentences)
        passage = Passage(text=text, page=1, start=0, end=len(text))
        without = dict.fromkeys(("judgements", "people", "mentions"), ())
        record = another("durham.pdf", "b", findings=tuple(findings), passages=(passage,), **without)
        graph = to_graph(Resolver(vocabulary, Decisions()).resolve(record), vocabulary, extractor="1")
        store.load("1", graph_rows(str(graph.identifier), quads_of(graph, ox.NamedNode(str(graph.identifier)))))
        fact = evidence_of_finding(store, finding_iri(document_iri(SHA256), 0))
        assert fact.about == evidence_of_findings(store, [fact.about.iri])[0].about
        return fact.sentence_words

    return words


@pytest.mark.parametrize(
    ("sentences", "number"),
    [
        ((ASKED, CLOSER, WHY, NEXT), 3),
        ((ASKED, NEXT, WHY), 1),
        ((ASKED, PRAISE), 1),
        ((NEXT, WHY), 1),  # nothing is asked
    ],
)
def test_request_is_marked_with_all_that_goes_on_about_it(marked, sentences, number):
    assert marked(*sentences) == " ".join(text for text, *_ in sentences[:number])


def test_finding_that_is_not_there_has_no_words(with_vocabularies):
    assert evidence_of_finding(with_vocabularies, finding_iri(document_iri(SHA256), 0)) is None
