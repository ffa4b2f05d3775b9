"""Area with the grade that a report gives it."""

from typing import NamedTuple


class GradedArea(NamedTuple):
    """Characters ``start`` to ``end`` name an area and give it a grade, which is None if it cannot be read."""

    start: int
    end: int
    area: str
    grade: str | None
