"""Short forms of given names: Pete is Peter, Chris may be Christopher or Christine."""

from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("given_names.txt")


@cache
def _lines() -> tuple[list[str], ...]:
    lines = (line.split() for line in _FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return tuple(line for line in lines if line)


@cache
def _full() -> dict[str, frozenset[str]]:
    return {short.removesuffix("?"): frozenset(names) for short, *names in _lines()}


@cache
def unisex_short_forms() -> frozenset[str]:
    """Short forms of given names that men and women use."""
    return frozenset(line[0].removesuffix("?") for line in _lines() if line[0].endswith("?"))


def full_names(given: str) -> frozenset[str]:
    """Full given names that a short form may stand for, in small letters; empty if it is no short form.

    >>> sorted(full_names("Sam"))
    ['samantha', 'samuel']
    """
    return _full().get(given.lower(), frozenset())


def may_be_same_given_name(left: str, right: str) -> bool:
    """True if two given names may be one person's: equal, one short for the other, or both short for a third.

    >>> may_be_same_given_name("Pete", "Peter"), may_be_same_given_name("Nick", "Nicky")
    (True, True)
    >>> may_be_same_given_name("Pete", "Patrick")
    False
    """
    first, second = left.lower(), right.lower()
    return first == second or not ({first} | full_names(first)).isdisjoint({second} | full_names(second))
