"""JSON-LD with a context: the statements come back as they were, and each named graph is a line."""

import io
import json

import pyoxigraph as ox
import pytest

from caregraph.graph.dataset.json_ld import write_json_ld
from caregraph.graph.dataset.rdf_terms import quads_of
from caregraph.graph.dataset.statements import to_graph, vocabulary_quads
from caregraph.ontology.iris import VOCABULARY_GRAPH, document_iri
from caregraph.ontology.turtle import expand

XSD = expand("xsd:")


def written(graphs):
    output = io.BytesIO()
    write_json_ld(graphs.items(), output)
    return output.getvalue()


def test_statements_come_back_as_they_were(vocabulary, record):
    document = document_iri(record.sha256)
    graphs = {
        VOCABULARY_GRAPH: {*vocabulary_quads(vocabulary)},
        document: {*quads_of(to_graph(record, vocabulary, extractor="1"), ox.NamedNode(document))},
    }

    assert {*ox.parse(written(graphs), format=ox.RdfFormat.JSON_LD)} == graphs[VOCABULARY_GRAPH] | graphs[document]


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        ("cg:page", ox.Literal("3", datatype=ox.NamedNode(f"{XSD}integer"))),
        ("cg:page", ox.Literal("03", datatype=ox.NamedNode(f"{XSD}integer"))),
        ("cg:page", ox.Literal("three")),
        ("cg:withoutWords", ox.Literal("true", datatype=ox.NamedNode(f"{XSD}boolean"))),
        ("cg:withoutWords", ox.Literal("1", datatype=ox.NamedNode(f"{XSD}boolean"))),
        ("cg:confidence", ox.Literal("0.97", datatype=ox.NamedNode(f"{XSD}double"))),
        ("cg:listed", ox.Literal("2022-05-09", datatype=ox.NamedNode(f"{XSD}date"))),
        ("cg:source", ox.Literal('id:no "name"\r\n@id \x07 😀')),
        ("cg:gave", ox.NamedNode("urn:elsewhere")),
        ("cg:gave", ox.Literal("no node")),
        ("skos:prefLabel", ox.Literal("hub", language="en")),
        ("skos:prefLabel", ox.NamedNode(expand("id:service/hub"))),
    ],
)
def test_each_value_comes_back_whatever_the_context_says_of_its_property(predicate, value):
    graph = ox.NamedNode(document_iri("ab"))
    quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode(expand(predicate)), value, graph)

    assert [*ox.parse(written({graph.value: [quad]}), format=ox.RdfFormat.JSON_LD)] == [quad]


def test_each_named_graph_is_a_line_and_the_whole_is_json():
    graphs = {
        name: [ox.Quad(ox.NamedNode(name), ox.NamedNode(expand("cg:page")), ox.Literal(3), ox.NamedNode(name))]
        for name in map(document_iri, ("ab", "cd"))
    }
    first, *lines, last = written(graphs).decode().splitlines()

    assert json.loads(first + "]}")["@context"]["cg:gave"] == {"@type": "@id"}
    assert last == "]}"
    assert [json.loads(line.removesuffix(",")) for line in lines] == [
        {"@id": f"id:document/{digits}", "@graph": [{"@id": f"id:document/{digits}", "cg:page": 3}]}
        for digits in ("ab", "cd")
    ]
