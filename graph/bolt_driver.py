"""Neo4j's driver, imported without pandas and numpy, which it takes a second to look at and we never hand to it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

_OPTIONAL = ("numpy", "pandas")  # of `neo4j._optional_deps`, which does without what cannot be imported


@contextmanager
def _hidden(*modules: str) -> Iterator[None]:
    """Have modules that are not imported yet look as if they were not installed, for the length of a block."""
    absent = [name for name in modules if name not in sys.modules]
    modules_by_name = cast(dict[str, Any], sys.modules)
    modules_by_name.update(dict.fromkeys(absent))  # None is Python's own mark of such a module
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


with _hidden(*_OPTIONAL):
    from neo4j import (
        READ_ACCESS,
        Driver,
        GraphDatabase,
        ManagedTransaction,
        Query,
        Record,
        RoutingControl,
        Session,
    )
    from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired
    from neo4j.graph import Node, Path, Relationship
    from neo4j.time import Date, DateTime, Time

__all__ = [
    "READ_ACCESS",
    "AuthError",
    "Date",
    "DateTime",
    "Driver",
    "DriverError",
    "GraphDatabase",
    "ManagedTransaction",
    "Neo4jError",
    "Node",
    "Path",
    "Query",
    "Record",
    "Relationship",
    "RoutingControl",
    "ServiceUnavailable",
    "Session",
    "SessionExpired",
    "Time",
]
