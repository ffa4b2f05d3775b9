"""Explorer: its pages and their order. `caregraph explore` serves this file."""

from pathlib import Path

import streamlit as st

from caregraph.explorer.page_shell import framed
from caregraph.explorer.pages.about import about
from caregraph.explorer.pages.ask import ask
from caregraph.explorer.pages.authority import authority
from caregraph.explorer.pages.concepts import concepts
from caregraph.explorer.pages.documents import documents
from caregraph.explorer.pages.explore import explore
from caregraph.explorer.pages.findings import findings
from caregraph.explorer.pages.home import home
from caregraph.explorer.pages.review import review
from caregraph.explorer.pages.service import service
from caregraph.explorer.pages.shared import shared

ICON = Path(__file__).with_name("icon.svg")


def main() -> None:
    """Draw the page at the browser's address."""
    st.set_page_config(page_title="caregraph", page_icon=str(ICON), layout="wide")
    st.logo(str(ICON), size="large")

    # By their addresses; `state.links` leads there.
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


if __name__ == "__main__":
    main()
