"""Session state: entries are named once, and typed."""

import ast
from pathlib import Path

from streamlit.testing.v1 import AppTest

from caregraph.explorer.state import session
from caregraph.explorer.state.session import SessionKey

EXPLORER = Path(__file__).parents[4] / "explorer"


def test_entry_has_its_default_until_it_is_set_and_after_it_is_taken_out():
    def page() -> None:
        import streamlit as st

        from caregraph.explorer.state.session import SessionKey

        key = SessionKey[list[str]]("names", list)
        before = key.get()
        key.set(["a"])
        key.part("council").set(["b"])
        st.json([before, key.get(), key.pop(), key.get(), key.part("council").get()])

    [shown] = AppTest.from_function(page).run().json

    assert shown.value == '[[], ["a"], ["a"], [], ["b"]]'


def test_no_two_entries_have_one_name():
    names = [key.name for key in vars(session).values() if isinstance(key, SessionKey)]

    assert len(set(names)) == len(names) > 20


def test_session_state_is_reached_only_through_named_entries():
    users = {
        path.name
        for path in EXPLORER.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "session_state"
    }

    assert users == {"session.py"}
