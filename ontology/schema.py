"""Classes and properties of caregraph.ttl, with the annotations that map them to a property graph, and closed schemes.

The header of caregraph.ttl explains each annotation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from caregraph.ontology.errors import UnknownTerm
from caregraph.ontology.iris import ONTOLOGY, THINGS
from caregraph.ontology.turtle import PREFIXES, Statements

FILE = Path(__file__).with_name("caregraph.ttl")
_SCHEMES = tuple(
    Path(__file__).with_name(name) for name in ("schemes.ttl", "frameworks.ttl", "themes.ttl", "national_framework.ttl")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTerm:
    """A class. One with ``neo4j_label`` becomes nodes, one with ``relationship_type`` relationships between
    the values of the properties ``start`` and ``end``, from nodes of ``starts_at`` to nodes of ``ends_at``;
    one with neither stays in RDF alone."""

    iri: str
    label: str
    definition: str
    broader: tuple[str, ...]
    neo4j_label: str | None
    relationship_type: str | None
    start: str | None
    end: str | None
    starts_at: str | None
    ends_at: str | None
    searchable: tuple[str, ...]
    indexed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyTerm:
    """A property. One with ``relationship_type`` becomes relationships between nodes of ``starts_at`` and ``ends_at``,
    one with ``key`` a value under that key; ``value_base`` is the part of an IRI that the value leaves out."""

    iri: str
    label: str
    definition: str
    broader: tuple[str, ...]
    domain: str | None
    range: str | None
    relationship_type: str | None
    starts_at: str | None
    ends_at: str | None
    key: str | None
    list: bool
    value_base: str | None


@dataclass(frozen=True, slots=True)
class Schema:
    """Classes and properties of the graph by IRI, in the order of the file."""

    classes: dict[str, ClassTerm]
    properties: dict[str, PropertyTerm]

    def term(self, name: str) -> str:
        """The IRI of one of our own terms by its name, such as "LocalAuthority" or "gave".

        Raises:
            UnknownTerm: if the ontology defines no such term.
        """
        iri = ONTOLOGY + name
        if iri not in self.classes and iri not in self.properties:
            raise UnknownTerm(f"the ontology has no term cg:{name}")
        return iri


@cache
def load_schema() -> Schema:
    """Read caregraph.ttl."""
    statements = Statements([FILE])
    return Schema(
        {term.iri: term for term in _classes(statements)},
        {term.iri: term for term in _properties(statements)},
    )


def cg(name: str) -> str:
    """The IRI of one of our own terms; a misspelt one raises UnknownTerm.

    >>> cg("LocalAuthority")
    'https://w3id.org/caregraph/ontology#LocalAuthority'
    >>> cg("LocalAuthorty")
    Traceback (most recent call last):
    caregraph.ontology.errors.UnknownTerm: the ontology has no term cg:LocalAuthorty
    """
    return load_schema().term(name)


def curie(iri: str) -> str:
    """The prefixed name of a term.

    >>> curie("http://www.w3.org/2004/02/skos/core#prefLabel")
    'skos:prefLabel'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _classes(statements: Statements) -> Iterator[ClassTerm]:
    for iri in statements.of_type("owl:Class"):
        yield ClassTerm(
            iri=iri,
            label=statements.value(iri, "rdfs:label") or "",
            definition=statements.value(iri, "skos:definition") or "",
            broader=statements.values(iri, "rdfs:subClassOf"),
            neo4j_label=statements.value(iri, "cg:neo4jLabel"),
            relationship_type=statements.value(iri, "cg:relationshipType"),
            start=statements.value(iri, "cg:relationshipStart"),
            end=statements.value(iri, "cg:relationshipEnd"),
            starts_at=statements.value(iri, "cg:startsAt"),
            ends_at=statements.value(iri, "cg:endsAt"),
            searchable=statements.values(iri, "cg:searchable"),
            indexed=statements.values(iri, "cg:indexed"),
        )


def _properties(statements: Statements) -> Iterator[PropertyTerm]:
    no_properties = {
        *statements.of_type("owl:Class"),
        *statements.of_type("owl:AnnotationProperty"),
        *statements.of_type("owl:Ontology"),
    }
    for iri in statements.subjects():
        if iri in no_properties:
            continue
        yield PropertyTerm(
            iri=iri,
            label=statements.value(iri, "rdfs:label") or "",
            definition=statements.value(iri, "skos:definition") or "",
            broader=statements.values(iri, "rdfs:subPropertyOf"),
            domain=statements.value(iri, "rdfs:domain"),
            range=_value_type(statements, iri),
            relationship_type=statements.value(iri, "cg:relationshipType"),
            starts_at=statements.value(iri, "cg:startsAt") or statements.value(iri, "rdfs:domain"),
            ends_at=statements.value(iri, "cg:endsAt") or _value_type(statements, iri),
            key=statements.value(iri, "cg:propertyKey"),
            list=statements.value(iri, "cg:list") == "true",
            value_base=statements.value(iri, "cg:valueBase"),
        )


def _value_type(statements: Statements, iri: str) -> str | None:
    """Class or datatype of a property's values: its range, or, of a property that others define, what we annotate."""
    return statements.value(iri, "rdfs:range") or statements.value(iri, "cg:valueType")


@cache
def _scheme_statements() -> Statements:
    return Statements(_SCHEMES)


@cache
def scheme_ids(scheme: str) -> tuple[str, ...]:
    """The ids of a scheme's members.

    Raises:
        UnknownTerm: if there is no such scheme.

    >>> scheme_ids("polarities")
    ('strength', 'concern', 'mixed', 'neutral')
    """
    statements, iri = _scheme_statements(), f"{THINGS}scheme/{scheme}"
    members = (member for member in statements.subjects() if iri in statements.values(member, "skos:inScheme"))
    ids = tuple(id for member in members for id in statements.values(member, "skos:notation"))
    if not ids:
        raise UnknownTerm(f"no scheme is called {scheme!r}")
    return ids
