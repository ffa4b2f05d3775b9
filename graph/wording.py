"""Wording: names put into a sentence."""

from collections.abc import Sequence


def join_names(names: Sequence[str]) -> str:
    """Write names as a list in words; empty if there are none.

    >>> join_names(["Ashmere", "Fenwick", "Oxmoor"]), join_names(["Ashmere"])
    ('Ashmere, Fenwick and Oxmoor', 'Ashmere')
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
