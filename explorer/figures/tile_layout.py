"""Where the tiles of the map go: England as `england.txt` draws it, and any other region as a block of its own."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

from caregraph.graph.queries.authorities import RegisteredAuthority

WIDE = 7  # tiles beside each other in a block that nobody has drawn
CORNER = 4  # rows of the corner that England leaves free
ELSEWHERE = "Elsewhere"

Place = tuple[int, int]  # column and row, from 1


@dataclass(frozen=True, slots=True)
class Tile:
    """A council at a place of its block, with the three or four letters that stand for it."""

    council: RegisteredAuthority
    short: str
    place: Place


@dataclass(frozen=True, slots=True)
class Block:
    """A region's tiles; its first one is at ``place`` of the map, and above that is a row for the region's name."""

    name: str
    place: Place
    tiles: tuple[Tile, ...]

    @property
    def size(self) -> Place:
        """How many columns and rows it has."""
        return max(tile.place[0] for tile in self.tiles), max(tile.place[1] for tile in self.tiles)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A region as it is drawn: its place on the map, and the place of each council in it by the council's name."""

    place: Place
    places: Mapping[str, Place]


@cache
def england() -> tuple[Mapping[str, Drawing], Mapping[str, str]]:
    """The regions as drawn, by name, and the letters of each council, by name."""
    parts = Path(__file__).with_name("england.txt").read_text(encoding="utf-8").split("\n\n")
    names = dict(line.split(" ", 1) for line in parts[-1].splitlines())
    drawings = dict(_drawing(part.splitlines(), names) for part in parts[1:-1])
    return drawings, {name: letters for letters, name in names.items()}


def _drawing(lines: Sequence[str], names: Mapping[str, str]) -> tuple[str, Drawing]:
    name, _, place = lines[0].partition(" @ ")
    column, row = map(int, place.split())
    places = {
        names[letters]: (x, y)
        for y, line in enumerate(lines[1:], 1)
        for x, letters in enumerate(line.split(), 1)
        if letters != "."
    }
    return name, Drawing((column, row), places)


def blocks(councils: Iterable[RegisteredAuthority]) -> list[Block]:
    """The councils now in being as blocks of tiles, those that are on no map of England first."""
    regions: dict[str, list[RegisteredAuthority]] = defaultdict(list)
    for council in councils:
        if not council.ended:
            regions[council.region.name if council.region else ELSEWHERE].append(council)
    drawings, letters = england()
    drawn = [_drawn(name, drawings[name], regions[name], letters) for name in drawings if name in regions]
    others = [(name, found) for name, found in regions.items() if name not in drawings]
    return [*_others(others, bottom=_bottom(drawn)), *drawn]


def _drawn(name: str, drawing: Drawing, councils: Sequence[RegisteredAuthority], letters: Mapping[str, str]) -> Block:
    """A region of England; a council that the drawing does not know follows in rows of its own."""
    below = max(row for _, row in drawing.places.values()) + 1
    free = ((1 + number % WIDE, below + number // WIDE) for number in count())
    tiles = [
        Tile(
            council,
            letters.get(council.node.name, short(council.node.name)),
            drawing.places.get(council.node.name) or next(free),
        )
        for council in councils
    ]
    return Block(name, drawing.place, tuple(sorted(tiles, key=lambda tile: tile.place[::-1])))


def _others(regions: Sequence[tuple[str, Sequence[RegisteredAuthority]]], *, bottom: int) -> list[Block]:
    """Regions that nobody has drawn: the first in the free corner if it fits, all others below the map."""
    found, row, corner = [], bottom + 2, True
    for name, councils in regions:
        rows = -(-len(councils) // WIDE)
        in_corner, corner = corner and rows <= CORNER, False
        tiles = (
            Tile(council, short(council.node.name), (1 + number % WIDE, 1 + number // WIDE))
            for number, council in enumerate(councils)
        )
        found.append(Block(name, (1, 2) if in_corner else (1, row), tuple(tiles)))
        row += 0 if in_corner else rows + 1
    return found


def _bottom(found: Iterable[Block]) -> int:
    return max((block.place[1] + block.size[1] for block in found), default=1)


def short(name: str) -> str:
    """Letters that stand for a council that is not in the drawing.

    >>> short("Oxmarsh and Tarrowby"), short("Ashmere")
    ('OXT', 'ASH')
    """
    words = re.findall(r"\w+", name.upper())
    telling: list[str] = [word for word in words if word not in ("AND", "OF", "THE", "UPON")] or words or ["?"]
    return telling[0][:3] if len(telling) == 1 else (telling[0][:2] + telling[1][:1])
