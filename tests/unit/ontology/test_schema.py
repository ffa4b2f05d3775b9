import re
from collections import Counter

import pytest
from rdflib import DCTERMS, OWL, RDFS, SH, SKOS, Graph, Literal, URIRef

from caregraph import __version__
from caregraph.ontology.errors import UnknownTerm
from caregraph.ontology.iris import ONTOLOGY
from caregraph.ontology.schema import FILE, cg, load_schema
from caregraph.ontology.turtle import expand

SCHEMA = load_schema()
TERMS = [*SCHEMA.classes.values(), *SCHEMA.properties.values()]
RELATED = [term for term in TERMS if term.relationship_type]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.iri.rsplit("/", 1)[-1])
def test_every_term_has_a_label_and_a_definition(term) -> None:
    assert term.label
    assert term.definition.endswith(".")


def test_no_two_properties_share_a_key() -> None:
    keys = Counter(term.key for term in SCHEMA.properties.values() if term.key)

    assert [key for key, count in keys.items() if count > 1] == []
    assert all(re.fullmatch(r"[a-z][a-zA-Z0-9]*", key) for key in keys)


def test_relationship_types_are_upper_snake_case_and_join_nodes() -> None:
    nodes = {term.iri for term in SCHEMA.classes.values() if term.neo4j_label} | {cg("NamedThing")}

    for term in RELATED:
        assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", term.relationship_type), term.iri
        assert term.starts_at in nodes, term.iri
        assert term.ends_at in nodes, term.iri


def test_classes_become_nodes_or_relationships_but_never_both() -> None:
    for term in SCHEMA.classes.values():
        assert not (term.neo4j_label and term.relationship_type), term.iri
        assert bool(term.relationship_type) == bool(term.start and term.end), term.iri


def test_what_is_searched_or_indexed_has_a_key() -> None:
    for term in SCHEMA.classes.values():
        assert all(SCHEMA.properties[iri].key for iri in (*term.searchable, *term.indexed)), term.iri


def test_what_the_schema_refers_to_is_defined() -> None:
    ours = {term.iri for term in TERMS}
    named = {iri for term in SCHEMA.properties.values() for iri in (term.domain, term.range, *term.broader) if iri}
    named |= {iri for term in SCHEMA.classes.values() for iri in (term.start, term.end, *term.broader) if iri}

    assert {iri for iri in named if iri.startswith(ONTOLOGY)} <= ours


def test_cg_refuses_a_term_that_is_misspelt() -> None:
    assert cg("gave") == expand("cg:gave")
    with pytest.raises(UnknownTerm, match="cg:gvae"):
        cg("gvae")


def test_ontology_says_nothing_of_what_others_define() -> None:
    """A range of a term of others' would hold for everybody's data; what ours must be stands in the shapes."""
    graph = Graph().parse(FILE)
    axioms = (
        RDFS.range,
        RDFS.domain,
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        OWL.equivalentClass,
        OWL.inverseOf,
        OWL.disjointWith,
    )
    subjects = {str(subject) for axiom in axioms for subject in graph.subjects(axiom)}

    assert {iri for iri in subjects if not iri.startswith(ONTOLOGY)} == set()
    assert len(subjects) > 40


def test_shapes_hold_the_value_types_of_what_others_define() -> None:
    shapes = Graph().parse(FILE.with_name("shapes.ttl"))
    limits = {SH.datatype, SH.pattern, URIRef(f"{SH}class")}
    held = {
        str(shapes.value(shape, SH.path)) for shape in shapes.subjects(SH.path) if limits & {*shapes.predicates(shape)}
    }
    typed = {term.iri for term in SCHEMA.properties.values() if term.range and not term.iri.startswith(ONTOLOGY)}

    assert expand("prov:agent") in typed
    assert typed <= held


def test_header_tells_version_creator_and_days() -> None:
    graph, ontology = Graph().parse(FILE), URIRef("https://w3id.org/caregraph/ontology")

    assert graph.value(ontology, OWL.versionInfo) == Literal(__version__)
    assert graph.value(ontology, OWL.versionIRI) == URIRef(f"{ontology}/{__version__}")
    assert all(graph.value(ontology, term) for term in (DCTERMS.creator, DCTERMS.created, DCTERMS.modified))
    labels = [*graph.objects(None, RDFS.label), *graph.objects(None, SKOS.definition)]
    assert {label.language for label in labels} == {"en"}
