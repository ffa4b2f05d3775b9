"""A file is taken away whole or not at all."""

from contextlib import contextmanager

import pytest

from caregraph.cli.export import export, forms
from caregraph.graph.dataset.store import Dataset
from caregraph.ontology.errors import ServerUnavailable, StoreError


@contextmanager
def nowhere():
    raise ServerUnavailable("no Neo4j answers")
    yield


@pytest.fixture
def dataset(tmp_path):
    folder = tmp_path / "dataset"
    Dataset.open(folder).close()
    return folder


def test_rdf_is_written_without_a_database(dataset, tmp_path):
    export(dataset, nowhere, "nquads", tmp_path / "graph.nq")

    assert (tmp_path / "graph.nq").exists()
    assert not list(tmp_path.glob("*.part"))


def test_failure_leaves_the_file_that_was_there(dataset, tmp_path):
    target = tmp_path / "graph.xlsx"
    target.write_text("before")

    with pytest.raises(ServerUnavailable):
        export(dataset, nowhere, "xlsx", target)
    assert target.read_text() == "before"
    assert not list(tmp_path.glob("*.part"))


def test_place_that_cannot_be_written_is_told(dataset, tmp_path):
    with pytest.raises(StoreError, match="cannot be written"):
        export(dataset, nowhere, "trig", tmp_path / "no-such-folder" / "graph.trig")


def test_forms_are_those_of_graph_and_dataset():
    assert {"csv", "xlsx", "graphml", "gexf", "parquet", "cypher", "neo4j-admin", "turtle"} <= set(forms())
