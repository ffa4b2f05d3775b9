"""Promises about counts: further witnesses of what is known change no count, no latest grade, no share of strengths.

A second copy, another format, an undated news item, a file of the same name, something that is no report: whatever of
these is added, in any order, every question answers as before, and taking it away gives the first graph.
"""

import csv
import shutil
from pathlib import Path

import pytest

import caregraph
from tests.e2e.counted_once import KINDS, Additions, all_of, assert_counted_once

SAMPLES = Path(__file__).parents[2] / "samples"
ADDITIONS = Additions(
    SAMPLES / "ashmere_cs_2022-05-16.pdf", SAMPLES / "pellmouth_focused-visit_2023-01-30.txt", "Ashmere"
)
CORPUS_REPORTS = 12


@pytest.fixture(scope="module")
def graph(samples_graph):
    """The samples' graph itself: each test leaves it as it was, and shows that it does."""
    with caregraph.open(samples_graph) as graph:
        yield graph


@pytest.fixture(scope="module")
def known(graph):
    return all_of(graph)


@pytest.mark.parametrize("kinds", [*([kind] for kind in KINDS), KINDS, KINDS[::-1]], ids=lambda kinds: "-".join(kinds))
def test_what_is_known_already_counts_once(graph, known, tmp_path, kinds):
    assert_counted_once(graph, known, tmp_path, [getattr(ADDITIONS, kind) for kind in kinds])


def test_what_is_no_report_is_left_out_and_named(graph, known, tmp_path):
    ADDITIONS.add_school(tmp_path)
    (outcome,) = graph.build(tmp_path).outcomes

    assert outcome.status == "left-out"
    assert "a school" in outcome.reason
    graph.remove(outcome.source)
    assert all_of(graph) == known


def test_witnesses_say_what_they_are(graph, known, tmp_path):
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
    assert all_of(graph) == known


@pytest.fixture(scope="module")
def corpus_reports(shared):
    """Reports of the corpus of every kind and time: the shortest of each twelfth, in the order of kinds and days."""
    with (shared / "corpus" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (row["file"].split("_")[1:], row["file"]))
    size = len(rows) // CORPUS_REPORTS
    parts = [rows[start : start + size] for start in range(0, CORPUS_REPORTS * size, size)]
    chosen = [min(part, key=lambda row: (int(row["words"]), row["file"])) for part in parts]
    return [(shared / "corpus" / row["file"], row["authority"]) for row in chosen]


@pytest.mark.parametrize("kinds", [KINDS, KINDS[::-1]], ids=["in order", "in reverse"])
def test_what_is_known_of_real_reports_counts_once(corpus_reports, corpus_graph, corpus_known, tmp_path, kinds):
    (report, council), (letter, _) = corpus_reports[0], corpus_reports[-1]
    additions = Additions(report, letter, council.replace("-", " ").title())

    assert_counted_once(corpus_graph, corpus_known, tmp_path, [getattr(additions, kind) for kind in kinds])


@pytest.fixture(scope="module")
def corpus_graph(corpus_reports, on_emptied, tmp_path_factory):
    """A graph of reports of the corpus, in the database that tests may write into."""
    folder = tmp_path_factory.mktemp("corpus")
    for path, _ in corpus_reports:
        shutil.copy(path, folder)
    with caregraph.open(tmp_path_factory.mktemp("metamorphic-corpus") / "data") as graph:
        with on_emptied():
            assert graph.build(folder).failed == {}
        yield graph


@pytest.fixture(scope="module")
def corpus_known(corpus_graph):
    return all_of(corpus_graph)
