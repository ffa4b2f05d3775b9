from streamlit.testing.v1 import AppTest

SCRIPT = """
import streamlit as st
from caregraph.explorer.sign_in import is_admitted
if is_admitted():
    st.text("what reports say")
"""


def test_everybody_reads_where_no_provider_is_set_up():
    test = AppTest.from_string(SCRIPT).run()

    assert [element.value for element in test.text] == ["what reports say"]


def test_nobody_reads_before_they_have_signed_in():
    test = AppTest.from_string(SCRIPT)
    test.secrets["auth"] = {"client_id": "explorer"}
    test.run()

    assert not test.exception
    assert [button.label for button in test.button] == ["Sign in"]
    assert "what reports say" not in [element.value for element in test.text]
