"""What is new: the changes that updates found, the latest first."""

from itertools import groupby

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.labels import format_day
from caregraph.explorer.pack.button import show_packed_table
from caregraph.explorer.page_shell import show_title
from caregraph.settings import data_directory
from caregraph.update import read_news

_LIMIT = 300  # changes shown


def show_news() -> None:
    """Show the page."""
    show_title("What is new")
    markup.show_lead("New reports, grades that changed, services named for the first time, what became of requests.")
    news = read_news(data_directory())
    if not news:
        st.info("No update has found anything yet.", icon=":material/info:")
        st.code("caregraph update", language=None)
        return
    for found, items in groupby(news[:_LIMIT], key=lambda item: item.found):
        st.header(f"Found on {format_day(found)}", anchor=False)
        rows = ((item.change.authority or "", item.title, item.change.document) for item in items)
        show_packed_table(f"Found on {format_day(found)}", ("Council", "What is new", "Report"), rows)
