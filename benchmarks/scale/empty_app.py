"""An app of Streamlit's with nothing on its two pages: the least that a reader waits for."""

import streamlit as st


def _show_first() -> None:
    st.title("First")


def _show_second() -> None:
    st.title("Second")


st.navigation(
    [st.Page(_show_first, title="First", default=True), st.Page(_show_second, title="Second")], position="top"
).run()
