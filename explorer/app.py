"""Explorer: its pages and their order. `caregraph explore` serves it by way of `entry.streamlit_app`."""

from pathlib import Path

import streamlit as st
from streamlit import config

from caregraph.explorer.page_shell import with_shell
from caregraph.explorer.pages.about import show_about
from caregraph.explorer.pages.ask import show_ask
from caregraph.explorer.pages.authority import show_authority
from caregraph.explorer.pages.concepts import show_concepts
from caregraph.explorer.pages.documents import show_documents
from caregraph.explorer.pages.explore import show_explore
from caregraph.explorer.pages.findings import show_findings
from caregraph.explorer.pages.home import show_home
from caregraph.explorer.pages.improvement import show_improvement
from caregraph.explorer.pages.news import show_news
from caregraph.explorer.pages.pack import pack_name, show_pack
from caregraph.explorer.pages.review import show_review
from caregraph.explorer.pages.service import show_service
from caregraph.explorer.pages.shared import show_shared
from caregraph.explorer.sign_in import is_admitted
from caregraph.settings import is_read_only

ICON = Path(__file__).with_name("icon.svg")


def main() -> None:
    """Draw the page at the browser's address."""
    st.set_page_config(page_title="caregraph", page_icon=str(ICON), layout="wide")
    st.logo(str(ICON), size="large")
    if is_read_only():
        config.set_option("server.maxUploadSize", 0)  # its endpoint takes no file, whoever sends one
    if not is_admitted():
        return

    pages = [
        st.Page(with_shell(show_home), title="Home", default=True),
        st.Page(with_shell(show_explore), title="Network", url_path="explore"),
        st.Page(with_shell(show_authority), title="Councils", url_path="authority"),
        st.Page(with_shell(show_concepts), title="Topics", url_path="concepts"),
        st.Page(with_shell(show_findings), title="Findings", url_path="findings"),
        st.Page(with_shell(show_improvement), title="Improvement", url_path="improvement"),
        st.Page(with_shell(show_shared), title="Shared services", url_path="shared"),
        st.Page(with_shell(show_service), title="Service", url_path="service", visibility="hidden"),
        st.Page(with_shell(show_ask), title="Questions", url_path="ask"),
        st.Page(with_shell(show_documents), title="Reports", url_path="documents"),
        st.Page(with_shell(show_news), title="What is new", url_path="news"),
        st.Page(with_shell(show_pack), title=pack_name(), url_path="pack"),
        st.Page(with_shell(show_review), title="Check names", url_path="review"),
        st.Page(with_shell(show_about), title="About", url_path="about"),
    ]
    st.navigation(pages, position="top").run()
