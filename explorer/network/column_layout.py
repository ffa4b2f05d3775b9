"""The network in columns: one for each kind of node, or one for each year."""

from collections.abc import Mapping, Sequence
from itertools import count

from caregraph.explorer.state.view import Place
from caregraph.graph.queries.nodes import Node

_ROWS = 12  # nodes under each other, beyond which a column grows sideways
_WIDTH, _HEIGHT, _GAP = 190.0, 74.0, 60.0  # pixels: a node with its label, and what parts two columns
UNDATED = "No year"


def in_columns(nodes: Sequence[Node], column_of: Mapping[str, str]) -> tuple[dict[str, Place], dict[str, Place]]:
    """The places of nodes in columns, in the order in which columns are first named, and of the columns' headings.

    Args:
        column_of: the heading that each node stands under, by IRI; the mapping's order is that of the columns.

    >>> a, b = Node("a", "A", "Agency"), Node("b", "B", "Region")
    >>> in_columns([a, b], {"a": "Agencies", "b": "Regions"})
    ({'a': (0.0, 0.0), 'b': (250.0, 0.0)}, {'Agencies': (0.0, -74.0), 'Regions': (250.0, -74.0)})
    """
    members: dict[str, list[str]] = {heading: [] for heading in column_of.values()}
    for node in nodes:
        members[column_of[node.iri]].append(node.iri)
    places: dict[str, Place] = {}
    headings: dict[str, Place] = {}
    left = 0.0
    for heading, iris in members.items():
        headings[heading] = (left, -_HEIGHT)
        for number, iri in zip(count(), iris, strict=False):
            places[iri] = (left + _WIDTH * (number // _ROWS), _HEIGHT * (number % _ROWS))
        left += _WIDTH * ((len(iris) - 1) // _ROWS + 1) + _GAP
    return places, headings


def by_year(years: Mapping[str, int | None]) -> dict[str, str]:
    """The year that each node stands under, by IRI, the earliest first; nodes without one come before.

    >>> by_year({"a": 2022, "b": None, "c": 2019})
    {'b': 'No year', 'c': '2019', 'a': '2022'}
    """
    ordered = sorted(years.items(), key=lambda pair: pair[1] or 0)
    return {iri: str(year) if year else UNDATED for iri, year in ordered}
