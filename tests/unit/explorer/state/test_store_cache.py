"""A page whose database is gone looks for it without starting one, and goes on when it is back."""

import pytest

from caregraph.explorer.state import store_cache
from caregraph.graph.server.launcher import ServerStatus
from caregraph.ontology.errors import ServerUnavailable


class Connection:
    def close(self) -> None:
        """Close nothing."""


def connect(address):
    if address == "gone":
        raise ServerUnavailable("it does not answer")
    return Connection()


@pytest.mark.parametrize(
    ("named", "uri", "started", "is_back"),
    [
        ("there", None, None, True),
        ("gone", None, None, False),
        (None, "bolt://127.0.0.1:1", "there", True),
        (None, "bolt://127.0.0.1:1", "gone", False),
        (None, None, None, False),  # our own is not running, and is not started
    ],
)
def test_a_database_is_looked_for_and_never_started(monkeypatch, tmp_path, named, uri, started, is_back):
    def start(data, *, progress):
        if uri is None:
            pytest.fail("started")
        return started

    monkeypatch.setattr(store_cache, "external_server", lambda: named)
    monkeypatch.setattr(store_cache, "data_directory", lambda: tmp_path)
    monkeypatch.setattr(store_cache.launcher, "status", lambda data: ServerStatus(running=uri is not None, uri=uri))
    monkeypatch.setattr(store_cache.launcher, "start", start)
    monkeypatch.setattr(store_cache.Neo4jStore, "connect", connect)

    assert store_cache._is_back() is is_back
