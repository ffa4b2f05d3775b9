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
def for_either() -> frozenset[str]:
    """The short forms that men and women go by."""
    return frozenset(line[0].removesuffix("?") for line in _lines() if line[0].endswith("?"))


def full_names(given: str) -> frozenset[str]:
    """The given names that one may be short for, in small letters; empty if it is no short form.

    >>> sorted(full_names("Sam"))
    ['samantha', 'samuel']
    """
    return _full().get(given.lower(), frozenset())


def one_given_name(left: str, right: str) -> bool:
    """Whether two given names may be one person's: the same, one short for the other, or both for a third.

    >>> one_given_name("Pete", "Peter"), one_given_name("Nick", "Nicky"), one_given_name("Pete", "Patrick")
    (True, True, False)
    """
    one, other = left.lower(), right.lower()
    return one == other or not ({one} | full_names(one)).isdisjoint({other} | full_names(other))
