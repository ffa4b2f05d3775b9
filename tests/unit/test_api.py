"""Answers show themselves in a notebook, with all text escaped."""

import pytest

import caregraph
from caregraph import extras
from caregraph.answers import Answer


def test_answer_shows_itself_as_an_escaped_table():
    shown = Answer.of([{"text": "<b>5 < 6</b>", "topics": ["a", "b"], "page": None}])._repr_html_()

    assert "&lt;b&gt;5 &lt; 6&lt;/b&gt;" in shown
    assert "<td>a; b</td>" in shown
    assert "<td></td>" in shown


def test_answer_of_nothing_is_empty():
    answer = Answer.of([])

    assert not answer
    assert list(answer) == []
    assert answer.to_pandas().empty


def test_row_without_a_graph_has_no_evidence():
    (row,) = Answer.of([{"iri": "https://w3id.org/caregraph/id/service/x"}])

    assert len(row.evidence) == 0


def test_public_names_are_all_there():
    assert all(getattr(caregraph, name) is not None for name in caregraph.__all__)


def test_missing_extra_is_named_with_the_command_that_adds_it(monkeypatch):
    monkeypatch.setitem(extras.EXTRAS, "server", ("no_such_module",))

    with pytest.raises(caregraph.MissingExtra, match=r"pip install 'caregraph\[server\]'"):
        extras.require("server", "our own Neo4j")
