"""A read-only explorer changes nothing, whoever calls its actions."""

from types import SimpleNamespace

import pytest

from caregraph.explorer.pages import review, upload
from caregraph.explorer.state import session
from caregraph.ontology.iris import THINGS
from caregraph.workspace import Workspace

PAIR = SimpleNamespace(
    left=SimpleNamespace(iri=f"{THINGS}agency/a", name="Alliance", authority_name=None),
    right=SimpleNamespace(iri=f"{THINGS}agency/b", name="The Alliance", authority_name=None),
)


@pytest.mark.parametrize("read_only", [True, False])
def test_decision_is_recorded_only_where_it_may_be(monkeypatch, tmp_path, read_only):
    monkeypatch.setenv("CAREGRAPH_DATA", str(tmp_path))
    monkeypatch.setenv("CAREGRAPH_READ_ONLY", "1" if read_only else "")
    monkeypatch.setattr(session.SessionKey, "get", lambda key: "Ann" if key is session.REVIEWER else key._default())
    monkeypatch.setattr(session.SessionKey, "set", lambda key, value: None)
    review._record_decisions([PAIR], "different")

    file = Workspace(tmp_path).decisions_file
    assert (file.exists() and "Alliance" in file.read_text(encoding="utf-8")) != read_only


@pytest.mark.parametrize(
    ("action", "arguments"),
    [(review._apply_decisions, ()), (upload._add_to_graph, ({"letter.txt": b"Focused visit to Ashmere"},))],
)
def test_graph_is_not_built(monkeypatch, tmp_path, action, arguments):
    monkeypatch.setenv("CAREGRAPH_DATA", str(tmp_path))
    monkeypatch.setenv("CAREGRAPH_READ_ONLY", "1")
    action(*arguments)

    assert list(tmp_path.iterdir()) == []
