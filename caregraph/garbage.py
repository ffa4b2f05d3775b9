"""Garbage collection of processes that make many small objects which last."""

import gc

_NEW_OBJECTS = 50_000  # in place of Python's 700 or 2,000


def collect_rarely() -> None:
    """Let Python look for cycles of unused objects after many new ones, and not among those that there are now.

    Records and statements have no cycles. Looking for some took half the time of making a document's statements.
    """
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
