"""A snapshot of the samples, loaded into another database, answers every question as the samples do."""

from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

import caregraph
from caregraph.cli.commands.snapshot import ENGLAND as SHIPPED
from caregraph.graph.queries.questions import known_questions
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.iris import THINGS
from caregraph.ontology.records import Origin
from caregraph.snapshot import bare_record, read_snapshot, write_snapshot

SAMPLES = Path(__file__).parents[2] / "samples"
WORDS = frozenset("quotation quotation_before text words asked meant said section partners".split())
BY_WORDS = frozenset({"findings-with-words", "improvement-ledger"})  # questions about words, which are not here
VALUES = {
    "local authority": "Ashmere",
    "named thing": "Farrowdale Adoption Alliance",
    "region": "Farrowdale",
    "concept": "front-door",
    "person": "Ann",
    "text": "children",
    "theme": "front door",
}


@pytest.fixture(scope="module")
def both(samples_graph, on_emptied, tmp_path_factory):
    data = tmp_path_factory.mktemp("without-words")
    with caregraph.open(samples_graph) as whole, caregraph.open(data / "data") as bare:
        count = whole.write_snapshot(data / "facts.jsonl.xz")
        bare.workspace.add_register(SAMPLES / "register.ttl")
        with on_emptied():
            report = bare.load_snapshot(data / "facts.jsonl.xz")
        assert report.failed == {}
        assert len(report.outcomes) == count
        yield whole, bare


def facts(value: Any) -> Any:
    """Value of an answer without words of reports."""
    if isinstance(value, dict):
        return {key: facts(part) for key, part in value.items() if key not in WORDS}
    if isinstance(value, list):
        return [facts(part) for part in value]
    return value


def test_every_question_has_the_same_answer_words_apart(both):
    differing = {}
    for name, question in known_questions()[0].items():
        if name in BY_WORDS:
            continue
        given = {part.name: VALUES[part.type] for part in question.parameters if part.required}
        left, right = (sorted(repr(facts(dict(row))) for row in graph.ask(name, **given)) for graph in both)
        if left != right:
            differing[name] = next(pair for pair in zip_longest(left, right) if pair[0] != pair[1])
    assert differing == {}, "\n".join(f"{name}: {left}\n   {right}" for name, (left, right) in differing.items())


def test_an_older_snapshot_gives_documents_that_only_it_has(both, tmp_path):
    whole, _ = both
    older, newer = tmp_path / "older.jsonl.xz", tmp_path / "newer.jsonl.xz"
    documents = [(document.record, document.origin) for document in read_snapshot(SHIPPED)][:2]
    first = next(iter(whole.workspace.records(as_read=True)))
    address = Origin("https://reports.example.org/1", None, None, None)
    origins = {record.sha256: origin for record, origin in documents} | {first.sha256: address}
    stale = replace(bare_record(first, Resolver(whole.workspace.vocabulary, Decisions()), extractor="0"), findings=())
    records = [stale, *(record for record, _ in documents)]
    write_snapshot(older, records, origins, Resolver(whole.workspace.vocabulary, Decisions()), extractor="0")
    count = whole.write_snapshot(newer, onto=older)
    merged = {document.record.sha256: document for document in read_snapshot(newer)}

    assert count == len(merged) == len(whole.documents()) + 2
    assert [merged[record.sha256].record for record, _ in documents] == [record for record, _ in documents]
    assert len(merged[first.sha256].record.findings) == len(first.findings)
    assert merged[first.sha256].origin.address == address.address


def test_ledger_says_that_words_are_not_fetched(both):
    _, bare = both

    assert {row["state"] for row in bare.ask("improvement-ledger")} == {"not inspected since", "words not fetched"}


def test_evidence_says_where_the_words_are(both):
    _, bare = both
    row = next(row for row in bare.ask("latest-grades", area="overall") if row["authority"] == "Ashmere")

    assert "words not fetched" in row["quotation"]
    [quotation] = row.evidence
    assert quotation["text"].startswith(f"(page {quotation['page']}")
    assert quotation["text"].endswith("words not fetched)")


def test_search_finds_names_and_no_words_that_are_not_here(both):
    whole, bare = both

    assert [row["name"] for row in bare.search("Farrowdale Adoption")][:1] == [
        row["name"] for row in whole.search("Farrowdale Adoption")
    ][:1]
    assert [row for row in bare.search("fetched") if row["kind"] in ("Finding", "Passage")] == []


def test_graph_has_the_same_nodes_and_links(both):
    whole, bare = both

    assert bare.store.counts() == whole.store.counts()
    assert bare.query("MATCH (d:Document) WHERE d.withoutWords IS NULL RETURN count(*) AS n")[0]["n"] == 0
    assert bare.sparql("ASK { ?x <http://www.w3.org/ns/oa#exact> ?words }") is not None


def test_again_nothing_is_done(both, tmp_path):
    whole, bare = both
    whole.write_snapshot(tmp_path / "again.xz")

    assert bare.has_snapshot(tmp_path / "again.xz")
    assert {outcome.status for outcome in bare.load_snapshot(tmp_path / "again.xz").outcomes} == {"skipped"}


def test_snapshot_of_a_snapshot_is_the_same(both, tmp_path):
    for number, graph in enumerate(both):
        graph.write_snapshot(tmp_path / str(number))

    assert (tmp_path / "0").read_bytes() == (tmp_path / "1").read_bytes()


def test_a_document_that_is_read_gets_its_words(both):
    """Last, because it changes the graph."""
    _, bare = both
    report = bare.build(SAMPLES / "pellmouth_focused-visit_2023-01-30.txt")

    assert report.failed == {}
    query = "MATCH (d:Document {source: $source})-[:STATES]->(f) RETURN d.withoutWords AS bare, f.text AS text"
    rows = bare.query(query, {"source": "pellmouth_focused-visit_2023-01-30.txt"})
    assert rows
    assert all(row["bare"] is None and "not fetched" not in row["text"] for row in rows)
    assert THINGS in str(bare.query("MATCH (d:Document) RETURN d.iri AS iri LIMIT 1")[0]["iri"])
