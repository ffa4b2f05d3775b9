import numpy as np
import pytest

from caregraph.extractors.findings.classifier import NETWORK_FILE, WEIGHTS, WORDPIECE_FILE
from caregraph.extractors.findings.sentence_context import Sentence, text_and_context
from caregraph.extractors.findings.transformer import Transformer
from caregraph.extractors.findings.wordpiece import WordPieceTokenizer

PREVIOUS = Sentence("Social workers change too often.", "Workforce")


@pytest.fixture(scope="module")
def transformer():
    return Transformer(
        WEIGHTS / NETWORK_FILE, WordPieceTokenizer((WEIGHTS / WORDPIECE_FILE).read_text(encoding="utf-8").split("\n"))
    )


@pytest.mark.parametrize(
    ("sentence", "previous", "context"),
    [
        (Sentence("It unsettles children.", "Care"), PREVIOUS, "Care. Social workers change too often."),
        (Sentence("It unsettles children."), PREVIOUS, "Social workers change too often."),
        (Sentence("It unsettles children.", "Care"), None, "Care"),
        (Sentence("Itineraries are kept.", "Care"), PREVIOUS, "Care"),
        (Sentence("Children are heard."), PREVIOUS, ""),
    ],
)
def test_a_sentence_is_read_with_its_heading_and_the_sentence_it_refers_to(sentence, previous, context):
    assert text_and_context(sentence, previous) == (sentence.text, context)


def test_each_sentence_has_its_row_whatever_their_lengths(transformer):
    long = Sentence("Managers know their services well, and children get help that makes a difference to them.")
    sentences = [long, PREVIOUS, *[Sentence("Visits are regular.")] * 40]

    together = transformer.scores(sentences)
    alone = np.vstack([transformer.scores([sentence]) for sentence in sentences])

    assert together.shape == alone.shape
    assert np.abs(together - alone).max() < 1  # the scores span about ten; batches are rounded as one
    assert (together.argmax(axis=1) == alone.argmax(axis=1)).all()


def test_no_sentences_have_no_scores(transformer):
    assert transformer.scores([]).shape[0] == 0
