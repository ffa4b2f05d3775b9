"""Result of a query, in Cypher or in SPARQL, and the limit of its size."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from caregraph.ontology.errors import QueryRefused

SIZE_LIMIT = 16 * 2**20  # bytes of an answer; a page or a screen shows far less
_PART = 8  # bytes of each value, key and member of a list, beside its text


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Rows of a query, keyed by column; ``cut`` if there were more rows than the limit."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    cut: bool = False


def within_size(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield rows as they come, as long as all of them have no more than ``SIZE_LIMIT`` bytes.

    Raises:
        QueryRefused: at the row with which they have more.
    """
    size = 0
    for number, row in enumerate(rows, start=1):
        size += value_size(row)
        if size > SIZE_LIMIT:
            largest = f"{SIZE_LIMIT / 2**20:.0f} MB"
            raise QueryRefused(f"the answer has more than {largest} by row {number}: ask for fewer or shorter values")
        yield row


def value_size(value: Any) -> int:
    """Bytes of a value with all its parts: those of its text in UTF-8, and some for each part.

    >>> value_size({"name": "Ashmere", "codes": [1, 2]})
    72
    """
    size, waiting = 0, [value]
    while waiting:
        part = waiting.pop()
        size += _PART
        if isinstance(part, str):
            size += len(part) if part.isascii() else len(part.encode("utf-8", "surrogatepass"))
        elif isinstance(part, bytes | bytearray):
            size += len(part)
        elif isinstance(part, dict):
            waiting.extend(part)
            waiting.extend(part.values())
        elif isinstance(part, list | tuple):
            waiting.extend(part)
    return size
