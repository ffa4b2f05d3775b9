from caregraph.extractors.findings.sentence_context import Sentence
from training.labelled import sentences_in_context


def test_sentences_are_read_with_their_paragraph_and_the_sentence_before_it():
    one, three = Sentence("Visits are regular."), Sentence("Plans are clear.")
    two = Sentence("They are recorded.", continues=True)

    contexts = list(sentences_in_context([one, two, three]))

    assert [context.sentence for context in contexts] == [one, two, three]
    assert [context.previous for context in contexts] == [None, one, two]
    assert [context.paragraph for context in contexts] == [(one, two), (one, two), (three,)]


def test_other_words_at_a_place_keep_the_paragraph():
    one, two = Sentence("Visits are regular."), Sentence("They are recorded.", continues=True)
    context = [*sentences_in_context([one, two])][1].with_text("They are recorded. 14.")

    assert context.sentence.text == "They are recorded. 14."
    assert context.paragraph[0] == one


def test_an_empty_document_has_no_sentences():
    assert list(sentences_in_context([])) == []
