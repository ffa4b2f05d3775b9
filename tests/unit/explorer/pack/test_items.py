import pytest

from caregraph.explorer.pack.items import LIMIT, PackItem, moved_item, noted_item, with_item, without_item

ITEMS = tuple(PackItem(key=key, title=key.upper()) for key in "abc")


@pytest.mark.parametrize(
    ("key", "step", "expected"),
    [("b", -1, "bac"), ("b", 1, "acb"), ("a", -1, "abc"), ("c", 1, "abc"), ("a", 2, "bca")],
)
def test_item_moves_and_stays_in_the_list(key, step, expected):
    assert "".join(item.key for item in moved_item(ITEMS, key, step)) == expected


def test_item_is_added_once_and_taken_out():
    again = PackItem(key="b", title="another title")

    assert with_item(ITEMS, again) == ITEMS
    assert with_item(ITEMS[:2], ITEMS[2]) == ITEMS
    assert without_item(ITEMS, "b") == (ITEMS[0], ITEMS[2])


def test_pack_has_a_limit():
    full = tuple(PackItem(key=str(number), title="") for number in range(LIMIT))

    assert with_item(full, ITEMS[0]) == full


def test_note_is_on_its_item_alone():
    noted = noted_item(ITEMS, "c", "Ask them first")

    assert [item.note for item in noted] == ["", "", "Ask them first"]
