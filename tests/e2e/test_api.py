"""The public API over the samples' graph: answers as rows, each with the sentences that prove it."""

import subprocess
import sys
from pathlib import Path

import pytest

import caregraph
from caregraph.api import OF_ANOTHER_VERSION

SAMPLES = Path(__file__).parents[2] / "samples"
LETTER = SAMPLES / "pellmouth_focused-visit_2023-01-30.txt"


@pytest.fixture(scope="module")
def graph(samples_graph):
    with caregraph.open(samples_graph) as graph:
        yield graph


def test_answer_is_a_sequence_of_rows(graph):
    answer = graph.ask("shared-services", region="Farrowdale")

    assert len(answer) > 1
    assert answer.columns[0] in answer[0]
    assert [row["thing"] for row in answer[:2]] == [row["thing"] for row in answer][:2]
    assert answer.to_pandas().shape == (len(answer), len(answer.columns))


def test_row_has_the_sentences_that_prove_it(graph):
    row = next(row for row in graph.ask("latest-grades", area="overall") if row["authority"] == "Ashmere")
    (quotation,) = row.evidence

    assert row["quotation"] in " ".join(quotation["text"].split())
    assert quotation["document"] == row["document"]
    assert quotation["page"] == row["page"]


def test_evidence_of_a_finding_is_its_sentence_and_of_a_thing_the_sentences_that_name_it(graph):
    finding = graph.query("MATCH (f:Finding) RETURN f.iri AS iri, f.text AS text ORDER BY f.iri LIMIT 1")[0]
    agency = graph.search("Farrowdale Adoption Alliance")[0]

    assert [row["text"] for row in graph.evidence(finding["iri"])] == [finding["text"]]
    assert any("Farrowdale" in row["text"] for row in graph.evidence(agency["iri"]))
    assert len(graph.evidence("service/no-such-thing")) == 0


def test_query_says_that_it_was_cut(graph):
    answer = graph.query("MATCH (f:Finding) RETURN f.text AS text", limit=3)

    assert len(answer) == 3
    assert answer.cut
    assert not graph.query("RETURN 1 AS one").cut


def test_query_and_sparql_only_read(graph):
    with pytest.raises(caregraph.QueryRefused):
        graph.query("CREATE (n:Finding) RETURN n")
    with pytest.raises(caregraph.QueryRefused):
        graph.sparql("DELETE WHERE { ?s ?p ?o }")
    assert graph.sparql("SELECT (COUNT(DISTINCT ?d) AS ?documents) { ?d a cg:Document }")[0]["documents"] == 13


def test_unknown_question_is_an_error_of_ours(graph):
    with pytest.raises(caregraph.BadQuestion, match="no-such-question"):
        graph.ask("no-such-question")
    assert {"group", "question", "asks", "parameters"} == set(graph.questions().columns)


@pytest.mark.parametrize(
    "use",
    [
        lambda graph: graph.ask("coverage"),
        lambda graph: graph.query("RETURN 1 AS one"),
        lambda graph: graph.search("adoption"),
        lambda graph: graph.evidence("service/mash"),
    ],
    ids=["ask", "query", "search", "evidence"],
)
def test_graph_of_another_version_is_told(samples_graph, of_another_version, caplog, use):
    with caregraph.open(samples_graph) as graph:
        use(graph)
        use(graph)

    assert [record.message for record in caplog.records] == [OF_ANOTHER_VERSION]


def test_graph_of_this_version_is_not_remarked_on(samples_graph, caplog):
    with caregraph.open(samples_graph) as graph:
        graph.ask("coverage")

    assert caplog.records == []


def test_export_writes_a_file(graph, tmp_path):
    graph.export("graphml", tmp_path / "graph.graphml")

    assert (tmp_path / "graph.graphml").stat().st_size > 10_000


def test_read_gives_the_record_of_one_report(tmp_path):
    record = caregraph.read(LETTER, data=tmp_path)

    assert record.kind == "focused-visit"
    assert record.findings
    with pytest.raises(caregraph.UnreadableReport):
        caregraph.read(tmp_path / "missing.pdf", data=tmp_path)


def test_package_works_beside_a_folder_of_the_same_name_as_a_room(tmp_path):
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "__init__.py").write_text("raise RuntimeError('not ours')")
    (tmp_path / "pipeline.py").write_text("raise RuntimeError('not ours')")
    program = "import caregraph; caregraph.open; print(caregraph.__version__)"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
