"""Topics by wording: what a sentence's words name, and what only sounds like it."""

import pytest

from caregraph.extractors.findings.classifier import load_classifier
from caregraph.extractors.findings.worded_topics import WORDED_TOPICS, topics_by_wording
from caregraph.ontology.vocabulary import load_vocabulary


@pytest.mark.parametrize(
    ("sentence", "topics"),
    [
        ("Children know how to complain.", ["complaints"]),
        ("Compliments from families are passed on to staff.", []),
        ("You may complain to Ofsted about this letter.", []),
        ("A new edge-of-care team works at weekends.", ["edge-of-care"]),
        ("Mediation has prevented many teenagers from coming into care.", ["edge-of-care"]),
        ("Outreach workers help children to stay safely at home.", ["edge-of-care"]),
        ("Tutors help children who return to live at home.", []),
        ("They avoid the need for social care.", []),
        ("Decisions to bring children into care are prompt.", ["decision-to-care"]),
        ("Too many teenagers come into care in an emergency.", ["decision-to-care"]),
        ("The number of children entering care has doubled.", ["decision-to-care"]),
        ("Dental checks are late when children come into care.", []),
        ("Between becoming looked after and adoption lie 500 days.", []),
        ("The decision about care leavers was late.", []),
        ("Family group\nconferences are offered to all.", ["family-networks"]),
        ("FGCs are rare.", ["family-networks"]),
        ("Team around the family meetings are monthly.", []),
        ("Team-around-the-family meetings are monthly.", []),
        ("Children spend time with their wider family.", []),
        ("Lessons from serious case reviews reach every team.", ["learning-reviews"]),
        ("The child death overview panel meets monthly.", ["learning-reviews"]),
        ("Each case review is chaired by a manager.", []),
        ("Sibling groups wait longer for adopters.", ["siblings"]),
        ("Children live with brothers or sisters.", ["siblings"]),
        ("The ‘big brother’ scheme is popular.", []),
        ("Young carers have a club of their own.", ["young-carers"]),
        ("Foster carers are young.", []),
        ("", []),
    ],
)
def test_words_name_a_topic(sentence, topics):
    assert list(topics_by_wording(sentence)) == topics


def test_each_topic_is_learnt_or_found_by_wording():
    learnt = set(load_classifier().topics)

    assert learnt | WORDED_TOPICS == load_vocabulary().topics
    assert not learnt & WORDED_TOPICS
