import pytest

from caregraph.graph.resolution.clustering import DOUBT, SAME
from caregraph.graph.resolution.compare_people import person_likeness
from caregraph.graph.resolution.identity import Identity
from caregraph.graph.resolution.profiles import Profile


def met(name, year, role="inspector", *, place="", region=None, beside=()):
    identity = Identity(f"{name} {year} {place}", name, "person", place, "a rule", "a reason")
    return Profile(
        identity=identity,
        names=(name,),
        documents=(),
        years=(year,),
        roles=frozenset({role}),
        beside=frozenset(beside),
        council=place or None,
        region=region,
    )


def leader(name, year, place, region="Farrowdale"):
    return met(name, year, "dcs", place=place, region=region)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (met("Pete Example", 2015), met("Peter Example", 2017), "one"),
        (met("Ann Example", 2015), met("Ann Example", 2021), "one"),
        (met("Fiona J Example", 2015), met("Fiona Example", 2016), "one"),
        (met("Claire Example", 2015), met("Clare Example", 2016), "one"),
        (met("Ann Marriott", 2015), met("Ann Mariott", 2016), "one"),
        (met("Ann McExample", 2015), met("Ann Mc Example", 2016), "one"),
        (leader("Ann Example", 2019, "Ashmere"), leader("Ann Example", 2021, "Tarrowby"), "one"),
        # Far years, other posts, other regions: nobody assumes that they are one.
        (met("Ann Example", 2013), met("Ann Example", 2025), "doubtful"),
        (met("Ann Example", 2015), leader("Ann Example", 2023, "Ashmere"), "two"),
        (leader("Ann Example", 2013, "Ashmere"), leader("Ann Example", 2021, "Tarrowby"), "doubtful"),
        (leader("Ann Example", 2020, "Ashmere"), leader("Ann Example", 2021, "Tarrowby", "Elsewhere"), "doubtful"),
        # Chris may be Christine or Christopher.
        (met("Chris Example", 2015), met("Christine Example", 2015), "doubtful"),
        # Two names in one team are two people.
        (
            met("Pete Example", 2015, beside=["Peter Example"]),
            met("Peter Example", 2015, beside=["Pete Example"]),
            "two",
        ),
        (met("Paul Example", 2015), met("Paula Example", 2015), "none"),
        (met("Tim Example", 2015), met("Tom Example", 2015), "none"),
        (met("Ann Example", 2015), met("Ann Other", 2015), "none"),
    ],
)
def test_people_are_one_doubtful_or_two(left, right, expected):
    likeness = person_likeness(left, right)

    assert _verdict(likeness) == expected
    assert _verdict(person_likeness(right, left)) == expected


def _verdict(likeness):
    if likeness is None:
        return "none"
    return "one" if likeness.score >= SAME else "doubtful" if likeness.score >= DOUBT else "two"


def test_likeness_is_explained():
    why = person_likeness(met("Pete Example", 2015), met("Peter Example", 2017)).why

    assert "'Pete' and 'Peter' may be one given name" in why
    assert "both are inspectors" in why
    assert "2 years apart" in why
