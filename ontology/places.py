"""Places that the register of authorities does not have: councils outside England, and districts in it.

>>> places_outside_england()["fife"], short_forms()["lincs"]
('Scotland', 'lincolnshire')
"""

from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("places.txt")
_ENGLAND = "England"
_SHORT = "short"


@cache
def _entries() -> dict[str, tuple[str, ...]]:
    lines = (line for line in _FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    headed = (line.partition(": ") for line in lines)
    return {head: tuple(entries.split(", ")) for head, _, entries in headed}


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
