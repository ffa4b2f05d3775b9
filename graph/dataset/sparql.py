"""SPARQL over a dataset: reads only, rows as dicts.

Oxigraph's query call takes no updates, but it does follow SERVICE to other
servers; a query that has it is refused before it runs.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

import pyoxigraph as ox
from pyparsing import ParseResults
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from caregraph.ontology.errors import QueryRefused, StoreError

Value = str | int | float | bool | Decimal | date | None
XSD = "http://www.w3.org/2001/XMLSchema#"
READERS: dict[str, Callable[[str], Value]] = {
    "integer": int,
    "decimal": Decimal,
    "double": float,
    "float": float,
    "boolean": "true".__eq__,
    "date": date.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query, keyed by column. ``cut`` says that there were more rows than were asked for."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, Value], ...]
    cut: bool = False


def select(store: ox.Store, query: str, *, prefixes: dict[str, str], limit: int | None = None) -> Answer:
    """Answer a query over the default graph of the store, and over named ones where it names them.

    ASK gives one row with the column `answer`; CONSTRUCT and DESCRIBE a row a statement.

    Raises:
        QueryRefused: if it is no SPARQL query, an update, or asks another server.
        StoreError: if the store fails.
    """
    refuse_service(query)
    try:
        result = store.query(query, prefixes=prefixes)
        if isinstance(result, ox.QueryBoolean):
            return Answer(("answer",), ({"answer": bool(result)},))
        if isinstance(result, ox.QueryTriples):
            columns: tuple[str, ...] = ("subject", "predicate", "object")
            rows = (dict(zip(columns, map(plain, triple), strict=True)) for triple in result)
        else:
            columns = tuple(variable.value for variable in result.variables)
            rows = (dict(zip(columns, map(plain, solution), strict=True)) for solution in result)
        found = tuple(islice(rows, None if limit is None else limit + 1))
    except SyntaxError as error:
        raise QueryRefused(f"not a SPARQL query that reads: {error}") from error
    except (OSError, ValueError) as error:
        raise StoreError(f"the dataset could not answer: {error}") from error
    return Answer(columns, found[:limit], cut=limit is not None and len(found) > limit)


def refuse_service(query: str) -> None:
    """Refuse a query that asks another server.

    A query without the word cannot; one with it ("cg:Service", a comment, a
    label) is parsed by rdflib and passes if no SERVICE stands in its algebra.

    Raises:
        QueryRefused: if one does, or if rdflib cannot tell.

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
    except Exception as error:  # whatever rdflib stumbles over, it has not cleared the query
        raise QueryRefused(f"SERVICE is not allowed, and whether this query has it cannot be told: {error}") from error
    if "ServiceGraphPattern" in _patterns(parsed):
        raise QueryRefused("SERVICE asks another server, and is not allowed")


def _patterns(parsed: Any) -> Iterator[str]:
    """The names of all parts of a parsed query."""
    waiting = [parsed]
    while waiting:
        part = waiting.pop()
        if isinstance(part, CompValue):
            yield part.name
            waiting.extend(part.values())
        elif isinstance(part, list | tuple | ParseResults):
            waiting.extend(part)


def plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    """A term as Python has it: numbers, truth values and dates as such, everything else as a string.

    >>> plain(ox.Literal(3)), plain(ox.NamedNode("https://example.org/a")), plain(None)
    (3, 'https://example.org/a', None)
    """
    if isinstance(term, ox.Literal):
        reader = READERS.get(term.datatype.value.removeprefix(XSD), str)
        try:
            return reader(term.value)
        except (ValueError, ArithmeticError):  # a computed value such as "INF" for a decimal
            return term.value
    return term if term is None else str(term) if isinstance(term, ox.Triple) else term.value
