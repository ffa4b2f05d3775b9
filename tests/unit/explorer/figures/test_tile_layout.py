"""Tile layout of the map."""

import pytest

from caregraph.explorer.figures.tile_layout import england, region_blocks, short_letters
from caregraph.graph.queries.authorities import RegisteredAuthority
from caregraph.graph.queries.nodes import Node
from caregraph.ontology.vocabulary import load_vocabulary


def council(name: str, region: str | None, *, ended: str | None = None) -> RegisteredAuthority:
    return RegisteredAuthority(
        Node(name, name, "LocalAuthority"), Node(region, region, "Region") if region else None, ended, documents=1
    )


def register() -> list[RegisteredAuthority]:
    return [
        council(authority.name, authority.region_name, ended=str(authority.ended) if authority.ended else None)
        for authority in load_vocabulary().authorities
    ]


def cells(blocks) -> list[tuple[int, int]]:
    return [
        (block.position[0] + tile.position[0], block.position[1] + tile.position[1])
        for block in blocks
        for tile in block.tiles
    ]


def test_drawing_has_each_council_of_the_register_once_and_in_its_region():
    drawings, letters = england()
    drawn = {name: region for region, drawing in drawings.items() for name in drawing.tiles}

    assert drawn == {council.node.name: council.region.name for council in register() if not council.ended}
    assert drawn.keys() == letters.keys()
    assert len(set(letters.values())) == len(letters)


def test_tiles_do_not_lie_on_each_other():
    invented = [council(f"Place {number}", "Farrowdale") for number in range(9)]
    positions = cells(region_blocks([*register(), *invented, council("Nowhere", None)]))

    assert len(positions) == 153 + 10 == len(set(positions))


def test_region_that_is_on_no_map_has_a_block_of_its_own_in_the_free_corner():
    first, *drawn = region_blocks([*register(), council("Ashmere", "Farrowdale"), council("Brackenford", "Farrowdale")])

    assert (first.name, first.position, first.size) == ("Farrowdale", (1, 2), (2, 1))
    assert [tile.letters for tile in first.tiles] == ["ASH", "BRA"]
    assert len(drawn) == 9


def test_council_that_the_drawing_does_not_know_is_still_on_the_map():
    [block] = region_blocks([council("Durham", "North East"), council("New Town", "North East")])

    assert [(tile.council.node.name, tile.letters) for tile in block.tiles] == [("Durham", "DUR"), ("New Town", "NET")]
    assert len({tile.position for tile in block.tiles}) == 2


def test_former_councils_are_on_no_map():
    assert region_blocks([council("Tarrowby", "Farrowdale", ended="2019-03-31")]) == []


@pytest.mark.parametrize(("name", "letters"), [("Ashmere", "ASH"), ("Isle of Oak", "ISO"), ("Ox", "OX"), ("", "?")])
def test_short_letters_leave_out_small_words(name, letters):
    assert short_letters(name) == letters
