"""Changes: a sentence says of a matter that it has got better, in one of several ways, or of nothing."""

import pytest

from caregraph.graph.improvement.changes import improved_matters


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("The planning of visits has improved.", "The planning of visits"),
        ("The planning of visits has also been significantly strengthened.", "The planning of visits"),
        ("The planning of visits has been increased and strengthened.", "The planning of visits"),
        ("The planning of visits is much improved.", "The planning of visits"),
        ("Since the last inspection, the planning of visits has improved.", "the planning of visits"),
        ("New managers have improved the planning of visits since May.", "the planning of visits"),
        ("There have been improvements in the planning of visits since May.", "the planning of visits"),
        ("Strengthened planning of visits means that fewer are late.", "planning of visits"),
        ("A much improved planning of visits is in place.", "planning of visits"),
        ("Improvements now in place include the planning of visits.", "the planning of visits"),
        ("Since the last inspection, leaders have planned visits.", "leaders have planned visits."),
        ("The planning of visits is strong.", None),
        ("Leaders plan to improve visits.", None),
        ("Visits need to be strengthened.", None),
    ],
)
def test_sentence_names_the_matter_that_has_got_better(text, matter):
    assert next(improved_matters(text), None) == matter
