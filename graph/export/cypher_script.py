"""Script of Cypher statements that makes the graph in an empty database, one statement a line.

cypher-shell --file graph.cypher
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, BinaryIO

from caregraph.graph.batching import batched
from caregraph.graph.export.tables import FROM, TO, Column, Row, Table, Tables
from caregraph.graph.neo4j.property_graph import graph_schema
from caregraph.graph.readers import RowReader
from caregraph.ontology.licence import attribution

BATCH = 400  # rows a statement, which is one line
ESCAPED = re.compile(r"[\\'\x00-\x1f\x7f-\x9f\u2028\u2029]")


def write_cypher(store: RowReader, tables: Tables, output: BinaryIO) -> None:
    """Write constraints first, then nodes, then relationships between nodes that the constraints find."""
    for statement in _statements(store, tables):
        output.write(f"{statement}\n".encode())


def _statements(store: RowReader, tables: Tables) -> Iterator[str]:
    yield f"// {attribution()}"
    for label in graph_schema().labels:
        yield f"CREATE CONSTRAINT `{label}_iri` IF NOT EXISTS FOR (n:`{label}`) REQUIRE n.iri IS UNIQUE;"
    for table in tables.nodes:
        for batch in batched(table.rows(store), BATCH):
            yield f"{_unwound(table, batch)} CREATE (:`{table.name}` {_properties(table)});"
    for table in tables.edges:
        yield from _edges(store, table)


def _edges(store: RowReader, table: Table) -> Iterator[str]:
    for batch in batched(table.rows_between(store), BATCH):
        by_labels: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for labels, row in batch:
            by_labels[labels].append(row)
        for (start, end), rows in by_labels.items():
            match = f"MATCH (a:`{start}` {{iri: column.`{FROM}`[row]}}) MATCH (b:`{end}` {{iri: column.`{TO}`[row]}})"
            yield f"{_unwound(table, rows)} {match} CREATE (a)-[:`{table.name}` {_properties(table)}]->(b);"


def _unwound(table: Table, rows: list[Row]) -> str:
    """Beginning of a statement that is done for each of some rows.

    Neo4j takes a list of strings or numbers after WITH for one parameter. Of a list of rows it plans for every value,
    which takes three times as long.
    """
    columns = {column.key: [_written(column, row.get(column.key)) for row in rows] for column in table.columns}
    return f"WITH {literal(columns)} AS column UNWIND range(0, {len(rows) - 1}) AS row"


def _written(column: Column, value: Any) -> Any:
    """Value of a column, a day as an ISO day."""
    return value.isoformat() if value is not None and column.type == "date" else value


def _properties(table: Table) -> str:
    """Properties of what a row makes; one that the row lacks is null, and so is not made."""
    values = {column.key: f"column.`{column.key}`[row]" for column in table.columns if column.key not in (FROM, TO)}
    days = {column.key for column in table.columns if column.type == "date"}
    given = (f"`{key}`: date({value})" if key in days else f"`{key}`: {value}" for key, value in values.items())
    return f"{{{', '.join(given)}}}"


def literal(value: Any) -> str:
    """A value as a Cypher literal on one line; no text in it can end the string or the statement.

    >>> print(literal({"name": "O'Hara's \\\\u0027", "pages": 3, "open": True}))
    {`name`: 'O\\'Hara\\'s \\\\u0027', `pages`: 3, `open`: true}
    """
    if isinstance(value, dict):
        return f"{{{', '.join(f'`{key}`: {literal(part)}' for key, part in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if value is None:
        return "null"
    return f"'{ESCAPED.sub(_escape, str(value))}'"


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return f"\\{character}" if character in "\\'" else f"\\u{ord(character):04x}"
