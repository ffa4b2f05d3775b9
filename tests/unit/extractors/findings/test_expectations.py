"""References of findings to the National Framework."""

import pytest

from caregraph.extractors.findings.expectations import expectations_in
from caregraph.extractors.reading.flow import Block


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The quality of plans. (Outcome 3, National Framework)", ("outcome-3",)),
        ("The quality of plans (outcomes 1 and 4; national framework).", ("outcome-1", "outcome-4")),
        ("Supervision (Enabler 3)", ("enabler-3",)),
        ("Supervision, as enabler 2 of the national framework expects.", ("enabler-2",)),
        ("The outcome 3 years ago was poor.", ()),
        ("Plans have 4 outcomes (Outcome 9).", ()),
    ],
)
def test_a_listed_item_refers_to_what_its_bullet_names(words, expected):
    assert expectations_in(words, 0, words.find(".") + 1 or len(words), Block("bullet", 0, len(words))) == expected


def test_a_sentence_of_a_paragraph_has_its_own_references_alone():
    words = "Plans drift. Homes are few (outcome 4, national framework)."

    assert expectations_in(words, 0, 12, Block("paragraph", 0, len(words))) == ()
