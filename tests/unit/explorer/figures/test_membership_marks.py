"""How a council stands to a shared thing."""

import pytest

from caregraph.explorer.figures.membership_marks import EXPECTED, NAMED, SILENT, UNLISTED, has_list, key, mark, state
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.overview import AuthorityUse


def reach(*, naming: int = 0, documents: int = 2, member: bool = False, hosts: bool = False) -> AuthorityUse:
    return AuthorityUse(Node("c", "Ashmere", "LocalAuthority"), documents, naming, 0, 0, member, hosts)


@pytest.mark.parametrize(
    ("found", "listed", "expected"),
    [
        (reach(naming=1, member=True), True, NAMED),
        (reach(naming=1, hosts=True), True, NAMED),
        (reach(naming=1), True, UNLISTED),
        # Where there is no list, nobody is missing from it.
        (reach(naming=1), False, NAMED),
        (reach(member=True), True, SILENT),
        (reach(member=True, documents=0), True, EXPECTED),
    ],
)
def test_mark_tells_silence_from_not_being_known(found, listed, expected):
    assert state(found, listed=listed) == expected


def test_list_is_there_if_it_has_anybody():
    assert has_list([reach(), reach(hosts=True)])
    assert not has_list([reach(naming=2)])


def test_mark_says_in_words_what_it_shows():
    assert mark(SILENT)[1]["title"] == "listed, but reports are silent"
    assert "href" not in mark(SILENT)[1]
    assert mark(NAMED, "2", said="two", href="service?thing=a")[:2] == [
        "a",
        {"class": "tile named", "title": "two", "aria-label": "two", "href": "service?thing=a"},
    ]
    assert "A report names it 3" in str(key({NAMED: 3}))
