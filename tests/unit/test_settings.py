"""Settings: what the environment names, and what it names badly."""

import gc
import weakref

import pytest

from caregraph.ontology.errors import ServerUnavailable
from caregraph.settings import ServerAddress, collect_rarely, data_directory, external_server


def test_environment_names_a_server():
    environ = {"NEO4J_URI": "neo4j+s://graph.example.org", "NEO4J_PASSWORD": "p", "NEO4J_DATABASE": "care"}

    assert external_server(environ) == ServerAddress("neo4j+s://graph.example.org", "neo4j", "p", "care")
    assert external_server(environ | {"NEO4J_USERNAME": "reader"}).username == "reader"


@pytest.mark.parametrize("environ", [{}, {"NEO4J_URI": ""}, {"NEO4J_PASSWORD": "p"}])
def test_environment_may_name_no_server(environ):
    assert external_server(environ) is None


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"NEO4J_URI": "bolt://localhost"}, "NEO4J_PASSWORD"),
        ({"NEO4J_URI": "localhost:7687", "NEO4J_PASSWORD": "p"}, "localhost:7687"),
        ({"NEO4J_URI": "http://localhost:7474", "NEO4J_PASSWORD": "p"}, "http://localhost:7474"),
        ({"NEO4J_URI": "bolt://", "NEO4J_PASSWORD": "p"}, "bolt://"),
        ({"NEO4J_URI": "bolt://localhost:port", "NEO4J_PASSWORD": "p"}, "bolt://localhost:port"),
    ],
)
def test_environment_that_names_half_a_server_is_refused(environ, named):
    with pytest.raises(ServerUnavailable, match=named):
        external_server(environ)


def test_data_directory_is_the_users_choice(tmp_path, monkeypatch):
    monkeypatch.setenv("CAREGRAPH_DATA", str(tmp_path))
    assert data_directory() == tmp_path
    monkeypatch.delenv("CAREGRAPH_DATA")
    assert data_directory().name == "caregraph"


class _Cycle:
    def __init__(self) -> None:
        self.itself = self


def test_what_was_kept_at_one_call_is_collected_at_the_next_once_it_is_unused():
    threshold = gc.get_threshold()
    kept = _Cycle()
    seen = weakref.ref(kept)
    try:
        collect_rarely()
        del kept
        gc.collect()
        assert seen() is not None  # it is not looked at until then
        collect_rarely()
        assert seen() is None
    finally:
        gc.unfreeze()
        gc.set_threshold(*threshold)
