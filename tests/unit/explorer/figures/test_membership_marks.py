"""Marks of a council's relation to a shared service."""

import pytest

from caregraph.explorer.figures.membership_marks import (
    CONTRADICTED,
    IMPLIED,
    JOINING,
    LEFT,
    MENTIONED,
    NO_REPORT,
    SHARED,
    UNLISTED,
    UNMENTIONED,
    has_list,
    membership_legend,
    membership_mark,
    membership_status,
)
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.overview import AuthorityUse


def use(
    *, naming: int = 0, documents: int = 2, member: bool = False, hosts: bool = False, **said: str | int
) -> AuthorityUse:
    council = Node("c", "Ashmere", "LocalAuthority")
    return AuthorityUse(council, documents, naming, 0, 0, member, hosts, **{"later_documents": documents} | said)


@pytest.mark.parametrize(
    ("use_of_service", "listed", "expected"),
    [
        (use(naming=1, member=True), True, MENTIONED),
        (use(naming=1, hosts=True), True, MENTIONED),
        (use(naming=1), True, UNLISTED),
        # Where there is no list, nobody is missing from it.
        (use(naming=1), False, MENTIONED),
        (use(member=True), True, UNMENTIONED),
        (use(member=True, documents=0), True, NO_REPORT),
        (use(member=True, later_documents=0), True, NO_REPORT),
        (use(naming=1, member=True, standing="implied"), True, IMPLIED),
        (use(naming=1, member=True, standing="left", relation="left"), True, LEFT),
        (use(naming=1, standing="confirmed", relation="joining"), True, JOINING),
        (use(member=True, standing="contradicted"), True, CONTRADICTED),
        (use(naming=1, standing="contradicted"), True, UNLISTED),
        (use(naming=1, relation="shares"), True, SHARED),
        (use(naming=1, relation="delegated", member=True, standing="confirmed"), True, MENTIONED),
        # A report on another council says so.
        (use(member=True, relation="shares"), True, SHARED),
        (use(documents=0, relation="hosted"), False, SHARED),
    ],
)
def test_mark_tells_unmentioned_from_no_report(use_of_service, listed, expected):
    assert membership_status(use_of_service, listed=listed) == expected


def test_list_is_there_if_it_has_anybody():
    assert has_list([use(), use(hosts=True)])
    assert not has_list([use(naming=2)])


def test_mark_says_in_words_what_it_shows():
    assert membership_mark(UNMENTIONED)[1]["title"] == "listed member, not mentioned"
    assert "href" not in membership_mark(UNMENTIONED)[1]
    assert membership_mark(MENTIONED, 2, description="two", address="service?thing=a")[:2] == [
        "a",
        {"class": "tile mentioned", "title": "two", "aria-label": "two", "href": "service?thing=a"},
    ]
    assert "Mentioned 3" in str(membership_legend({MENTIONED: 3}))
