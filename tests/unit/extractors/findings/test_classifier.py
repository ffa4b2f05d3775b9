import numpy as np
import pytest

from caregraph.extractors.findings.classifier import POLARITIES, load_classifier, paragraph_features
from caregraph.extractors.findings.sentence_context import Sentence

REFERRING = Sentence("This means that children wait for their plans.")
PRAISE = Sentence("Children are safe, and visits to them are regular, purposeful and well recorded.")
FAULT = Sentence("Caseloads are too high, and management oversight is weak and does not prevent drift.")


@pytest.fixture(scope="module")
def classifier():
    return load_classifier()


def test_probabilities_of_the_polarities_add_up_to_one(classifier):
    polarity, topics = classifier.probabilities([PRAISE, FAULT, REFERRING])

    assert polarity.shape == (3, len(POLARITIES))
    assert np.allclose(polarity.sum(axis=1), 1, atol=1e-5)
    assert ((topics >= 0) & (topics <= 1)).all()


def test_a_sentence_is_classified_with_the_one_before(classifier):
    def concern(previous):
        return classifier.probabilities([previous, REFERRING])[0][1, POLARITIES.index("concern")]

    assert concern(FAULT) > concern(PRAISE)


def test_a_heading_bears_on_what_stands_under_it(classifier):
    def concern(heading):
        return classifier.probabilities([Sentence(REFERRING.text, heading)])[0][0, POLARITIES.index("concern")]

    assert concern("What needs to improve?") > concern("Key strengths")


def test_a_vague_sentence_is_about_what_its_paragraph_is_about(classifier):
    named, vague = Sentence("A domestic abuse programme helps parents."), Sentence("There are delays in joining it.")

    def probability(sentence):
        _, topics = classifier.probabilities([PRAISE, named, sentence])
        return topics[-1, classifier.topics.index("domestic-abuse")]

    assert probability(vague._replace(continues=True)) > 4 * probability(vague)


def test_features_of_a_paragraph_end_where_it_ends():
    about = np.array([[9.0], [-9.0], [-9.0], [-9.0]], np.float32)
    words = [Sentence("One."), Sentence("Two.", continues=True), Sentence("Three."), Sentence("Four.", continues=True)]

    first, before, vaguely_before, after = paragraph_features(about, words)[:, :, 0].round(2).tolist()

    assert first == before == vaguely_before == [0, 1, 0, 0]
    assert after == [0, 0, 0, 0]
    assert paragraph_features(about[::-1], words)[3, :, 0].round(2).tolist() == [0, 0, 1, 0]


def test_no_sentences_have_no_predictions(classifier):
    assert classifier([]) == []


def test_a_sentence_without_words_is_about_no_topic(classifier):
    assert classifier([Sentence("…")])[0].topics == ()


def test_predictions_are_the_same_every_time(classifier):
    assert classifier([PRAISE, FAULT]) == classifier([PRAISE, FAULT])


def test_predictions_do_not_depend_on_the_parts_in_which_sentences_are_counted(classifier, monkeypatch):
    sentences = [PRAISE, FAULT, REFERRING, Sentence("…"), PRAISE, FAULT, REFERRING]
    whole = classifier(sentences)
    monkeypatch.setattr("caregraph.extractors.findings.classifier._PART", 2)

    assert classifier(sentences) == whole


def test_an_item_listed_to_improve_is_never_neutral(classifier):
    item = Sentence("The timeliness of reviews.", "What needs to improve?", bullet=True)

    polarity, _ = classifier.probabilities([item, item._replace(heading="The timeliness of reviews")])

    assert polarity[0, POLARITIES.index("neutral")] == 0 < polarity[1, POLARITIES.index("neutral")]


def test_a_matter_listed_to_improve_is_a_concern_however_it_should_be(classifier):
    words = "The extent to which leaders are ambitious and aspirational for all children, who are safe and thriving."
    item = Sentence(words, "What needs to improve?", bullet=True)

    assert classifier([item])[0].polarity == "concern"
    assert classifier([Sentence(words.removeprefix("The extent to which "), "Leaders")])[0].polarity == "strength"


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("(Paragraphs 12, 14 and 20)", "Recommendations"),
        ("Below are the recommendations that inspectors hold to be most urgent.", "Recommendations"),
        ("The strategy was written in 2019, and this visit took place in May.", "Areas for improvement"),
    ],
)
def test_not_every_sentence_under_recommendations_is_a_concern(classifier, text, heading):
    assert classifier([Sentence(text, heading)])[0].polarity == "neutral"
