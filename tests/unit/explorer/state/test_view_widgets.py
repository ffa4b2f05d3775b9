"""Widgets of the view: one that something else has changed is drawn anew, and what it sends late is not heard."""

from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from caregraph.explorer.state.view_widgets import view_widget

    state = st.session_state
    state.setdefault("value", "free")
    state.setdefault("changes", 0)

    def change(chosen: str) -> None:
        state["value"] = chosen
        state["changes"] += 1

    widget = view_widget("layout", state["value"], change)
    st.selectbox("Layout", ["free", "kinds", "years"], ["free", "kinds", "years"].index(widget.first), key=widget.key)
    st.button("Send again", on_click=widget.on_change)
    state["key"] = widget.key


def test_choice_of_the_reader_keeps_the_widget_and_another_change_draws_it_anew():
    test = AppTest.from_function(page).run()
    first = test.session_state["key"]
    test.session_state["value"] = "kinds"
    test.run()

    assert test.session_state["key"] != first
    assert test.selectbox[0].value == "kinds"


def test_value_that_the_view_has_already_is_no_change():
    test = AppTest.from_function(page).run()
    test.button[0].click().run()

    assert test.session_state["changes"] == 0
