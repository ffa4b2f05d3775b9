"""Areas that several authorities make up, after which arrangements that these share are named.

>>> county_areas()["bedfordshire"]
('Bedford', 'Central Bedfordshire', 'Luton')
"""

from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("county_areas.txt")


@cache
def county_areas() -> dict[str, tuple[str, ...]]:
    """Authorities of each area, present and former, by the area's name in small letters."""
    lines = (line for line in _FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    headed = (line.partition(": ") for line in lines)
    return {head.casefold(): tuple(names.split("; ")) for head, _, names in headed}
