"""The explorer's frame: its pages and their order. `caregraph explore` serves it."""

from pathlib import Path

import streamlit as st

from explorer.about import about
from explorer.ask import ask
from explorer.authority import authority
from explorer.concepts import concepts
from explorer.documents import documents
from explorer.explore import explore
from explorer.findings import findings
from explorer.frame import framed
from explorer.home import home
from explorer.review import review
from explorer.service import service
from explorer.shared import shared

ICON = Path(__file__).parent / "explorer" / "icon.svg"

st.set_page_config(page_title="caregraph", page_icon=str(ICON), layout="wide")
st.logo(str(ICON), size="large")

# By their addresses; `explorer.links` leads there.
pages = {
    "": st.Page(framed(home), title="Home", default=True),
    "explore": st.Page(framed(explore), title="Explore", url_path="explore"),
    "authority": st.Page(framed(authority), title="Councils", url_path="authority"),
    "concepts": st.Page(framed(concepts), title="Concepts", url_path="concepts"),
    "findings": st.Page(framed(findings), title="Findings", url_path="findings"),
    "shared": st.Page(framed(shared), title="Shared services", url_path="shared"),
    "service": st.Page(framed(service), title="Service", url_path="service", visibility="hidden"),
    "ask": st.Page(framed(ask), title="Ask", url_path="ask"),
    "documents": st.Page(framed(documents), title="Documents", url_path="documents"),
    "review": st.Page(framed(review), title="Review", url_path="review"),
    "about": st.Page(framed(about), title="About", url_path="about"),
}
st.session_state["pages"] = pages
st.navigation(list(pages.values()), position="top").run()
