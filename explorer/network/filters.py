"""Filters of the network: which of its nodes are drawn."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from caregraph.graph.queries.facets import Facets
from caregraph.graph.queries.nodes import Node

CHOICES = ("kinds", "regions", "frameworks", "grades", "polarities")  # fields that are lists of values; also parameters
_FACETS = {"regions": "region", "frameworks": "framework", "grades": "grade", "polarities": "polarity"}
_NUMBERS = {"first_year": "first", "last_year": "last", "min_confidence": "sure"}  # field -> its query parameter
NUMBERS = tuple(_NUMBERS.values())  # query parameters
PARAMETERS = (*CHOICES, *NUMBERS)
_SEPARATOR = "~"  # in no name of a region, a framework or a kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Values that the drawn nodes must have; an empty list lets every value pass.

    A node that has no value at all of a kind, as an agency has no grade, always
    passes. ``kinds`` are Neo4j labels, ``min_confidence`` is in percent.
    """

    kinds: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    polarities: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    min_confidence: int = 0

    @property
    def count(self) -> int:
        """Number of filters that are set; the years are one."""
        chosen = sum(bool(getattr(self, name)) for name in (*CHOICES, "min_confidence"))
        return chosen + bool(self.first_year or self.last_year)

    def passes(self, node: Node, facets: Facets) -> bool:
        """Tell whether a node is drawn."""
        values = {name: getattr(facets, facet) for name, facet in _FACETS.items()} | {"kinds": node.label}
        if any(
            chosen and values[name] is not None and values[name] not in chosen
            for name in CHOICES
            for chosen in [getattr(self, name)]
        ):
            return False
        confident = facets.confidence is None or facets.confidence * 100 >= self.min_confidence
        return confident and self._in_years(facets.year)

    def _in_years(self, year: int | None) -> bool:
        return year is None or (self.first_year or year) <= year <= (self.last_year or year)

    def with_values(self, name: str, values: Iterable[str]) -> Self:
        """Filters with these values of one of CHOICES."""
        changed: dict[str, Any] = {name: tuple(values)}
        return replace(self, **changed)

    def with_years(self, bounds: tuple[int, int], chosen: tuple[int, int]) -> Self:
        """Filters with these years; a bound that excludes nothing is left out."""
        return replace(
            self,
            first_year=chosen[0] if chosen[0] > bounds[0] else None,
            last_year=chosen[1] if chosen[1] < bounds[1] else None,
        )

    def as_parameters(self) -> dict[str, str]:
        """The filters that are set, as query parameters."""
        texts = {name: _SEPARATOR.join(getattr(self, name)) for name in CHOICES}
        texts |= {parameter: str(getattr(self, name) or "") for name, parameter in _NUMBERS.items()}
        return {parameter: text for parameter, text in texts.items() if text}

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, str]) -> Self:
        """Read filters from query parameters; a number that is not one is left out.

        >>> Filters.from_parameters({"grades": "good~outstanding", "first": "2019", "last": "soon"}).as_parameters()
        {'grades': 'good~outstanding', 'first': '2019'}
        """
        given: dict[str, Any] = {
            name: tuple(part for part in parameters.get(name, "").split(_SEPARATOR) if part) for name in CHOICES
        }
        for name, parameter in _NUMBERS.items():
            if (text := parameters.get(parameter, "")).isdecimal():
                given[name] = int(text)
        return cls(**given)


def visible_nodes(nodes: Sequence[Node], facets: Mapping[str, Facets], filters: Filters) -> list[Node]:
    """The nodes that pass the filters, in their order."""
    return [node for node in nodes if filters.passes(node, facets.get(node.iri, Facets(iri=node.iri)))]


def filter_options(nodes: Sequence[Node], facets: Mapping[str, Facets], name: str) -> Counter[str]:
    """Values to choose from for one of CHOICES, in alphabetical order, each with its number of nodes."""
    if name == "kinds":
        values: Iterable[str | None] = (node.label for node in nodes)
    else:
        values = (getattr(facets[node.iri], _FACETS[name]) for node in nodes if node.iri in facets)
    return Counter(sorted(value for value in values if value))


def year_bounds(nodes: Sequence[Node], facets: Mapping[str, Facets]) -> tuple[int, int] | None:
    """First and last year that any of the nodes has; None where there are fewer than two years to choose from."""
    years = [year for node in nodes if node.iri in facets and (year := facets[node.iri].year)]
    return (min(years), max(years)) if years and min(years) < max(years) else None
