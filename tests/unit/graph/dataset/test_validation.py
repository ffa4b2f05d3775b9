import pytest
from rdflib import DCTERMS, ORG, PROV, RDF, SKOS, BNode, Graph, Literal, URIRef

from caregraph.graph.dataset.rdf_terms import CG, OA, graph_of
from caregraph.graph.dataset.statements import to_graph, vocabulary_quads
from caregraph.graph.dataset.validation import find_violations, validate_graph
from caregraph.ontology.errors import InvalidGraph
from caregraph.ontology.iris import THINGS, VOCABULARY_GRAPH

DATE = URIRef("http://www.w3.org/2001/XMLSchema#date")


@pytest.fixture
def graph(vocabulary, record):
    return to_graph(record, vocabulary, extractor="1")


@pytest.fixture(scope="module")
def vocabularies(vocabulary):
    return graph_of(vocabulary_quads(vocabulary), VOCABULARY_GRAPH)


def test_graph_of_a_record_is_valid(graph):
    validate_graph(graph, source="durham.pdf")


def test_vocabularies_are_valid(vocabularies):
    assert find_violations(vocabularies, source="vocabulary") == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("type", "predicate", "value", "line"),
    [
        # No value: every one of the node's is removed.
        (
            CG.Judgement,
            CG.area,
            None,
            "durham.pdf, page 1: Judgement 'Overall effectiveness: good' of "
            "'inspection of local authority children's services, Durham, 2022' has no area",
        ),
        (CG.Judgement, CG.grade, None, "has no grade"),
        (CG.Judgement, CG.grade, URIRef(f"{THINGS}grade/superb"), "unknown one"),
        (CG.Judgement, CG.grade, [URIRef(f"{THINGS}grade/inadequate")], "has no grade, several"),
        (CG.Evidence, CG.evidenceFor, None, "has no words that prove it"),
        (CG.Inspection, CG.gave, None, "was given by no inspection"),
        (CG.Inspection, CG.ended, Literal("2020-01-01", datatype=DATE), "ended before it started"),
        (CG.Inspection, CG.period, Literal("May 2022"), "has a period that is not two days"),
        (CG.Inspection, CG.reportedIn, None, "is reported in no document"),
        (
            CG.Finding,
            CG.polarity,
            None,
            "Finding 'The MASH answers quickly when a child may be at risk.' has no polarity",
        ),
        (CG.Finding, CG.confidence, Literal(1.5), "has no confidence between 0 and 1"),
        (CG.Finding, CG.confidence, Literal("high"), "has no confidence between 0 and 1"),
        (CG.Finding, CG.evidencedBy, None, "stands in no passage"),
        (CG.Finding, CG.concerns, [URIRef("https://example.org/caseloads")], "concerns something that is no concept"),
        (CG.Finding, CG.involves, [URIRef(f"{THINGS}person/ann-example")], "involves something that is no named thing"),
        (CG.Finding, URIRef(f"{CG.polarity}s"), [Literal("x")], "says something that a finding cannot"),
        (CG.Document, CG.states, None, "is stated by no document"),
        (CG.Document, CG.sha256, Literal("abc"), "has no hash"),
        (CG.Document, CG.kind, URIRef(f"{THINGS}kind/poem"), "has a kind that no document can have"),
        (CG.Document, CG.reportsOn, [URIRef(f"{THINGS}authority/E08000035")], "or on several"),
        (CG.Document, DCTERMS.issued, Literal("May"), "has a day of publication that is no date"),
        (CG.Document, DCTERMS.issued, Literal("2022-13-45", datatype=DATE), "has a day of publication"),
        (CG.Passage, OA.start, Literal(10_000), "ends before it starts"),
        (CG.Passage, OA.start, Literal(-1), "or one before the text"),
        (CG.Passage, OA.exact, Literal(""), "has no words"),
        (CG.Passage, CG.page, Literal(0), "has no page"),
        (CG.Passage, DCTERMS.isPartOf, None, "is part of no document"),
        (CG.Participation, CG.role, None, "page 1: Participation 'Ann Example' has no role"),
        (CG.Participation, CG.role, URIRef(f"{THINGS}role/dcs"), "one that no inspector can have"),
        (CG.Participation, PROV.agent, None, "is of no person"),
        (CG.Participation, DCTERMS.source, None, "rests on no document"),
        (CG.Participation, CG.inPassage, None, "stands in no passage"),
        (CG.Person, SKOS.prefLabel, None, "has no name"),
        (CG.Person, SKOS.prefLabel, [Literal("Another Name")], "or several"),
    ],
)
def test_violation_names_the_node_and_the_page(graph, type, predicate, value, line):
    node = next(graph.subjects(RDF.type, type))
    if isinstance(value, list):
        graph.add((node, predicate, *value))
    else:
        graph.remove((node, predicate, None))
    if value is not None and not isinstance(value, list):
        graph.add((node, predicate, value))

    violations = find_violations(graph, source="durham.pdf")

    assert any(line in violation for violation in violations), violations
    assert all(violation.startswith("durham.pdf") for violation in violations)


@pytest.mark.parametrize(
    ("predicate", "line"),
    [(CG.belongsTo, "is local but belongs to no council"), (CG.scope, "has no scope")],
)
def test_violation_of_a_councils_own_thing(graph, predicate, line):
    graph.remove((URIRef(f"{THINGS}service/mash-of-e06000047"), predicate, None))

    violations = find_violations(graph, source="durham.pdf")

    assert all(
        violation.startswith("durham.pdf, page 1: Service 'multi-agency safeguarding hub, Durham' ")
        for violation in violations
    )
    assert any(line in violation for violation in violations), violations


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("node", "predicate", "value", "line"),
    [
        ("agency/adopt-north-east", SKOS.definition, None, "'Adopt North East' stands in a list but has no definition"),
        ("agency/adopt-north-east", CG.scope, None, "Agency 'Adopt North East' has no scope"),
        ("membership/adopt-north-east-e08000037", CG.standing, None, "has no standing"),
        ("membership/adopt-north-east-e08000037", CG.source, None, "does not say where it comes from"),
        ("membership/adopt-north-east-e08000037", ORG.member, None, "is of no council"),
        ("concept/front-door", SKOS.definition, None, "Concept 'front door' has no definition"),
        ("concept/front-door", SKOS.broader, "service/mash", "has something broader that is no concept"),
        ("authority/E06000047", CG.gss, Literal("Durham"), "has a code that is not a letter and eight digits"),
        ("authority/E06000059", CG.ended, Literal("1900-01-01", datatype=DATE), "comes after its last"),
        ("grade/good", SKOS.notation, None, "has no notation"),
    ],
)
def test_violation_of_the_vocabularies_is_reported(vocabularies, node, predicate, value, line):
    graph = vocabularies + Graph()
    (subject,) = [iri for iri in set(graph.subjects()) if str(iri).lower() == f"{THINGS}{node}".lower()]
    graph.remove((subject, predicate, None))
    if value is not None:
        graph.add((subject, predicate, URIRef(THINGS + value) if value == "service/mash" else value))

    violations = find_violations(graph, source="vocabulary")

    assert any(line in violation for violation in violations), violations


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("predicate", "value", "line"),
    [
        (ORG.organization, None, "Attestation 'Adopt North East' is of no named thing"),
        (ORG.member, None, "is for no council"),
        (CG.standing, URIRef(f"{THINGS}standing/asserted"), "says nothing of a membership"),
        (DCTERMS.source, None, "rests on no document"),
        (CG.page, None, "has no page"),
        (CG.inPassage, None, "stands in no passage"),
    ],
)
def test_violation_of_an_attestation_is_reported(graph, predicate, value, line):
    attestation = URIRef(f"{THINGS}attestation/{'a' * 64}-0-adopt-north-east")
    statements = {
        RDF.type: CG.Attestation,
        ORG.organization: URIRef(f"{THINGS}agency/adopt-north-east"),
        ORG.member: URIRef(f"{THINGS}authority/E06000047"),
        CG.standing: URIRef(f"{THINGS}standing/confirmed"),
        DCTERMS.source: URIRef(f"{THINGS}document/{'a' * 64}"),
        CG.inPassage: next(graph.subjects(RDF.type, CG.Passage)),
        OA.exact: Literal("Adopt North East"),
        OA.start: Literal(0),
        OA.end: Literal(16),
        CG.page: Literal(3),
    }
    for key, valid in statements.items():
        if key != predicate or value is not None:
            graph.add((attestation, key, value if key == predicate else valid))

    violations = find_violations(graph, source="durham.pdf")

    assert len(violations) == 1, violations
    assert line in violations[0]


def test_violation_of_a_node_without_iri(graph):
    unnamed = BNode()
    judgement = next(graph.subjects(RDF.type, CG.Judgement))
    for predicate, value in list(graph.predicate_objects(judgement)):
        graph.add((unnamed, predicate, value))

    assert any("has no IRI" in violation for violation in find_violations(graph, source="durham.pdf"))


def test_invalid_graph_raises_with_every_violation(graph):
    graph.remove((None, CG.polarity, None))

    with pytest.raises(InvalidGraph, match="has no polarity") as raised:
        validate_graph(graph, source="durham.pdf")
    assert len(raised.value.violations) == 1


def test_empty_graph_breaks_nothing():
    assert find_violations(Graph(), source="nothing") == []
