"""Candidate pairs are all that can be one thing, and not many more."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from caregraph.graph.resolution.blocking import candidate_pairs
from caregraph.graph.resolution.compare_people import score_people
from caregraph.graph.resolution.identity import Identity
from caregraph.graph.resolution.profiles import Profile

GIVEN = (
    "Pete",
    "Peter",
    "Petra",
    "Clare",
    "Claire",
    "Ann",
    "Anne",
    "Anna",
    "Chris",
    "Christine",
    "Sam",
    "Jo",
    "Joanne",
)
FAMILY = ("Example", "Exampel", "Farrowan", "Farrowen", "Taylor-Example", "Taylorexample", "Mc Moor", "Mcmoor")
NAMES = st.tuples(st.sampled_from(GIVEN), st.sampled_from(("", "J ")), st.sampled_from(FAMILY))


def person(name: str, number: int) -> Profile:
    identity = Identity(f"person/{number}", name, "person", "", "inspector-name", "by name")
    return Profile(identity=identity, names=(name,), documents=("a.pdf",), years=(2024,), roles=frozenset({"lead"}))


@given(st.lists(NAMES.map(lambda parts: f"{parts[0]} {parts[1]}{parts[2]}"), max_size=12, unique=True))
def test_people_whose_names_may_be_one_are_candidates(names: list[str]) -> None:
    people = [person(name, number) for number, name in enumerate(names)]
    candidates = {frozenset((left.iri, right.iri)) for left, right in candidate_pairs(people)}

    assert [
        (left.name, right.name)
        for left, right in combinations(people, 2)
        if score_people(left, right) and frozenset((left.iri, right.iri)) not in candidates
    ] == []


def test_a_common_family_name_makes_no_candidates() -> None:
    people = [person(f"{name} Smith", number) for number, name in enumerate(("Ann", "Bela", "Chloe", "Dinah", "Edith"))]

    assert list(candidate_pairs(people)) == []
