"""Marks of a council's relation to a shared service."""

import pytest

from caregraph.explorer.figures.membership_marks import (
    MEANINGS,
    SYMBOLS,
    membership_legend,
    membership_mark,
)
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.overview import AuthorityUse, has_list
from caregraph.graph.standings import STANDINGS


def use(
    *, naming: int = 0, documents: int = 2, member: bool = False, hosts: bool = False, **said: str | int
) -> AuthorityUse:
    council = Node("c", "Ashmere", "LocalAuthority")
    return AuthorityUse(council, documents, naming, 0, 0, member, hosts, **{"documents_of_its_time": documents} | said)


@pytest.mark.parametrize(
    ("use_of_service", "listed", "expected"),
    [
        (use(naming=1, member=True), True, "confirmed"),
        (use(naming=1, hosts=True), True, "confirmed"),
        (use(naming=1), True, "unlisted"),
        # Where there is no list, nobody is missing from it.
        (use(naming=1), False, "named"),
        (use(member=True), True, "silent"),
        (use(member=True, documents=0), True, "asserted"),
        (use(member=True, documents_of_its_time=0), True, "asserted"),
        (use(naming=1, member=True, attested="implied"), True, "implied"),
        (use(naming=1, member=True, attested="left", relation="left"), True, "left"),
        (use(naming=1, attested="confirmed", relation="joining"), True, "joining"),
        (use(member=True, attested="contradicted"), True, "contradicted"),
        (use(naming=1, attested="contradicted"), True, "unlisted"),
        (use(naming=1, relation="shares"), True, "shared"),
        (use(naming=1, relation="delegated", member=True, attested="confirmed"), True, "confirmed"),
        # A report on another council says so.
        (use(member=True, relation="shares"), True, "shared"),
        (use(documents=0, relation="hosted"), False, "hosted"),
        (use(documents=0, relation="hosts", member=True), True, "hosted"),
        (use(relation="delegated"), False, "delegated"),
        # The list itself says that the membership ended.
        (use(naming=1, member=True, ended=True, attested="confirmed"), True, "left"),
        (use(member=True, ended=True, attested="joining"), True, "joining"),
        # Another council's report tells that a listed member has left.
        (use(member=True, relation="left"), True, "left"),
    ],
)
def test_standing_is_that_of_lists_and_reports_together(use_of_service, listed, expected):
    assert use_of_service.find_standing(listing=listed) == expected


def test_every_standing_has_a_mark_and_a_meaning():
    assert set(STANDINGS) == SYMBOLS.keys() == MEANINGS.keys()
    assert len(set(SYMBOLS.values())) == len(set(MEANINGS.values())) == len(STANDINGS)


def test_list_is_there_if_it_has_anybody():
    assert has_list([use(), use(hosts=True)])
    assert not has_list([use(naming=2)])


def test_mark_says_in_words_what_it_shows():
    assert membership_mark("silent")[1]["title"] == "listed member, not mentioned"
    assert "href" not in membership_mark("silent")[1]
    assert membership_mark("confirmed", 2, description="two", address="service?thing=a")[:2] == [
        "a",
        {"class": "tile confirmed", "title": "two", "aria-label": "two", "href": "service?thing=a"},
    ]
    assert "mentioned 3" in str(membership_legend({"confirmed": 3}))
