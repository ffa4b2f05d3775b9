"""Column layout of the network: one column for each kind of node, or one for each year."""

from collections.abc import Mapping, Sequence
from itertools import count

from caregraph.explorer.state.network_view import Position
from caregraph.graph.queries.nodes import Node

_ROWS = 12  # nodes under each other, beyond which a column grows sideways
_WIDTH, _HEIGHT, _GAP = 190.0, 74.0, 60.0  # pixels: a node with its label, and the space between two columns
UNDATED = "No year"


def column_positions(
    nodes: Sequence[Node], column_of: Mapping[str, str]
) -> tuple[dict[str, Position], dict[str, Position]]:
    """Positions of nodes in columns, by IRI, and of the columns' headings.

    Args:
        column_of: the heading of each node's column, by IRI; the columns stand in the order of their first nodes.

    >>> a, b = Node("a", "A", "Agency"), Node("b", "B", "Region")
    >>> column_positions([a, b], {"a": "Agencies", "b": "Regions"})
    ({'a': (0.0, 0.0), 'b': (250.0, 0.0)}, {'Agencies': (0.0, -74.0), 'Regions': (250.0, -74.0)})
    """
    members: dict[str, list[str]] = {heading: [] for heading in column_of.values()}
    for node in nodes:
        members[column_of[node.iri]].append(node.iri)
    positions: dict[str, Position] = {}
    headings: dict[str, Position] = {}
    left = 0.0
    for heading, iris in members.items():
        headings[heading] = (left, -_HEIGHT)
        for number, iri in zip(count(), iris, strict=False):
            positions[iri] = (left + _WIDTH * (number // _ROWS), _HEIGHT * (number % _ROWS))
        left += _WIDTH * ((len(iris) - 1) // _ROWS + 1) + _GAP
    return positions, headings


def year_columns(years: Mapping[str, int | None]) -> dict[str, str]:
    """Heading of each node's year, by IRI, the earliest first; nodes without a year come before.

    >>> year_columns({"a": 2022, "b": None, "c": 2019})
    {'b': 'No year', 'c': '2019', 'a': '2022'}
    """
    ordered = sorted(years.items(), key=lambda pair: pair[1] or 0)
    return {iri: str(year) if year else UNDATED for iri, year in ordered}
