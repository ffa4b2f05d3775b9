import pytest

from caregraph.graph.resolution.clustering import MATCH_THRESHOLD, REVIEW_THRESHOLD
from caregraph.graph.resolution.compare_people import score_people
from caregraph.graph.resolution.identity import Identity
from caregraph.graph.resolution.profiles import Profile


def person(name, year, role="inspector", *, authority="", region=None, named_with=()):
    identity = Identity(f"{name} {year} {authority}", name, "person", authority, "a rule", "a reason")
    return Profile(
        identity=identity,
        names=(name,),
        documents=(),
        years=(year,),
        roles=frozenset({role}),
        named_with=frozenset(named_with),
        authority_name=authority or None,
        region=region,
    )


def leader(name, year, authority, region="Farrowdale"):
    return person(name, year, "dcs", authority=authority, region=region)


def chief(name, year, authority, region="Farrowdale"):
    return person(name, year, "other", authority=authority, region=region)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (person("Pete Example", 2015), person("Peter Example", 2017), "one"),
        (person("Ann Example", 2015), person("Ann Example", 2021), "one"),
        (person("Fiona J Example", 2015), person("Fiona Example", 2016), "one"),
        (person("Claire Example", 2015), person("Clare Example", 2016), "one"),
        (person("Ann Marriott", 2015), person("Ann Mariott", 2016), "one"),
        (person("Ann McExample", 2015), person("Ann Mc Example", 2016), "one"),
        (leader("Ann Example", 2019, "Ashmere"), leader("Ann Example", 2021, "Tarrowby"), "one"),
        # Directors of children's services are few, and go from council to council.
        (leader("Ann Example", 2020, "Ashmere"), leader("Ann Example", 2021, "Tarrowby", "Elsewhere"), "one"),
        # One vowel for another is a slip in a long name, in one region.
        (chief("Ann Farrowan", 2019, "Ashmere"), chief("Ann Farrowen", 2023, "Tarrowby"), "one"),
        (chief("Ann Farrowan", 2019, "Ashmere"), chief("Ann Farrowans", 2023, "Tarrowby"), "review"),
        (chief("Ann Allan", 2019, "Ashmere"), chief("Ann Allen", 2023, "Tarrowby"), "review"),
        (chief("Ann Farrowan", 2019, "Ashmere"), chief("Ann Farrowen", 2023, "Tarrowby", "Elsewhere"), "two"),
        # Far years, other posts, other regions: nobody assumes that they are one.
        (person("Ann Example", 2013), person("Ann Example", 2025), "review"),
        (person("Ann Example", 2015), leader("Ann Example", 2023, "Ashmere"), "two"),
        (leader("Ann Example", 2013, "Ashmere"), leader("Ann Example", 2021, "Tarrowby"), "review"),
        (
            person("Ann Example", 2020, "other", authority="Ashmere", region="Farrowdale"),
            person("Ann Example", 2021, "other", authority="Tarrowby", region="Elsewhere"),
            "review",
        ),
        # Chris may be Christine or Christopher.
        (person("Chris Example", 2015), person("Christine Example", 2015), "review"),
        # Two names in one team are two people.
        (
            person("Pete Example", 2015, named_with=["Peter Example"]),
            person("Peter Example", 2015, named_with=["Pete Example"]),
            "two",
        ),
        (person("Paul Example", 2015), person("Paula Example", 2015), "none"),
        (person("Tim Example", 2015), person("Tom Example", 2015), "none"),
        (person("Ann Example", 2015), person("Ann Other", 2015), "none"),
    ],
)
def test_people_are_one_two_or_left_to_review(left, right, expected):
    assert _outcome(score_people(left, right)) == expected
    assert _outcome(score_people(right, left)) == expected


def _outcome(score):
    if score is None:
        return "none"
    if score.probability >= MATCH_THRESHOLD:
        return "one"
    return "review" if score.probability >= REVIEW_THRESHOLD else "two"


def test_match_score_is_explained():
    why = score_people(person("Pete Example", 2015), person("Peter Example", 2017)).why

    assert "'Pete' and 'Peter' may be one given name" in why
    assert "both are inspectors" in why
    assert "2 years apart" in why
