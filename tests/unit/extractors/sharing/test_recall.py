"""Shared things that later sentences call by their kind; the sentences are invented."""

import pytest

from caregraph.extractors.sharing.grammar import Statement
from caregraph.extractors.sharing.recall import KnownThings

JOINT = Statement("joint adoption service", None, "service", "shares", ("Walsall",), "Walsall", None, "now")


@pytest.mark.parametrize(
    ("sentence", "things"),
    [
        ("The joint adoption service is good at finding families.", ["joint adoption service"]),
        ("Families like the shared adoption service.", ["joint adoption service"]),
        # Nothing says that this service is the shared one.
        ("The adoption service is good at finding families.", []),
        ("The joint service is good.", []),
        ("The joint adoption and fostering panel is well chaired.", []),
    ],
)
def test_thing_that_was_said_to_be_shared_is_known_by_its_kind(sentence, things):
    known = KnownThings()
    known.add([JOINT])

    statements = known.recall(sentence)

    assert [statement.thing for statement in statements] == things
    assert all(statement.partners == () for statement in statements)


@pytest.mark.parametrize("change", [{"relation": "left", "time": "past"}, {"relation": "joining", "time": "future"}])
def test_thing_that_is_not_shared_now_is_not_recalled(change):
    known = KnownThings()
    known.add([JOINT._replace(**change)])

    assert known.recall("The joint adoption service is good.") == ()
