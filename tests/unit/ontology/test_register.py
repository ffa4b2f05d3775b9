from datetime import date

import pytest

from caregraph.ontology.vocabulary import load_vocabulary

DURHAM, SOUTH_TYNESIDE = "E06000047", "E08000023"


@pytest.mark.parametrize(
    ("spelling", "names"),
    [
        ("Durham", ["Durham"]),
        ("County Durham", ["Durham"]),
        ("Durham County Council", ["Durham"]),
        ("newcastle", ["Newcastle upon Tyne"]),
        ("Hull", ["Kingston upon Hull"]),
        ("City of Bristol", ["Bristol"]),
        ("Royal Borough of Greenwich", ["Greenwich"]),
        ("South Tyneside Metropolitan Borough", ["South Tyneside"]),
        ("London Corporation", ["City of London"]),
        ("St. Helens", ["St Helens"]),
        ("Telford & Wrekin", ["Telford and Wrekin"]),
        ("BCP Council", ["Bournemouth, Christchurch and Poole"]),
        ("Kingston", []),  # upon Hull or upon Thames
        ("Atlantis", []),
    ],
)
def test_register_knows_the_forms_that_reports_use(spelling: str, names: list[str]) -> None:
    assert [term.name for term in load_vocabulary().authorities_named(spelling)] == names


def test_register_has_every_council_once() -> None:
    councils = load_vocabulary().authorities
    present = [term for term in councils if term.ended is None]

    assert len(present) == 153
    assert len({term.name for term in present}) == 153
    assert len({term.gss for term in councils}) == len(councils)
    assert all(term.region_name and term.la_code for term in councils)
    assert len({term.region for term in councils}) == 9


def test_register_orders_neighbours_by_likeness() -> None:
    vocabulary = load_vocabulary()
    names = [vocabulary.authority(gss).name for gss in vocabulary.authority(SOUTH_TYNESIDE).neighbours]

    assert len(names) == 10
    assert names[:3] == ["Sunderland", "Redcar and Cleveland", "Gateshead"]


@pytest.mark.parametrize(
    ("before", "day", "after"),
    [
        ("Cumbria", date(2023, 3, 31), {"Cumberland", "Westmorland and Furness"}),
        ("Northamptonshire", date(2021, 3, 31), {"North Northamptonshire", "West Northamptonshire"}),
        ("Poole", date(2019, 3, 31), {"Bournemouth, Christchurch and Poole"}),
        ("Bournemouth", date(2019, 3, 31), {"Bournemouth, Christchurch and Poole"}),
        ("Cheshire", date(2009, 3, 31), {"Cheshire East", "Cheshire West and Chester"}),
        ("Bedfordshire", date(2009, 3, 31), {"Bedford", "Central Bedfordshire"}),
    ],
)
def test_register_says_who_followed_a_council(before: str, day: date, after: set[str]) -> None:
    vocabulary = load_vocabulary()
    (council,) = vocabulary.authorities_named(before)
    successors = [vocabulary.authority(gss) for gss in council.successors]

    assert council.ended == day
    assert {term.name for term in successors} == after
    assert all(council.gss in term.predecessors for term in successors)
    assert all(not term.existed_on(day) for term in successors)


@pytest.mark.parametrize(("day", "gss"), [(date(2016, 1, 1), "E10000009"), (date(2021, 1, 1), "E06000059")])
def test_register_tells_two_councils_of_one_name_by_the_day(day: date, gss: str) -> None:
    there = [term.gss for term in load_vocabulary().authorities_named("Dorset") if term.existed_on(day)]

    assert there == [gss]


def test_register_counts_an_unknown_beginning_as_long_ago() -> None:
    assert load_vocabulary().authority(DURHAM).existed_on(date(1990, 1, 1))
