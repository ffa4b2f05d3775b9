import json

import pytest

from caregraph.explorer.network.filters import Filters
from caregraph.explorer.state.network_view import LIMIT, NetworkView, pack_positions, read_saved_view, unpack_positions
from caregraph.ontology.iris import THINGS

A, B, C = (f"{THINGS}authority/E9900000{number}" for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("view", "parameters"),
    [
        (NetworkView(), {}),
        (NetworkView((A,)), {"nodes": "authority/E99000001"}),
        (
            NetworkView((A, B), B),
            {"nodes": "authority/E99000001,authority/E99000002", "selected": "authority/E99000002"},
        ),
        (NetworkView(("https://example.org/x",)), {"nodes": "https://example.org/x"}),
        (
            NetworkView((A, B), pinned={B: (12, -40)}, arranged="years", coloured="grades"),
            {
                "nodes": "authority/E99000001,authority/E99000002",
                "pinned": "authority/E99000002@12@-40",
                "arranged": "years",
                "coloured": "grades",
            },
        ),
        (
            NetworkView(
                (A,),
                filters=Filters(
                    grades=("good",), regions=("North East", "South West"), first_year=2019, min_confidence=70
                ),
            ),
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
def test_address_opens_the_same_view(view, parameters):
    assert view.as_parameters() == parameters
    assert NetworkView.from_parameters(parameters) == view


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"nodes": ",,"}, NetworkView()),
        ({"nodes": "authority/E99000001,authority/E99000001"}, NetworkView((A,))),
        # What is selected or pinned must be shown.
        ({"nodes": "authority/E99000001", "selected": "authority/E99000002"}, NetworkView((A,))),
        ({"nodes": "authority/E99000001", "pinned": "authority/E99000002@1@2"}, NetworkView((A,))),
        ({"selected": "authority/E99000002"}, NetworkView()),
        (
            {
                "nodes": "authority/E99000001",
                "pinned": "authority/E99000001@near@far",
                "arranged": "upside",
                "coloured": "red",
            },
            NetworkView((A,)),
        ),
        ({"packed": "not packed at all"}, NetworkView()),
    ],
)
def test_view_of_an_odd_address_is_a_whole_view(parameters, expected):
    assert NetworkView.from_parameters(parameters) == expected


def test_long_list_of_nodes_is_packed_and_opens_the_same_view():
    view = NetworkView(tuple(f"{THINGS}finding/{number:064x}-{number}" for number in range(LIMIT)))
    parameters = view.as_parameters()

    assert NetworkView.from_parameters(parameters) == view
    assert "nodes" not in parameters
    assert len(parameters["packed"]) < sum(map(len, view.shown)) / 4


def test_view_of_a_long_address_is_cut():
    assert len(NetworkView.from_parameters({"nodes": ",".join(map(str, range(5000)))}).shown) == LIMIT


def test_view_adds_keeps_and_pins():
    assert NetworkView((A,), A).with_nodes([B, A, C], selected=B) == NetworkView((A, B, C), B)
    assert NetworkView((A, B, C), B, {B: (1, 2), C: (3, 4)}).only_nodes([A, C]) == NetworkView(
        (A, C), None, {C: (3, 4)}
    )
    assert NetworkView((A,)).with_pin(A, (1.4, -2.6)) == NetworkView((A,), pinned={A: (1, -3)})
    assert NetworkView((A,), pinned={A: (1, -3)}).without_pin(A) == NetworkView((A,))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "not a JSON file"),
        (b"[1]", "no saved view"),
        (b'{"view": "nodes"}', "no saved view"),
        (b'{"view": {"selected": "x"}}', "empty"),
    ],
)
def test_file_without_a_view_is_refused_with_a_reason(content, message):
    with pytest.raises(ValueError, match=message):
        read_saved_view(content)


def test_file_gives_its_view_and_the_positions_that_are_numbers():
    saved = {
        "view": NetworkView((A, B), A).as_parameters(),
        "nodes": [{"iri": A, "x": 1, "y": 2.5}, {"iri": B, "x": "left", "y": 0}, 3],
    }

    assert read_saved_view(json.dumps(saved).encode()) == (NetworkView((A, B), A), {A: (1.0, 2.5)})


def test_line_is_in_the_address_and_goes_with_its_ends_or_when_a_node_is_selected():
    view = NetworkView((A, B, C)).with_link((A, B))

    assert NetworkView.from_parameters(view.as_parameters()) == view
    assert view.only_nodes([A, C]).link is None
    assert view.with_selected(C).link is None
    assert view.with_nodes([], selected=C).link is None
    assert NetworkView.from_parameters({"nodes": "a", "link": "a~b"}).link is None


@pytest.mark.parametrize("text", ["", "nonsense", "AAAA", "!", "AAAAAAAAAAAA"])
def test_positions_that_are_not_those_of_the_view_are_left_out(text):
    assert unpack_positions(NetworkView((A, B)), text) == {}


def test_positions_are_kept_to_the_pixel_and_a_node_without_one_stays_so():
    view, positions = NetworkView((A, B, C)), {A: (-1234.0, 5.0), C: (99999.0, 0.0)}

    assert unpack_positions(view, pack_positions(view, positions)) == {A: (-1234.0, 5.0), C: (32767.0, 0.0)}


def test_address_names_the_groups_that_are_opened():
    view = NetworkView(
        (f"{THINGS}agency/a",), opened=(f"group Document {THINGS}agency/a", f"group Finding {THINGS}agency/a")
    )

    assert view.as_parameters()["opened"] == "group Document agency/a~group Finding agency/a"
    assert NetworkView.from_parameters(view.as_parameters()) == view
    assert NetworkView.from_parameters({"nodes": "agency/a", "opened": "nonsense"}).opened == ()
