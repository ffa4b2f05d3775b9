"""Nearness: sentences on the topic of a request first, then those with words of it, and none that shares too little."""

import pytest

from caregraph.graph.improvement.matching import Statement
from caregraph.graph.improvement.nearness import NearnessIndex

OTHERS = tuple(
    Statement(text, (concept,))
    for text, concept in (
        ("Foster carers speak well of training.", "training"),
        ("Schools know whom to call.", "education"),
        ("Managers read every plan.", "planning"),
        ("Panels meet each week.", "permanence"),
        ("The virtual school is ambitious.", "education"),
        ("Courts praise the statements.", "court"),
        ("Plans are shared with families.", "planning"),
        ("Panels are chaired well.", "permanence"),
    )
)


def nearest(asked, *later):
    index = NearnessIndex([asked, *later, *OTHERS])
    return [later[near.number - 1].text for near in index.nearest(asked, range(1, 1 + len(later)))]


def test_sentences_on_the_topic_come_before_those_with_words_of_it():
    asked = Statement("The response to homeless 16- and 17-year-olds.", ("homeless-young-people",))
    on_topic = Statement("Housing panels help homeless adolescents.", ("homeless-young-people", "accommodation"))
    with_words = Statement("Each homeless 16-year-old was seen.", ("visits",))

    assert nearest(asked, with_words, on_topic) == [on_topic.text, with_words.text]


@pytest.mark.parametrize(
    ("asked", "later", "is_near"),
    [
        # Of two concepts, the one that most sentences are about does not make a sentence one on the topic.
        (Statement("Wexholme panels.", ("adoption", "planning")), Statement("Letters go out.", ("planning",)), False),
        (Statement("Wexholme panels.", ("adoption", "planning")), Statement("Letters go out.", ("adoption",)), True),
        # A request about no concept that we know is compared by words, and by what it is wanted for.
        (Statement("More typists so that minutes are shared."), Statement("Minutes are shared late."), True),
        (Statement("Further action must continue."), Statement("Further action is required."), False),
    ],
)
def test_share_that_makes_a_sentence_near(asked, later, is_near):
    assert nearest(asked, later) == ([later.text] if is_near else [])
