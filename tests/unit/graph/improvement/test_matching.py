"""Sentences match where they may speak of one matter; a match says how near they are."""

import pytest

from caregraph.graph.improvement.matching import Matcher, Statement

SAID = [
    "The timeliness of return home interviews for children who go missing.",
    "Return home interviews are held within three days.",
    "How often social workers receive reflective supervision.",
    "Supervision is now reflective and takes place every month.",
    "Supervision is recorded after a month.",
    "Caseloads are too high in the Larkfield team.",
    "The last inspection found that supervision was rarely reflective.",
    "Foster carers speak well of their training.",
    "Managers read every plan.",
    "Schools know whom to call.",
]


@pytest.fixture(scope="module")
def matcher():
    return Matcher([*SAID, *["Managers read every plan."] * 30])


@pytest.mark.parametrize(
    ("asked", "later", "matched"),
    [
        ("Reflective supervision, monthly, so that staff stay.", "Supervision is now reflective.", True),
        ("The timeliness of return home interviews.", SAID[1], True),
        # One word in common is no matter in common.
        ("Supervision in the leaving care team.", SAID[3], False),
        # What a sentence before it spoke of is not known.
        ("This means that reflective supervision is rare.", SAID[3], False),
        ("Work with partners to ensure that return home interviews are timely.", SAID[1], True),
        ("Ensure that this is reflective supervision.", SAID[3], False),
        # Interviews are asked about, not visits to those who are missing.
        ("The timeliness of interviews for children who go missing from home.", "Missing children see home.", False),
        # How work is written down is a matter of its own.
        ("How often social workers receive reflective supervision.", SAID[4], False),
        # A report that retells the one before says nothing new.
        ("How often social workers receive reflective supervision.", SAID[6], False),
        ("How often social workers receive reflective supervision.", SAID[7], False),
        (
            "How often social workers receive reflective supervision.",
            "At the time of the last inspection, supervision was reflective for few social workers.",
            False,
        ),
        # Ages are words.
        ("The response to homeless 16- and 17-year-olds.", "Homeless adolescents of 16 and 17 are seen.", True),
        ("Continue to improve the timeliness of return home interviews.", SAID[1], True),
        # A request of a single word that is no side of something is matched by that word.
        ("The quality of supervision so that plans progress.", "Supervision is weak.", True),
    ],
)
def test_sentences_on_one_matter_match(matcher, asked, later, matched):
    concepts = ("supervision",)

    assert (matcher.match(Statement(asked, concepts), Statement(later, concepts)) is not None) == matched


def test_sentences_on_different_concepts_never_match(matcher):
    words = "Supervision is reflective and takes place every month."

    assert matcher.match(Statement(words, ("supervision",)), Statement(words, ("adoption",))) is None


@pytest.mark.parametrize(
    ("asked", "concepts", "matched"),
    [
        # The whole head is there: the two may be less near.
        ("Supervision in schools and courts, and training, by managers of foster carers.", ("supervision",), True),
        ("Supervision and training by managers in schools and courts with foster carers.", ("supervision",), False),
        # A request about no concept is compared with everything, and must be nearer.
        ("Reflective supervision every month.", (), True),
        ("Supervision in schools and courts, and training, by managers of foster carers.", (), False),
    ],
)
def test_how_near_two_sentences_must_be_hangs_on_the_head_and_on_concepts(matcher, asked, concepts, matched):
    later = Statement("Supervision is reflective and takes place every month in schools.", ("supervision",))

    assert (matcher.match(Statement(asked, concepts), later) is not None) == matched


def test_match_says_why(matcher):
    match = matcher.match(
        Statement("Reflective supervision in the Larkfield team.", ("supervision",), ("Larkfield team",)),
        Statement("The Larkfield team has reflective supervision.", ("supervision",), ("Larkfield team",)),
    )

    assert match.score == 1.0
    assert match.reasons == (
        "both about supervision",
        "both name Larkfield team",
        "words in common: larkfield, team, reflective, supervision",
        "speaks of 100% of what was asked",
    )


def test_score_is_that_of_the_pair_alone(matcher):
    asked, later = Statement("Reflective supervision.", ("supervision",)), Statement(SAID[3], ("supervision",))
    before = matcher.match(asked, later)
    matcher.match(asked, Statement(SAID[4], ("supervision",)))

    assert before == matcher.match(asked, later)


def test_match_says_how_much_of_the_request_the_later_sentence_speaks_of(matcher):
    asked = Statement("Reflective supervision so that visits to schools are purposeful.", ("supervision",))

    near = matcher.match(asked, Statement("Reflective supervision is held.", ("supervision",)))
    words = "They say that managers know schools by reflective supervision."
    late = matcher.match(asked, Statement(words, ("supervision",)))

    assert (near.covered, near.head, near.opens, near.refers_back) == (1.0, 1.0, True, False)
    assert near.covered_words < 0.6
    assert (late.covered, late.opens, late.refers_back) == (1.0, False, True)


@pytest.mark.parametrize(
    ("asked", "later", "improved", "changed"),
    [
        ("Reflective supervision.", "Reflective supervision has improved.", True, True),
        ("Reflective supervision.", "Reflective supervision is held.", False, False),
        # It is the Larkfield team that has improved, by what is asked.
        ("Reflective supervision.", "Reflective supervision has improved the Larkfield team.", False, False),
        # A part, or something narrower, is not what was asked.
        ("Supervision by schools of foster carers in training.", "Supervision by schools has improved.", False, True),
        ("Supervision.", "Supervision of foster carers by schools has improved.", False, True),
        ("Reflective supervision, including of managers.", "Reflective supervision has improved.", True, True),
        ("Reflective supervision.", "Schools call, and reflective supervision has improved.", True, True),
        # Another board's supervision is another matter.
        ("Supervision of the LSCB by managers.", "Supervision by managers has improved.", False, False),
    ],
)
def test_match_says_if_what_was_asked_has_got_better(matcher, asked, later, improved, changed):
    match = matcher.match(Statement(asked, ("supervision",)), Statement(later, ("supervision",)))

    assert (match.improved, match.changed) == (improved, changed)


def test_head_that_a_sentence_only_adds_is_not_what_it_is_about(matcher):
    asked = Statement("Reflective supervision.", ("supervision",))

    assert matcher.match(asked, Statement("Visits, reflective supervision, are late.", ("supervision",))).head == 1
    assert matcher.match(asked, Statement("Visits, including reflective supervision.", ("supervision",))).head == 0
