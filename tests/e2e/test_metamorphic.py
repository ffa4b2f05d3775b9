"""Promises about counts: further witnesses of what is known change no count, no latest grade, no share of strengths.

A second copy, another format, an undated news item, a file of the same name, something that is no report: whatever of
these is added, in any order, every question answers as before, and taking it away gives the first graph.
"""

import shutil
from pathlib import Path

import pytest

import caregraph
from caregraph.extractors.reading.read import read_report
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.queries.questions import load_questions
from caregraph.graph.server import launcher

SAMPLES = Path(__file__).parents[2] / "samples"
REPORT, LETTER = "ashmere_cs_2022-05-16.pdf", "pellmouth_focused-visit_2023-01-30.txt"
NEWS = """Council praised for its work with families

Children’s services in Ashmere have been rated outstanding overall by Ofsted, the council said on its website.

The leader of the council said that social workers had gone the extra mile. Families told us that help came early.
"""
SCHOOL = """Inspection of Wexholme Primary School

Inspection dates: 4 and 5 March 2025

The quality of education: Good
Behaviour and attitudes: Outstanding
Early years provision: Good

Pupils are happy at this school. They learn to read quickly. The headteacher and the governors know the school well.
Pupils in Year 6 are ready for secondary school. Phonics is taught well from the start of Reception.
"""


def add_copy(folder):
    """A second copy of a report, of which one byte differs."""
    (folder / "copy.pdf").write_bytes((SAMPLES / REPORT).read_bytes() + b"\n")


def add_text(folder):
    """The text of a report, as some archives keep it beside the PDF."""
    (folder / "report.txt").write_text(read_report(SAMPLES / REPORT).text, encoding="utf-8")


def add_page(folder):
    """A letter as a web page."""
    lines = read_report(SAMPLES / LETTER).text.splitlines()
    body = "\n".join(f"<p>{line}</p>" for line in lines if line.strip())
    (folder / "letter.html").write_text(f"<!doctype html><html><body><article>{body}</article></body></html>")


def add_news(folder):
    (folder / "news.txt").write_text(NEWS, encoding="utf-8")


def add_same_name(folder):
    """The same file under another folder."""
    (folder / "again").mkdir()
    shutil.copy(SAMPLES / LETTER, folder / "again")


def add_school(folder):
    (folder / "school.txt").write_text(SCHOOL, encoding="utf-8")


ADDITIONS = [add_copy, add_text, add_page, add_news, add_same_name, add_school]


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


def answers(graph):
    """Everything that the named questions answer with their examples."""
    return {
        name: [dict(row) for row in graph.ask(name, **question.example)] for name, question in load_questions().items()
    }


def counts(graph):
    """Nodes and relationships of every label and type but those of witnesses."""
    counted = graph.store.counts()
    apart = {"Witness", "WITNESS_OF", "ABOUT", "GIVES"}
    return {kind: {name: n for name, n in table.items() if name not in apart} for kind, table in counted.items()}


def statements(graph):
    with Dataset.read(graph.workspace.dataset_folder) as dataset:
        return {(entry.source, str(quad)) for entry in dataset.documents() for quad in dataset.quads(entry.document)}


@pytest.mark.parametrize(
    "additions",
    [*([addition] for addition in ADDITIONS), ADDITIONS, ADDITIONS[::-1]],
    ids=lambda added: f"{len(added)}-{added[0].__name__}",
)
def test_what_is_known_already_counts_once(graph, tmp_path, additions):
    before = answers(graph), counts(graph), statements(graph)
    sources = []
    for addition in additions:
        addition(tmp_path)
        report = graph.build(tmp_path)
        assert report.failed == {}
        sources += [outcome.source for outcome in report.outcomes if outcome.status in ("added", "left-out")]

    after = answers(graph)
    assert {name for name in after if after[name] != before[0][name]} == set()
    assert counts(graph) == before[1]
    for source in dict.fromkeys(sources):
        graph.remove(source)
    assert (answers(graph), counts(graph), statements(graph)) == before


def test_what_is_no_report_is_left_out_and_named(graph, tmp_path):
    add_school(tmp_path)
    (outcome,) = graph.build(tmp_path).outcomes

    assert outcome.status == "left-out"
    assert "a school" in outcome.reason
    graph.remove(outcome.source)


def test_witnesses_say_what_they_are(graph, tmp_path):
    add_text(tmp_path)
    add_news(tmp_path)
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
