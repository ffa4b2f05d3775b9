"""What a query of the database answers, as plain data."""

from dataclasses import dataclass
from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.time import Date, DateTime, Time

EMBEDDING = "embedding"  # under which a node has the vector of what it means (`queries.semantic_search`)
_PLAIN = frozenset({str, int, float, bool, type(None)})


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query, keyed by column. ``cut`` says that there were more rows than were asked for."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    cut: bool = False


def plain(value: Any) -> Any:
    """A value of an answer without the driver's own types.

    A node is a dict of its label and properties, but for its vector, which nobody reads; a relationship one of its
    type, the IRIs of its ends and its properties, a path a list of both in turn; days and times are Python's.
    """
    if type(value) in _PLAIN:  # most are, and there are many
        return value
    if isinstance(value, Node):
        properties = {key: one for key, one in value.items() if key != EMBEDDING}
        return {"label": next(iter(value.labels), None), **plain(properties)}
    if isinstance(value, Relationship):
        ends = [end.get("iri") for end in value.nodes if end is not None]
        return {"type": value.type, "ends": ends, **plain(dict(value))}
    if isinstance(value, Path):
        steps = zip(value.relationships, value.nodes[1:], strict=True)
        return [plain(value.start_node), *(plain(part) for step in steps for part in step)]
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, Date | DateTime | Time):
        return value.to_native()
    return value
