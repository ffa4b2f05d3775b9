"""Values of query results, without the driver's own types."""

from typing import Any

from caregraph.graph.bolt_driver import Date, DateTime, Node, Path, Relationship, Time

EMBEDDING = "embedding"  # property of a node with the vector of its meaning (`queries.semantic_search`)
_PLAIN_TYPES = frozenset({str, int, float, bool, type(None)})


def plain_value(value: Any) -> Any:
    """Convert a value of the driver to plain Python.

    A node becomes a dict of its label and properties, without its embedding, which nobody reads. A relationship
    becomes a dict of its type, the IRIs of its ends, and its properties; a path, a list of nodes and relationships in
    turn. Dates and times become Python's.
    """
    if type(value) in _PLAIN_TYPES:  # most values are, and there are many
        return value
    if isinstance(value, list | tuple):
        return [member if type(member) in _PLAIN_TYPES else plain_value(member) for member in value]
    if isinstance(value, Date | DateTime | Time):
        return value.to_native()
    if isinstance(value, Node):
        properties = {key: plain_value(content) for key, content in value.items() if key != EMBEDDING}
        return {"label": next(iter(value.labels), None), **properties}
    if isinstance(value, Relationship):
        ends = [end.get("iri") for end in value.nodes if end is not None]
        return {"type": value.type, "ends": ends, **plain_value(dict(value))}
    if isinstance(value, Path):
        steps = zip(value.relationships, value.nodes[1:], strict=True)
        return [plain_value(value.start_node), *(plain_value(part) for step in steps for part in step)]
    if isinstance(value, dict):
        return {key: plain_value(content) for key, content in value.items()}
    return value
