"""What a first load remembers of what it has made."""

from caregraph.graph.neo4j import known_nodes
from caregraph.graph.neo4j.known_nodes import Memory
from caregraph.graph.neo4j.provenance import Known

NODE, EDGE = {("hub",): Known("1", "Service", {})}, {("USES", "place", "hub", ""): Known("2", "USES", {})}


def test_memory_bears_the_mark_of_the_last_load():
    one = Memory()
    one.follow("first", NODE, {})
    one.follow("second", {}, EDGE)

    assert one == Memory("second", NODE, EDGE)


def test_memory_of_which_something_is_missing_is_no_more():
    one = Memory()
    one.follow("first", NODE, EDGE)
    one.follow(None, {}, {})

    assert one == Memory(None, {}, {})


def test_memory_of_too_much_is_no_more(monkeypatch):
    monkeypatch.setattr(known_nodes, "MOST", 1)
    one = Memory()
    one.follow("first", NODE, {})
    assert one.mark == "first"
    one.follow("second", {}, EDGE)

    assert one == Memory(None, {}, {})
