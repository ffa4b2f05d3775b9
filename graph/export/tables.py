"""Tables of an export: one of the nodes of each label, one of the relationships of each type.

Rows come from the database one by one, so that a table of any length needs no memory. Columns follow from the
ontology; a property that the ontology does not have, such as a vector for search, is left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from caregraph.graph.neo4j.property_graph import graph_schema
from caregraph.graph.readers import RowReader
from caregraph.ontology.schema import load_schema
from caregraph.ontology.turtle import expand

ColumnType = Literal["string", "integer", "double", "boolean", "date"]
Row = dict[str, Any]  # values by key; a key that a node or relationship lacks is left out

COLUMN_TYPES: dict[str, ColumnType] = {
    expand("xsd:integer"): "integer",
    expand("xsd:double"): "double",
    expand("xsd:boolean"): "boolean",
    expand("xsd:date"): "date",
}
FROM, TO = "from", "to"  # a relationship's ends, by IRI; `start` and `end` are characters of a text
LIST_SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """Property key with the type of its values; ``is_list``: each value is a list of them."""

    key: str
    type: ColumnType = "string"
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Nodes of a label, each with its own ``iri``, or relationships of a type, whose columns begin with FROM and TO."""

    name: str
    columns: tuple[Column, ...]
    count: int
    cypher: str

    def rows(self, store: RowReader) -> Iterator[Row]:
        """Rows of the table; nodes are in the order of their IRIs."""
        return (row for _, row in self.rows_between(store))

    def rows_between(self, store: RowReader) -> Iterator[tuple[tuple[str, str], Row]]:
        """Rows of the table, each after the labels of the relationship's ends; a node has its own label twice."""
        keys = [column.key for column in self.columns]
        for record in store.stream(self.cypher):
            values = record | record["properties"]
            labels = record.get("labels", [self.name, self.name])
            yield (labels[0], labels[1]), {key: values[key] for key in keys if key in values}


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables of a graph that have rows, in the ontology's order."""

    nodes: tuple[Table, ...]
    edges: tuple[Table, ...]

    @classmethod
    def of(cls, store: RowReader) -> "Tables":
        """Read from a database which tables it has."""
        nodes = (_nodes(store, label) for label in graph_schema().labels)
        edges = (_edges(store, type) for type in graph_schema().types)
        return cls(tuple(filter(None, nodes)), tuple(filter(None, edges)))

    @property
    def all(self) -> tuple[Table, ...]:
        return (*self.nodes, *self.edges)


def _nodes(store: RowReader, label: str) -> Table | None:
    match = f"MATCH (n:`{label}`)"
    # The index on IRIs gives them in order. Relationships would have to be sorted, which takes memory.
    ordered = f"{match} WHERE n.iri IS NOT NULL WITH n ORDER BY n.iri RETURN properties(n) AS properties"
    return _table(store, label, match, [], ordered)


def _edges(store: RowReader, type: str) -> Table | None:
    match = f"MATCH (a)-[n:`{type}`]->(b)"
    ends = f"a.iri AS `{FROM}`, b.iri AS `{TO}`, [labels(a)[0], labels(b)[0]] AS labels"
    return _table(store, type, match, [Column(FROM), Column(TO)], f"{match} RETURN {ends}, properties(n) AS properties")


def _table(store: RowReader, name: str, match: str, ends: list[Column], cypher: str) -> Table | None:
    [summary] = store.stream(f"{match} WITH count(n) AS count, collect(DISTINCT keys(n)) AS keys RETURN count, keys")
    present = {key for keys in summary["keys"] for key in keys}
    columns = [*ends, *(column for key, column in _columns().items() if key in present)]
    return Table(name, tuple(columns), summary["count"], cypher) if summary["count"] else None


@cache
def _columns() -> Mapping[str, Column]:
    """Columns for every key that nodes or relationships may have: identity, the ontology's, and what the store adds."""
    terms = [term for term in load_schema().properties.values() if term.key]
    defined = [Column(term.key or "", COLUMN_TYPES.get(term.range or "", "string"), term.list) for term in terms]
    added = [Column("rank", "integer"), Column("types", is_list=True), Column("statedIn", is_list=True)]
    columns: dict[str, Column] = {}
    for column in (Column("iri"), Column("name"), *defined, *added):
        columns.setdefault(column.key, column)
    return columns


def flat_value(value: Any) -> Any:
    """A value for a form without lists and days: lists are joined, days are ISO days.

    >>> flat_value(["a", "b"]), flat_value(3), flat_value(None)
    ('a; b', 3, None)
    """
    if isinstance(value, list):
        return LIST_SEPARATOR.join(str(flat_value(part)) for part in value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.isoformat()
