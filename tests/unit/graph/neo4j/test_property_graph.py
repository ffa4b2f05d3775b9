"""Named graphs as nodes and relationships, by the ontology alone."""

from datetime import date

import pyoxigraph as ox
import pytest

from caregraph.graph.dataset.rdf_terms import quads_of
from caregraph.graph.dataset.statements import to_graph, vocabulary_quads
from caregraph.graph.neo4j.property_graph import EdgeRow, NodeRow, graph_rows, graph_schema, merge_properties
from caregraph.ontology.errors import InvalidGraph
from caregraph.ontology.iris import THINGS, VOCABULARY_GRAPH, document_iri
from caregraph.ontology.schema import load_schema
from caregraph.ontology.turtle import PREFIXES

GRAPH = document_iri("ab12")
TURTLE_PREFIXES = (
    "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + f"@prefix : <{THINGS}> .\n"
)


def read(turtle, graph=GRAPH):
    return graph_rows(graph, ox.parse(TURTLE_PREFIXES + turtle, ox.RdfFormat.TURTLE))


def node(label, id, own=False, **properties):
    return NodeRow(label, THINGS + id, properties, own)


def edge(type, start, end, own=False, iri=None, **properties):
    return EdgeRow(type, THINGS + start, THINGS + end, THINGS + iri if iri else None, properties, own)


@pytest.mark.parametrize(
    ("turtle", "nodes", "edges"),
    [
        (
            ':region\\/a a cg:Region ; skos:prefLabel "A" .',
            [node("Region", "region/a", name="A")],
            [],
        ),
        # Each value is of its property's type, and what the values of a scheme share is left out.
        (
            ":inspection\\/i a cg:Inspection ; cg:started '2022-05-09'^^xsd:date ; cg:kind :kind\\/ilacs ."
            ":finding\\/f a cg:Finding ; cg:confidence '0.5'^^xsd:double ; cg:page 3 .",
            [
                node("Inspection", "inspection/i", started=date(2022, 5, 9), kind="ilacs"),
                node("Finding", "finding/f", confidence=0.5, page=3),
            ],
            [],
        ),
        # Of a property that holds a list all values are kept, in order; of another one the smallest.
        (
            ":service\\/s a cg:Service ; skos:altLabel 'Hub', 'Front Hub' ;"
            " skos:prefLabel 'B', 'A' ; cg:generic true .",
            [node("Service", "service/s", aliases=["Front Hub", "Hub"], name="A", generic=True)],
            [],
        ),
        # A class of a standard that has no label of its own is not lost.
        (
            ":agency\\/a a cg:Agency, org:OrganizationalCollaboration .",
            [node("Agency", "agency/a", types=["org:OrganizationalCollaboration"])],
            [],
        ),
        # What a document says of a council that the register describes.
        (
            ":authority\\/E1 cg:uses :agency\\/a .",
            [],
            [edge("USES", "authority/E1", "agency/a")],
        ),
        # The members of a list are relationships with their places.
        (
            ":authority\\/a cg:statisticalNeighbours (:authority\\/b :authority\\/c) .",
            [],
            [
                edge("NEIGHBOUR_OF", "authority/a", "authority/b", rank=1),
                edge("NEIGHBOUR_OF", "authority/a", "authority/c", rank=2),
            ],
        ),
        (":authority\\/a cg:statisticalNeighbours () .", [], []),
        # A statement that has properties of its own is a relationship with properties, for each pair of its ends.
        (
            ":succession\\/s a cg:Succession ; dcterms:date '2019-04-01'^^xsd:date ;"
            " org:originalOrganization :authority\\/a, :authority\\/b ; org:resultingOrganization :authority\\/c .",
            [],
            [
                edge("SUCCEEDED_BY", "authority/a", "authority/c", iri="succession/s", date=date(2019, 4, 1)),
                edge("SUCCEEDED_BY", "authority/b", "authority/c", iri="succession/s", date=date(2019, 4, 1)),
            ],
        ),
        # Rows that no other graph can state are the document's own.
        (
            ":passage\\/ab12-7 a cg:Passage ; dcterms:isPartOf :document\\/ab12 ."
            ":post\\/ab12-9-jo a cg:Post ; org:member :person\\/jo ;"
            " org:organization :authority\\/E1 ; cg:role :role\\/dcs .",
            [node("Passage", "passage/ab12-7", own=True)],
            [
                edge("PART_OF", "passage/ab12-7", "document/ab12", own=True),
                edge("SERVED", "person/jo", "authority/E1", own=True, iri="post/ab12-9-jo", role="dcs"),
            ],
        ),
        # Schemes, shapes and runs stay in RDF.
        (
            ":kind\\/ilacs a cg:Kind ; skos:prefLabel 'inspection' ."
            ":extraction\\/ab12-0 a prov:Activity ; prov:used :document\\/ab12 .",
            [],
            [],
        ),
        ("", [], []),
    ],
)
def test_rows_follow_the_ontology(turtle, nodes, edges):
    made = read(turtle)

    assert list(made.nodes) == nodes
    assert sorted(made.edges, key=str) == sorted(edges, key=str)


@pytest.mark.parametrize(
    ("turtle", "reason"),
    [
        (":person\\/jo skos:prefLabel 'Jo' .", "skos:prefLabel, but nothing says what it is"),
        (":post\\/p a cg:Post ; org:member :person\\/jo .", "has not both its ends"),
        (":inspection\\/i a cg:Inspection ; cg:started 'in May' .", "cg:started"),
        (":x a cg:Agency, cg:Service .", "is both cg:Agency and cg:Service"),
    ],
)
def test_rows_refuse_what_makes_no_sense(turtle, reason):
    with pytest.raises(InvalidGraph) as caught:
        read(turtle)

    assert reason in caught.value.violations[0]


def test_rows_of_the_vocabularies_hold_together(vocabulary):
    made = graph_rows(VOCABULARY_GRAPH, vocabulary_quads(vocabulary))

    nodes = {node.iri for node in made.nodes}
    assert {edge.start for edge in made.edges} | {edge.end for edge in made.edges} <= nodes
    assert {thing.iri for thing in vocabulary.things} <= nodes
    assert not any(row.own for row in (*made.nodes, *made.edges))
    assert all("name" in node.properties for node in made.nodes)


def test_rows_of_a_document_are_all_of_its_statements_that_the_ontology_maps(record, vocabulary):
    graph = to_graph(record, vocabulary, extractor="1")

    made = graph_rows(str(graph.identifier), quads_of(graph, ox.NamedNode(str(graph.identifier))))

    schema = graph_schema()
    assert {node.label for node in made.nodes} <= set(schema.labels)
    assert {edge.type for edge in made.edges} <= set(schema.types)
    assert {node.properties["text"] for node in made.nodes if node.label == "Finding"} == {
        finding.text for finding in record.findings
    }
    [part] = [edge for edge in made.edges if edge.type == "TOOK_PART_IN"]
    assert part.properties["role"] == "lead"
    assert part.properties["document"] == str(graph.identifier)
    assert part.properties["passage"] in {node.iri for node in made.nodes if node.label == "Passage"}
    mentions = [edge for edge in made.edges if edge.type == "MENTIONS" and edge.iri]
    assert mentions
    assert not any("passage" in edge.properties for edge in mentions)  # they start at it


def test_schema_has_an_index_for_all_that_the_ontology_asks_for():
    schema = graph_schema()
    searched = {(label, key) for index in schema.searches for label in index.labels for key in index.keys}

    for term in load_schema().classes.values():
        keys = {load_schema().properties[iri].key for iri in term.searchable}
        assert {(term.neo4j_label, key) for key in keys} <= searched
    assert len({index.name for index in (*schema.lookups, *schema.searches)}) == len(schema.lookups + schema.searches)


@pytest.mark.parametrize(
    ("stated", "merged"),
    [
        ([{"name": "A"}], {"name": "A"}),
        ([{"name": "B"}, {"name": "A"}, {"name": "B"}], {"name": "B"}),
        # Where as many say the one as the other, the smaller one, whoever came first.
        ([{"name": "B"}, {"name": "A"}], {"name": "A"}),
        ([{"aliases": ["x"]}, {"aliases": ["a", "x"], "pages": 2}], {"aliases": ["a", "x"], "pages": 2}),
        ([], {}),
    ],
)
def test_merged_properties_do_not_depend_on_the_order(stated, merged):
    assert merge_properties(stated) == merge_properties(reversed(stated)) == merged
