"""Terms of RDF as plain values, of which the statements of documents are made, and their lines of N-Triples.

A country's reports are five million statements. Made as objects of rdflib, and of these Oxigraph's, they took twice the
time; the libraries still check IRIs, escape text and read the lines.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

import pyoxigraph as ox

from caregraph.ontology.errors import InvalidGraph
from caregraph.ontology.schema import cg
from caregraph.ontology.turtle import expand

T = TypeVar("T", bound=str)

BOOLEAN, DATE, DOUBLE, INTEGER = (expand(f"xsd:{name}") for name in ("boolean", "date", "double", "integer"))
_QUOTED = re.compile(r'[\x00-\x1f"\\\x7f-\x9f]')  # what a line of N-Triples may have to escape


class IRI(str):
    """IRI of a node or property."""

    __slots__ = ()


class Literal(NamedTuple):
    """Characters of a value, and the IRI of its type, None for text."""

    text: str
    type: str | None = None


Triple = tuple[IRI, IRI, IRI | Literal]


class Terms(Generic[T]):
    """Terms of a vocabulary by name, ``SKOS.prefLabel``; one of ours that the ontology lacks raises UnknownTerm."""

    def __init__(self, prefix: str, make: Callable[[str], T]) -> None:
        """Name a vocabulary by its prefix; ``make`` makes a term of its IRI, here or as another library has them."""
        self._prefix = prefix
        self._make = make

    def __getattr__(self, name: str) -> T:
        if name.startswith("_"):  # Python asks for such names; no term begins so
            raise AttributeError(name)
        term = self._make(cg(name) if self._prefix == "cg" else expand(f"{self._prefix}:{name}"))
        setattr(self, name, term)
        return term


CG, DCTERMS, OA, ORG, PROV, RDF, SKOS = (
    Terms(prefix, IRI) for prefix in ("cg", "dcterms", "oa", "org", "prov", "rdf", "skos")
)


def literal_of(value: str | bool | int | float | date) -> Literal:
    """Literal of a value of Python's."""
    if isinstance(value, str):
        return Literal(value)
    if isinstance(value, bool):
        return Literal("true" if value else "false", BOOLEAN)
    if isinstance(value, int):
        return Literal(str(value), INTEGER)
    return Literal(str(value), DOUBLE if isinstance(value, float) else DATE)


def sorted_triples(triples: Iterable[Triple]) -> dict[str, Triple]:
    """Statements, each once, by their lines of N-Triples and in the order of these.

    The lines, joined, are equal for equal graphs.

    Raises:
        InvalidGraph: if a node or property has no valid IRI.
    """
    names: dict[str, str] = {}

    def name(iri: str) -> str:
        if iri not in names:
            names[iri] = _name(iri)
        return names[iri]

    by_line: dict[str, Triple] = {}
    for triple in triples:
        subject, key, value = triple
        text = name(value) if isinstance(value, IRI) else _quote(value)
        by_line[f"{name(subject)} {name(key)} {text} .\n"] = triple
    return {line: by_line[line] for line in sorted(by_line)}


def plain_values(triples: Iterable[Triple]) -> Iterator[tuple[str, str, str]]:
    """Yield the characters of each statement's terms, as `neo4j.property_graph.rows_of` takes them."""
    for subject, key, value in triples:
        yield subject, key, value if isinstance(value, IRI) else value.text


def _name(iri: str) -> str:
    try:
        return str(ox.NamedNode(iri))
    except ValueError as error:
        raise InvalidGraph("graph", [f"{iri!r} is no IRI"]) from error


@lru_cache(maxsize=2**16)  # numbers and short words come again and again
def _quote(value: Literal) -> str:
    text = str(ox.Literal(value.text)) if _QUOTED.search(value.text) else f'"{value.text}"'
    return f"{text}^^{_name(value.type)}" if value.type else text
