"""What a vocabulary must keep to before anything relies on it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from caregraph.ontology.errors import InvalidGraph, UnknownTerm
from caregraph.ontology.iris import ONTOLOGY, THINGS
from caregraph.ontology.schema import curie, load_schema
from caregraph.ontology.turtle import Statements, expand

LABELS = ("skos:prefLabel", "skos:altLabel", "cg:acronym", "cg:exactLabel")


def check_file(path: Path, known: Statements) -> None:
    """Check a Turtle file of ours or of a user against all statements that will be loaded with it.

    Raises:
        UnknownTerm: if it uses a term that the ontology does not have, or refers to a thing that nothing describes.
        InvalidGraph: if broader concepts run in a circle.
    """
    for term in _unknown_terms(Statements([path]), known):
        raise UnknownTerm(f"{path.name}: {term}")
    circle = next(circles(known), None)
    if circle:
        raise InvalidGraph(path.name, [f"broader runs in a circle: {' > '.join(circle)}"])


def circles(statements: Statements) -> Iterator[tuple[str, ...]]:
    """Each concept from which broader leads back to itself, with the way there, by id."""
    for concept in statements.of_type("cg:Concept"):
        ways: list[tuple[str, ...]] = [(concept,)]
        while ways:
            way = ways.pop()
            for broader in statements.values(way[-1], "skos:broader"):
                if broader == concept:
                    yield tuple(iri.removeprefix(THINGS) for iri in (*way, broader))
                    ways = []
                elif broader not in way:
                    ways.append((*way, broader))


def shared_labels(statements: Statements, *classes: str) -> Mapping[str, frozenset[str]]:
    """The labels, capitals aside, that several members of some classes share, and who shares each."""
    owners: dict[str, set[str]] = defaultdict(set)
    for iri in (iri for name in classes for iri in statements.of_type(name)):
        for label in (text for name in LABELS for text in statements.values(iri, name)):
            owners[label.casefold()].add(iri.removeprefix(THINGS))
    return {label: frozenset(who) for label, who in owners.items() if len(who) > 1}


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
