import io
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph, Literal, URIRef

from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.rdf_terms import CG, quads_of
from caregraph.graph.dataset.statements import to_graph, vocabulary_quads
from caregraph.graph.dataset.store import FORMATS, VOCABULARY_NODE, Dataset
from caregraph.ontology.errors import InvalidGraph, QueryRefused, StoreError
from caregraph.ontology.iris import THINGS
from caregraph.ontology.turtle import expand

ROOT = Path(__file__).parents[4]
NASTY = 'He said: "it\'s\\fine"\n\r\t } GRAPH <x> { \u2028 \u00e9 \U0001f600 <script>'


def entry(source="a.pdf", digit="a", **more):
    return Entry(source=source, sha256=digit * 64, extractor="1", **more)


def statements(*names, about="https://example.org/thing"):
    graph = Graph()
    for name in names:
        graph.add((URIRef(about), URIRef("https://example.org/name"), Literal(name)))
    return graph


def names(dataset):
    """Names in the merged graph, sorted."""
    return sorted(row["o"] for row in dataset.sparql("SELECT ?o { ?s <https://example.org/name> ?o }").rows)


def nquads(dataset):
    output = io.BytesIO()
    dataset.export(output, "nquads")
    return sorted(output.getvalue().splitlines())


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "dataset"


@pytest.fixture
def dataset(folder):
    with Dataset.open(folder) as dataset:
        yield dataset


def test_dataset_gives_back_the_graph_of_a_document(dataset, vocabulary, record):
    graph = to_graph(record, vocabulary, extractor="1")
    done = Entry(source=record.source, sha256=record.sha256, extractor="1")

    stored = dataset.replace(done, graph)

    assert set(dataset.graph(done.document)) == set(graph)
    assert dataset.documents() == [stored]
    assert stored.statements == len(graph)


@pytest.mark.parametrize(
    ("source", "digit", "extractor", "expected"),
    [
        ("a.pdf", "a", "1", True),
        ("a.pdf", "b", "1", False),
        ("a.pdf", "a", "2", False),
        ("b.pdf", "a", "1", False),
    ],
)
def test_dataset_knows_the_current_documents(dataset, source, digit, extractor, expected):
    dataset.replace(entry(), statements("x"))

    assert dataset.is_current(source, digit * 64, extractor) is expected


def test_dataset_has_the_reason_why_a_file_failed(dataset):
    dataset.replace(entry(status="failed", reason="the file is empty"))

    assert dataset.entry("a.pdf").reason == "the file is empty"
    assert dataset.is_current("a.pdf", "a" * 64, "1")
    assert dataset.entry("b.pdf") is None


def test_every_file_name_has_an_entry_of_its_own(dataset):
    sources = ["a b.pdf", "a-b.pdf", "a–b.pdf", '"<>{}|\\^`.pdf', "zwölf\n.pdf"]
    for digit, name in enumerate(sources):
        dataset.replace(entry(name, str(digit)), statements(name))

    assert [entry.source for entry in dataset.documents()] == sorted(sources)
    assert names(dataset) == sorted(sources)


def test_statements_of_several_documents_are_counted_once(dataset):
    dataset.replace(entry("a.pdf", "a"), statements("shared", "one"))
    dataset.replace(entry("b.pdf", "b"), statements("shared", "two"))

    assert names(dataset) == ["one", "shared", "two"]
    count = dataset.sparql("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <https://example.org/name> 'shared' } }")
    assert count.rows == ({"n": 2},)


def test_removal_removes_the_statements_of_the_file_alone(dataset):
    dataset.replace(entry("a.pdf", "a"), statements("shared", "one"))
    before = nquads(dataset)
    dataset.replace(entry("b.pdf", "b"), statements("shared", "two"))

    assert dataset.remove("b.pdf")
    assert names(dataset) == ["one", "shared"]
    assert nquads(dataset) == before
    assert not dataset.remove("b.pdf")
    assert dataset.remove("a.pdf")
    assert nquads(dataset) == []


def test_changed_file_replaces_its_statements(dataset):
    dataset.replace(entry(digit="a"), statements("unchanged", "old"))
    dataset.replace(entry(digit="b"), statements("unchanged", "new"))

    assert names(dataset) == ["new", "unchanged"]
    assert [entry.sha256[0] for entry in dataset.documents()] == ["b"]
    assert not list(dataset.graph(entry(digit="a").document))


def test_file_that_cannot_be_read_any_more_has_no_statements(dataset):
    dataset.replace(entry(digit="a"), statements("old"))
    dataset.replace(entry(digit="b", status="failed", reason="encrypted"))

    assert names(dataset) == []


def test_document_of_two_names_is_one_graph_whichever_came_first(tmp_path):
    def build(*sources):
        with Dataset.open(tmp_path / "-".join(sources)) as dataset:
            for source in sources:
                graph = statements("x")
                graph.add((URIRef(entry().document), CG.source, Literal(source)))
                dataset.replace(entry(source), graph)
            before = nquads(dataset)
            dataset.remove("a.pdf")
            assert list(dataset.graph(entry().document).objects(None, CG.source)) == [Literal("b.pdf")]
            assert names(dataset) == ["x"]
        return before

    assert build("a.pdf", "b.pdf") == build("b.pdf", "a.pdf")


def test_any_order_of_changes_ends_as_a_fresh_build(tmp_path):
    with Dataset.open(tmp_path / "grown") as grown, Dataset.open(tmp_path / "fresh") as fresh:
        grown.replace(entry("b.pdf", "1"), statements("shared", "early"))
        grown.replace(entry("a.pdf", "2"), statements("shared", "one"))
        grown.replace(entry("c.pdf", "3"), statements("gone"))
        grown.replace(entry("b.pdf", "4"), statements("shared", "two"))
        grown.remove("c.pdf")

        fresh.replace(entry("a.pdf", "2"), statements("shared", "one"))
        fresh.replace(entry("b.pdf", "4"), statements("shared", "two"))

        assert nquads(grown) == nquads(fresh)
        assert names(grown) == names(fresh)


@pytest.mark.parametrize("text", [NASTY, "", "'''", '"""', "\\u0053", "a\x00b"])
def test_any_text_is_only_text(dataset, text):
    dataset.replace(entry(), statements("old", "other"))
    dataset.replace(entry(), statements(text, "other"))

    assert names(dataset) == sorted([text, "other"])


def test_vocabulary_is_replaced_when_its_files_change(dataset):
    assert dataset.vocabulary() is None
    dataset.replace_vocabulary(quads_of(statements("first"), VOCABULARY_NODE), "1")
    dataset.replace_vocabulary(quads_of(statements("second"), VOCABULARY_NODE), "2")

    assert dataset.vocabulary() == "2"
    assert names(dataset) == ["second"]
    assert dataset.documents() == []


def test_graph_with_an_unnamed_node_changes_nothing(dataset):
    dataset.replace(entry(), statements("kept"))
    graph = statements("new")
    graph.add((BNode(), URIRef("https://example.org/name"), Literal("unnamed")))

    with pytest.raises(InvalidGraph, match="has no IRI"):
        dataset.replace(entry(), graph)
    assert names(dataset) == ["kept"]


@pytest.mark.parametrize(
    ("status", "graph"), [("failed", statements("x")), ("done", None)], ids=["failed with", "done without"]
)
def test_entry_and_graph_must_agree(dataset, status, graph):
    with pytest.raises(ValueError, match=r"a\.pdf"):
        dataset.replace(entry(status=status, reason="why"), graph)


@pytest.mark.parametrize("form", FORMATS)
def test_export_reads_back_as_it_was_stored(dataset, form):
    dataset.replace(entry("a.pdf", "a"), statements("shared", NASTY))
    dataset.replace(entry("b.pdf", "b"), statements("shared"))
    output = io.BytesIO()

    dataset.export(output, form)

    read = list(ox.parse(output.getvalue(), format=FORMATS[form]))
    values = [quad.object.value for quad in read if quad.predicate.value == "https://example.org/name"]
    graphs = {quad.graph_name for quad in read}
    if FORMATS[form].supports_datasets:
        assert sorted(values) == sorted(["shared", "shared", NASTY])
        assert graphs == {ox.NamedNode(entry(digit=digit).document) for digit in "ab"} | {
            ox.NamedNode(f"{THINGS}graph/catalogue")
        }
    else:
        assert sorted(values) == sorted(["shared", NASTY])
        assert graphs == {ox.DefaultGraph()}


def test_export_of_an_unknown_form_is_refused(dataset):
    with pytest.raises(StoreError, match="expected one of trig, nquads"):
        dataset.export(io.BytesIO(), "docx")


def test_sparql_cannot_write(dataset):
    with pytest.raises(QueryRefused):
        dataset.sparql("INSERT DATA { <a:a> <a:b> <a:c> }")


def test_second_writer_waits_or_is_refused(folder):
    first = Dataset.open(folder)
    with pytest.raises(StoreError, match="another caregraph process is writing"):
        Dataset.open(folder, wait=0.3)
    first.close()

    Dataset.open(folder, wait=5).close()


def test_reader_sees_the_last_finished_build_while_another_runs(folder):
    assert names(Dataset.read(folder)) == []
    with Dataset.open(folder) as writer:
        writer.replace(entry("a.pdf", "a"), statements("first"))
        assert names(Dataset.read(folder)) == []
    with Dataset.open(folder) as writer:
        writer.replace(entry("b.pdf", "b"), statements("second"))
        reader = Dataset.read(folder)
        assert names(reader) == ["first"]
        writer.remove("a.pdf")
    assert names(reader) == ["first"]
    assert names(Dataset.read(folder)) == ["second"]


def test_reader_cannot_write(folder):
    for _ in range(2):
        with pytest.raises(StoreError, match="open to read only"):
            Dataset.read(folder).replace(entry(), statements("x"))
        Dataset.open(folder).close()


def test_builds_do_not_pile_up(folder):
    for number in range(5):
        with Dataset.open(folder) as dataset:
            dataset.replace(entry(), statements(str(number)))
    with Dataset.open(folder):
        pass  # nothing changed, so nothing is published

    assert sorted(path.name for path in (folder / "published").iterdir()) == ["4", "5"]


def test_folder_that_cannot_be_used_is_refused(tmp_path):
    (tmp_path / "dataset").write_text("a file")

    with pytest.raises(StoreError, match="cannot be"):
        Dataset.open(tmp_path / "dataset")


def test_broken_store_is_refused_at_once_with_the_reason(tmp_path):
    folder = tmp_path / "blocked"  # the letters of "lock" are in every message about this folder
    folder.mkdir()
    (folder / "store").write_text("no folder")

    before = time.monotonic()
    with pytest.raises(StoreError, match="cannot be opened"):
        Dataset.open(folder, wait=3)
    assert time.monotonic() - before < 2
    (folder / "store").unlink()
    Dataset.open(folder).close()  # the failed attempt has left no lock


def test_second_close_does_no_harm(folder):
    dataset = Dataset.open(folder)
    dataset.replace(entry(), statements("x"))
    shutil.rmtree(folder / "published")
    (folder / "published").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be published"):
        dataset.close()
    (folder / "published").unlink()
    (folder / "published").mkdir()
    dataset.close()

    Dataset.open(folder).close()
    assert names(Dataset.read(folder)) == ["x"]


WRITER = """
import sys
from itertools import count
from pathlib import Path
from rdflib import Graph, Literal, URIRef
from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.store import Dataset

dataset = Dataset.open(Path(sys.argv[1]))
for turn in count():
    graph = Graph()
    for number in range(600):
        graph.add((URIRef(f"https://example.org/{number}"), URIRef("https://example.org/name"), Literal(turn)))
    # The first three documents are new, and written in bulk; the others take their places.
    dataset.replace(Entry(source=f"{turn % 3}.pdf", sha256=f"{turn:064}", extractor=str(turn)), graph)
    print(turn, flush=True)
"""


@pytest.mark.parametrize(("turns", "delay"), [(1, 0.01), (1, 0.05), (4, 0.0), (4, 0.07)])
def test_writer_killed_at_any_moment_leaves_a_whole_state(folder, turns, delay):
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    acknowledged = [process.stdout.readline() for _ in range(turns)]
    time.sleep(delay)
    os.kill(process.pid, signal.SIGKILL)
    output, _ = process.communicate()
    last = int((acknowledged + output.split())[-1])

    with Dataset.open(folder) as dataset:
        documents = dataset.documents()
        written = {entry.extractor: dataset.graph(entry.document) for entry in documents}
        graphs = len({row["g"] for row in dataset.sparql("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows})
        merged = names(dataset)

    assert max(map(int, written)) in (last, last + 1)
    for turn, graph in written.items():
        turns = list(graph.objects(None, URIRef("https://example.org/name")))
        assert turns == [Literal(int(turn))] * 600
    assert merged == sorted(int(turn) for turn in written for _ in range(600))
    assert graphs == len(documents) + 1
    # The next process to write also publishes what the killed one could not.
    assert names(Dataset.read(folder)) == merged


WRITER_WITH_CHILD = """
import subprocess, sys, time
from pathlib import Path
from caregraph.graph.dataset.store import Dataset

dataset = Dataset.open(Path(sys.argv[1]))
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], stdout=subprocess.DEVNULL)
print(child.pid, flush=True)
time.sleep(60)
"""


def test_kill_of_the_writer_releases_the_lock_while_its_child_lives(folder):
    command = [sys.executable, "-c", WRITER_WITH_CHILD, str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    child = int(process.stdout.readline())
    try:
        with pytest.raises(StoreError, match="another caregraph process is writing"):
            Dataset.open(folder)
        process.kill()
        process.wait()

        Dataset.open(folder).close()
    finally:
        process.kill()
        process.communicate()
        os.kill(child, signal.SIGKILL)


@pytest.mark.parametrize("form", FORMATS)
def test_export_has_its_licence_and_software(dataset, vocabulary, record, form):
    dataset.replace_vocabulary(vocabulary_quads(vocabulary), "1")
    done = Entry(source=record.source, sha256=record.sha256, extractor="1")
    dataset.replace(done, to_graph(record, vocabulary, extractor="1"))
    output = io.BytesIO()
    dataset.export(output, form)

    triples = {
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in ox.parse(output.getvalue(), format=FORMATS[form])
    }
    about = f"{THINGS}dataset/caregraph"
    assert (about, expand("rdf:type"), "http://www.w3.org/ns/dcat#Dataset") in triples
    assert [end for start, name, end in triples if start == about and name == expand("dcterms:license")] == [
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    ]
    [run] = {start for start, name, end in triples if name == expand("prov:used") and end == done.document}
    assert (run, expand("prov:wasAssociatedWith"), f"{THINGS}software/caregraph") in triples
