"""Filters of the network: which of the nodes brought into it are drawn."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from caregraph.graph.queries.facets import Facets
from caregraph.graph.queries.nodes import Node

CHOICES = ("kinds", "regions", "frameworks", "grades", "polarities")  # the fields that are lists of values
_OF_NODE = {"regions": "region", "frameworks": "framework", "grades": "grade", "polarities": "polarity"}
_SEPARATOR = "~"  # in no name of a region, a framework or a kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Only nodes with one of these values are drawn; an empty list lets every value pass.

    A node that has no such value at all, as an agency has no grade, always
    passes. ``kinds`` are Neo4j labels, ``first`` and ``last`` years, ``sure`` the least confidence in percent.
    """

    kinds: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    polarities: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    sure: int = 0

    @property
    def count(self) -> int:
        """How many filters hold something back."""
        return sum(bool(getattr(self, name)) for name in (*CHOICES, "sure")) + bool(self.first or self.last)

    def passes(self, node: Node, known: Facets) -> bool:
        """Whether a node is drawn."""
        values = {name: getattr(known, one) for name, one in _OF_NODE.items()} | {"kinds": node.label}
        chosen = all(
            not (wanted := getattr(self, name)) or values[name] is None or values[name] in wanted for name in CHOICES
        )
        return (
            chosen and self._in_years(known.year) and (known.confidence is None or known.confidence * 100 >= self.sure)
        )

    def _in_years(self, year: int | None) -> bool:
        return year is None or (self.first or year) <= year <= (self.last or year)

    def choosing(self, name: str, values: Iterable[str]) -> Self:
        """With these values of one of CHOICES."""
        wanted: dict[str, Any] = {name: tuple(values)}
        return replace(self, **wanted)

    def address(self) -> dict[str, str]:
        """The filters that hold something back, as query parameters."""
        found = {name: _SEPARATOR.join(getattr(self, name)) for name in CHOICES}
        found |= {name: str(getattr(self, name) or "") for name in ("first", "last", "sure")}
        return {name: text for name, text in found.items() if text}

    @classmethod
    def of(cls, address: Mapping[str, str]) -> Self:
        """The filters that query parameters give; numbers that are none are left out.

        >>> Filters.of({"grades": "good~outstanding", "first": "2019", "last": "soon"}).address()
        {'grades': 'good~outstanding', 'first': '2019'}
        """
        given: dict[str, Any] = {
            name: tuple(part for part in address.get(name, "").split(_SEPARATOR) if part) for name in CHOICES
        }
        for name in ("first", "last", "sure"):
            if (text := address.get(name, "")).isdecimal():
                given[name] = int(text)
        return cls(**given)


NAMES = tuple(field.name for field in fields(Filters))


def drawn(nodes: Sequence[Node], known: Mapping[str, Facets], filters: Filters) -> list[Node]:
    """The nodes that pass, in their order."""
    return [node for node in nodes if filters.passes(node, known.get(node.iri, Facets(iri=node.iri)))]


def options(nodes: Sequence[Node], known: Mapping[str, Facets], name: str) -> Counter[str]:
    """The values that one of CHOICES can be given, with the number of nodes that have each, as names sort."""
    if name == "kinds":
        found: Iterable[str | None] = (node.label for node in nodes)
    else:
        found = (getattr(known[node.iri], _OF_NODE[name]) for node in nodes if node.iri in known)
    return Counter(sorted(value for value in found if value))


def years(nodes: Sequence[Node], known: Mapping[str, Facets]) -> tuple[int, int] | None:
    """The first and the last year that any of the nodes has; None where fewer than two years are to choose from."""
    found = {known[node.iri].year for node in nodes if node.iri in known} - {None}
    both = min(found, default=None), max(found, default=None)  # type: ignore[type-var]
    return (both[0], both[1]) if both[0] and both[1] and both[0] < both[1] else None


def within(filters: Filters, bounds: tuple[int, int], chosen: tuple[int, int]) -> Filters:
    """With these years chosen; a bound that holds nothing back is not kept."""
    return replace(
        filters,
        first=chosen[0] if chosen[0] > bounds[0] else None,
        last=chosen[1] if chosen[1] < bounds[1] else None,
    )
