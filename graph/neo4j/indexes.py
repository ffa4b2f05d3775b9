"""Constraints and indexes that the ontology asks for, created where they are missing or wrong.

A database may have some of them already: under other names, half made, or in conflict with ours.
"""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from caregraph.graph.neo4j.property_graph import NAME_INDEX, Index, graph_schema
from caregraph.graph.neo4j.provenance import GRAPH_LABEL, LOCK_LABEL
from caregraph.ontology.errors import StoreError

UNIQUE, RANGE, FULLTEXT = "UNIQUE", "RANGE", "FULLTEXT"
SHOW_INDEXES = """
SHOW INDEXES YIELD name, type, labelsOrTypes, properties, owningConstraint, options, state, entityType
RETURN name, type, labelsOrTypes AS labels, properties AS keys, owningConstraint AS constraint, state,
       entityType AS on, options.indexConfig['fulltext.analyzer'] AS analyzer
"""
FILL_LIMIT = 600  # seconds for indexes to be filled

Run = Callable[[str], Sequence[dict[str, Any]]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Shape:
    """Kind, labels, keys and analyzer of an index; a database cannot have two of one shape, whatever their names."""

    kind: str
    labels: frozenset[str]
    keys: tuple[str, ...]
    analyzer: str | None = None

    def serves_as(self, required: "_Shape") -> bool:
        """Tell whether an index of this shape makes the required one needless, as a constraint does a range index."""
        looks_up = required.kind == RANGE and (self.labels, self.keys) == (required.labels, required.keys)
        return self == required or (self.kind == UNIQUE and looks_up)

    def conflicts_with(self, required: "_Shape") -> bool:
        """Tell whether an index of this shape keeps the required one from being created."""
        exclusive_kinds = {FULLTEXT: {FULLTEXT}}.get(required.kind, {UNIQUE, RANGE})
        return self.kind in exclusive_kinds and (self.labels, self.keys) == (required.labels, required.keys)


@dataclass(frozen=True, slots=True)
class _PresentIndex:
    """An index of the database; ``constraint`` is the name of the one that it belongs to."""

    name: str
    shape: _Shape
    constraint: str | None
    failed: bool

    @property
    def drop_statement(self) -> str:
        if self.constraint:
            return f"DROP CONSTRAINT {quoted_identifier(self.constraint)}"
        return f"DROP INDEX {quoted_identifier(self.name)}"


@dataclass(frozen=True, slots=True)
class _RequiredIndex:
    """An index that the ontology asks for, and the statement that creates it."""

    name: str
    shape: _Shape
    create_statement: str

    def is_served_by(self, present: _PresentIndex) -> bool:
        """Tell whether an index of the database serves. A full-text index is asked by name, others by the planner."""
        named = present.name == self.name or self.shape.kind != FULLTEXT
        return named and present.shape.serves_as(self.shape) and not present.failed

    def conflicts_with(self, present: _PresentIndex) -> bool:
        """Tell whether an index of the database must be dropped before this one can be created."""
        return present.name == self.name or present.shape.conflicts_with(self.shape)


def create_indexes(run: Run, *, fulltext: bool = True) -> None:
    """Create what is missing, drop what conflicts with it, and wait until all indexes are filled.

    Args:
        run: runs a statement.
        fulltext: whether the full-text indexes are created too.
    """
    present = [_present_index(row) for row in run(SHOW_INDEXES)]
    for required in _required_indexes():
        if required.shape.kind == FULLTEXT and not fulltext:
            continue
        if any(required.is_served_by(index) for index in present):
            continue
        for conflicting in [index for index in present if required.conflicts_with(index)]:
            log.info("Dropping %s to create %s", conflicting.name, required.name)
            run(conflicting.drop_statement)
            present.remove(conflicting)
        run(required.create_statement)
    run(f"CALL db.awaitIndexes({FILL_LIMIT})")


def _present_index(row: dict[str, Any]) -> _PresentIndex:
    kind = UNIQUE if row["type"] == RANGE and row["constraint"] else row["type"]
    kind = kind if row["on"] == "NODE" else f"{kind} of relationships"
    shape = _Shape(kind, frozenset(row["labels"] or ()), tuple(row["keys"] or ()), row["analyzer"])
    return _PresentIndex(row["name"], shape, row["constraint"], row["state"] == "FAILED")


def _required_indexes() -> Iterator[_RequiredIndex]:
    """Yield the uniqueness constraints of all IRIs, the range indexes, and the full-text indexes."""
    schema = graph_schema()
    for label in (*schema.labels, GRAPH_LABEL, LOCK_LABEL):
        name = f"{label}_iri"
        create = f"CREATE CONSTRAINT {quoted_identifier(name)} FOR (n:{quoted_identifier(label)})"
        yield _RequiredIndex(name, _Shape(UNIQUE, frozenset([label]), ("iri",)), f"{create} REQUIRE n.iri IS UNIQUE")
    for index in schema.lookups:
        keys = ", ".join(f"n.{quoted_identifier(key)}" for key in index.keys)
        create = f"CREATE INDEX {quoted_identifier(index.name)} FOR (n:{quoted_identifier(index.labels[0])})"
        yield _RequiredIndex(index.name, _Shape(RANGE, frozenset(index.labels), index.keys), f"{create} ON ({keys})")
    yield from map(_fulltext_index, schema.searches)


def _fulltext_index(index: Index) -> _RequiredIndex:
    analyzer = "standard-no-stop-words" if index.name == NAME_INDEX else "english"  # which stems words
    labels = "|".join(map(quoted_identifier, index.labels))
    keys = ", ".join(f"n.{quoted_identifier(key)}" for key in index.keys)
    create = (
        f"CREATE FULLTEXT INDEX {quoted_identifier(index.name)} FOR (n:{labels}) ON EACH [{keys}]"
        f" OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{analyzer}'}}}}"
    )
    return _RequiredIndex(index.name, _Shape(FULLTEXT, frozenset(index.labels), index.keys, analyzer), create)


def quoted_identifier(name: str) -> str:
    """Quote a name in back-ticks for use in Cypher.

    Raises:
        StoreError: if it has a backslash or a null character, which no quotes make safe.

    >>> print(quoted_identifier("a`b"))
    `a``b`
    """
    if re.search(r"[\\\x00]", name):
        raise StoreError(f"{name!r} cannot be a name in the database")
    return f"`{name.replace('`', '``')}`"
