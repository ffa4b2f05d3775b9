"""Pack: what one reader puts aside for a meeting, in order, each item as it was seen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from caregraph.brief.blocks import Table
from caregraph.explorer.pictures.drawing import Drawing
from caregraph.graph.queries.evidence import Evidence

LIMIT = 100  # items; a longer pack nobody reads


@dataclass(frozen=True, slots=True, kw_only=True)
class PackItem:
    """A card, a table, a chart or a network.

    ``key`` tells it from others; ``about`` says what is shown or counted; ``address`` is the page on which it was seen
    and ``day`` when. ``sources`` are the sentences that it quotes; in a table each has its number in the cell.
    """

    key: str
    title: str
    about: str = ""
    tables: tuple[Table, ...] = ()
    sources: tuple[Evidence, ...] = ()
    picture: Drawing | None = None
    address: str = ""
    day: str = ""
    note: str = ""


def with_item(items: Sequence[PackItem], item: PackItem) -> tuple[PackItem, ...]:
    """Items with one more at the end, once; as they were where there are too many."""
    if len(items) >= LIMIT or any(present.key == item.key for present in items):
        return tuple(items)
    return (*items, item)


def without_item(items: Sequence[PackItem], key: str) -> tuple[PackItem, ...]:
    """Items without one."""
    return tuple(item for item in items if item.key != key)


def moved_item(items: Sequence[PackItem], key: str, step: int) -> tuple[PackItem, ...]:
    """Items with one moved some steps down, or up if the number is negative; it stays within the list."""
    ordered = list(items)
    number = next(number for number, item in enumerate(ordered) if item.key == key)
    item = ordered.pop(number)
    ordered.insert(max(0, number + step), item)
    return tuple(ordered)


def noted_item(items: Sequence[PackItem], key: str, note: str) -> tuple[PackItem, ...]:
    """Items with another note on one."""
    return tuple(replace(item, note=note) if item.key == key else item for item in items)
