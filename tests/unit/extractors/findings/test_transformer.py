import numpy as np
import pytest

from caregraph.extractors.findings.classifier import NETWORK, PIECES, WEIGHTS
from caregraph.extractors.findings.sentence_context import Sentence, in_its_place
from caregraph.extractors.findings.transformer import Transformer
from caregraph.extractors.findings.wordpiece import WordPieces

BEFORE = Sentence("Social workers change too often.", "Workforce")


@pytest.fixture(scope="module")
def transformer():
    return Transformer(WEIGHTS / NETWORK, WordPieces((WEIGHTS / PIECES).read_text(encoding="utf-8").split("\n")))


@pytest.mark.parametrize(
    ("sentence", "before", "beside"),
    [
        (Sentence("It unsettles children.", "Care"), BEFORE, "Care. Social workers change too often."),
        (Sentence("It unsettles children."), BEFORE, "Social workers change too often."),
        (Sentence("It unsettles children.", "Care"), None, "Care"),
        (Sentence("Itineraries are kept.", "Care"), BEFORE, "Care"),
        (Sentence("Children are heard."), BEFORE, ""),
    ],
)
def test_a_sentence_is_read_under_its_heading_and_with_what_it_leans_on(sentence, before, beside):
    assert in_its_place(sentence, before) == (sentence.text, beside)


def test_each_sentence_has_its_row_whatever_their_lengths(transformer):
    long = Sentence("Managers know their services well, and children get help that makes a difference to them.")
    sentences = [long, BEFORE, *[Sentence("Visits are regular.")] * 40]

    together = transformer.scores(sentences)
    alone = np.vstack([transformer.scores([sentence]) for sentence in sentences])

    assert together.shape == alone.shape
    assert np.abs(together - alone).max() < 1  # the scores span about ten; batches are rounded as one
    assert (together.argmax(axis=1) == alone.argmax(axis=1)).all()


def test_no_sentences_have_no_scores(transformer):
    assert transformer.scores([]).shape[0] == 0
