"""The graph as tables to take away: one of the nodes of each label, one of the relationships of each type.

Rows come from the database one by one, so that a table of any length needs no memory. What is in a column
follows from the ontology; a property that the ontology does not have, such as a vector for search, is left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from caregraph.graph.neo4j.property_graph import graph_schema
from caregraph.graph.readers import RowReader
from caregraph.ontology.schema import load_schema
from caregraph.ontology.turtle import expand

Kind = Literal["string", "integer", "double", "boolean", "date"]
Row = dict[str, Any]  # values by key; what a node or relationship lacks is not there

KINDS: dict[str, Kind] = {
    expand("xsd:integer"): "integer",
    expand("xsd:double"): "double",
    expand("xsd:boolean"): "boolean",
    expand("xsd:date"): "date",
}
FROM, TO = "from", "to"  # a relationship's ends, by IRI; `start` and `end` are places in a text
BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """What stands under a key: values of one kind, or lists of them."""

    key: str
    kind: Kind = "string"
    many: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The nodes of a label, which ``iri`` tells apart, or the relationships of a type, which begin with FROM and TO."""

    name: str
    columns: tuple[Column, ...]
    count: int
    cypher: str

    def rows(self, store: RowReader) -> Iterator[Row]:
        """Its rows, nodes in the order of their IRIs."""
        return (row for _, row in self.rows_between(store))

    def rows_between(self, store: RowReader) -> Iterator[tuple[tuple[str, str], Row]]:
        """Its rows, each after the labels of a relationship's ends; a node's are its own."""
        keys = [column.key for column in self.columns]
        for found in store.stream(self.cypher):
            values = found | found["properties"]
            labels = found.get("labels", [self.name, self.name])
            yield (labels[0], labels[1]), {key: values[key] for key in keys if key in values}


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of a graph that have rows, in the ontology's order."""

    nodes: tuple[Table, ...]
    edges: tuple[Table, ...]

    @classmethod
    def of(cls, store: RowReader) -> "Tables":
        """Look what a database holds."""
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
    [found] = store.stream(f"{match} WITH count(n) AS count, collect(DISTINCT keys(n)) AS keys RETURN count, keys")
    present = {key for keys in found["keys"] for key in keys}
    columns = [*ends, *(column for key, column in _columns().items() if key in present)]
    return Table(name, tuple(columns), found["count"], cypher) if found["count"] else None


@cache
def _columns() -> Mapping[str, Column]:
    """Every key that a node or relationship may have: its identity, what the ontology has, what the store adds."""
    terms = [term for term in load_schema().properties.values() if term.key]
    told = [Column(term.key or "", KINDS.get(term.range or "", "string"), term.list) for term in terms]
    added = [Column("rank", "integer"), Column("types", many=True), Column("statedIn", many=True)]
    found: dict[str, Column] = {}
    for column in (Column("iri"), Column("name"), *told, *added):
        found.setdefault(column.key, column)
    return found


def shown(value: Any) -> Any:
    """A value for a form that has no lists and no days: lists are joined, days are ISO days.

    >>> shown(["a", "b"]), shown(3), shown(None)
    ('a; b', 3, None)
    """
    if isinstance(value, list):
        return BETWEEN.join(str(shown(one)) for one in value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.isoformat()
