"""Tokenizer: spaCy's own, for words of any length."""

import random

import pytest
import spacy

from caregraph.extractors.tokenizer import LONGEST_WORD, BoundedTokenizer, make_tokenizer


@pytest.fixture(scope="module")
def nlp():
    return spacy.blank("en")


@pytest.mark.parametrize("sign", ["(", "‘", "’", "-", ".", ",", "a", "A", "1", "_", "é"])
@pytest.mark.parametrize("length", [LONGEST_WORD + 1, 8_000])
def test_tokenizer_is_given_no_longer_word(nlp, sign, length):
    given = []

    def tokenizer(text):
        given.extend(map(len, text.split()))
        return nlp.tokenizer(text)

    BoundedTokenizer(tokenizer)(f"Care {sign * length} is good.")

    assert max(given) <= LONGEST_WORD


def test_words_of_a_report_are_tokenized_as_spacy_does(nlp):
    text = "It isn't (yet) ‘good’,\nsee https://www.example.org/a_b-c?d=e. " + "." * LONGEST_WORD + " 12"

    assert [token.text for token in BoundedTokenizer(nlp.tokenizer)(text)] == [token.text for token in nlp(text)]


@pytest.mark.parametrize("seed", range(20))
def test_no_character_is_lost(nlp, seed):
    draw = random.Random(seed)
    text = "".join(
        draw.choice("a(‘.-’ \n") * draw.choice([1, 2, 300, LONGEST_WORD, 2 * LONGEST_WORD]) for _ in range(9)
    )
    doc = BoundedTokenizer(nlp.tokenizer)(text)

    assert doc.text == text
    assert [token.idx for token in doc] == [text.index(token.text, token.idx) for token in doc]


def test_a_full_stop_is_no_part_of_an_abbreviation():
    tokens = make_tokenizer(spacy.blank("en"))("Staff of TfC. Leaders of MASH. A PhD. Mr. Oldport, e.g. here.")

    assert [token.text for token in tokens if "." in token.text] == [".", ".", ".", "Mr.", "e.g.", "."]
