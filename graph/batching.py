"""Batches of rows, for calls that take many rows at once."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield rows in lists of at most ``size``, in their order.

    >>> list(batched(range(5), 2)), list(batched([], 2))
    ([[0, 1], [2, 3], [4]], [])
    """
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch
