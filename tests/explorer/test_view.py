import pytest

from explorer.view import LIMIT, View
from ontology.iris import THINGS

A, B, C = (f"{THINGS}authority/E9900000{number}" for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("view", "address"),
    [
        (View(), {}),
        (View((A,)), {"nodes": "authority/E99000001"}),
        (View((A, B), B), {"nodes": "authority/E99000001,authority/E99000002", "selected": "authority/E99000002"}),
        (View(("https://example.org/x",)), {"nodes": "https://example.org/x"}),
    ],
)
def test_address_opens_the_same_view(view, address):
    assert view.address() == address
    assert View.of(address) == view


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ({"nodes": ",,"}, View()),
        ({"nodes": "authority/E99000001,authority/E99000001"}, View((A,))),
        # What is selected must be shown.
        ({"nodes": "authority/E99000001", "selected": "authority/E99000002"}, View((A,))),
        ({"selected": "authority/E99000002"}, View()),
    ],
)
def test_view_of_an_odd_address_is_a_whole_view(address, expected):
    assert View.of(address) == expected


def test_view_of_a_long_address_is_cut():
    assert len(View.of({"nodes": ",".join(map(str, range(5000)))}).shown) == LIMIT


def test_view_adds_and_keeps():
    assert View((A,), A).adding([B, A, C], selected=B) == View((A, B, C), B)
    assert View((A, B, C), B).keeping([A, C]) == View((A, C), None)
