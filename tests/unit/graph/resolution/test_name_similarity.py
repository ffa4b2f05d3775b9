import pytest

from caregraph.graph.resolution.name_similarity import compare_names, match_acronyms, match_initials

COMMON = frozenset("child family service support early help board health care".split())


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Lighthouse Team", "the lighthouse teams", "same-words"),
        ("Adopt Farrowdale", "AdoptFarrowdale", "same-letters"),
        # A footnote's number stands at the end of a word.
        ("Operation Lantern4", "Operation Lantern", "same-words"),
        ("Farrowdale Adoption", "Adoption Farrowdale", "same-words-in-another-order"),
        ("corporate parent panel", "corporate parenting panel", "spelt-alike"),
        ("Lanternn House team", "Lantern House team", "spelt-alike"),
        # What is left tells the thing, whatever it is said to be.
        ("Lantern team", "Lantern service", "same-but-for-the-last-word"),
        ("Lantern", "Lantern project", "same-but-for-the-last-word"),
        ("Safer Ashmere Partnership Board", "Safer Ashmere Partnership", "same-but-for-the-last-word"),
        (
            "Child and Family Court Advisory Service",
            "Child and Family Court Advisory and Support Service",
            "one-word-more",
        ),
        # It does not tell it where many names have it.
        ("early help team", "early help service", None),
        ("family support service", "family support programme", None),
        # A point of the compass is no small difference; nor is an age.
        ("North Farrowdale Integrated Care Board", "North East Farrowdale Integrated Care Board", "nearly"),
        ("Mini Change Council", "Midi Change Council", "nearly"),
        ("adult health service", "adolescent health service", None),
        ("Lighthouse Team", "Harbour House", None),
        # Acronyms are compared as such.
        ("CADS", "CARS", None),
    ],
)
def test_compare_names_gives_the_reason(left, right, expected):
    reason, reverse = compare_names(left, right, common=COMMON), compare_names(right, left, common=COMMON)

    assert (reason and reason.id) == (reverse and reverse.id) == expected


def test_acronym_is_made_of_a_names_initials():
    assert match_initials(["HAT"], ["Harbour Assessment Team"]).weight > 0
    assert match_initials(["HAT"], ["Harbour and Adoption Team"]).weight > 0
    assert match_initials(["HAT"], ["Lighthouse Team"]) is None


@pytest.mark.parametrize(
    ("left", "right", "match"),
    [
        (["HADS", "Harbour Advice and Duty Service"], ["HADS", "harbour advisory duty service"], True),
        (["HADS"], ["HADS"], True),
        # One acronym, two names: two things.
        (["FST", "family safeguarding team"], ["FST", "Farrowdale sports trust"], False),
        (["HADS"], ["HARS"], False),
    ],
)
def test_one_acronym_means_one_thing_unless_the_names_differ(left, right, match):
    assert (match_acronyms(left, right) is not None) == match
