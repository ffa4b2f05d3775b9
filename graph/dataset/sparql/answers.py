"""SPARQL over a dataset: read-only queries, rows as dicts.

Oxigraph's query call takes no updates, but it does follow SERVICE to other
servers; a query that has it is refused before it runs.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

import pyoxigraph as ox
from pyparsing import ParseResults
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from caregraph.graph.query_result import QueryResult, within_size
from caregraph.ontology.errors import QueryRefused, StoreError
from caregraph.ontology.turtle import PREFIXES

Value = str | int | float | bool | Decimal | date | None
LITERAL_READERS: dict[str, Callable[[str], Value]] = {
    "integer": int,
    "decimal": Decimal,
    "double": float,
    "float": float,
    "boolean": "true".__eq__,
    "date": date.fromisoformat,
}


def select(store: ox.Store, query: str, *, prefixes: dict[str, str], limit: int | None = None) -> QueryResult:
    """Answer a query over the default graph of the store, and over the named graphs that it names.

    ASK gives one row with the column `answer`; CONSTRUCT and DESCRIBE give a row for each statement.

    Raises:
        QueryRefused: if it is no SPARQL query, is an update, asks another server, or has too large an answer.
        StoreError: if the store fails.
    """
    refuse_service(query)
    try:
        result = store.query(query, prefixes=prefixes)
        if isinstance(result, ox.QueryBoolean):
            return QueryResult(("answer",), ({"answer": bool(result)},))
        if isinstance(result, ox.QueryTriples):
            columns: tuple[str, ...] = ("subject", "predicate", "object")
            rows = (dict(zip(columns, map(python_value, triple), strict=True)) for triple in result)
        else:
            columns = tuple(variable.value for variable in result.variables)
            rows = (dict(zip(columns, map(python_value, solution), strict=True)) for solution in result)
        first_rows = tuple(islice(rows if limit is None else within_size(rows), None if limit is None else limit + 1))
    except SyntaxError as error:
        raise QueryRefused(f"not a SPARQL query that reads: {error}") from error
    except (OSError, ValueError) as error:
        raise StoreError(f"the dataset could not answer: {error}") from error
    return QueryResult(columns, first_rows[:limit], cut=limit is not None and len(first_rows) > limit)


def refuse_service(query: str) -> None:
    """Refuse a query that asks another server.

    A query without the word cannot. One with the word ("cg:Service", a comment, a
    label) is parsed by rdflib, and passes if its algebra has no SERVICE.

    Raises:
        QueryRefused: if it does, or if rdflib cannot parse it.

    >>> refuse_service('SELECT * { ?s a cg:Service } # no service')
    >>> refuse_service('SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }')
    Traceback (most recent call last):
    caregraph.ontology.errors.QueryRefused: SERVICE asks another server, and is not allowed
    """
    if not re.search(r"service|\\u", query, re.IGNORECASE):
        return
    try:
        # A comment ends at a carriage return for Oxigraph, but not for rdflib.
        parsed = parseQuery(query.replace("\r", "\n"))
    except Exception as error:  # rdflib raises errors of many types; none of them clears the query
        raise QueryRefused(f"SERVICE is not allowed, and this query cannot be checked for it: {error}") from error
    if "ServiceGraphPattern" in _patterns(parsed):
        raise QueryRefused("SERVICE asks another server, and is not allowed")


def _patterns(parsed: Any) -> Iterator[str]:
    """Yield the names of all parts of a parsed query."""
    waiting = [parsed]
    while waiting:
        part = waiting.pop()
        if isinstance(part, CompValue):
            yield part.name
            waiting.extend(part.values())
        elif isinstance(part, list | tuple | ParseResults):
            waiting.extend(part)


def python_value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    """Convert a term to Python: numbers, truth values and dates as such, everything else as a string.

    >>> python_value(ox.Literal(3)), python_value(ox.NamedNode("https://example.org/a")), python_value(None)
    (3, 'https://example.org/a', None)
    """
    if isinstance(term, ox.Literal):
        reader = LITERAL_READERS.get(term.datatype.value.removeprefix(PREFIXES["xsd"]), str)
        try:
            return reader(term.value)
        except (ValueError, ArithmeticError):  # a computed value such as "INF" for a decimal
            return term.value
    return term if term is None else str(term) if isinstance(term, ox.Triple) else term.value
