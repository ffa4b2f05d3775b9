"""Tables of an export: one of the nodes of each label, one of the relationships of each type.

Rows come from the database one by one, so that a table of any length needs no memory. Columns follow from the
ontology; a property that the ontology does not have, such as a vector for search, is left out.
"""

from collections.abc import Collection, Iterator, Mapping
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
    region: str | None = None

    def rows(self, store: RowReader) -> Iterator[Row]:
        """Rows of the table; nodes are in the order of their IRIs."""
        return (row for _, row in self.rows_between(store))

    def rows_between(self, store: RowReader) -> Iterator[tuple[tuple[str, str], Row]]:
        """Rows of the table, each after the labels of the relationship's ends; a node has its own label twice."""
        keys = [column.key for column in self.columns]
        for record in store.stream(self.cypher, region=self.region):
            values = record | record["properties"]
            labels = record.get("labels", [self.name, self.name])
            yield (labels[0], labels[1]), {key: values[key] for key in keys if key in values}


@dataclass(frozen=True, slots=True)
class Selection:
    """Part of a graph that is exported: all, or what reports on one region say, by its IRI; ``findings`` or none.

    Of a region there are its councils with their reports, and what these name; terms that belong to no council stay.
    Without ``findings`` there are no findings and no passages, and so no sentence of a report.
    """

    region: str | None = None
    findings: bool = True

    def has_label(self, label: str) -> bool:
        """Tell if nodes of a label are part of it at all."""
        return self.findings or label not in SENTENCES

    def condition(self, node: str, labels: Collection[str]) -> str:
        """Cypher that holds of a node, by its variable, that has one of some labels and is part of it."""
        conditions = [] if self.findings else [f"NOT {node}:{name}" for name in SENTENCES if name in labels]
        for name in labels if self.region else ():
            if name in _OF_REGION:
                conditions.append(f"(NOT {node}:{name} OR {_OF_REGION[name].format(node=node)})")
        return " AND ".join(conditions) or "true"


WHOLE = Selection()
SENTENCES = ("Finding", "Passage")  # labels of nodes that hold sentences of reports
_REGION = "-[:IN_REGION]->(:Region {{iri: $region}})"
_COUNCIL = f":LocalAuthority){_REGION}"
_REPORT = f":Document)-[:REPORTS_ON]->({_COUNCIL}"
_VISIT = f":Inspection)-[:REPORTED_IN]->({_REPORT}"
# Condition that holds of a node of a label if it is a region's; a label that is not here belongs to no region.
_OF_REGION: Mapping[str, str] = {
    "Region": "{node}.iri = $region",
    "LocalAuthority": f"EXISTS {{{{ ({{node}}){_REGION} }}}}",
    "Document": f"EXISTS {{{{ ({{node}})-[:REPORTS_ON]->({_COUNCIL} }}}}",
    "Passage": f"EXISTS {{{{ ({{node}})-[:PART_OF]->({_REPORT} }}}}",
    "Finding": f"EXISTS {{{{ ({{node}})<-[:STATES]-({_REPORT} }}}}",
    "Inspection": f"EXISTS {{{{ ({{node}})-[:REPORTED_IN]->({_REPORT} }}}}",
    "Judgement": f"EXISTS {{{{ ({{node}})<-[:GAVE]-({_VISIT} }}}}",
    "Person": (
        f"(EXISTS {{{{ ({{node}})-[:TOOK_PART_IN]->({_VISIT} }}}}"
        f" OR EXISTS {{{{ ({{node}})-[:SERVED]->({_COUNCIL} }}}})"
    ),
    **dict.fromkeys(
        ("Agency", "Service", "Programme", "Body", "Process"),
        f"EXISTS {{{{ ({{node}})-[:SERVES|HOSTED_BY|USES]-({_COUNCIL} }}}}",
    ),
}


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables of a graph that have rows, in the ontology's order, and of which part of it they are."""

    nodes: tuple[Table, ...]
    edges: tuple[Table, ...]
    selection: Selection = WHOLE

    @classmethod
    def of(cls, store: RowReader, selection: Selection = WHOLE) -> "Tables":
        """Read from a database which tables it has, or a part of it."""
        labels = filter(selection.has_label, graph_schema().labels)
        nodes = (_nodes(store, label, selection) for label in labels)
        edges = (_edges(store, type, selection) for type in graph_schema().types)
        return cls(tuple(filter(None, nodes)), tuple(filter(None, edges)), selection)

    @property
    def all(self) -> tuple[Table, ...]:
        return (*self.nodes, *self.edges)


def _nodes(store: RowReader, label: str, selection: Selection) -> Table | None:
    match = f"MATCH (n:`{label}`) WHERE n.iri IS NOT NULL AND {selection.condition('n', [label])}"
    # The index on IRIs gives them in order. Relationships would have to be sorted, which takes memory.
    ordered = f"{match} WITH n ORDER BY n.iri RETURN properties(n) AS properties"
    return _table(store, label, match, [], ordered, selection.region)


def _edges(store: RowReader, type: str, selection: Selection) -> Table | None:
    match = f"MATCH (a)-[n:`{type}`]->(b)"
    if selection != WHOLE:  # asked first: a condition on every label there is would take longer to plan than to run
        pairs = list(store.stream(f"{match} RETURN DISTINCT labels(a)[0] AS a, labels(b)[0] AS b"))
        ends_of = {node: sorted({pair[node] for pair in pairs}) for node in ("a", "b")}
        match += " WHERE " + " AND ".join(selection.condition(node, labels) for node, labels in ends_of.items())
    ends = f"a.iri AS `{FROM}`, b.iri AS `{TO}`, [labels(a)[0], labels(b)[0]] AS labels"
    every = f"{match} RETURN {ends}, properties(n) AS properties"
    return _table(store, type, match, [Column(FROM), Column(TO)], every, selection.region)


def _table(
    store: RowReader, name: str, match: str, ends: list[Column], cypher: str, region: str | None
) -> Table | None:
    counting = f"{match} WITH count(n) AS count, collect(DISTINCT keys(n)) AS keys RETURN count, keys"
    [summary] = store.stream(counting, region=region)
    present = {key for keys in summary["keys"] for key in keys}
    columns = [*ends, *(column for key, column in _columns().items() if key in present)]
    return Table(name, tuple(columns), summary["count"], cypher, region) if summary["count"] else None


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
