"""Tile layout of the map: England as `england.txt` draws it, and any other region as a block of its own."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

from caregraph.graph.queries.authorities import RegisteredAuthority

WIDTH = 7  # tiles beside each other in a block that is not in the drawing
CORNER_ROWS = 4  # of the corner that England leaves free
ELSEWHERE = "Elsewhere"

GridPosition = tuple[int, int]  # column and row, from 1


@dataclass(frozen=True, slots=True)
class MapTile:
    """An authority at a position of its block, with the three or four letters that stand for it."""

    council: RegisteredAuthority
    letters: str
    position: GridPosition


@dataclass(frozen=True, slots=True)
class RegionBlock:
    """A region's tiles; the first one is at ``position`` of the map, and the row above has the region's name."""

    name: str
    position: GridPosition
    tiles: tuple[MapTile, ...]

    @property
    def size(self) -> GridPosition:
        """Number of columns and rows."""
        return max(tile.position[0] for tile in self.tiles), max(tile.position[1] for tile in self.tiles)


@dataclass(frozen=True, slots=True)
class RegionDrawing:
    """A region in the drawing: its position on the map, and in the region those of its authorities, by their names."""

    position: GridPosition
    tiles: Mapping[str, GridPosition]


@cache
def england() -> tuple[Mapping[str, RegionDrawing], Mapping[str, str]]:
    """The regions of the drawing, by name, and the letters of each authority, by name."""
    parts = Path(__file__).with_name("england.txt").read_text(encoding="utf-8").split("\n\n")
    names = dict(line.split(" ", 1) for line in parts[-1].splitlines())
    drawings = dict(_read_region(part.splitlines(), names) for part in parts[1:-1])
    return drawings, {name: letters for letters, name in names.items()}


def _read_region(lines: Sequence[str], names: Mapping[str, str]) -> tuple[str, RegionDrawing]:
    name, _, position = lines[0].partition(" @ ")
    column, row = map(int, position.split())
    tiles = {
        names[letters]: (x, y)
        for y, line in enumerate(lines[1:], 1)
        for x, letters in enumerate(line.split(), 1)
        if letters != "."
    }
    return name, RegionDrawing((column, row), tiles)


def region_blocks(councils: Iterable[RegisteredAuthority]) -> list[RegionBlock]:
    """Blocks of tiles of the authorities that exist now, those outside the drawing first."""
    regions: dict[str, list[RegisteredAuthority]] = defaultdict(list)
    for council in councils:
        if not council.ended:
            regions[council.region.name if council.region else ELSEWHERE].append(council)
    drawings, letters = england()
    drawn = [_drawn_block(name, drawings[name], regions[name], letters) for name in drawings if name in regions]
    undrawn = [(name, members) for name, members in regions.items() if name not in drawings]
    return [*_undrawn_blocks(undrawn, bottom=_bottom_row(drawn)), *drawn]


def _drawn_block(
    name: str, drawing: RegionDrawing, councils: Sequence[RegisteredAuthority], letters: Mapping[str, str]
) -> RegionBlock:
    """Block of a region of England; an authority that is not in the drawing follows in rows below it."""
    below = max(row for _, row in drawing.tiles.values()) + 1
    free = ((1 + number % WIDTH, below + number // WIDTH) for number in count())
    tiles = [
        MapTile(
            council,
            letters.get(council.node.name, short_letters(council.node.name)),
            drawing.tiles.get(council.node.name) or next(free),
        )
        for council in councils
    ]
    return RegionBlock(name, drawing.position, tuple(sorted(tiles, key=lambda tile: tile.position[::-1])))


def _undrawn_blocks(regions: Sequence[tuple[str, Sequence[RegisteredAuthority]]], *, bottom: int) -> list[RegionBlock]:
    """Blocks of regions that are not in the drawing: the first in the free corner if it fits, others below the map."""
    blocks, row, corner = [], bottom + 2, True
    for name, councils in regions:
        rows = -(-len(councils) // WIDTH)
        in_corner, corner = corner and rows <= CORNER_ROWS, False
        tiles = (
            MapTile(council, short_letters(council.node.name), (1 + number % WIDTH, 1 + number // WIDTH))
            for number, council in enumerate(councils)
        )
        blocks.append(RegionBlock(name, (1, 2) if in_corner else (1, row), tuple(tiles)))
        row += 0 if in_corner else rows + 1
    return blocks


def _bottom_row(blocks: Iterable[RegionBlock]) -> int:
    return max((block.position[1] + block.size[1] for block in blocks), default=1)


def short_letters(name: str) -> str:
    """Letters for an authority that is not in the drawing.

    >>> short_letters("Oxmarsh and Tarrowby"), short_letters("Ashmere")
    ('OXT', 'ASH')
    """
    words = re.findall(r"\w+", name.upper())
    main_words: list[str] = [word for word in words if word not in ("AND", "OF", "THE", "UPON")] or words or ["?"]
    return main_words[0][:3] if len(main_words) == 1 else (main_words[0][:2] + main_words[1][:1])
