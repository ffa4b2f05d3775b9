"""Promises about counts: further witnesses of what is known change no count, no latest grade, no share of strengths.

A second copy, another format, an undated news item, a file of the same name, something that is no report: whatever of
these is added, in any order, every question answers as before, and taking it away gives the first graph.
"""

import csv
import shutil
from pathlib import Path

import pytest

import caregraph
from caregraph.graph.server import launcher
from tests.e2e.counted_once import KINDS, Additions, assert_counted_once

SAMPLES = Path(__file__).parents[2] / "samples"
ADDITIONS = Additions(
    SAMPLES / "ashmere_cs_2022-05-16.pdf", SAMPLES / "pellmouth_focused-visit_2023-01-30.txt", "Ashmere"
)
CORPUS_REPORTS = 20


@pytest.fixture(scope="module")
def graph(samples_graph, tmp_path_factory):
    """A graph of the samples that may be written, with a Neo4j of its own."""
    data = tmp_path_factory.mktemp("metamorphic") / "data"
    launcher.stop(samples_graph)
    shutil.copytree(samples_graph, data)
    launcher.start(samples_graph, progress=print)
    with caregraph.open(data) as graph:
        yield graph
    launcher.stop(data)


@pytest.mark.parametrize("kinds", [*([kind] for kind in KINDS), KINDS, KINDS[::-1]], ids=lambda kinds: "-".join(kinds))
def test_what_is_known_already_counts_once(graph, tmp_path, kinds):
    assert_counted_once(graph, tmp_path, [getattr(ADDITIONS, kind) for kind in kinds])


def test_what_is_no_report_is_left_out_and_named(graph, tmp_path):
    ADDITIONS.add_school(tmp_path)
    (outcome,) = graph.build(tmp_path).outcomes

    assert outcome.status == "left-out"
    assert "a school" in outcome.reason
    graph.remove(outcome.source)


def test_witnesses_say_what_they_are(graph, tmp_path):
    ADDITIONS.add_text(tmp_path)
    ADDITIONS.add_news(tmp_path)
    graph.build(tmp_path)
    rows = graph.query(
        "MATCH (w:Witness) OPTIONAL MATCH (w)-[:WITNESS_OF]->(i:Inspection)"
        " RETURN w.source AS source, w.part AS part, w.explanation AS explanation, i.name AS inspection"
    )
    witnesses = {row["source"]: row for row in rows}

    assert witnesses["report.txt"]["part"] == "copy"
    assert "of their words are the same" in witnesses["report.txt"]["explanation"]
    assert witnesses["report.txt"]["inspection"]
    assert witnesses["news.txt"]["part"] == "undated"
    assert witnesses["news.txt"]["inspection"] is None
    for source in ("report.txt", "news.txt"):
        graph.remove(source)


@pytest.fixture(scope="module")
def corpus_reports(shared):
    """Reports of the corpus, every twentieth or so, in the order of their names."""
    with (shared / "corpus" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["file"])
    chosen = rows[:: len(rows) // CORPUS_REPORTS][:CORPUS_REPORTS]
    return [(shared / "corpus" / row["file"], row["authority"]) for row in chosen]


@pytest.mark.parametrize("kinds", [KINDS, KINDS[::-1]], ids=["in order", "in reverse"])
def test_what_is_known_of_real_reports_counts_once(corpus_reports, corpus_graph, tmp_path, kinds):
    (report, council), (letter, _) = corpus_reports[0], corpus_reports[-1]
    additions = Additions(report, letter, council.replace("-", " ").title())

    assert_counted_once(corpus_graph, tmp_path, [getattr(additions, kind) for kind in kinds])


@pytest.fixture(scope="module")
def corpus_graph(corpus_reports, tmp_path_factory):
    """A graph of reports of the corpus that may be written, with a Neo4j of its own."""
    folder = tmp_path_factory.mktemp("corpus")
    for path, _ in corpus_reports:
        shutil.copy(path, folder)
    with caregraph.open(tmp_path_factory.mktemp("metamorphic-corpus") / "data") as graph:
        assert graph.build(folder).failed == {}
        yield graph
    launcher.stop(graph.workspace.data)
