"""Attestations and sharing statements: what reports say of members and of sharing, in questions and in SPARQL."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef

from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.rdf_terms import graph_of, quads_of
from caregraph.graph.dataset.statements import to_graph, vocabulary_quads
from caregraph.graph.dataset.store import VOCABULARY_NODE, Dataset
from caregraph.graph.neo4j.property_graph import graph_rows
from caregraph.graph.queries.overview import authority_uses
from caregraph.graph.queries.questions import answer_question, load_questions
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.iris import ONTOLOGY, full_iri
from caregraph.ontology.records import Authority, Finding, Mention, Passage, Record, SharingStatement

QUESTIONS = load_questions()
ARCHITECTURE = Path(__file__).parents[4] / "docs" / "architecture.md"
STANDINGS = {
    "Gateshead": "confirmed",
    "Newcastle upon Tyne": "left",
    "North Tyneside": "silent",
    "Northumberland": "asserted",
    "South Tyneside": "asserted",
}


def report(council, digit, year, *findings):
    """A report whose findings are (words, polarity); those that name an agency by its name involve it.

    'No longer part of' an agency is a statement that the council left it, 'shares' one that it shares the MASH.
    """
    passages, mentions, stated, sharing, start = [], [], [], [], 0
    for text, polarity in findings:
        place = {"text": text, "page": 2, "start": start, "end": start + len(text)}
        passages.append(Passage(**place, paragraph="4"))
        names = re.findall(r"Adopt North East|Adoption Tees Valley", text)
        for name in names:
            at = start + text.index(name)
            term = "agency:" + name.lower().replace(" ", "-")
            quote = {"text": name, "page": 2, "start": at, "end": at + len(name)}
            mentions.append(Mention(**quote, name=name, type="agency", term=term))
        if "no longer part of" in text:
            sharing.append(SharingStatement(**place, thing=names[0], name=names[0], type="agency", relation="left"))
        if "shares the MASH with" in text:
            partner = re.search(r"with ([A-Z]\w+)", text)[1]
            said = {"relation": "shares", "partners": (partner,), "partners_text": partner}
            sharing.append(SharingStatement(**place, thing="MASH", name=None, type="service", **said))
        stated.append(Finding(**place, polarity=polarity, confidence=0.9, topics=("adoption",), involves=tuple(names)))
        start += len(text) + 1
    return Record(
        source=f"{council.lower().replace(' ', '-')}.pdf",
        sha256=digit * 64,
        title=None,
        kind="ilacs",
        authority=Authority(council, None),
        inspected=((date(year, 5, 9), date(year, 5, 20)),),
        passages=tuple(passages),
        mentions=tuple(mentions),
        findings=tuple(stated),
        sharing=tuple(sharing),
    )


REPORTS = (
    report(
        "Gateshead",
        "a",
        2022,
        ("Adopt North East finds families quickly.", "strength"),
        ("Some families say that Adopt North East is slow.", "concern"),
    ),
    report(
        "Newcastle upon Tyne",
        "b",
        2023,
        ("The council is no longer part of Adopt North East, which is slow.", "concern"),
    ),
    report("North Tyneside", "c", 2021, ("Adoption is timely.", "strength")),
    report("Sunderland", "d", 2022, ("Adopt North East is quick and warm.", "strength")),
    report("Darlington", "e", 2015, ("Adoption Tees Valley and Adopt North East are slow.", "concern")),
)


def load(store, graphs):
    """Load the graphs of documents."""
    for graph in graphs:
        store.load("1", graph_rows(str(graph.identifier), quads_of(graph, ox.NamedNode(str(graph.identifier)))))


def graphs_of(records, vocabulary):
    """Graphs of records, between which nothing is decided."""
    resolver = Resolver(vocabulary, Decisions())
    return [to_graph(resolver.resolve(record), vocabulary, extractor="1") for record in records]


@pytest.fixture(scope="module")
def graphs(vocabulary):
    return dict(zip(REPORTS, graphs_of(REPORTS, vocabulary), strict=True))


@pytest.fixture
def shared(with_vocabularies, graphs):
    load(with_vocabularies, graphs.values())
    return with_vocabularies


def answers(store, question, **parameters):
    return answer_question(store, QUESTIONS[question], **parameters)


def test_each_member_has_its_standing_and_its_words(shared):
    rows = answers(shared, "shared-services", region="North East", scope="regional")
    by_authority = {row["authority"]: row for row in rows if row["thing"] == "Adopt North East"}

    assert {name: row["standing"] for name, row in by_authority.items()} == STANDINGS | {
        "Darlington": "unlisted",
        "Sunderland": "unlisted",
    }
    gateshead = by_authority["Gateshead"]
    assert (gateshead["quotation"], gateshead["page"]) == ("Adopt North East finds families quickly.", 2)
    assert (gateshead["naming"], gateshead["reports"]) == (1, 1)
    assert by_authority["North Tyneside"]["quotation"] is None
    assert by_authority["South Tyneside"]["list"] == "Northumberland County Council, Adoption"
    left = by_authority["Newcastle upon Tyne"]
    assert "no longer part of" in left["quotation"]
    assert (left["document"], left["page"], left["relation"]) == ("newcastle-upon-tyne.pdf", 2, "left")
    assert all(row["evidence"] for row in by_authority.values() if row["naming"])


def test_silent_members_are_told_from_those_who_left(shared):
    rows = answers(shared, "silent-members", thing="Adopt North East")
    by_authority = {row["authority"]: row["finding"] for row in rows}

    assert by_authority == {
        "Gateshead": "expected and named",
        "Newcastle upon Tyne": "expected but left",
        "North Tyneside": "expected but silent",
        "Northumberland": "expected but no report",
        "South Tyneside": "expected but no report",
        "Darlington": "named but not expected",
        "Sunderland": "named but not expected",
    }


def test_what_a_report_says_is_shared_is_an_answer_for_both(shared, vocabulary):
    """The partner has no report: the sentence of the other's stands for it."""
    words = "The council shares the MASH with York and others."
    leeds = report("Leeds", "f", 2024, (words, "strength"))
    resolver = Resolver(vocabulary, Decisions())
    graph = to_graph(resolver.resolve(leeds), vocabulary, extractor="1")
    shared.load("1", graph_rows(str(graph.identifier), quads_of(graph, ox.NamedNode(str(graph.identifier)))))

    rows = answers(shared, "shared-between", authority="York", other="Leeds")
    assert [(row["authority"], row["relation"], row["quotation"], row["document"], row["page"]) for row in rows] == [
        ("Leeds", "shares", words, "leeds.pdf", 2),
        ("York", "shares", words, "leeds.pdf", 2),
    ]
    rows = answers(shared, "shared-services", region="Yorkshire and The Humber", kind="Service")
    assert {(row["authority"], row["standing"], row["quotation"]) for row in rows} == {
        ("Leeds", "shared", words),
        ("York", "shared", words),
    }
    assert all(row["evidence"] for row in rows)


def test_agency_is_silent_only_for_reports_since_its_first_naming(with_vocabularies, vocabulary):
    store = with_vocabularies
    early = report("North Tyneside", "c", 2013, ("Adoption is timely.", "strength"))
    load(store, graphs_of((REPORTS[0], early), vocabulary))

    rows = answers(store, "shared-services", region="North East", scope="regional")
    standings = {row["authority"]: row["standing"] for row in rows if row["thing"] == "Adopt North East"}
    assert standings["North Tyneside"] == "asserted"
    rows = answers(store, "silent-members", thing="Adopt North East")
    assert {row["finding"] for row in rows if row["authority"] == "North Tyneside"} == {"expected but no report"}


def test_list_tells_since_and_until_when_an_authority_is_a_member(with_vocabularies, vocabulary):
    """North Tyneside's report is of 2021, before the list has it, so its silence tells nothing; Gateshead has left."""
    store, words = with_vocabularies, graph_of(vocabulary_quads(vocabulary))
    for code, term, year in (("E08000022", "since", "2021-12"), ("E08000037", "until", "2020")):
        words.set((URIRef(full_iri(f"membership/adopt-north-east-{code}")), URIRef(ONTOLOGY + term), Literal(year)))
    silent = report("North Tyneside", "c", 2021, ("Adoption is timely.", "strength"))
    store.load("2", graph_rows(VOCABULARY_NODE.value, quads_of(words, VOCABULARY_NODE)))
    load(store, graphs_of((REPORTS[0], silent), vocabulary))

    rows = answers(store, "shared-services", region="North East", scope="regional")
    rows = [row for row in rows if row["thing"] == "Adopt North East"]
    terms = {row["authority"]: (row["standing"], row["since"], row["until"]) for row in rows}
    assert terms["North Tyneside"] == ("asserted", "2021-12", None)
    assert terms["Gateshead"] == ("left", "2018-12-01", "2020")
    parts = {row["authority"]: (row["part"], row["until"]) for row in answers(store, "who-uses", thing="ANE")}
    assert parts["Gateshead"] == ("was a member", "2020")
    assert parts["Northumberland"] == ("is a member", None)
    early = {row["authority"]: row["part"] for row in answers(store, "who-uses", thing="ANE", as_of="2020-06-30")}
    assert early["Gateshead"] == "is a member"
    assert "North Tyneside" not in early  # its membership begins later, and no report names it
    [use] = [
        use for use in authority_uses(store, full_iri("agency/adopt-north-east")) if use.authority.name == "Gateshead"
    ]
    assert use.find_standing(listing=True) == "left"


def test_hosts_are_told_although_their_reports_are_silent(shared):
    hosts = [row for row in answers(shared, "who-uses", thing="Adopt North East") if row["part"] == "hosts it"]

    assert [(row["authority"], row["quotation"]) for row in hosts] == [("North Tyneside", None)]


def test_sparql_of_the_documentation_gives_the_same_standings(graphs, vocabulary, tmp_path):
    [query] = re.findall(r"```sparql\n(.+?)```", ARCHITECTURE.read_text(encoding="utf-8"), re.DOTALL)
    with Dataset.open(tmp_path) as dataset:
        dataset.replace_vocabulary(vocabulary_quads(vocabulary), "1")
        for record, graph in graphs.items():
            dataset.replace(Entry(source=record.source, sha256=record.sha256, extractor="1"), graph)
        rows = dataset.sparql(query).rows

    assert {row["council"]: row["standing"] for row in rows if row["thing"] == "Adopt North East"} == STANDINGS


def test_reports_of_overlapping_years_agree_and_contradict(shared):
    """Darlington's report is of another time; what only one authority's report says is compared with nothing."""
    rows = answers(shared, "where-reports-differ", thing="Adopt North East")

    assert sorted((row["authority"], row["other"], row["reports"], row["polarity"]) for row in rows) == [
        ("Gateshead", "Newcastle upon Tyne", "agree", "concern"),
        ("Gateshead", "Newcastle upon Tyne", "contradict", "strength"),
        ("Gateshead", "Sunderland", "agree", "strength"),
        ("Gateshead", "Sunderland", "contradict", "concern"),
        ("Newcastle upon Tyne", "Sunderland", "contradict", "concern"),
    ]
    assert {row["concept"] for row in rows} == {"adoption"}
    assert {(row["authority"], row["inspected"]) for row in rows} == {
        ("Gateshead", date(2022, 5, 9)),
        ("Newcastle upon Tyne", date(2023, 5, 9)),
    }


def test_reports_of_distant_years_are_compared_if_asked(shared):
    rows = answers(shared, "where-reports-differ", thing="Adopt North East", years=10)

    assert ("Darlington", "Sunderland") in {(row["authority"], row["other"]) for row in rows}


def test_report_that_only_implies_an_agency_takes_nothing_from_one_that_named_it(with_vocabularies, vocabulary):
    store = with_vocabularies
    implying = report("Gateshead", "d", 2024, ("The regional adoption agency finds families.", "strength"))
    start = implying.findings[0].start + len("The ")
    quote = {"text": "regional adoption agency", "page": 2, "start": start, "end": start + 24}
    named = Mention(**quote, name="regional adoption agency", type="agency", term="agency:regional-adoption-agency")
    implying = replace(implying, source="gateshead-2024.pdf", mentions=(named,))
    load(store, graphs_of((REPORTS[0], implying), vocabulary))

    said = store.read("MATCH ()-[r:ATTESTED_FOR]->(:LocalAuthority {name: 'Gateshead'}) RETURN r.standing AS standing")
    assert {row["standing"] for row in said} == {"confirmed", "implied"}
    rows = answers(store, "shared-services", thing="ANE", least=1)
    assert {row["standing"] for row in rows if row["authority"] == "Gateshead"} == {"confirmed"}
    uses = {use.authority.name: use for use in authority_uses(store, full_iri("agency/adopt-north-east"))}
    assert uses["Gateshead"].find_standing(listing=True) == "confirmed"
