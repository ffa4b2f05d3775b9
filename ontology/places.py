"""Places that the register of authorities does not have: councils outside England, districts, areas of several.

>>> places_outside_england()["fife"], short_forms()["lincs"]
('Scotland', 'lincolnshire')
>>> county_areas()["Bedfordshire"]
('Bedford', 'Central Bedfordshire', 'Luton')
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("places.txt")
_AREAS_FILE = Path(__file__).with_name("county_areas.txt")
_ENGLAND = "England"
_SHORT = "short"


@cache
def _entries() -> dict[str, tuple[str, ...]]:
    return {head: tuple(entries.split(", ")) for head, entries in _headed_lines(_FILE)}


def _headed_lines(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the head and the entries of each line but comments."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            head, _, entries = line.partition(": ")
            yield head, entries


@cache
def places_outside_england() -> dict[str, str]:
    """Nation of each place outside England, by its name in small letters."""
    return {
        name.casefold(): head for head, names in _entries().items() if head not in (_ENGLAND, _SHORT) for name in names
    }


@cache
def districts() -> frozenset[str]:
    """Names, in small letters, of English councils that have no children's services."""
    return frozenset(name.casefold() for name in _entries()[_ENGLAND])


@cache
def short_forms() -> dict[str, str]:
    """Counties' names by their short forms, both in small letters: "northamptonshire" for "northants"."""
    return dict(entry.split() for entry in _entries()[_SHORT])


@cache
def county_areas() -> dict[str, tuple[str, ...]]:
    """Authorities, present and former, of areas that arrangements are named after, by the area as it is printed."""
    return {head: tuple(names.split("; ")) for head, names in _headed_lines(_AREAS_FILE)}
