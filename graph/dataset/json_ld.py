"""JSON-LD of a dataset, with a context and a named graph a line.

The file is one JSON-LD document, and a tool that reads lines has one graph in each: all but the first and the last
are a named graph, with a comma behind it. Names are short by the context, which is taken from the ontology: a property
whose values are IRIs or dates says so there, once.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, BinaryIO

import pyoxigraph as ox

from caregraph.ontology.schema import curie, load_schema
from caregraph.ontology.turtle import PREFIXES, expand

_TYPE, _STRING = expand("rdf:type"), expand("xsd:string")
_NATIVE: dict[str, Callable[[str], Any]] = {
    expand("xsd:integer"): int,
    expand("xsd:boolean"): "true".__eq__,
}  # that JSON writes as RDF does


def write_json_ld(graphs: Iterable[tuple[str, Iterable[ox.Quad]]], output: BinaryIO) -> None:
    """Write named graphs, each by its IRI and its statements; blank nodes keep their names."""
    output.write(b'{"@context":' + _json(context()) + b',"@graph":[\n')
    for number, (name, quads) in enumerate(graphs):
        output.write((b",\n" if number else b"") + _json({"@id": _short(name), "@graph": list(_nodes(quads))}))
    output.write(b"\n]}\n")


@cache
def context() -> dict[str, Any]:
    """Prefixes, and the type of the values of each property that has one other than text."""
    terms = load_schema().properties.values()
    return {**PREFIXES, **{curie(term.iri): {"@type": type} for term in terms if (type := _coercion(term.iri))}}


@cache
def _coercion(predicate: str) -> str | None:
    """Type that the context gives the values of a property: a datatype, "@id" for IRIs, None for text."""
    term = load_schema().properties.get(predicate)
    if term is None or term.range in (None, _STRING):
        return None
    return curie(term.range) if (term.range or "").startswith(PREFIXES["xsd"]) else "@id"


def _nodes(quads: Iterable[ox.Quad]) -> Iterator[dict[str, Any]]:
    """Yield each subject with its properties, in the order of the statements."""
    subjects: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        predicate = quad.predicate.value
        key, value = ("@type", _name(quad.object)) if predicate == _TYPE else (_short(predicate), _value(quad))
        subjects[_name(quad.subject)][key].append(value)
    for name, properties in subjects.items():
        single = {key: values[0] if len(values) == 1 else values for key, values in properties.items()}
        yield {"@id": name, **single}


def _value(quad: ox.Quad) -> Any:
    """Value as the context lets it be written: shortest where its type is that of the property."""
    term, coerced = quad.object, _coercion(quad.predicate.value)
    if not isinstance(term, ox.Literal):
        return _name(term) if coerced == "@id" else {"@id": _name(term)}
    datatype = term.datatype.value
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if _short(datatype) == coerced:
        native = _NATIVE.get(datatype, str)(term.value)
        return native if _lexical(native) == term.value else term.value
    if datatype == _STRING:
        return {"@value": term.value} if coerced else term.value
    return {"@value": term.value, "@type": _short(datatype)}


def _lexical(value: Any) -> str:
    """RDF's way of writing a value of Python's."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _name(term: Any) -> str:
    return str(term) if isinstance(term, ox.BlankNode) else _short(term.value)


@lru_cache(maxsize=100_000)
def _short(iri: str) -> str:
    return curie(iri)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
