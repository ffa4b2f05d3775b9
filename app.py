"""The explorer's frame: its pages and their order. `caregraph explore` serves it."""

from pathlib import Path

import streamlit as st

from explorer.about import about
from explorer.ask import ask
from explorer.documents import documents
from explorer.explore import explore
from explorer.frame import framed
from explorer.shared import shared

ICON = Path(__file__).parent / "explorer" / "icon.svg"

st.set_page_config(page_title="caregraph", page_icon=str(ICON), layout="wide")
st.logo(str(ICON), size="large")

first = st.Page(framed(explore), title="Explore", icon=":material/hub:", default=True)
pages = [
    first,
    st.Page(framed(shared), title="Shared services", icon=":material/share:", url_path="shared"),
    st.Page(framed(ask), title="Ask", icon=":material/help:", url_path="ask"),
    st.Page(framed(documents), title="Documents", icon=":material/description:", url_path="documents"),
    st.Page(framed(about), title="About", icon=":material/info:", url_path="about"),
]
st.session_state["explore page"] = first
st.navigation(pages, position="top").run()
