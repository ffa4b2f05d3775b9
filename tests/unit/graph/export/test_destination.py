"""An export is whole or not there; what is no plain file is written to and stays what it is."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from caregraph.graph.dataset.store import Dataset
from caregraph.graph.export.destination import form_names, write_export
from caregraph.ontology.errors import BadQuestion, ServerUnavailable, StoreError


def no_store():
    raise ServerUnavailable("no Neo4j answers")


@pytest.fixture
def dataset(tmp_path):
    folder = tmp_path / "dataset"
    Dataset.open(folder).close()
    return folder


def write(dataset, form, to):
    return write_export(form, to, dataset_folder=dataset, store=no_store)


def test_rdf_is_written_without_a_database(dataset, tmp_path):
    write(dataset, "nquads", tmp_path / "graph.nq")

    assert (tmp_path / "graph.nq").exists()
    assert not list(tmp_path.glob("*.part"))


def test_failure_leaves_the_file_that_was_there(dataset, tmp_path):
    target = tmp_path / "graph.xlsx"
    target.write_text("before")

    with pytest.raises(ServerUnavailable):
        write(dataset, "xlsx", target)
    assert target.read_text() == "before"
    assert not list(tmp_path.glob("*.part"))


def test_target_that_cannot_be_written_is_named(dataset, tmp_path):
    with pytest.raises(StoreError, match="cannot be written"):
        write(dataset, "trig", tmp_path / "no-such-folder" / "graph.trig")


def test_unknown_form_is_refused_with_those_there_are(dataset, tmp_path):
    with pytest.raises(BadQuestion, match="expected one of csv"):
        write(dataset, "pdf", tmp_path / "graph.pdf")


def test_link_is_followed(dataset, tmp_path):
    (tmp_path / "link.nq").symlink_to(tmp_path / "real.nq")
    write(dataset, "nquads", tmp_path / "link.nq")

    assert (tmp_path / "link.nq").is_symlink()
    assert (tmp_path / "real.nq").is_file()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are a thing of Unix")
def test_pipe_and_device_are_written_to_and_stay(dataset, tmp_path):
    pipe, received = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    write(dataset, "trig", pipe)
    reader.join(10)
    write(dataset, "trig", Path("/dev/null"))

    assert pipe.is_fifo()
    assert received
    assert not Path("/dev/null").is_file()


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="devices for streams are a thing of Unix")
@pytest.mark.parametrize("kind", ["pipe", "file"])
def test_standard_output_may_be_named_as_a_device(tmp_path, kind):
    program = (
        "from pathlib import Path; from caregraph.graph.export.destination import whole_file\n"
        "with whole_file(Path('/dev/stdout')) as output: output.write(b'all')"
    )
    with (tmp_path / "written").open("wb") as file:
        stdout = file if kind == "file" else subprocess.PIPE
        done = subprocess.run([sys.executable, "-c", program], stdout=stdout, check=True)

    assert (done.stdout if kind == "pipe" else (tmp_path / "written").read_bytes()) == b"all"


def test_forms_are_those_of_graph_and_dataset():
    assert {"csv", "xlsx", "graphml", "gexf", "parquet", "cypher", "neo4j-admin", "turtle"} <= set(form_names())
