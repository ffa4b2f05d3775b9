"""States: each claim needs its evidence, and the weaker word stands where there is less."""

from dataclasses import replace

import pytest

from caregraph.graph.improvement.matching import Match
from caregraph.graph.improvement.states import AGAIN, IMPROVED, MENTIONED, PARTLY, PRAISED, View, judge

NEAR = Match(score=0.6, covered=0.8, covered_words=0.6, head=1.0, opens=True, refers_back=False, improved=False,
             changed=False, reasons=())  # fmt: skip
FAR = replace(NEAR, score=0.35, covered=0.35, covered_words=0.15, opens=False)
BETTER = replace(NEAR, improved=True, changed=True)
ASKED = "The quality of supervision."


@pytest.mark.parametrize(
    ("match", "polarity", "text", "state"),
    [
        (BETTER, "strength", "Supervision has improved.", IMPROVED),
        (NEAR, "strength", "Supervision is reflective.", PRAISED),
        (BETTER, "strength", "Supervision has improved for some social workers.", PRAISED),
        (BETTER, "strength", "Not some staff but all have had supervision strengthened.", IMPROVED),
        (BETTER, "strength", "Staff report that supervision has improved.", PRAISED),
        (BETTER, "strength", "Supervision is prompt and has been strengthened.", PRAISED),
        (BETTER, "strength", "The offer of supervision has improved.", PRAISED),
        (BETTER, "strength", "The number of meetings for supervision has improved.", PRAISED),
        (BETTER, "strength", "The quality and frequency of supervision have improved.", IMPROVED),
        # What has got better has a word of the request's head: that is enough where the sentences are near.
        (replace(NEAR, changed=True), "strength", "Group supervision has improved.", IMPROVED),
        (replace(NEAR, changed=True, covered=0.3), "strength", "Group supervision has improved.", MENTIONED),
        (NEAR, "concern", "Supervision is rare.", AGAIN),
        (NEAR, "concern", "For a very small number supervision is rare.", PARTLY),
        (NEAR, "mixed", "Supervision is regular but not reflective.", PARTLY),
    ],
)
def test_improvement_is_what_a_report_says_itself_of_all_that_was_asked(match, polarity, text, state):
    assert judge(ASKED, [View(match, polarity, 0.95, text)]) == state


def test_part_of_what_was_asked_is_praised():
    asked = "The quality of supervision and training."

    assert judge(asked, [View(BETTER, "strength", 0.95, "Supervision has improved.")]) == PRAISED


def test_praise_that_the_next_sentence_questions_is_no_improvement():
    assert judge(ASKED, [View(BETTER, "strength", 0.95, "Supervision has improved.", turned=True)]) == PRAISED


def test_side_that_was_asked_about_may_improve():
    asked = "The timeliness of supervision."

    assert judge(asked, [View(BETTER, "strength", 0.95, "Supervision is prompt and has improved.")]) == IMPROVED


@pytest.mark.parametrize(
    ("match", "polarity", "confidence", "is_sure"),
    [
        (NEAR, "strength", 0.95, True),
        (NEAR, "strength", 0.85, False),
        (NEAR, "concern", 0.85, True),
        (NEAR, "concern", 0.6, False),
        (FAR, "strength", 0.95, False),
        (FAR, "concern", 0.95, False),
        (replace(NEAR, refers_back=True), "strength", 0.95, False),
        # A concern may speak of less than praise must, if it opens with the head or is near.
        (replace(NEAR, score=0.35, covered=0.35), "concern", 0.95, True),
        (replace(NEAR, score=0.35, covered=0.35), "strength", 0.95, False),
        (replace(NEAR, score=0.35, covered=0.35, opens=False), "concern", 0.95, False),
        (replace(NEAR, opens=False), "concern", 0.95, True),
    ],
)
def test_sentence_is_sure_by_its_polarity_and_by_how_much_it_speaks_of(match, polarity, confidence, is_sure):
    assert View(match, polarity, confidence, "Supervision is what it is.").is_sure == is_sure


def test_sentence_that_says_that_it_got_better_need_not_be_as_near():
    far = replace(NEAR, score=0.35, covered=0.5)

    assert View(replace(far, improved=True), "strength", 0.95, "Supervision has improved.").is_sure
    assert not View(far, "strength", 0.95, "Supervision is good.").is_sure


def test_nothing_good_is_claimed_beside_what_may_be_a_concern():
    praise = View(BETTER, "strength", 0.95, "Supervision has improved.")
    doubt = View(FAR, "concern", 0.95, "Visits are late.")

    assert judge(ASKED, [praise]) == IMPROVED
    assert judge(ASKED, [praise, doubt]) == MENTIONED
    assert judge(ASKED, [View(NEAR, "concern", 0.95, "Supervision is rare."), doubt]) == AGAIN
    assert judge(ASKED, [praise, View(NEAR, "concern", 0.95, "Supervision is rare.")]) == PARTLY
    assert judge(ASKED, [doubt]) == MENTIONED
