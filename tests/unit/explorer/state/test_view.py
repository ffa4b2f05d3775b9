import json

import pytest

from caregraph.explorer.network.filters import Filters
from caregraph.explorer.state.view import LIMIT, View, view_in_file
from caregraph.ontology.iris import THINGS

A, B, C = (f"{THINGS}authority/E9900000{number}" for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("view", "address"),
    [
        (View(), {}),
        (View((A,)), {"nodes": "authority/E99000001"}),
        (View((A, B), B), {"nodes": "authority/E99000001,authority/E99000002", "selected": "authority/E99000002"}),
        (View(("https://example.org/x",)), {"nodes": "https://example.org/x"}),
        (
            View((A, B), pinned={B: (12, -40)}, arranged="years"),
            {
                "nodes": "authority/E99000001,authority/E99000002",
                "pinned": "authority/E99000002@12@-40",
                "arranged": "years",
            },
        ),
        (
            View((A,), filters=Filters(grades=("good",), regions=("North East", "South West"), first=2019, sure=70)),
            {
                "nodes": "authority/E99000001",
                "regions": "North East~South West",
                "grades": "good",
                "first": "2019",
                "sure": "70",
            },
        ),
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
        # What is selected or pinned must be shown.
        ({"nodes": "authority/E99000001", "selected": "authority/E99000002"}, View((A,))),
        ({"nodes": "authority/E99000001", "pinned": "authority/E99000002@1@2"}, View((A,))),
        ({"selected": "authority/E99000002"}, View()),
        ({"nodes": "authority/E99000001", "pinned": "authority/E99000001@near@far", "arranged": "upside"}, View((A,))),
        ({"packed": "not packed at all"}, View()),
    ],
)
def test_view_of_an_odd_address_is_a_whole_view(address, expected):
    assert View.of(address) == expected


def test_long_list_of_nodes_is_packed_and_opens_the_same_view():
    view = View(tuple(f"{THINGS}finding/{number:064x}-{number}" for number in range(LIMIT)))
    address = view.address()

    assert View.of(address) == view
    assert "nodes" not in address
    assert len(address["packed"]) < sum(map(len, view.shown)) / 4


def test_view_of_a_long_address_is_cut():
    assert len(View.of({"nodes": ",".join(map(str, range(5000)))}).shown) == LIMIT


def test_view_adds_keeps_and_pins():
    assert View((A,), A).adding([B, A, C], selected=B) == View((A, B, C), B)
    assert View((A, B, C), B, {B: (1, 2), C: (3, 4)}).keeping([A, C]) == View((A, C), None, {C: (3, 4)})
    assert View((A,)).pinning(A, (1.4, -2.6)) == View((A,), pinned={A: (1, -3)})
    assert View((A,), pinned={A: (1, -3)}).releasing(A) == View((A,))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "not a JSON file"),
        (b"[1]", "no view in it"),
        (b'{"view": "nodes"}', "no view in it"),
        (b'{"view": {"selected": "x"}}', "shows nothing"),
    ],
)
def test_file_without_a_view_is_refused_with_a_reason(content, said):
    with pytest.raises(ValueError, match=said):
        view_in_file(content)


def test_file_gives_its_view_and_the_places_that_are_places():
    held = {
        "view": View((A, B), A).address(),
        "nodes": [{"iri": A, "x": 1, "y": 2.5}, {"iri": B, "x": "left", "y": 0}, 3],
    }

    assert view_in_file(json.dumps(held).encode()) == (View((A, B), A), {A: (1.0, 2.5)})
