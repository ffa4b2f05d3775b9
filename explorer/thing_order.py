"""Order of shared services, programmes and bodies: those that say most about sharing come first."""

from caregraph.explorer.state.store_cache import cached_query
from caregraph.graph.queries import overview
from caregraph.graph.queries.nodes import Node

KIND_ORDER = ("Agency", "Programme", "Service", "Body", "Process")  # Neo4j labels; all councils have the processes


def kind_order(label: str) -> int:
    """Sort key of a thing's kind, by its Neo4j label."""
    return KIND_ORDER.index(label)


def scope_order(scope: str | None) -> int:
    """Sort key of a thing's scope: regional things say most about sharing, national ones least."""
    return {"regional": 0, "national": 2}.get(scope or "", 1)


def suggested_things() -> list[Node]:
    """The things that several councils share: agencies of a region before those that all councils have."""
    rows = cached_query(overview.shared_thing_counts)
    return [row.thing for row in sorted(rows, key=lambda row: (scope_order(row.scope), kind_order(row.thing.label)))]
