"""What an upload came to is said as what it is."""

import pytest
from streamlit.testing.v1 import AppTest

from caregraph.build import Outcome
from caregraph.explorer.pages import upload
from caregraph.explorer.state import session
from caregraph.ontology.errors import StoreError

SCRIPT = "from caregraph.explorer.pages.upload import show_upload_message\nshow_upload_message()\n"


@pytest.fixture
def said(monkeypatch, tmp_path):
    """Adds documents with an outcome, and gives what the page then says as success and as error."""

    def said(add):
        values = {}
        monkeypatch.setenv("CAREGRAPH_DATA", str(tmp_path))
        monkeypatch.setattr(session.SessionKey, "get", lambda key: values.get(key.name, key._default()))
        monkeypatch.setattr(session.SessionKey, "set", lambda key, value: values.update({key.name: value}))
        monkeypatch.setattr(upload, "add_documents", add)
        monkeypatch.setattr(upload, "load_dataset", lambda cache: None)
        monkeypatch.setattr(upload, "_open_document", lambda source: None)
        upload._add_to_graph({"a.txt": b"", "b.txt": b""})
        monkeypatch.undo()
        page = AppTest.from_string(SCRIPT)
        for name, value in values.items():
            page.session_state[name] = value
        page.run()
        shown = ([message.value for message in messages] for messages in (page.success, page.error))
        return tuple([text.replace("\\", "") for text in texts] for texts in shown)  # of escaped Markdown

    return said


def test_upload_that_fails_is_an_error(said):
    def fail(workspace, documents):
        raise StoreError("the dataset cannot be changed: No space left on device")

    successes, [error] = said(fail)

    assert successes == []
    assert "Nothing was added: the dataset cannot be changed: No space left" in error


def test_what_was_added_and_what_failed_are_told_apart(said):
    outcomes = [Outcome("a.txt", "added"), Outcome("b.txt", "failed", "is empty")]
    ([success], [error]) = said(lambda workspace, documents: outcomes)

    assert success == "a.txt was added. You can search for it now."
    assert error == "b.txt failed: is empty."
    assert said(lambda workspace, documents: outcomes[1:])[0] == []
