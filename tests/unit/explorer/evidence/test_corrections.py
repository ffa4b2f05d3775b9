"""An explorer that only shows takes no correction, whatever its form was made to send."""

from datetime import date

from caregraph.explorer.evidence import corrections
from caregraph.graph.dataset.corrections import Correction
from caregraph.ontology.iris import document_iri, finding_iri
from caregraph.workspace import Workspace

PLACE = finding_iri(document_iri("ab" * 32), 7)
MADE = Correction(
    document="ab" * 32, start=7, field="polarity", value="concern", by="Ann", why="so", when=str(date(2026, 11, 30))
)


def test_an_explorer_that_only_shows_records_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("CAREGRAPH_READ_ONLY", "1")
    monkeypatch.setenv("CAREGRAPH_DATA", str(tmp_path))
    monkeypatch.setattr(Workspace, "correct", lambda *_, **__: (_ for _ in ()).throw(AssertionError("recorded")))

    corrections._record(PLACE, {"polarity": "concern"}, by="Ann", why="so")
    corrections._undo(MADE)

    assert list(tmp_path.iterdir()) == []
