"""The constraints and indexes that the ontology asks for, made where they are not there, or not right.

A database may have some of them already, under other names, half made, or in the way of ours.
"""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from caregraph.graph.neo4j.property_graph import NAMES, Index, graph_schema
from caregraph.graph.neo4j.provenance import LEDGER, LOCK
from caregraph.ontology.errors import StoreError

UNIQUE, RANGE, FULLTEXT = "UNIQUE", "RANGE", "FULLTEXT"
SHOW = """
SHOW INDEXES YIELD name, type, labelsOrTypes, properties, owningConstraint, options, state, entityType
RETURN name, type, labelsOrTypes AS labels, properties AS keys, owningConstraint AS constraint, state,
       entityType AS on, options.indexConfig['fulltext.analyzer'] AS analyzer
"""
PATIENCE = 600  # seconds for indexes to be filled

Run = Callable[[str], Sequence[dict[str, Any]]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What an index is, whatever its name: two of one shape cannot be in a database together."""

    kind: str
    labels: frozenset[str]
    keys: tuple[str, ...]
    analyzer: str | None = None

    def serves_as(self, wanted: "_Shape") -> bool:
        """Whether nothing is lacking where this is there; what makes values unique looks them up, too."""
        looks_up = wanted.kind == RANGE and (self.labels, self.keys) == (wanted.labels, wanted.keys)
        return self == wanted or (self.kind == UNIQUE and looks_up)

    def is_in_the_way_of(self, wanted: "_Shape") -> bool:
        alike = {FULLTEXT: {FULLTEXT}}.get(wanted.kind, {UNIQUE, RANGE})
        return self.kind in alike and (self.labels, self.keys) == (wanted.labels, wanted.keys)


@dataclass(frozen=True, slots=True)
class _Present:
    """An index of the database."""

    name: str
    shape: _Shape
    constraint: str | None
    failed: bool

    @property
    def drop(self) -> str:
        return f"DROP CONSTRAINT {quoted(self.constraint)}" if self.constraint else f"DROP INDEX {quoted(self.name)}"


def prepare(run: Run, *, searches: bool = True) -> None:
    """Make what is not there, take away what is in its way, and wait until all is filled.

    Args:
        run: runs a statement.
        searches: whether the full-text indexes are made, too.
    """
    present = [_present(row) for row in run(SHOW)]
    for name, shape, create in _wanted():
        by_name = shape.kind == FULLTEXT  # it is asked by its name; the others are found by the planner
        if by_name and not searches:
            continue
        fits = [one for one in present if one.shape.serves_as(shape) and not one.failed]
        if any(one.name == name or not by_name for one in fits):
            continue
        for one in [one for one in present if one.name == name or one.shape.is_in_the_way_of(shape)]:
            log.info("%s gives way to %s", one.name, name)
            run(one.drop)
            present.remove(one)
        run(create)
    run(f"CALL db.awaitIndexes({PATIENCE})")


def _present(row: dict[str, Any]) -> _Present:
    kind = UNIQUE if row["type"] == RANGE and row["constraint"] else row["type"]
    kind = kind if row["on"] == "NODE" else f"{kind} of relationships"
    shape = _Shape(kind, frozenset(row["labels"] or ()), tuple(row["keys"] or ()), row["analyzer"])
    return _Present(row["name"], shape, row["constraint"], row["state"] == "FAILED")


def _wanted() -> Iterator[tuple[str, _Shape, str]]:
    """Each index with its name and the statement that creates it."""
    schema = graph_schema()
    for label in (*schema.labels, LEDGER, LOCK):
        name = f"{label}_iri"
        create = f"CREATE CONSTRAINT {quoted(name)} FOR (n:{quoted(label)}) REQUIRE n.iri IS UNIQUE"
        yield name, _Shape(UNIQUE, frozenset([label]), ("iri",)), create
    for index in schema.lookups:
        on = ", ".join(f"n.{quoted(key)}" for key in index.keys)
        create = f"CREATE INDEX {quoted(index.name)} FOR (n:{quoted(index.labels[0])}) ON ({on})"
        yield index.name, _Shape(RANGE, frozenset(index.labels), index.keys), create
    yield from map(_search, schema.searches)


def _search(index: Index) -> tuple[str, _Shape, str]:
    analyzer = "standard-no-stop-words" if index.name == NAMES else "english"  # which knows the endings of words
    labels, on = "|".join(map(quoted, index.labels)), ", ".join(f"n.{quoted(key)}" for key in index.keys)
    create = (
        f"CREATE FULLTEXT INDEX {quoted(index.name)} FOR (n:{labels}) ON EACH [{on}]"
        f" OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{analyzer}'}}}}"
    )
    return index.name, _Shape(FULLTEXT, frozenset(index.labels), index.keys, analyzer), create


def quoted(name: str) -> str:
    """An identifier in back-ticks, whatever is in it.

    >>> print(quoted("a`b"))
    `a``b`
    """
    if re.search(r"[\\\x00]", name):
        raise StoreError(f"{name!r} cannot be a name in the database")
    return f"`{name.replace('`', '``')}`"
