"""Tests of statements as plain values, read back by Oxigraph and rdflib."""

from datetime import date

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from caregraph.graph.dataset.rdf_terms import as_graph, fixed_graph
from caregraph.graph.dataset.terms import CG, DCTERMS, IRI, SKOS, literal_of, plain_values, sorted_triples
from caregraph.ontology.errors import InvalidGraph, UnknownTerm

THING = IRI("https://example.org/thing")
VALUES = st.one_of(
    st.text(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.dates()
)


@given(st.lists(VALUES, max_size=8))
def test_lines_are_read_as_what_was_stated(values):
    triples = [(THING, SKOS.prefLabel, literal_of(value)) for value in values] + [(THING, DCTERMS.source, THING)]

    lines = sorted_triples([*triples, *triples])

    assert list(lines) == sorted(lines)
    assert "".join(lines) == "".join(sorted_triples(reversed(triples)))
    read = {*ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)}
    assert {str(each) + " .\n" for each in read} == {*lines}
    assert {each.object.value for each in read} == {value for _, _, value in plain_values(triples)}


@pytest.mark.parametrize("value", ['Ash "and" oak\n', True, 7, 0.93, 1e-05, date(2026, 6, 3)])
def test_values_are_typed_as_rdflib_types_them(value):
    [(_, _, made)] = as_graph([(THING, SKOS.prefLabel, literal_of(value))], "https://example.org/graph")

    assert made == rdflib.Literal(value)


def test_node_without_a_valid_iri_is_refused():
    with pytest.raises(InvalidGraph, match="'no iri' is no IRI"):
        sorted_triples([(IRI("no iri"), SKOS.prefLabel, literal_of("a"))])


def test_term_that_the_ontology_lacks_is_refused():
    with pytest.raises(UnknownTerm):
        _ = CG.unheardOf


OTHER = IRI("https://example.org/other")
STATEMENTS = st.tuples(
    st.sampled_from([THING, OTHER]),
    st.sampled_from([SKOS.prefLabel, DCTERMS.source]),
    st.one_of(st.sampled_from([THING, OTHER]), st.sampled_from(["a", 7]).map(literal_of)),
)


@given(st.lists(STATEMENTS, max_size=8), STATEMENTS, st.tuples(st.booleans(), st.booleans(), st.booleans()))
def test_fixed_graph_answers_each_pattern_as_any_graph(triples, asked, given_parts):
    graph = as_graph(triples, "https://example.org/graph")
    fixed = fixed_graph([*triples, *triples], "https://example.org/graph")
    [wanted] = as_graph([asked], "https://example.org/graph")
    pattern = tuple(part if is_given else None for part, is_given in zip(wanted, given_parts, strict=True))

    assert sorted(fixed.triples(pattern)) == sorted(graph.triples(pattern))
    assert len(fixed) == len(graph)
    assert (wanted in fixed) == (wanted in graph)
    with pytest.raises(TypeError, match="takes no others"):
        fixed.add(wanted)
