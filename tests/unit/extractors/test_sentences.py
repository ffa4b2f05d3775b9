import pytest
import spacy

from caregraph.extractors.sentences import add_to
from caregraph.ontology.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("en")
    add_to(nlp, load_vocabulary())
    return nlp


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Visits are timely. Plans are not.", ["Visits are timely.", "Plans are not."]),
        # An abbreviation or an initial ends no sentence.
        ("Dr Roe met J. Poe. They agreed.", ["Dr Roe met J. Poe.", "They agreed."]),
        ("Some wait, e.g. for a school place, too long.", ["Some wait, e.g. for a school place, too long."]),
        # A lead-in is a sentence of its own, and so is each line of a list.
        ("The council should:\nreview plans\nvisit sooner", ["The council should:", "review plans", "visit sooner"]),
        # A footnote's digit belongs to the sentence that it follows; a number may begin the next.
        ("Care is good.3 The offer is new.", ["Care is good.3", "The offer is new."]),
        ("This was so in 2019. In all, 12 children moved.", ["This was so in 2019.", "In all, 12 children moved."]),
        ("‘I feel safe.’ ‘So do I.’", ["‘I feel safe.’", "‘So do I.’"]),
        ("What works well", ["What works well"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(nlp, text, expected):
    assert [sentence.text.strip() for sentence in nlp(text).sents] == expected


def test_sentences_of_nothing_are_none(nlp):
    assert list(nlp("").sents) == []
