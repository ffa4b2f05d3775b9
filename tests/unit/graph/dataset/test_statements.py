from dataclasses import replace

import pytest
from rdflib import DCTERMS, ORG, PROV, RDF, SKOS, BNode, Literal, URIRef

from caregraph.graph.dataset import rdf_terms
from caregraph.graph.dataset.quotations import first_words
from caregraph.graph.dataset.rdf_terms import CG, OA
from caregraph.graph.dataset.statements import to_graph, vocabulary_quads
from caregraph.graph.dataset.validation import validate_graph
from caregraph.ontology.iris import THINGS
from caregraph.ontology.records import Authority, Judgement, Person, Reference, Unread

DURHAM = URIRef(f"{THINGS}authority/E06000047")
MASH = URIRef(f"{THINGS}service/mash-of-e06000047")
TEAM = URIRef(f"{THINGS}service/lighthouse-team-of-e06000047")


@pytest.fixture
def graph_of(vocabulary):
    return lambda record: to_graph(record, vocabulary, extractor="1")


@pytest.fixture
def graph(graph_of, record):
    return graph_of(record)


def only(graph, type):
    """The only node of a class."""
    (node,) = graph.subjects(RDF.type, type)
    return node


def value(scheme, id):
    return URIRef(f"{THINGS}{scheme}/{id}")


def test_graph_is_named_after_its_document(graph, record):
    assert str(graph.identifier) == f"{THINGS}document/{record.sha256}" == str(only(graph, CG.Document))


def test_graph_is_the_same_in_every_run(graph_of, record):
    assert set(graph_of(record)) == set(graph_of(record))
    assert not any(isinstance(node, BNode) for triple in graph_of(record) for node in triple)


def test_document_has_the_fields_of_its_record(graph):
    document = only(graph, CG.Document)

    assert graph.value(document, CG.source) == Literal("durham.pdf")
    assert graph.value(document, CG.kind) == value("kind", "ilacs")
    assert graph.value(document, CG.pages).value == 2
    assert graph.value(document, CG.reportsOn) == DURHAM
    assert str(graph.value(document, DCTERMS.issued)) == "2022-07-05"


def test_document_lists_the_fields_that_could_not_be_read(graph_of, record):
    unread = replace(record, published=None, unread=(Unread("published", "'the 31st of June' is no day"),))

    graph = graph_of(unread)

    assert list(graph.objects(None, CG.unread)) == [Literal("published: 'the 31st of June' is no day")]
    assert not list(graph.objects(None, DCTERMS.issued))


def test_inspection_has_its_periods_and_framework(graph):
    inspection = only(graph, CG.Inspection)

    assert graph.value(inspection, CG.period) == Literal("2022-05-09/2022-05-20")
    assert graph.value(inspection, CG.under) == value("framework", "ilacs")
    assert graph.value(inspection, CG.inspected) == DURHAM
    assert graph.value(inspection, CG.reportedIn) == only(graph, CG.Document)


def test_judgement_has_all_its_quotations(graph_of, record, quoted):
    (table,) = record.judgements
    heading = replace(table, **quoted("Good", page=2))

    graph = graph_of(replace(record, judgements=(table, heading)))

    judgement = only(graph, CG.Judgement)
    assert graph.value(judgement, CG.grade) == value("grade", "good")
    evidence = list(graph.subjects(CG.evidenceFor, judgement))
    assert sorted(str(graph.value(node, OA.exact)) for node in evidence) == ["Good", "Overall effectiveness: Good"]
    assert sorted(graph.value(node, CG.page).value for node in evidence) == [1, 2]


def test_judgement_is_left_out_where_quotations_contradict_each_other(graph_of, record, quoted):
    contradiction = Judgement(**quoted("Good"), area="overall", grade="inadequate")

    graph = graph_of(replace(record, judgements=(*record.judgements, contradiction)))

    assert not list(graph.subjects(RDF.type, CG.Judgement))
    assert Literal("judgement of overall: graded both good and inadequate") in set(graph.objects(None, CG.unread))


def test_inspector_has_a_role_in_the_inspection(graph):
    participation, person = only(graph, CG.Participation), URIRef(f"{THINGS}person/ann-example-inspector-2022")

    assert graph.value(participation, PROV.agent) == person
    assert graph.value(participation, CG.inInspection) == only(graph, CG.Inspection) == graph.value(person, CG.led)
    assert graph.value(participation, CG.role) == value("role", "lead")
    assert graph.value(participation, OA.exact) == graph.value(person, SKOS.prefLabel) == Literal("Ann Example")
    assert "Ann Example" in graph.value(graph.value(participation, CG.inPassage), OA.exact)


def test_leader_has_a_post_in_the_council(graph_of, record, quoted):
    iri = f"{THINGS}person/ann-example-of-e06000047"
    leader = Person(**quoted("Ann Example"), name="Ann Example", role="dcs", iri=iri)

    graph = graph_of(replace(record, people=(leader,)))

    post = only(graph, CG.Post)
    assert (graph.value(post, ORG.member), graph.value(post, ORG.organization)) == (URIRef(iri), DURHAM)
    assert not list(graph.objects(None, CG.led))


def test_finding_has_its_words_concepts_and_things(graph, record):
    finding, passage = only(graph, CG.Finding), only(graph, CG.Passage)
    (quote,) = record.findings

    assert graph.value(finding, OA.exact) == Literal(quote.text)
    assert (graph.value(finding, OA.start).value, graph.value(finding, OA.end).value) == (quote.start, quote.end)
    assert graph.value(finding, CG.polarity) == value("polarity", "strength")
    assert graph.value(finding, CG.confidence).value == 0.9
    assert graph.value(finding, CG.concerns) == value("concept", "front-door")
    assert graph.value(finding, CG.involves) == MASH
    assert graph.value(finding, CG.evidencedBy) == passage
    assert (only(graph, CG.Document), CG.states, finding) in graph


def test_passage_of_a_quotation_that_no_paragraph_holds_is_its_own_words(graph_of, record):
    graph = graph_of(replace(record, passages=()))

    passage = graph.value(only(graph, CG.Finding), CG.evidencedBy)
    assert graph.value(passage, OA.exact) == Literal(record.findings[0].text)
    assert (passage, DCTERMS.isPartOf, only(graph, CG.Document)) in graph


def test_passage_of_boilerplate_says_so(graph_of, graph, record):
    passages = [replace(passage, boilerplate="method") for passage in record.passages]
    read = graph_of(replace(record, passages=tuple(passages)))

    assert {value.toPython() for value in read.objects(None, CG.boilerplate)} == {"method"}
    assert not set(graph.subjects(CG.boilerplate, None))


def test_passage_that_was_read_from_a_picture_says_so(graph_of, graph, record):
    passages = [replace(passage, from_picture=True) for passage in record.passages]
    read = graph_of(replace(record, passages=tuple(passages)))

    assert {value.toPython() for value in read.objects(None, CG.fromPicture)} == {True}
    assert len(set(read.subjects(CG.fromPicture, None))) == len(passages) > 0
    assert not set(graph.subjects(CG.fromPicture, None))
    validate_graph(read, source=record.source)


def test_reference_leads_from_its_finding_to_its_thing(graph_of, record, quoted):
    finding, thing = record.findings[0], f"{THINGS}body/adoption-panel-of-e06000047"
    words = quoted("Good")
    reference = Reference(**words, name="adoption panel", finding=finding.start, confidence=0.9, iri=thing)

    graph = graph_of(replace(record, references=(reference,)))

    node = only(graph, CG.Reference)
    assert graph.value(node, CG.referringTo) == URIRef(thing)
    assert (graph.value(node, CG.referring), CG.confidence, Literal(finding.confidence)) in graph
    assert graph.value(node, CG.confidence) == Literal(0.9)
    unresolved = graph_of(replace(record, references=(replace(reference, iri=None),)))
    named = graph_of(replace(record, references=(replace(reference, iri=finding.involves[0]),)))
    for other in (unresolved, named):
        assert not list(other.subjects(RDF.type, CG.Reference))


def test_mentions_keep_the_words_and_lead_to_their_things(graph):
    mentions = {
        str(graph.value(mention, OA.exact)): str(graph.value(mention, CG.mentionOf)).removeprefix(THINGS)
        for mention in graph.subjects(RDF.type, CG.Mention)
    }

    assert mentions == {
        "MASH": "service/mash-of-e06000047",
        "Mockingbird": "programme/mockingbird",
        "Lighthouse Team": "service/lighthouse-team-of-e06000047",
    }


def test_councils_own_things_have_statements_and_listed_things_have_none(graph):
    assert graph.value(MASH, CG.instanceOf) == value("service", "mash")
    assert graph.value(MASH, SKOS.prefLabel) == Literal("multi-agency safeguarding hub, Durham")
    assert graph.value(TEAM, SKOS.prefLabel) == Literal("Lighthouse Team")
    assert graph.value(TEAM, CG.instanceOf) is None
    assert graph.value(TEAM, CG.belongsTo) == graph.value(MASH, CG.belongsTo) == DURHAM
    # What the thesaurus says of Mockingbird is in its own graph.
    assert not list(graph.predicate_objects(value("programme", "mockingbird")))
    assert (DURHAM, CG.uses, value("programme", "mockingbird")) in graph


def test_things_have_one_name_however_often_they_are_named(graph_of, record, quoted):
    *earlier, team = record.mentions
    again = replace(team, **quoted("new"), name="The lighthouse team", aliases=("LT",))

    graph = graph_of(replace(record, mentions=(*earlier, team, again)))

    assert list(graph.objects(TEAM, SKOS.prefLabel)) == [Literal("Lighthouse Team")]
    assert set(graph.objects(TEAM, SKOS.altLabel)) == {Literal("The lighthouse team"), Literal("LT")}


def test_council_in_no_register_is_known_by_its_name(graph_of, record):
    graph = graph_of(replace(record, authority=Authority("Ashmere", None)))

    council = only(graph, CG.LocalAuthority)
    assert graph.value(council, SKOS.prefLabel) == Literal("Ashmere")
    assert graph.value(only(graph, CG.Document), CG.reportsOn) == council


def test_document_without_facts_has_few_statements(graph_of, record):
    bare = replace(
        record, title=None, kind=None, authority=None, inspected=(), published=None,
        judgements=(), people=(), mentions=(), findings=(), passages=(),
    )  # fmt: skip

    graph = graph_of(bare)

    assert {str(type) for type in graph.objects(None, RDF.type)} == {
        str(CG.Document), str(PROV.Activity), str(PROV.SoftwareAgent),
    }  # fmt: skip
    assert graph.value(only(graph, CG.Document), SKOS.prefLabel) == Literal("durham.pdf")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Short words.", "Short words."),
        ("Words\nover two\nlines", "Words over two lines"),
        ("many words " * 20, "many words many words many words many words many words many words many words…"),
    ],
)
def test_first_words_are_a_name_of_bounded_length(text, expected):
    assert first_words(text) == expected


def test_vocabularies_hold_register_and_thesaurus_without_unnamed_nodes(vocabulary):
    quads = vocabulary_quads(vocabulary)
    graph = rdf_terms.graph_of(quads)

    assert graph.value(DURHAM, SKOS.prefLabel) == Literal("Durham")
    assert graph.value(value("service", "mash"), SKOS.prefLabel) == Literal("multi-agency safeguarding hub")
    assert not any(isinstance(node, BNode) for triple in graph for node in triple)
    neighbours = list(graph.items(graph.value(DURHAM, CG.statisticalNeighbours)))
    assert [str(node).rsplit("/", 1)[-1] for node in neighbours] == list(vocabulary.authority("E06000047").neighbours)
    assert set(quads) == set(vocabulary_quads(vocabulary))
