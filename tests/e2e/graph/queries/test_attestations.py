"""Who shares a thing, how it stands with each, and where reports differ, on invented reports in the real database."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.rdf_terms import quads_of
from caregraph.graph.dataset.statements import to_graph, vocabulary_graph
from caregraph.graph.dataset.store import VOCABULARY, Dataset
from caregraph.graph.neo4j.property_graph import rows
from caregraph.graph.queries.neighbourhood import Node
from caregraph.graph.queries.questions import ask, load_questions
from caregraph.graph.queries.sharing import comparisons, members, sayings
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.iris import thing_iri
from caregraph.ontology.records import Authority, Finding, Mention, Passage, Record

ANE = Node(thing_iri("agency", "adopt-north-east"), "Adopt North East", "Agency")
ARCHITECTURE = Path(__file__).parents[4] / "docs" / "architecture.md"
STANDINGS = {
    "Gateshead": "confirmed",
    "Newcastle upon Tyne": "contradicted",
    "North Tyneside": "silent",
    "Northumberland": "asserted",
    "South Tyneside": "asserted",
}


def report(council, digit, year, *findings):
    """A report whose findings are (words, polarity); those that name an agency by its name involve it."""
    passages, mentions, found, start = [], [], [], 0
    for text, polarity in findings:
        place = {"text": text, "page": 2, "start": start, "end": start + len(text)}
        passages.append(Passage(**place, paragraph="4"))
        names = re.findall(r"Adopt North East|Adoption Tees Valley", text)
        for name in names:
            at = start + text.index(name)
            term = "agency:" + name.lower().replace(" ", "-")
            where = {"text": name, "page": 2, "start": at, "end": at + len(name)}
            mentions.append(Mention(**where, name=name, type="agency", term=term))
        found.append(Finding(**place, polarity=polarity, confidence=0.9, topics=("adoption",), involves=tuple(names)))
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
        findings=tuple(found),
    )


REPORTS = (
    report("Gateshead", "a", 2022, ("Adopt North East finds families quickly.", "strength")),
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


@pytest.fixture
def graphs(vocabulary):
    resolver = Resolver(vocabulary, Decisions())
    made = {record: to_graph(resolver.resolve(record), vocabulary, extractor="1") for record in REPORTS}
    return vocabulary_graph(vocabulary), made


@pytest.fixture
def shared(store, graphs):
    words, made = graphs
    store.load("1", rows(VOCABULARY.value, quads_of(words, VOCABULARY)))
    for graph in made.values():
        store.load("1", rows(str(graph.identifier), quads_of(graph, ox.NamedNode(str(graph.identifier)))))
    return store


def test_each_member_has_its_standing_and_its_words(shared):
    found = {member.council.name: member for member in members(shared, ANE)}

    assert {name: member.standing for name, member in found.items()} == STANDINGS | {
        "Darlington": "unlisted",
        "Sunderland": "unlisted",
    }
    assert found["Gateshead"].words.text == "Adopt North East finds families quickly."
    assert (found["Gateshead"].words.page, found["Gateshead"].naming, found["Gateshead"].reports) == (2, 1, 1)
    assert found["North Tyneside"].hosts
    assert found["North Tyneside"].words is None
    assert found["South Tyneside"].source == "thesaurus of 2024"


def test_questions_tell_the_same_standings(shared):
    asked = ask(shared, load_questions()["shared-services"], region="North East", scope="regional")
    ours = [row for row in asked if row["thing"] == "Adopt North East"]
    assert {row["authority"]: row["standing"] for row in ours if row["standing"] != "unlisted"} == STANDINGS
    assert {row["authority"] for row in ours if row["standing"] == "unlisted"} == {"Darlington", "Sunderland"}
    contradicted = next(row for row in ours if row["standing"] == "contradicted")
    assert "no longer part of" in contradicted["quotation"]
    assert (contradicted["document"], contradicted["page"]) == ("newcastle-upon-tyne.pdf", 2)
    assert all(row["evidence"] for row in ours if row["naming"])

    silent = ask(shared, load_questions()["silent-members"], thing="Adopt North East")
    assert {row["authority"]: row["finding"] for row in silent}["Newcastle upon Tyne"] == "expected but contradicted"
    assert {row["authority"]: row["finding"] for row in silent}["North Tyneside"] == "expected but silent"


def test_sparql_of_the_documentation_tells_the_same_standings(graphs, tmp_path):
    words, made = graphs
    [query] = re.findall(r"```sparql\n(.+?)```", ARCHITECTURE.read_text(encoding="utf-8"), re.DOTALL)
    with Dataset.open(tmp_path) as dataset:
        dataset.replace_vocabulary(words, "1")
        for record, graph in made.items():
            dataset.replace(Entry(source=record.source, sha256=record.sha256, extractor="1"), graph)
        found = dataset.sparql(query).rows

    assert {row["council"]: row["standing"] for row in found if row["thing"] == "Adopt North East"} == STANDINGS


def test_reports_of_overlapping_years_agree_and_contradict(shared):
    said = sayings(shared, ANE)
    found = {(one.one.council.name, one.other.council.name): one.agree for one in comparisons(said)}

    assert [(one.council.name, one.day) for one in said] == [
        ("Darlington", "2015-05-09"),
        ("Gateshead", "2022-05-09"),
        ("Newcastle upon Tyne", "2023-05-09"),
        ("Sunderland", "2022-05-09"),
    ]
    assert found == {
        ("Gateshead", "Newcastle upon Tyne"): False,
        ("Newcastle upon Tyne", "Sunderland"): False,
        ("Gateshead", "Sunderland"): True,
    }
    asked = ask(shared, load_questions()["where-reports-differ"], thing="Adopt North East")
    assert {(row["authority"], row["other"]): row["reports"] == "agree" for row in asked} == found


def test_what_only_one_council_says_is_compared_with_nothing(shared):
    [one] = [saying for saying in sayings(shared, ANE) if saying.council.name == "Gateshead"]

    assert comparisons([one, replace(one, polarity="concern")]) == []
    assert comparisons([]) == []
    assert members(shared, Node("https://example.org/none", "none", "Agency")) == []
