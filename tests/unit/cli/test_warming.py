"""Warming asks what pages ask, quietly and for a limited time."""

import logging

import pytest

from caregraph.cli import warming
from caregraph.cli.warming import start_warming, warm
from caregraph.ontology.errors import ServerUnavailable, StoreError


def refuse() -> None:
    raise StoreError("no such name here")


@pytest.fixture
def asked(monkeypatch):
    """Queries that were asked, of three of which the second fails."""
    asked: list[str] = []

    def queries(store):
        yield lambda: asked.append("first")
        yield refuse
        yield lambda: asked.append("third")

    monkeypatch.setattr(warming, "_queries", queries)
    return asked


def test_a_query_that_fails_stops_nothing(asked):
    pauses: list[float] = []

    assert warm(None, sleep=pauses.append) == 2
    assert asked == ["first", "third"]
    assert len(pauses) == 3  # room for readers after each
    assert all(pause >= 0 for pause in pauses)


def test_warming_ends_when_its_time_is_up(asked):
    assert warm(None, patience=0.0) == 0
    assert not asked


def test_database_that_does_not_answer_is_no_matter(tmp_path, monkeypatch, caplog, capsys):
    def refuse(data, *, progress):
        raise ServerUnavailable("it does not start")

    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setattr(warming.launcher, "start", refuse)
    with caplog.at_level(logging.DEBUG):
        thread = start_warming(tmp_path)
        thread.join(30)

    assert thread.daemon
    assert "it does not start" in caplog.text
    assert not [record for record in caplog.records if record.levelno >= logging.INFO]
    assert capsys.readouterr() == ("", "")


def test_fault_of_ours_is_logged_with_its_place(tmp_path, monkeypatch, caplog):
    def break_down(data, *, progress):
        raise ZeroDivisionError

    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setattr(warming.launcher, "start", break_down)
    with caplog.at_level(logging.INFO):
        start_warming(tmp_path).join(30)

    [record] = caplog.records
    assert record.exc_info
    assert record.is_fault
