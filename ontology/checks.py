"""Checks of a vocabulary before it is used."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from caregraph.ontology.errors import InvalidVocabulary, UnknownTerm
from caregraph.ontology.iris import ONTOLOGY, THINGS
from caregraph.ontology.schema import curie, load_schema
from caregraph.ontology.turtle import Statements, expand

# Classes whose members have a name.
NAMED = "LocalAuthority AnnouncedAuthority Region Agency Service Programme Body Process Concept Framework".split()
LABELS = ("skos:prefLabel", "skos:altLabel", "cg:acronym", "cg:exactLabel")


def check_file(path: Path, known: Statements) -> None:
    """Check a Turtle file, built-in or a user's, against all statements that will be loaded with it.

    Raises:
        UnknownTerm: if it uses a term that the ontology does not have, or refers to a thing that has no description.
        InvalidVocabulary: if it describes nothing, broader concepts run in a circle, a day is no day, a number no
            number, or something has no name or code.
    """
    statements = Statements([path])
    for term in _unknown_terms(statements, known):
        raise UnknownTerm(f"{path.name}: {term}")
    circle = next(broader_circles(known), None)
    if circle:
        raise InvalidVocabulary(path.name, f"broader runs in a circle: {' > '.join(circle)}")
    if next(statements.subjects(), None) is None:
        raise InvalidVocabulary(path.name, "describes nothing")
    for fault in (*_unreadable_values(statements), *_missing_facts(statements, known)):
        raise InvalidVocabulary(path.name, fault)


def broader_circles(statements: Statements) -> Iterator[tuple[str, ...]]:
    """Yield each path of concepts along which broader leads back to its beginning, by their ids."""
    for concept in statements.of_type("cg:Concept"):
        paths: list[tuple[str, ...]] = [(concept,)]
        while paths:
            path = paths.pop()
            for broader in statements.values(path[-1], "skos:broader"):
                if broader == concept:
                    yield tuple(iri.removeprefix(THINGS) for iri in (*path, broader))
                    paths = []
                elif broader not in path:
                    paths.append((*path, broader))


def shared_labels(statements: Statements, *classes: str) -> Mapping[str, frozenset[str]]:
    """Labels, capitals aside, that several members of these classes share, each with the ids of its owners."""
    owners: dict[str, set[str]] = defaultdict(set)
    for iri in (iri for name in classes for iri in statements.of_type(name)):
        for label in (text for name in LABELS for text in statements.values(iri, name)):
            owners[label.casefold()].add(iri.removeprefix(THINGS))
    return {label: frozenset(ids) for label, ids in owners.items() if len(ids) > 1}


def _unknown_terms(statements: Statements, known: Statements) -> Iterator[str]:
    schema, described = load_schema(), set(known.subjects())
    uses = [use for subject in statements.subjects() for use in statements.predicates(subject).items()]
    for predicate, values in uses:
        if predicate not in schema.properties and not predicate.startswith(expand("rdf:")):
            yield f"the ontology has no property {curie(predicate)}"
        for value in values:
            if predicate == expand("rdf:type") and value.startswith(ONTOLOGY) and value not in schema.classes:
                yield f"the ontology has no class {curie(value)}"
            if value.startswith(THINGS) and value not in described:
                yield f"{value.removeprefix(THINGS)} is not described"


def _unreadable_values(statements: Statements) -> Iterator[str]:
    """Yield a line for each day that is not written as YYYY-MM-DD, and each number that is none."""
    properties = load_schema().properties
    for subject in statements.subjects():
        for predicate, values in statements.predicates(subject).items():
            term = properties.get(predicate)
            kind = term.range if term else None
            for value in values:
                if kind == expand("xsd:date") and not _is_day(value):
                    expected = "a day such as 2023-04-01"
                elif kind == expand("xsd:integer") and not value.lstrip("-").isdecimal():
                    expected = "a whole number"
                else:
                    continue
                yield f"{_name(subject)} has {curie(predicate)} {value!r}; expected {expected}"


def _is_day(text: str) -> bool:
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat() == text
    return False


def _missing_facts(statements: Statements, known: Statements) -> Iterator[str]:
    for name in NAMED:
        for iri in statements.of_type(f"cg:{name}"):
            if not (known.value(iri, "skos:prefLabel") or "").strip():
                yield f"{_name(iri)} has no name (skos:prefLabel)"
            if name in ("LocalAuthority", "Region") and not known.value(iri, "cg:gss"):
                yield f"{_name(iri)} has no code of the Office for National Statistics (cg:gss)"


def _name(iri: str) -> str:
    return iri.removeprefix(THINGS)
