"""Script of Cypher statements that makes the graph in an empty database, one statement a line.

cypher-shell --file graph.cypher
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from caregraph.graph.batching import batched
from caregraph.graph.export.tables import FROM, TO, Row, Table, Tables
from caregraph.graph.neo4j.property_graph import graph_schema
from caregraph.graph.readers import RowReader
from caregraph.ontology.licence import attribution

BATCH = 400  # rows a statement: with fewer a script takes longer, since each is planned
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
            yield f"UNWIND {literal(batch)} AS row CREATE (n:`{table.name}`) SET n = row;"
    for table in tables.edges:
        yield from _edges(store, table)


def _edges(store: RowReader, table: Table) -> Iterator[str]:
    for batch in batched(table.rows_between(store), BATCH):
        by_labels: dict[tuple[str, str], list[list[Any]]] = defaultdict(list)
        for labels, row in batch:
            by_labels[labels].append([row[FROM], row[TO], _properties(row)])
        for (start, end), rows in by_labels.items():
            match = f"MATCH (a:`{start}` {{iri: row[0]}}) MATCH (b:`{end}` {{iri: row[1]}})"
            yield f"UNWIND {literal(rows)} AS row {match} CREATE (a)-[r:`{table.name}`]->(b) SET r = row[2];"


def _properties(row: Row) -> Row:
    return {key: value for key, value in row.items() if key not in (FROM, TO)}


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
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    return f"'{ESCAPED.sub(_escape, str(value))}'"


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return f"\\{character}" if character in "\\'" else f"\\u{ord(character):04x}"
