"""Cache of the shared nodes and relationships that a first load has created."""

from caregraph.graph.neo4j import known_nodes
from caregraph.graph.neo4j.known_nodes import SharedNodeCache
from caregraph.graph.neo4j.provenance import StoredEntity

NODE = {("hub",): StoredEntity("1", "Service", {})}
EDGE = {("USES", "place", "hub", ""): StoredEntity("2", "USES", {})}


def test_cache_bears_the_token_of_the_last_load():
    cache = SharedNodeCache()
    cache.update("first", NODE, {})
    cache.update("second", {}, EDGE)

    assert cache == SharedNodeCache("second", NODE, EDGE)


def test_cache_that_lacks_something_is_given_up():
    cache = SharedNodeCache()
    cache.update("first", NODE, EDGE)
    cache.update(None, {}, {})

    assert cache == SharedNodeCache(None, {}, {})


def test_cache_that_grows_too_large_is_given_up(monkeypatch):
    monkeypatch.setattr(known_nodes, "MAX_ENTRIES", 1)
    cache = SharedNodeCache()
    cache.update("first", NODE, {})
    assert cache.load_token == "first"
    cache.update("second", {}, EDGE)

    assert cache == SharedNodeCache(None, {}, {})
