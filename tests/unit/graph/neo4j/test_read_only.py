"""Limits on untrusted statements, without a server."""

import time
from threading import Thread

import pytest

from caregraph.graph.neo4j import read_only
from caregraph.graph.query_result import QueryResult
from caregraph.ontology.errors import QueryRefused


@pytest.fixture(autouse=True)
def no_abandoned_statements(monkeypatch):
    monkeypatch.setattr(read_only, "_abandoned", set())


def test_a_statement_that_the_server_does_not_end_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(read_only, "GRACE", 0.1)
    monkeypatch.setattr(read_only, "_run", lambda *_: time.sleep(2))

    for _ in range(read_only.MAX_ABANDONED):
        with pytest.raises(QueryRefused, match="has not ended"):
            read_only.run_read_only(None, "neo4j", "RETURN 1", {}, timeout=0.05)
    with pytest.raises(QueryRefused, match="still at work"):
        read_only.run_read_only(None, "neo4j", "RETURN 1", {}, timeout=0.05)


def test_statements_are_counted_while_another_thread_abandons_one(monkeypatch):
    answer = QueryResult((), ())

    def abandon():
        with pytest.raises(QueryRefused, match="has not ended"):
            read_only._run_within(0.05, lambda: time.sleep(1))

    class EndedThread(Thread):
        """A thread that has ended; while that is asked, another thread abandons its statement."""

        abandoning = Thread(target=abandon)

        def is_alive(self):
            if self.abandoning.ident is None:
                self.abandoning.start()
                self.abandoning.join(timeout=0.3)
            return False

    monkeypatch.setattr(read_only, "_abandoned", {EndedThread(), EndedThread()})

    assert read_only._run_within(1, lambda: answer) == answer
    EndedThread.abandoning.join()
    assert read_only._count_abandoned() == 1
