"""Where the tiles of the map go."""

import pytest

from caregraph.explorer.figures.tile_layout import blocks, england, short
from caregraph.graph.queries.authorities import RegisteredAuthority
from caregraph.graph.queries.nodes import Node
from caregraph.ontology.vocabulary import load_vocabulary


def council(name: str, region: str | None, *, ended: str | None = None) -> RegisteredAuthority:
    return RegisteredAuthority(
        Node(name, name, "LocalAuthority"), Node(region, region, "Region") if region else None, ended, documents=1
    )


def register() -> list[RegisteredAuthority]:
    return [
        council(one.name, one.region_name, ended=str(one.ended) if one.ended else None)
        for one in load_vocabulary().authorities
    ]


def cells(found) -> list[tuple[int, int]]:
    return [(block.place[0] + tile.place[0], block.place[1] + tile.place[1]) for block in found for tile in block.tiles]


def test_drawing_has_each_council_of_the_register_once_and_in_its_region():
    drawings, letters = england()
    drawn = {name: region for region, drawing in drawings.items() for name in drawing.places}

    assert drawn == {one.node.name: one.region.name for one in register() if not one.ended}
    assert drawn.keys() == letters.keys()
    assert len(set(letters.values())) == len(letters)


def test_tiles_do_not_lie_on_each_other():
    invented = [council(f"Place {number}", "Farrowdale") for number in range(9)]
    found = cells(blocks([*register(), *invented, council("Nowhere", None)]))

    assert len(found) == 153 + 10 == len(set(found))


def test_region_that_is_on_no_map_has_a_block_of_its_own_in_the_free_corner():
    first, *others = blocks([*register(), council("Ashmere", "Farrowdale"), council("Brackenford", "Farrowdale")])

    assert (first.name, first.place, first.size) == ("Farrowdale", (1, 2), (2, 1))
    assert [tile.short for tile in first.tiles] == ["ASH", "BRA"]
    assert len(others) == 9


def test_council_that_the_drawing_does_not_know_is_still_on_the_map():
    [block] = blocks([council("Durham", "North East"), council("New Town", "North East")])

    assert [(tile.council.node.name, tile.short) for tile in block.tiles] == [("Durham", "DUR"), ("New Town", "NET")]
    assert len({tile.place for tile in block.tiles}) == 2


def test_former_councils_are_on_no_map():
    assert blocks([council("Tarrowby", "Farrowdale", ended="2019-03-31")]) == []


@pytest.mark.parametrize(("name", "letters"), [("Ashmere", "ASH"), ("Isle of Oak", "ISO"), ("Ox", "OX"), ("", "?")])
def test_short_is_made_of_telling_words(name, letters):
    assert short(name) == letters
