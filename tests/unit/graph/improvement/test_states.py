"""States: each claim needs its evidence, and the weaker word stands where there is less."""

from dataclasses import replace

import pytest

from caregraph.graph.improvement.matching import Match
from caregraph.graph.improvement.states import AGAIN, IMPROVED, MENTIONED, PARTLY, PRAISED, View, judge, state_of

NEAR = Match(score=0.6, covered=0.8, covered_words=0.6, head=1.0, opens=True, refers_back=False, reasons=())
FAR = replace(NEAR, score=0.35, covered=0.35, covered_words=0.15, opens=False)
ASKED = "The quality of supervision."


@pytest.mark.parametrize(
    ("polarity", "text", "state"),
    [
        ("strength", "Supervision has improved.", IMPROVED),
        ("strength", "Since the last inspection, leaders have made supervision reflective.", IMPROVED),
        ("strength", "Supervision is reflective.", PRAISED),
        ("strength", "Supervision has improved for some social workers.", PRAISED),
        ("strength", "Not some staff but all have had supervision strengthened.", IMPROVED),
        ("strength", "Staff report that supervision has improved.", PRAISED),
        ("strength", "Supervision is prompt and has been strengthened.", PRAISED),
        ("strength", "The offer of supervision has improved.", PRAISED),
        ("strength", "Foster care has improved.", PRAISED),
        ("concern", "Supervision is rare.", AGAIN),
        ("concern", "For a very small number supervision is rare.", PARTLY),
        ("mixed", "Supervision is regular but not reflective.", PARTLY),
    ],
)
def test_improvement_is_what_a_report_says_itself_of_all_that_was_asked(polarity, text, state):
    assert state_of(ASKED, [(polarity, text)]) == state


def test_side_that_was_asked_about_may_improve():
    asked = "The timeliness of supervision."

    assert state_of(asked, [("strength", "Supervision is prompt and has improved.")]) == IMPROVED


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
    match = replace(NEAR, score=0.35, covered=0.5)

    assert View(match, "strength", 0.95, "Supervision has improved.").is_sure
    assert not View(match, "strength", 0.95, "Supervision is good.").is_sure
    assert not View(replace(match, opens=False), "strength", 0.95, "Supervision has improved.").is_sure


def test_nothing_good_is_claimed_beside_what_may_be_a_concern():
    praise = View(NEAR, "strength", 0.95, "Supervision has improved.")
    doubt = View(FAR, "concern", 0.95, "Visits are late.")

    assert judge(ASKED, [praise]) == IMPROVED
    assert judge(ASKED, [praise, doubt]) == MENTIONED
    assert judge(ASKED, [View(NEAR, "concern", 0.95, "Supervision is rare."), doubt]) == AGAIN
    assert judge(ASKED, [praise, View(NEAR, "concern", 0.95, "Supervision is rare.")]) == PARTLY
    assert judge(ASKED, [doubt]) == MENTIONED
